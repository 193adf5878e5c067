"""The desk of one officer, in a number of queries that does not grow with the number of cases."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from benan.accounts import policy
from benan.accounts import queries as accounts
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.cases import unattended
from benan.cases.models import Case
from benan.core import desk as contributed
from benan.core.clock_state import ClockState
from benan.core.days import legal_day
from benan.core.desk import AHEAD, PARTS, DeskPanel, DeskPart, OpenTask, Task, TaskList
from benan.rules.calendar import DayTable
from benan.shell import setting_up

GROUPS = (
    (gettext_lazy("Quá hạn"), (ClockState.OVERDUE,)),
    (gettext_lazy("Đến hạn hôm nay"), (ClockState.TODAY,)),
    (gettext_lazy("Sắp tới"), (ClockState.SOON, ClockState.LATER)),
    (gettext_lazy("Không có thời hạn luật định, hoặc chưa rõ thời hạn"), (ClockState.NONE,)),
)


def desk(user: User) -> dict[str, Any]:
    """Dangers, groups of tasks (overdue, today, coming, without limit), the panels beside them, the next two weeks."""
    today = legal_day()
    parts = [part(user, today) for part in PARTS]
    dangers, tasks = _together(part.dangers for part in parts), _together(part.tasks for part in parts)
    cases = {task.case.team_id for task in [*dangers.tasks, *tasks.tasks] if task.case}
    officers = policy.officers_in_charge(user, P.CASE_VIEW, cases)
    urgent = sorted(tasks.tasks, key=partial(_urgency, user, officers))[: contributed.MOST]
    listed = _in_words(user, [*dangers.tasks, *urgent], officers)
    in_danger, listed = listed[: len(dangers.tasks)], listed[len(dangers.tasks) :]
    groups = []
    for name, states in GROUPS:
        found = [task for task in listed if task.state in states]
        groups += [(name, found, sum(tasks.by_state[state] for state in states))] if found else []
    decisions = _decisions(parts)
    waiting = len(decisions.context["listed"]) + decisions.context["more"]
    panels = [decisions, *(panel for part in parts for panel in part.panels)]
    return {
        "today": today, "title": _title(user, dangers.total, tasks.by_state, waiting), "groups": groups,
        "dangers": {"listed": in_danger, "all": dangers.total, "more": dangers.total - len(in_danger)},
        "more": tasks.total - len(listed), "days": _days(today, tasks.by_day),
        "panels": {
            panel.key: {"template": panel.template, "first": panel.first, **panel.context}
            for panel in sorted(panels, key=lambda panel: panel.place)
        },
        "unattended": unattended.offices_for(user), "setting_up": setting_up.steps_left(user), "idle": _idle(user),
        "without_role": [] if user.seats else accounts.why_no_role(user),
    }  # fmt: skip


def shown_cases(desk: Mapping[str, Any]) -> list[Case]:
    """The cases that stand on a desk."""
    tasks = [*desk["dangers"]["listed"], *(task for _name, tasks, _count in desk["groups"] for task in tasks)]
    beside = [case for panel in desk["panels"].values() for case in panel.get("cases", ())]
    return [case for case in [*(task.case for task in tasks), *beside] if case]


def _together(lists: Iterable[TaskList]) -> TaskList:
    lists = list(lists)
    tasks = [task for each in lists for task in each.tasks]
    return TaskList(tasks, sum((each.counts for each in lists), Counter()))


def _in_words(user: User, tasks: list[OpenTask], officers: Mapping[int, User]) -> list[Task]:
    held = policy.held_on_each(user, [task.case for task in tasks if task.case])
    found = []
    for task in tasks:
        officer = officers.get(task.case.team_id) if task.case else None
        words = task.task(held.get(task.case.pk) if task.case else None)
        found.append(replace(words, officer=officer, mine=officer == user))
    return found


def _urgency(user: User, officers: Mapping[int, User], task: OpenTask) -> tuple[int, bool, dt.date, dt.time]:
    """In the order of GROUPS; in each the cases of which the user is in charge first, then by day and hour."""
    group = next(place for place, (_name, states) in enumerate(GROUPS) if task.state in states)
    mine = bool(task.case) and officers.get(task.case.team_id) == user
    return group, not mine, task.day or dt.date.max, task.at or dt.time.max


def _decisions(parts: list[DeskPart]) -> DeskPanel:
    """What waits for a decision of this user, whichever app asks it."""
    listed = [decision for part in parts for decision in part.decisions]
    cases = [decision.case for decision in listed if decision.case]
    more = sum(part.more_decisions for part in parts)
    return DeskPanel(
        "decisions", 0, "shell/decisions.html", {"listed": listed, "more": more, "cases": cases}, first=True
    )


def _idle(user: User) -> str:
    """Where work comes from, for who has none today."""
    if user.may(P.CASE_VIEW):
        return _("Việc mới hiển thị ở đây ngay khi có người được tiếp nhận hoặc cơ quan khác chuyển việc đến.")
    if user.may(P.USER_MANAGE):
        return _(
            "Vai trò chờ xác nhận và đề nghị chờ trả lời hiển thị ở đây. Lập tài khoản và giao vai trò ở "
            "trang Quản lý tài khoản."
        )
    return _(
        "Vai trò của chị/anh không xem hồ sơ nên không có việc của hồ sơ nào ở đây. Xem nhiệm vụ của "
        "đơn vị ở trang Kế hoạch."
    )


def _title(user: User, dangers: int, by_state: Mapping[ClockState, int], waiting: int) -> str:
    late, today = by_state[ClockState.OVERDUE], by_state[ClockState.TODAY]
    if not user.seats:
        return _("Chưa có vai trò nào có hiệu lực.")
    if waiting and not dangers and not late and not today:
        return _("%(n)d việc chờ chị/anh quyết định. Hôm nay không có việc nào đến hạn.") % {"n": waiting}
    if not dangers and not late and not today:
        return _("Hôm nay không có việc nào đến hạn.")
    parts = [_("%(n)d người đang gặp nguy hiểm") % {"n": dangers}] if dangers else []
    parts += [ngettext("%(n)d việc đến hạn", "%(n)d việc đến hạn", today) % {"n": today}] if today else []
    parts += [ngettext("%(n)d việc quá hạn", "%(n)d việc quá hạn", late) % {"n": late}] if late else []
    parts += [_("%(n)d việc chờ quyết định") % {"n": waiting}] if waiting else []
    return _("Hôm nay %(what)s.") % {"what": ", ".join(parts)}


def _days(today: dt.date, counts: Mapping[dt.date | None, int]) -> list[dict[str, Any]]:
    table = DayTable.load()
    span = [today + dt.timedelta(days=n) for n in range(AHEAD.days)]
    return [{"date": day, "off": table.seems_off(day), "today": day == today, "count": counts[day]} for day in span]
