"""What faces the network: Caddy, which bounds time, size and number of what is sent before pages are asked (decision 0017)."""

import contextlib
import hashlib
import ipaddress
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from ops import Unready, files, unprivileged

CONFIGURATION = Path(__file__).with_name("Caddyfile")
LARGEST_BODY = "3MB"  # as DATA_UPLOAD_MAX_MEMORY_SIZE, and as the header that tells the length
LARGEST_FILES = (
    "22MB"  # LARGEST_FILES of the settings with the rest of its form, and as the header that tells the length
)
# In which the files of a form have to come, and in which it has to be answered, both from its beginning.
FILES_TIMEOUT, FILES_WRITE_TIMEOUT = "120s", "180s"
OPEN_FILES = 4096  # at most, connections included
POLL_SECONDS = 0.25  # between two looks at whether it runs
UNUSED_ADDRESS = "192.0.2.1/32"  # reserved for examples; stands for "no proxy"
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


def root_certificate(folder: Path, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The certificate that devices of the office have to trust, once, where the front makes certificates itself.

    It does with HTTPS=1 where no proxy is named, which would have the certificate.
    """
    return folder / "front/pki/authorities/local/root.crt" if _makes_certificates(environment) else None


def proxies(environment: Mapping[str, str]) -> list[str]:
    """Addresses of this machine at which another web server passes requests on to the front, from PROXY.

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


def site_url(environment: Mapping[str, str]) -> str:
    """The address that people type, "https://ben-an.noibo:8443": the first of HOSTS; the port unless a proxy is in front."""
    name, port = (_names(environment) or LOCAL_NAMES)[0], environment.get("PORT") or "8000"
    if environment.get("HTTPS") != "1":
        return f"http://{name}:{port}"
    return f"https://{name}" if environment.get("PROXY") else f"https://{name}:{port}"


@contextlib.contextmanager
def running(*, port: int, socket: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Have requests to the port passed to the socket for the length of the block; Caddy is started again if killed.

    `folder` is the data folder, where it keeps its certificates.
    """
    store = folder / "front"
    store.mkdir(mode=0o700, exist_ok=True)
    unprivileged.give_to(unprivileged.FRONT, store)
    over = threading.Event()
    values = _values(port, environment) | {"UPSTREAM": str(socket)}
    keeper = threading.Thread(target=_keep_running, args=(over, _program(), store, values), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


@contextlib.contextmanager
def socket_folder(folder: Path, port: int) -> Iterator[Path]:
    """Have a folder, for the length of the block, in which only the front reaches the workers' socket.

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


def _keep_running(over: threading.Event, program: Path, store: Path, values: dict[str, str]) -> None:
    # One thread starts it each time and outlives it: the kernel ends it with the thread that started it.
    while not over.is_set():
        process = _start(program, store, values)
        try:
            while process.poll() is None and not over.wait(POLL_SECONDS):
                pass
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(program: Path, store: Path, values: dict[str, str]) -> subprocess.Popen[bytes]:
    # The binary and its folder are passed as open descriptors: folders around them may be closed to its account.
    binary, held = os.open(program, os.O_PATH), os.open(store, os.O_PATH)
    command = ["prlimit", f"--nofile={OPEN_FILES}:{OPEN_FILES}", "setpriv", "--pdeathsig", "TERM", "--no-new-privs"]
    if unprivileged.is_root():
        command += [f"--reuid={unprivileged.FRONT}", f"--regid={unprivileged.FRONT}", "--clear-groups"]
        command += ["--bounding-set=-all", "--inh-caps=-all"]
    command += [f"/proc/self/fd/{binary}", "run", "--adapter", "caddyfile", "--config", "-"]
    environment = {
        "PATH": os.defpath,
        "HOME": "/",
        "GOMEMLIMIT": "256MiB",
        "STORAGE": f"/proc/self/fd/{held}",
        **values,
    }
    try:
        with open(CONFIGURATION) as configuration:
            return subprocess.Popen(
                command,
                cwd="/",
                stdin=configuration,
                env=environment,
                pass_fds=(binary, held),
                start_new_session=True,
            )
    finally:
        os.close(binary)
        os.close(held)


def _values(port: int, environment: Mapping[str, str]) -> dict[str, str]:
    """What the Caddyfile's words in braces stand for."""
    names = _names(environment) or ["127.0.0.1", "localhost"]
    common = {
        "LARGEST_BODY": LARGEST_BODY,
        "LARGEST_FILES": LARGEST_FILES,
        "FILES_TIMEOUT": FILES_TIMEOUT,
        "FILES_WRITE_TIMEOUT": FILES_WRITE_TIMEOUT,
        "PROXIES": " ".join(proxies(environment)) or UNUSED_ADDRESS,
    }
    if not _makes_certificates(environment):
        return common | {
            "SITES": f"http://:{port}",
            "LISTEN": "127.0.0.1",
            "TLS": "",
            "AUTO_HTTPS": "off",
            "PROTOCOLS": "h1",
            "DEFAULT_SNI": "localhost",
        }
    return common | {
        "SITES": ", ".join(f"https://{name}:{port}" for name in names),
        # Without HTTPS nobody but this machine is answered; with it, whoever knows one of the names.
        "LISTEN": "127.0.0.1" if set(names) <= set(LOCAL_NAMES) else "0.0.0.0",  # noqa: S104
        "TLS": "tls internal",
        "AUTO_HTTPS": "disable_redirects",
        "PROTOCOLS": "h1 h2",
        "DEFAULT_SNI": names[0].strip("[]"),
    }


def _makes_certificates(environment: Mapping[str, str]) -> bool:
    return environment.get("HTTPS") == "1" and not proxies(environment)


def _names(environment: Mapping[str, str]) -> list[str]:
    return [name.strip() for name in environment.get("HOSTS", "").split(",") if name.strip()]


def _program() -> Path:
    # The locked version alone: an older one passes on headers that Python would read as others.
    own = Path(sys.executable).with_name("caddy")
    if not own.exists():
        raise Unready("Thiếu chương trình caddy. Hãy chạy make setup.")
    return own
