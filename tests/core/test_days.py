"""The legal day, which a demo may move, and the clock, which nothing moves."""

import datetime as dt

from benan.core import days


def test_the_legal_day_of_a_demo_is_the_one_it_was_given(settings):
    settings.BENAN_TODAY = "2017-11-09"
    assert days.legal_day() == dt.date(2017, 11, 9)


def test_the_legal_day_is_otherwise_today_in_viet_nam(settings):
    settings.BENAN_TODAY = ""
    assert days.legal_day() == dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()


def test_the_clock_is_not_moved_with_the_legal_day(settings):
    settings.BENAN_TODAY = "2017-11-09"
    assert abs(days.clock() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_days_are_shown_as_people_write_them():
    assert days.show(dt.date(2017, 11, 9)) == "09/11/2017"
    assert days.show_with_weekday(dt.date(2017, 11, 9)) == "Thứ Năm, 09/11/2017"
    assert days.show_with_weekday(dt.date(2017, 11, 12)) == "Chủ nhật, 12/11/2017"
    assert days.show(None) == ""
