"""Reads for the pages of periods: which there are, and of one, who has reported and who is at which step."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.clock_state import ClockState, of_days_left
from benan.core.days import show
from benan.core.text import whole_number
from benan.plan import periods as plan_periods
from benan.plan.models import Plan, ReportRule
from benan.plan.serving import cited_by
from benan.reports import policy
from benan.reports.models import GIVEN, Period, Return, ReturnStep

State = Return.State
# The steps of a return as columns: drafted, put before the head, submitted with figures frozen, accepted, locked.
COLUMNS = (lazy("Soạn"), lazy("Duyệt"), lazy("Nộp"), lazy("Nhận"), lazy("Khóa"))
REACHED = {
    State.DRAFT: 0,
    State.SENT_BACK: 0,
    State.BEFORE_HEAD: 1,
    State.SUBMITTED: 3,
    State.ACCEPTED: 4,
    State.LOCKED: 5,
}


@dataclass(frozen=True)
class ReturnLine:
    """A return on the page of its period: whose it is, where it stands, and the marks of its steps (column, icon, words)."""

    ret: Return
    name: str
    url: bool
    words: str
    next_mover: str
    late_by: int
    marks: list[tuple[str, str, str]]


def rule_of(plan: Plan, key: str) -> tuple[ReportRule, int] | None:
    """The rule and the year of a period's key, "nam-2017", as the plan has them; None where it has none."""
    name, _dash, year = key.rpartition("-")
    rules = ReportRule.objects.filter(clause__plan=plan, key=name).select_related("clause__plan")
    rule = rules.first()
    number = whole_number(year, dt.MAXYEAR)
    return (rule, number) if rule and number is not None and number in rule.years else None


def periods_page(user: User, plan: Plan, today: dt.date) -> dict[str, Any]:
    """The periods of a plan: open ones, those to come, and those that are done."""
    opened = list(Period.objects.filter(plan=plan))
    standing = Return.objects.filter(period__plan=plan, consolidates=False).standing().values_list("period", flat=True)
    given = Counter(standing)
    of_all = Counter(
        Return.objects.filter(period__plan=plan, consolidates=False).newest().values_list("period", flat=True)
    )
    done = set(
        Return.objects.filter(period__plan=plan, consolidates=True, state=State.LOCKED).values_list("period", flat=True)
    )
    keys = {period.key for period in opened}
    rows = [
        {
            "period": period, "given": given[period.pk], "of": of_all[period.pk],
            "clock": clock_of(period.due_on, today, done=given[period.pk] == of_all[period.pk]),
            "done": period.pk in done,
        }
        for period in opened
    ]  # fmt: skip
    coming = [each for each in plan_periods.periods(plan, today) if each.due_on and each.key not in keys]
    return {
        "plan": plan,
        "open": [row for row in rows if not row["done"]],
        "done": [row for row in rows if row["done"]],
        "coming": [{"period": each, "begun": each.is_begun(today)} for each in coming],
        "manages": policy.manages(user, plan, today),
        "own": own_open(user, plan, today)[:4],
        "cited": cited_by(plan, "reports:periods"),
    }


def period_page(user: User, period: Period, today: dt.date) -> dict[str, Any]:
    """Who has reported, who is at which step, who is late: those who have not first."""
    plan = period.plan
    rows = list(period.returns.filter(consolidates=False).newest().select_related("agency", "replaces", "period"))
    readable = set(policy.readable(user, plan, today).filter(period=period).values_list("pk", flat=True))
    names = agencies.names([row.agency_id for row in rows], today)
    last_words = _last_words(rows)
    lines = [_line(row, names, row.pk in readable, last_words.get(row.pk, ""), today) for row in rows]
    waiting = [line for line in lines if line.ret.state not in GIVEN]
    given = [line for line in lines if line.ret.state in GIVEN]
    consolidated = period.returns.filter(consolidates=True).newest().select_related("period").first()
    locked = consolidated is not None and consolidated.state == State.LOCKED
    owing = [line for line in waiting if not line.ret.invited]
    clocks = [(_("Đơn vị nộp"), period.due_on, clock_of(period.due_on, today, done=locked or not owing))]
    if period.consolidated_on:
        clocks.append((_("Tổng hợp"), period.consolidated_on, clock_of(period.consolidated_on, today, done=locked)))
    return {
        "plan": plan,
        "period": period,
        "columns": COLUMNS,
        "groups": [(_("Chưa nộp"), waiting), (_("Đã nộp"), given)],
        "title": _("Báo cáo %(name)s: %(given)d/%(of)d đơn vị đã nộp")
        % {"name": period.name, "given": len(given), "of": len(lines)},
        "within_year": period.due_words if period.within_year else "",
        "clocks": clocks,
        "late": sum(line.late_by > 0 and line.ret.state not in GIVEN for line in lines),
        "manages": policy.manages(user, plan, today),
        "consolidated": consolidated if consolidated and consolidated.pk in readable else None,
        "locked": locked,
        "cited": cited_by(plan, "reports:periods"),
    }


