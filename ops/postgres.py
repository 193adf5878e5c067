"""A PostgreSQL server of our own in the data folder, for an installation that brings none. Needs nothing but Python."""

import contextlib
import datetime as dt
import fcntl
import hashlib
import itertools
import json
import os
import re
import secrets
import shlex
import shutil
import time
from pathlib import Path

from ops import Unready, files, programs, rights, unprivileged

DATABASE = "benan"
LOG_DAYS = 90  # days that lines of the server's log are kept
PATIENCE = 30  # seconds that what a killed server left behind has to disappear
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes

# Neither statements nor what was in them reach the server's log: they carry names.
PROMISES = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    # What was erased is gone from the log of changes once a part of it is no longer needed (ops/erased.py).
    "wal_recycle": "off",
}
# The superuser has neither a password nor a line here: nobody signs in as it.
DOORS = "local all owner,web scram-sha-256\n"
BIRTH = """
CREATE ROLE owner LOGIN CREATEDB PASSWORD '{owner}';
CREATE ROLE web LOGIN PASSWORD '{web}';
CREATE DATABASE {database} OWNER owner;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO owner;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
"""


class Cluster:
    """The server of one data folder, wherever its files had to be put."""

    def __init__(self, data_dir):
        self.data_dir = Path(data_dir).resolve()
        self.card = self.data_dir / "database.json"

    @property
    def exists(self):
        """Whether it has been set up: its card is written and its files are in place."""
        return self.card.exists() and self.files.exists()

    @property
    def passwords(self):
        """Passwords by role: `owner` changes tables, `web` works in them."""
        return json.loads(self.card.read_text())

    @property
    def files(self):
        """PostgreSQL's own data folder: in ours, or where a link in ours leads."""
        return (self.data_dir / "postgres").resolve()

    @property
    def log(self):
        """What the server says of itself."""
        return self.files / "server.log"

    @property
    def socket(self):
        """Folder of the socket; under /tmp where its path would be too long, or hold a sign that libpq misreads."""
        near = self.files.with_name("socket")
        if len(f"{near}/{SOCKET}") <= SOCKET_PATH_LIMIT and re.fullmatch(r"[\w/.-]+", str(near), re.ASCII):
            return near
        return Path("/tmp", "benan-" + hashlib.sha256(os.fsencode(near)).hexdigest()[:16])  # noqa: S108

    @property
    def postmaster(self):
        """Pid of the running server, or None."""
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.files / "postmaster.pid").read_text().split("\n")[0])
            if _lives_in(pid, self.files):
                return pid
        return None

    @property
    def inhabitants(self):
        """Pids of the PostgreSQL processes that live in the files; a zombie lives nowhere."""
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and _lives_in(name, self.files)]

    @contextlib.contextmanager
    def in_use(self, *, create=False):
        """Have the server run for the length of the block; the last to leave stops it.

        Commands at the same time share one server. What a killed command left running, the next one stops.
        """
        files.private_folder(self.data_dir)
        with open(self.data_dir / "postgres.users", "a", opener=files.private) as users:
            try:
                with self._alone():
                    fcntl.flock(users, fcntl.LOCK_SH)
                    if not self.exists:
                        self._create(wanted=create)
                    self._start()
                yield self
            finally:
                with self._alone(), contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()

    def revive(self):
        """Start the server again if it died while in use."""
        if self.postmaster is None:
            with self._alone():
                self._start()

    @contextlib.contextmanager
    def _alone(self):
        with open(self.data_dir / "postgres.lock", "a", opener=files.private) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self, *, wanted):
        draft = self.data_dir / "postgres.new"
        interrupted = draft.exists()
        if (self.data_dir / "postgres").is_symlink() or self.files.exists() or (self.card.exists() and not interrupted):
            raise Unready(
                f"Thư mục dữ liệu {self.data_dir} không còn đủ: cần cả tệp database.json và thư mục {self.files}. "
                "Hãy khôi phục phần thiếu từ bản sao lưu; chương trình không tự xóa hay tạo lại dữ liệu."
            )
        if not wanted:
            raise Unready(f"Chưa có cơ sở dữ liệu trong thư mục {self.data_dir}. Hãy chạy make run để lập.")
        # All is done in a draft that becomes the data folder by the last step: a half-made one is never used.
        self._make_room(draft)
        programs.initdb(draft.resolve())
        (draft / "pg_hba.conf").write_text(DOORS)
        passwords = {role: secrets.token_urlsafe(24) for role in ("owner", "web")}
        rights.as_superuser(draft.resolve(), "postgres", BIRTH.format(database=DATABASE, **passwords))
        files.write_private(self.card, json.dumps(passwords))
        draft.rename(self.data_dir / "postgres")
        files.sync_folder(self.data_dir)

    def _make_room(self, draft):
        if draft.is_symlink():
            draft.unlink()
        shutil.rmtree(draft, ignore_errors=True)
        account = programs.account()
        if account:
            # To pass through is all that the accounts of server and pages may do here; files beside their own stay closed.
            unprivileged.let_pages_pass(self.data_dir)
            if not programs.may_enter(self.data_dir):
                elsewhere = Path("/var/lib", f"benan-{secrets.token_hex(4)}")
                files.folder_for(account, elsewhere)
                draft.symlink_to(elsewhere / "postgres")
        files.folder_for(account, draft.resolve())

    def _start(self):
        if self.postmaster is None:
            self._wait_for_the_dead()
            rights.restrict(self, DATABASE)
            account = programs.account()
            files.folder_for(account, self.socket, group=unprivileged.PAGES if account else None)
            # Nobody lives here, so notes of a killed server are stale, even if its pid is a zombie's or a stranger's.
            (self.files / "postmaster.pid").unlink(missing_ok=True)
            (self.socket / f"{SOCKET}.lock").unlink(missing_ok=True)
            settings = {**PROMISES, "unix_socket_directories": self.socket}
            if account:  # the pages are of another account than the server
                settings |= {"unix_socket_group": unprivileged.PAGES, "unix_socket_permissions": "0770"}
            _forget_lines(self.log, before=dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=LOG_DAYS))
            options = " ".join(f"-c {name}={shlex.quote(str(value))}" for name, value in settings.items())
            started = self._ctl("start", "-t", "600", "-l", self.log, "-o", options)
            if started.returncode:
                told = self.log.read_text(errors="replace") if self.log.exists() else started.stderr
                raise Unready(f"Cơ sở dữ liệu không khởi động được; {self.log} ghi: {programs.tail(told)}")

    def _wait_for_the_dead(self):
        # After kill -9 the server's other processes take a moment to go; no second server may start beside them.
        if left := self._left_after(PATIENCE):
            raise Unready(
                f"Lần chạy trước của cơ sở dữ liệu chưa kết thúc: còn các tiến trình {', '.join(map(str, left))}. "
                "Hãy đợi chúng kết thúc, hoặc dừng chúng bằng lệnh kill, rồi chạy lại."
            )

    def _left_after(self, seconds):
        end = time.monotonic() + seconds
        while (left := self.inhabitants) and time.monotonic() < end:
            time.sleep(0.05)
        return left

    def _stop(self):
        if self.postmaster:
            if self._ctl("stop", "-m", "fast", "-t", "60").returncode:
                self._ctl("stop", "-m", "immediate", "-t", "60")
            self._left_after(PATIENCE)
            with contextlib.suppress(OSError):
                self.socket.rmdir()

    def _ctl(self, action, *arguments):
        version = (self.files / "PG_VERSION").read_text().strip()
        return programs.call(programs.folder(version) / "pg_ctl", action, "-w", "-D", self.files, *arguments)


def _forget_lines(log, *, before):
    """Drop the lines of a log up to the first of that day or later; each begins with its day, or goes on with another."""
    if not log.exists():
        return
    with log.open("r+", encoding="utf-8", errors="surrogateescape") as file:
        lines = file.readlines()
        kept = list(itertools.dropwhile(lambda line: not (line[:4].isdigit() and line >= before.isoformat()), lines))
        if len(kept) < len(lines):
            file.seek(0)
            file.writelines(kept)
            file.truncate()


def _lives_in(pid, folder):
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(folder) and Path(f"/proc/{pid}/comm").read_text() == "postgres\n"
    except OSError:
        return False
