"""Accounts without rights for the front and the web workers, where the program is started as root (decision 0017)."""

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ops import Unready

# Numbers of user and group that neither distributions nor systemd give to anybody. The database server has an account of
# its own, and neither of these may read its files. WORKERS is also the group that may pass through the data folder.
WORKERS, FRONT = 65525, 65526
NEW_MOUNTS, RECURSIVE_PRIVATE, BIND = 0x00020000, 0x4000 | 1 << 18, 0x1000  # CLONE_NEWNS, MS_REC | MS_PRIVATE, MS_BIND
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
CAPABILITIES_3 = 0x20080522  # _LINUX_CAPABILITY_VERSION_3

_libc = ctypes.CDLL(None, use_errno=True)


def is_root() -> bool:
    return os.geteuid() == 0


def end_with_parent() -> None:
    """Have the kernel send SIGTERM to this process when its parent has ended, also by SIGKILL.

    The kernel forgets this whenever the account changes.
    """
    parent = os.getppid()
    _libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def give_to(account: int, path: Path, *, group: int | None = None) -> None:
    """Make the account (-1: as before) the owner of the path, where this process is root.

    Raises Unready where this machine knows no such number.
    """
    if is_root():
        try:
            os.chown(path, account, account if group is None else group)
        except OSError as error:
            raise Unready(
                f"Không giao được {path} cho tài khoản số {account}: {error.strerror}. "
                "Hãy chạy chương trình bằng một tài khoản thường, không phải root."
            ) from None


def let_workers_pass(folder: Path) -> None:
    """Let the workers' account pass through a folder of ours without listing it, where this process is root."""
    if is_root():
        give_to(-1, folder, group=WORKERS)
        folder.chmod(0o710)


def mount_readable(given: Iterable[str | Path]) -> None:
    """Let the workers' account reach these paths though folders around them are closed to it.

    Mounts for this process and its children alone: an empty folder in the place of each closed one, which holds nothing
    but these paths. Where the machine forbids such mounts, all stays as it is.
    """
    paths = sorted({Path(path).resolve() for path in given})
    if all(_first_closed(path) is None for path in paths):
        return
    try:
        _call(_libc.unshare, NEW_MOUNTS)
        _call(_libc.mount, None, b"/", None, RECURSIVE_PRIVATE, None)
    except OSError:
        return
    held = {path: os.open(path, os.O_PATH) for path in paths}
    for path in paths:
        closed = _first_closed(path)
        if closed is None:
            continue
        # Where the path itself is closed, what lies in it is mounted one by one.
        inside = {each: os.open(each, os.O_PATH) for each in path.iterdir()} if closed == path else {path: held[path]}
        if closed.exists():
            _call(_libc.mount, b"tmpfs", os.fsencode(closed), b"tmpfs", 0, b"mode=0755,size=1m")
        for each, descriptor in inside.items():
            _bind(descriptor, each)


def drop_root(paths: Iterable[str | Path], *, written: Iterable[str | Path] = ()) -> None:
    """Go on as the workers' account for good, where this process is root; that account must be able to read these paths.

    Where it is not, this process stays root in name but gives up every capability, and a line says why. It then goes on
    in the group that may reach the database, and the files that are `written` become root's.
    """
    if not is_root():
        return
    unread = [str(path) for path in paths if _first_closed(Path(path).resolve())]
    if unread:
        print(
            f"Tài khoản riêng của các trang không đọc được {', '.join(unread)}; các trang chạy bằng root đã bỏ hết "
            "đặc quyền. Hãy đặt chương trình ở nơi mọi tài khoản đọc được, hoặc chạy bằng một tài khoản thường.",
            file=sys.stderr,
            flush=True,
        )
        for path in written:
            os.chown(path, 0, 0)
        os.setgroups([WORKERS])
        _call(_libc.capset, (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)())
        return
    os.setgroups([])
    os.setresgid(WORKERS, WORKERS, WORKERS)
    os.setresuid(WORKERS, WORKERS, WORKERS)


def _first_closed(path: Path) -> Path | None:
    """The first folder on the way to the path, or the path itself, that the workers' account cannot enter or read."""
    with _as_workers():
        for each in (*reversed(path.parents), path):
            if not os.access(each, os.X_OK if os.path.isdir(each) else os.R_OK, effective_ids=True):
                return each
    return None


@contextlib.contextmanager
def _as_workers() -> Iterator[None]:
    """Go on with the rights of the workers' account until the end of the block, where this process is root."""
    if not is_root():
        yield
        return
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(WORKERS)
    os.seteuid(WORKERS)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def _bind(descriptor: int, path: Path) -> None:
    source = Path(f"/proc/self/fd/{descriptor}")
    if source.is_dir():
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    _call(_libc.mount, os.fsencode(source), os.fsencode(path), None, BIND, None)


def _call(function: Callable[..., int], *arguments: Any) -> None:
    if function(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
