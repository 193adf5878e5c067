"""The calendar at a secret address: plan days of the officer's agencies, for whoever has the address and for as long as it holds."""

import re

import pytest
from django.test import Client
from icalendar import Calendar

from benan.accounts import throttle
from benan.accounts.models import Membership, User
from benan.audit.models import Event
from benan.notices import actions, feeds
from benan.notices.models import CalendarFeed
from tests.cast import day, words

pytestmark = pytest.mark.django_db
LONG = "Nộp báo cáo kết quả thực hiện Chương trình phòng, chống mua bán người năm 2017 của đơn vị về Sở Lao động - Thương binh và Xã hội"


@pytest.fixture
def secret(hanh):
    return actions.make_feed(by=hanh)


def read(secret, **more):
    """What a program gets that knows the address and nobody's password."""
    return Client().get(f"/lich/{secret}.ics", **more)


def test_a_program_reads_the_plan_days_of_the_officers_agencies(planned, secret):
    planned("labour-737", "14/11/2017", LONG)
    planned("labour-737", "10/09/2017", done=True)
    planned("labour-737", "09/11/2018")
    planned("labour-737", "10/11/2018", "Quá xa")
    planned("labour-737", "09/09/2017", "Quá lâu")
    planned("labour-736", "14/11/2017", "Việc của nơi khác")
    answer = read(secret)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(one["SUMMARY"], one.decoded("DTSTART"), one.decoded("DTEND")) for one in found] == [
        ("Đã xong: Nộp báo cáo năm 2017", day("10/09/2017"), day("11/09/2017")),
        (LONG, day("14/11/2017"), day("15/11/2017")),
        ("Nộp báo cáo năm 2017", day("09/11/2018"), day("10/11/2018")),
    ]
    assert found[1]["DESCRIPTION"] == "kế hoạch 12089/KH-UBND, mục VI.1" and found[1]["URL"].endswith("/ke-hoach/")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert len({str(one["UID"]) for one in found}) == 3


def test_an_event_keeps_its_name_when_its_words_and_day_change(planned, secret, monkeypatch):
    planned("labour-737", "14/11/2017", key="one")
    planned("labour-737", "16/11/2017", "Nộp lại", key="one")
    first, second = (str(one["UID"]) for one in Calendar.from_ical(read(secret).content).walk("VEVENT"))
    assert first == second


def test_it_holds_no_case(planned, secret, notified):
    case = notified()
    said = read(secret).content.decode()
    assert "VEVENT" not in said and case.alias not in said and case.code not in said


def test_the_secret_is_long_kept_as_a_digest_and_another_each_time(hanh, secret):
    row = CalendarFeed.objects.get(user=hanh)
    assert (
        len(secret) >= 32
        and secret not in (row.secret_hash, feeds.digest(""))
        and row.secret_hash == feeds.digest(secret)
    )
    assert actions.make_feed(by=hanh) != secret


def test_a_new_address_ends_the_one_before(planned, hanh, secret):
    new = actions.make_feed(by=hanh)
    assert (read(secret).status_code, read(new).status_code) == (404, 200)


def test_a_withdrawn_address_and_a_wrong_one_are_told_alike(as_hanh, secret):
    as_hanh.send("notices:withdraw_feed")
    page, wrong = read(secret), read("khong-co")
    assert page.status_code == wrong.status_code == 404 and page.content == wrong.content
    assert "Chưa lập địa chỉ lịch." in words(as_hanh.open("notices:subscribing"))


def test_an_officer_whose_roles_ended_or_whose_account_was_stopped_has_no_calendar(hanh, secret):
    Membership.objects.filter(user=hanh).update(until=day("08/11/2017"))
    assert read(secret).status_code == 404
    Membership.objects.filter(user=hanh).update(until=None)
    assert read(secret).status_code == 200
    User.objects.filter(pk=hanh.pk).update(is_active=False)
    assert read(secret).status_code == 404


def test_the_address_is_shown_once_and_opens_nothing_else(as_hanh):
    page = as_hanh.send("notices:subscribing")
    url = re.search(r"http://testserver(/lich/[\w-]+\.ics)", page.content.decode())[1]
    browser = Client()
    assert browser.get(url).status_code == 200 and "sessionid" not in browser.cookies
    assert browser.get("/lich/").status_code == 302 and browser.post(url).status_code == 405
    after = as_hanh.open("notices:subscribing")
    assert "đang dùng" in words(after) and url not in after.content.decode()


def test_the_trail_says_that_it_was_made_and_withdrawn_and_never_where(as_hanh):
    as_hanh.send("notices:subscribing")
    as_hanh.send("notices:withdraw_feed")
    rows = Event.objects.filter(event__startswith="feed_").order_by("seq")
    assert [(row.event, row.by, row.data) for row in rows] == [
        ("feed_made", "hanh", {}),
        ("feed_withdrawn", "hanh", {}),
    ]


def test_who_asks_too_often_with_wrong_secrets_waits_and_others_do_not(planned, secret, monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESS_BUDGET", 3)
    there, elsewhere = {"REMOTE_ADDR": "198.51.100.7"}, {"REMOTE_ADDR": "198.51.100.8"}
    assert [read(f"sai-{n}", **there).status_code for n in range(4)] == [404, 404, 404, 429]
    assert read(secret, **there).status_code == 429 and read(secret, **there)["Retry-After"] == "3600"
    assert read(secret, **elsewhere).status_code == 200


def test_who_asks_too_often_for_calendars_signs_in_as_before(hanh, monkeypatch, rf):
    monkeypatch.setattr(throttle, "ADDRESS_BUDGET", 1)
    read("sai", REMOTE_ADDR="198.51.100.7")
    request = rf.post("/cua/vao/", REMOTE_ADDR="198.51.100.7")
    assert not throttle.too_many_wrong_secrets(request, "address")


def test_reading_with_the_right_secret_counts_nothing(planned, secret, monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESS_BUDGET", 1)
    assert [read(secret).status_code for _time in range(3)] == [200] * 3
