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

import psycopg

from ops import Unready, database, erased, front, keys, messages, prepare
from ops.prepare import say
from ops.serve import refuse_taken, web_server

LOOK = 0.25  # seconds between two looks at whether both servers live
CLEARING = 3600  # seconds between two looks at whether somebody was erased


def main(kind):
    """Prepare what is not prepared, serve until told to stop, then stop the web server and the database."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_once)
    port = _read("PORT", "8000", int, "một số, ví dụ 8001")
    front.proxies(os.environ)
    refuse_taken(port)
    demo = kind == "demo"
    if demo:
        os.environ.setdefault("DATA_DIR", "data-demo")
        os.environ.setdefault("KEY_FILE", f"{database.data_dir()}.key")
        day = _read("BENAN_TODAY", "2020-11-05", dt.date.fromisoformat, "ngày dạng 2020-11-05")
        os.environ["BENAN_TODAY"] = day.isoformat()
    else:
        os.environ.pop("BENAN_TODAY", None)  # what is real happens today
    messages.compile_all()
    folder = database.data_dir()
    try:
        own_server = os.environ.get("DATABASE_URL")
        say("Dùng máy chủ PostgreSQL của DATABASE_URL" if own_server else f"Khởi động cơ sở dữ liệu ({folder})")
        with database.server(folder, create=True) as cluster:
            _prepare(folder, demo=demo)
            if not demo:
                _have_a_key(folder)
            say("Khởi động máy chủ web")
            with web_server(port=port, environment={"BENAN_ROLE": "web", "DATABASE_OWNER_URL": ""}) as web:
                _greet(port, folder, demo=demo)
                return _watch(web, cluster, folder)
    except KeyboardInterrupt:
        say("Đã dừng máy chủ web và cơ sở dữ liệu.")
        return 0


def _read(name, usual, kind, shape):
    try:
        return kind(os.environ.get(name) or usual)
    except ValueError:
        raise Unready(f"Biến {name} cần là {shape}; đang là: {os.environ[name]}") from None


def _prepare(folder, *, demo):
    # The mark names the kind and the day: a demo's folder is never opened as a real one without a word, and a later day
    # brings the lives that happened until then.
    kind = f"demo {os.environ['BENAN_TODAY']}" if demo else "real"
    program, owner = f"{prepare.digest(*prepare.PROGRAM)} {kind}", database.entry(folder, "owner")
    if prepare.prepared_for(owner) != program:
        say("Chuẩn bị cơ sở dữ liệu")
        if demo:
            database.set_demo_day(folder, os.environ["BENAN_TODAY"])
            prepare.key(os.environ["KEY_FILE"])
        prepare.database_steps(prepare.DEMO_STEPS if demo else prepare.STEPS)
        prepare.mark_prepared(owner, program)
    prepare.page_files(folder=prepare.static_folder())


def _have_a_key(folder):
    # A real installation gets its key the first time it starts: nobody could enter or be received without one.
    path = keys.key_path(folder, os.environ.get("KEY_FILE"))
    if path is None:
        # Its words say where the key is; pages are served even if none can be made, and say what is missing.
        with contextlib.suppress(Unready):
            prepare.manage("init_key")
    elif not path.exists():
        say(f"Không thấy tệp khóa niêm phong {path}: chưa ai tiếp nhận được, danh tính không mở được. Hãy đặt lại tệp.")


def _greet(port, folder, *, demo):
    certificate = front.root_certificate(folder)
    name = (os.environ.get("HOSTS") or "127.0.0.1").split(",")[0]
    proxied = os.environ.get("HTTPS") == "1" and front.proxies(os.environ)
    where = f"https://{name}:{port}/" if certificate else f"http://127.0.0.1:{port}/"
    if proxied:
        where = f"https://{name}/ (qua máy chủ đứng trước, chuyển tới {where})"
    say(f"Bến An đang chạy tại {where} (dừng: Ctrl-C)")
    if certificate:
        say(f"Máy và điện thoại dùng chương trình cần cài một lần chứng thư {certificate}")
    if demo:
        day = dt.date.fromisoformat(os.environ["BENAN_TODAY"])
        where = f"DATA_DIR={os.environ['DATA_DIR']}" + (f" PORT={port}" if port != 8000 else "")
        say(f"Đây là bản giả lập, ngày làm việc là {day:%d/%m/%Y}; không nhập người có thật vào đây.")
        say("Để đăng nhập, mở một cửa sổ dòng lệnh khác trong thư mục này và chạy:")
        say(f"  {where} ./manage.py sign_in_link lan")
    else:
        # Pages are served even if this fails; its own words are on the screen then.
        with contextlib.suppress(Unready):
            prepare.manage("first_link")


def _watch(web, cluster, folder):
    # The database may be killed while pages are served (memory, a stranger's hand): it comes back, and pages go on.
    next_clearing = time.monotonic()
    while web.poll() is None:
        if time.monotonic() >= next_clearing:
            next_clearing += CLEARING
            # Where the database is in use or away just now, the next hour will do.
            with contextlib.suppress(Unready, psycopg.Error):
                erased.clear_once(database.entry(folder, "owner"), folder)
        try:
            web.wait(LOOK)
        except subprocess.TimeoutExpired:
            if cluster:
                cluster.restart_if_dead()
    say("Máy chủ web đã dừng ngoài ý muốn; nguyên nhân ở các dòng trên. Hãy chạy lại make run.")
    return 1


def _stop_once(number, frame):
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "run"))
