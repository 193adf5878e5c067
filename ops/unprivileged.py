"""Accounts without rights for what answers the network, where the program is started as root."""

import ctypes
import os
import signal
import sys
from pathlib import Path

from ops import Unready

# Numbers that neither distributions nor systemd give to anybody. The database server has an account of its own, and
# neither of these may read its files. PAGES is also the group that may pass through the data folder.
PAGES, FRONT = 65525, 65526
NEW_MOUNTS, RECURSIVE_PRIVATE, BIND = 0x00020000, 0x4000 | 1 << 18, 0x1000  # CLONE_NEWNS, MS_REC | MS_PRIVATE, MS_BIND
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
CAPABILITIES_3 = 0x20080522  # _LINUX_CAPABILITY_VERSION_3

_libc = ctypes.CDLL(None, use_errno=True)


def is_root():
    """Whether this process is root, so that others of ours must run without it."""
    return os.geteuid() == 0


def end_with_parent():
    """Have this process told to end when the one that started it has ended, however that came.

    Forgotten by the kernel whenever the account changes.
    """
    parent = os.getppid()
    _libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def give(path, account, group=None):
    """Make the path the account's where we are root; raises Unready where this machine knows no such number."""
    if is_root():
        try:
            os.chown(path, account, account if group is None else group)
        except OSError as error:
            raise Unready(
                f"Không giao được {path} cho tài khoản số {account}: {error.strerror}. "
                "Hãy chạy chương trình bằng một tài khoản thường, không phải root."
            ) from None


def let_pages_pass(folder):
    """Let the pages' account pass through a folder of ours without listing it, where we are root."""
    if is_root():
        give(folder, -1, PAGES)
        folder.chmod(0o710)


def reaches(path):
    """Whether the pages' account may read the file, or pass through the folder."""
    return _as(PAGES, lambda: os.access(path, os.X_OK if os.path.isdir(path) else os.R_OK, effective_ids=True))


def show(paths):
    """Let the pages' account reach these paths though folders around them are closed to it.

    Only this process and its children see them so: in a view of the machine's folders of their own, an empty folder
    stands in the place of each closed one, and holds nothing but these paths. Whoever may not make such a view keeps
    the folders as they are.
    """
    paths = sorted({Path(path).resolve() for path in paths})
    if all(_open_way(path) is None for path in paths):
        return
    try:
        _call(_libc.unshare, NEW_MOUNTS)
        _call(_libc.mount, None, b"/", None, RECURSIVE_PRIVATE, None)
    except OSError:
        return
    held = {path: os.open(path, os.O_PATH) for path in paths}
    for path in paths:
        closed = _open_way(path)
        if closed is None:
            continue
        # Where the path itself is closed, what lies in it is shown one by one.
        inside = {each: os.open(each, os.O_PATH) for each in path.iterdir()} if closed == path else {path: held[path]}
        if closed.exists():
            _call(_libc.mount, b"tmpfs", os.fsencode(closed), b"tmpfs", 0, b"mode=0755,size=1m")
        for each, descriptor in inside.items():
            _bind(descriptor, each)


def drop(paths, written=()):
    """Go on as the pages' account for good, where we are root; it must be able to read these paths.

    Where it is not, this process stays root in name but gives up every capability, and a line says why. It then goes on
    as one of the group that may reach the database, and the files that are `written` become root's.
    """
    if not is_root():
        return
    unread = [str(path) for path in paths if _open_way(Path(path).resolve())]
    if unread:
        print(
            f"Tài khoản riêng của các trang không đọc được {', '.join(unread)}; các trang chạy bằng root đã bỏ hết "
            "đặc quyền. Hãy đặt chương trình ở nơi mọi tài khoản đọc được, hoặc chạy bằng một tài khoản thường.",
            file=sys.stderr,
            flush=True,
        )
        for path in written:
            os.chown(path, 0, 0)
        os.setgroups([PAGES])
        _call(_libc.capset, (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)())
        return
    os.setgroups([])
    os.setresgid(PAGES, PAGES, PAGES)
    os.setresuid(PAGES, PAGES, PAGES)


def _open_way(path):
    """The first on the way to the path, itself included, that the pages' account cannot enter or read, or None."""
    return next((each for each in (*reversed(path.parents), path) if not reaches(each)), None)


def _as(account, question):
    if not is_root():
        return question()
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(account)
    os.seteuid(account)
    try:
        return question()
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def _bind(descriptor, path):
    source = Path(f"/proc/self/fd/{descriptor}")
    if source.is_dir():
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    _call(_libc.mount, os.fsencode(source), os.fsencode(path), None, BIND, None)


def _call(function, *arguments):
    if function(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
