"""What needs put on the desk: cases with needs that nobody answered."""

import datetime as dt
from collections import Counter
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.cases.desk import task_person
from benan.cases.models import Case
from benan.core.clock_state import ClockState
from benan.core.days import show
from benan.core.desk import DeskPart, OpenTask, Task, TaskList, first_rows
from benan.needs import queries
from benan.needs.kinds import KINDS


def desk_part(user: User, today: dt.date) -> DeskPart:
    """One task for each case with needs that nobody answered, the longest waiting first."""
    cases, total = first_rows(queries.unanswered(user, user.offices(P.CASE_VIEW)))
    tasks = [OpenTask(state=ClockState.NONE, case=case, task=partial(_task, case)) for case in cases]
    return DeskPart(tasks=TaskList(tasks, Counter({(ClockState.NONE, None): total})))


def _task(case: Case, _held: Held) -> Task:
    since, kinds = queries.asked_for(case)
    wanted = "; ".join(str(KINDS[kind].label) for kind in kinds)
    return Task(
        **task_person(case), what=_("Nhu cầu chưa có trả lời: %(needs)s") % {"needs": wanted}, state=ClockState.NONE,
        clock=_("từ %(on)s") % {"on": f"{since:%d/%m}"},
        law=_("ghi ngày %(on)s · còn ở đây đến khi có trả lời, không phải hạn luật") % {"on": show(since)},
        action=_("Ghi hỗ trợ"), action_url=reverse("needs:overview", args=[case.code]),
    )  # fmt: skip
