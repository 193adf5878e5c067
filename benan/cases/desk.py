"""What cases add to the desk: deadlines, what other agencies must do next, requests to erase an identity."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from functools import partial, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case as Choice
from django.db.models import Count, F, Min, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.policy import Held, officers_in_charge, reach, teams_in_charge
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases import acts, erasing, listing, receiving_desk
from benan.cases.clocks import deadline_context, legal_moment
from benan.cases.extensions import DEADLINES_SHOWN_ELSEWHERE
from benan.cases.models import MAY_BE_OVERDUE, Case, Deadline, Erasure, overdue
from benan.cases.queries import status
from benan.core.clock_state import ClockState
from benan.core.days import VIETNAM
from benan.core.desk import (
    AHEAD,
    Decision,
    DeskPanel,
    DeskPart,
    OpenTask,
    Task,
    TaskList,
    and_more,
    count_by,
    counted,
    few,
    first,
)
from benan.core.statements import SOME_TIME, SOMEBODY, statement

MOST_AGENCIES = 12  # listed with what is overdue
# What the state of an open deadline depends on.
_STATED_BY = ("due_on", "due_at", "binding", "owed_to_child", "lapses")


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Deadlines, unfinished receptions, what other agencies must do next or are late with, requests to erase an identity."""
    decisions, more = _erasures(user)
    office = _of_the_office(user, today)
    return DeskPart(
        tasks=_deadlines(user, today),
        decisions=decisions,
        more_decisions=more,
        panels=[
            *receiving_desk.panels(user, today),
            *([DeskPanel("office", 25, "cases/desk_office.html", office)] if office else []),
            DeskPanel("waiting", 50, "cases/desk_waiting.html", _awaited(user, today)),
            *_overdue_elsewhere(user, today),
        ],
    )


def _deadlines(user: User, today: dt.date) -> TaskList:
    """The open deadlines of the user's agencies that are the user's to meet, and those overdue for a child in cases that these
    agencies manage; of one state those of cases of which the user is in charge first.

    Rights that have lapsed and deadlines later than AHEAD are left out.
    """
    own, now = user.offices(P.CASE_VIEW), legal_moment(today)
    given = user.given | {SOME_TIME: now.time()}
    rows = _first_deadlines(user.role_set, today, given=given)
    tasks = [
        OpenTask(
            state=row.state(now), day=row.due_on, at=row.due_at, case=row.case, task=partial(_task, row, own, today)
        )
        for row in rows
    ]
    counts: Counter[tuple[ClockState, dt.date | None]] = Counter()
    known = count_by(rows, lambda: _counted_deadlines(user.role_set, today, given=given), *_STATED_BY)
    for values, number in known.items():
        alike = Deadline(**dict(zip(_STATED_BY, values, strict=True)))
        counts[alike.state(now), alike.due_on] += number
    return TaskList(tasks, counts)


@statement
def _first_deadlines(role_set: RoleSet, today: dt.date) -> QuerySet[Deadline]:
    # What has gone by without being overdue in law comes last.
    gone = Choice(When(~MAY_BE_OVERDUE & Q(due_on__lt=today), then=1), default=0)
    day, hour = F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True)
    mine = _own_deadlines(role_set, today).select_related("case")
    return first(mine.order_by(gone, _rank(role_set, today), day, hour, "pk"))


@statement
def _counted_deadlines(role_set: RoleSet, today: dt.date) -> QuerySet[Deadline, Any]:
    return counted(_own_deadlines(role_set, today), *_STATED_BY)


def _own_deadlines(role_set: RoleSet, today: dt.date) -> QuerySet[Deadline]:
    own = role_set.offices(P.CASE_VIEW)
    mine = _open(role_set).filter(_to_meet(role_set) | _child_overdue(today) & Q(case__agency__in=own))
    mine = mine.exclude(lapses=True, due_on__lt=today).exclude(due_on__gt=today + AHEAD)
    for shown_elsewhere in DEADLINES_SHOWN_ELSEWHERE:
        mine = mine.exclude(shown_elsewhere)
    return mine


def _to_meet(role_set: RoleSet) -> Q:
    """The deadlines of each of the user's agencies that are tasks of the user's role there."""
    seats = [seat for seat in role_set.seats if P.CASE_VIEW in seat.rights.permissions]
    conditions = [Q(agency=seat.agency_id, limit__in=acts.limits_of_tasks(seat.rights.permissions)) for seat in seats]
    return reduce(or_, conditions, Q(pk__in=[]))


def _of_the_office(user: User, today: dt.date) -> dict[str, Any]:
    """For a head: the deadlines of their agency that others there must meet, overdue or coming, with the officer in charge."""
    if not user.offices(P.ROLE_CONFIRM) & user.offices(P.CASE_VIEW):
        return {}
    rows, more = and_more(_first_of_the_office(user.role_set, today, given=user.given))
    officers = officers_in_charge(user, P.CASE_VIEW, [row.case.team_id for row in rows])
    listed = [
        deadline_context(row, today) | task_person(row.case) | {"officer": officers.get(row.case.team_id)}
        for row in rows
    ]
    return {"listed": listed, "more": more, "cases": [row.case for row in rows]}


@statement
def _first_of_the_office(role_set: RoleSet, today: dt.date) -> QuerySet[Deadline]:
    headed = role_set.offices(P.ROLE_CONFIRM) & role_set.offices(P.CASE_VIEW)
    theirs = (
        _open(role_set).filter(agency__in=headed, lapses=False, due_on__lte=today + AHEAD).exclude(_to_meet(role_set))
    )
    return few(theirs.order_by("due_on", F("due_at").asc(nulls_last=True), "pk").select_related("case"))


