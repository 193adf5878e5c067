"""The periods of a plan's reports, with the days on which they are due (VI.1 of plan 12089)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benan.core.days import legal_day, show
from benan.core.figures import Period, Question
from benan.core.registry import Registry
from benan.plan import queries as plans
from benan.plan.models import Plan

SIX_MONTHS, YEAR = "6-thang", "nam"
# The plan names no cut-off: an authority may set another, and every report prints the one it used.
CUT_OFFS = {SIX_MONTHS: (4, 30), YEAR: (10, 31)}
DUTIES = {"six_month_report": SIX_MONTHS, "annual_report": YEAR}

# URL names of pages on which the report of a period is made, contributed by apps above.
report_views: Registry[str] = Registry()


@dataclass(frozen=True)
class ReportPeriod(Period):
    """One reporting period: from 01/11 of the year before to 30/04 or 31/10, and the last day in time of its report.

    `clause` is the number of the clause that asks for the report. A calendar year, of which the plan asks no report, has
    neither.
    """

    kind: str
    year: int
    due_on: dt.date | None = None
    clause: str = ""

    @property
    def key(self) -> str:
        """How an address names it: nam-2017."""
        return f"{self.kind}-{self.year}"

    @property
    def name(self) -> str:
        """As the title of a report says it."""
        words = _("6 tháng đầu năm %(year)s") if self.kind == SIX_MONTHS else _("năm %(year)s")
        return words % {"year": self.year}

    def __str__(self) -> str:
        words = (
            _("6 tháng %(year)s: %(first)s – %(last)s")
            if self.kind == SIX_MONTHS
            else _("Năm %(year)s: %(first)s – %(last)s")
        )
        return words % {"year": self.year, "first": show(self.first), "last": show(self.last)}


def periods(plan: Plan, today: dt.date | None = None) -> list[ReportPeriod]:
    """The reporting periods of a plan, by the day they are due; its calendar years while none of them has begun.

    A plan need not ask for reports, and everybody may see the province's figures by periods that do not overlap.
    """
    found = _periods_of_reports(plan)
    return found if any(period.first <= (today or legal_day()) for period in found) else _calendar_years(plan)


def standard_questions(day: dt.date) -> list[Question]:
    """What the pages of the plan and of its reports ask by default on a legal day: the whole plan, and the next report."""
    plan = plans.latest(day)
    if plan is None:
        return []
    due = next_due(periods(plan, day), day)
    spans = (plan.period.lower, plan.last_day), (due.first, due.last)
    return [Question(first, last, min(last, day)) for first, last in spans]


def _periods_of_reports(plan: Plan) -> list[ReportPeriod]:
    found: dict[tuple[str, int], ReportPeriod] = {}
    for due in plans.due_days(plan, plan.period.lower, plan.last_day):
        kind = DUTIES.get(due.deadline.key)
        if kind:
            month, day = CUT_OFFS[kind]
            year = due.on.year
            found.setdefault(
                (kind, year),
                ReportPeriod(
                    first=dt.date(year - 1, 11, 1),
                    last=dt.date(year, month, day),
                    kind=kind,
                    year=year,
                    due_on=due.on,
                    clause=due.deadline.clause.number,
                ),
            )
    return list(found.values())


def _calendar_years(plan: Plan) -> list[ReportPeriod]:
    first, last = plan.period.lower, plan.last_day
    return [
        ReportPeriod(first=max(first, dt.date(year, 1, 1)), last=min(last, dt.date(year, 12, 31)), kind=YEAR, year=year)
        for year in range(first.year, last.year + 1)
    ]


def next_due(found: Sequence[ReportPeriod], today: dt.date) -> ReportPeriod:
    """The period whose report is due next, or that ends next where none is asked for; after the last, the last."""
    return next((period for period in found if (period.due_on or period.last) >= today), found[-1])
