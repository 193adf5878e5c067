"""What falls due from agencies under the plan."""

import datetime as dt

import pytest

from benan.notices import due
from benan.plan import queries
from benan.plan.actions import progress
from tests.cast import PLAN, TODAY, agency_of, day, words

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)


def days_of(agency):
    """What is due from an agency within a year around the legal day."""
    return due.dues([agency_of(agency).pk], TODAY - YEAR, TODAY + YEAR)


@pytest.mark.parametrize("agency", ["labour_department", "police_province", "district-737", "labour-737"])
def test_every_agency_owes_the_yearly_report_and_a_labour_office_drafts_its_districts(cast, agency):
    found = [one for one in days_of(agency) if one.day == day("14/11/2017")]
    assert ("kế hoạch 12089/KH-UBND, mục VI.1", False) in [(one.law, one.done) for one in found]


def test_nobody_outside_the_plans_agencies_owes_anything(cast):
    assert [days_of(agency) for agency in ("operator", "commune-26263")] == [[], []]


def test_a_deadline_is_done_once_the_agency_says_that_it_met_it(cast):
    def review():
        return next(one for one in days_of("labour_department") if "annual_review-2017" in one.key)

    assert not review().done
    progress.record_progress(
        by=cast.officer("thu"), clause=queries.clause(queries.by_slug(PLAN), "V.1.k"), on=TODAY, state="done",
        agency=agency_of("labour_department"), words="Đã sơ kết.", deadline="annual_review-2017",
    )  # fmt: skip
    assert review().done


def test_keys_differ(cast):
    found = days_of("labour_department") + days_of("labour-737")
    assert len({one.key for one in found}) == len(found) > 2


def test_the_calendar_of_a_district_office_tells_it(as_hanh):
    said = words(as_hanh.open("notices:calendar"))
    assert "chậm nhất Thứ Ba, 14/11/2017 · kế hoạch 12089/KH-UBND, mục VI.1" in said
