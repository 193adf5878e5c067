import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from benan.places import loading
from benan.places.models import Country, Succession, Unit

pytestmark = pytest.mark.django_db


def test_loading_brings_back_what_is_lacking_and_says_how_much():
    Unit.objects.filter(level="commune").delete()
    Country.objects.all().delete()
    assert [str(table) for table in loading.load()] == [
        "đơn vị hành chính: thêm 411, sửa 0, bỏ 0",
        "đơn vị kế thừa: thêm 0, sửa 0, bỏ 0",
        "dân tộc: thêm 0, sửa 0, bỏ 0",
        "nước, vùng lãnh thổ: thêm 249, sửa 0, bỏ 0",
    ]


def test_loading_twice_changes_nothing():
    loading.load()
    assert all(table[1:] == (0, 0, 0) for table in loading.load())


def test_a_row_that_differs_from_the_file_is_put_right_and_counted():
    Unit.objects.filter(code="25996").update(name="Tân Phòng")
    assert loading.load()[0][1:] == (0, 1, 0)
    assert Unit.objects.get(code="25996").name == "Tân Phong"


def test_a_corrected_day_of_effect_replaces_the_rows_it_touches():
    new_form = Unit.objects.get(code="732", in_force__startswith=dt.date(2019, 6, 1))
    new_form.in_force = DateRange(dt.date(2019, 7, 1), new_form.in_force.upper)
    new_form.save()
    Unit.objects.filter(code="732", in_force__startswith=dt.date(2016, 1, 1)).update(
        in_force=DateRange(dt.date(2016, 1, 1), dt.date(2019, 7, 1))
    )
    assert loading.load()[0][1:] == (1, 1, 1)


def test_the_database_refuses_two_units_of_one_code_on_one_day():
    row = Unit.objects.get(code="25996")
    row.pk, row.in_force = None, DateRange(dt.date(2020, 1, 1), None)
    with pytest.raises(IntegrityError, match="one_form_of_a_unit_at_a_time"), transaction.atomic():
        row.save()


def test_the_database_refuses_a_commune_without_a_parent():
    with pytest.raises(IntegrityError, match="only_a_province_has_no_parent"), transaction.atomic():
        Unit.objects.filter(code="25996").update(parent_code="")


def test_every_unit_has_its_parent_on_its_first_and_last_day():
    valid = {}
    for code, span in Unit.objects.values_list("code", "in_force"):
        valid.setdefault(code, []).append(span)
    children = Unit.objects.exclude(parent_code="")
    orphans = [
        row
        for row in children
        for day in (row.in_force.lower, row.in_force.upper and row.in_force.upper - dt.timedelta(days=1))
        if not any(day in span if day else span.upper is None for span in valid[row.parent_code])
    ]
    assert children.exists()
    assert orphans == []


def test_every_succession_joins_units_valid_the_day_before_and_on_the_day():
    changes = Succession.objects.all()
    assert changes.exists()
    for change in changes:
        assert Unit.objects.on(change.effective_on - dt.timedelta(days=1)).filter(code=change.old_code).exists(), change
        assert Unit.objects.on(change.effective_on).filter(code=change.new_code).exists(), change


def test_every_source_named_in_the_data_is_explained():
    explained = set(re.findall(r"\w+", (loading.DATA / "ATTRIBUTION.md").read_text(encoding="utf-8")))
    named = {
        key
        for name in ("units", "successions", "ethnic_groups", "countries")
        for row in loading._rows(name)
        for column in ("source", "role_source")
        for key in row.get(column, "").split(";")
    } - {""}
    assert "NQ1662" in named
    assert named <= explained


def test_a_place_of_low_certainty_says_so():
    assert Succession.objects.get(old_code="26128", new_code="26122").certainty == "memory"
