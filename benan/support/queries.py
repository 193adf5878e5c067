"""Reads for the pages of support, one each, and for the desk."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
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
from benan.cases import queries as case_queries
from benan.cases.acts import ActGroup
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.needs.kinds import INITIAL
from benan.rules import vocabularies
from benan.support.models import Enrolment, Referral, Visit
from benan.support.vocabulary import PROGRAMMES, programmes

SENT_PER_PAGE = 50
ENROLMENTS_PER_PAGE = 50
# What the last line about danger says; asking leaves a line of its own, before that of the answer.
_DANGER = {
    "ask_danger": gettext_lazy("Chưa rõ"),
    "ask_danger_again": gettext_lazy("Chưa rõ"),
    "find_need": gettext_lazy("Có"),
    "find_more_need": gettext_lazy("Có"),
    "find_no_need": gettext_lazy("Không"),
}


def reintegration_page(user: User, case: Case, group: ActGroup) -> dict[str, Any]:
    """Referrals, stay, return, visits and programmes of one person, and what may be done next."""
    referrals = list(Referral.objects.of(case))
    visits = list(Visit.objects.of(case).select_related("by"))
    enrolments = list(Enrolment.objects.of(case).select_related("by", "case"))
    called = agencies.names_by_day(
        [*_of_referrals(referrals), *((row.agency_id, _day_of(row)) for row in visits), *_of_enrolments(enrolments)]
    )
    held = policy.held_on(user, case)
    may_record = case.is_open and held.any(P.SUPPORT_RECORD)
    return {
        "referrals": [_referral(held, row, called) for row in referrals],
        "visits": [(row, called[row.agency_id, _day_of(row)]) for row in visits],
        "acts": acts.offers(held, case, acts.tracks_of(case), group, ends=False),
        "close_url": reverse("cases:close", args=[case.code])
        if case.is_open and case_queries.may_end(user, case)
        else "",
        "may_visit": may_record,
        "programmes": [_enrolment(row, called) for row in enrolments],
        "may_join": may_record,
        "may_correct": held.any(P.CASE_CORRECT),
    }


def referrals_page(user: User, page: str | None = None) -> dict[str, Any]:
    """Referrals to one's agencies that wait for an answer or an arrival, and a page of those one's agencies sent."""
    own = user.offices(P.CASE_VIEW)
    rows = Referral.objects.visible_to(user).select_related("case", "case__reception")
    coming = list(rows.filter(receiver__in=own, arrived_on=None, case__closed_on=None).exclude(accepted=False))
    sent = Paginator(rows.filter(sender__in=own), SENT_PER_PAGE).get_page(page)
    called = agencies.names_by_day(_of_referrals([*coming, *sent]))
    held = policy.held_on_each(user, [row.case for row in [*coming, *sent]])
    return {
        "coming": [_referral(held[row.case_id], row, called) for row in coming],
        "sent": [_referral(held[row.case_id], row, called) for row in sent],
        "page": sent,
    }


def programmes_page(user: User, programme: str = "", page: str | None = None) -> dict[str, Any]:
    """Who takes part in which programme today, of the open cases that one may see; with how many people are in each.

    `programme`: a code to which the list is narrowed; one that nobody is in narrows nothing.
    """
    rows = Enrolment.objects.visible_to(user).filter(ended_on=None, taken_back=False, case__closed_on=None)
    people = rows.aggregate(people=Count("case", distinct=True))["people"]
    counted = dict(rows.order_by().values_list("programme").annotate(people=Count("pk")))
    programme = programme if programme in counted else ""
    listed = rows.filter(programme=programme) if programme else rows
    paginator = Paginator(listed.select_related("case", "case__reception"), ENROLMENTS_PER_PAGE)
    paginator.count = counted[programme] if programme else sum(counted.values())
    shown = paginator.get_page(page)
    called = agencies.names_by_day(_of_enrolments(shown))
    kinds = [
        {"key": key, "label": vocabularies.label(PROGRAMMES, key, legal_day()), "people": counted[key], "here": key == programme}
        for key in programmes()
        if key in counted
    ]  # fmt: skip
    return {
        "people": people, "kinds": kinds, "programme": programme, "page": shown,
        "rows": [_enrolment(row, called) for row in shown],
    }  # fmt: skip


def programme_called(row: Enrolment) -> str:
    """The programme, in the words of the day on which it was joined."""
    return vocabularies.label(PROGRAMMES, row.programme, row.joined_on)


def visits_to_make(user: User | RoleSet, own: Collection[int], until: dt.date) -> QuerySet[Visit]:
    """Visits agreed up to a day that one's agencies (`own`) are to make; cases that ended ask for none.

    Where the agency that agreed one has left the team, it falls to the one that manages the case.
    """
    team = TeamMember.objects.filter(team=OuterRef("case__team"), agency=OuterRef("agency"), until=None)
    theirs = Q(agency__in=own) | Q(~Exists(team), case__agency__in=own)
    return Visit.objects.visible_to(user).filter(theirs, made_on=None, case__closed_on=None, planned_on__lte=until)


def _of_referrals(rows: Iterable[Referral]) -> list[tuple[int, dt.date]]:
    """Sender and receiver of each, with the day on which it was sent."""
    return [(agency, row.sent_on) for row in rows for agency in (row.sender_id, row.receiver_id)]


def _of_enrolments(rows: Iterable[Enrolment]) -> list[tuple[int | None, dt.date]]:
    """The office of each and the one that recorded it, with the day on which the programme was joined."""
    return [(agency, row.joined_on) for row in rows for agency in (row.office_id, row.agency_id)]


def _enrolment(row: Enrolment, called: Mapping[tuple[int, dt.date], str]) -> dict[str, Any]:
    office = called[row.office_id, row.joined_on] if row.office_id else ""
    return {"row": row, "programme": programme_called(row), "office": office, "agency": called[row.agency_id, row.joined_on]}  # fmt: skip


def _day_of(visit: Visit) -> dt.date:
    """The day in whose names a visit is told: that on which it was made, today while it is still to be made."""
    return visit.made_on or legal_day()


def _referral(held: Held, row: Referral, called: Mapping[tuple[int, dt.date], str]) -> dict[str, Any]:
    is_open = row.case.is_open
    may_answer = row.receiver_id in held.agencies(P.REFERRAL_ANSWER) or held.any(P.ANSWER_RECORD)
    answers = is_open and row.accepted is None and may_answer
    may_come = row.accepted or (row.emergency and row.accepted is None)
    arrives = is_open and may_come and row.arrived_on is None and held.any(P.SUPPORT_RECORD)
    address = lambda act: reverse("support:referral", args=[row.case.code, row.pk, act])  # noqa: E731
    return {
        "row": row, "sender": called[row.sender_id, row.sent_on], "receiver": called[row.receiver_id, row.sent_on],
        "accept": address("nhan") if answers else "", "decline": address("tu-choi") if answers else "",
        "arrive": address("den-noi") if arrives else "",
    }  # fmt: skip


def admission_paper_is_owed(limit: str, case: Case) -> bool:
    """Whether a paper of an emergency admission is waited for, by the key of its time limit."""
    return case.deadlines.open().filter(limit=limit).exists()


def answers_at_reception(case: Case) -> list[tuple[str, str]]:
    """What was last answered about danger and about needs of the moment, for the review of the reception."""
    danger = history.current(case).filter(key__in=_DANGER).order_by("pk").last()
    asked = history.current(case).filter(key__in=("screen_needs", "screen_again")).order_by("pk").last()
    needs = asked.details.get("needs", []) if asked else []
    wanted = ", ".join(str(INITIAL[key].label) for key in needs) or _("Không cần gì thêm")
    return [
        (_("Đang gặp nguy hiểm"), str(_DANGER[danger.key]) if danger else ""),
        (_("Cần ngay"), wanted if asked else ""),
    ]
