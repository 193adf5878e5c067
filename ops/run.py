"""`make run` and `make demo`: from a clone to pages, and back to nothing running.

Environment: DATA_DIR, PORT (8000), DATABASE_URL with DATABASE_OWNER_URL, KEY_FILE, BENAN_TODAY (docs/operating.md).
"""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from ops import Unready, database, front, keys, mail, messages, prepare
from ops.postgres import Cluster
from ops.prepare import say
from ops.serve import refuse_taken, web_server

POLL_SECONDS = 0.25  # between two looks at whether both servers run
HOURLY_SECONDS, OFTEN_SECONDS = 3600, 600  # between two calls of each command of HOURLY, of OFTEN
# Clearing what was erased; and keeping the figures that pages will ask for, of tomorrow too.
HOURLY = (("clear_erased", "--if-erased", "--skip-checks"), ("keep_figures", "--skip-checks"))
# Letters, more often: somebody waits for the one that confirms their address.
OFTEN = (("send_notices", "--skip-checks"),)
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

Value = TypeVar("Value")


def main(kind: str) -> int:
    """Prepare what is not prepared, serve until told to stop, then stop the web server and the database.

    `kind` is "run" or "demo". Returns the exit status.
    """
    stop_once_on_signals()
    port = port_of_environment()
    front.proxies(os.environ)
    mail.server(os.environ)
    refuse_taken(port)
    day = None
    if kind == "demo":
        os.environ.setdefault("DATA_DIR", "data-demo")
        os.environ.setdefault("KEY_FILE", f"{database.data_dir()}.key")
        day = os.environ["BENAN_TODAY"] = day_of_environment()
    else:
        os.environ.pop("BENAN_TODAY", None)  # a real installation keeps to the clock
    folder = database.data_dir()
    if not day and database.is_development(folder):
        raise Unready(f"Thư mục dữ liệu {folder} do make dev lập, không dùng cho bản thật. Hãy chọn DATA_DIR khác.")
    messages.compile_all()
    try:
        own_server = os.environ.get("DATABASE_URL")
        say("Dùng máy chủ PostgreSQL của DATABASE_URL" if own_server else f"Khởi động cơ sở dữ liệu ({folder})")
        with database.server(folder, create=True) as cluster:
            prepare.installation(folder, demo_day=day)
            prepare.page_files(folder=prepare.static_folder())
            if not day:
                _ensure_key(folder)
            say("Khởi động máy chủ web")
            with web_server(port=port, environment={"BENAN_ROLE": "web", "DATABASE_OWNER_URL": ""}) as web:
                _say_where(port, folder)
                if day:
                    say_how_to_enter(port, day)
                else:
                    # Pages are served even if this fails; its own words are on the screen then.
                    with contextlib.suppress(Unready):
                        prepare.manage("first_link")
                return _watch(web, cluster)
    except KeyboardInterrupt:
        say("Đã dừng máy chủ web và cơ sở dữ liệu.")
        return 0


def stop_once_on_signals() -> None:
    """Have the first signal to stop raise KeyboardInterrupt in the main thread, and later ones do nothing."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in signals:
        signal.signal(each, stop)


def port_of_environment() -> int:
    """The port in PORT, 8000 where there is none."""
    return _read("PORT", "8000", int, "một số, ví dụ 8001")


def day_of_environment() -> str:
    """The legal day of a demo in BENAN_TODAY, as "2020-11-05", which it is where there is none."""
    return _read("BENAN_TODAY", "2020-11-05", dt.date.fromisoformat, "ngày dạng 2020-11-05").isoformat()


def _read(name: str, default: str, read: Callable[[str], Value], shape: str) -> Value:
    try:
        return read(os.environ.get(name) or default)
    except ValueError:
        raise Unready(f"Biến {name} cần là {shape}; đang là: {os.environ[name]}") from None


def _ensure_key(folder: Path) -> None:
    """Make the key of a real installation the first time it starts: nobody could enter or be received without one."""
    path = keys.key_path(folder, os.environ.get("KEY_FILE"))
    if path is None:
        # Its words say where the key is; pages are served even if none can be made, and say what is missing.
        with contextlib.suppress(Unready):
            prepare.manage("init_key")
    elif not path.exists():
        say(f"Không thấy tệp khóa mã hóa {path}: chưa tiếp nhận được ai và không mở được danh tính. Hãy đặt lại tệp.")


def _say_where(port: int, folder: Path) -> None:
    certificate = front.root_certificate(folder)
    where = f"{front.site_url(os.environ)}/" if certificate else f"http://127.0.0.1:{port}/"
    if os.environ.get("HTTPS") == "1" and front.proxies(os.environ):
        where = f"{front.site_url(os.environ)}/ (qua máy chủ đứng trước, chuyển tới {where})"
    say(f"Bến An đang chạy tại {where} (dừng: Ctrl-C)")
    if certificate:
        say(f"Máy và điện thoại dùng chương trình cần cài một lần chứng thư {certificate}")


def say_how_to_enter(port: int, day: str) -> None:
    """Tell that people and day are fictional, and the command that makes a link to sign in."""
    where = f"DATA_DIR={os.environ['DATA_DIR']}" + (f" PORT={port}" if port != 8000 else "")
    shown = f"{dt.date.fromisoformat(day):%d/%m/%Y}"
    say(f"Đây là bản giả lập, ngày làm việc là {shown}; không nhập người có thật vào đây.")
    say("Để đăng nhập, mở một cửa sổ dòng lệnh khác trong thư mục này và chạy:")
    say(f"  {where} ./manage.py sign_in_link lan")


def _watch(web: subprocess.Popen[bytes], cluster: Cluster | None) -> int:
    """Serve until the web server ends; start the database again if it was killed; call what is due from time to time."""
    next_times = {HOURLY: time.monotonic(), OFTEN: time.monotonic()}
    while web.poll() is None:
        for commands, seconds in ((HOURLY, HOURLY_SECONDS), (OFTEN, OFTEN_SECONDS)):
            if time.monotonic() < next_times[commands]:
                continue
            next_times[commands] += seconds
            for command in commands:
                # Where the database is in use or away just now, the next time will do.
                with contextlib.suppress(Unready):
                    prepare.manage(*command, **QUIET)
        try:
            web.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if cluster:
                cluster.restart_if_dead()
    say("Máy chủ web đã dừng ngoài ý muốn; nguyên nhân ở các dòng trên. Hãy chạy lại make run.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "run"))
