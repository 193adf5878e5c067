"""The embedded server: where its files lie, who may enter, and what survives a kill."""

import contextlib
import datetime as dt
import os
import select
import signal
import threading

import psycopg
import pytest

from ops import Unready, database, rights
from ops.postgres import DATABASE, SOCKET, Cluster
from tests.ops.conftest import new_cluster


@pytest.fixture(scope="module")
def running():
    """A new server, running, that tests may ask but not change."""
    with new_cluster(0o755) as cluster, cluster.running():
        yield cluster


def kill(cluster):
    """Kill the server with no time to tidy up; returns when it is dead."""
    server = os.pidfd_open(cluster.postmaster)
    signal.pidfd_send_signal(server, signal.SIGKILL)
    select.select([server], [], [], 30)
    os.close(server)


@contextlib.contextmanager
def moved(path, elsewhere):
    path.rename(elsewhere)
    try:
        yield elsewhere
    finally:
        elsewhere.rename(path)


def test_both_roles_sign_in_by_password(running, sign_in):
    for role in ("owner", "web"):
        assert sign_in(running, role).execute("SELECT current_user").fetchone() == (role,)


@pytest.mark.parametrize(
    ("changed", "refusal"), [({"PASSWORD": "guessed"}, "password"), ({"USER": "postgres"}, "no pg_hba.conf entry")]
)
def test_nobody_else_signs_in_not_even_the_superuser(running, changed, refusal):
    with pytest.raises(psycopg.OperationalError, match=refusal):
        database.connect({**database.entry(running.data_dir, "web"), **changed})


def test_only_a_unix_socket_of_ours_is_open(running, sign_in):
    assert sign_in(running).execute("SHOW listen_addresses").fetchone() == ("",)
    # The pages' group passes through; nobody lists it.
    assert running.socket.stat().st_mode & 0o067 == 0


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"])
def test_what_is_committed_is_safe_on_disk(running, sign_in, setting):
    assert sign_in(running).execute(f"SHOW {setting}").fetchone() == ("on",)


def test_passwords_lie_in_a_file_that_nobody_else_may_read(running):
    assert running.passwords_file.stat().st_mode & 0o777 == 0o600
    assert running.data_dir.stat().st_mode & 0o067 == 0


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("INSERT INTO person VALUES (%s)", ["Nguyễn Thị Hoa"]),
        ("SELECT 'Nguyễn Thị Hoa'::date", None),
        ("SELECT %s::text::date", ["Nguyễn Thị Hoa"]),
    ],
)
def test_a_name_in_a_failing_statement_does_not_reach_the_servers_log(running, sign_in, statement, values):
    owner = sign_in(running, "owner")
    with owner.transaction(force_rollback=True):
        owner.execute("CREATE TABLE person (name text UNIQUE)")
        owner.execute("INSERT INTO person VALUES ('Nguyễn Thị Hoa')")
        with pytest.raises(psycopg.Error, match="Hoa"):
            owner.execute(statement, values)
    assert "Hoa" not in running.log.read_text()


def test_lines_of_the_servers_log_are_dropped_after_three_months(stopped):
    days = [dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=ago) for ago in (91, 91, 90, 1)]
    with stopped.running():
        pass
    stopped.log.write_text(
        "".join(f"{day} 08:00:00.000 UTC [{n}] LOG:  line {n}\n\tgoes on {n}\n" for n, day in enumerate(days))
    )
    with stopped.running():
        said = stopped.log.read_text()
    assert [n for n in range(4) if f"line {n}" in said and f"goes on {n}" in said] == [2, 3]
    assert "line 1" not in said and "goes on 1" not in said and "ready to accept connections" in said


def test_nothing_runs_after_the_last_has_left(stopped):
    with stopped.running():
        assert stopped.postmaster in stopped.processes
    assert stopped.processes == []


def test_the_first_to_leave_stops_nothing(stopped, sign_in):
    with stopped.running():
        with Cluster(stopped.data_dir).running():
            pass
        assert sign_in(stopped).execute("SELECT 1").fetchone() == (1,)


