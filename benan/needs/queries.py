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
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases import acts, history
from benan.cases.models import Case, Fact, Status, Step
from benan.core.days import legal_day, show
from benan.needs.answers import Answers
from benan.needs.kinds import APPLICATION, APPLIED, ASKED_ABOUT, ASSESSED, GROUPS, KINDS, SAFETY, following
from benan.needs.models import UNMET, Assessment, Need, Provision
from benan.rules import entitlements
from benan.rules.entitlements import Answer, Grant
from benan.rules.models import Certainty

Part = TeamMember.Part
# Said wherever somebody was found not to be a victim: nobody claims back from who was mistaken.
KEPT = gettext_lazy(
    "Hỗ trợ đã cấp thì giữ nguyên; chỉ người giả mạo là nạn nhân mới phải hoàn trả (Luật 66/2011, Điều 23 khoản 3). "
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
    may_assess = case.is_open and held.any(P.NEED_ASSESS)
    for need in needs:
        rows = done.get(need.pk, [])
        lines.append({
            "law": _law(need, answers if KINDS[need.kind].right else None, case.code if may_assess else ""),
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
        "may_assess": may_assess,
        "may_correct": held.any(P.CASE_CORRECT) and not case.erased_on,
    }  # fmt: skip


def unanswered(user: User | RoleSet, own: Collection[int]) -> QuerySet[Case]:
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


def open_needs(user: User, cases: Collection[Case]) -> dict[int, str]:
    """What is still needed by the people of some cases, in words, by case id; safety is told elsewhere."""
    rows = (
        Need.objects.visible_to(user)
        .filter(case__in=cases, met_on=None, refused_on=None, gone_on=None)
        .exclude(kind=SAFETY)
    )
    found: dict[int, list[str]] = {}
    for case, kind in rows.order_by("recorded_on", "pk").values_list("case", "kind") if cases else ():
        found.setdefault(case, []).append(str(KINDS[kind].label))
    return {case: "; ".join(dict.fromkeys(labels)) for case, labels in found.items()}


def offers_to_carry_out(user: User | RoleSet, own: Collection[int]) -> QuerySet[Provision]:
    """What one's agencies (`own`) offered for needs of open cases and nobody has begun, given or seen refused since."""
    later = Provision.objects.filter(need=OuterRef("need"), taken_back=False, pk__gt=OuterRef("pk"))
    later = later.filter(~Q(outcome=Provision.Outcome.OFFERED) | Q(agency=OuterRef("agency")))
    rows = Provision.objects.can(user, P.SUPPORT_RECORD).filter(
        case__closed_on=None, agency__in=own, outcome=Provision.Outcome.OFFERED, taken_back=False
    )
    open_needs = rows.filter(need__met_on=None, need__refused_on=None, need__gone_on=None)
    return open_needs.exclude(Exists(later)).select_related("need", "case")


def asked_for(case: Any) -> tuple[dt.date, list[str]]:
    """Since which day needs of a case of `unanswered` wait, and their kinds."""
    days, kinds = zip(*(need.split(" ", 1) for need in case.asked), strict=True)
    return dt.date.fromisoformat(days[0]), list(kinds)


def given_at_reception(case: Case) -> list[tuple[str, str]]:
    """What was done for each need of the moment, for the review of the reception."""
    needs = {row.pk: row for row in Need.objects.of(case).filter(phase=Need.Phase.INITIAL).exclude(kind=SAFETY)}
    last = {
        row.need_id: row for row in Provision.objects.of(case).filter(need__in=needs, taken_back=False).order_by("pk")
    }
    return [(str(need.label), last[pk].get_outcome_display() if pk in last else "") for pk, need in needs.items()] or [
        (_("Hỗ trợ đã cấp"), "")
    ]


def answered_before(case: Case) -> dict[str, str]:
    """What the earlier assessments found of each need that an assessment asks about, in words; by the need's kind."""
    said: dict[str, str] = {}
    for assessment in Assessment.objects.of(case).order_by("on", "pk"):
        asked = _("Đã hỏi ngày %(on)s, không ghi nhu cầu") % {"on": show(assessment.on)}
        said |= {
            key: asked
            for key, kind in ASSESSED.items()
            if kind.group in assessment.groups or (kind.advice and assessment.advice_asked)
        }
    for need in Need.objects.of(case).filter(kind__in=ASSESSED).order_by("recorded_on", "pk"):
        said[need.kind] = _("%(state)s, ghi ngày %(on)s") % {"state": _outcome(need), "on": show(need.recorded_on)}
    return said


def _outcome(need: Need) -> str:
    if need.met_on:
        return _("Đã hỗ trợ xong")
    if need.refused_on:
        return _("Người ấy từ chối")
    return _("Không còn cần") if need.gone_on else _("Đang cần")


def team_choices(case: Case) -> list[tuple[int, str]]:
    """Agencies of a case's team, for saying who gave support."""
    members = list(case.team.members.filter(until=None).values_list("agency_id", flat=True))
    names = agencies.names(members, legal_day())
    return [(pk, names[pk]) for pk in dict.fromkeys(members)]


def _law(need: Need, answers: Answers | None, code: str) -> dict[str, Any]:
    """What the law answers on the need's day, with its article and why; for a need still open, what it would answer today
    where that differs, and other grounds where the law does not grant it. `answers` None: the law names no such right.

    `code`: of the case, where the officer may enter the facts that are missing, else "".
    """
    if answers is None:
        return {"then": {"says": _("Không thuộc chế độ tại Điều 32"), "citation": "Luật 66/2011, Điều 32"}}
    then, considered = answers.of(need), KINDS[need.kind].right in entitlements.considered()
    held = Grant(
        Answer(need.granted), need.citation, then.why, then.missing
    )  # the stored answer, where it was not asked again
    law: dict[str, Any] = {"then": _in_words(held, code, considered=considered)}
    if need.is_open:
        day = max(legal_day(), need.recorded_on)
        now = answers.of(need, day)
        if (now.answer, now.citation) != (then.answer, then.citation):
            law["today"] = _in_words(now, code, considered=considered)
        if now.answer != Answer.YES:
            law["beside"] = [
                _in_words(grant, code) | {"certainty": "" if sure == Certainty.SOURCED else sure.label}
                for grant, sure in answers.beside(need, day)
            ]
    return law


def _in_words(grant: Grant, code: str, *, considered: bool = False) -> dict[str, Any]:
    """An answer of the law as the page shows it; `missing`: what must be known, with the address where it is entered.

    `considered`: whether Luật 66/2011 says of the right that support is considered; other grounds say so in their own words.
    """
    missing = grant.missing if grant.answer == Answer.UNKNOWN else ()
    if grant.answer == Answer.NO:
        says = _("Không thuộc đối tượng hưởng theo quy định này; có thể hỗ trợ từ nguồn khác")
    elif missing:
        says = _("Chưa đủ thông tin")
    elif grant.answer == Answer.UNKNOWN:
        says = _("Chưa xác định được")
    elif considered:
        says = _("Được xem xét hỗ trợ")
    else:
        says = _("Thuộc diện được hỗ trợ")
    labels = entitlements.fact_labels() | ASKED_ABOUT
    return {
        "says": says, "citation": grant.citation, "why": grant.why,
        "missing": [
            (labels[name], reverse("needs:fact", args=[code, name]) if code and name in ASKED_ABOUT else "")
            for name in missing
        ],
    }  # fmt: skip


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
    shown = {True: _("Có"), False: _("Không")} | {key: label for key, label in Case.Nationality.choices if key}
    return [
        {
            "label": name.label, "since": since.get(name), "value": shown.get(getattr(case, name), _("Chưa ghi")),
            "is_known": getattr(case, name) in shown, "url": reverse("needs:fact", args=[case.code, name.value]) if may else "",
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
    return "todo", _("chưa hỗ trợ")


def last_application_event(case: Case) -> Step | None:
    """The last thing recorded of an application, in the order in which it was recorded."""
    return history.current(case).filter(event__in=(APPLIED, *APPLICATION)).order_by("pk").last()
