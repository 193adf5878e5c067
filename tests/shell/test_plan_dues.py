"""The days that the plan sets, as what is due from the agencies that its clauses name."""

import datetime as dt

import pytest

from benan.notices import due
from tests.cast import TODAY, agency_of, day, words

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)


def days_of(agency):
    """What is due from an agency within a year around the legal day."""
    return due.dues([agency_of(agency).pk], TODAY - YEAR, TODAY + YEAR)


def test_every_agency_owes_the_yearly_report(cast):
    for agency in ("labour_department", "police_province", "labour-737"):
        found = [one for one in days_of(agency) if one.day == day("14/11/2017")]
        assert ("kế hoạch 12089/KH-UBND, mục VI.1", False) in [(one.law, one.done) for one in found], agency


def test_a_day_that_has_gone_by_is_not_overdue(cast):
    assert {one.done for one in days_of("labour-737") if one.day < TODAY} == {True}


def test_nobody_outside_the_plans_agencies_owes_anything(cast):
    assert days_of("operator") == []


def test_keys_differ(cast):
    found = days_of("labour_department") + days_of("labour-737")
    assert len({one.key for one in found}) == len(found) > 2


def test_the_calendar_of_a_district_office_tells_it(as_hanh, as_thu):
    said = words(as_hanh.open("notices:calendar"))
    assert "chậm nhất Thứ Ba, 14/11/2017 · kế hoạch 12089/KH-UBND, mục VI.1" in said
    assert words(as_thu.open("shell:home")).count("mục VI.1") == 1
