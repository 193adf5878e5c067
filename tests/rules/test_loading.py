"""The law in the database."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from benan.rules import loading
from benan.rules.calendar import DayTable
from benan.rules.entitlements import EntitlementTable
from benan.rules.limits import LimitTable
from benan.rules.models import Entitlement, Instrument, OfficialDay, TimeLimit
from benan.rules.refusals import NotInForce

pytestmark = pytest.mark.django_db
TABLES = (Instrument, TimeLimit, OfficialDay, Entitlement)


@pytest.fixture(autouse=True)
def loaded(db):
    loading.load()


def test_loading_twice_changes_nothing():
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    loading.load()
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before
    assert all(before)


def test_loading_puts_right_what_differs_from_the_files():
    TimeLimit.objects.filter(key="verify_district").update(n=2000)
    OfficialDay.objects.filter(day=dt.date(2017, 9, 4)).delete()
    loading.load()
    assert LimitTable.load().on("verify_district", dt.date(2017, 10, 20)).n == 20
    assert DayTable.load().is_off(dt.date(2017, 9, 4))


@pytest.mark.parametrize("table", [DayTable, LimitTable, EntitlementTable], ids=["days", "limits", "entitlements"])
def test_a_table_is_read_once_by_a_process(table, django_assert_num_queries):
    table.load()
    with django_assert_num_queries(1):  # that nothing was changed
        found = table.load()
        if table is LimitTable:
            assert found.on("labour_intake", dt.date(2017, 1, 3)).citation


def test_a_value_outside_its_days_is_not_guessed():
    with pytest.raises(NotInForce, match="verify_district.*01/07/2025"):
        LimitTable.load().on("verify_district", dt.date(2025, 7, 1))


def test_a_value_changes_on_its_day():
    table = LimitTable.load()
    values = [table.on("shelter_meals", day) for day in (dt.date(2020, 1, 14), dt.date(2020, 1, 15))]
    assert [(value.period, value.binding) for value in values] == [("60 ngày", True), ("03 tháng", False)]


def test_two_values_of_one_limit_on_one_day_are_refused():
    twin = TimeLimit.objects.get(key="verify_district")
    twin.pk, twin.in_force = None, DateRange(dt.date(2020, 1, 1), None)
    with pytest.raises(ValidationError, match="một thời hạn chỉ có một giá trị"):
        twin.full_clean()
    with pytest.raises(IntegrityError, match="one_value_of_a_limit_at_a_time"), transaction.atomic():
        twin.save(force_insert=True)


def test_two_answers_to_one_need_on_one_day_are_refused():
    twin = Entitlement.objects.filter(need="essential").first()
    twin.pk = None
    with pytest.raises(IntegrityError, match="one_answer_to_a_need_at_a_time"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"unit": "at_once", "n": 1}, "at_once_has_no_number"),
        ({"unit": "day", "n": 0}, "a_time_limit_is_not_zero"),
        ({"direction": "before", "rolls": True}, "a_limit_before_an_event_never_rolls"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TimeLimit.objects.filter(key="verify_district").update(**values)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("verify_district", "20 ngày"),
        ("verify_complex", "02 tháng"),
        ("notify_labour", "ngay"),
        ("tell_outcome", "chưa rõ thời hạn"),
    ],
)
def test_a_value_is_written_as_officers_write_it(key, words):
    assert TimeLimit.objects.get(key=key).period == words


def test_every_kind_of_person_has_an_answer_to_every_need_on_every_day():
    table = EntitlementTable.load()
    for day in (dt.date(2013, 4, 15), dt.date(2017, 12, 31), dt.date(2018, 1, 1), dt.date(2025, 6, 30)):
        for person in Entitlement.Person.values:
            for status in Entitlement.Status.values:
                for nationality in [*Entitlement.Nationality.values, "unknown"]:
                    for need in Entitlement.Need.values:
                        assert table.granted(person, status, nationality, need, {}, day).citation