def own_open(user: User, plan: Plan, today: dt.date) -> list[Return]:
    """The returns of a user's own agencies on which they have work: to draft, or to approve; the next due first."""
    rows = policy.acting(user, plan, today).newest().filter(state__in=(State.DRAFT, State.SENT_BACK, State.BEFORE_HEAD))
    return sorted(rows, key=lambda ret: ret.due_on or dt.date.max)


def clock_of(due_on: dt.date | None, today: dt.date, *, done: bool = False) -> tuple[ClockState, str]:
    """The state of a day on which something is due, and its words."""
    if done:
        return ClockState.DONE, _("Đã xong")
    if due_on is None:
        return ClockState.NONE, _("Kế hoạch không đặt ngày")
    left = (due_on - today).days
    if left < 0:
        return ClockState.OVERDUE, _("Quá hạn %d ngày") % -left
    return of_days_left(left), _("Hôm nay") if left == 0 else _("Còn %d ngày") % left


def next_mover(ret: Return, today: dt.date) -> str:
    """Who may do the next step of a return; "" where none is left."""
    plan = ret.period.plan
    if ret.state in (State.DRAFT, State.SENT_BACK):
        return str(_("người soạn của đơn vị"))
    if ret.state == State.BEFORE_HEAD:
        return str(_("thủ trưởng đơn vị"))
    if ret.state == State.SUBMITTED:
        agency = policy.follow_up(plan, today)
        return agencies.names([agency.pk], today).get(agency.pk, "") if agency else ""
    return ""


def state_words(ret: Return, words: str = "") -> str:
    """Where a return stands, in a few words."""
    state = State(ret.state)
    if state == State.SENT_BACK:
        return _("Bị trả lại: %s") % words if words else str(_("Bị trả lại"))
    if ret.submitted_on and state in GIVEN:
        return _("Nộp %s") % show(ret.submitted_on)
    return str(state.label[:1].upper() + state.label[1:])


def late_by(ret: Return, today: dt.date) -> int:
    """By how many days a return was, or is, late; who is only asked owes it by no day."""
    if ret.due_on is None or ret.invited:
        return 0
    on = ret.submitted_on if ret.state in GIVEN and ret.submitted_on else today
    return max(0, (on - ret.due_on).days)


def _line(ret: Return, names: dict[int, str], readable: bool, words: str, today: dt.date) -> ReturnLine:
    return ReturnLine(
        ret, names.get(ret.agency_id, ret.agency.key), readable, state_words(ret, words if readable else ""), next_mover(ret, today),
        late_by(ret, today), marks(ret),
    )  # fmt: skip


def marks(ret: Return) -> list[tuple[str, str, str]]:
    """The marks of the steps of a return (column, icon, words): what is done, where it is, what is to come."""
    here = REACHED[State(ret.state)]
    at = "cell-back" if ret.state == State.SENT_BACK else "cell-here"
    words = {
        "cell-done": _("xong"),
        "cell-here": _("đang ở đây"),
        "cell-back": _("trả lại để sửa"),
        "cell-todo": _("chưa tới"),
    }
    icons = ["cell-done" if n < here else at if n == here else "cell-todo" for n in range(len(COLUMNS))]
    if ret.state == State.ACCEPTED:  # locked with the consolidated report: nobody has anything to do
        icons[-1] = "cell-todo"
    return [(str(label), icon, str(words[icon])) for label, icon in zip(COLUMNS, icons, strict=True)]


def _last_words(rows: Iterable[Return]) -> dict[int, str]:
    """What was said with the last step back of each return."""
    kinds = (ReturnStep.Kind.SENT_BACK, ReturnStep.Kind.INVITED)
    steps = ReturnStep.objects.filter(Q(kind__in=kinds), ret__in=[row.pk for row in rows]).order_by("pk")
    return dict(steps.values_list("ret", "words"))


def agency_panel(user: User, plan: Plan, agency: Agency, today: dt.date) -> tuple[str, dict[str, Any]]:
    """The panel of an agency's page: its returns of the last periods."""
    rows = Return.objects.filter(period__plan=plan, agency=agency, consolidates=False).newest()
    readable = set(policy.readable(user, plan, today).filter(agency=agency).values_list("pk", flat=True))
    listed = rows.select_related("period__plan", "agency").order_by("-period__due_on")[:6]
    lines = [
        {"ret": row, "words": state_words(row), "late": late_by(row, today), "readable": row.pk in readable}
        for row in listed
    ]
    return "reports/agency_panel.html", {"plan": plan, "lines": lines}
