"""Where the communes of records lie on a later day is what the successions say, one unit after another."""

import pytest

from benan.places import lying, queries
from benan.places.models import Level, Unit
from tests.cast import day

DAYS = ["15/06/2017", "01/07/2019", "30/06/2025", "30/04/2026"]


def era_of(there, on):
    """The era of a day."""
    return sum(first <= on for first in there.eras) - 1


@pytest.mark.parametrize("text", DAYS)
def test_every_commune_lies_where_its_successors_do(db, text):
    on = day(text)
    there = lying.on(on)
    found, wanted = {}, {}
    for number, first in enumerate(there.eras):
        if first > on:
            break
        for code in Unit.objects.on(first).filter(level=Level.COMMUNE).values_list("code", flat=True):
            found[number, code] = there.communes[number, code]
            wanted[number, code] = {unit.code for unit in queries.successors(code, first, on)}
    assert found == wanted
    assert len(found) > 280


@pytest.mark.parametrize("text", DAYS)
def test_on_its_own_day_a_commune_lies_in_its_district_or_is_the_unit(db, text):
    on = day(text)
    there = lying.on(on)
    communes = (
        queries.communes(on) if len(there.units) > 20 else [c for d in there.units for c in queries.children(d, on)]
    )
    assert {unit.code: there.unit(era_of(there, on), unit.code) for unit in communes} == {
        unit.code: queries.district_of(unit.code, on) or unit.code for unit in communes
    }


def test_a_commune_divided_inside_its_district_lies_in_it_and_in_no_one_commune(db):
    there = lying.on(day("01/06/2019"))
    assert len(there.communes[0, "26407"]) > 1
    assert there.unit(0, "26407") == "740"
    assert any("26407" in codes and 0 in eras for eras, codes in there.within("740"))
    for area in there.communes[0, "26407"]:
        assert not any("26407" in codes and 0 in eras for eras, codes in there.within(area))


def test_what_lies_in_no_unit_lies_elsewhere(db):
    there = lying.on(day("15/06/2017"))
    assert there.unit(0, "00001") == there.unit(0, "99999") == lying.ELSEWHERE


def test_no_commune_lies_in_two_districts(db):
    for text in DAYS:
        there = lying.on(day(text))
        seen = [pair for unit in there.units for pair in there.within(unit)]
        listed = [(era, code) for eras, codes in seen for code in codes for era in eras]
        assert len(listed) == len(set(listed))
