"""What is due from a user's agencies as tasks of the desk: the next 30 days, and what is overdue."""

import datetime as dt
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.core.days import clock
from benan.core.desk import Decision, DeskPart, OpenTask, Task, TaskList
from benan.notices import due
from benan.notices.due import Due
from benan.notices.queries import in_words, sendings, state_of


def desk_part(user: User, today: dt.date) -> DeskPart:
    """The tasks, for who records or approves the work of an agency; for who manages accounts, that letters were refused."""
    decisions = []
    if user.may(P.USER_MANAGE) and (failed := sendings(clock())["failed"]):
        words = _("%(n)d thư nhắc việc bị máy chủ thư từ chối trong 30 ngày qua") % {"n": failed}
        decisions.append(Decision(words, reverse("notices:letters")))
    if not (user.may(P.WORK_RECORD) or user.may(P.WORK_APPROVE)):
        return DeskPart(decisions=decisions)
    found = [each for each in due.open_dues(due.agencies_of(user), today) if each.on_desk]
    tasks = [OpenTask(state=state_of(each, today), day=each.day, task=partial(_task, each, today)) for each in found]
    return DeskPart(tasks=TaskList.whole(tasks), decisions=decisions)


def _task(one: Due, today: dt.date, _held: None) -> Task:
    return Task(
        what=one.on_pages, state=state_of(one, today), clock=in_words(one, today),
        law=f"{one.due_words} · {one.law}", action=_("Mở trang"), action_url=one.url,
    )  # fmt: skip
