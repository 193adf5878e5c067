"""Reads for the pages of support, one each."""

import datetime as dt

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.models import DutyNumber, TeamMember
from benan.accounts.roles import P
from benan.cases import queries as cases
from benan.cases import steps
from benan.cases.models import Fact, File, Status
from benan.cases.queries import KEPT
from benan.core.days import clock, legal_day
from benan.core.text import sort_key
from benan.places import queries as places
from benan.rules import procedures
from benan.rules.models import Certainty
from benan.support import offices
from benan.support.answers import Answers
from benan.support.models import Assessment, DangerNotice, Measure, Need, Provision, Referral, Visit
from benan.support.needs import APPLICATION, APPLIED, COMPETENCE, GROUPS, KINDS, MEASURES, SAFETY, following
from benan.support.policy import decides, endangered

SENT_PER_PAGE = 50
LATELY = dt.timedelta(days=3)  # how long the desk says that a danger ended
Part = TeamMember.Part
_PROTECTION = {
    "asked": gettext_lazy("Đã hỏi nguy cơ, chưa rõ"), "needed": gettext_lazy("Cần bảo vệ, chưa áp dụng biện pháp"), "in_force": gettext_lazy("Đang áp dụng biện pháp"),
    "reviewed": gettext_lazy("Đang áp dụng, đã rà soát"), "not_needed": gettext_lazy("Không cần bảo vệ lúc này"), "declined": gettext_lazy("Đã trả lời không áp dụng"),
    "more_needed": gettext_lazy("Đang áp dụng biện pháp, lại có nguy hiểm"),
    "refused": gettext_lazy("Người ấy từ chối bảo vệ"), "ended": gettext_lazy("Đã thôi áp dụng"),
}  # fmt: skip


def needs_page(user, file) -> dict:
    """Needs with what was done for each, and the last assessment."""
    needs = list(Need.objects.of(file).exclude(kind=SAFETY).order_by("-recorded_on", "-pk"))
    done = {}
    for row in Provision.objects.of(file).select_related("by"):
        done.setdefault(row.need_id, []).append(row)
    called = agencies.called((row.agency_id, row.on) for rows in done.values() for row in rows)
    assessment = Assessment.objects.of(file).order_by("-on", "-pk").first()
    answers = Answers(file) if any(KINDS[need.kind].right for need in needs) else None
    held, lines = policy.held_on(user, file), []
    for need in needs:
        rows = done.get(need.pk, [])
        lines.append({
            "law": _law(need, answers, legal_day()) if KINDS[need.kind].right else {},
            "need": need, "state": _state(need, [row for row in rows if not row.taken_back]),
            "by": ", ".join(dict.fromkeys(called[row.agency_id, row.on] for row in rows if not row.taken_back)),
            "provisions": [(row, called[row.agency_id, row.on]) for row in rows],
            "url": reverse("support:provide", args=[file.code, need.pk]) if need.is_open and held.any(P.SUPPORT_RECORD) else "",
        })  # fmt: skip
    return {
        "lines": lines, "assessment": assessment,
        "asked": [GROUPS[group] for group in assessment.groups] if assessment else [],
        "known": _known(held, file), "application": _application(held, file), "ask": _ask(held, file), "kept": KEPT if file.status == Status.Kind.NOT_VICTIM else "",
        "may_assess": held.any(P.NEED_ASSESS) and file.is_open,
        "may_correct": held.any(P.FILE_CORRECT) and not file.erased_on,
    }  # fmt: skip


