"""Guards that belong to no one page: passwords in their boxes, sessions that ended, where randomness comes from."""

import re

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from config import settings as program
from tests.cast import PASSWORD
from tests.house import PROGRAM, ROOT
from tests.test_matrix import EXPECTED

OPENED = [
    address
    for address, met in EXPECTED.items()
    if met[0] == "200" and not address.startswith(("/cua/", "/vao/", "/tiep-nhan/phieu-giay/"))
]


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize("address", ["/cua/vao/", "/vao/{secret}/"])
def test_passwords_are_covered_while_they_are_typed_and_may_be_pasted(world, address):
    boxes = re.findall(r"<input[^>]*name=\"password\d?\"[^>]*>", world.get("anon", address).content.decode())
    assert boxes
    for box in boxes:
        assert 'type="password"' in box and re.search(r'autocomplete="(current|new)-password"', box)
        assert "maxlength" not in box and "onpaste" not in box


@pytest.mark.usefixtures("undone")
def test_a_session_that_was_ended_opens_nothing(world):
    browser, old = world.cast.browser("quyen"), Client()
    old.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert old.get("/ho-so/").status_code == 200
    browser.post("/cua/ra/")
    assert old.get("/ho-so/").status_code == 302


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize("address", OPENED)
def test_every_page_of_an_officer_offers_to_sign_out(world, address):
    assert 'action="/cua/ra/"' in world.get("lan", address).content.decode()


def test_passwords_are_kept_by_a_slow_hash():
    assert not hasattr(program, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000
    assert PASSWORD not in PBKDF2PasswordHasher().encode(PASSWORD, "muoi", iterations=1)


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_secret_is_drawn_from_a_guessable_source(path):
    assert not re.search(r"^from random |\brandom\.(?!SystemRandom)\w|\buuid\.uuid\d", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_weak_hash_is_named_in_the_program(path):
    assert not re.search(r"\b(?:md5|sha1|SHA1|MD5|ECB|ARC4|PKCS1v15)\b", path.read_text())


def test_no_script_keeps_anything_in_the_browser():
    for script in (ROOT / "static").rglob("*.js"):
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker", script.read_text()
        )
