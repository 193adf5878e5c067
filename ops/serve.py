"""The web server: started, waited for, and stopped with everything it started."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

from ops import Unready
from ops.database import ROOT

START = 120  # seconds within which the first page must come
STOP = 10  # seconds that pages under way have to end


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
    """Have pages served on 127.0.0.1 for the length of the block; yields the process, which leads its own group."""
    # setpriv: should we be killed, the server is told to end. Not by preexec_fn, which may hang where threads run.
    command = (
        ["setpriv", "--pdeathsig", "TERM", sys.executable, "-m", "granian", "config.wsgi:application"]
        + ["--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
        + ["--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers", "--respawn-interval", "1"]
        # No line per page: addresses of pages carry codes of files.
        + ["--no-access-log", "--log-level", "warning", "--workers-kill-timeout", str(STOP)]
    )
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})}, start_new_session=True)
    try:
        wait_for_a_page(process, port)
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP + 5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for_a_page(process, port):
    """Return as soon as the server answers; raises Unready if it ended or has not answered in time."""
    end = time.monotonic() + START
    while process.poll() is None and time.monotonic() < end:
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=START)
        try:
            page.request("GET", "/")
            page.getresponse()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            page.close()
    raise Unready("Máy chủ web không khởi động được; nguyên nhân ở các dòng trên.")
