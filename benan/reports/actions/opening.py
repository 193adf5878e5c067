"""Opening a period: every giver gets a return, filled with its own figures."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core import papers
from benan.core.days import legal_day
from benan.core.figures import Period as Days
from benan.core.refusals import Refused
from benan.plan import parties, policy
from benan.plan.models import Plan, ReportRule
from benan.plan.queries import deadline_key
from benan.reports import counted, filling
from benan.reports.events import ReportEvent
from benan.reports.models import Cell, Kind, Narrative, Period, Return


@transaction.atomic
def open_period(*, by: User, plan: Plan, rule: ReportRule, year: int) -> Period:
    """Open the period of a plan's report of one year; opened before, it is given as it is.

    Raises Refused where the rule asks for no report of that year, its first day has not come, or no agency is at work to give it.
    """
    policy.require_follow_up(by, P.RETURNS_MANAGE, plan, legal_day())
    key = deadline_key(rule.key, year)
    Plan.objects.select_for_update().get(pk=plan.pk)
    if opened := Period.objects.filter(plan=plan, key=key).first():
        return opened
    if year not in rule.years or rule.clause.plan_id != plan.pk:
        raise Refused(_("Kế hoạch không yêu cầu báo cáo này của năm %s.") % year)
    if not rule.clause.condition_met(rule.due_in(year)):
        raise Refused(_("Điều kiện của điểm %s chưa đủ nên chưa phải báo cáo.") % rule.clause.number)
    if rule.opens_in(year) > legal_day():
        raise Refused(_("Kỳ báo cáo chưa bắt đầu."))
    span = rule.span_in(year)
    consolidation = rule.consolidation
    period = Period(
        plan=plan, key=key, kind=rule.key, year=year, name=rule.name_in(year), first=span.first, last=span.last,
        as_of=span.last, due_on=rule.due_in(year), clause=rule.clause.number, form=_form(plan, rule.form),
        givers=rule.givers, consolidation=consolidation, consolidated_on=rule.consolidated_in(year),
        cumulative=rule.first is None, within_year=rule.within_year, opened_by=by,
    )  # fmt: skip
    cut_offs = {agency: rule.span_in(year, agency) for agency in rule.cut_offs}
    return _open(by, period, {key: Days(span.first, span.last) for key, span in cut_offs.items()})


@transaction.atomic
def open_on_request(
    *, by: User, plan: Plan, kind: str, name: str, first: dt.date, last: dt.date, due_on: dt.date, ground: str,
    form: str = "",
) -> Period:  # fmt: skip
    """Open a period that a superior asked for: `kind` of `Kind`, `ground` the number of the paper that asked.

    It has the givers and the form of the plan's latest report. Raises Refused where the plan asks for no report to copy these
    from, the ground is no number, or the days make no period; the same kind on days that overlap is refused by the table.
    """
    policy.require_follow_up(by, P.RETURNS_MANAGE, plan, legal_day())
    rule = ReportRule.objects.filter(clause__plan=plan).select_related("clause").order_by("-month", "-day").first()
    if rule is None or kind not in Kind.values:
        raise Refused(_("Kế hoạch này không có kỳ báo cáo nào để lấy mẫu và đơn vị báo cáo."))
    if last < first:
        raise Refused(_("Ngày cuối của kỳ phải từ ngày đầu trở đi."), field="last")
    if first > legal_day():
        raise Refused(_("Kỳ báo cáo chưa bắt đầu."), field="first")
    if due_on < last:
        raise Refused(_("Ngày nộp phải từ ngày chốt số liệu trở đi."), field="due_on")
    period = Period(
        plan=plan, key=_key(plan, kind, last), kind=kind, year=last.year, name=name, first=first, last=last, as_of=last,
        due_on=due_on, ground=papers.number(ground, field="ground"), form=_form(plan, form or rule.form), givers=rule.givers,
        consolidation={**rule.consolidation, "before": None}, opened_by=by,
    )  # fmt: skip
    Plan.objects.select_for_update().get(pk=plan.pk)
    return _open(by, period, {})


def _key(plan: Plan, kind: str, last: dt.date) -> str:
    """How addresses name a period on request: quy-2-2020, 9-thang-2020, dot-xuat-30-06-2020."""
    if kind == Kind.QUARTER:
        return f"quy-{(last.month + 2) // 3}-{last.year}"
    if kind == Kind.NINE_MONTHS:
        return f"{kind}-{last.year}"
    key = f"{kind}-{last:%d-%m-%Y}"
    same = Period.objects.filter(plan=plan, key__startswith=key).count()
    return f"{key}-{same + 1}" if same else key


def _form(plan: Plan, key: str) -> dict[str, Any]:
    """A form of the plan with its indicators, as a period keeps it."""
    forms = plan.forms.values() if isinstance(plan.forms, dict) else plan.forms
    form = next((form for form in forms if form["key"] == key), None)
    if form is None:
        raise Refused(_("Kế hoạch không có mẫu báo cáo “%s”.") % key)
    return {**form, "indicators": counted.stated_indicators(plan)}


def _open(by: User, period: Period, cut_offs: dict[str, Days]) -> Period:
    """Store a period and the returns of its givers; statements do not grow with their number."""
    today, plan = legal_day(), period.plan
    if period.first > today:
        raise Refused(_("Kỳ báo cáo chưa bắt đầu."))
    givers = parties.whole(plan, period.givers, today)
    if not givers:
        raise Refused(_("Hôm nay không có đơn vị nào phải nộp báo cáo này."))
    period.save()
    measures = counted.versions(period)
    returns = [_return(period, agency, cut_offs, measures) for agency in givers]
    Return.objects.bulk_create(returns)
    _fill_from_figures(period, returns, givers)
    data = {
        "period": period.key,
        "returns": len(returns),
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
    }
    trail.record(by=by, event=ReportEvent.PERIOD_OPENED, on=f"plan:{plan.slug}", data=data)
    return period


def _return(period: Period, agency: Agency, cut_offs: dict[str, Days], measures: dict[str, int]) -> Return:
    keys = parties.keys_of(agency)
    days = next((cut_offs[key] for key in keys if key in cut_offs), Days(period.first, period.last))
    invited = bool(set(period.plan.requested).intersection(keys))
    return Return(
        period=period, agency=agency, first=days.first, last=days.last, invited=invited, counted_on=legal_day(), measures=measures
    )  # fmt: skip


def _fill_from_figures(period: Period, returns: list[Return], givers: list[Agency]) -> None:
    """Store the cells and the text of new returns, as many statements as there are different cut-offs."""
    places = counted.places_of(givers)
    by_days: dict[tuple[dt.date, dt.date], list[Return]] = defaultdict(list)
    for ret in returns:
        by_days[ret.first, ret.last].append(ret)
    cells: dict[int, list[Cell]] = {}
    for days, rows in by_days.items():
        found = filling.compared(period, Days(*days))
        cells |= {ret.pk: found.cells(period, ret, places.get(ret.agency_id)) for ret in rows}
    Cell.objects.bulk_create([cell for ret in returns for cell in cells[ret.pk]])
    Narrative.objects.bulk_create(filling.narratives(period, cells, returns))
