"""What faces the network: Caddy, which bounds the time, size and number of what is sent before a page is asked for."""

import contextlib
import hashlib
import ipaddress
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from ops import Unready, files, unprivileged

CONFIGURATION = Path(__file__).with_name("Caddyfile")
LARGEST_BODY = "3MB"  # as DATA_UPLOAD_MAX_MEMORY_SIZE, and as the header that tells the length
FILES = 4096  # connections, and what else is open, at most
LOOK = 0.25  # seconds between two looks at whether it lives
NOBODY = "192.0.2.1/32"  # an address that is never used, where no proxy is named


def authority(folder, environment=os.environ):
    """The certificate that telephones of the office have to trust, once; None where HTTPS is not the front's own.

    It is so with HTTPS=1 where no proxy is named that would have the certificate.
    """
    own = environment.get("HTTPS") == "1" and not proxies(environment)
    return folder / "front/pki/authorities/local/root.crt" if own else None


def proxies(environment):
    """Addresses of this machine at which a web server of its own stands before the front, from PROXY.

    Raises Unready for an address of another machine: the front listens on this one alone, and what travels between the
    two is not encrypted; and where pages over HTTPS would know none of the names under which they are asked for.
    """
    named = environment.get("PROXY", "").replace(",", " ").split()
    for each in named:
        try:
            here = ipaddress.ip_address(each).is_loopback
        except ValueError:
            here = False
        if not here:
            raise Unready(
                f"PROXY={each}: máy chủ đứng trước phải ở chính máy này, vì chương trình chỉ nghe ở 127.0.0.1. "
                "Hãy đặt PROXY=127.0.0.1, hoặc bỏ PROXY để chương trình tự cấp chứng thư."
            )
    if named and environment.get("HTTPS") == "1" and not _names(environment):
        raise Unready("Có PROXY và HTTPS=1 thì cần HOSTS: tên mà người dùng gõ, ví dụ HOSTS=ben-an.dongnai.gov.vn.")
    return named


@contextlib.contextmanager
def facing(*, port, socket, folder, environment):
    """Have requests taken on the port and passed to the socket for the length of the block; started again if killed."""
    proxies(environment)
    store = folder / "front"
    store.mkdir(mode=0o700, exist_ok=True)
    unprivileged.give_to(unprivileged.FRONT, store)
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(over, port, socket, store, environment), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


@contextlib.contextmanager
def socket_folder(folder, port):
    """Have a folder, for the length of the block, in which only the front reaches the pages' socket.

    Its name is the same for the same data folder and port, so that a killed program leaves no more than one. It lies
    where paths are short, as a socket's has to be.
    """
    root = unprivileged.is_root() and os.access("/run", os.W_OK)
    name = hashlib.sha256(os.fsencode(f"{folder}:{port}")).hexdigest()[:16]
    place = Path("/run" if root else "/tmp", f"benan-{name}")  # noqa: S108
    shutil.rmtree(place, ignore_errors=True)
    files.folder_for(None, place)
    unprivileged.give_to(unprivileged.FRONT, place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _keep(over, port, socket, store, environment):
    # One thread starts it each time and outlives it: the kernel ends it with the thread that started it.
    while not over.is_set():
        process = _start(port, socket, store, environment)
        try:
            while process.poll() is None and not over.wait(LOOK):
                pass
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(port, socket, store, environment):
    binary, held = os.open(_program(), os.O_PATH), os.open(store, os.O_PATH)
    # The binary and its folder are passed as they are open: folders around them may be closed to its account.
    settings = {**_sites(port, environment), "UPSTREAM": str(socket), "STORAGE": f"/proc/self/fd/{held}"}
    command = ["prlimit", f"--nofile={FILES}:{FILES}", "setpriv", "--pdeathsig", "TERM", "--no-new-privs"]
    if unprivileged.is_root():
        command += [f"--reuid={unprivileged.FRONT}", f"--regid={unprivileged.FRONT}", "--clear-groups"]
        command += ["--bounding-set=-all", "--inh-caps=-all"]
    command += [f"/proc/self/fd/{binary}", "run", "--adapter", "caddyfile", "--config", "-"]
    try:
        with open(CONFIGURATION) as configuration:
            return subprocess.Popen(
                command,
                cwd="/",
                stdin=configuration,
                env={"PATH": os.defpath, "HOME": "/", "LARGEST_BODY": LARGEST_BODY, "GOMEMLIMIT": "256MiB", **settings},
                pass_fds=(binary, held),
                start_new_session=True,
            )
    finally:
        os.close(binary)
        os.close(held)


def _sites(port, environment):
    names, before = _names(environment), proxies(environment)
    plain = {
        "SITES": f"http://:{port}",
        "LISTEN": "127.0.0.1",
        "TLS": "",
        "AUTO_HTTPS": "off",
        "PROTOCOLS": "h1",
        "DEFAULT_SNI": "localhost",
        "PROXIES": " ".join(before) or NOBODY,
    }
    if environment.get("HTTPS") != "1" or before:
        return plain
    names = names or ["127.0.0.1", "localhost"]
    # Without HTTPS nobody but this machine is answered; with it, whoever knows one of the names.
    listen = "127.0.0.1" if set(names) <= {"127.0.0.1", "localhost", "[::1]"} else "0.0.0.0"  # noqa: S104
    sites = ", ".join(f"https://{name}:{port}" for name in names)
    return plain | {
        "SITES": sites,
        "LISTEN": listen,
        "TLS": "tls internal",
        "AUTO_HTTPS": "disable_redirects",
        "PROTOCOLS": "h1 h2",
        "DEFAULT_SNI": names[0].strip("[]"),
    }


def _names(environment):
    return [name.strip() for name in environment.get("HOSTS", "").split(",") if name.strip()]


def _program():
    # The locked version alone: an older one passes on headers that Python would read as others.
    own = Path(sys.executable).with_name("caddy")
    if not own.exists():
        raise Unready("Thiếu chương trình caddy. Hãy chạy make setup.")
    return own