def safety_page(user, file) -> dict:
    """Where protection stands, which measures, and what may be done next."""
    stage = file.tracks.filter(kind="protection").values_list("stage", flat=True).first()
    measures = list(Measure.objects.of(file))
    called = agencies.called((row.agency_id, row.started_on) for row in measures)
    held = policy.held_on(user, file)
    acts = {
        "asked": ["ap-dung"], "needed": ["ap-dung", "tu-choi", "khong-ap-dung"],
        "in_force": ["ap-dung", "ra-soat", "cham-dut", "tu-choi"],
        "reviewed": ["ap-dung", "ra-soat", "cham-dut", "tu-choi"],
        "more_needed": ["ap-dung", "ra-soat", "cham-dut", "tu-choi"],
    }.get(stage, []) if decides(held) and file.is_open else []  # fmt: skip
    acts = ["con-nguy-hiem", *acts] if acts and asks_whether_over(file) else acts
    rings = ["da-goi", "van-ban"] if file.in_danger_since and held.any(P.SAFETY_KEEP, P.SUPPORT_RECORD) else []
    rings += ["khong-bao"] if rings and held.any(P.SAFETY_KEEP) else []
    need = Need.objects.of(file).filter(kind=SAFETY).order_by("-recorded_on").first()
    return {
        "stage": _PROTECTION.get(stage, _("Chưa hỏi về nguy cơ")), "need": need,
        "measures": [(row, MEASURES[row.kind], called[row.agency_id, row.started_on]) for row in measures],
        "acts": [(LABELS[act], reverse("support:safety_act", args=[file.code, act])) for act in acts],
        "rings": [(LABELS[act], reverse("support:safety_act", args=[file.code, act])) for act in rings],
        "alarm": alarm(user, file) if file.in_danger_since else None, "calls": calls(file) if file.in_danger_since else None,
        "ask": "" if stage in steps.DANGER else _ask(held, file),
    }  # fmt: skip


def asks_whether_over(file) -> bool:
    """Whether measures are in force and nobody said that the danger is over."""
    under = file.tracks.filter(kind=steps.PROTECTION, stage__in=steps.UNDER_MEASURES)
    return bool(file.in_danger_since) and under.exists()


def alarm(user, file) -> dict:
    """What must be known at once of danger: where, whom to ring now, who may decide, who was told in the program, who
    was not, and from whom it is kept: that office, and its telephone, are named nowhere else."""
    code, day = offices.place(file)
    pairs, own = offices.offices(file), {seat.agency_id for seat in user.seats}
    away = offices.kept_from(file)
    numbers = agencies.numbers_without(away, agencies.duty_numbers(code, legal_day(), clock().time(), day))
    kept = {office.pk for office in away}
    above = {office.pk: told or offices.above(office, kept) for office, told in pairs if office.pk in kept}
    every = {each.pk for pair in pairs for each in pair if each} | {each.pk for each in above.values() if each}
    names = agencies.names(every, legal_day())
    deciding = [office for office, _told in pairs if office.pk not in kept]
    deciding += [office for office in above.values() if office and office not in deciding]
    told = {told.pk: names.get(told.pk, "") for _office, told in pairs if told and told.pk not in own}
    return {
        "since": file.in_danger_since, "place": places.path(code, day),
        "by_law": procedures.is_covered(steps.PROCEDURE, legal_day()),
        "numbers": sorted(numbers, key=lambda number: number.desk != DutyNumber.Desk.POLICE),
        "told": list(told.values()),
        "untold": [names.get(office.pk, "") for office, told in pairs if told is None and office.pk not in kept],
        "civil": [names.get(office.pk, "") for office in deciding if offices.decides_civil(office)],
        "police": [names.get(office.pk, "") for office in deciding if office.kind in offices.POLICE],
        "kept": [(names.get(pk, ""), names.get(office.pk, "") if office else "") for pk, office in above.items()],
    }  # fmt: skip


def handover(user, file) -> dict:
    """What somebody is told once whose office is kept from a file from now on: who it is about and who goes on."""
    away, now = offices.kept_from(file), clock().time()
    names = agencies.names({file.agency_id, *(office.pk for office in away)}, legal_day())
    own = {seat.agency_id for seat in user.seats}
    return {
        "office": names.get(file.agency_id, ""),
        "numbers": agencies.numbers_without(away, agencies.desk_of(file.agency_id, legal_day(), now)),
        "kept": [names.get(office.pk, "") for office in away if office.pk in own],
        "alarm": alarm(user, file) if file.in_danger_since else None,
    }


def calls(file) -> dict:
    """Calls and papers about the danger that stands, the latest first, and whether a paper still has to follow a call."""
    lines = steps.current(file).filter(key__in=("danger_called", "danger_written"), on__gte=file.in_danger_since)
    lines = list(lines.select_related("by").order_by("-on", "-at", "-pk"))
    names = agencies.names({line.to_agency_id for line in lines} - {None}, legal_day())
    return {
        "lines": [(line, steps.sentence(line), names.get(line.to_agency_id) or line.details.get("label", "")) for line in lines],
        "unwritten": bool(lines) and all(line.key == "danger_called" for line in lines),
    }  # fmt: skip


