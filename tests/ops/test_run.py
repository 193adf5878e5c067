"""`make run`, whole: from an empty folder to pages, through the death of the database, to nothing running."""

import http.client
import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import reverse

from ops import run, serve
from ops.database import ROOT
from ops.postgres import Cluster

FIRST_START, RECOVERY = 240, 60  # seconds


@pytest.fixture
def port():
    return serve.free_port()


@pytest.fixture
def program(folder, port):
    """The program on an empty data folder, told to stop and waited for at the end."""
    # A real installation takes no moved day from its surroundings: it would refuse to start.
    own = {"DATA_DIR": str(folder / "data"), "PORT": str(port), "BENAN_TODAY": "2017-11-09"}
    environment = {**os.environ, **own, "KEY_FILE": "", "XDG_CONFIG_HOME": str(folder / "home")}
    with subprocess.Popen(
        [sys.executable, "-m", "ops.run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.terminate()


def serves_within(seconds, port):
    """Whether the sign-in page comes in that time, asking again while it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
        try:
            page.request("GET", reverse("account_login"))
            if page.getresponse().status == 200:
                return True
        except OSError:
            continue
        finally:
            page.close()
    return False


@pytest.mark.parametrize("command", [*run.HOURLY, *run.OFTEN], ids=" ".join)
def test_what_is_called_from_time_to_time_is_a_command_with_these_options(command):
    name, *options = command
    load_command_class(get_commands()[name], name).create_parser("manage.py", name).parse_args(options)


@pytest.mark.crash
def test_an_empty_folder_becomes_pages_that_outlive_the_database_and_end_when_told(program, port, folder):
    cluster = Cluster(folder / "data")
    assert any(f"http://127.0.0.1:{port}/" in line for line in program.stdout)
    assert serves_within(FIRST_START, port)
    assert [path.stat().st_mode & 0o777 for path in folder.glob("home/ben-an/*.key")] == [0o600]

    os.kill(cluster.postmaster, signal.SIGKILL)
    assert serves_within(RECOVERY, port)

    program.terminate()
    assert program.wait(RECOVERY) == 0
    assert cluster.postmaster is None
    serve.refuse_taken(port)
