"""The embedded PostgreSQL server, for an installation that brings none (decisions 0002, 0021)."""

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
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from ops import Unready, files, programs, rights, unprivileged

DATABASE = "benan"
LOG_DAYS = 90  # days that lines of the server's log are kept
EXIT_TIMEOUT = 30  # seconds that processes of a killed server have to end
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Neither statements nor what was in them reach the server's log: they carry names.
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
# pg_hba.conf. The superuser has neither a password nor a line here: nobody signs in as it.
WHO_SIGNS_IN = "local all owner,web scram-sha-256\n"
FIRST_STATEMENTS = """
CREATE ROLE owner LOGIN CREATEDB PASSWORD '{owner}';
CREATE ROLE web LOGIN PASSWORD '{web}';
CREATE DATABASE {database} OWNER owner;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO owner;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
"""


class Cluster:
    """The server of one data folder."""

    def __init__(self, data_dir: Path):
        self.data_dir = data_dir.resolve()
        self.passwords_file = self.data_dir / "database.json"

    @property
    def exists(self) -> bool:
        """Whether it has been set up."""
        return self.passwords_file.exists() and self.files.exists()

    @property
    def passwords(self) -> dict[str, str]:
        """Passwords by role: `owner` changes tables, `web` works in them."""
        read: dict[str, str] = json.loads(self.passwords_file.read_text())
        return read

    @property
    def files(self) -> Path:
        """PostgreSQL's own data folder: in ours, or where a link in ours leads."""
        return (self.data_dir / "postgres").resolve()

    @property
    def log(self) -> Path:
        """File of the server's messages."""
        return self.files / "server.log"

    @property
    def socket(self) -> Path:
        """Folder of the socket; under /tmp where its path would be too long, or hold a character that libpq misreads."""
        near = self.files.with_name("socket")
        if len(f"{near}/{SOCKET}") <= SOCKET_PATH_LIMIT and re.fullmatch(r"[\w/.-]+", str(near), re.ASCII):
            return near
        return Path("/tmp", "benan-" + hashlib.sha256(os.fsencode(near)).hexdigest()[:16])  # noqa: S108

    @property
    def postmaster(self) -> int | None:
        """Pid of the running server."""
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.files / "postmaster.pid").read_text().split("\n")[0])
            if _is_of_server(pid, self.files):
                return pid
        return None

    @property
    def processes(self) -> list[int]:
        """Pids of all processes of the server, also of one whose postmaster was killed; zombies are left out."""
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and _is_of_server(int(name), self.files)]

    @contextlib.contextmanager
    def running(self, *, create: bool = False) -> Iterator["Cluster"]:
        """Have the server run for the length of the block; with `create` it is set up where it was not.

        Processes at the same time share one server; the last to leave the block stops it. A shared lock counts them,
        so a killed one counts no more.
        """
        files.private_folder(self.data_dir)
        with open(self.data_dir / "postgres.users", "a", opener=files.private) as users:
            try:
                with self._locked():
                    fcntl.flock(users, fcntl.LOCK_SH)
                    if not self.exists:
                        self._create(wanted=create)
                    self._start()
                yield self
            finally:
                with self._locked(), contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()

    def restart_if_dead(self) -> None:
        """Start the server again if it was killed while in use."""
        if self.postmaster is None:
            with self._locked():
                self._start()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with open(self.data_dir / "postgres.lock", "a", opener=files.private) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self, *, wanted: bool) -> None:
        draft = self.data_dir / "postgres.new"
        interrupted = draft.exists()
        moved = (self.data_dir / "postgres").is_symlink()
        if moved or self.files.exists() or (self.passwords_file.exists() and not interrupted):
            raise Unready(
                f"Thư mục dữ liệu {self.data_dir} không còn đủ: cần cả tệp database.json và thư mục {self.files}. "
                "Hãy khôi phục phần thiếu từ bản sao lưu; chương trình không tự xóa hay tạo lại dữ liệu."
            )
        if not wanted:
            raise Unready(f"Chưa có cơ sở dữ liệu trong thư mục {self.data_dir}. Hãy chạy make run để lập.")
        # All is done in a draft that becomes the data folder by the last step: a half-made one is never used.
        self._make_folder(draft)
        programs.initdb(draft.resolve())
        (draft / "pg_hba.conf").write_text(WHO_SIGNS_IN)
        passwords = {role: secrets.token_urlsafe(24) for role in ("owner", "web")}
        rights.as_superuser(draft.resolve(), "postgres", FIRST_STATEMENTS.format(database=DATABASE, **passwords))
        files.write_private(self.passwords_file, json.dumps(passwords))
        draft.rename(self.data_dir / "postgres")
        files.sync_folder(self.data_dir)

    def _make_folder(self, draft: Path) -> None:
        """Make an empty folder of the server's account; a link to one elsewhere where it cannot reach this one."""
        if draft.is_symlink():
            draft.unlink()
        shutil.rmtree(draft, ignore_errors=True)
        account = programs.account()
        if account:
            # To pass through is all that the accounts of server and workers may do here; other files stay closed.
            unprivileged.let_workers_pass(self.data_dir)
            if not programs.may_enter(self.data_dir):
                elsewhere = Path("/var/lib", f"benan-{secrets.token_hex(4)}")
                files.folder_for(account, elsewhere)
                draft.symlink_to(elsewhere / "postgres")
        files.folder_for(account, draft.resolve())

    def _start(self) -> None:
        if self.postmaster is not None:
            return
        # After kill -9 the server's other processes take a moment to end; no second server may start beside them.
        if left := self._processes_after(EXIT_TIMEOUT):
            raise Unready(
                f"Lần chạy trước của cơ sở dữ liệu chưa kết thúc: còn các tiến trình {', '.join(map(str, left))}. "
                "Hãy đợi chúng kết thúc, hoặc dừng chúng bằng lệnh kill, rồi chạy lại."
            )
        rights.revoke_once(self.data_dir, self.files, DATABASE)
        account = programs.account()
        files.folder_for(account, self.socket, group=unprivileged.WORKERS if account else None)
        # No process of the server is left, so the pid in these files is a zombie's or another program's.
        (self.files / "postmaster.pid").unlink(missing_ok=True)
        (self.socket / f"{SOCKET}.lock").unlink(missing_ok=True)
        settings = SETTINGS | {"unix_socket_directories": str(self.socket)}
        if account:  # the workers are of another account than the server
            settings |= {"unix_socket_group": str(unprivileged.WORKERS), "unix_socket_permissions": "0770"}
        _drop_lines(self.log, before=dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=LOG_DAYS))
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        started = self._pg_ctl("start", "-t", "600", "-l", str(self.log), "-o", options)
        if started.returncode:
            messages = self.log.read_text(errors="replace") if self.log.exists() else started.stderr
            raise Unready(f"Cơ sở dữ liệu không khởi động được; {self.log} ghi: {programs.last_lines(messages)}")

    def _stop(self) -> None:
        if self.postmaster:
            if self._pg_ctl("stop", "-m", "fast", "-t", "60").returncode:
                self._pg_ctl("stop", "-m", "immediate", "-t", "60")
            self._processes_after(EXIT_TIMEOUT)
            with contextlib.suppress(OSError):
                self.socket.rmdir()

    def _processes_after(self, seconds: float) -> list[int]:
        """Processes of the server that are left when none is, or after that time."""
        end = time.monotonic() + seconds
        while (left := self.processes) and time.monotonic() < end:
            time.sleep(0.05)
        return left

    def _pg_ctl(self, action: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        version = (self.files / "PG_VERSION").read_text().strip()
        return programs.call(programs.folder(version) / "pg_ctl", action, "-w", "-D", self.files, *arguments)


def _drop_lines(log: Path, *, before: dt.date) -> None:
    """Drop the lines of a log up to the first of that day or later; a line without a day goes on with the one before."""
    if not log.exists():
        return
    with log.open("r+", encoding="utf-8", errors="surrogateescape") as file:
        lines = file.readlines()
        kept = list(itertools.dropwhile(lambda line: not (line[:4].isdigit() and line >= before.isoformat()), lines))
        if len(kept) < len(lines):
            file.seek(0)
            file.writelines(kept)
            file.truncate()


def _is_of_server(pid: int, folder: Path) -> bool:
    """Whether a process is PostgreSQL's and works in these files."""
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(folder) and Path(f"/proc/{pid}/comm").read_text() == "postgres\n"
    except OSError:
        return False
