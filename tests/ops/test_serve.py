"""The web server: it answers, it stops whole, and it does not share a port."""

import contextlib
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ops import Unready, prepare, serve
from ops.database import ROOT
from tests import databases

ENDS_WITHIN = 60  # seconds
STARTER = """
import signal
from ops import serve
with serve.web_server(port=serve.free_port(), workers=1) as process:
    print(process.pid, flush=True)
    signal.pause()
"""


def status(url):
    page = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    page.request("GET", "/")
    try:
        return page.getresponse().status
    finally:
        page.close()


@pytest.fixture
def taken_port():
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        yield stranger.getsockname()[1]


def test_a_port_that_a_stranger_uses_is_named_with_the_way_out(taken_port):
    with pytest.raises(Unready, match=f"Cổng {taken_port} .*PORT={taken_port + 1}"):
        serve.refuse_taken(taken_port)


def test_make_run_says_so_before_it_touches_anything_when_the_port_is_taken(taken_port, folder):
    environment = {**os.environ, "PORT": str(taken_port), "DATA_DIR": str(folder / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "ops.run"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"Cổng {taken_port}" in done.stderr
    assert not (folder / "data").exists()


@pytest.mark.crash
def test_pages_come_from_a_real_server_and_nothing_of_it_stays(fresh_database):
    with databases.web_server(fresh_database()) as running:
        assert status(running.url) < 500
        group = running.process.pid
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


@pytest.mark.crash
def test_the_server_ends_when_whoever_started_it_is_killed(fresh_database, folder):
    own = {"DATA_DIR": str(folder / "data"), "KEY_FILE": str(folder / "vault.key")}
    environment = {**os.environ, **fresh_database().environment, **own}
    prepare.key(own["KEY_FILE"], environment=environment)
    with subprocess.Popen(
        [sys.executable, "-c", STARTER], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as starter:
        server = os.pidfd_open(int(starter.stdout.readline()))
        starter.kill()
    ended, _, _ = select.select([server], [], [], ENDS_WITHIN)
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(server, signal.SIGKILL)
    os.close(server)
    assert ended


@pytest.mark.crash
def test_a_killed_worker_is_replaced(live_server_process):
    running = live_server_process()
    pid = running.process.pid
    (worker,) = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    os.kill(worker, signal.SIGKILL)
    serve.wait_for_answer(running.process, running.port)
    assert status(running.url) < 500
