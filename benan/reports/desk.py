"""What reports put on the desk: the reports that the plan wants next."""

import datetime as dt
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.core.clock_state import ClockState, of_days_left
from benan.core.days import show
from benan.core.desk import AHEAD, DeskPart, OpenTask, Task, TaskList
from benan.plan import queries as plans
from benan.plan.models import Plan
from benan.plan.queries import PlanDueDay


def desk_part(user: User, today: dt.date) -> DeskPart:
    """The reports whose day the plan sets within two weeks, for who makes them."""
    plan = plans.current(today)
    if plan is None or not user.may(P.REPORT_MAKE):
        return DeskPart()
    tasks = [
        OpenTask(state=of_days_left((due.on - today).days), day=due.on, task=partial(_task, plan, due, today))
        for due in plans.due_days(plan, today, today + AHEAD)
    ]  # fmt: skip
    return DeskPart(tasks=TaskList.whole(tasks))


def _task(plan: Plan, due: PlanDueDay, today: dt.date, _held: None) -> Task:
    left = (due.on - today).days
    state = of_days_left(left)
    number = due.clause.number
    return Task(
        what=due.what, state=state,
        clock=_("Hôm nay") if state == ClockState.TODAY else _("Còn %(n)d ngày") % {"n": left},
        law=_("chậm nhất %(on)s · kế hoạch %(plan)s, mục %(number)s")
        % {"on": show(due.on), "plan": plan.number, "number": number},
        action=_("Mở báo cáo"), action_url=reverse("reports:report", args=[plan.slug]),
    )  # fmt: skip
