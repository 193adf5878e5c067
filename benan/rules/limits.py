"""Values of time limits by day. A `LimitTable` is read once where it is needed and then asked without the database."""

import datetime as dt
from collections.abc import Iterable

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.core.reference import remembered
from benan.rules.models import TimeLimit
from benan.rules.refusals import NotInForce


class LimitTable:
    """All values of all time limits."""

    def __init__(self, rows: Iterable[TimeLimit]) -> None:
        self._rows: dict[str, list[TimeLimit]] = {}
        for row in rows:
            self._rows.setdefault(row.key, []).append(row)

    @classmethod
    @remembered
    def load(cls) -> "LimitTable":
        """The table as it stands in the database."""
        return cls(TimeLimit.objects.select_related("instrument"))

    def begins(self, key: str, day: dt.date) -> bool:
        """Whether a limit had a value by a day."""
        return any(row.in_force.lower <= day for row in self._rows.get(key, ()))

    def on(self, key: str, day: dt.date) -> TimeLimit:
        """The value in force on a day. Raises `NotInForce`, never guesses."""
        for row in self._rows.get(key, ()):
            if day in row.in_force:
                return row
        sentence = _("Thời hạn «%(key)s» chưa có giá trị cho ngày %(day)s.")
        raise NotInForce(sentence % {"key": key, "day": show(day)})

    def first_gap(self, key: str, in_force: DateRange, *, later: bool = False) -> dt.date | None:
        """The first day of a range on which a limit has no value; none when every day has one.

        With `later`, days before the limit's first value are none.
        """
        day = in_force.lower
        if later and key in self._rows:
            day = max(day, min(row.in_force.lower for row in self._rows[key]))
        for row in sorted(self._rows.get(key, ()), key=lambda row: row.in_force.lower):
            if day in row.in_force:
                day = row.in_force.upper
                if day is None:
                    return None
        return day if day in in_force else None
