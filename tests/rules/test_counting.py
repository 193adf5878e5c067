"""How time is counted: properties that hold for every day, and the days that people stumble over."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benan.core.days import VIETNAM
from benan.core.refusals import Refused
from benan.rules import counting, loading
from benan.rules.calendar import DayTable
from benan.rules.models import Instrument, TimeLimit
from benan.rules.refusals import OutsideCalendar

DAYS = DayTable(loading.official_days())
FIRST, LAST = dt.date(2014, 1, 1), dt.date(2031, 12, 31)
INSIDE = st.dates(dt.date(2015, 1, 1), dt.date(2029, 6, 30))
UNITS = st.sampled_from(["day", "working_day", "month"])


def limit(n, unit, **more):
    """A limit that rolls unless it says otherwise, with no other meaning."""
    return TimeLimit(
        key="trial", n=n, unit=unit, instrument=Instrument(short="Thử"), article="1", certainty="sourced", **more
    )


def due(n, unit, start, **more):
    return counting.due(limit(n, unit, **more), start, DAYS).on


@given(start=INSIDE, n=st.integers(1, 60), unit=st.sampled_from(["day", "working_day"]))
def test_a_limit_ends_after_the_day_it_starts(start, n, unit):
    assert due(n, unit, start) > start


@given(start=INSIDE, n=st.integers(1, 12))
def test_a_limit_in_months_never_ends_before_it_starts(start, n):
    assert due(n, "month", start) > start


@given(start=INSIDE, n=st.integers(1, 24), unit=UNITS)
def test_a_limit_that_rolls_never_ends_on_a_day_off(start, n, unit):
    assert not DAYS.is_off(due(n, unit, start))


@given(start=INSIDE, n=st.integers(1, 60))
def test_rolling_skips_only_days_off(start, n):
    plain, rolled = due(n, "day", start, rolls=False), due(n, "day", start)
    assert plain == start + dt.timedelta(days=n)
    assert all(DAYS.is_off(plain + dt.timedelta(days=skipped)) for skipped in range((rolled - plain).days))


@given(start=INSIDE, n=st.integers(1, 40))
def test_working_days_are_counted_one_by_one(start, n):
    end = due(n, "working_day", start)
    between = [start + dt.timedelta(days=passed) for passed in range(1, (end - start).days + 1)]
    assert sum(not DAYS.is_off(day) for day in between) == n
    assert not DAYS.is_off(end)


@given(start=INSIDE, n=st.integers(1, 24))
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(start, n):
    end = due(n, "month", start, rolls=False)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n
    assert end.day == start.day or (end.day < start.day and (end + dt.timedelta(days=1)).day == 1)


@given(start=st.dates(dt.date(2020, 1, 1), dt.date(2030, 6, 30)), n=st.integers(1, 60), unit=UNITS)
def test_a_limit_before_an_event_lies_before_it_and_never_rolls(start, n, unit):
    end = due(n, unit, start, direction="before", rolls=False)
    assert end < start
    assert unit != "day" or end == start - dt.timedelta(days=n)


@given(day=INSIDE)
def test_at_once_is_the_same_legal_day_even_when_offices_are_closed(day):
    assert due(None, "at_once", day) == day


@given(day=INSIDE)
def test_a_duty_without_a_number_has_no_last_day(day):
    assert due(None, "day", day) is None


@given(start=INSIDE, n=st.integers(1, 90))
def test_a_stay_that_counts_its_first_day_lasts_so_many_days(start, n):
    end = due(n, "day", start, rolls=False, first_day=True)
    assert (end - start).days + 1 == n


def test_hours_run_from_the_clock_and_may_end_on_a_day_off():
    start = dt.datetime(2017, 11, 4, 21, 40, tzinfo=VIETNAM)
    answer = counting.due(limit(12, "hour"), start, DAYS)
    assert answer.at == dt.datetime(2017, 11, 5, 9, 40, tzinfo=VIETNAM)
    assert answer.on == dt.date(2017, 11, 5)


def test_hours_before_an_event_run_backwards():
    start = dt.datetime(2017, 11, 5, 9, 40, tzinfo=VIETNAM)
    answer = counting.due(limit(12, "hour", direction="before", rolls=False), start, DAYS)
    assert answer.at == dt.datetime(2017, 11, 4, 21, 40, tzinfo=VIETNAM)


def test_hours_are_told_in_the_time_of_viet_nam():
    start = dt.datetime(2017, 11, 4, 20, 0, tzinfo=dt.UTC)
    assert counting.due(limit(12, "hour"), start, DAYS).at.strftime("%d %H:%M") == "05 15:00"


def test_hours_cannot_be_counted_from_a_day_alone():
    with pytest.raises(Refused, match="giờ bắt đầu"):
        due(12, "hour", dt.date(2017, 11, 4))


@pytest.mark.parametrize(
    ("n", "unit", "start"),
    [
        (20, "day", LAST),
        (1, "month", dt.date(2031, 12, 15)),
        (3, "working_day", dt.date(2031, 12, 30)),
        (20, "day", dt.date(2013, 12, 31)),
    ],
)
def test_a_count_that_leaves_the_known_years_is_refused_with_the_years(n, unit, start):
    with pytest.raises(OutsideCalendar, match="năm 2014 đến năm 2031"):
        due(n, unit, start)


def test_counting_backwards_out_of_the_known_years_is_refused():
    with pytest.raises(OutsideCalendar, match="31/12/2013"):
        due(1, "day", FIRST, direction="before", rolls=False)


def test_the_explanation_says_what_was_counted():
    answer = counting.due(limit(20, "day"), dt.date(2017, 10, 20), DAYS, event="nhận công văn")
    assert answer.explanation == (
        "Ngày nhận công văn 20/10/2017 không tính; ngày thứ 20 là 09/11/2017 (Thứ Năm), là ngày làm việc.",
    )


def test_the_explanation_says_why_the_end_moved():
    answer = counting.due(limit(3, "day"), dt.date(2017, 1, 24), DAYS, event="nhận thông báo")
    assert answer.explanation == (
        "Ngày nhận thông báo 24/01/2017 không tính; ngày thứ 3 là 27/01/2017 (Thứ Sáu), "
        "là ngày nghỉ (Giao thừa Tết Nguyên Đán).",
        "Thời hạn kết thúc vào ngày làm việc tiếp theo, 02/02/2017 (Thứ Năm).",
    )


@pytest.mark.parametrize(
    ("start", "article"),
    [
        (dt.date(2016, 12, 31), "Bộ luật Dân sự 2005, Điều 149 đến Điều 153 (chưa kiểm chứng, khá chắc)"),
        (dt.date(2017, 1, 1), "Bộ luật Dân sự 2015, Điều 147 và Điều 148"),
    ],
)
def test_the_code_in_force_on_the_first_day_says_how_to_count(start, article):
    assert counting.due(limit(3, "day"), start, DAYS).counting == article


def test_a_stay_that_counts_its_first_day_does_not_claim_the_civil_code():
    assert counting.due(limit(60, "day", rolls=False, first_day=True), dt.date(2017, 10, 20), DAYS).counting == ""


def test_a_note_on_the_value_is_read_with_the_reckoning():
    assert counting.due(limit(3, "day", note="Xem thêm."), dt.date(2017, 11, 6), DAYS).explanation[-1] == "Xem thêm."


def test_a_year_without_its_notice_makes_a_date_provisional():
    assert counting.due(limit(20, "day"), dt.date(2028, 3, 1), DAYS).provisional
    assert not counting.due(limit(20, "day"), dt.date(2017, 3, 1), DAYS).provisional
