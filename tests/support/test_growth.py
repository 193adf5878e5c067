"""The pages of support ask the database as often for many rows of a case as for one."""

import pytest

from benan.needs.actions import needs
from benan.needs.models import Need
from benan.support.actions import programmes, visits
from tests.cast import TODAY, agency_of, record_needs
from tests.growing import grows


def test_the_needs_with_what_is_needed_and_given(assessed, as_hanh, hanh):
    case = assessed(wanted=[])
    kinds = iter(["legal_aid", "job", "medical", "schooling", "vocational", "counselling"])

    def more():
        record_needs(by=hanh, case=case, on=TODAY, kinds=[next(kinds)])
        need = Need.objects.of(case).select_related("case").order_by("pk").last()
        needs.provide(by=hanh, need=need, outcome="offered", on=TODAY)

    assert grows(lambda: as_hanh.open("needs:overview", case.code), more) == []


def test_the_way_home_with_its_visits(at_home, as_hanh, hanh):
    case = at_home()
    more = lambda: visits.plan_visit(by=hanh, case=case, planned_on=TODAY)  # noqa: E731
    assert grows(lambda: as_hanh.open("support:reintegration", case.code), more) == []
    assert grows(lambda: as_hanh.open("shell:home"), more) == []


@pytest.mark.parametrize("name", ["hanh", "hoa"])
def test_the_referrals_with_their_number(cast, name):
    browser = cast.browser(name)
    more = lambda: cast.referred(cast.notified())  # noqa: E731
    assert grows(lambda: browser.open("support:referrals"), more) == []


def test_the_programmes_of_one_person_and_of_all(cast, as_hanh, hanh):
    case = cast.at_home()
    kinds = iter(["job_loan", "poor_loan", "job_creation", "new_countryside", "rural_vocational", "other"] * 2)

    def more():
        joined = {"on": TODAY, "office": agency_of("social_bank"), "consent": "spoken"}
        programmes.join_programme(by=hanh, case=case, programme=next(kinds), **joined)
        programmes.join_programme(by=hanh, case=cast.notified(), programme="job_loan", **joined)

    assert grows(lambda: as_hanh.open("support:reintegration", case.code), more) == []
    case = cast.at_home()
    assert grows(lambda: as_hanh.open("support:programmes"), more) == []
