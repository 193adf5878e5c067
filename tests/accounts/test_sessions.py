"""Sessions as they lie in the database: what a copy of them is worth, and when they end."""

import datetime as dt
import json
import re
from importlib import import_module
from secrets import token_hex

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from benan.accounts.actions import officers
from benan.audit.models import Event
from benan.core.days import clock
from tests.accounts.conftest import PASSWORD, browser, code
from tests.cast import Officer, words

pytestmark = pytest.mark.django_db
NEW = "mưa rơi trên mái tôn"
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def store():
    """The engine of sessions."""
    return import_module(settings.SESSION_ENGINE).SessionStore


@pytest.fixture
def row(lan, store):
    """The row of Lan's session, as a copy of the database has it."""
    browser(lan)
    return store.get_model_class().objects.get()


def test_the_key_of_a_session_in_a_copy_of_the_database_is_no_cookie(row, lan):
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert thief.get("/").status_code == 302


def test_what_a_session_holds_is_not_read_from_the_database(row, store):
    assert store().decode(row.session_data) == {}


def test_a_row_written_into_the_database_is_no_session(row, lan, store):
    """Whoever writes rows knows how they are made, but not SECRET_KEY."""
    key = "a" * 32
    planted = store(key)
    planted._session_cache = {**browser(lan).session}
    with pytest.MonkeyPatch.context() as theirs:
        theirs.setattr(settings, "SECRET_KEY", "doan bua " * 6)
        planted.save(must_create=True)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert thief.get("/").url.startswith(reverse("account_login"))


def test_a_session_keeps_what_it_is_given_and_is_deleted_whole(store):
    made = store()
    made["chữ"] = {"đã gõ": [1, None, "Lệ"]}
    made.save()
    again = store(made.session_key)
    assert again["chữ"] == {"đã gõ": [1, None, "Lệ"]} and again.exists(made.session_key)
    made.delete()
    assert not again.exists(made.session_key) and store(made.session_key).load() == {}


@pytest.mark.parametrize(
    ("name", "sent"),
    [("account_reauthenticate", lambda: {"password": PASSWORD}), ("mfa_reauthenticate", lambda: {"code": code()})],
)
def test_who_proves_again_who_they_are_goes_on_under_another_key(lan, store, name, sent):
    client = browser(lan)
    before = client.session.session_key
    client.post(reverse(name), sent())
    assert client.session.session_key != before and client.get("/").status_code == 200
    assert not store().exists(before)


def change_password(client, old=PASSWORD, new=NEW):
    """Send the page's form."""
    return client.post(
        reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new}, follow=True
    )


def test_a_changed_password_ends_every_session_and_is_on_the_trail(lan, store):
    here, elsewhere = browser(lan), browser(lan)
    page = change_password(here)
    assert page.status_code == 200 and "Đã đổi mật khẩu" in words(page)
    # Asked first: a session that another password opened is also deleted when it is next used.
    assert not store.get_model_class().objects.filter(user=lan).exists()
    for client in (here, elsewhere):
        assert client.get("/").url.startswith(reverse("account_login"))
    assert Event.objects.filter(event="password_changed", by="lan", subject="user:lan").count() == 1


def test_after_a_changed_password_one_signs_in_and_lands_on_the_desk(lan):
    here = browser(lan)
    page = change_password(here)
    assert "Đã đổi mật khẩu; đăng nhập lại bằng mật khẩu mới." in words(page) and "Đã đăng xuất" not in words(page)
    next_ = re.findall(r'name="next" value="([^"]*)"', page.content.decode())
    here.post(reverse("account_login"), {"login": "lan", "password": NEW, **({"next": next_[0]} if next_ else {})})
    assert here.post(reverse("mfa_authenticate"), {"code": code()}).url == "/"


