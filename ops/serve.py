"""The web server: started, waited for, and stopped with everything it started."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from ops import Unready, database, files, front, handover, keys, prepare, unprivileged
from ops.database import ROOT

START = 120  # seconds within which the first page must come
STOP = 10  # seconds that pages under way have to end
# All of our environment that the pages are told; secrets go another way (ops.handover).
KNOWN = (
    *(
        "PATH",
        "LANG",
        "LC_ALL",
        "TZ",
        "TMPDIR",
        "LD_LIBRARY_PATH",
        "PYTHONPATH",
        "PYTHONWARNINGS",
        "PYTHONDONTWRITEBYTECODE",
    ),
    *("DATA_DIR", "STATIC_ROOT", "HEADS_FILE", "HOSTS", "HTTPS", "PROXY", "PORT", "BENAN_TODAY"),
)


def refuse_taken(port):
    """Raise Unready where another program listens on the port; two web servers would share it without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Unready(
                f"Cổng {port} đang có chương trình khác dùng. Hãy dừng chương trình đó, "
                f"hoặc chọn cổng khác, ví dụ: make run PORT={port + 1}"
            ) from None


def free_port():
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def web_server(*, port, workers=2, environment=None):
    """Have pages served on 127.0.0.1 for the length of the block; yields the process, which leads its own group.

    The front listens on the port; the pages behind it listen on a socket that nobody but the front may reach.
    """
    environment = {**os.environ, **(environment or {})}
    folder = Path(environment.get("DATA_DIR") or ROOT / "data").resolve()
    files.private_folder(folder)
    unprivileged.let_workers_pass(folder)
    database.make_secret_key(folder)
    with (
        front.socket_folder(folder, port) as place,
        _pages(door := place / "pages", folder, workers, environment) as process,
    ):
        wait_for_a_page(process, door)
        with front.facing(port=port, socket=door, folder=folder, environment=environment):
            wait_for_a_page(process, port)
            yield process


@contextlib.contextmanager
def _pages(door, folder, workers, environment):
    # setpriv: should we be killed, the server is told to end. Not by preexec_fn, which may hang where threads run.
    connection = database.entry(folder, "web", environment)
    heads = Path(environment.get("HEADS_FILE") or folder / "heads.log").resolve()
    _give_heads(heads)
    needed = [ROOT, Path(sys.prefix), Path(sys.base_prefix), folder, heads.parent]
    needed += [prepare.static_folder(environment)]
    needed += [Path(connection["HOST"])] if connection.get("HOST", "").startswith("/") else []
    command = (
        ["setpriv", "--pdeathsig", "TERM", "--no-new-privs", sys.executable, "-m", "ops.pages"]
        + [str(path) for path in needed if path.exists()]
        + ["--", "config.wsgi:application", "--uds", str(door), "--uds-permissions", "0666"]
        + ["--interface", "wsgi", "--no-ws", "--workers", str(workers)]
        + ["--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers", "--respawn-interval", "1"]
        # No line per page: addresses of pages carry codes of files.
        + ["--no-access-log", "--log-level", "warning", "--workers-kill-timeout", str(STOP)]
    )
    note = handover.make(key=keys.held(folder, environment), database=connection)
    own = {name: environment[name] for name in KNOWN if environment.get(name)}
    own |= {"DATA_DIR": str(folder), "HOME": "/", "BENAN_ROLE": "web", "FRONT": "1", handover.VARIABLE: str(note)}
    try:
        process = subprocess.Popen(command, cwd=ROOT, env=own, pass_fds=(note,), start_new_session=True)
    finally:
        os.close(note)
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP + 5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _give_heads(path):
    """Let the pages' account write the heads of the trail, in whichever folder they are."""
    if unprivileged.is_root() and path.parent.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        unprivileged.give_to(unprivileged.WORKERS, path)


class _Behind(http.client.HTTPConnection):
    """A connection to the pages' own socket."""

    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def wait_for_a_page(process, where):
    """Return as soon as the port, or the socket, answers; raises Unready if the server ended or has not in time."""
    end = time.monotonic() + START
    while process.poll() is None and time.monotonic() < end:
        page = (
            http.client.HTTPConnection("127.0.0.1", where, timeout=START)
            if isinstance(where, int)
            else _Behind(where, START)
        )
        try:
            page.request("GET", "/")
            page.getresponse()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            page.close()
    raise Unready("Máy chủ web không khởi động được; nguyên nhân ở các dòng trên.")
