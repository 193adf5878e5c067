"""What every answer tells the browser: what it may not do with the page, and to keep none of it."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from django.test import Client

from tests.expected import EXPECTED
from tests.house import ROOT

TELLS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ALLOWS = {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self'"}

pytestmark = pytest.mark.usefixtures("undone")


def directives(answer):
    """The content security policy of an answer, one directive each."""
    return {each.strip() for each in answer["Content-Security-Policy"].split(";")}


def lacking(answer):
    """What an answer does not tell although every answer must, or tells and must not."""
    yield from (name for name in TELLS if answer.get(name) != TELLS[name])
    yield from ALLOWS - directives(answer)
    yield from (each for each in directives(answer) if "unsafe" in each)
    yield from (name for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin") if name in answer)
    if "camera=()" not in answer["Permissions-Policy"]:
        yield "Permissions-Policy"


def kept(answer):
    """What would let a browser keep a page, or guess what it is."""
    if "no-store" not in answer["Cache-Control"]:
        yield "Cache-Control"
    if answer.content and not re.search("charset=utf-8|officedocument", answer["Content-Type"]):
        yield "Content-Type"


def test_every_page_tells_the_browser_what_it_may_not_do_and_to_keep_nothing(world):
    wrong = [
        f"{method} {address} for {name}: {fault}"
        for address in EXPECTED
        for name in ("anon", "lan", "vy")
        for method in ("GET", "POST")
        for answer in [world.get(name, address) if method == "GET" else post(world, name, address)]
        for fault in (*lacking(answer), *kept(answer))
    ]
    assert wrong == []


def post(world, name, address):
    """The answer to a form without anything in it; sign-out is asked for below."""
    browser = Client() if name == "anon" or address == "/cua/ra/" else world.cast.browser(name)
    return browser.post(world.address(address))


def test_names_that_were_typed_are_kept_on_no_disk(world):
    typed = {"full_name": "Nguyễn Thị Nụ", "birth": "1995"}
    page = world.cast.browser("lan").post("/tiep-nhan/", typed)
    assert "Nguyễn Thị Nụ" in page.content.decode() and "no-store" in page.get("Cache-Control", "")


def test_who_signs_out_leaves_nothing_in_the_browser(world):
    browser = world.cast.browser("quyen")
    gone = browser.post("/cua/ra/")
    assert gone.status_code == 302 and gone.get("Clear-Site-Data") == '"cache", "storage"'
    assert gone.cookies["sessionid"]["max-age"] == 0


def test_who_stays_signed_in_keeps_what_the_browser_holds(world):
    assert "Clear-Site-Data" not in world.get("lan", "/ho-so/")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/ho-so/{code}/ghi-them/", "/cua/vao/"])
def test_methods_that_no_page_has_are_refused(world, method, address):
    answer = world.cast.browser("lan").generic(method, world.address(address))
    assert answer.status_code == 405
    assert [*lacking(answer)] == []


@pytest.fixture
def page_files(tmp_path, settings):
    """The files of pages where the web server reads them."""
    shutil.copytree(ROOT / "benan/ui/static", tmp_path / "static")
    settings.STATIC_ROOT = tmp_path / "static"
    return sorted(path.relative_to(tmp_path) for path in (tmp_path / "static").rglob("*") if path.is_file())


def test_files_of_pages_say_what_they_are_and_are_used_by_no_other_site(page_files):
    browser = Client()
    types = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    for path in page_files:
        answer = browser.get(f"/{path}")
        assert answer.getvalue() and [*lacking(answer)] == []
        assert answer["Content-Type"].replace('"', "") == f"{types[path.suffix]}; charset=utf-8"
    assert len(page_files) > 5


@pytest.mark.parametrize(
    "address",
    [
        "/static/",
        "/static/look/",
        "/.git/config",
        "/.git/",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/requirements/run.txt",
    ],
)
def test_neither_folders_nor_files_of_the_program_are_handed_out(world, page_files, address):
    answer = Client().get(address)
    assert answer.status_code in (302, 404) and b"import" not in answer.content


def settings_of(**environment):
    """What the settings say in an installation of this environment."""
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGES_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
             "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "DEBUG")  # fmt: skip
    ask = f"import json; from config import settings as s; from django.conf import global_settings as g; print(json.dumps({{n: getattr(s, n, getattr(g, n, None)) for n in {names}}}))"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=os.environ | environment, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_over_https_cookies_belong_to_this_host_alone():
    said = settings_of(HTTPS="1")
    names = [said[name] for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGES_COOKIE_NAME")]
    assert all(name.startswith("__Host-") for name in names)
    assert said["SESSION_COOKIE_SECURE"] and said["CSRF_COOKIE_SECURE"]
    assert (said["SESSION_COOKIE_DOMAIN"], said["SESSION_COOKIE_PATH"]) == (None, "/")


def test_over_https_nothing_is_said_in_the_clear():
    said = settings_of(HTTPS="1")
    assert said["SECURE_SSL_REDIRECT"] and said["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert said["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world):
    browser = Client()
    for answer in (browser.get("/cua/vao/"), world.cast.browser("thu").post("/cua/ra/")):
        for cookie in answer.cookies.values():
            assert cookie["httponly"] or cookie["max-age"] == 0
            assert cookie["samesite"] == "Lax" and len(cookie.OutputString()) < 4096


def test_no_page_carries_a_mark_of_the_version_it_was_made_with(world):
    for answer in (world.get("lan", "/"), world.get("anon", "/khong-co/")):
        assert not {"Server", "X-Powered-By", "Via"} & set(answer.headers)


def test_no_installation_shows_its_insides_to_whoever_asks(world):
    assert settings_of()["DEBUG"] is False
    assert b"Traceback" not in Client(raise_request_exception=False).get("/khong-co/").content
