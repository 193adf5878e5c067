"""The front: it alone reaches the pages, comes back when killed, and says itself who asks."""

import base64
import contextlib
import hashlib
import http.client
import os
import signal
import socket
import ssl
import threading
import time
import warnings
from pathlib import Path

import pytest
from django.urls import reverse

from ops import Unready, front, serve
from tests import databases
from tests.ops.visitors import ask

STARTS_WITHIN = 30  # seconds


@pytest.fixture(scope="module")
def running(cluster):
    """A real server, for tests that leave it as it was."""
    with databases.copy() as copy, databases.web_server(copy) as server:
        yield server


@pytest.mark.crash
def test_the_pages_behind_are_reached_by_the_front_alone(running):
    worker = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()[0]
    listening = {
        line.split()[-1] for line in Path(f"/proc/{worker}/net/unix").read_text().splitlines() if "/pages" in line
    }
    folders = [Path(path).parent for path in listening]
    assert folders and all(folder.stat().st_mode & 0o077 == 0 for folder in folders)


@pytest.mark.crash
def test_the_front_is_started_again_when_it_is_killed(running):
    os.kill(front_of(running.port), signal.SIGKILL)
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            assert ask(running.port, "GET", reverse("account_login")).status == 200
            return
    raise AssertionError("the front did not come back")


@pytest.mark.crash
def test_while_no_worker_answers_the_page_says_so_in_vietnamese(live_server_process):
    running = live_server_process()
    os.kill(running.process.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(running.process.pid, signal.SIGKILL)
    answer = ask(running.port, "GET", "/")
    assert (answer.status, "Trang chưa mở được" in answer.text) == (502, True)
    assert answer.getheader("Cache-Control") == "no-store"


@pytest.mark.crash
@pytest.mark.parametrize(
    ("headers", "status", "says"),
    [
        ({"Content_Type": "multipart/form-data"}, 415, "Trang này không nhận tệp"),
        (
            {"Content_Type": "application/x-www-form-urlencoded", "Content_Length": "4000000"},
            413,
            "Biểu mẫu dài quá mức",
        ),
    ],
)
def test_what_the_front_refuses_is_told_on_a_page_in_vietnamese(running, headers, status, says):
    answer = ask(running.port, "POST", "/", "x", **headers)
    page = answer.text
    assert answer.status == status and f"<h1>{says}</h1>" in page and 'lang="vi"' in page and 'href="/"' in page
    style = base64.b64encode(hashlib.sha256(page.split("<style>")[1].split("</style>")[0].encode()).digest()).decode()
    assert f"style-src 'sha256-{style}'" in answer.getheader("Content-Security-Policy")


def front_of(port):
    """Pid of the process that listens on the port."""
    inode = next(
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    )
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if os.readlink(link) == f"socket:[{inode}]":
                return int(link.parts[2])
    raise AssertionError(f"nobody listens on {port}")


@contextlib.contextmanager
def echo(folder):
    """A program behind the front that answers with the headers it was sent, as one text."""
    path = folder / "pages"

    def serve_one(listening):
        while True:
            try:
                line = listening.accept()[0]
            except OSError:
                return
            with line:
                said = line.recv(65536)
                line.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % len(said) + said)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        path.chmod(0o666)
        listening.listen()
        thread = threading.Thread(target=serve_one, args=(listening,))
        thread.start()
        try:
            yield path
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.crash
@pytest.mark.parametrize(
    ("proxy", "whose"), [("", "127.0.0.1"), ("127.0.0.2", "127.0.0.1"), ("127.0.0.1", "203.0.113.7")]
)
def test_the_address_of_who_asks_is_believed_of_a_named_proxy_only(folder, proxy, whose):
    port = serve.free_port()
    with (
        front.socket_folder(folder, port) as place,
        echo(place) as path,
        front.running(port=port, socket=path, folder=folder, environment={"PROXY": proxy}),
    ):
        wait(port)
        said = ask(port, "GET", "/", X_Forwarded_For="203.0.113.7", X_Real_Ip="203.0.113.8").text
    assert [line.split(": ")[1].strip() for line in said.splitlines() if "orwarded-For" in line] == [whose]
    assert "203.0.113.8" not in said