def danger_offices(file) -> list[tuple[int, str]]:
    """The offices that could be told of a danger, and those on the team, as choices."""
    wanted = {office.pk for office, _told in offices.offices(file)}
    wanted |= set(file.team.members.filter(until=None).values_list("agency_id", flat=True))
    names = agencies.names(wanted, legal_day())
    return sorted(names.items(), key=lambda choice: sort_key(choice[1]))


def notices(user) -> tuple[list[dict], list[dict]]:
    """Dangers of which this user's offices were told, of files on whose team they are not: those that stand, and those
    that ended these days."""
    rows = DangerNotice.objects.visible_to(user).select_related("file", "file__reception", "file__agency")
    rows = rows.exclude(ended_on=None, file__in=endangered(user)).exclude(ended_on__lt=legal_day() - LATELY)
    rows = list(rows.order_by("told_at", "pk"))
    names = agencies.names({row.file.agency_id for row in rows}, legal_day())
    where = places.paths({(row.file.area_code, row.file.reception.came_on) for row in rows})
    told = [
        {"row": row, "file": row.file, "url": reverse("support:notice", args=[row.pk]),
         "agency": names.get(row.file.agency_id, ""), "where": where[row.file.area_code, row.file.reception.came_on]}
        for row in rows
    ]  # fmt: skip
    return [one for one in told if not one["row"].ended_on], [one for one in told if one["row"].ended_on]


def notice_page(user, notice) -> dict:
    """What an office that was told may know: alias, since when, the place, whom to call; nothing else of the file."""
    file, now = notice.file, clock().time()
    away = offices.kept_from(file)
    ids = {file.agency_id, file.reception.agency_id, notice.agency_id, notice.instead_of_id} - {None}
    calling = {file.agency_id, file.reception.agency_id} - {office.pk for office in away}
    names = agencies.names(ids, legal_day())
    code, day = offices.place(file)
    desks = {pk: agencies.numbers_without(away, agencies.desk_of(pk, legal_day(), now)) for pk in sorted(calling)}
    return {
        "notice": notice, "file": file, "decided": asks_whether_over(file), "place": places.path(code, day),
        "call": [(names.get(pk, ""), numbers) for pk, numbers in desks.items()],
        "numbers": agencies.numbers_without(away, agencies.duty_numbers(code, legal_day(), now, day)),
        "agency": names.get(notice.agency_id, ""), "instead_of": names.get(notice.instead_of_id, ""),
        "measures": [label for key, label in MEASURES.items() if key in COMPETENCE.get(notice.agency.kind, ())],
    }  # fmt: skip


def homeward_page(user, file) -> dict:
    """Referrals, stay, return and visits of one person, and what may be done next."""
    stage = file.tracks.filter(kind="support").values_list("stage", flat=True).first()
    referrals = list(Referral.objects.of(file))
    visits = list(Visit.objects.of(file).select_related("by"))
    called = agencies.called([*_of_referrals(referrals), *((row.agency_id, _day_of(row)) for row in visits)])
    held, acts = policy.held_on(user, file), []
    if file.is_open and held.any(P.REFERRAL_SEND):
        acts.append("chuyen-tuyen")
    if file.is_open and held.any(P.SUPPORT_RECORD):
        acts += {
            "initial": ["ve-noi-cu-tru"], "assessed": ["ve-noi-cu-tru"], "in_shelter": ["roi-co-so", "ve-noi-cu-tru"],
            "at_residence": ["hoa-nhap"], "reintegrating": ["theo-doi"],
        }.get(stage, []) + ["hen-tham"]  # fmt: skip
        papers = {"admission_minutes": "bien-ban", "admission_file": "ho-so-tiep-nhan"}
        waiting = file.dues.filter(limit__in=papers, met_on=None, ended_on=None).values_list("limit", flat=True)
        acts = [papers[limit] for limit in waiting] + acts
    return {
        "referrals": [_referral(held, row, called) for row in referrals],
        "visits": [(row, called[row.agency_id, _day_of(row)]) for row in visits],
        "acts": [(LABELS[act], reverse("support:homeward_act", args=[file.code, act])) for act in acts],
        "close_url": reverse("support:close", args=[file.code]) if file.is_open and cases.may_end(user, file) else "",
        "may_visit": file.is_open and held.any(P.SUPPORT_RECORD),
    }  # fmt: skip


