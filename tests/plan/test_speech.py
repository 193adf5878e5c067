"""The plan in sentences."""

import datetime as dt

import pytest

from benan.core.figures import Tally
from benan.plan import speech
from benan.plan.periods import ReportPeriod

REACHED, SHORT, NOBODY = Tally(met=3), Tally(met=3, short=1), Tally(in_time=2)


def reached(tally, target=100):
    """Whether a target is reached, as an indicator's figure says it."""
    return tally.reaches(target) if tally.denominator else None


@pytest.mark.parametrize(
    ("tallies", "sentence"),
    [
        ([REACHED] * 5, "Đạt cả <b>năm</b> chỉ tiêu."),
        ([NOBODY] * 5, "Kỳ này không phát sinh ở cả năm chỉ tiêu."),
        ([REACHED, REACHED, SHORT, SHORT, SHORT], "Đạt <b>2 trên 5</b> chỉ tiêu."),
        ([SHORT] * 5, "Chưa đạt chỉ tiêu nào trong <b>5</b> chỉ tiêu."),
        (
            [REACHED, REACHED, REACHED, NOBODY, NOBODY],
            "Đạt <b>ba</b> chỉ tiêu có phát sinh; hai chỉ tiêu không phát sinh.",
        ),
        ([REACHED, SHORT, NOBODY, NOBODY, NOBODY], "Đạt <b>1 trên 2</b> chỉ tiêu có phát sinh."),
        ([SHORT, NOBODY, NOBODY, NOBODY, NOBODY], "Chưa đạt chỉ tiêu nào trong <b>1</b> chỉ tiêu có phát sinh."),
    ],
)
def test_how_many_indicators_are_reached(tallies, sentence):
    assert speech.indicators_reached([reached(tally) for tally in tallies]) == sentence


@pytest.mark.parametrize(
    ("short", "arising", "sentence"),
    [
        (1, True, "<b>Một người</b> chưa được hỗ trợ đủ."),
        (4, True, "<b>Bốn người</b> chưa được hỗ trợ đủ."),
        (1200, True, "<b>1.200 người</b> chưa được hỗ trợ đủ."),
        (0, True, "Không có người nào chưa được hỗ trợ đủ."),
        (0, False, ""),
    ],
)
def test_how_many_people_lack_something(short, arising, sentence):
    assert speech.people(short, arising) == sentence


@pytest.mark.parametrize(
    ("tally", "sentence"),
    [
        (Tally(met=2), "Mọi việc đã hoàn thành đều đúng hạn."),
        (Tally(late=2), "<b>Hai lượt</b> hoàn thành quá hạn."),
        (NOBODY, ""),
    ],
)
def test_whether_something_was_late(tally, sentence):
    assert speech.lateness([tally]) == sentence


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (dt.date(2017, 11, 9), "Báo cáo năm 2017: chậm nhất <b>14/11/2017</b>, còn 5 ngày."),
        (dt.date(2017, 11, 14), "Báo cáo năm 2017: chậm nhất <b>14/11/2017</b>, hôm nay là ngày cuối."),
        (dt.date(2017, 11, 15), ""),
    ],
)
def test_which_report_is_due(today, sentence):
    period = ReportPeriod(dt.date(2016, 11, 1), dt.date(2017, 10, 31), "nam", 2017, "năm 2017", dt.date(2017, 11, 14))
    assert speech.next_report(period, today) == sentence


def test_six_months_are_called_the_first_of_their_year():
    period = ReportPeriod(
        dt.date(2017, 11, 1), dt.date(2018, 4, 30), "6-thang", 2018, "6 tháng đầu năm 2018", dt.date(2018, 5, 14)
    )
    assert (period.name, str(period)) == ("6 tháng đầu năm 2018", "6 tháng đầu năm 2018: 01/11/2017 – 30/04/2018")
