"""What the written situations cannot say: clocks without an answer, and days that contradict each other."""

import datetime as dt

import pytest

from benan.rules import procedures
from benan.rules.deadlines import RecordedEvent, out_of_order, running

DAY = dt.date(2017, 10, 20)


@pytest.fixture
def procedure():
    return procedures.version_on("self_reported", DAY)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (dt.date(2013, 5, 4), "Ngày 04/05/2013 nằm ngoài bảng ngày nghỉ"),
        (dt.date(2012, 5, 4), "chưa có giá trị của thời hạn này cho ngày 04/05/2012"),
    ],
)
def test_a_paper_from_days_without_a_rule_gives_a_clock_that_says_so(procedure, days, limits, day, sentence):
    events = [RecordedEvent("received", DAY), RecordedEvent("confirmed", day)]
    clocks = running(procedure, events, as_of=DAY, limits=limits, days=days)
    clock = next(clock for clock in clocks if clock.limit == "apply_for_support")
    assert (clock.due_on, clock.state, clock.binding) == (None, "running", False)
    assert sentence in clock.explanation[0]


def test_clocks_stand_in_the_order_of_the_procedure(procedure, days, limits):
    events = [RecordedEvent("received", DAY), RecordedEvent("labour_notified", DAY), RecordedEvent("request_sent", DAY)]
    clocks = running(procedure, events, as_of=DAY, limits=limits, days=days)
    order = [duty.limit for duty in procedure.duties]
    assert [clock.limit for clock in clocks] == sorted((clock.limit for clock in clocks), key=order.index)
    assert len(clocks) == 5


def test_a_clock_keeps_the_version_of_the_days_off_it_used(procedure, days, limits):
    clocks = running(procedure, [RecordedEvent("received", DAY)], as_of=DAY, limits=limits, days=days)
    assert {clock.calendar for clock in clocks if clock.started_on} == {days.version}


def test_days_that_contradict_each_other_are_found_in_pairs(procedure):
    late, early = RecordedEvent("answered_victim", DAY), RecordedEvent("request_sent", DAY + dt.timedelta(days=1))
    assert out_of_order(procedure, [late, early]) == (late, early)


def test_events_of_one_day_do_not_contradict_each_other(procedure):
    assert out_of_order(procedure, [RecordedEvent("answered_victim", DAY), RecordedEvent("request_sent", DAY)]) is None


def test_a_second_stay_does_not_contradict_leaving_the_first(procedure):
    stays = [RecordedEvent("shelter_entered", DAY), RecordedEvent("shelter_left", DAY + dt.timedelta(days=3))]
    assert out_of_order(procedure, [*stays, RecordedEvent("shelter_entered", DAY + dt.timedelta(days=9))]) is None
