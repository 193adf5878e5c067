"""The days that a report covers, as a plan file writes them: 01/11 of the year before, or one day of one year."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from benan.core.figures import Period

# (day, month, years after the year of the report), or one day of one year.
SpanDay = tuple[int, int, int] | dt.date


def day_in(written: SpanDay, year: int) -> dt.date:
    """A day of the report of a year; the last day of the month where that year's month is shorter."""
    if isinstance(written, dt.date):
        return written
    day, month, after = written
    if (day, month) == (29, 2):
        return dt.date(year + after, 3, 1) - dt.timedelta(days=1)
    return dt.date(year + after, month, day)


def stored(written: SpanDay | None) -> Any:
    """As JSON holds it."""
    return written.isoformat() if isinstance(written, dt.date) else written and list(written)


def restored(held: Any) -> SpanDay | None:
    """From JSON."""
    if isinstance(held, str):
        return dt.date.fromisoformat(held)
    return (held[0], held[1], held[2]) if held else None


@dataclass(frozen=True)
class Span(Period):
    """The days of a report."""

    @classmethod
    def of(cls, first: SpanDay | None, last: SpanDay, year: int, plan_first: dt.date) -> "Span":
        """Those of the report of a year; from the plan's first day where no first day is written."""
        return cls(day_in(first, year) if first else plan_first, day_in(last, year))
