"""Commands of a new installation and of a demo."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from benan.accounts.models import Installation, Membership, User
from benan.agencies.models import Agency
from benan.rules.models import TimeLimit
from tests.cast import words

pytestmark = pytest.mark.django_db
PASSWORD = "một hai ba bốn năm"


@pytest.fixture
def run(capsys):
    def run(*command, **options):
        call_command(*command, **options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def unmarked(db, settings):
    settings.BENAN_TODAY = ""


def test_reference_data_is_told_in_one_sentence_each_and_a_second_run_adds_nothing(run, settings):
    settings.BENAN_TODAY = ""
    before = Agency.objects.count(), TimeLimit.objects.count()
    said = run("load_reference").splitlines()
    assert [line.split(":")[0] for line in said] == ["Địa bàn", "Luật", "Đơn vị"]
    assert "thêm 0, sửa 0, bỏ 0" in said[0] and "(0 mới)" in said[2]
    assert (Agency.objects.count(), TimeLimit.objects.count()) == before


def test_the_first_run_marks_a_real_installation(run, unmarked):
    run("load_reference")
    assert Installation.objects.get().demo is False


def test_the_first_run_with_demo_marks_a_demo_on_any_day(run, unmarked, settings):
    settings.BENAN_TODAY = "2017-11-09"
    run("load_reference", demo=True)
    assert Installation.objects.get().demo is True


@pytest.mark.parametrize("demo", [True, False])
def test_an_installation_never_becomes_the_other_kind(unmarked, demo):
    Installation.objects.create(pk=1, demo=not demo)
    with pytest.raises(CommandError, match="Thư mục dữ liệu này là"):
        call_command("load_reference", demo=demo)
    assert Installation.objects.get().demo is not demo


def test_a_real_installation_refuses_a_moved_day_and_stays_unmarked(unmarked, settings):
    settings.BENAN_TODAY = "2017-11-09"
    with pytest.raises(CommandError, match="BENAN_TODAY chỉ dùng cho bản trình diễn"):
        call_command("load_reference")
    assert not Installation.objects.exists()


def test_an_empty_installation_gets_its_first_administrator(run, monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    said = run("first_link")
    link = re.search(r"http://127\.0\.0\.1:8123(/vao/\S+/)", said)[1]
    given = Membership.objects.values_list("user__username", "role", "agency__key")
    assert list(given) == [("quantri", "administrator", "operator")]
    client = Client()
    assert client.post(link, {"password1": PASSWORD, "password2": PASSWORD}).url == reverse("mfa_activate_totp")


def test_while_the_first_administrator_never_entered_the_link_is_made_anew(run):
    first, second = (re.search(r"/vao/\S+/", run("first_link"))[0] for _run in range(2))
    assert first != second and User.objects.count() == 1
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200


def test_the_second_administrator_comes_from_the_terminal_and_the_third_does_not(run):
    run("first_link")
    link = re.search(r"/vao/\S+/", run("add_administrator", "vy", "Võ Thanh Vy"))[0]
    assert "Võ Thanh Vy" in words(Client().get(link))
    with pytest.raises(CommandError, match="Đã có hai người quản trị"):
        call_command("add_administrator", "ba", "Người Thứ Ba")


def test_once_somebody_works_here_it_only_says_where(run, lan, monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert run("first_link") == "Mở http://127.0.0.1:8000/\n"


def test_behind_a_proxy_links_lead_to_the_name_that_people_type(run, lan, monkeypatch, settings):
    settings.HTTPS, settings.ALLOWED_HOSTS = True, ["ben-an.example", "192.0.2.7"]
    monkeypatch.setenv("PROXY", "127.0.0.1")
    assert run("first_link").strip() == "Mở https://ben-an.example/"


def test_without_agencies_the_first_link_says_what_to_load():
    Agency.objects.filter(key="operator").delete()
    with pytest.raises(CommandError, match="load_reference"):
        call_command("first_link")


def test_a_demo_is_entered_as_one_of_its_people(run, demo, cast):
    cast.officer("lan")
    link = re.search(r"/vao/\S+/", run("sign_in_link", "LAN"))[0]
    client = Client()
    client.post(link)
    assert "Nguyễn Thị Lan" in words(client.get(reverse("accounts:numbers")))


def test_in_a_demo_there_is_no_password_to_change_and_the_page_says_so(run, demo):
    user = User(username="khach", full_name="Khách")
    user.set_unusable_password()
    user.save()
    client = Client()
    client.post(re.search(r"/vao/\S+/", run("sign_in_link", "khach"))[0])
    assert "không có mật khẩu để đổi" in words(client.get(reverse("account_change_password"), follow=True))


def test_a_demo_link_needs_a_demo(lan):
    with pytest.raises(CommandError, match="chỉ có ở bản trình diễn"):
        call_command("sign_in_link", "lan")


def test_an_unknown_name_is_answered_with_the_known_ones(demo, cast):
    cast.officer("lan")
    with pytest.raises(CommandError, match="“lân”. Có: lan"):
        call_command("sign_in_link", "lân")
