"""What one administrator tries alone, to open identities in the name of another. All through pages."""

import datetime as dt
import re
from secrets import token_hex

import pytest
from django.test import Client
from django.urls import reverse

from benan.accounts.models import Membership, User
from tests.accounts.conftest import COMMUNE, PASSWORD, browser, code
from tests.cast import TODAY, agency_of

pytestmark = pytest.mark.django_db
OWN = "câu dài chỉ kẻ gian biết"
RECEIVING = "/tiep-nhan/moi/"  # opens for who may receive people and open their identity


@pytest.fixture
def as_van(van, vy):
    """The administrator who tries; another one exists and does nothing."""
    return browser(van)


@pytest.fixture
def head(tam):
    """The head of the commune, for a long time, with a password of his own."""
    Membership.objects.filter(user=tam).update(since=TODAY - dt.timedelta(days=90))
    tam.set_password(PASSWORD)
    tam.save()
    return tam


def link_on(page):
    """The link that a page shows once, or none where it refused."""
    found = re.search(r"/vao/[\w-]+/", page.content.decode())
    return found[0] if found else "/vao/khong-co/"


def make_account(as_van, username):
    return link_on(as_van.post(reverse("accounts:people"), {"full_name": "Trần Văn Mới", "username": username}))


def new_password(as_van, username):
    return link_on(as_van.post(reverse("accounts:link", args=[username]), follow=True))


def lost_telephone(as_van, username):
    return link_on(as_van.post(reverse("accounts:restore", args=[username]), follow=True))


def grant(as_van, username, role="receiver"):
    sent = {"agency": agency_of(COMMUNE).pk, "since": "09/11/2017"}
    as_van.post(reverse("accounts:grant", args=[username, role]), sent)


def confirm(browser, username):
    membership = Membership.objects.get(user__username=username)
    browser.post(reverse("accounts:confirm", args=[membership.pk]), {"once": token_hex(16)})


def set_password(link):
    """Use a link that sets a password; gives the browser."""
    client = Client()
    client.post(link, {"password1": OWN, "password2": OWN})
    return client


def set_factor(client):
    """Set up a second factor where the page of it opens."""
    if shown := re.search(r"\b[A-Z2-7]{32}\b", client.get(reverse("mfa_activate_totp"), follow=True).content.decode()):
        client.post(reverse("mfa_activate_totp"), {"code": code(shown[0])})
    return client


def sign_in(username, password):
    """Sign in by password alone, and enter it once more."""
    client = Client()
    client.post(reverse("account_login"), {"login": username, "password": password})
    client.post(reverse("account_reauthenticate"), {"password": password})
    return client


def receives(client):
    """Whether this browser may receive people."""
    return client.get(RECEIVING).status_code == 200


def test_by_an_invitation_kept_until_a_head_has_confirmed_the_officer(as_van, head):
    invitation = make_account(as_van, "moi")
    grant(as_van, "moi")
    confirm(browser(head), "moi")
    assert not receives(set_factor(set_password(invitation)))


def test_by_a_new_password_kept_until_the_officer_signed_in_then_a_lost_telephone(as_van, lan):
    kept = new_password(as_van, "lan")
    owner = sign_in("lan", PASSWORD)
    owner.post(reverse("mfa_authenticate"), {"code": code()})
    set_password(kept)
    client = Client()
    client.post(lost_telephone(as_van, "lan"), {"password": OWN})
    assert not receives(set_factor(client))


def test_by_ending_the_head_as_of_yesterday_first(as_van, lan, head):
    as_van.post(
        reverse("accounts:end", args=["tam", head.memberships.get().pk]), {"until": "08/11/2017", "why": "moved"}
    )
    kept = new_password(as_van, "lan")
    owner = sign_in("lan", PASSWORD)
    owner.post(reverse("mfa_authenticate"), {"code": code()})
    set_password(kept)
    client = Client()
    client.post(lost_telephone(as_van, "lan"), {"password": OWN})
    assert not receives(set_factor(client))


def test_by_taking_over_a_head_without_a_second_factor_who_confirms_a_puppet(as_van, head):
    head.authenticator_set.all().delete()
    puppet = set_factor(set_password(make_account(as_van, "moi")))
    grant(as_van, "moi")
    set_password(new_password(as_van, "tam"))
    confirm(set_factor(sign_in("tam", OWN)), "moi")
    assert not receives(puppet)


def test_the_puppet_of_two_people_works(as_van, head):
    """The same road with a head who confirms: what the tests above prevent is one person alone."""
    officer = set_factor(set_password(make_account(as_van, "moi")))
    grant(as_van, "moi")
    confirm(browser(head), "moi")
    assert receives(officer) and User.objects.get(username="moi").seats
