"""Who answers the telephone, by day and hour."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benan.accounts.actions import numbers
from benan.agencies import queries
from benan.agencies.models import OnCallContact
from benan.audit.models import Event
from benan.core.days import VIETNAM
from benan.core.refusals import Refused
from tests.accounts.conftest import browser
from tests.cast import TODAY, agency_of, words

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOON, NIGHT = dt.time(12), dt.time(2)


def listed(van, **more):
    how = {"desk": "labour_office", "area_code": "737", "label": "Trực ban Phòng", "phone": "0251 000 0737"}
    hours = {"from_hour": dt.time(7, 30), "to_hour": dt.time(17), "since": TODAY}
    return numbers.add_number(by=van, **{**how, **hours, **more})


def phones(time, on=TODAY, commune="26263"):
    return [row.phone for row in queries.on_call_contacts(commune, on, time) if row.area_code]


@pytest.mark.parametrize(("on", "hotline"), [("2017-12-05", "1800 1567"), ("2017-12-06", "111")])
def test_the_national_line_changes_with_the_day(on, hotline):
    rows = queries.on_call_contacts("26263", dt.date.fromisoformat(on), NIGHT)
    assert [row.phone for row in rows if row.desk == "hotline"] == [hotline]


def test_a_number_known_from_memory_says_so_on_the_page(cast):
    page = words(browser(cast.officer("lan")).get(reverse("accounts:numbers")))
    assert "Tổng đài quốc gia bảo vệ trẻ em Đường dây nóng · chưa kiểm chứng 111" in page
    assert "Đường dây nóng · chưa kiểm chứng 1800" not in page


def test_a_day_desk_answers_by_day_and_the_night_desk_past_midnight(van):
    listed(van)
    listed(van, phone="0900 000 737", from_hour=dt.time(17), to_hour=dt.time(7, 30))
    assert phones(NOON) == ["0251 000 0737"] and phones(NIGHT) == ["0900 000 737"]
    assert phones(dt.time(17)) == ["0900 000 737"] and phones(dt.time(7, 30)) == ["0251 000 0737"]


def test_the_nearest_desk_comes_first(van):
    listed(van, area_code="75", phone="101")
    listed(van, area_code="26263", phone="103")
    listed(van, phone="102")
    assert phones(NOON) == ["103", "102", "101"] and phones(NOON, commune="26230") == ["101"]


def test_an_ended_number_answers_through_its_last_day(van):
    numbers.end_number(by=van, number=listed(van, since=TODAY - DAY * 9), until=TODAY)
    assert phones(NOON) and not phones(NOON, on=TODAY + DAY)


def test_a_number_does_not_end_before_it_began(van):
    with pytest.raises(Refused, match="09/11/2017"):
        numbers.end_number(by=van, number=listed(van), until=TODAY - DAY)


def test_the_same_number_is_not_listed_twice_for_the_same_time(van):
    listed(van)
    with pytest.raises(IntegrityError, match="listed_once"), transaction.atomic():
        listed(van)
    listed(van, from_hour=dt.time(18), to_hour=dt.time(21))


def test_national_numbers_come_with_the_program(van):
    national = OnCallContact.objects.filter(area_code="").first()
    with pytest.raises(Refused, match="có sẵn trong chương trình"):
        numbers.end_number(by=van, number=national, until=TODAY)


def test_who_keeps_no_numbers_changes_none(cast, van):
    number = listed(van)
    with pytest.raises(PermissionDenied):
        listed(cast.officer("lan"))
    with pytest.raises(PermissionDenied):
        numbers.end_number(by=cast.officer("lan"), number=number, until=TODAY)


def test_each_change_is_on_the_trail(van):
    number = listed(van)
    numbers.end_number(by=van, number=number, until=TODAY)
    assert Event.objects.filter(event="number_changed", by="van", subject=f"number:{number.pk}").count() == 2


def test_whom_to_call_about_a_case_is_never_a_national_number(van):
    assert queries.contact_of(agency_of("labour-737").pk, TODAY, NOON) == []
    number = listed(van)
    assert queries.contact_of(agency_of("commune-26263").pk, TODAY, NOON) == [number]


def test_an_agency_whose_commune_ended_is_asked_about_without_an_error(van):
    assert queries.contact_of(agency_of("commune-26407").pk, dt.date(2020, 1, 2), NOON) == []


def test_an_administrator_lists_a_number_and_ends_it_on_the_page(van):
    as_van = browser(van)
    data = {"desk": "police", "area_code": "737", "label": "Trực ban Công an huyện", "phone": "0251 000 0113",
            "from_hour": "00:00", "to_hour": "00:00", "since": "09/11/2017"}  # fmt: skip
    assert as_van.post(reverse("accounts:add_number"), data).status_code == 302
    page = words(as_van.get(reverse("accounts:numbers")))
    assert "Huyện Trảng Bom Trực ban Công an huyện Công an" in page and "0251 000 0113 cả ngày đêm đang trực" in page
    number = OnCallContact.objects.get(phone="0251 000 0113")
    as_van.post(reverse("accounts:end_number", args=[number.pk]), {"until": "10/11/2017"})
    assert "đến hết 10/11/2017" in words(as_van.get(reverse("accounts:numbers")))


def test_what_was_typed_stays_when_a_number_is_refused(van):
    listed(van)
    data = {"desk": "labour_office", "area_code": "737", "label": "Phòng", "phone": "0251 000 0737",
            "from_hour": "07:30", "to_hour": "17:00", "since": "09/11/2017"}  # fmt: skip
    page = browser(van).post(reverse("accounts:add_number"), data)
    assert page.status_code == 422 and "Số này đã có ở địa bàn này" in words(page)
    assert 'value="0251 000 0737"' in page.content.decode()


def test_the_page_asks_the_database_no_more_for_more_numbers(van, cast):
    as_lan = browser(cast.officer("lan"))
    listed(van)
    as_lan.get(reverse("accounts:numbers"))
    with CaptureQueriesContext(connection) as few:
        as_lan.get(reverse("accounts:numbers"))
    for n in range(6):
        listed(van, phone=f"100{n}", area_code=("26263", "26230", "736")[n % 3])
    as_lan.get(reverse("accounts:numbers"))  # names of places are kept by the process
    with CaptureQueriesContext(connection) as many:
        as_lan.get(reverse("accounts:numbers"))
    assert len(many) == len(few)


@pytest.mark.parametrize("phone", ["không rõ", "0251 3822345 hoặc 113", "12", "..."])
def test_what_nobody_can_dial_is_no_duty_number(van, phone):
    sent = {
        "desk": "police",
        "area_code": "737",
        "label": "Trực ban",
        "phone": phone,
        "from_hour": "7h",
        "to_hour": "17.00",
    }
    page = browser(van).post(reverse("accounts:add_number"), {**sent, "since": "09/11/2017"})
    assert page.status_code == 422 and f"“{phone}” không phải là số điện thoại" in words(page)
    assert not OnCallContact.objects.filter(label="Trực ban").exists()


def test_the_trail_says_which_number_was_listed_and_which_ended(van):
    number = listed(van, phone="(0251) 3822-345")
    numbers.end_number(by=van, number=number, until=TODAY)
    told = Event.objects.filter(event="number_changed", subject=f"number:{number.pk}").order_by("seq")
    assert [row.data["phone"] for row in told] == ["02513822345"] * 2
    assert told[0].data["hours"] == ["07:30", "17:00"]


def test_the_page_of_numbers_says_who_changed_one_and_when(van, cast):
    number = listed(van)
    as_lan = browser(cast.officer("lan"))
    assert words(as_lan.get(reverse("accounts:numbers"))).count("Đinh Thúy Vân ghi lúc") == 1
    numbers.end_number(by=cast.officer("vy"), number=number, until=TODAY)
    row = Event.objects.filter(event="number_changed").latest("seq")
    said = words(as_lan.get(reverse("accounts:numbers")))
    assert (
        f"Võ Thanh Vy ghi lúc {row.at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}" in said and "Đinh Thúy Vân" not in said
    )


def test_the_page_shows_ones_own_district_before_others(cast, van):
    listed(van, area_code="736", phone="201")
    listed(van, phone="202")
    page = words(browser(cast.officer("lan")).get(reverse("accounts:numbers")))
    assert page.index(" 202 ") < page.index(" 201 ")
    page = words(browser(cast.officer("quang")).get(reverse("accounts:numbers")))
    assert page.index(" 201 ") < page.index(" 202 ")