def referrals_page(user, page=None) -> dict:
    """Referrals to one's agencies that wait for an answer or an arrival, and a page of those one's agencies sent."""
    own = user.offices(P.FILE_VIEW)
    rows = Referral.objects.visible_to(user).select_related("file", "file__reception")
    coming = list(rows.filter(receiver__in=own, arrived_on=None, file__closed_on=None).exclude(accepted=False))
    sent = Paginator(rows.filter(sender__in=own), SENT_PER_PAGE).get_page(page)
    called = agencies.called(_of_referrals([*coming, *sent]))
    held = policy.held_on_each(user, [row.file for row in [*coming, *sent]])
    return {
        "coming": [_referral(held[row.file_id], row, called) for row in coming],
        "sent": [_referral(held[row.file_id], row, called) for row in sent],
        "page": sent,
    }


def visits_to_make(user, own, until):
    """Visits agreed up to a day that one's agencies (`own`) are to make; files that ended ask for none.

    Where the agency that agreed one has left the team, it falls to the one that manages the file.
    """
    team = TeamMember.objects.filter(team=OuterRef("file__team"), agency=OuterRef("agency"), until=None)
    theirs = Q(agency__in=own) | Q(~Exists(team), file__agency__in=own)
    return (
        Visit.objects.visible_to(user).filter(theirs, made_on=None, file__closed_on=None, planned_on__lte=until)
        .select_related("file", "file__reception")
    )  # fmt: skip


def unanswered(user, own):
    """Open files with needs that nobody answered yet, for those who are to answer: one's agencies (`own`).

    A need is answered once something is offered, refused or given, or it is gone; what is only begun is not. Those
    who manage, shelter or support the person are to answer, and for what is needed at once those who received them
    (Nghị định 09/2013, Điều 19 khoản 3 điểm a). Each file has `asked`, its needs by day and kind as `asked_for` reads
    them, the earliest first, and those of the earliest need come first.
    """
    team = TeamMember.objects.filter(team=OuterRef("file__team"), agency__in=own, until=None)
    theirs = Q(Exists(team.exclude(part__in=[Part.RECEIVES, Part.VERIFIES])))
    theirs |= Q(Exists(team.filter(part=Part.RECEIVES)), phase=Need.Phase.INITIAL)
    done = Provision.objects.filter(need=OuterRef("pk"), taken_back=False)
    answered = Exists(done.filter(outcome=Provision.Outcome.OFFERED))
    begun = Exists(done.filter(outcome=Provision.Outcome.BEGUN))
    needs = (
        Need.objects.filter(theirs, ~answered | begun, file=OuterRef("pk"), met_on=None, refused_on=None, gone_on=None)
        .exclude(kind=SAFETY)
        .order_by("recorded_on", "pk")
    )
    files = File.objects.can(user, P.SUPPORT_RECORD).filter(Exists(needs), closed_on=None).select_related("reception")
    each = Concat(Cast("recorded_on", CharField()), Value(" "), "kind")
    return files.annotate(asked=ArraySubquery(needs.values_list(each))).order_by("asked", "pk")


def asked_for(file) -> tuple[dt.date, list[str]]:
    """Since which day needs of a file of `unanswered` wait, and their kinds."""
    days, kinds = zip(*(need.split(" ", 1) for need in file.asked), strict=True)
    return dt.date.fromisoformat(days[0]), list(kinds)


def team_choices(file) -> list[tuple[int, str]]:
    """Agencies of a file's team, for saying who gave support."""
    members = list(file.team.members.filter(until=None).values_list("agency_id", flat=True))
    names = agencies.names(members, legal_day())
    return [(pk, names[pk]) for pk in dict.fromkeys(members)]


LABELS = {
    "ap-dung": gettext_lazy("Áp dụng biện pháp bảo vệ"), "ra-soat": gettext_lazy("Rà soát biện pháp"), "cham-dut": gettext_lazy("Chấm dứt biện pháp"),
    "tu-choi": gettext_lazy("Ghi người ấy từ chối"), "khong-ap-dung": gettext_lazy("Trả lời không áp dụng"), "chuyen-tuyen": gettext_lazy("Chuyển tuyến"),
    "roi-co-so": gettext_lazy("Ghi rời cơ sở"), "ve-noi-cu-tru": gettext_lazy("Ghi về nơi cư trú"), "hoa-nhap": gettext_lazy("Bắt đầu hỗ trợ hòa nhập"),
    "theo-doi": gettext_lazy("Chuyển sang theo dõi"), "hen-tham": gettext_lazy("Hẹn thăm"),
    "bien-ban": gettext_lazy("Ghi biên bản tiếp nhận"), "ho-so-tiep-nhan": gettext_lazy("Ghi hồ sơ tiếp nhận đã đủ"),
    "con-nguy-hiem": gettext_lazy("Trả lời: còn nguy hiểm không"),
    "da-goi": gettext_lazy("Ghi đã gọi"), "van-ban": gettext_lazy("Ghi văn bản đề nghị"),
    "khong-bao": gettext_lazy("Không cho một cơ quan biết"),
}  # fmt: skip


