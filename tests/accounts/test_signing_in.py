"""Password, code, session."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from benan.accounts.middleware import DESK
from benan.accounts.models import Session
from benan.audit.models import Event
from benan.core.days import clock
from tests.accounts.conftest import PASSWORD, browser, code
from tests.cast import words

LOGIN = "account_login"


def sign_in(client, password=PASSWORD, username="lan"):
    return client.post(reverse(LOGIN), {"login": username, "password": password})


def enter(client, number):
    return client.post(reverse("mfa_authenticate"), {"code": number})


def lines(event):
    return Event.objects.filter(event=event, subject="user:lan").count()


def test_password_then_code_leads_to_the_desk(client, lan):
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert enter(client, code()).url == "/"
    assert client.get("/").status_code == 200 and lines("signed_in") == 1


def test_the_password_alone_opens_no_page(client, lan):
    sign_in(client)
    assert client.get("/").url.startswith(reverse(LOGIN))


def test_a_code_works_once(client, lan):
    number = code()
    sign_in(client)
    enter(client, number)
    other = Client()
    sign_in(other)
    assert "Mã không đúng" in words(enter(other, number))


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, lan):
    wrong, unknown = words(sign_in(client, "sai rồi")), words(sign_in(client, "sai rồi", "khong_co_ai"))
    assert wrong == unknown and "Tên đăng nhập hoặc mật khẩu không đúng" in wrong


def test_names_are_typed_in_capitals_or_not(client, lan):
    assert sign_in(client, username="LAN").url == reverse("mfa_authenticate")


def test_without_a_second_factor_every_page_leads_to_its_set_up(client, lan):
    Authenticator.objects.all().delete()
    assert sign_in(client).url == "/"
    for name in ("shell:home", "accounts:numbers", "rules:law", "mfa_index", "account_change_password"):
        assert client.get(reverse(name)).url == reverse("mfa_activate_totp"), name


def test_taking_the_second_factor_away_counts_in_sessions_already_open(lan):
    as_lan = browser(lan)
    assert as_lan.get(reverse("accounts:numbers")).status_code == 200
    lan.authenticator_set.all().delete()
    assert as_lan.get(reverse("accounts:numbers")).url == reverse("mfa_activate_totp")


def test_who_signs_in_to_set_up_the_second_factor_types_the_password_once(client, lan):
    Authenticator.objects.all().delete()
    page = client.get(sign_in(client).url, follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_activate_totp") and "Quét hình này" in words(page)


def test_who_signed_in_with_both_factors_is_asked_once_more_before_something_delicate(client, lan):
    sign_in(client)
    enter(client, code())
    assert client.get(reverse("replace_factor")).url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("name", ["account_reauthenticate", "mfa_reauthenticate"])
def test_who_does_not_prove_again_who_they_are_goes_back_to_the_account(lan, name):
    page = browser(lan).get(reverse(name), {"next": reverse("replace_factor")}).content.decode()
    assert f'href="{reverse("mfa_index")}"' in page and "về trang Tài khoản" in page


def set_up(client, lan):
    """Sign in without a factor, set one up, and give its secret."""
    Authenticator.objects.all().delete()
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content.decode())[0]
    assert client.post(reverse("mfa_activate_totp"), {"code": code(secret)}).status_code == 302
    return secret


def test_a_recovery_code_lets_in_once(client, lan):
    set_up(client, lan)
    shown = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    spare = re.search(r"<li>(\d{8})</li>", shown)[1]
    assert spare in client.get(reverse("mfa_download_recovery_codes")).content.decode()
    for answer in ("/", "Mã không đúng"):
        fresh = Client()
        sign_in(fresh)
        page = enter(fresh, spare)
        assert page.url == answer if page.status_code == 302 else answer in words(page)


def working(browser, *, began, last):
    """The same browser, whose session began and was last used so many seconds ago."""
    session, now = browser.session, int(clock().timestamp())
    session[DESK] = [now - began, now - last]
    session.save()
    return browser


def test_whoever_works_stays_in(lan):
    at_work = working(browser(lan), began=3 * 60 * 60, last=6 * 60)
    Session.objects.update(expire_date=clock() + dt.timedelta(minutes=1))
    at_work.get("/")
    assert Session.objects.get().expire_date > clock() + dt.timedelta(minutes=119)


def test_reading_a_page_right_after_another_writes_nothing(lan):
    at_work = working(browser(lan), began=60, last=60)
    before = Session.objects.get().expire_date
    at_work.get("/")
    assert Session.objects.get().expire_date == before


def test_nobody_stays_in_longer_than_a_day_of_work(lan):
    page = working(browser(lan), began=12 * 60 * 60 + 60, last=60).get("/")
    assert page.status_code == 302 and page.url.startswith(reverse("account_login"))


def test_a_session_ends_after_two_hours_and_with_the_browser(client, lan):
    sign_in(client)
    enter(client, code())
    assert client.session.get_expiry_age() <= 2 * 60 * 60 and client.session.get_expire_at_browser_close()
    Session.objects.update(expire_date=clock() - dt.timedelta(seconds=1))
    assert client.get("/").url.startswith(reverse(LOGIN))


def test_signing_out_takes_a_button_not_an_address(client, lan):
    client.force_login(lan)
    assert client.get(reverse("account_logout")).status_code == 200 and "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client, db):
    page = client.post(reverse("account_signup"), {"username": "ke_la", "password1": PASSWORD, "password2": PASSWORD})
    assert page.status_code == 200 and "Chương trình không cho tự đăng ký" in words(page)
