"""The file of the vault's key: where it is, whether it is kept as it must be, and what it says."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from ops import Unready

NOTE = "key.path"  # file of the data folder that says where the key is, where KEY_FILE does not


def key_path(folder: Path, named: str | None) -> Path | None:
    """Path of the key of a data folder: the one named by KEY_FILE, else the one noted; None where there is neither."""
    if named:
        return Path(named)
    note = folder / NOTE
    return Path(note.read_text().strip()) if note.exists() else None


def default_path(folder: Path) -> Path:
    """Where the key of a data folder is put if nobody chose: in the account's own settings, never in the data folder."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "ben-an" / f"{str(folder).strip('/').replace('/', '-')}.key"


def fault(path: Path, folder: Path) -> str:
    """Why the key of a data folder may not lie there so, as a sentence; empty where it may.

    Whoever carries the data folder away must not carry the key, and nobody else on the machine may read it.
    """
    seen = path.stat()
    if path.resolve().is_relative_to(folder.resolve()):
        return f"Tệp khóa {path} nằm trong thư mục dữ liệu {folder}. Hãy chuyển khóa ra nơi khác rồi đặt lại KEY_FILE."
    if seen.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return f"Tệp khóa {path} cho phép tài khoản khác trên máy đọc hoặc ghi. Hãy chạy: chmod 600 {path}"
    if seen.st_uid not in (0, os.geteuid()):
        return f"Tệp khóa {path} là của tài khoản khác. Hãy chạy: chown {os.geteuid()} {path}"
    return ""


def read(folder: Path, environment: Mapping[str, str]) -> str | None:
    """What the key's file says; None where there is none. Raises Unready where it is kept badly or cannot be read."""
    path = key_path(folder, environment.get("KEY_FILE"))
    try:
        if not path or not path.exists():
            return None
        if sentence := fault(path, folder):
            raise Unready(sentence)
        return path.read_text()
    except OSError as error:
        raise Unready(f"Không đọc được tệp khóa {path}: {error.strerror}.") from None