def test_rows_committed_before_kill_9_are_there_after_the_restart(stopped, sign_in):
    with stopped.running():
        sign_in(stopped, "owner").execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
        kill(stopped)
    with stopped.running():
        assert sign_in(stopped, "owner").execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_server_killed_while_in_use_comes_back_for_those_who_use_it(stopped, sign_in):
    with stopped.running():
        kill(stopped)
        stopped.restart_if_dead()
        assert sign_in(stopped).execute("SELECT 1").fetchone() == (1,)


def test_a_killed_servers_note_with_a_pid_that_is_a_strangers_now_does_not_stop_the_next(stopped, sign_in):
    with stopped.running():
        note = (stopped.files / "postmaster.pid").read_text()
    (stopped.files / "postmaster.pid").write_text(note.replace(note.split("\n")[0], str(os.getpid()), 1))
    with stopped.running():
        assert sign_in(stopped).execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("name", ["x" * 100, "Bến An, số 1"])
def test_a_folder_whose_name_a_socket_cannot_bear_still_gets_a_server(stopped, sign_in, name):
    with moved(stopped.data_dir, stopped.data_dir.with_name(name)) as folder:
        cluster = Cluster(folder)
        with cluster.running():
            assert len(os.fsencode(cluster.socket / SOCKET)) <= 107
            assert sign_in(cluster).execute("SELECT 1").fetchone() == (1,)
        assert not cluster.socket.exists()


def test_a_server_runs_for_a_data_folder_that_its_account_cannot_reach(out_of_reach, sign_in):
    with out_of_reach.running():
        assert sign_in(out_of_reach).execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("which", ["stopped", "out_of_reach"])
@pytest.mark.parametrize("lost", ["database.json", "postgres"])
def test_a_data_folder_that_lost_a_part_is_refused_and_not_made_anew(request, which, lost):
    cluster = request.getfixturevalue(which)
    with (
        moved(cluster.data_dir / lost, cluster.data_dir / "elsewhere"),
        pytest.raises(Unready, match="sao lưu"),
        cluster.running(create=True),
    ):
        pass


def test_files_of_another_major_version_are_refused_and_left_alone(stopped):
    version = stopped.files / "PG_VERSION"
    with moved(version, version.with_name("version")):
        version.write_text("99\n")
        with pytest.raises(Unready, match="PostgreSQL 99"), stopped.running(create=True):
            pass
        assert (stopped.files / "base").exists()


def test_a_command_does_not_make_a_database_where_nobody_asked_for_one(folder):
    with pytest.raises(Unready, match="make run"), Cluster(folder / "data").running():
        pass


def test_two_commands_at_once_on_an_empty_folder_make_one_database(folder, sign_in):
    both_inside, answers = threading.Barrier(2, timeout=60), []

    def command():
        with Cluster(folder / "data").running(create=True) as cluster:
            both_inside.wait()
            answers.append(sign_in(cluster).execute("SELECT system_identifier FROM pg_control_system()").fetchone())

    threads = [threading.Thread(target=command) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert len(set(answers)) == 1


def test_a_server_of_an_earlier_version_loses_the_rights_of_everybody_at_its_next_start(stopped, sign_in):
    (stopped.data_dir / rights.MARK).unlink()
    rights.as_superuser(stopped.files, DATABASE, "GRANT EXECUTE ON FUNCTION lo_creat(integer) TO PUBLIC;\n")
    with stopped.running(), pytest.raises(psycopg.errors.InsufficientPrivilege):
        sign_in(stopped).execute("SELECT lo_creat(-1)")


def test_the_rights_are_taken_away_once(stopped):
    with stopped.running():
        pass
    before = (stopped.data_dir / rights.MARK).stat().st_mtime_ns
    with stopped.running():
        pass
    assert (stopped.data_dir / rights.MARK).stat().st_mtime_ns == before
