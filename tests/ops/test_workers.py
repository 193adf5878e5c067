"""What the processes that answer pages are, and may read: no root, no key in their environment, no password of the owner."""

import contextlib
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from bench.clients import Browser
from tests import databases
from tests.cast import TODAY
from tests.ops.visitors import session

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give root up")
MAIL = "smtps://ben-an:mat-khau-thu@thu"
READS = """
import os, sys
for path in sys.argv[1:]:
    try:
        open(path).close()
        print(path)
    except OSError:
        pass
"""


@pytest.fixture(scope="module")
def running(cluster):
    """A real server on a copy."""
    with databases.copy() as copy, databases.web_server(copy, MAIL_URL=MAIL, MAIL_FROM="a@b.vn") as server:
        yield server


def workers(process):
    """Pids of the workers of a web server."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def status(pid):
    """What the kernel says of a process, by name."""
    return dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)


@pytest.mark.crash
@AS_ROOT
def test_a_worker_is_not_root_and_can_become_nothing_else(running):
    for pid in workers(running.process):
        said = status(pid)
        assert "0" not in said["Uid"].split() + said["Gid"].split() + said["Groups"].split()
        assert int(said["CapEff"], 16) == int(said["CapPrm"], 16) == 0
        assert said["NoNewPrivs"] == "1"


@pytest.mark.crash
def test_the_environment_of_a_worker_holds_neither_key_nor_password(running):
    secrets = [running.environment["KEY_FILE"], "KEY_FILE", "DATABASE_OWNER_URL", "DATABASE_URL"]
    secrets += ["MAIL_URL", "mat-khau-thu"]
    secrets += [running.copy.entry(role)["PASSWORD"] for role in ("owner", "web")]
    held = [Path(f"/proc/{pid}/environ").read_text() for pid in [running.process.pid, *workers(running.process)]]
    assert [secret for secret in secrets if any(secret in environment for environment in held)] == []
    assert all("SENDS_MAIL=1" in environment for environment in held), "pages are told that letters are sent"


@pytest.mark.crash
@AS_ROOT
def test_what_belongs_to_root_is_closed_to_a_workers_account(running, cluster):
    said = status(workers(running.process)[0])
    closed = [cluster.passwords_file, cluster.data_dir / "secret_key", running.environment["KEY_FILE"], "/etc/shadow"]
    done = subprocess.run(
        ["/usr/bin/python3", "-c", READS, *map(str, closed)],
        user=int(said["Uid"].split()[1]),
        group=int(said["Gid"].split()[1]),
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""


@pytest.mark.crash
def test_pages_and_the_trail_work_though_folders_around_the_program_are_closed(town, live_server_process, tmp_path):
    # The folders of a test, and often the clone itself, are closed to every other account.
    assert tmp_path.stat().st_mode & 0o077 == 0
    town.officer("lan")
    heads = tmp_path / "elsewhere" / "heads.log"
    heads.parent.mkdir()
    server = live_server_process(
        copy=town.copy, today=TODAY.isoformat(), KEY_FILE=settings.KEY_FILE, HEADS_FILE=str(heads)
    )
    with contextlib.closing(Browser(server.port, session(server, "lan"))) as browser:
        assert [browser.get(path).status for path in ("/", reverse("cases:list"), reverse("rules:law"))] == [200] * 3
    assert heads.read_text()
