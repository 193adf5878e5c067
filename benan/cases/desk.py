"""What cases add to the desk: deadlines, what other agencies must do next, requests to erase an identity."""

import datetime as dt
from collections import Counter
from functools import partial
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases import acts, erasing
from benan.cases.clocks import deadline_context, legal_moment
from benan.cases.extensions import DEADLINES_SHOWN_ELSEWHERE
from benan.cases.models import Case, Deadline
from benan.cases.queries import status
from benan.core.clock_state import ClockState
from benan.core.desk import (
    AHEAD,
    Decision,
    DeskPanel,
    DeskPart,
    OpenTask,
    Task,
    TaskList,
    count_by,
    first_few,
    first_rows,
)

_CHILD_OVERDUE = Q(now_state=ClockState.OVERDUE, owed_to_child=True)


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Deadlines, what other agencies must do next, requests to erase an identity."""
    decisions, more = _erasures(user)
    return DeskPart(
        tasks=_deadlines(user, today),
        decisions=decisions,
        more_decisions=more,
        panels=[DeskPanel("waiting", 50, "cases/desk_waiting.html", _awaited(user, today))],
    )


def _deadlines(user: User, today: dt.date) -> TaskList:
    """The open deadlines of the user's agencies, and those overdue for a child in cases that these manage.

    Rights that have lapsed and deadlines later than AHEAD are left out.
    """
    own = user.offices(P.CASE_VIEW)
    mine = _open(user, today).filter(Q(agency__in=own) | _CHILD_OVERDUE & Q(case__agency__in=own), governs=True)
    mine = mine.exclude(lapses=True, due_on__lt=today).exclude(due_on__gt=today + AHEAD)
    for shown_elsewhere in DEADLINES_SHOWN_ELSEWHERE:
        mine = mine.exclude(shown_elsewhere)
    # What has gone by without being overdue in law comes last.
    ordered = mine.order_by(_last(today), F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "pk")
    rows, total = first_rows(ordered)
    counts = count_by(mine, rows, total, "now_state", "due_on")
    tasks = [
        OpenTask(
            state=ClockState(row.now_state),
            day=row.due_on,
            at=row.due_at,
            case=row.case,
            task=partial(_task, row, own, today),
        )
        for row in rows
    ]
    return TaskList(tasks, Counter({(ClockState(state), day): n for (state, day), n in counts.items()}))


def _awaited(user: User, today: dt.date) -> dict[str, Any]:
    """The open deadlines of other agencies in cases that the user's agencies manage, for the panel of the desk."""
    own = user.offices(P.CASE_VIEW)
    theirs = _open(user, today).filter(governs=True, lapses=False, case__agency__in=own)
    theirs = theirs.exclude(agency__in=own).exclude(agency=None).exclude(_CHILD_OVERDUE)
    rows, more = first_few(theirs.order_by(F("due_on").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "pk"))
    names = agencies.names_by_day((row.agency_id, today) for row in rows)
    listed = [
        deadline_context(row, today) | task_person(row.case) | {"agency": names[row.agency_id, today]} for row in rows
    ]
    return {"listed": listed, "more": more, "cases": [row.case for row in rows]}


def _erasures(user: User) -> tuple[list[Decision], int]:
    """The first requests to erase an identity on which the user may decide, and how many more there are."""
    if not user.may(P.IDENTITY_ERASE):
        return [], 0
    asked = erasing.requests_to_decide(user).select_related("case", "case__reception").order_by("pk")
    rows, more = first_few(asked)
    words = _("Quyết định về đề nghị xóa danh tính")
    found = [Decision(words, reverse("cases:decide_erasure", args=[row.case.code]), row.case) for row in rows]
    return found, more


def task_person(case: Case) -> dict[str, Any]:
    """The fields of a `Task` that say whom it concerns."""
    kind, label = status(case)
    return {"case": case, "url": case.get_absolute_url(), "kind": kind, "kind_label": label}


def _open(user: User, today: dt.date) -> QuerySet[Deadline]:
    cases = Case.objects.visible_to(user).filter(closed_on=None)
    rows = Deadline.objects.open().filter(case__in=cases).select_related("case", "case__reception")
    return rows.with_state(legal_moment(today))


def _last(today: dt.date) -> models.Case:
    """1 for deadlines whose day has passed without being overdue, 0 for others."""
    gone = Q(due_on__lt=today, now_state=ClockState.NONE)
    return models.Case(models.When(gone, then=1), default=0)


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
