"""Reference data kept by a process: never used after it was changed, by whichever process."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benan.agencies import queries as agencies
from benan.agencies.models import AgencyName
from benan.core import reference

DAY = dt.date(2020, 11, 5)
RENAME = "UPDATE agencies_agencyname SET name = %s WHERE id = %s"


@pytest.fixture
def row(committed_database):
    return AgencyName.objects.filter(in_force__contains=DAY).first()


def test_a_change_by_another_process_is_seen_in_the_next_request(committed_database, row):
    assert agencies.names([row.agency_id], DAY) == {row.agency_id: row.name}
    with committed_database.connect("owner") as other:
        other.execute(RENAME, ["Tên mới", row.pk])
        assert agencies.names([row.agency_id], DAY) == {row.agency_id: "Tên mới"}


def test_a_change_that_is_not_committed_is_seen_by_its_own_process_alone(committed_database, row):
    with committed_database.connect("owner") as other, other.transaction(force_rollback=True):
        other.execute(RENAME, ["Tên mới", row.pk])
        assert agencies.names([row.agency_id], DAY) == {row.agency_id: row.name}
    with transaction.atomic():
        AgencyName.objects.filter(pk=row.pk).update(name="Tên tạm")
        assert agencies.names([row.agency_id], DAY) == {row.agency_id: "Tên tạm"}
        transaction.set_rollback(True)
    assert agencies.names([row.agency_id], DAY) == {row.agency_id: row.name}


def test_a_request_that_reads_asks_the_version_once(committed_database, row):
    agencies.names([row.agency_id], DAY)
    with connection.cursor() as cursor:
        cursor.execute(reference.READ_VERSION)
        version = str(cursor.fetchone()[0])
    with reference.standing_at(version), CaptureQueriesContext(connection) as known:
        agencies.names([row.agency_id], DAY)
    with CaptureQueriesContext(connection) as asked:
        agencies.names([row.agency_id], DAY)
    assert (len(known), [query["sql"] for query in asked]) == (0, [reference.READ_VERSION])


def test_a_request_that_writes_asks_the_version_once_until_it_wrote(committed_database, row):
    with reference.asked_once(), CaptureQueriesContext(connection) as asked:
        agencies.names([row.agency_id], DAY)
        agencies.names([row.agency_id], DAY)
    assert [query["sql"] for query in asked].count(reference.READ_VERSION) == 1
    with reference.asked_once(), transaction.atomic():
        agencies.names([row.agency_id], DAY)
        AgencyName.objects.filter(pk=row.pk).update(name="Tên tạm")
        reference.written()
        assert agencies.names([row.agency_id], DAY) == {row.agency_id: "Tên tạm"}
        transaction.set_rollback(True)
    assert agencies.names([row.agency_id], DAY) == {row.agency_id: row.name}


def test_a_write_by_the_role_of_the_pages_changes_it(committed_database):
    with committed_database.connect("web") as web:
        before = web.execute(reference.READ_VERSION).fetchone()
        web.execute("UPDATE agencies_oncallcontact SET id = id WHERE false")
        assert web.execute(reference.READ_VERSION).fetchone() != before


@pytest.mark.usefixtures("committed_database")
def test_every_table_of_what_is_kept_is_versioned():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'reference_version'")
        versioned = {name for (name,) in cursor.fetchall()}
    assert versioned >= {
        "accounts_installation", "agencies_agencyname", "places_unit", "places_country", "places_ethnicgroup",
        "rules_officialday", "rules_timelimit", "rules_instrument", "rules_entitlement", "plan_plan",
    }  # fmt: skip
