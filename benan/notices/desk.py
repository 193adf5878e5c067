"""What is due from a user's agencies as tasks of the desk: the next 30 days, and what is overdue."""

import datetime as dt
from functools import partial

from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.core.days import show
from benan.core.desk import DeskPart, OpenTask, Task, TaskList
from benan.notices import due
from benan.notices.due import Due
from benan.notices.queries import in_words, state_of


def desk_part(user: User, today: dt.date) -> DeskPart:
    """The tasks, for who makes reports."""
    if not user.may(P.REPORT_MAKE):
        return DeskPart()
    found = [each for each in due.open_dues(due.agencies_of(user), today) if each.on_desk]
    tasks = [OpenTask(state=state_of(each, today), day=each.day, task=partial(_task, each, today)) for each in found]
    return DeskPart(tasks=TaskList.whole(tasks))


def _task(one: Due, today: dt.date, _held: None) -> Task:
    return Task(
        what=one.what, state=state_of(one, today), clock=in_words(one, today),
        law=_("chậm nhất %(on)s · %(law)s") % {"on": show(one.day), "law": one.law}, action=_("Mở trang"), action_url=one.url,
    )  # fmt: skip
