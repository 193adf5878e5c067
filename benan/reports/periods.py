"""The periods of a plan's reports, with the days on which they are due (VI.1 of plan 12089)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benan.core.days import legal_day, show
from benan.plan import queries as plans

SIX_MONTHS, YEAR = "6-thang", "nam"
# The plan names no cut-off: an authority may set another, and every report prints the one it used.
CUT_OFFS = {SIX_MONTHS: (4, 30), YEAR: (10, 31)}
DUTIES = {"six_month_report": SIX_MONTHS, "annual_report": YEAR}


@dataclass(frozen=True)
class Period:
    """One reporting period: from 01/11 of the year before to 30/04 or 31/10, and the last day in time of its report.

    A calendar year, of which the plan asks no report, has no such day.
    """

    kind: str
    year: int
    first: dt.date
    last: dt.date
    due_on: dt.date | None = None

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.kind}-{self.year}"

    @property
    def name(self) -> str:
        """As the title of a report says it."""
        words = _("6 tháng đầu năm %(year)s") if self.kind == SIX_MONTHS else _("năm %(year)s")
        return words % {"year": self.year}

    def __str__(self):
        words = (
            _("6 tháng %(year)s: %(first)s – %(last)s")
            if self.kind == SIX_MONTHS
            else _("Năm %(year)s: %(first)s – %(last)s")
        )
        return words % {"year": self.year, "first": show(self.first), "last": show(self.last)}


def periods(plan, today=None) -> list[Period]:
    """The reporting periods of a plan, by the day they are due; its calendar years while none of them has begun.

    A plan need not ask for reports, and everybody may see the province's figures by periods that do not overlap.
    """
    named = _named(plan)
    return named if any(period.first <= (today or legal_day()) for period in named) else _years(plan)


def _named(plan):
    found = {}
    for due in plans.deadlines(plan, plan.period.lower, plan.last_day):
        kind = DUTIES.get(due.deadline.key)
        if kind:
            month, day = CUT_OFFS[kind]
            year = due.on.year
            found.setdefault(
                (kind, year), Period(kind, year, dt.date(year - 1, 11, 1), dt.date(year, month, day), due.on)
            )
    return list(found.values())


def _years(plan):
    first, last = plan.period.lower, plan.last_day
    return [
        Period(YEAR, year, max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    ]


def next_due(found, today) -> Period:
    """The period whose report is due next, or that ends next where none is asked for; after the last, the last."""
    return next((period for period in found if (period.due_on or period.last) >= today), found[-1])
