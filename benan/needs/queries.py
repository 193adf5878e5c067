"""Reads for the pages of needs, one each, and for the desk."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts import policy
from benan.accounts.models import TeamMember, User
from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases import acts, history
from benan.cases.models import Case, Fact, Status, Step
from benan.core.days import legal_day
from benan.needs.answers import Answers
from benan.needs.kinds import APPLICATION, APPLIED, GROUPS, KINDS, SAFETY, following
from benan.needs.models import UNMET, Assessment, Need, Provision
from benan.rules.entitlements import Answer
from benan.rules.models import Certainty

Part = TeamMember.Part
# Said wherever somebody was found not to be a victim: nobody claims back from who was mistaken.
KEPT = gettext_lazy(
    "Những gì đã hỗ trợ thì giữ nguyên; chỉ người giả mạo là nạn nhân mới phải hoàn trả (Luật 66/2011, Điều 23 khoản 3). "
    "Nếu sau này có giấy tờ theo Điều 28 thì ghi nhận giấy tờ ấy, và từ ngày đó người ấy là nạn nhân."
)


def needs_page(user: User, case: Case) -> dict[str, Any]:
    """Needs with what was done for each, and the last assessment."""
    needs = list(Need.objects.of(case).exclude(kind=SAFETY).order_by("-recorded_on", "-pk"))
    done: dict[int, list[Provision]] = {}
    for row in Provision.objects.of(case).select_related("by"):
        done.setdefault(row.need_id, []).append(row)
    called = agencies.names_by_day((row.agency_id, row.on) for rows in done.values() for row in rows)
    assessment = Assessment.objects.of(case).order_by("-on", "-pk").first()
    answers = Answers(case) if any(KINDS[need.kind].right for need in needs) else None
    held, lines = policy.held_on(user, case), []
    for need in needs:
        rows = done.get(need.pk, [])
        lines.append({
            "law": _law(need, answers, legal_day()) if answers and KINDS[need.kind].right else {},
            "need": need, "state": _state(need, [row for row in rows if not row.taken_back]),
            "by": ", ".join(dict.fromkeys(called[row.agency_id, row.on] for row in rows if not row.taken_back)),
            "provisions": [(row, called[row.agency_id, row.on]) for row in rows],
            "url": reverse("needs:provide", args=[case.code, need.pk]) if need.is_open and held.any(P.SUPPORT_RECORD) else "",
        })  # fmt: skip
    return {
        "lines": lines, "assessment": assessment,
        "asked": [GROUPS[group] for group in assessment.groups] if assessment else [],
        "known": _known(held, case), "application": _application(held, case), "ask": ask_url(held, case), "kept": KEPT if case.status == Status.Kind.NOT_VICTIM else "",
        "assess_url": acts.page_of("assess_needs", case.code),
        "may_assess": held.any(P.NEED_ASSESS) and case.is_open,
        "may_correct": held.any(P.CASE_CORRECT) and not case.erased_on,
    }  # fmt: skip


def unanswered(user: User, own: Collection[int]) -> QuerySet[Case]:
    """Open cases with needs that nobody answered yet, for those who are to answer: one's agencies (`own`).

    A need is answered once something is offered, refused or given, or it is gone; what is only begun is not. Those
    who manage, shelter or support the person are to answer, and for what is needed at once those who received them
    (Nghị định 09/2013, Điều 19 khoản 3 điểm a). Each case has `asked`, its needs by day and kind as `asked_for` reads
    them, the earliest first, and those of the earliest need come first.
    """
    team = TeamMember.objects.filter(team=OuterRef("case__team"), agency__in=own, until=None)
    theirs = Q(Exists(team.exclude(part__in=[Part.RECEIVES, Part.VERIFIES])))
    theirs |= Q(Exists(team.filter(part=Part.RECEIVES)), phase=Need.Phase.INITIAL)
    done = Provision.objects.filter(need=OuterRef("pk"), taken_back=False)
    answered = Exists(done.filter(outcome=Provision.Outcome.OFFERED))
    begun = Exists(done.filter(outcome=Provision.Outcome.BEGUN))
    needs = (
        Need.objects.filter(UNMET, theirs, ~answered | begun, case=OuterRef("pk"))
        .exclude(kind=SAFETY)
        .order_by("recorded_on", "pk")
    )
    cases = Case.objects.can(user, P.SUPPORT_RECORD).filter(Exists(needs), closed_on=None).select_related("reception")
    each = Concat(Cast("recorded_on", CharField()), Value(" "), "kind")
    return cases.annotate(asked=ArraySubquery(needs.values_list(each))).order_by("asked", "pk")


def asked_for(case: Any) -> tuple[dt.date, list[str]]:
    """Since which day needs of a case of `unanswered` wait, and their kinds."""
    days, kinds = zip(*(need.split(" ", 1) for need in case.asked), strict=True)
    return dt.date.fromisoformat(days[0]), list(kinds)


def team_choices(case: Case) -> list[tuple[int, str]]:
    """Agencies of a case's team, for saying who gave support."""
    members = list(case.team.members.filter(until=None).values_list("agency_id", flat=True))
    names = agencies.names(members, legal_day())
    return [(pk, names[pk]) for pk in dict.fromkeys(members)]


