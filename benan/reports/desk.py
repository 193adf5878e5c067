"""What reports put on the desk: returns to draft, to approve, to accept, and the reports that the plan wants next."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.core.clock_state import ClockState, of_days_left
from benan.core.days import due_words
from benan.core.desk import AHEAD, Decision, DeskPart, OpenTask, Task, TaskList
from benan.plan import queries as plans
from benan.plan.models import Plan, ReportRule
from benan.plan.queries import PlanDueDay
from benan.reports import period_pages, policy, return_pages
from benan.reports.models import GIVEN, Period, Return

State = Return.State


def desk_part(user: User, today: dt.date) -> DeskPart:
    """What is due from the user's agencies, and for who follows up a plan, what is to be accepted and consolidated."""
    if not any(user.may(each) for each in (P.WORK_RECORD, P.WORK_APPROVE, P.REPORT_MAKE)):
        return DeskPart()
    tasks: list[OpenTask] = []
    decisions: list[Decision] = []
    # The last reports of a plan fall due after it ended.
    for plan in plans.overlapping(today - plans.AFTERWARDS, today + dt.timedelta(days=1)):
        rows = period_pages.own_open(user, plan, today)
        names = agencies.names([row.agency_id for row in rows], today)
        tasks += [*_own(user, rows, names, today), *_following_up(user, plan, today)]
        decisions += _before_head(user, rows, names, today)
    current = plans.current(today)
    if current and user.may(P.REPORT_MAKE):
        tasks += _coming(current, today)
    return DeskPart(tasks=TaskList.whole(tasks), decisions=decisions)


def _own(user: User, rows: Sequence[Return], names: Mapping[int, str], today: dt.date) -> Iterator[OpenTask]:
    """Returns to draft, from two weeks before they are due to a year after, and those sent back."""
    for ret in rows:
        far = ret.due_on and (ret.due_on > today + AHEAD or ret.due_on < today - plans.AFTERWARDS)
        if ret.is_open and return_pages.drafts(user, ret, today) and not (far and ret.state == State.DRAFT):
            yield _open(ret.due_on, today, partial(_own_task, ret, names.get(ret.agency_id, ""), today))


def _before_head(user: User, rows: Sequence[Return], names: Mapping[int, str], today: dt.date) -> Iterator[Decision]:
    """Returns that wait for the user's decision as head."""
    for ret in rows:
        if ret.state == State.BEFORE_HEAD and policy.approves(user, ret.agency, today):
            told = {"period": ret.period.name, "agency": names.get(ret.agency_id, "")}
            url = reverse("reports:before_head", args=[ret.period.plan.slug, ret.period.key, ret.slug])
            yield Decision(_("Báo cáo %(period)s của %(agency)s chờ duyệt") % told, url)


def _own_task(ret: Return, name: str, today: dt.date, _held: None) -> Task:
    told = {"period": ret.period.name, "agency": name}
    if ret.state == State.SENT_BACK:
        what, action = _("Sửa báo cáo %(period)s bị trả lại, của %(agency)s"), _("Sửa báo cáo")
    elif ret.consolidates:
        what, action = _("Trình báo cáo tổng hợp %(period)s"), _("Mở báo cáo")
    else:
        what, action = _("Soạn báo cáo %(period)s của %(agency)s"), _("Soạn báo cáo")
    url = reverse("reports:return", args=[ret.period.plan.slug, ret.period.key, ret.slug])
    return _task(what % told, ret.due_on, today, ret.period, action, url)


def _following_up(user: User, plan: Plan, today: dt.date) -> Iterator[OpenTask]:
    """Returns to accept, and periods to consolidate."""
    if not policy.manages(user, plan, today):
        return
    rows = Return.objects.filter(period__plan=plan, period__due_on__gt=today - plans.AFTERWARDS).newest()
    found = rows.values_list("period", "consolidates", "state")
    waiting = Counter(period for period, consolidates, state in found if state == State.SUBMITTED and not consolidates)
    missing = Counter(period for period, consolidates, state in found if state not in GIVEN and not consolidates)
    begun = {period for period, consolidates, _state in found if consolidates}
    for period in Period.objects.filter(pk__in={period for period, *_rest in found}).select_related("plan"):
        page = reverse("reports:period", args=[plan.slug, period.key])
        if waiting[period.pk]:
            what = _("Nhận %(n)d báo cáo %(period)s đã nộp") % {"n": waiting[period.pk], "period": period.name}
            by = period.consolidated_on or period.due_on
            yield _open(by, today, partial(_plain, what, by, today, period, _("Mở kỳ báo cáo"), page))
        if period.pk not in begun and (not missing[period.pk] or period.due_on < today):
            what = _("Tổng hợp báo cáo %s") % period.name
            url = reverse("reports:consolidate", args=[plan.slug, period.key])
            day = period.consolidated_on
            yield _open(day, today, partial(_plain, what, day, today, period, _("Tổng hợp"), url))


def _plain(
    what: str, day: dt.date | None, today: dt.date, period: Period, action: str, url: str, _held: None
) -> Task:  # fmt: skip
    return _task(what, day, today, period, action, url)


def _open(day: dt.date | None, today: dt.date, task: partial[Task]) -> OpenTask:
    return OpenTask(state=period_pages.clock_of(day, today)[0], day=day, task=task)


def _task(what: str, day: dt.date | None, today: dt.date, period: Period, action: str, url: str) -> Task:
    state, clock = period_pages.clock_of(day, today)
    ground = period.ground or _("kế hoạch %(plan)s, mục %(number)s") % {
        "plan": period.plan.number, "number": period.clause,
    }  # fmt: skip
    by = period.within_year and day == period.due_on
    law = f"{due_words(day, within_year=by)} · {ground}" if day else ground
    return Task(what=what, state=state, clock=clock, law=law, action=action, action_url=url)


def _coming(plan: Plan, today: dt.date) -> list[OpenTask]:
    """The reports whose day the plan sets within two weeks and whose period is not open yet."""
    opened = set(Period.objects.filter(plan=plan).values_list("key", flat=True))
    opened |= {f"tong-hop-{key}" for key in opened}
    asked = set(ReportRule.objects.filter(clause__plan=plan).values_list("key", flat=True))
    asked |= {f"tong-hop-{key}" for key in asked}
    return [
        OpenTask(state=of_days_left((due.on - today).days), day=due.on, task=partial(_coming_task, plan, due, today))
        for due in plans.due_days(plan, today, today + AHEAD)
        if due.key in asked and plans.deadline_key(due.key, due.year) not in opened
    ]


def _coming_task(plan: Plan, due: PlanDueDay, today: dt.date, _held: None) -> Task:
    left = (due.on - today).days
    state = of_days_left(left)
    return Task(
        what=due.what, state=state,
        clock=_("Hôm nay") if state == ClockState.TODAY else _("Còn %(n)d ngày") % {"n": left},
        law=_("%(due)s · kế hoạch %(plan)s, mục %(number)s")
        % {"due": due.due_words, "plan": plan.number, "number": due.clause.number},
        action=_("Mở báo cáo"), action_url=reverse("reports:periods", args=[plan.slug]),
    )  # fmt: skip
