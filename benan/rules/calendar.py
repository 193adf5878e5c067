"""Which days are off. A `DayTable` is read once where it is needed and then asked without the database."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from benan.core.days import WEEKDAYS, show
from benan.core.reference import remembered
from benan.rules.models import OfficialDay
from benan.rules.refusals import OutsideCalendar

ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5


class DayTable:
    """The official days of whole years, as they were known when the table was read."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = {row.day: row for row in rows}
        self._provisional = {row.day.year for row in self._rows.values() if row.provisional}
        years = {day.year for day in self._rows}
        self.years = range(min(years), max(years) + 1) if years else range(0)

    @classmethod
    @remembered
    def load(cls) -> "DayTable":
        """The table as it stands in the database."""
        return cls(OfficialDay.objects.values_list("day", "kind", "name", "provisional", named=True))

    @cached_property
    def version(self) -> str:
        """A short fingerprint of the days known, to be stored beside a date that was counted with them."""
        known = ";".join(f"{day} {self._rows[day].kind}" for day in sorted(self._rows))
        return hashlib.sha256(known.encode()).hexdigest()[:12]

    def within(self, day: dt.date) -> dt.date:
        """The same day, when the table knows its year. Raises `OutsideCalendar`."""
        if day.year not in self.years:
            if not self.years:
                raise OutsideCalendar(_("Chưa nạp bảng ngày nghỉ, nên chưa tính được hạn."))
            sentence = _("Ngày %(day)s nằm ngoài bảng ngày nghỉ của chương trình (năm %(first)s đến năm %(last)s).")
            raise OutsideCalendar(sentence % {"day": show(day), "first": self.years[0], "last": self.years[-1]})
        return day

    def is_off(self, day: dt.date) -> bool:
        """Whether offices are closed: week-ends and days off, unless made working."""
        return self.seems_off(self.within(day))

    def seems_off(self, day: dt.date) -> bool:
        """The same for a picture and no limit: of a year that is not known yet, the week-ends."""
        row = self._rows.get(day)
        return row.kind == OfficialDay.Kind.OFF if row else day.weekday() >= SATURDAY

    def is_provisional(self, day: dt.date) -> bool:
        """Whether the notice for that year has not come, so that its days off may still change."""
        return self.within(day).year in self._provisional

    def describe(self, day: dt.date) -> str:
        """The day in words: "ngày làm việc", "ngày nghỉ cuối tuần", "ngày nghỉ (Quốc khánh)"."""
        row = self._rows.get(self.within(day))
        if row:
            kind = _("ngày nghỉ") if row.kind == OfficialDay.Kind.OFF else _("ngày làm việc")
            return f"{kind} ({row.name})"
        return _("ngày nghỉ cuối tuần") if day.weekday() >= SATURDAY else _("ngày làm việc")

    def next_working(self, day: dt.date) -> dt.date:
        """This day when offices work, else the next one on which they do."""
        while self.is_off(day):
            day += ONE_DAY
        return day

    def working_days(self, start: dt.date, count: int) -> dt.date:
        """The working day reached after counting so many from the day after `start`; backwards when negative."""
        step, day = (ONE_DAY if count > 0 else -ONE_DAY), start
        for _counted in range(abs(count)):
            day += step
            while self.is_off(day):
                day += step
        return day


def in_words(day: dt.date) -> str:
    """A day with its weekday, "09/11/2017 (Thứ Năm)"."""
    return f"{show(day)} ({WEEKDAYS[day.weekday()]})"
