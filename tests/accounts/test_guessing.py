"""Somebody guesses passwords and codes: nobody else is stopped by it, and nothing tells which names exist."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from benan.accounts import devices
from benan.accounts.models import User
from benan.audit.models import Event
from benan.core import sealing
from tests.accounts.conftest import PASSWORD, SECRET, code, own_app
from tests.cast import Officer, words

pytestmark = pytest.mark.django_db
WRONG = "đoán bừa một câu"
OFFICERS, GUESSED = 200, 10


def sign_in(client, username="lan", password=PASSWORD):
    """The first step."""
    return client.post(reverse("account_login"), {"login": username, "password": password})


def enter(client, number):
    """The second step."""
    return client.post(reverse("mfa_authenticate"), {"code": number})


def guess(username="lan", times=1):
    """Wrong passwords from browsers that nobody knows; gives the last answer."""
    return [sign_in(Client(), username, WRONG) for _time in range(times)][-1]


def is_in(client):
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session


@pytest.fixture
def own_browser(lan):
    """A browser in which Lan signed in yesterday, with both factors."""
    client = Client()
    sign_in(client)
    enter(client, code())
    assert is_in(client)
    client.post(reverse("account_logout"))
    return client


def test_thirty_tries_a_minute_behind_one_address_stop_nobody_else(client, lan):
    for number in range(40):
        guess(f"ai.do.{number}")
    assert sign_in(client).status_code == 302
    enter(client, code())
    assert is_in(client)


def test_wrong_passwords_at_night_do_not_keep_the_officer_out_of_her_own_browser(own_browser, lan):
    guess(times=12)
    assert sign_in(own_browser).status_code == 302
    enter(own_browser, code(step=1))
    assert is_in(own_browser)


def test_a_browser_made_up_from_a_copy_without_the_key_is_not_known(lan, settings, tmp_path, rf):
    held, settings.KEY_FILE = settings.KEY_FILE, str(tmp_path / "another.key")
    sealing.create_key(tmp_path / "another.key")
    made_up = HttpResponse()
    devices.remember(rf.get("/"), made_up, User.objects.get(username="lan"))
    settings.KEY_FILE = held
    browser = Client()
    browser.cookies[devices.COOKIE] = made_up.cookies[devices.COOKIE].value
    guess(times=12)
    assert sign_in(browser).status_code != 302


def test_the_second_factor_is_asked_in_a_known_browser_too(own_browser, lan):
    sign_in(own_browser)
    assert not is_in(own_browser)


def test_no_answer_tells_which_names_exist(lan):
    answers = [[guess(name) for _time in range(8)] for name in ("lan", "khong.co.ai")]
    known, unknown = ([(each.status_code, words(each)) for each in row] for row in answers)
    assert known == unknown and len(set(known)) == 1
    assert "mật khẩu không đúng. Nhập sai nhiều lần liên tiếp thì phải chờ" in known[0][1]


def test_the_right_password_is_not_looked_at_before_the_delay_is_over(client, lan):
    refused = guess(times=5)
    answer = sign_in(client)
    assert (answer.status_code, words(answer)) == (refused.status_code, words(refused))


def test_a_wrong_password_typed_again_by_somebody_signed_in_counts_and_is_on_the_trail(own_browser, lan):
    sign_in(own_browser)
    enter(own_browser, code(step=1))
    for _time in range(6):
        own_browser.post(reverse("account_reauthenticate"), {"password": WRONG})
    before = Event.objects.filter(event="sign_in_failed", subject="user:lan").count()
    page = own_browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert before and page.status_code == 200 and "phải chờ 5 giây nữa" in words(page)


def test_a_wrong_old_password_counts_and_is_on_the_trail(own_browser, lan):
    sign_in(own_browser)
    enter(own_browser, code(step=1))
    new = {"password1": "mưa rơi trên mái tôn", "password2": "mưa rơi trên mái tôn"}
    for _time in range(6):
        own_browser.post(reverse("account_change_password"), {"oldpassword": WRONG, **new})
    line = Event.objects.filter(event="sign_in_failed", subject="user:lan").first()
    page = own_browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert line and page.status_code == 200 and "phải chờ 5 giây nữa" in words(page)


def test_wrong_codes_have_to_wait_and_give_no_way_around(client, lan):
    sign_in(client)
    for _time in range(5):
        enter(client, "000000")
    assert "phải chờ 5 giây nữa" in words(enter(client, code()))
    assert sign_in(Client()).status_code == 200 and not is_in(client)


def test_who_waits_after_the_right_password_reads_until_when_and_who_ends_it(client, lan, later):
    sign_in(client)
    for _time in range(12):
        enter(client, "000000")
        later(15 * 60)
    enter(client, "000000")
    page = words(enter(client, code()))
    assert re.search(r"phải chờ đến \d\d:\d\d;", page) and "“Cho đăng nhập ngay”" in page
    assert "Mã không đúng" not in page


def test_a_wrong_code_is_not_said_to_be_a_delay(client, lan):
    sign_in(client)
    page = words(enter(client, "000000"))
    assert "Mã không đúng hoặc đã dùng rồi" in page and "phải chờ" not in page


@pytest.mark.parametrize("typed", ["abc", "12345", "1234567", "１２３４５６", "bốn từ dài dễ nhớ"])
def test_what_has_the_shape_of_no_code_is_said_and_counts_as_no_try(client, lan, typed):
    sign_in(client)
    for _time in range(6):
        assert "Mã trên điện thoại có 6 chữ số, mã dự phòng có 8 chữ số" in words(enter(client, typed))
    enter(client, f"{code()[:3]} {code()[3:]}")
    assert is_in(client)


def test_an_officer_who_mistyped_in_her_own_browser_is_let_in_by_an_administrator(own_browser, lan, van):
    for _time in range(6):
        sign_in(own_browser, password=WRONG)
    as_van = Officer(van)
    assert "Nguyễn Thị Lan" in words(as_van.get(reverse("accounts:people"))).split("Theo đơn vị")[0]
    as_van.post(reverse("accounts:lift", args=["lan"]))
    assert sign_in(own_browser).status_code == 302


@pytest.mark.parametrize(
    ("headed", "calls"), [(True, "gọi thủ trưởng đơn vị"), (False, "gọi người quản trị chương trình")]
)
def test_the_page_of_the_code_says_who_confirms_a_lost_telephone(client, lan, request, headed, calls):
    if headed:
        request.getfixturevalue("tam")
    sign_in(client)
    assert calls in words(client.get(reverse("mfa_authenticate")))


def test_monday_morning_behind_one_address_while_somebody_guesses_from_there(officers_of_the_province):
    """Some in browsers known from Friday, others in new ones; every other one mistypes first."""
    for number, (name, secret, browser) in enumerate(officers_of_the_province):
        guess(f"canbo{number % GUESSED}"), guess(f"ai.do.{number}")
        if number % 2:
            sign_in(browser, name, "bốn từ dài dễ nhơ")
        sign_in(browser, name)
        enter(browser, code(secret, step=1))
        assert is_in(browser), name


@pytest.fixture
def officers_of_the_province(lan):
    """200 officers with password and second factor; (name, secret, browser). Who is guessed at came on Friday too."""
    like, secret, people = lan, SECRET, []
    for number in range(OFFICERS):
        user = type(like)(username=f"canbo{number}", full_name=f"Cán Bộ {number}", password=like.password)
        user.save()
        own_app(user, secret)
        people.append((user.username, secret, Client()))
    for name, _secret, browser in people[:GUESSED]:
        sign_in(browser, name)
        enter(browser, code(secret))
        browser.post(reverse("account_logout"))
    return people
