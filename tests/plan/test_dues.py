"""What falls due from agencies under the plan."""

import datetime as dt

import pytest

from benan.notices import due
from benan.plan import queries
from benan.plan.actions import agency_plans, progress
from tests.cast import PLAN, TODAY, agency_of, day, words
from tests.plan.expected import before_head

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


def late_elsewhere(who):
    """What the sheet of somebody counts of others: by agency the keys of what is late."""
    found = due.late_elsewhere(who, TODAY)
    return found and {
        key: sorted(one.key for one in found if one.agency == agency_of(key).pk)
        for key in ("procuracy", "district-737", "labour-737", "labour_department")
    }


def test_who_follows_up_the_plan_reads_on_the_sheet_what_others_are_late_with(cast, as_thu, as_hanh):
    thu = cast.officer("thu")
    made = before_head(cast, "labour-737", "V.1.i", 2016)
    agency_plans.approve(by=cast.officer("truong_phong"), agency_plan=made)
    found = late_elsewhere(thu)
    assert found["procuracy"] and found["district-737"] and found["labour_department"] == []
    (own,) = found["labour-737"]
    assert own.startswith("activity:"), "what an office drafts for its district is the district's"
    assert len({one.key for one in due.late_elsewhere(thu, TODAY)}) == len(due.late_elsewhere(thu, TODAY))
    page = words(as_thu.open("notices:sheet"))
    told = page.partition("Đơn vị khác: ")[2].partition("4. Việc của hồ sơ")[0]
    assert told.startswith("20 đơn vị quá hạn 20 việc của kế hoạch.") and "Viện Kiểm sát nhân dân tỉnh" in told, told
    assert "mỗi đơn vị 1 việc Báo cáo kết quả 6 tháng đầu năm 2017" in told, told
    assert late_elsewhere(cast.officer("hanh")) is None and "Đơn vị khác" not in words(as_hanh.open("notices:sheet"))
