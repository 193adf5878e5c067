"""The web server: started, waited for, and stopped with everything it started."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from ops import Unready, database, files, front, handover, keys, prepare, unprivileged
from ops.database import ROOT

START_TIMEOUT = 120  # seconds within which the first page must come
STOP_TIMEOUT = 10  # seconds that pages under way have to end
# All of our environment that the workers get; secrets go another way (ops.handover).
PASSED_VARIABLES = (
    *("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH"),
    *("PYTHONPATH", "PYTHONWARNINGS", "PYTHONDONTWRITEBYTECODE"),
    *("DATA_DIR", "STATIC_ROOT", "HEADS_FILE", "HOSTS", "HTTPS", "PROXY", "PORT", "BENAN_TODAY"),
)


def refuse_taken(port: int) -> None:
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


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def web_server(
    *, port: int, workers: int = 2, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Have pages served on the port for the length of the block; yields the process that leads the workers' group.

    `environment` is added to our own. The front listens on the port; the workers behind it listen on a socket that
    nobody but the front may reach.
    """
    environment = {**os.environ, **(environment or {})}
    folder = Path(environment.get("DATA_DIR") or ROOT / "data").resolve()
    files.private_folder(folder)
    unprivileged.let_workers_pass(folder)
    database.make_secret_key(folder)
    with (
        front.socket_folder(folder, port) as place,
        _workers(place / "pages", folder, workers, environment) as process,
    ):
        wait_for_answer(process, place / "pages")
        with front.running(port=port, socket=place / "pages", folder=folder, environment=environment):
            wait_for_answer(process, port)
            yield process


@contextlib.contextmanager
def _workers(
    path: Path, folder: Path, number: int, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    connection = database.entry(folder, "web", environment)
    heads = Path(environment.get("HEADS_FILE") or folder / "heads.log").resolve()
    _let_workers_write(heads)
    needed = [ROOT, Path(sys.prefix), Path(sys.base_prefix), folder, heads.parent]
    needed += [prepare.static_folder(environment)]
    needed += [Path(connection["HOST"])] if connection.get("HOST", "").startswith("/") else []
    command = (
        # setpriv: should we be killed, the server is told to end. Not by preexec_fn, which may hang where threads run.
        ["setpriv", "--pdeathsig", "TERM", "--no-new-privs", sys.executable, "-m", "ops.start_workers"]
        + [str(each) for each in needed if each.exists()]
        + ["--", "config.wsgi:application", "--uds", str(path), "--uds-permissions", "0666"]
        + ["--interface", "wsgi", "--no-ws", "--workers", str(number)]
        + ["--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers", "--respawn-interval", "1"]
        # No line per page: addresses of pages carry codes of files.
        + ["--no-access-log", "--log-level", "warning", "--workers-kill-timeout", str(STOP_TIMEOUT)]
    )
    secrets = handover.make(key=keys.read(folder, environment), database=connection)
    own = {name: environment[name] for name in PASSED_VARIABLES if environment.get(name)}
    own |= {"DATA_DIR": str(folder), "HOME": "/", "BENAN_ROLE": "web", "FRONT": "1", handover.VARIABLE: str(secrets)}
    own |= {"SENDS_MAIL": "1"} if environment.get("MAIL_URL") else {}  # not where, nor with which password
    try:
        process = subprocess.Popen(command, cwd=ROOT, env=own, pass_fds=(secrets,), start_new_session=True)
    finally:
        os.close(secrets)
    try:
        yield process
    finally:
        stop_group(process, STOP_TIMEOUT + 5)


def stop_group(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Ask a process that leads its group to end, and kill all that is left of the group after that time."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _let_workers_write(heads: Path) -> None:
    """Have the file of the heads of the trail belong to the workers' account, whatever folder it is in."""
    if unprivileged.is_root() and heads.parent.exists():
        os.close(os.open(heads, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        unprivileged.give_to(unprivileged.WORKERS, heads)


def wait_for_answer(process: subprocess.Popen[bytes], where: int | Path) -> None:
    """Return as soon as the port, or the socket, answers a request; raises Unready if the server ended or is late."""
    end = time.monotonic() + START_TIMEOUT
    while process.poll() is None and time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_INET if isinstance(where, int) else socket.AF_UNIX) as line,
        ):
            line.settimeout(START_TIMEOUT)
            line.connect(("127.0.0.1", where) if isinstance(where, int) else str(where))
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            if line.recv(1):
                return
        time.sleep(0.05)
    raise Unready("Máy chủ web không khởi động được; nguyên nhân ở các dòng trên.")
