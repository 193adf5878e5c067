"""What a process is told about the database, what each role may do in it, and secrets."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import OperationalError, connection
from psycopg import sql

from ops import Unready, database
from ops.absent.base import DatabaseWrapper
from tests import databases


@pytest.fixture(scope="module")
def filled(cluster):
    """A copy of the database for all tests of this file."""
    with databases.copy() as made:
        yield made


@pytest.fixture(scope="module")
def web(filled):
    with filled.connect() as connected:
        yield connected


@pytest.fixture(scope="module")
def owner(filled):
    with filled.connect("owner") as connected:
        yield connected


def test_tests_run_as_a_role_that_no_rule_of_the_database_spares(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("web", False, False)


def test_no_role_that_signs_in_is_a_superuser_or_bypasses_row_security(web):
    rows = web.execute("SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper AND NOT rolbypassrls")
    assert {"owner", "web"} == {name for (name,) in rows}


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "DROP TABLE {table}",
        "ALTER TABLE {table} DISABLE TRIGGER USER",
    ],
)
def test_pages_cannot_change_or_remove_what_is_append_only(web, attempt):
    tables = database.append_only_tables(web)
    assert tables
    for table in tables:
        column = web.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).description[0].name
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(sql.SQL(attempt).format(table=sql.Identifier(table), column=sql.Identifier(column)))


def test_pages_may_read_and_add_to_what_is_append_only(web):
    for table in database.append_only_tables(web):
        held = web.execute(
            "SELECT privilege_type FROM information_schema.table_privileges WHERE grantee = 'web' AND table_name = %s",
            [table],
        )
        assert {"INSERT", "SELECT"} == {name for (name,) in held}


@pytest.mark.parametrize("kind", ["TABLE x ()", "TEMPORARY TABLE x ()", "SCHEMA x", "DATABASE x", "ROLE x"])
def test_pages_cannot_make_tables(web, kind):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(f"CREATE {kind}")


def test_a_table_made_later_is_append_only_for_pages_as_soon_as_rights_are_given(owner, web, filled):
    owner.execute("CREATE TABLE later (id int)")
    owner.execute("CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'never'; END$$")
    owner.execute("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON later EXECUTE FUNCTION stays()")
    database.grant_rights(filled.entry("owner"), to="web")
    web.execute("INSERT INTO later VALUES (1)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute("DELETE FROM later")


def test_a_secret_is_made_once_and_only_we_may_read_it(folder):
    database.make_secret_key(folder / "data")
    made = database.secret_key(folder / "data")
    path = folder / "data/secret_key"
    database.make_secret_key(folder / "data")
    assert database.secret_key(folder / "data") == made
    assert len(made) >= 50
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert os.listdir(path.parent) == ["secret_key"]


def test_a_folder_where_no_secret_can_be_written_is_named_with_the_way_out(folder):
    (folder / "data").write_text("a file, not a folder")
    with pytest.raises(Unready, match="DATA_DIR"):
        database.make_secret_key(folder / "data")


def test_settings_are_read_without_writing_a_file(folder):
    environment = {**os.environ, "DATA_DIR": str(folder / "data"), "HEADS_FILE": "", "PYTHONDONTWRITEBYTECODE": "1"}
    script = "import django; django.setup(); from django.conf import settings; print(len(settings.SECRET_KEY))"
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=database.ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) >= 50
    assert list(folder.iterdir()) == []


def test_a_command_without_a_database_makes_no_secret(folder, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(folder / "data"))
    monkeypatch.setattr(database, "principal", database.principal)  # set back after the test
    with database.ready_for_command(["check"]):
        pass
    assert list(folder.iterdir()) == []


def test_without_a_database_the_first_query_says_what_to_do(folder):
    entry = database.entry_of_process(folder / "data")
    with pytest.raises(OperationalError, match="make run"):
        DatabaseWrapper({**connection.settings_dict, **entry}).get_new_connection({})


def test_a_server_of_ones_own_is_reached_as_the_role_that_is_needed(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://trang:m%40t@db.example:5433/benan?sslmode=verify-full")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://chu:khac@db.example/benan")
    assert database.entry_of_process(folder) == {
        "ENGINE": "benan.core.postgresql",
        "PRINCIPAL": "command:tests",
        "NAME": "benan",
        "USER": "trang",
        "PASSWORD": "m@t",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }
    monkeypatch.setenv("BENAN_ROLE", "owner")
    assert database.entry_of_process(folder)["USER"] == "chu"


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("db.example/benan", {"sslmode": "verify-full"}),
        ("127.0.0.1/benan", None),
        ("/benan?host=/run/postgresql", None),
    ],
)
def test_a_server_on_another_machine_is_reached_over_tls_with_its_certificate_checked(
    folder, monkeypatch, address, options
):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://trang@{address}")
    assert database.entry_of_process(folder).get("OPTIONS") == options


@pytest.mark.parametrize("mode", ["disable", "prefer", "require", "verify-ca"])
def test_a_server_on_another_machine_is_not_reached_with_less(folder, monkeypatch, mode):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://trang@db.example/benan?sslmode={mode}")
    with pytest.raises(Unready, match="verify-full"):
        database.entry_of_process(folder)


def test_changing_tables_on_a_server_of_ones_own_asks_for_the_owners_address(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://trang@db.example/benan")
    monkeypatch.setenv("BENAN_ROLE", "owner")
    with pytest.raises(Unready, match="DATABASE_OWNER_URL"):
        database.entry_of_process(folder)


def test_commands_share_the_day_that_a_demo_was_given(folder):
    assert database.demo_day(folder) == ""
    database.set_demo_day(folder, "2020-11-05")
    assert database.demo_day(folder) == "2020-11-05"
    with pytest.raises(Unready, match="lùi về trước"):
        database.set_demo_day(folder, "2020-11-04")


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT lo_from_bytea(0, 'kept beside the tables')",
        "SELECT lo_creat(-1)",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT pg_logical_emit_message(false, 'x', 'kept in the log of changes')",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT query_to_xml('SELECT 1', true, true, '')",
        "DO $$BEGIN END$$",
        "CREATE FUNCTION pg_temp.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION x() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
        "COPY (SELECT 1) TO '/tmp/x'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "COPY accounts_agency FROM '/etc/hostname'",
        "CREATE EXTENSION hstore",
        "CREATE VIEW x AS SELECT 1",
        "CREATE SEQUENCE x",
        "CREATE TYPE x AS ENUM ('a')",
        "CREATE PUBLICATION x",
        "SET ROLE owner",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE web SUPERUSER",
        "COMMENT ON TABLE accounts_user IS 'kept beside the rows'",
    ],
)
def test_pages_neither_run_programs_nor_keep_anything_beside_the_tables(web, attempt):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        web.execute(attempt)


def test_only_the_functions_meant_for_pages_run_as_the_owner(web):
    rows = web.execute(
        "SELECT proname FROM pg_proc WHERE prosecdef AND has_function_privilege('web', oid, 'EXECUTE') ORDER BY 1"
    )
    assert [name for (name,) in rows] == ["audit_rows_listing"]


def test_a_database_made_later_gives_everybody_no_more(cluster, filled):
    with database.connect({**filled.entry("owner"), "NAME": "postgres"}) as owner:
        owner.execute("CREATE DATABASE later")
        try:
            with database.connect({**filled.entry("owner"), "NAME": "later"}) as later:
                assert not later.execute("SELECT has_function_privilege('web', 'lo_creat(int)', 'EXECUTE')").fetchone()[
                    0
                ]
        finally:
            owner.execute("DROP DATABASE later")
