"""Passwords that anybody would guess are refused, each with its reason; long phrases pass."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from benan.accounts.actions import links
from benan.accounts.models import EntryLink, User
from tests.accounts.conftest import PASSWORD, browser
from tests.cast import PASSWORD as OF_THE_CAST
from tests.cast import words

pytestmark = pytest.mark.django_db
ANYBODY, NAME, OFFICE, SHORT = "dễ bị đoán", "có họ tên", "có tên cơ quan", "12"


def refusal(password, user):
    """What is said against a password; nothing where it is good."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ngắn quá", SHORT),
        ("123456789012", ANYBODY),
        ("012345678901234567890", ANYBODY),
        ("210987654321", ANYBODY),
        ("aaaaaaaaaaaa", ANYBODY),
        ("abababababab", ANYBODY),
        ("abcdefghijklm", ANYBODY),
        ("qwertyuiop12", ANYBODY),
        ("asdfghjkl;123", ANYBODY),
        ("iloveyou1234", ANYBODY),
        ("1q2w3e4r5t6y", ANYBODY),
        ("mậtkhẩu123456", ANYBODY),
        ("Mật khẩu 2025!", ANYBODY),
        ("Password12345", ANYBODY),
        ("P@ssw0rd12345!", ANYBODY),
        ("chimén chimén chimén", ANYBODY),
        ("nguyenthilan123", NAME),
        ("Lan Nguyễn Thị 1990", NAME),
        ("thịlannguyễn@2024", NAME),
        ("nal iht neyugn 99", NAME),
        ("lan lan lan 2024!", NAME),
        ("Đồng Nai 2025 !!", OFFICE),
        ("bienhoa@123456", OFFICE),
        ("SôngTrầu2025@1", OFFICE),
        ("Bến An 2025 Bến An", OFFICE),
        ("congantrangbom1", OFFICE),
        ("Công an huyện Trảng Bom", OFFICE),
        ("cahtrangbom2025!", OFFICE),
        ("1968trangbom20251975", OFFICE),
        ("UBND-huyen.Dinh_Quan", OFFICE),
        ("pldtbxh trảng bom", OFFICE),
        ("tr@ngb0m123456789", OFFICE),
        ("ubnd xã Gia Canh 2025", OFFICE),
        ("hoilienhiepphunu", OFFICE),
        ("1968nguyenlan19752025", NAME),
        ("Thị-Lan_Nguyễn.20251975", NAME),
    ],
)
def test_what_anybody_would_guess_is_refused_with_its_reason(lan, password, why):
    assert why in refusal(password, lan)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD, OF_THE_CAST, "một hai ba bốn năm", "mưa rơi trên mái tôn", "x7!kq02mvb4z", "correct horse battery staple",
        "con mèo của Lan thích ăn cá kho", "Tr0i xanh, may trang va gio", "từ nhà ra chợ mười hai phút", "ạ" * 3 + "cây cầu sắt gỉ màu nâu",
    ],
)  # fmt: skip
def test_a_phrase_and_what_a_program_draws_pass(lan, password):
    assert refusal(password, lan) == ""


def test_who_has_no_role_yet_takes_no_name_of_an_office_either(ngoc):
    assert OFFICE in refusal("congantrangbom1", ngoc)


def test_before_there_is_an_account_the_rules_that_need_none_hold():
    assert ANYBODY in refusal("123456789012", None) and refusal(PASSWORD, None) == ""
    assert NAME in refusal("nguyenthilan123", User(username="lan.nt", full_name="Nguyễn Thị Lan"))


@pytest.fixture
def invited(van, ngoc):
    """The address of Ngọc's invitation."""
    return reverse("accounts:enter", args=[links.make_link(by=van, user=ngoc, kind=EntryLink.Kind.INVITATION)])


def test_an_invitation_takes_no_password_that_anybody_would_guess(invited, client, ngoc):
    page = client.post(invited, {"password1": "123456789012", "password2": "123456789012"})
    assert page.status_code == 422 and ANYBODY in words(page)
    ngoc.refresh_from_db()
    assert not ngoc.has_usable_password()


def test_a_change_takes_no_password_that_anybody_would_guess(lan):
    sent = {"oldpassword": PASSWORD, "password1": "bienhoa@123456", "password2": "bienhoa@123456"}
    assert OFFICE in words(browser(lan).post(reverse("account_change_password"), sent))
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)


def test_two_hundred_characters_are_taken_as_typed(invited, client, ngoc):
    long = " Hai trăm ký tự " * 15 + "và một dấu cách ở cuối "
    client.post(invited, {"password1": long, "password2": long})
    ngoc.refresh_from_db()
    assert len(long) > 200 and ngoc.check_password(long) and not ngoc.check_password(long.strip())
    client.logout()
    assert client.post(reverse("account_login"), {"login": "ngoc", "password": long}).url == "/"


@pytest.mark.parametrize("name", ["account_login", "account_reauthenticate", "account_change_password"])
def test_a_password_may_be_pasted_and_kept_by_the_browser(lan, client, name):
    page = (client if name == "account_login" else browser(lan)).get(reverse(name)).content.decode()
    boxes = re.findall(r'<input[^>]*type="password"[^>]*>', page)
    assert boxes and 'autocomplete="current-password"' in boxes[0]
    assert not any(hindrance in box for box in boxes for hindrance in ("onpaste", "maxlength", 'autocomplete="off"'))
