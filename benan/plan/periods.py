"""The periods of a plan's reports, with the days on which they are due."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benan.core.days import due_words, legal_day, show
from benan.core.figures import Period, Question
from benan.core.reference import remembered
from benan.core.registry import Registry
from benan.indicators import reach
from benan.plan import queries as plans
from benan.plan.models import Plan, ReportRule

YEAR = "nam"

# URL names of pages on which the report of a period is made, contributed by apps above.
report_views: Registry[str] = Registry()


@dataclass(frozen=True)
class ReportPeriod(Period):
    """One reporting period: the days covered, and the last day in time of its report.

    `clause` is the number of the clause that asks for the report. A calendar year, of which the plan asks no report, has
    neither. `consolidated_on`: the last day in time of the report that is made of all returns, where the plan names one.
    `cumulative`: it begins with the plan, and so covers other periods. `within_year`: the plan names the year alone, and `due_on` is its last day.
    """

    kind: str
    year: int
    name: str
    due_on: dt.date | None = None
    clause: str = ""
    consolidated_on: dt.date | None = None
    cumulative: bool = False
    within_year: bool = False

    @property
    def due_words(self) -> str:
        """By when the report is due, in words; "" where none is asked for."""
        return due_words(self.due_on, within_year=self.within_year) if self.due_on else ""

    def is_begun(self, day: dt.date) -> bool:
        """Whether it can be reported on by a day: it has begun, or where it covers the plan from its first day, its year has."""
        return (dt.date(self.year, 1, 1) if self.cumulative else self.first) <= day

    @property
    def key(self) -> str:
        """How an address names it: nam-2017."""
        return f"{self.kind}-{self.year}"

    def __str__(self) -> str:
        name = self.name[:1].upper() + self.name[1:]
        return f"{name}: {show(self.first)} – {show(self.last)}"


def periods(plan: Plan, today: dt.date | None = None) -> list[ReportPeriod]:
    """The reporting periods of a plan, by the day they are due; its calendar years while none of them has begun.

    A plan need not ask for reports, and everybody may see the province's figures by periods that do not overlap.
    """
    found = _periods_of_reports(plan.pk)
    begun = any(period.is_begun(today or legal_day()) for period in found)
    return list(found) if begun else _calendar_years(plan)


def open_to_all(found: Sequence[ReportPeriod]) -> list[ReportPeriod]:
    """Those periods of which everybody may see the province's totals: a cumulative one less the others would leave few days."""
    return [period for period in found if not period.cumulative]


def standard_questions(day: dt.date) -> list[Question]:
    """What the pages of the plan and of its reports ask by default on a legal day: the whole plan, and the next report, of which
    some see only what everybody may."""
    plan = plans.latest(day)
    if plan is None:
        return []
    listed = periods(plan, day)
    due = next_due(listed, day)
    spans = (plan.period.lower, plan.last_day), (due.first, due.last)
    found = [Question(first, last, min(last, day)) for first, last in spans]
    open_now = [each for each in open_to_all(listed) if each.is_begun(reach.day_of_totals(each.last, day))]
    if not open_now:
        return found
    due = next_due(open_now, day)
    return [*found, Question(due.first, due.last, reach.day_of_totals(due.last, day))]


@remembered
def _periods_of_reports(plan: int) -> tuple[ReportPeriod, ...]:
    rules = ReportRule.objects.filter(clause__plan=plan).select_related("clause__plan")
    found = [
        ReportPeriod(
            *_ends(rule, year), rule.key, year, rule.name_in(year), rule.due_in(year), rule.clause.number,
            rule.consolidated_in(year), rule.first is None, rule.within_year,
        )
        for rule in rules
        for year in rule.years
        if rule.clause.condition_met(rule.due_in(year)) and _lies_in(rule, year)
    ]  # fmt: skip
    # A clause that a file no longer has stays, and with it its report, which another clause may have now.
    once = {period.key: period for period in reversed(found)}
    return tuple(sorted(once.values(), key=lambda period: (period.due_on or period.last, period.first)))


def _lies_in(rule: ReportRule, year: int) -> bool:
    plan = rule.clause.plan
    return plan.period.lower <= rule.due_in(year) <= plan.last_day + plans.AFTERWARDS


def _ends(rule: ReportRule, year: int) -> tuple[dt.date, dt.date]:
    span = rule.span_in(year)
    return span.first, span.last


def _calendar_years(plan: Plan) -> list[ReportPeriod]:
    first, last = plan.period.lower, plan.last_day
    return [
        ReportPeriod(max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31)), YEAR, year, _("năm %s") % year)
        for year in range(first.year, last.year + 1)
    ]


def next_due(found: Sequence[ReportPeriod], today: dt.date) -> ReportPeriod:
    """The period whose report is due next, or that ends next where none is asked for; after the last, the last."""
    return next((period for period in found if (period.due_on or period.last) >= today), found[-1])
