"""Logs name nobody."""

import contextlib
import datetime as dt
import logging
import re
import socket
import threading

import psycopg
import pytest
from django.urls import Resolver404, path, resolve
from django.utils.module_loading import import_string

from benan.core.logs import NamesNobody, SilentReporter
from ops import front, postgres


@pytest.fixture
def line():
    """Call with a message, or an exception on the way, for the line that is logged."""

    def make(message="", error=None, **more):
        record = logging.makeLogRecord({"msg": message, "name": "test", "levelname": "ERROR"} | more)
        record.exc_info = error and (type(error), error, error.__traceback__)
        return NamesNobody("{message}", style="{").format(record)

    return make


@pytest.mark.parametrize("number", ["17-04213", "272123456", "075195001234", "0912345678", "84912345678"])
def test_codes_of_cases_and_numbers_of_people_are_masked(line, number):
    assert number not in line(f"Not Found: /ho-so/{number}/")


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[2K", "\x00", "\u2028", "\u202e"])
def test_nobody_writes_a_second_line_or_hides_one_by_what_they_typed(line, sign):
    told = line("tên %s", args=(f"a{sign}ERROR giả",))
    assert told.isprintable() and len(told.splitlines()) == 1 and "ERROR giả" in told


def test_an_error_is_one_line_with_its_message(line):
    try:
        raise ValueError("Nguyễn Thị Hoà")
    except ValueError as error:
        assert len(line("Trang hỏng", error).splitlines()) == 1


def test_each_line_begins_with_its_moment_on_any_clock_its_level_and_its_part(settings):
    make = dict(settings.LOGGING["formatters"]["plain"])
    formatter = import_string(make.pop("()"))(make["format"], datefmt=make["datefmt"], style=make["style"])
    record = logging.makeLogRecord({"msg": "hỏng", "name": "django.request", "levelname": "ERROR", "created": 0.0})
    moment, level, name, message = formatter.format(record).split(" ")
    assert dt.datetime.fromisoformat(moment).timestamp() == 0
    assert (level, name, message) == ("ERROR", "django.request", "hỏng")


def test_lines_go_where_the_inventory_says_and_nowhere_else(settings):
    assert [each["class"] for each in settings.LOGGING["handlers"].values()] == ["logging.StreamHandler"]
    assert settings.LOGGING["root"]["handlers"] == ["console"] and not settings.LOGGING.get("loggers")
    outputs = re.findall(r"^\s*(?:output|log)\b.*$", front.CONFIGURATION.read_text(), re.MULTILINE)
    assert [line.strip() for line in outputs] == ["log default {", "output stderr"]
    assert not {"logging_collector", "log_destination"} & set(postgres.SETTINGS)
    inventory = (settings.BASE_DIR / "docs/security.md").read_text(encoding="utf-8")
    assert all(f"`{place}`" in inventory for place in ("audit_event", "HEADS_FILE", "server.log"))


def no_database_answers(request):
    """A page whose database is at the other end of a line that nobody encrypts."""
    port = request.GET["port"]
    psycopg.connect(f"host=127.0.0.1 port={port} dbname=nguyen user=hoa sslmode=verify-full sslrootcert=/dev/null")


urlpatterns = [path("hong/", no_database_answers)]


@pytest.mark.urls(__name__)
def test_a_line_to_the_database_that_is_not_safe_is_an_error_in_the_log(lan, as_lan, caplog):
    as_lan.raise_request_exception = False
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=refuse_encryption, args=(listening,), daemon=True).start()
        answer = as_lan.get(f"/hong/?port={listening.getsockname()[1]}")
    told = NamesNobody("{levelname} {message}", style="{").format(caplog.records[-1])
    assert answer.status_code == 500
    assert told.startswith(f"ERROR 500 GET /hong/ user:{lan.pk} | OperationalError tại ") and "hoa" not in told


def refuse_encryption(listening):
    """Answer one request for TLS with no, as a PostgreSQL server without a certificate does."""
    line, _address = listening.accept()
    with line:
        line.recv(64)
        line.sendall(b"N")


def test_what_is_no_number_of_anybody_stays(line):
    assert line("Not Found: /ke-hoach/2017/") == "Not Found: /ke-hoach/2017/"


@pytest.mark.parametrize(
    ("address", "told"), [("/Nguyễn Thị Hoà/", "404 GET /?"), ("/vao/bi-mat/", "404 GET /vao/<str:secret>/")]
)
def test_of_an_address_only_the_page_is_told(line, rf, address, told):
    request = rf.get(address)
    with contextlib.suppress(Resolver404):
        request.resolver_match = resolve(address)
    assert line("Not Found: %s", request=request, status_code=404, args=(address,)) == told


@pytest.mark.parametrize(
    ("method", "address", "told"),
    [
        ("get", "/tai-khoan/", "403 GET /tai-khoan/"),
        ("get", "/ho-so/17-00000/", "404 GET /ho-so/<code:code>/"),
        ("post", "/tiep-nhan/", "422 POST /tiep-nhan/"),
    ],
)
def test_what_was_refused_is_in_the_log_with_the_account_that_asked(
    as_lan, lan, caplog, settings, method, address, told
):
    getattr(as_lan, method)(address, {"once": "0" * 32})
    line = NamesNobody("{message}", style="{").format(caplog.records[-1])
    assert line.split(" | ")[0] == f"{told} user:{lan.pk}"


def test_an_error_is_told_by_its_kind_and_place_never_by_its_words(line):
    def fails():
        raise ValueError("giá trị Nguyễn Thị Hoà")

    try:
        fails()
    except ValueError as error:
        told = line("Trang hỏng", error)
    assert "ValueError" in told and "test_logs.py" in told and "fails" in told
    assert "Hoà" not in told


def test_the_cause_of_an_error_is_not_quoted_either(line):
    try:
        try:
            raise KeyError("Nguyễn Thị Hoà")
        except KeyError as cause:
            raise RuntimeError("hỏng") from cause
    except RuntimeError as error:
        assert "Hoà" not in line("", error)


def test_a_report_of_an_error_is_empty(rf):
    try:
        raise ValueError("Nguyễn Thị Hoà")
    except ValueError as error:
        report = SilentReporter(rf.get("/"), type(error), error, error.__traceback__)
    assert report.get_traceback_text() == report.get_traceback_html() == ""