def _law(need: Need, answers: Answers, today: dt.date) -> dict[str, Any]:
    """Why the law answers as it does on the need's day; for one still open, what it would answer today where that
    differs, and other grounds where the law does not grant it."""
    then = answers.of(need)
    law: dict[str, Any] = {"why": then.why}
    if need.is_open:
        now = answers.of(need, max(today, need.recorded_on))
        if (now.answer, now.citation) != (then.answer, then.citation):
            law["today"] = {"says": Need.said(now.answer, now.citation), "citation": now.citation, "why": now.why}
        if now.answer != Answer.YES:
            law["beside"] = [
                {
                    "why": grant.why,
                    "citation": grant.citation,
                    "certainty": "" if sure == Certainty.SOURCED else sure.label,
                }
                for grant, sure in answers.beside(need, max(today, need.recorded_on))
            ]
    return law


def _application(held: Held, case: Case) -> dict[str, Any]:
    """The application for what is asked for in writing: until when, what was recorded, what may be recorded next."""
    if case.status != Status.Kind.VICTIM:
        return {}
    rows = list(history.current(case).filter(key__in=(APPLIED, *APPLICATION)).select_related("by"))
    last = max((row for row in rows if row.event), key=lambda row: row.pk, default=None)
    may = case.is_open and held.any(P.SUPPORT_RECORD)
    return {
        "until": case.deadlines.filter(limit="apply_for_support").values_list("due_on", flat=True).first(),
        "rows": [(row.on, history.sentence(row), row.details.get("label", ""), row.by) for row in rows],
        "apply": acts.page_of(APPLIED, case.code) if may else "",
        "acts": [
            (history.label(act), acts.page_of(act, case.code)) for act in following(last.event if last else None)
        ] if may else [],
    }  # fmt: skip


def _known(held: Held, case: Case) -> list[dict[str, Any]]:
    """What is known of the person that rights depend on, now, since when, and where it is recorded."""
    may = case.is_open and held.any(P.NEED_ASSESS)
    since = {row.name: row.true_from for row in case.facts.all()}
    shown = {True: _("Có"), False: _("Không"), None: _("Chưa rõ")}
    return [
        {
            "label": name.label, "since": since.get(name),
            "value": case.get_nationality_display() if name == Fact.Name.NATIONALITY else shown[getattr(case, name)],
            "url": reverse("needs:fact", args=[case.code, name.value]) if may else "",
        }
        for name in Fact.Name
    ]  # fmt: skip


def ask_url(held: Held, case: Case) -> str:
    """Where danger and needs now are asked about, while the case is open."""
    return acts.page_of("screen_needs", case.code) if case.is_open and held.any(P.SUPPORT_RECORD) else ""


def _state(need: Need, rows: list[Provision]) -> tuple[str, str]:
    if need.met_on:
        return "done", _("xong")
    if need.refused_on:
        return "here", _("người ấy từ chối")
    if need.gone_on:
        return "done", _("không còn cần")
    if any(row.outcome == Provision.Outcome.BEGUN for row in rows):
        return "here", _("đang thực hiện")
    if rows:
        return "here", _("đã đề nghị")
    return "todo", _("chưa có")


def last_application_event(case: Case) -> Step | None:
    """The last thing recorded of an application, in the order in which it was recorded."""
    return history.current(case).filter(event__in=(APPLIED, *APPLICATION)).order_by("pk").last()
