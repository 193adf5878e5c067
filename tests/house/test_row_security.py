"""The second wall: the database shows and takes rows only for a principal, whatever statement the pages' role sends."""

import re

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from benan.core import principals
from tests import databases
from tests.cast import COMMUNE, Cast, demo_installation
from tests.expected import gathered

# Tables that every connection of the pages' role may read without saying for whom, and why.
OPEN = gathered("OPEN") | {
    "of Django and allauth, without a row that says anything": (
        "account_emailaddress", "account_emailconfirmation", "auth_group", "auth_group_permissions", "auth_permission",
        "django_content_type", "django_migrations",
    ),
}  # fmt: skip
TO_SIGN_IN = gathered("TO_SIGN_IN", set)


@pytest.fixture(scope="module")
def filled(cluster, django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of its own in which somebody was received, named, screened and supported."""
    with databases.copy() as copy, django_db_blocker.unblock(), databases.in_process(copy):
        with demo_installation(tmp_path_factory.mktemp("filled")):
            cast = Cast()
            cast.in_shelter(identity={"full_name": "Trịnh Thị Nụ"}, area_code=COMMUNE)
            cast.browser("lan").get("/")
        yield copy


@pytest.fixture
def working_for(filled):
    """Call with a principal ("" for none): a connection of the pages' role that works for it."""
    opened = []

    def connect(principal):
        web = filled.connect("web")
        opened.append(web)
        web.execute("SELECT set_config('benan.principal', %s, false)", [principal])
        return web

    yield connect
    for web in opened:
        web.close()


def tables(web):
    """Tables of the program as (name, whether a wall stands before it)."""
    return dict(
        web.execute(
            "SELECT relname, relrowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    )


def seen(web, table):
    return web.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0]


def held(filled):
    """Tables behind the wall that hold rows, as the owner knows."""
    with filled.connect("owner") as owner:
        return [name for name, walled in tables(owner).items() if walled and seen(owner, name)]


def test_every_table_stands_behind_the_wall_or_is_named_with_the_reason(working_for):
    unwalled = {name for name, walled in tables(working_for("")).items() if not walled}
    assert unwalled == {name for names in OPEN.values() for name in names}


def test_whoever_works_for_nobody_sees_no_row(filled, working_for):
    web, names = working_for(""), held(filled)
    assert {"cases_case", "cases_step", "needs_need", "vault_sealed", "vault_person", "audit_event"} <= set(names)
    assert [name for name in names if seen(web, name)] == []


def test_a_connection_that_never_said_for_whom_sees_no_row_either(filled):
    entry = {**filled.entry("web"), "PRINCIPAL": None}
    with psycopg.connect(
        dbname=entry["NAME"], user="web", password=entry["PASSWORD"], host=entry["HOST"], port=entry["PORT"]
    ) as web:
        assert [name for name in held(filled) if seen(web, name)] == []


def test_whoever_signs_in_sees_accounts_and_nobody_under_care(filled, working_for):
    web = working_for("entry")
    assert {name for name in held(filled) if seen(web, name)} <= TO_SIGN_IN


@pytest.mark.parametrize("principal", ["user:1", "command:verify_audit"])
def test_officers_and_commands_see_what_is_there(filled, working_for, principal):
    web = working_for(principal)
    assert [name for name in held(filled) if not seen(web, name)] == []


@pytest.mark.parametrize("principal", ["", "entry", "nobody:1", "users", "reporter"])
@pytest.mark.parametrize("row", ["vault_person VALUES (gen_random_uuid(), 'x', now())", "accounts_team DEFAULT VALUES"])
def test_nothing_is_added_for_whom_the_table_is_not_meant(working_for, principal, row):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        working_for(principal).execute(f"INSERT INTO {row}")


def test_nothing_is_changed_or_removed_for_nobody(filled, working_for):
    web = working_for("")
    assert web.execute("UPDATE cases_case SET alias = 'x'").rowcount == 0
    assert web.execute("DELETE FROM vault_token").rowcount == 0


def test_a_reporter_adds_to_the_table_meant_for_reports_and_reads_nothing(filled, working_for):
    with filled.connect("owner") as owner:
        owner.execute("CREATE TABLE report (id int GENERATED ALWAYS AS IDENTITY, words text)")
        owner.execute("SELECT benan_protect('report', '{user,command}', '{reporter}')")
        owner.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON report TO web")
        try:
            web = working_for("reporter")
            web.execute("INSERT INTO report (words) VALUES ('nghe tiếng kêu')")
            assert seen(web, "report") == 0
            assert (
                web.execute("UPDATE report SET words = ''").rowcount == web.execute("DELETE FROM report").rowcount == 0
            )
            assert [name for name in held(filled) if seen(web, name)] == []
            assert seen(working_for("user:1"), "report") == 1
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                working_for("entry").execute("INSERT INTO report (words) VALUES ('x')")
        finally:
            owner.execute("DROP TABLE report")


def now_working_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('benan.principal')")
        return cursor.fetchone()[0]


def test_a_connection_is_set_back_after_the_block_even_where_it_failed(committed_database):
    before = now_working_for()
    with pytest.raises(ZeroDivisionError), principals.working_for("user:7"):
        assert now_working_for() == "user:7"
        raise ZeroDivisionError
    assert now_working_for() == before


def test_a_connection_that_cannot_be_set_back_works_on_for_nobody_who_left(committed_database):
    with principals.working_for("user:7"):
        connection.connection.close()
    assert now_working_for() == "command:tests"


def listed(filled):
    """The code of a case that somebody saw in a list."""
    with filled.connect("owner") as owner:
        return owner.execute("SELECT data -> 'cases' ->> 0 FROM audit_event WHERE data ? 'cases'").fetchone()[0]


@pytest.mark.parametrize(("principal", "told"), [("user:1", 1), ("command:verify_audit", 1), ("entry", 0), ("", 0)])
def test_who_listed_a_case_is_told_to_officers_and_commands_alone(filled, working_for, principal, told):
    found = working_for(principal).execute("SELECT audit_rows_listing(%s)", [listed(filled)]).fetchall()
    assert len(found) == told


def test_who_listed_a_case_is_found_by_its_code_in_an_index(filled):
    with filled.connect("owner") as owner:
        (body,) = owner.execute("SELECT prosrc FROM pg_proc WHERE proname = 'audit_rows_listing'").fetchone()
        owner.execute("SET enable_seqscan = off")  # a table of a few rows is otherwise read whole
        owner.execute(sql.SQL("PREPARE listing (text) AS " + body))
        plan = "\n".join(line for (line,) in owner.execute("EXPLAIN EXECUTE listing ('20-00001')").fetchall())
    assert re.search(r"Bitmap Index Scan on trail_by_listed_case .*\n\s+Index Cond: .*20-00001", plan), plan
