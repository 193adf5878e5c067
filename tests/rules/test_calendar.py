"""Which days are off."""

import datetime as dt

import pytest

from benan.rules.calendar import DayTable
from benan.rules.refusals import OutsideCalendar


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ("2017-11-09", False),
        ("2017-11-11", True),
        ("2017-11-12", True),
        ("2017-01-27", True),
        ("2017-09-04", True),
        ("2018-12-31", True),
        ("2019-01-05", False),
        ("2019-05-04", False),
        ("2024-04-29", True),
        ("2025-04-26", False),
        ("2025-05-02", True),
        ("2026-01-02", True),
        ("2026-01-10", False),
    ],
)
def test_offices_are_closed_on_week_ends_and_days_off_unless_made_working(days, day, off):
    assert days.is_off(dt.date.fromisoformat(day)) is off


def test_a_make_up_saturday_is_called_a_working_day(days):
    assert days.describe(dt.date(2019, 1, 5)).startswith("ngày làm việc (")


def test_a_day_beyond_the_table_is_refused(days):
    with pytest.raises(OutsideCalendar, match="01/01/2032"):
        days.is_off(dt.date(2032, 1, 1))


def test_an_empty_table_says_that_it_was_not_loaded():
    with pytest.raises(OutsideCalendar, match="Chưa nạp bảng ngày nghỉ"):
        DayTable([]).is_off(dt.date(2017, 1, 1))


def test_years_without_a_notice_are_provisional(days):
    assert [days.is_provisional(dt.date(year, 6, 1)) for year in (2026, 2027)] == [False, True]


def test_the_version_changes_when_a_day_changes(days):
    rows = list(days._rows.values())
    assert DayTable(rows).version == days.version != DayTable(rows[1:]).version
