"""A case keeps the code of its commune and the day on which it meant that commune; both are read together later."""

import datetime as dt

import pytest
from django.template import Template
from django.urls import reverse

from benan.accounts.actions import numbers
from benan.agencies import queries
from benan.cases.models import Case, Reception
from benan.places import queries as places
from tests.cast import agency_of, day, words

NOON = dt.time(12)
LAST, AFTER = day("30/06/2025"), day("01/07/2025")
DAYS = ("29/06/2025", "30/06/2025", "01/07/2025", "27/11/2026")


@pytest.fixture
def old_case(cast, on_day):
    """Call with a commune of 2025: somebody was received there on 16/06/2025."""
    on_day("30/06/2025")
    case = cast.received(came_on=day("16/06/2025"))

    def of(commune):
        Reception.objects.filter(pk=case.reception_id).update(area_code=commune)
        Case.objects.unscoped(reason="tests").filter(pk=case.pk).update(area_code=commune)
        return case

    return of


def page(browser, name, *cases):
    """What a page answers; an error is an answer too."""
    browser.raise_request_exception = False
    return browser.get(reverse(name, args=[case.code for case in cases]))


def listed(cast, area, phone, since=AFTER):
    """A desk of the police for an area."""
    return numbers.add_number(by=cast.officer("van"), desk="police", area_code=area, label="Trực ban Công an", phone=phone,
                              from_hour=dt.time(0), to_hour=dt.time(0), since=since)  # fmt: skip


def rung(numbers):
    """The telephones among them that are not the nation's."""
    return [row.phone for row in numbers if row.area_code]


@pytest.mark.parametrize("today", DAYS)
def test_the_review_opens_for_every_commune_that_there_was(cast, old_case, on_day, monkeypatch, today):
    communes = [unit.code for unit in places.communes(LAST)]
    monkeypatch.setattr(Template, "render", lambda self, context: "")
    on_day(today)
    answers = {code: page(cast.browser("lan"), "cases:review", old_case(code)).status_code for code in communes}
    assert len(communes) == 159
    assert {code: status for code, status in answers.items() if status != 200} == {}


def test_until_its_last_day_a_commune_reports_to_its_district(db):
    districts = {unit.code: unit.parent_code for unit in places.communes(LAST)}
    found = {code: queries.labour_office_of(code, LAST, day("16/06/2025")).unit_code for code in districts}
    assert found == districts


def test_a_place_without_successor_is_answered_for_by_the_province(cast, on_day):
    on_day("27/11/2026")
    listed(cast, "75", "0900 000 075")
    assert rung(queries.on_call_contacts("737", day("27/11/2026"), NOON, LAST)) == ["0900 000 075"]


def test_the_desk_of_an_office_that_ended_is_the_provinces(cast, on_day):
    on_day("27/11/2026")
    listed(cast, "75", "0900 000 075")
    assert rung(queries.contact_of(agency_of("labour-737").pk, day("27/11/2026"), NOON)) == ["0900 000 075"]


def test_a_number_of_an_area_that_ended_keeps_its_words(cast, on_day):
    on_day("30/06/2025")
    listed(cast, "26266", "0900 000 266", since=day("30/06/2025"))
    on_day("27/11/2026")
    said = words(page(cast.browser("lan"), "accounts:numbers"))
    assert "không có trong danh mục" not in said and "huyện Trảng Bom" in said


def test_who_answers_today_for_a_commune_that_ended_is_who_answers_for_its_successor(cast, old_case, on_day):
    on_day("27/11/2026")
    (successor,) = places.successors("26263", LAST, day("27/11/2026"))
    listed(cast, successor.code, "0900 000 263")
    said = words(page(cast.browser("lan"), "support:screening", old_case("26263")))
    assert "0900 000 263" in said


def test_the_call_about_a_child_goes_to_who_answers_today_for_a_commune_that_ended(cast, old_case, on_day):
    on_day("27/11/2026")
    (successor,) = places.successors("26263", LAST, day("27/11/2026"))
    listed(cast, successor.code, "0900 000 263")
    assert "0900 000 263" in words(page(cast.browser("lan"), "cases:child_protection", old_case("26263")))


@pytest.mark.parametrize("on", ["01/01/2010", "31/12/2015"])
def test_a_notice_of_a_day_before_the_places_that_are_known_is_refused_in_words(cast, old_case, on_day, on):
    on_day("30/06/2025")
    as_lan = cast.browser("lan")
    as_lan.raise_request_exception = False
    answer = as_lan.send("cases:review", old_case("26263").code, how="call", on=on, at="21:00", words="")
    assert answer.status_code == 422 and on in words(answer)
