"""What was typed in a page left open outlives the session: nothing of it has to be typed twice."""

import html
import re
from secrets import token_hex

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from benan.accounts.models import Membership
from tests.cast import CAME, TODAY, Officer, again, words

TYPED = {"on": f"{TODAY:%d/%m/%Y}", "words": 'chị nói: "em sợ <anh ấy>"\nrồi im'}
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def case(received):
    return received()


@pytest.fixture
def remark(case):
    """The address of the form that adds words to the case."""
    return reverse("cases:remark", args=[case.code])


@pytest.fixture
def left_open(as_lan, remark):
    """Lan's browser, and the fields of the form in a page that she left open until her session was over."""
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, as_lan)
    fields = hidden(browser.get(remark)) | TYPED
    browser.session.flush()
    return browser, fields


def hidden(page):
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="([\w-]+)"(?: value="([^"]*)")?', page.content.decode())
    return {name: html.unescape(value) for name, value in found}


def sign_in(browser, officer):
    """Give the browser the officer's session and a new token for forms, as signing in does."""
    browser.cookies[settings.SESSION_COOKIE_NAME] = officer.cookies[settings.SESSION_COOKIE_NAME].value
    browser.cookies[settings.CSRF_COOKIE_NAME] = token_hex(16)


def test_what_is_sent_after_the_session_ended_is_given_back_and_not_saved(left_open, remark, case):
    browser, fields = left_open
    page = browser.post(remark, fields)
    assert page.status_code == 403 and "đăng nhập trong cửa sổ mới" in words(page)
    assert {name: hidden(page)[name] for name in TYPED} == TYPED
    assert not again(case).steps.filter(key="remark").exists()


def test_after_signing_in_it_is_sent_once_more_and_saved(left_open, remark, case, lan):
    browser, fields = left_open
    given = hidden(browser.post(remark, fields))
    sign_in(browser, Officer(lan))
    ready = browser.post(remark, given, headers=HERE)
    assert ready.status_code == 403 and "ghi dưới tên Nguyễn Thị Lan" in words(ready)
    assert browser.post(remark, hidden(ready), headers=HERE).status_code == 302
    assert again(case).steps.filter(key="remark").count() == 1


def test_what_was_saved_before_the_session_ended_is_not_saved_again(left_open, remark, case, lan):
    browser, fields = left_open
    browser.cookies[settings.SESSION_COOKIE_NAME] = Officer(lan).cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.post(remark, fields).status_code == 302
    browser.session.flush()
    given = hidden(browser.post(remark, fields))
    sign_in(browser, Officer(lan))
    ready = browser.post(remark, given, headers=HERE)
    assert browser.post(remark, hidden(ready), headers=HERE).status_code == 302
    assert again(case).steps.filter(key="remark").count() == 1


def test_after_signing_in_it_goes_only_where_that_officer_may_write(left_open, remark, as_quyen):
    browser, fields = left_open
    given = hidden(browser.post(remark, fields))
    sign_in(browser, as_quyen)
    ready = browser.post(remark, given, headers=HERE)
    assert browser.post(remark, hidden(ready), headers=HERE).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://xau.example"}])
def test_what_another_site_made_a_browser_send_is_not_given_back(as_lan, remark, headers):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = as_lan.cookies
    page = browser.post(remark, TYPED, headers=headers)
    assert page.status_code == 403 and "words" not in hidden(page)


@pytest.mark.parametrize("name", ["account_change_password", "mfa_activate_totp", "account_login"])
def test_passwords_and_codes_are_never_given_back(client, demo, name):
    page = client.post(reverse(name), {"oldpassword": "bến đỗ", "code": "123456", "login": "lan", "password": "bến đỗ"})
    assert "bến đỗ" not in page.content.decode() and "123456" not in page.content.decode()


# The right ended, not the session.


@pytest.fixture
def outside(as_lan, remark, lan):
    """Lan's answer from a page that she opened before her role ended."""
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, as_lan)
    fields = hidden(browser.get(remark)) | TYPED
    Membership.objects.filter(user=lan).update(until=CAME)
    return browser.post(remark, fields)


def test_what_is_sent_after_the_right_ended_is_given_back_to_read(outside, remark, case):
    assert outside.status_code == 404 and not again(case).steps.filter(key="remark").exists()
    said = words(outside)
    assert TYPED["words"].split("\n")[0] in said and "rồi im" in said and TYPED["on"] in said
    assert case.code not in outside.content.decode() and case.alias not in said


def test_so_is_what_an_officer_may_see_but_not_do(as_truong_phong, notified):
    case = notified()
    page = as_truong_phong.send("cases:companions", case.code, kind="minor", full_name="Bé Na")
    assert page.status_code == 403
    assert "Tên gọi Bé Na" in words(page) and "đi cùng" in words(page)


def test_it_says_the_same_of_a_case_that_is_none(as_quyen, case, remark):
    there = as_quyen.post(remark, TYPED)
    nowhere = as_quyen.post(reverse("cases:remark", args=["17-00000"]), TYPED)
    assert there.status_code == nowhere.status_code == 404
    assert words(there) == words(nowhere) and "em sợ" in words(there)


def test_no_password_or_code_comes_back_with_it(as_quyen, remark):
    secret = {"password": "bến đỗ", "password1": "bến đỗ", "oldpassword": "bến đỗ", "code": "123456"}
    page = as_quyen.post(remark, TYPED | secret)
    assert page.status_code == 404 and "em sợ" in words(page)
    assert "bến đỗ" not in words(page) and "123456" not in page.content.decode()


def test_a_form_from_elsewhere_gets_no_words_back(as_quyen, remark):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = as_quyen.cookies
    assert "em sợ" not in words(browser.post(remark, TYPED))


def test_what_is_to_be_sent_again_can_be_read(left_open, remark):
    browser, fields = left_open
    said = words(browser.post(remark, fields))
    assert 'chị nói: "em sợ <anh ấy>"' in said and "rồi im" in said


def test_what_is_read_again_stands_under_no_words_of_another_form(left_open, remark):
    browser, fields = left_open
    said = words(browser.post(remark, fields))
    assert 'Nội dung đã nhập chị nói: "em sợ' in said and "Thông tin nơi nhận cần biết" not in said
