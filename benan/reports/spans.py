"""The days with which a period is compared."""

import calendar
import datetime as dt

from benan.core.figures import Period as Days


def months_back(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; the last day of a month stays the last day of its month."""
    last_of = calendar.monthrange(day.year, day.month)[1]
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, last if day.day == last_of else min(day.day, last))


def year_before(days: Days) -> Days:
    """The same days of the year before."""
    return Days(months_back(days.first, 12), months_back(days.last, 12))


def before(days: Days) -> Days:
    """The days of the same length just before: as many whole months where a period consists of months, else as many days."""
    after = days.last + dt.timedelta(days=1)
    end = days.first - dt.timedelta(days=1)
    if after.day == days.first.day:
        months = (after.year - days.first.year) * 12 + after.month - days.first.month
        return Days(months_back(after, 2 * months), end)
    return Days(end - (days.last - days.first), end)
