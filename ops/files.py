"""Files and folders that nobody else may read, written whole or not at all."""

import os
import pwd
import secrets
import stat
from pathlib import Path

from ops import Unready


def private_folder(folder: Path) -> None:
    """Make a folder that this account alone may use, unless it is there; raises Unready for one of another account."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        seen = folder.stat()
    except OSError as error:
        raise Unready(
            f"Không lập được thư mục dữ liệu {folder}: {error.strerror}. Hãy chọn nơi khác bằng DATA_DIR."
        ) from None
    if seen.st_uid != os.geteuid():
        owner = next((entry.pw_name for entry in pwd.getpwall() if entry.pw_uid == seen.st_uid), seen.st_uid)
        raise Unready(f"Thư mục dữ liệu {folder} là của tài khoản {owner}. Hãy chạy lệnh này bằng tài khoản đó.")
    if seen.st_mode & 0o067:
        folder.chmod(0o700)


def folder_for(account: pwd.struct_passwd | None, folder: Path, *, group: int | None = None) -> None:
    """Make a folder that the account alone (None: this one) may use, unless it is there.

    Raises Unready for one that anybody else made, who may where others write beside it (/tmp). A `group` of the machine
    may pass through the folder without listing it.
    """
    try:
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
    except FileExistsError:
        pass
    seen, owner = folder.lstat(), account.pw_uid if account else os.geteuid()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_mode & 0o067 or seen.st_uid != owner:
        raise Unready(f"Thư mục {folder} không do chương trình này lập. Hãy xóa hoặc đổi tên nó rồi chạy lại.")
    if group is not None:
        os.chown(folder, -1, group)
        folder.chmod(0o710)


def private(path: str, flags: int) -> int:
    """Opener (of `open`) of files that this account alone may read."""
    return os.open(path, flags, 0o600)


def write_private(path: Path, text: str) -> None:
    """Write a file that this account alone may read; it is on the disk, whole, when this returns."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with open(draft, "x", opener=private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk: a file made or renamed in it then survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
