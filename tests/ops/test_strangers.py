"""What somebody on the network may try: slow lines, long ones, files; an officer works on."""

import contextlib
import io
import socket
import threading
import time

import pytest
from django.conf import settings
from django.urls import reverse

from bench.clients import TOKEN, Browser
from tests import databases
from tests.cast import TODAY
from tests.ops.visitors import ask, entered, session

SLOW_BODIES, SLOW_HEADERS = 8, 200
ANSWERS_WITHIN, STARTS_WITHIN = 1.0, 30  # seconds


@pytest.fixture(scope="module")
def running(cluster):
    """A real server, for tests that leave it as it was."""
    with databases.copy() as copy, databases.web_server(copy) as server:
        yield server


@pytest.fixture
def at_work(town, live_server_process):
    """A real server where Lan works, and her browser."""
    town.officer("lan")
    server = live_server_process(copy=town.copy, today=TODAY.isoformat(), KEY_FILE=settings.KEY_FILE)
    with contextlib.closing(Browser(server.port, session(server, "lan"))) as browser:
        yield server, browser


@contextlib.contextmanager
def slowly(port, *beginnings):
    """Have these requests begun, each on a line of its own, and go on by a byte each second or so."""
    over, lines = threading.Event(), []

    def drip():
        while not over.wait(0.5):
            for line in lines:
                with contextlib.suppress(OSError):
                    line.send(b"a")

    dripping = threading.Thread(target=drip)
    try:
        for beginning in beginnings:
            lines.append(socket.create_connection(("127.0.0.1", port), timeout=5))
            lines[-1].sendall(beginning)
        dripping.start()
        yield lines
    finally:
        over.set()
        if dripping.ident:
            dripping.join()
        for line in lines:
            line.close()


def slow_body(path):
    """The beginning of a form with a token that is never sent whole."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {settings.CSRF_COOKIE_NAME}={TOKEN}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
        f"csrfmiddlewaretoken={TOKEN}&login="
    ).encode()


def slow_file(path):
    """The beginning of a form with a file that is never sent whole."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 20000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=scan; filename=a.pdf\r\n\r\n"
    ).encode()


@pytest.mark.crash
def test_an_officer_works_on_while_slow_bodies_and_slow_headers_run(at_work):
    server, browser = at_work
    browser.get("/")
    beginnings = [slow_body(reverse("account_login")), slow_file("/khong-co/tep/")] * SLOW_BODIES
    beginnings += [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "] * SLOW_HEADERS
    waited = [0.0]
    with slowly(server.port, *beginnings):
        for path in ("/", reverse("cases:list")) * 10:
            began = time.monotonic()
            with contextlib.suppress(OSError):
                assert browser.get(path).status == 200
            waited.append(time.monotonic() - began)
            if waited[-1] > ANSWERS_WITHIN:
                break
    assert max(waited) < ANSWERS_WITHIN


@pytest.mark.crash
@pytest.mark.parametrize(
    "beginning",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        slow_body("/cua/vao/"),
        b"POST /cua/vao/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n",
    ],
    ids=["header", "body that comes slowly", "body that never comes"],
)
def test_a_line_that_does_not_get_on_is_closed(running, beginning):
    with slowly(running.port, beginning) as (line,):
        line.settimeout(STARTS_WITHIN)
        with contextlib.suppress(ConnectionResetError):
            while line.recv(1000):
                pass


@pytest.mark.crash
@pytest.mark.parametrize(
    ("kind", "body", "status", "says"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\na\r\n--x--",
         415, "Trang này không nhận tệp"),
        ("application/octet-stream", b"a", 415, "Trang này không nhận tệp"),
        ("application/x-www-form-urlencoded", b"a=" + b"a" * 3_100_000, 413, "Biểu mẫu dài quá mức"),
    ],
)  # fmt: skip
def test_what_is_no_form_or_too_long_is_refused_with_a_sentence(running, kind, body, status, says):
    answer = ask(running.port, "POST", reverse("account_login"), body, Content_Type=kind)
    assert (answer.status, says in answer.text) == (status, True)


FILES = "multipart/form-data; boundary=----x"


@pytest.mark.crash
@pytest.mark.parametrize(
    ("path", "kind", "size", "status", "says"),
    [
        # A page answers: here that nobody signed in.
        ("/so-van-ban/van-ban-di/tep/", FILES, 4_000_000, 403, ""),
        ("/khong-co/tep/", FILES, 22_500_000, 413, "Các tệp lớn quá mức"),
        ("/khong-co/tep/", "application/x-www-form-urlencoded", 3_100_000, 413, "Biểu mẫu dài quá mức"),
        ("/khong-co/tep/", "multipart/form-data", 10, 415, "Trang này không nhận tệp"),
        ("/khong-co/tep/", "multipart/mixed; boundary=x", 10, 415, "Trang này không nhận tệp"),
        ("/khong-co/tep/x/", FILES, 10, 415, "Trang này không nhận tệp"),
        ("/khong-co/?/tep/", FILES, 10, 415, "Trang này không nhận tệp"),
    ],
)
def test_files_pass_to_addresses_that_take_them_alone_and_up_to_their_limit(running, path, kind, size, status, says):
    sent = b"a" * (size if size < 5_000_000 else 1)  # who says more is answered at once
    answer = ask(running.port, "POST", path, sent, Content_Type=kind, Content_Length=str(size))
    assert (answer.status, says in answer.text) == (status, True)


@pytest.mark.crash
@pytest.mark.parametrize("encoding", ["hex", "unicode_escape", "utf-8, hex"])
def test_a_page_is_not_read_in_an_encoding_that_the_asker_names(running, encoding):
    kind = f"application/x-www-form-urlencoded; charset={encoding}"
    assert ask(running.port, "GET", "/?a=1", Content_Type=kind).status == 415


@pytest.mark.crash
def test_an_officer_signs_in_by_password_and_code_from_behind_the_front(running):
    with contextlib.closing(Browser(running.port, entered(running))) as browser:
        assert browser.get("/").status == 200


def test_what_pretends_to_be_a_file_is_kept_nowhere(rf):
    request = rf.post("/", {"a": io.BytesIO(b"words"), "b": "1"})
    assert (dict(request.FILES), request.POST["b"]) == ({}, "1")


@pytest.mark.crash
def test_headers_of_any_length_are_not_read(running):
    with socket.create_connection(("127.0.0.1", running.port), timeout=STARTS_WITHIN) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"a" * 40_000 + b"\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 431"