def _law(need, answers, today):
    """Why the law answers as it does on the need's day; for one still open, what it would answer today where that
    differs, and other grounds where the law does not grant it."""
    then = answers.of(need)
    law = {"why": then.why}
    if need.is_open:
        now = answers.of(need, max(today, need.recorded_on))
        if (now.answer, now.citation) != (then.answer, then.citation):
            law["today"] = {"says": Need.said(now.answer, now.citation), "citation": now.citation, "why": now.why}
        if now.answer != Need.Granted.YES:
            law["beside"] = [
                {
                    "why": grant.why,
                    "citation": grant.citation,
                    "certainty": "" if sure == Certainty.SOURCED else sure.label,
                }
                for grant, sure in answers.beside(need, max(today, need.recorded_on))
            ]
    return law


def _application(held, file):
    """The application for what is asked for in writing: until when, what was recorded, what may be recorded next."""
    if file.status != Status.Kind.VICTIM:
        return {}
    rows = list(steps.current(file).filter(key__in=(APPLIED, *APPLICATION)).select_related("by"))
    last = max((row for row in rows if row.event), key=lambda row: row.pk, default=None)
    may = file.is_open and held.any(P.SUPPORT_RECORD)
    return {
        "until": file.dues.filter(limit="apply_for_support").values_list("due_on", flat=True).first(),
        "rows": [(row.on, steps.sentence(row), row.details.get("label", ""), row.by) for row in rows],
        "apply": reverse("support:apply", args=[file.code]) if may else "",
        "acts": [
            (steps.words(act), reverse("support:application", args=[file.code, act])) for act in following(last and last.event)
        ] if may else [],
    }  # fmt: skip


def _known(held, file):
    """What is known of the person that rights depend on, now, since when, and where it is recorded."""
    may = file.is_open and held.any(P.NEED_ASSESS)
    since = {row.name: row.true_from for row in file.facts.all()}
    shown = {True: _("Có"), False: _("Không"), None: _("Chưa rõ")}
    return [
        {
            "label": name.label, "since": since.get(name),
            "value": file.get_nationality_display() if name == Fact.Name.NATIONALITY else shown[getattr(file, name)],
            "url": reverse("support:fact", args=[file.code, name.value]) if may else "",
        }
        for name in Fact.Name
    ]  # fmt: skip


def _ask(held, file):
    """Where danger and needs now are asked about, while the file is open."""
    return reverse("support:now", args=[file.code]) if file.is_open and held.any(P.SUPPORT_RECORD) else ""


def _state(need, rows):
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


def _of_referrals(rows):
    """Sender and receiver of each, with the day on which it was sent."""
    return [(agency, row.sent_on) for row in rows for agency in (row.sender_id, row.receiver_id)]


def _day_of(visit):
    """The day in whose names a visit is told: that on which it was made, today while it is still to be made."""
    return visit.made_on or legal_day()


def _referral(held, row, called):
    is_open = row.file.is_open
    may_answer = row.receiver_id in held.agencies(P.REFERRAL_ANSWER) or held.any(P.ANSWER_RECORD)
    answers = is_open and row.accepted is None and may_answer
    may_come = row.accepted or (row.emergency and row.accepted is None)
    arrives = is_open and may_come and row.arrived_on is None and held.any(P.SUPPORT_RECORD)
    address = lambda act: reverse("support:referral", args=[row.file.code, row.pk, act])  # noqa: E731
    return {
        "row": row, "sender": called[row.sender_id, row.sent_on], "receiver": called[row.receiver_id, row.sent_on],
        "accept": address("nhan") if answers else "", "decline": address("tu-choi") if answers else "",
        "arrive": address("den-noi") if arrives else "",
    }  # fmt: skip
