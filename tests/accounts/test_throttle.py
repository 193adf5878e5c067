"""How failures are counted, how long they delay, and where: for an account, a browser, an address."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benan.accounts import devices, throttle
from benan.accounts.actions import links
from benan.accounts.models import EntryLink, FailedAttempts
from benan.audit.models import Event
from tests.accounts.conftest import PASSWORD, browser, code
from tests.cast import words

pytestmark = pytest.mark.django_db
WRONG, HOUR = "đoán bừa một câu", 60 * 60


def sign_in(client=None, username="lan", password=PASSWORD, **connection):
    """The first step; whether it was passed."""
    sent = {"login": username, "password": password}
    return (client or Client()).post(reverse("account_login"), sent, **connection).status_code == 302


def guess(username="lan", times=1, client=None, **connection):
    """Wrong passwords."""
    for _time in range(times):
        sign_in(client, username, WRONG, **connection)


def enter(client, step=0):
    """Both steps in one browser."""
    sign_in(client)
    return client.post(reverse("mfa_authenticate"), {"code": code(step=step)})


@pytest.fixture
def own_browser(lan):
    """A browser in which Lan has signed in."""
    client = Client()
    assert enter(client).url == "/"
    client.post(reverse("account_logout"))
    return client


def noted():
    """(count, account, what) of each failure on the trail."""
    lines = Event.objects.filter(event="sign_in_failed").order_by("seq")
    return [(line.data["count"], line.subject, line.data.get("what", "")) for line in lines]


def test_the_delay_doubles_from_five_seconds_to_a_quarter_of_an_hour():
    seconds = [throttle.delay_after(failures).total_seconds() for failures in range(1, 15)]
    assert seconds == [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert throttle.delay_after(10**6) == dt.timedelta(minutes=15)


def test_after_the_delay_the_right_password_is_looked_at(lan, later):
    guess(times=throttle.FREE)
    later(4)
    assert not sign_in()
    later(2)
    assert sign_in()


def test_what_is_sent_during_the_delay_makes_it_no_longer(lan, later):
    guess(times=throttle.FREE)
    later(4)
    guess(times=20)
    later(2)
    assert sign_in()


def test_failures_are_forgotten_after_twelve_quiet_hours(lan, later):
    guess(times=4)
    later(12 * HOUR + 1)
    guess(times=4)
    assert sign_in()


def test_a_complete_sign_in_begins_the_count_anew(lan):
    guess(times=4)
    enter(Client())
    guess(times=4)
    assert sign_in()


def test_the_right_password_alone_does_not_begin_it_anew(lan):
    guess(times=4)
    assert sign_in()
    guess()
    assert not sign_in()


def test_a_known_browser_has_a_count_of_its_own(own_browser, lan):
    guess(times=throttle.FREE, client=own_browser)
    assert not sign_in(own_browser) and sign_in()


@pytest.mark.parametrize("changed", ["password", "factor", "said to be lost"])
def test_a_browser_is_known_until_the_password_or_the_factor_changes(own_browser, lan, tam, changed):
    if changed == "password":
        lan.set_password(PASSWORD)
        lan.save()
    elif changed == "said to be lost":
        links.make_link(by=tam, user=lan, kind=EntryLink.Kind.LOST_FACTOR)
    else:
        data = lan.authenticator_set.get(type="totp").data
        lan.authenticator_set.all().delete()
        lan.authenticator_set.create(type="totp", data=data)
    guess(times=throttle.FREE)
    assert not sign_in(own_browser)


def test_a_browser_known_to_one_officer_is_unknown_to_another(own_browser, lan, ngoc):
    ngoc.set_password(PASSWORD)
    ngoc.save()
    guess("ngoc", throttle.FREE)
    assert not sign_in(own_browser, "ngoc") and sign_in(own_browser)


def test_who_signed_in_without_a_second_factor_is_not_known(lan):
    lan.authenticator_set.all().delete()
    client = Client()
    assert sign_in(client) and devices.COOKIE not in client.cookies


def test_the_cookie_of_a_known_browser_is_for_the_entrance_alone_and_tells_no_name(own_browser, lan):
    cookie = own_browser.cookies[devices.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/cua/")
    assert not cookie["secure"]  # this installation is reached without https
    assert "lan" not in cookie.value.lower() and lan.password not in cookie.value


def test_over_https_the_cookie_travels_over_https_only(lan, settings):
    settings.HTTPS = True
    client = Client()
    enter(client)
    assert client.cookies[devices.COOKIE]["secure"]


def test_a_cookie_somebody_made_up_is_not_believed(own_browser, lan):
    guess(times=throttle.FREE)
    own_browser.cookies[devices.COOKIE] = own_browser.cookies[devices.COOKIE].value[:-3] + "abc"
    assert not sign_in(own_browser)


def test_a_browser_of_many_officers_knows_the_latest_twenty(own_browser, lan, rf):
    request, answer = rf.get("/"), Client().get(reverse("account_login"))
    for number in range(25):
        like = type(lan)(pk=10_000 + number, password="x")
        devices.remember(request, answer, like)
        request.COOKIES[devices.COOKIE] = answer.cookies[devices.COOKIE].value
    known = [bool(devices.known_device(request, type(lan)(pk=10_000 + number, password="x"))) for number in range(25)]
    assert known == [False] * 5 + [True] * 20 and len(request.COOKIES[devices.COOKIE]) < 2000


def test_guesses_at_the_entrance_do_not_delay_who_is_signed_in(lan):
    inside = browser(lan)
    guess(times=throttle.FREE)
    page = inside.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert page.status_code == 302


def test_guesses_at_the_entrance_do_not_delay_the_link_for_a_lost_factor(lan, tam):
    secret = links.make_link(by=tam, user=lan, kind=EntryLink.Kind.LOST_FACTOR)
    guess(times=throttle.FREE)
    page = Client().post(reverse("accounts:enter", args=[secret]), {"password": PASSWORD})
    assert page.status_code == 302


def test_the_trail_notes_the_first_failure_and_each_doubling(lan):
    guess(times=throttle.FREE)
    lan.refresh_from_db()
    assert noted() == [(1, "user:lan", "password"), (2, "user:lan", "password"), (4, "user:lan", "password")]


def test_a_guesser_does_not_fill_the_trail(lan, later):
    for _time in range(40):
        guess()
        later(15 * 60)
    assert [count for count, _on, _what in noted()] == [1, 2, 4, 8, 16, 32]


def test_the_trail_says_from_where(lan):
    guess(REMOTE_ADDR="192.0.2.7")
    enter(Client(REMOTE_ADDR="192.0.2.8"))
    failed, entered = (Event.objects.get(event=kind) for kind in ("sign_in_failed", "signed_in"))
    assert (failed.data["from"], entered.data["from"]) == ("192.0.2.7", "192.0.2.8")


def test_a_name_that_is_no_accounts_is_nowhere_written(lan):
    typed = "mật khẩu gõ nhầm ô"
    guess(typed)
    kept = [*FailedAttempts.objects.using("aside").values_list("counter", flat=True), *map(str, Event.objects.values())]
    assert noted() == [(1, "", "password")]
    assert kept and not any(typed in each for each in kept)


def test_no_address_is_written_beside_the_counts(lan):
    guess(REMOTE_ADDR="192.0.2.7")
    assert not FailedAttempts.objects.using("aside").filter(counter__contains="192.0").exists()


def over_budget(monkeypatch, **connection):
    """Have more failures than its budget come from an address."""
    monkeypatch.setattr(throttle, "ADDRESS_BUDGET", 6)
    for number in range(6):
        guess(f"ai.do.{number}", **connection)


def test_from_an_address_beyond_its_budget_each_name_waits_after_its_second_failure(lan, monkeypatch):
    over_budget(monkeypatch)
    guess(times=2)
    assert not sign_in()


def test_who_never_mistyped_does_not_wait_at_such_an_address(lan, monkeypatch):
    over_budget(monkeypatch)
    guess()
    assert sign_in()


def test_other_addresses_keep_five(lan, monkeypatch):
    over_budget(monkeypatch, REMOTE_ADDR="192.0.2.7")
    guess(times=4, REMOTE_ADDR="192.0.2.9")
    assert sign_in(REMOTE_ADDR="192.0.2.9")


def test_the_budget_of_an_address_is_for_an_hour(lan, monkeypatch, later):
    over_budget(monkeypatch)
    later(HOUR + 1)
    guess(times=4)
    assert sign_in()


def test_an_address_beyond_its_budget_is_on_the_trail(lan, monkeypatch):
    over_budget(monkeypatch)
    line = Event.objects.filter(event="sign_in_failed", subject="", data__count=6).get()
    assert line.data["from"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
    ],
)
def test_of_ipv6_the_network_of_one_subscriber_counts_as_one_address(one, other, same):
    assert (throttle._address_counter(one) == throttle._address_counter(other)) is same


class Counting(MD5PasswordHasher):
    """The hasher of tests, that says how often it worked."""

    worked = 0

    def encode(self, password, salt):
        Counting.worked += 1
        return super().encode(password, salt)


def test_every_answer_costs_one_look_at_a_password(lan, settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_throttle.Counting"]
    looks = []
    for name in ("lan", "khong.co.ai"):
        for _time in range(throttle.FREE + 2):
            Counting.worked = 0
            guess(name)
            looks.append(Counting.worked)
    assert looks == [1] * 14


def test_a_known_and_an_unknown_name_cost_the_same_work_in_the_database(lan):
    statements = []
    for name in ("lan", "khong.co.ai"):
        guess(name, 2)
        with (
            CaptureQueriesContext(connections["default"]) as here,
            CaptureQueriesContext(connections["aside"]) as aside,
        ):
            guess(name)
        statements.append((len(here), len(aside)))
    assert statements[0] == statements[1]


def test_counts_that_no_longer_count_are_deleted_when_somebody_signs_in(lan, later):
    guess("khong.co.ai")
    later(12 * HOUR + 1)
    enter(Client())
    assert not FailedAttempts.objects.using("aside").exists()


def test_who_waits_is_told_that_it_may_be_a_delay_and_whom_to_call(lan):
    guess(times=throttle.FREE)
    page = words(Client().post(reverse("account_login"), {"login": "lan", "password": PASSWORD}))
    assert "liên tiếp thì phải chờ, từ" in page and "gọi người quản trị" in page


def greeting(client):
    """What an officer reads after coming in."""
    return words(client.get("/"))


def test_an_officer_is_told_that_somebody_tried_since_they_last_came_in(own_browser, lan):
    guess(times=4)
    enter(own_browser, step=1)
    assert "bị nhập sai ít nhất 4 lần" in greeting(own_browser)


def test_an_officer_is_not_told_of_a_mistake_of_their_own(own_browser, lan):
    guess(times=2, client=own_browser)
    enter(own_browser, step=1)
    assert "bị nhập sai" not in greeting(own_browser)
