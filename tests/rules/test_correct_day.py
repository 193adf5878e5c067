"""Correcting the table of official days."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from benan.accounts.models import Membership, User
from benan.agencies.models import Agency
from benan.audit.models import Event
from benan.core.refusals import Refused
from benan.rules import loading
from benan.rules.actions import correct_day
from benan.rules.calendar import DayTable
from benan.rules.models import OfficialDay
from tests.cast import MOMENT, give_factor

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 1, 2)
NOTICE = {
    "day": dt.date(2027, 1, 4),
    "kind": "off",
    "name": "Nghỉ hoán đổi",
    "source": "Thông báo 01/TB (dữ liệu giả lập)",
}


def officer(role, kind):
    user = User.objects.create(username=f"{role}-thu", full_name=f"{role} (dữ liệu giả lập)")
    agency = Agency.objects.create(key=f"{role}-thu", kind=kind, in_force=DateRange(dt.date(2016, 1, 1), None))
    head = User.objects.create(username=f"head-{role}", full_name="Thủ trưởng (dữ liệu giả lập)")
    confirmed = {"confirmed_by": head, "confirmed_at": MOMENT}
    Membership.objects.create(user=user, agency=agency, role=role, since=MOMENT.date(), **confirmed)
    give_factor(user)
    return user


@pytest.fixture
def department(db):
    loading.load()
    return officer("department", "labour_department")


def test_a_corrected_day_counts_at_once_and_keeps_who_and_why(department):
    row = correct_day(by=department, **NOTICE)
    assert DayTable.load().is_off(NOTICE["day"])
    assert (row.corrected_by, row.source, row.provisional) == (department, NOTICE["source"], False)


def test_loading_does_not_overwrite_a_correction(department):
    correct_day(by=department, **NOTICE)
    correct_day(by=department, **NOTICE | {"day": dt.date(2027, 9, 2), "kind": "working", "name": "Đi làm"})
    loading.load()
    table = DayTable.load()
    assert table.is_off(NOTICE["day"]) and not table.is_off(dt.date(2027, 9, 2))
    assert OfficialDay.objects.exclude(corrected_by=None).count() == 2


def test_the_trail_keeps_what_the_day_was(department):
    correct_day(by=department, **NOTICE | {"day": dt.date(2027, 9, 2), "kind": "working", "name": "Đi làm"})
    event = Event.objects.order_by("-seq").first()
    assert (event.event, event.by, event.subject) == ("day_corrected", "department-thu", "02/09/2027")
    assert event.data["before"] == "ngày nghỉ (Quốc khánh)"


def test_an_officer_without_that_right_changes_nothing(department):
    with pytest.raises(PermissionDenied):
        correct_day(by=officer("member", "commune"), **NOTICE)
    assert not DayTable.load().is_off(NOTICE["day"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": " "}, "source"),
        ({"name": ""}, "name"),
        ({"kind": "half"}, "kind"),
        ({"day": dt.date(2040, 1, 2)}, "day"),
    ],
)
def test_a_correction_that_lacks_something_is_refused_at_its_field(department, wrong, field):
    with pytest.raises(Refused) as refusal:
        correct_day(by=department, **NOTICE | wrong)
    assert refusal.value.field == field
