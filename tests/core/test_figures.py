"""How people are counted, whatever the measure."""

import datetime as dt

import pytest

from benan.core.figures import Standing, Tally, measure, question

DAY = dt.date(2017, 10, 31)


@pytest.mark.parametrize(
    ("tally", "target", "reached"),
    [
        (Tally(met=3), 100, True),
        (Tally(met=999, short=1), 100, False),
        (Tally(met=3, late=1, short=1), 80, True),
        (Tally(met=3, short=1), 80, False),
        (Tally(in_time=2), 1, False),
    ],
)
def test_a_target_is_reached_by_enough_of_those_who_count(tally, target, reached):
    assert tally.reaches(target) is reached


def test_one_who_falls_short_keeps_the_share_below_a_hundred():
    assert (Tally(met=9999, short=1).percent, Tally(met=9999).percent) == ("99,9%", "100%")


def test_who_stands_outside_is_counted_nowhere_else():
    tally = Tally.of({(Standing.SHORT, "joined"): 2, (Standing.MET, ""): 1})
    assert tally + tally == Tally(met=2, outside={"joined": 4})


def test_the_area_of_the_whole_province_is_no_area(settings):
    settings.PROVINCE = "70"
    assert question(DAY, DAY, DAY, "70").area == ""
    assert question(DAY, DAY, DAY, "75").area == "75"


def test_a_measure_is_found_by_its_key():
    assert measure("people_protected").key == "people_protected"
    assert measure("nothing_of_that_name") is None
