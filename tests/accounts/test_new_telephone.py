"""The second factor of an officer: set up once, replaced in one step, never taken off."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from benan.audit.models import Event
from tests.accounts.conftest import PASSWORD, again, code, own_app
from tests.cast import words

pytestmark = pytest.mark.django_db
PAGE = "/cua/buoc-hai/doi-dien-thoai/"


@pytest.fixture
def at_desk(lan):
    """Lan's browser, in which she entered the password once more; she has recovery codes."""
    client = Client()
    client.post(reverse("account_login"), {"login": "lan", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_generate_recovery_codes"))
    return client


def shown(page):
    """The secret that the page asks the app to take."""
    return re.search(r"\b[A-Z2-7]{32}\b", page.content.decode())[0]


def test_no_address_takes_the_factor_off(at_desk, lan):
    for send in (at_desk.get, at_desk.post):
        send("/cua/buoc-hai/totp/deactivate/")
        assert lan.has_second_factor()


def test_a_new_telephone_takes_the_place_of_the_old_one(at_desk, lan):
    before = lan.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    new = shown(at_desk.get(PAGE))
    assert at_desk.post(PAGE, {"code": code(new)}).url == reverse("mfa_view_recovery_codes")
    factor = again(lan).authenticator_set.get(type="totp").wrap()
    assert factor.validate_code(code(new, step=1)) and not factor.validate_code(code(step=1))
    assert not set(before) & set(lan.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes())
    assert Event.objects.get(event="factor_replaced").by == "lan"


def test_pressed_twice_it_leads_to_the_new_recovery_codes_both_times(at_desk, lan):
    sent = {"code": code(shown(at_desk.get(PAGE)))}
    led = [at_desk.post(PAGE, sent).url for _press in range(2)]
    assert led == [reverse("mfa_view_recovery_codes")] * 2
    assert Event.objects.filter(event="factor_replaced").count() == 1


def test_until_the_code_of_the_new_one_is_right_the_old_one_counts(at_desk, lan):
    shown(at_desk.get(PAGE))
    page = at_desk.post(PAGE, {"code": "000000"})
    assert page.status_code == 422 and "Mã không đúng" in words(page)
    assert again(lan).authenticator_set.get(type="totp").wrap().validate_code(code(step=1))


def test_on_the_telephone_itself_a_link_gives_the_key_to_the_app_and_it_can_be_copied(at_desk):
    page = at_desk.get(PAGE)
    address = html.unescape(re.search(r'href="(otpauth://totp/[^"]+)"', page.content.decode())[1])
    secret = re.search(r"secret=(\w{32})&", address)[1]
    fours = re.findall(r"<span>(\w{4})</span>", page.content.decode())
    assert "".join(fours) == secret == shown(page) and "Google Authenticator" in words(page)


def test_a_code_of_another_shape_is_said_before_the_new_one_counts(at_desk):
    at_desk.get(PAGE)
    assert "Mã trên điện thoại có 6 chữ số" in words(at_desk.post(PAGE, {"code": "12345678"}))


def test_a_session_alone_is_not_enough(lan):
    client = Client()
    client.force_login(lan)
    assert client.get(PAGE).url.startswith(reverse("account_reauthenticate"))


def test_who_has_none_is_led_to_set_one_up(at_desk, lan):
    lan.authenticator_set.all().delete()
    assert at_desk.get(PAGE).url == reverse("mfa_activate_totp")
    own_app(lan)


def test_the_page_of_the_account_leads_there(at_desk):
    page = at_desk.get(reverse("mfa_index")).content.decode()
    assert PAGE in page and "deactivate" not in page