def test_who_typed_the_old_password_and_has_not_typed_the_code_does_not_come_in(lan):
    half_way = Client()
    half_way.post(reverse("account_login"), {"login": "lan", "password": PASSWORD})
    change_password(browser(lan))
    page = half_way.post(reverse("mfa_authenticate"), {"code": code()})
    assert page.status_code == 200 and "Mật khẩu đã đổi" in words(page)
    assert "_auth_user_id" not in half_way.session


def test_who_has_not_typed_the_code_yet_does_not_come_into_an_account_stopped_meanwhile(lan, van):
    half_way = Client()
    half_way.post(reverse("account_login"), {"login": "lan", "password": PASSWORD})
    officers.stop_account(by=van, user=lan, why="left", knowing=True)
    half_way.post(reverse("mfa_authenticate"), {"code": code()})
    assert not lan.sessions.exists() and not Event.objects.filter(event="signed_in").exists()


def test_a_wrong_old_password_changes_nothing(lan, store):
    here = browser(lan)
    page = change_password(here, old="đoán bừa một câu")
    assert "Mật khẩu không đúng" in words(page) and here.get("/").status_code == 200
    assert not Event.objects.filter(event="password_changed").exists()


def test_sessions_whose_time_is_over_are_deleted_when_somebody_signs_in(row, lan, store, client):
    type(row).objects.update(expire_date=clock() - dt.timedelta(seconds=1))
    lan.authenticator_set.all().delete()
    client.post(reverse("account_login"), {"login": "lan", "password": PASSWORD})
    assert [each.session_key != row.session_key for each in type(row).objects.all()] == [True]


def test_sessions_are_json_and_nothing_that_runs(lan, store):
    client = browser(lan)
    assert json.loads(json.dumps(dict(client.session))) == dict(client.session)
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


def test_an_officer_sees_where_else_they_are_signed_in_and_signs_out_there(lan):
    elsewhere, here = browser(lan), browser(lan)
    assert "Một máy, làm việc lần cuối vào khoảng" in words(here.get(reverse("mfa_index")))
    page = here.post(reverse("end_other_sessions"))
    assert page.url.startswith(reverse("account_reauthenticate"))  # only once more who they are
    page = here.post(page.url, {"password": PASSWORD}, follow=True)
    assert "Đã đăng xuất khỏi các máy khác" in words(page) and "Không đăng nhập ở máy nào khác" in words(page)
    assert elsewhere.get("/").status_code == 302 and here.get("/").status_code == 200
    assert Event.objects.filter(event="sessions_ended", by="lan").count() == 1


def test_the_sessions_of_others_are_not_theirs_to_end(lan, cast):
    hers, hanh = browser(lan), browser(cast.officer("hanh"))
    assert "Không đăng nhập ở máy nào khác" in words(hanh.get(reverse("mfa_index")))
    assert hers.get("/").status_code == 200


# Pages left open before one signed in again.


@pytest.fixture
def from_before(lan):
    """Lan's browser, whose open pages carry the token of an earlier session."""
    return Client(enforce_csrf_checks=True), Officer(lan)


def send_from_before(from_before, name, headers, **data):
    """Send a form of such a page; gives the browser and the answer."""
    client, officer = from_before
    client.cookies = officer.cookies
    client.cookies[settings.CSRF_COOKIE_NAME] = token_hex(16)
    return client, client.post(reverse(name), {"csrfmiddlewaretoken": token_hex(16), **data}, headers=headers)


def test_one_signs_out_from_an_old_page_too(from_before):
    client, answer = send_from_before(from_before, "account_logout", HERE)
    assert answer.status_code == 302 and "_auth_user_id" not in client.session


def test_another_site_signs_nobody_out(from_before):
    client, answer = send_from_before(from_before, "account_logout", {"Origin": "https://xau.example"})
    assert answer.status_code == 403 and "_auth_user_id" in client.session


def test_an_old_page_of_the_sign_in_leads_to_the_desk(from_before):
    client, answer = send_from_before(from_before, "account_login", HERE, login="lan", password=PASSWORD)
    assert answer.status_code == 302 and client.get(answer.url).url == "/"
