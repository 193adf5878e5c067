"""How many people of the demo are alone with what a stolen copy shows in clear of their birth, sex and area."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import connection

from benan.cases import uniqueness
from benan.cases.models import Case
from tests import databases
from tests.cast import COMMUNE, day, demo_installation
from tests.shell.test_demo import loaded

TODAY = day("05/11/2020")
BIRTH = {"born_from", "born_to", "age_class", "birth_years"}  # what a case has held in clear of a birth, now or before


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with the people of the demo."""
    with (
        databases.copy() as used,
        django_db_blocker.unblock(),
        databases.in_process(used),
        demo_installation(tmp_path_factory.mktemp("demo"), TODAY),
    ):
        loaded()
        yield


def clear_of_births():
    """The columns of cases that hold something of a birth in clear."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'cases_case'")
        return sorted(BIRTH & {name for (name,) in cursor.fetchall()})


def alone(*columns):
    """The share of cases that no other is like in these columns."""
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), (SELECT count(*) FROM (SELECT 1 FROM cases_case GROUP BY {listed} "
                       "HAVING count(*) = 1) AS alone) FROM cases_case")  # fmt: skip
        cases, single = cursor.fetchone()
    assert cases > 60
    return single / cases


def test_birth_and_sex_alone_tell_nobody_in_ten(province):
    assert alone("sex", *clear_of_births()) <= 0.1


def test_births_in_clear_single_out_at_most_one_in_five_more_than_sex_and_commune_do(province):
    assert alone("sex", "area_code", *clear_of_births()) - alone("sex", "area_code") <= 0.2


def test_the_command_says_how_many_and_of_nobody_who(province):
    out = io.StringIO()
    call_command("uniqueness", stdout=out)
    told = out.getvalue()
    cases = Case.objects.unscoped(reason="tests")
    assert f"Hồ sơ: {cases.count()}." in told and told.count("nếu không biết tuổi") == len(uniqueness.KNOWN)
    assert not [case.code for case in cases if case.code in told or case.alias in told]


def test_who_is_alone_is_counted_by_everything_of_the_person_that_is_in_clear():
    counted = {column for _words, columns in uniqueness.KNOWN for column in columns}
    assert {
        "sex",
        "age_class",
        "nationality",
        "ethnic_code",
        "area_code",
        "residence_code",
        "poor_household",
    } <= counted


def rows_of_every_table():
    """Everything the database holds in clear, as text, as its owner would read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        held = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT "{table}"::text FROM "{table}"')
            held += [row for (row,) in cursor.fetchall()]
    return "\n".join(held)


@pytest.mark.parametrize("said", ["12/03/1995", "13/04/2003"])
def test_no_day_of_a_birth_is_in_clear_when_it_is_said_corrected_or_brought_by_a_joining(said, cast, as_lan, as_hanh):
    arrival = {"channel": "self", "came_on": "06/11/2017", "area_code": COMMUNE}
    as_lan.post("/tiep-nhan/moi/", arrival | {"said_birth": "01/02/1990"})
    case = Case.objects.unscoped(reason="tests").get()
    as_lan.send("cases:who", case.code, said_birth=said, nationality="citizen")
    other = cast.notified(cast.received("lan"))
    cast.notified(case)
    joined = as_hanh.send("cases:join", other.code, code=case.code)
    assert joined.status_code == 302
    held = rows_of_every_table()
    spoken = [day(said), dt.date(1990, 2, 1)]
    assert [each for each in spoken if each.isoformat() in held or f"{each:%d/%m/%Y}" in held] == []
