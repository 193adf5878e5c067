"""Guards that belong to no one page: passwords in their boxes, sessions that ended, where randomness comes from."""

import re
from pathlib import Path

import pytest
from allauth.mfa import app_settings as multifactor
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from benan.accounts import devices, middleware, once, passwords, throttle
from benan.accounts.actions.links import LINK_LIFE, Link
from benan.accounts.sessions import SessionStore
from benan.cases.actions import identities
from benan.core import sealing
from benan.vault import access
from config import settings as program
from ops import front
from tests.cast import PASSWORD
from tests.expected import EXPECTED
from tests.house import PROGRAM, ROOT

DOCUMENT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
OPENED = [
    address
    for address, met in EXPECTED.items()
    if met["lan"] == "200" and not address.startswith(("/cua/", "/vao/", "/tiep-nhan/phieu-giay/"))
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
def test_every_page_of_an_officer_offers_to_sign_out(world):
    assert OPENED
    assert [address for address in OPENED if b'action="/cua/ra/"' not in world.get("lan", address).content] == []


def test_passwords_are_kept_by_a_slow_hash():
    assert not hasattr(program, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0].endswith("PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000
    assert PASSWORD not in PBKDF2PasswordHasher().encode(PASSWORD, "muoi", iterations=1)


def test_no_script_keeps_anything_in_the_browser():
    for script in (ROOT / "benan/ui/static").rglob("*.js"):
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker", script.read_text()
        )


def test_no_script_makes_a_page_of_text():
    scripts = list((ROOT / "benan/ui/static").rglob("*.js"))
    assert scripts
    for script in scripts:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|\beval\b|Function\(",
            script.read_text(),
        )


# Whatever encrypts, signs or hashes is the library's, Python's own (OpenSSL) or Django's.
CRYPTOGRAPHY = re.compile(
    r"^(?:from|import) ((?:cryptography|hashlib|hmac|secrets|ssl|Crypto\w*|nacl|rsa|jwt|pyotp|bcrypt|argon2)\b)",
    re.MULTILINE,
)


def test_what_encrypts_signs_or_hashes_is_a_known_library():
    named = {name for path in PROGRAM for name in CRYPTOGRAPHY.findall(path.read_text())}
    assert named <= {"cryptography", "hashlib", "hmac", "secrets"}
    sealing_imports = re.findall(r"^from (cryptography\S+)", Path(sealing.__file__).read_text(), re.MULTILINE)
    assert any(name.endswith("ciphers.aead") for name in sealing_imports)


def test_what_nobody_may_guess_is_long_and_another_each_time():
    draw = (
        SessionStore()._get_new_session_key,
        generate_totp_secret,
        RecoveryCodes.generate_seed,
        sealing.new_data_key,
    )
    session, secret, seed, key = ((make(), make()) for make in draw)
    assert all(first != second for first, second in (session, secret, seed, key))
    # Of 36 letters, 32 and 16: 165, 160 and 128 bits at least.
    assert len(session[0]) >= 32 and len(secret[0]) >= 32 and len(seed[0]) >= 32 and len(key[0]) == 32
    assert multifactor.RECOVERY_CODE_DIGITS >= 7  # 23 bits


def minutes(time):
    """A time in minutes."""
    return int(time.total_seconds() // 60)


FIGURES = {
    "free failures": f"sau {throttle.FREE} lần sai",
    "first wait": f"phải chờ {throttle.FIRST_WAIT.seconds} giây",
    "longest wait": f"nhiều nhất {minutes(throttle.LONGEST_WAIT)} phút",
    "forgotten": f"quên sau {minutes(throttle.FORGOTTEN_AFTER) // 60} giờ yên",
    "known browser": f"trong {devices.LIFE // 86400} ngày",
    "address": f"quá {throttle.ADDRESS_BUDGET} lần sai trong một giờ",
    "at such an address": f"từ lần sai thứ {throttle.FREE_WHERE_MANY_FAIL}",
    "password": f"ít nhất {program.AUTH_PASSWORD_VALIDATORS[0]['OPTIONS']['min_length']} ký tự",
    "unused session": f"hết sau {program.SESSION_COOKIE_AGE // 3600} giờ không dùng",
    "longest session": f"sau {middleware.LONGEST // 3600} giờ dù có dùng",
    "asked again": f"hỏi lại sau {program.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60} phút",
    "invitation": f"lời mời {LINK_LIFE[Link.INVITATION].days} ngày",
    "new password": f"mật khẩu mới {LINK_LIFE[Link.NEW_PASSWORD].days} ngày",
    "lost telephone": f"mất điện thoại {minutes(LINK_LIFE[Link.LOST_FACTOR]) // 60} giờ",
    "answers": f"nhiều nhất {identities.MOST_ANSWERS_A_DAY} câu trả lời",
    "candidates": f"mở nhiều nhất {access.MOST_CANDIDATES} người",
    "connections": f"{front.OPEN_FILES} tệp và kết nối",
    "body": f"{front.LARGEST_BODY.removesuffix('MB')} MB",
    "forms": f"Dấu băm của biểu mẫu: {once.KEPT_FOR.days} ngày",
    "letters left": f"phải còn {passwords.LEAST} ký tự",
    "rounds": f"{PBKDF2PasswordHasher.iterations:,} vòng".replace(",", "."),
}


def test_the_document_gives_the_figures_of_the_program():
    assert {figure: words for figure, words in FIGURES.items() if words not in DOCUMENT} == {}


def test_the_document_names_the_words_refused_in_passwords():
    refused = DOCUMENT.split("## Từ bị loại")[1]
    assert [word for word in [*passwords.COMMON_WORDS, *passwords.PLACES] if word not in refused] == []


def test_the_document_names_every_use_of_a_key():
    code = "\n".join(path.read_text() for path in PROGRAM)
    uses = set(re.findall(r'(?:keys_for\(|_derived\((?:\w+, )?|^USE = )"([\w-]+)"', code, re.MULTILINE))
    uses |= set(re.findall(r'salted_hmac\(f?"([\w./-]+)', code)) | {devices.COOKIE}
    assert uses > {"wrap", "benan/session"}
    assert {use for use in uses if not re.search(rf"\b{use}\b", DOCUMENT)} == set()