def _awaited(user: User, today: dt.date) -> dict[str, Any]:
    """The open deadlines of other agencies in cases that the user's agencies manage, for the panel of the desk."""
    given = user.given | {SOME_TIME: legal_moment(today).time()}
    rows, more = and_more(_first_awaited(user.role_set, today, given=given))
    names = agencies.names_by_day((row.agency_id, today) for row in rows)
    listed = [
        deadline_context(row, today) | task_person(row.case) | {"agency": names[row.agency_id, today]} for row in rows
    ]
    return {"listed": listed, "more": more, "cases": [row.case for row in rows]}


def _overdue_elsewhere(user: User, today: dt.date) -> list[DeskPanel]:
    """For those who see the figures of all: how many deadlines are overdue at each agency, the most first."""
    if not (user.may(P.FIGURES_ALL) and user.may(P.CASE_VIEW)):
        return []
    given = user.given | {SOME_TIME: legal_moment(today).time()}
    rows = sorted(_count_overdue(user.role_set, today, given=given), key=lambda row: (-row["n"], row["oldest"]))
    names, areas = agencies.names((row["agency"] for row in rows[:MOST_AGENCIES]), today), dict(listing.areas(today))
    listed = [
        {
            "agency": names[row["agency"]], "n": row["n"], "days": (today - row["oldest"]).days,
            "url": _overdue_url(row, areas),
        }
        for row in rows[:MOST_AGENCIES]
    ]  # fmt: skip
    context = {"listed": listed, "total": sum(row["n"] for row in rows), "more": len(rows) - len(listed)}
    return [DeskPanel("overdue", 5, "cases/desk_overdue.html", context)] if listed else []


@statement
def _count_overdue(role_set: RoleSet, today: dt.date) -> QuerySet[Deadline, Any]:
    late = _open(role_set).filter(overdue(_some_time(today))).exclude(agency=None).order_by()
    return late.values("agency", "agency__unit_code").annotate(n=Count("pk"), oldest=Min("due_on"))


def _overdue_url(row: dict[str, Any], areas: Collection[str]) -> str:
    """The list of overdue cases, of the area of an agency where the list is asked by it (`areas`: codes)."""
    asked = {"han": "qua-han", "xep": "han"}
    if row["agency__unit_code"] in areas:
        asked["dia_ban"] = row["agency__unit_code"]
    return f"{reverse('cases:list')}?{urlencode(asked)}"


@statement
def _first_awaited(role_set: RoleSet, today: dt.date) -> QuerySet[Deadline]:
    own = role_set.offices(P.CASE_VIEW)
    theirs = _open(role_set).filter(lapses=False, case__agency__in=own)
    theirs = theirs.exclude(agency__in=own).exclude(agency=None).exclude(_child_overdue(today))
    ordered = theirs.order_by(F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "pk")
    return few(ordered.select_related("case"))


def _erasures(user: User) -> tuple[list[Decision], int]:
    """The first requests to erase an identity on which the user may decide, and how many more there are."""
    if not user.may(P.IDENTITY_ERASE):
        return [], 0
    rows, more = and_more(_first_erasures(user.role_set, given=user.given | {SOMEBODY: user.pk}))
    words = _("Quyết định về đề nghị xóa danh tính")
    found = [Decision(words, reverse("cases:decide_erasure", args=[row.case.code]), row.case) for row in rows]
    return found, more


@statement
def _first_erasures(role_set: RoleSet) -> QuerySet[Erasure]:
    return few(erasing.requests_to_decide(role_set, SOMEBODY).select_related("case").order_by("pk"))


def task_person(case: Case) -> dict[str, Any]:
    """The fields of a `Task` that say whom it concerns."""
    kind, label = status(case)
    return {"case": case, "url": case.get_absolute_url(), "kind": kind, "kind_label": label}


def person_in_short(case: Case) -> str:
    """Sex and class of age of a person, as far as they are known: what somebody who is to take them in must know first."""
    return ", ".join(str(words) for words in (case.get_sex_display(), case.get_age_class_display()))


def _open(role_set: RoleSet) -> QuerySet[Deadline]:
    """The open deadlines that govern, of open cases that are reached."""
    reached = reach(role_set, P.CASE_VIEW, team="case__team", area="case__area_code")
    return Deadline.objects.open().filter(reached, governs=True, case__closed_on=None)


def _child_overdue(today: dt.date) -> Q:
    return overdue(_some_time(today)) & Q(owed_to_child=True)


def _some_time(today: dt.date) -> dt.datetime:
    return dt.datetime.combine(today, SOME_TIME, tzinfo=VIETNAM)


def _rank(role_set: RoleSet, today: dt.date) -> Choice:
    """Overdue, due today, later; of each, cases of which the user is in charge first."""
    own = Q(case__team__in=teams_in_charge(role_set))
    late, now = overdue(_some_time(today)), Q(due_on=today)
    return Choice(
        When(own & late, then=0), When(late, then=1), When(own & now, then=2), When(now, then=3), When(own, then=4), default=5
    )  # fmt: skip


def _task(deadline: Deadline, own: set[int], today: dt.date, held: Held) -> Task:
    button = acts.button_of_limit(deadline.limit, deadline.track, held, deadline.case.code)
    shown = deadline_context(deadline, today)
    del shown["deadline"]
    if deadline.agency_id not in own:
        shown["what"] = _("Nhắc nơi được giao: %(what)s") % {"what": deadline.label}
    return Task(
        **shown,
        **task_person(deadline.case),
        action=button.label,
        action_url=button.url,
    )