@contextlib.contextmanager
def counting(folder):
    """A program behind the front that counts what it is sent of one request."""
    path, counted = folder / "pages", []

    def count():
        with listening.accept()[0] as line:
            line.settimeout(STARTS_WITHIN)
            whole = 0
            with contextlib.suppress(OSError):
                while said := line.recv(65536):
                    whole += len(said)
                    if said.endswith(b"0\r\n\r\n"):
                        break
            counted.append(whole)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        path.chmod(0o666)
        listening.listen()
        thread = threading.Thread(target=count)
        thread.start()
        yield path, counted, thread
        thread.join()


FILES, FORM = "multipart/form-data; boundary=----x", "application/x-www-form-urlencoded"


@pytest.mark.crash
@pytest.mark.parametrize(
    ("kinds", "most"),
    [((FILES,), 22_000_000), ((FORM,), 3_000_000), ((FORM, FILES), 22_000_000), (("multipart/form-data;", FORM), 3_000_000)],
)  # fmt: skip
def test_a_body_of_no_stated_length_ends_at_the_limit_of_its_kind(folder, kinds, most):
    port = serve.free_port()
    with (
        front.socket_folder(folder, port) as place,
        counting(place) as (path, counted, thread),
        front.running(port=port, socket=path, folder=folder, environment={}),
    ):
        wait(port)
        with socket.create_connection(("127.0.0.1", port), timeout=STARTS_WITHIN) as line:
            told = "".join(f"Content-Type: {kind}\r\n" for kind in kinds)
            head = f"POST /a/tep/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{told}Transfer-Encoding: chunked\r\n\r\n"
            with contextlib.suppress(OSError):
                line.sendall(head.encode())
                for _n in range(most // 100_000 + 5):
                    line.sendall(b"186a0\r\n" + b"a" * 100_000 + b"\r\n")
                line.sendall(b"0\r\n\r\n")
            thread.join(STARTS_WITHIN)
    assert 0.9 * most < counted[0] < 1.01 * most


@pytest.mark.crash
def test_a_header_that_python_would_read_as_another_is_left_out(folder):
    port = serve.free_port()
    with (
        front.socket_folder(folder, port) as place,
        echo(place) as path,
        front.running(port=port, socket=path, folder=folder, environment={}),
    ):
        wait(port)
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\nX_Forwarded_For: 203.0.113.7\r\n\r\n")
            said = b"".join(iter(lambda: line.recv(65536), b""))
    assert b"203.0.113.7" not in said


@pytest.mark.crash
def test_with_https_the_front_makes_a_certificate_that_whoever_trusts_its_authority_accepts(folder):
    port, environment = serve.free_port(), {"HTTPS": "1", "HOSTS": "127.0.0.1,localhost"}
    with (
        front.socket_folder(folder, port) as place,
        echo(place) as path,
        front.running(port=port, socket=path, folder=folder, environment=environment),
    ):
        said = asked_over_https(port, front.root_certificate(folder, environment))
    assert "X-Forwarded-Proto: https" in said


@pytest.fixture
def over_https(folder):
    """The port of a front that answers over https."""
    port, environment = serve.free_port(), {"HTTPS": "1", "HOSTS": "127.0.0.1,localhost"}
    with (
        front.socket_folder(folder, port) as place,
        echo(place) as path,
        front.running(port=port, socket=path, folder=folder, environment=environment),
    ):
        asked_over_https(port, front.root_certificate(folder, environment))
        yield port


def agreed(port, newest, ciphers="ALL:@SECLEVEL=0"):
    """(version, cipher) that the front and a client of this newest version agree on; None where they do not."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client.minimum_version, client.maximum_version = ssl.TLSVersion.TLSv1, newest
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=30) as line,
            client.wrap_socket(line, server_hostname="127.0.0.1") as said,
        ):
            return said.version(), said.cipher()[0]
    except OSError:  # told so, or cut off before it was told
        return None


@pytest.mark.crash
def test_over_https_the_newest_version_is_agreed_on_and_no_old_one(over_https):
    assert agreed(over_https, ssl.TLSVersion.TLSv1_3)[0] == "TLSv1.3"
    assert agreed(over_https, ssl.TLSVersion.TLSv1_2)[0] == "TLSv1.2"
    assert agreed(over_https, ssl.TLSVersion.TLSv1_1) is None


@pytest.mark.crash
def test_over_https_ciphers_are_authenticated_and_keep_what_was_said_secret_later(over_https):
    _version, cipher = agreed(over_https, ssl.TLSVersion.TLSv1_2)
    assert cipher.startswith("ECDHE-") and ("GCM" in cipher or "POLY1305" in cipher)
    for weak in ("AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES256-SHA", "DES-CBC3-SHA"):
        with contextlib.suppress(ssl.SSLError):  # a cipher that this client has no more
            assert agreed(over_https, ssl.TLSVersion.TLSv1_2, f"{weak}:@SECLEVEL=0") is None


@pytest.mark.crash
@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding : chunked",
    ],
)
def test_a_message_whose_end_is_in_doubt_is_refused(running, lengths):
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as line:
        form = "Content-Type: application/x-www-form-urlencoded"
        line.sendall(f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n{form}\r\n{lengths}\r\n\r\n0\r\n\r\nGET /ke HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())  # fmt: skip
        said = b"".join(iter(lambda: line.recv(65536), b""))
    assert said.count(b"HTTP/1.1 ") == 1 and said.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501"))


@pytest.mark.crash
def test_no_answer_names_the_programs_that_made_it(running):
    for path in ("/", reverse("account_login"), "/khong-co/"):
        assert not {"server", "via", "x-powered-by"} & {name.lower() for name in ask(running.port, "GET", path).headers}


def test_where_a_proxy_has_the_certificate_the_front_makes_none(folder):
    assert front.root_certificate(folder, {"HTTPS": "1", "PROXY": "127.0.0.1", "HOSTS": "ben-an.example"}) is None
    assert front.root_certificate(folder, {}) is None


@contextlib.contextmanager
def fronted(folder, **environment):
    """The port of a front in this environment, before a program that tells what it was sent."""
    port = serve.free_port()
    with (
        front.socket_folder(folder, port) as place,
        echo(place) as path,
        front.running(port=port, socket=path, folder=folder, environment=environment),
    ):
        yield port


@pytest.mark.parametrize("elsewhere", ["192.0.2.7", "127.0.0.1, 10.0.0.5", "proxy.noibo"])
def test_a_proxy_on_another_machine_which_could_reach_nothing_is_refused(folder, elsewhere):
    with (
        pytest.raises(Unready, match="chính máy này"),
        fronted(folder, PROXY=elsewhere, HTTPS="1", HOSTS="ben.example"),
    ):
        pass


def test_a_proxy_without_the_names_under_which_pages_are_asked_for_is_refused(folder):
    with pytest.raises(Unready, match="cần HOSTS"), fronted(folder, PROXY="127.0.0.1", HTTPS="1"):
        pass


@pytest.mark.crash
def test_a_proxy_on_this_machine_reaches_the_pages_and_tells_that_it_has_the_certificate(folder):
    with fronted(folder, PROXY="127.0.0.1", HTTPS="1", HOSTS="ben-an.example") as port:
        wait(port)
        said = ask(port, "GET", "/", Host="ben-an.example", X_Forwarded_Proto="https").text
    assert "X-Forwarded-Proto: https" in said and "Host: ben-an.example" in said


def asked_over_https(port, authority):
    """The answer to one request, once the front has made its certificates."""
    end = time.monotonic() + STARTS_WITHIN
    while True:
        line = None
        try:
            trusted = ssl.create_default_context(cafile=authority)
            line = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=trusted)
            line.request("GET", "/")
            return line.getresponse().read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
        finally:
            if line:
                line.close()


def wait(port):
    """Return when the port answers."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return


REACHED = {
    "http://127.0.0.1:8000": {},
    "http://127.0.0.1:8011": {"PORT": "8011"},
    "https://ben-an.noibo:8443": {"HTTPS": "1", "HOSTS": "ben-an.noibo, 192.168.1.10", "PORT": "8443"},
    "https://ben-an.vn": {"HTTPS": "1", "HOSTS": "ben-an.vn", "PORT": "8443", "PROXY": "127.0.0.1"},
}


@pytest.mark.parametrize(("url", "environment"), REACHED.items())
def test_letters_and_calendars_name_the_address_that_people_type(url, environment):
    assert front.site_url(environment) == url
