"""Agencies through time, and loading them."""

import datetime as dt

import pytest

from benan.agencies import loading, queries
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency, AgencyName, OnCallContact
from benan.places.models import Succession
from tests.cast import agency_of

pytestmark = pytest.mark.django_db


def day(text):
    return dt.date.fromisoformat(text)


def called(key, on):
    return queries.names([agency_of(key).pk], day(on))[agency_of(key).pk]


def test_an_agency_is_called_after_its_commune_as_it_was_on_the_day():
    assert called("commune-26068", "2019-06-30") == "UBND xã Hóa An"
    assert called("commune-26068", "2019-07-01") == "UBND phường Hóa An"


def test_lists_of_a_day_carry_the_names_of_that_day():
    for on, name in (("2017-11-09", "UBND xã Hóa An"), ("2020-01-02", "UBND phường Hóa An")):
        assert [row.name for row in queries.at_work_on(day(on), key="commune-26068")] == [name]


def test_suoi_trau_and_its_agencies_ended_together():
    on, after = day("2019-05-31"), day("2019-06-01")
    assert {row.key for row in queries.at_work_on(on, unit_code="26407")} == {"commune-26407", "police_commune-26407"}
    assert not queries.at_work_on(after, unit_code="26407").exists()
    assert called("commune-26407", "2024-01-01") == "UBND xã Suối Trầu"


def test_a_code_that_passed_to_another_commune_is_another_agency():
    old, new = (queries.of_unit(AgencyKind.COMMUNE, "26068", day(on)) for on in ("2025-06-30", "2025-07-01"))
    assert old.key == "commune-26068" and new.key == "commune-26068-2025"
    assert called(new.key, "2025-07-01") == "UBND phường Biên Hòa"


def test_every_code_reused_gives_agencies_that_follow_each_other():
    rows = Agency.objects.filter(kind=AgencyKind.COMMUNE).order_by("unit_code", "in_force")
    pairs = [(one, two) for one, two in zip(rows, rows[1:], strict=False) if one.unit_code == two.unit_code]
    assert len(pairs) > 50
    assert all(one.in_force.upper <= two.in_force.lower for one, two in pairs)


def test_a_commune_answers_to_its_district_while_there_are_districts():
    assert agency_of("commune-26263").superior.key == "district-737"
    assert agency_of("commune-26068-2025").superior.key == "ppc"


def test_districts_have_a_labour_office_and_the_police_until_they_ended():
    assert queries.labour_office_of("26263", day("2017-11-09")).key == "labour-737"
    assert queries.of_unit(AgencyKind.POLICE_DISTRICT, "737", day("2025-02-28")) is not None
    assert queries.of_unit(AgencyKind.POLICE_DISTRICT, "737", day("2025-03-01")) is None


def test_agencies_stand_in_vietnamese_order():
    names = [row.name for row in queries.at_work_on(day("2017-11-09"), kind=AgencyKind.DISTRICT)]
    assert names[0].endswith("Cẩm Mỹ") and names.index("UBND huyện Định Quán") < names.index("UBND huyện Long Thành")


def test_a_chooser_begins_with_the_agencies_of_ones_own_district():
    offices = queries.at_work_on(day("2017-11-09"), kind__in=("labour_office", "commune"))
    names = [row.name for row in queries.near_first(offices, "26263", day("2017-11-09"))]
    own = names.index("UBND xã Sông Trầu"), names.index("Phòng LĐ-TB&XH huyện Trảng Bom")
    assert max(own) < names.index("Phòng LĐ-TB&XH huyện Định Quán")
    assert sorted(names) == sorted(row.name for row in offices)


def test_loading_twice_changes_nothing():
    tables = (Agency, AgencyName, OnCallContact)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    assert "(0 mới)" in loading.load()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before and all(before)


def test_loading_puts_a_changed_name_right():
    AgencyName.objects.filter(agency__key="ppc").update(name="UBND tỉnh khác")
    loading.load()
    assert called("ppc", "2017-11-09") == "UBND tỉnh Đồng Nai"


def test_a_renaming_recorded_later_lengthens_the_life_of_the_agency():
    key, change = "commune-26068", Succession.objects.filter(old_code="26068", new_code="26068", share="whole")
    change.delete()
    loading.load()
    assert agency_of(key).in_force.upper == day("2019-07-01") and Agency.objects.filter(key=f"{key}-2019").exists()
