"""What support puts on the desk: visits that were agreed, referrals that wait for an answer."""

import datetime as dt
from collections import Counter
from functools import partial

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.cases.desk import task_person
from benan.core.clock_state import ClockState, of_days_left
from benan.core.days import show
from benan.core.desk import AHEAD, DeskPanel, DeskPart, OpenTask, Task, TaskList, count_by, first_rows
from benan.support import queries
from benan.support.models import Referral, Visit


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Visits that were agreed, and how many referrals wait for an answer of one's agencies."""
    waiting = _referrals_waiting(user)
    panel = DeskPanel("referrals", 40, "support/desk_referrals.html", {"count": waiting})
    return DeskPart(tasks=_visits(user, today), panels=[panel] if waiting else [])


def _visits(user: User, today: dt.date) -> TaskList:
    """Visits agreed for the next two weeks; those whose day has gone by come last."""
    agreed = queries.visits_to_make(user, user.offices(P.CASE_VIEW), today + AHEAD)
    gone = ExpressionWrapper(Q(planned_on__lt=today), BooleanField())
    rows, total = first_rows(agreed.order_by(gone, "planned_on", "pk"))
    by_day = count_by(agreed, rows, total, "planned_on")
    tasks = [
        OpenTask(
            state=_state(row.planned_on, today), day=row.planned_on, case=row.case,
            task=partial(_task, row, today),
        )
        for row in rows
    ]  # fmt: skip
    return TaskList(tasks, Counter({(_state(day, today), day): n for (day,), n in by_day.items()}))


def _referrals_waiting(user: User) -> int:
    if not user.may(P.REFERRAL_ANSWER):
        return 0
    rows = Referral.objects.can(user, P.REFERRAL_ANSWER).filter(accepted=None, case__closed_on=None)
    return rows.filter(receiver__in=user.offices(P.REFERRAL_ANSWER)).count()


def _state(day: dt.date, today: dt.date) -> ClockState:
    return of_days_left((day - today).days)


def _task(visit: Visit, today: dt.date, held: Held) -> Task:
    left = (visit.planned_on - today).days
    state = _state(visit.planned_on, today)
    words = {ClockState.TODAY: _("Hôm nay"), ClockState.NONE: _("Hẹn đã qua %(n)d ngày") % {"n": -left}}
    code = visit.case.code
    if held.any(P.SUPPORT_RECORD):
        action, url = _("Ghi lần thăm"), reverse("support:visit", args=[code, visit.pk])
    else:
        action, url = _("Mở"), reverse("support:reintegration", args=[code])
    return Task(
        **task_person(visit.case), what=_("Thăm lại"), state=state, clock=words.get(state, _("Còn %(n)d ngày") % {"n": left}),
        action=action, action_url=url,
        law=_("hẹn %(on)s · hẹn của tổ hỗ trợ, không phải hạn luật") % {"on": show(visit.planned_on)},
    )  # fmt: skip
