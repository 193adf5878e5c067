"""A database that another version of the program made is refused with a sentence, and left as it was."""

import os
import subprocess
import sys

import pytest

from ops import database, serve
from ops.database import ROOT
from tests.ops.conftest import new_cluster

OTHERS = {
    "earlier": [("accounts", "0001_initial"), ("accounts", "0002_agencies_by_day")],
    "later": [("core", "0001_initial"), ("outreach", "0001_initial")],
}
TIMEOUT = 120  # seconds
SAYS = "do một bản khác của chương trình lập"


@pytest.fixture(scope="module")
def cluster_of_another_version():
    """A server that stands still, with a table and the migrations of an earlier version, in a folder of `make dev`."""
    with new_cluster(0o755) as cluster:
        with cluster.running(), database.connect(database.entry(cluster.data_dir, "owner")) as owner:
            owner.execute("CREATE TABLE accounts_agency (name text)")
            brought_through(owner, OTHERS["earlier"])
        yield cluster


def brought_through(owner, migrations):
    """Note migrations in a database, as Django does."""
    owner.execute("CREATE TABLE IF NOT EXISTS django_migrations (app text, name text, applied timestamptz)")
    for migration in migrations:
        owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", migration)


def start(*arguments, **environment):
    """Start the program in a process of its own, and wait for its end; one that serves pages instead is a failure."""
    own = {**os.environ, "PORT": str(serve.free_port()), **environment}
    del own["KEY_FILE"]
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT,
    )


def contents(owner):
    """Tables, migrations and the note of a database."""
    return [
        owner.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1").fetchall(),
        owner.execute("SELECT app, name, applied FROM django_migrations ORDER BY 1, 2").fetchall(),
        owner.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchall(),
    ]


def contents_of_cluster(cluster):
    """Files around the server, those beside its folder, and what is in its database."""
    with cluster.running(), database.connect(database.entry(cluster.data_dir, "owner")) as owner:
        return [
            sorted(path.name for path in cluster.data_dir.iterdir()),
            sorted(path.name for path in cluster.data_dir.parent.iterdir()),
            *contents(owner),
        ]


@pytest.mark.parametrize("program", [("ops.run",), ("ops.run", "demo"), ("ops.dev",)], ids=["run", "demo", "dev"])
def test_a_data_folder_of_another_version_is_refused_and_left_as_it_was(cluster_of_another_version, program):
    cluster = cluster_of_another_version
    mark = cluster.data_dir / database.DEVELOPMENT
    mark.unlink(missing_ok=True)
    if program == ("ops.dev",):
        mark.touch()
    before = contents_of_cluster(cluster)
    done = start(*program, DATA_DIR=str(cluster.data_dir))
    assert (done.returncode, SAYS in done.stderr, str(cluster.data_dir) in done.stderr) == (1, True, True)
    assert "DATA_DIR" in done.stderr and "DATABASE_URL" not in done.stderr
    assert contents_of_cluster(cluster) == before


@pytest.mark.parametrize("version", OTHERS)
def test_a_database_of_ones_own_of_another_version_is_refused_and_left_as_it_was(fresh_database, folder, version):
    copy = fresh_database()
    with copy.connect("owner") as owner:
        brought_through(owner, OTHERS[version])
        before = contents(owner)
        done = start("ops.run", DATA_DIR=str(folder / "data"), **copy.environment)
        assert (done.returncode, SAYS in done.stderr, "DATABASE_OWNER_URL" in done.stderr) == (1, True, True)
        assert contents(owner) == before
    assert list(folder.iterdir()) == []
