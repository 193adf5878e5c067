"""Second factors: what a copy of the database tells of them, whose they are, how often a code works."""

import re
import time
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from benan.accounts.actions import factors
from benan.accounts.factors import seal, unseal
from benan.audit.models import Event
from benan.core import key_change
from benan.core.refusals import Refused
from tests.accounts.conftest import PASSWORD, SECRET, browser, code
from tests.cast import words

pytestmark = pytest.mark.django_db
Type = Authenticator.Type


def sign_in(username="lan", number=None):
    """A browser after password and, if given, a code."""
    client = Client()
    client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    if number:
        client.answer = client.post(reverse("mfa_authenticate"), {"code": number})
    return client


def is_in(client):
    """Whether somebody is signed in."""
    return "_auth_user_id" in client.session


def set_up(user):
    """Set up an app on the page; gives the browser and the app's secret."""
    user.authenticator_set.all().delete()
    client, address = sign_in(user.username), reverse("mfa_activate_totp")
    secret = re.search(r"\b[A-Z2-7]{32}\b", client.get(address).content.decode())[0]
    assert client.post(address, {"code": code(secret)}).url == reverse("mfa_view_recovery_codes")
    return client, secret


def without_key(settings, tmp_path):
    """The place of a thief who has database and data folder, but not the file of the key."""
    settings.KEY_FILE, settings.DATA_DIR = "", tmp_path / "empty"


def opened(stored):
    """A stored secret as the program opens it here; nothing where it does not."""
    try:
        return get_adapter().decrypt(stored)
    except Refused:
        return ""


def factor_of(user, kind=Type.TOTP):
    """The row of a second factor."""
    return user.authenticator_set.get(type=kind)


def test_a_copy_of_database_and_data_folder_opens_no_second_factor(lan, settings, tmp_path):
    set_up(lan)
    stored = [factor_of(lan).data["secret"], factor_of(lan, Type.RECOVERY_CODES).data["seed"]]
    without_key(settings, tmp_path)
    assert [opened(each) for each in stored] == ["", ""]


def test_a_second_factor_copied_to_anothers_account_is_not_theirs(lan, cast):
    hanh = cast.officer("hanh")
    hanh.password = lan.password
    hanh.save()
    secret = set_up(hanh)[1]
    copied = factor_of(hanh).data | {"last_step": 0}
    lan.authenticator_set.all().delete()
    lan.authenticator_set.create(type=Type.TOTP, data=copied)
    assert not is_in(sign_in("lan", code(secret)))
    lan.authenticator_set.update(data=copied | {"secret": copied["secret"].replace(f"{hanh.pk}.", f"{lan.pk}.", 1)})
    assert not is_in(sign_in("lan", code(secret)))


def test_a_code_works_once_as_long_as_it_is_shown_and_after(lan, monkeypatch):
    moment = [time.time() // 30 * 30]  # when a code begins to be shown
    monkeypatch.setattr(auth.time, "time", lambda: moment[0])
    number = code()
    assert is_in(sign_in("lan", number))
    moment[0] += 31  # within what a telephone may be off
    assert auth.validate_totp_code(SECRET, number)
    again = sign_in("lan", number)
    assert not is_in(again) and "đã dùng rồi" in words(again.answer)


def test_setting_up_sent_twice_leads_to_the_recovery_codes_both_times(lan):
    lan.authenticator_set.all().delete()
    client, address = sign_in("lan"), reverse("mfa_activate_totp")
    secret = client.get(address).context["form"].secret
    sent = {"code": code(secret)}
    assert [client.post(address, sent).url for _press in range(2)] == [reverse("mfa_view_recovery_codes")] * 2


def test_setting_up_making_codes_and_looking_at_them_are_on_the_trail(lan):
    client, _secret = set_up(lan)
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    kinds = Event.objects.filter(by="lan", subject="user:lan").values_list("event", flat=True)
    assert list(kinds.order_by("seq")) == ["signed_in", "factor_set_up", "codes_shown", "codes_made"]


def test_another_app_in_place_of_the_one_before_is_told_apart_on_the_trail(lan):
    secret = auth.generate_totp_secret()
    factors.set_up(by=lan, secret=secret, code=code(secret))
    assert opened(factor_of(lan).data["secret"]) == secret
    assert Event.objects.filter(event="factor_replaced", by="lan").count() == 1


def test_a_new_second_factor_ends_the_other_sessions_and_keeps_this_one(lan):
    elsewhere = browser(lan)
    client, _secret = set_up(lan)
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").url.startswith(reverse("account_login"))


def test_new_recovery_codes_end_the_other_sessions_and_the_codes_before(lan):
    client, _secret = set_up(lan)
    before = factor_of(lan, Type.RECOVERY_CODES).wrap().get_unused_codes()
    elsewhere = browser(lan)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").url.startswith(reverse("account_login"))
    assert not is_in(sign_in("lan", before[0]))


def test_without_a_key_no_app_is_set_up_and_the_page_says_why(lan, settings, tmp_path):
    lan.authenticator_set.all().delete()
    client, address = sign_in(), reverse("mfa_activate_totp")
    without_key(settings, tmp_path)
    page = client.get(address)
    assert "chưa có khóa mã hóa" in words(page) and "init_key" in words(page)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content.decode())[0]
    assert "chưa có khóa mã hóa" in words(client.post(address, {"code": code(secret)}))
    assert not lan.has_second_factor()


def test_without_a_key_whoever_signs_in_is_told_so_and_does_not_have_to_wait(lan, settings, tmp_path):
    kept = settings.KEY_FILE, settings.DATA_DIR
    without_key(settings, tmp_path)
    client = sign_in("lan", code())
    for _time in range(6):
        page = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "chưa có khóa mã hóa" in words(page)
    settings.KEY_FILE, settings.DATA_DIR = kept
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).url == "/"


def test_without_a_key_the_codes_are_not_shown_and_the_page_of_the_account_still_opens(lan, settings, tmp_path):
    client, _secret = set_up(lan)
    without_key(settings, tmp_path)
    page = client.get(reverse("mfa_view_recovery_codes"), follow=True)
    assert "chưa có khóa mã hóa" in words(page) and "Còn 10 mã chưa dùng" in words(page)


@pytest.fixture
def new_key(tmp_path):
    """Where a new key is to be; the change is forgotten with the test."""
    yield str(tmp_path / "new.key")
    key_change._row.cache_clear()


def test_second_factors_follow_when_the_key_changes(lan, settings, new_key, capsys):
    settings.DATA_DIR = Path(new_key).parent / "data"
    before = factor_of(lan).data["secret"]
    call_command("rotate_keys", new_key, known_after=0)
    settings.KEY_FILE = new_key
    stored = factor_of(lan).data["secret"]
    assert stored != before and unseal(stored) == SECRET and is_in(sign_in("lan", code()))


def test_a_secret_of_no_key_and_of_nobody_is_counted_and_left_when_the_key_changes(lan, settings, new_key, capsys):
    settings.DATA_DIR = Path(new_key).parent / "data"
    lan.authenticator_set.update(data={"secret": "khong mo duoc"})
    call_command("rotate_keys", new_key, known_after=0)
    assert "1 người có danh tính được mã hóa bằng một khóa khác nữa" in capsys.readouterr().err
    assert factor_of(lan).data["secret"] == "khong mo duoc"


def test_the_page_of_a_wrong_key_says_which_case_is_missing(lan):
    lan.authenticator_set.update(data={"secret": f"{lan.pk}.{seal(0, SECRET).split('.')[1]}"})
    assert "đặt lại đúng tệp khóa" in words(sign_in("lan", code()).answer)
