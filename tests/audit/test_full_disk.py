"""Where no head of the trail can be written, nothing is saved and reading goes on."""

from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from benan.accounts.actions import officers
from benan.accounts.events import AccountEvent
from benan.audit import heads, trail
from benan.audit.models import Event
from benan.audit.verify import verify
from benan.cases.events import CaseEvent
from benan.cases.models import Step
from tests.cast import TODAY, words

UNMARKED, MARKED = (
    "Chưa lưu, nhưng nội dung đã nhập còn nguyên",
    "Hiện không lưu được mã kiểm tra của nhật ký ra ngoài cơ sở dữ liệu",
)


@pytest.fixture
def case(town):
    """Somebody received by Lan."""
    return town.received()


@pytest.fixture
def kept_heads(town, settings):
    """The file of heads before the disk was full."""
    return settings.HEADS_FILE


@pytest.fixture(params=["full", "closed"])
def full_disk(request, case, kept_heads, settings):
    """From now on the file of heads takes nothing more: the disk is full, or its folder is not there."""
    settings.HEADS_FILE = Path("/dev/full") if request.param == "full" else kept_heads.parent / "gone/heads.log"
    yield
    heads.failing = False


def remark(town, case):
    return town.browser("lan").send("cases:remark", case.code, on=TODAY, words="Gọi lại buổi chiều.")


def test_an_officers_form_is_refused_whole_with_a_page_that_keeps_what_was_typed(town, case, full_disk):
    town.browser("lan").raise_request_exception = False
    before = Event.objects.count(), Step.objects.filter(case=case).count()
    page = remark(town, case)
    assert (page.status_code, Event.objects.count(), Step.objects.filter(case=case).count()) == (503, *before)
    assert UNMARKED in words(page) and "Gọi lại buổi chiều." in page.content.decode()


def test_reading_goes_on_marked_and_the_look_is_on_the_trail(town, case, full_disk):
    page = town.browser("lan").open("cases:case", case.code)
    assert page.status_code == 200 and MARKED in words(page)
    assert Event.objects.last().event == CaseEvent.VIEWED


def test_an_officer_signs_in_meanwhile(town, case, full_disk):
    assert trail.record(by=town.officer("lan"), event=AccountEvent.SIGNED_IN).pk


def test_once_there_is_room_the_form_is_saved_and_the_looks_without_a_head_are_told(
    town, case, full_disk, kept_heads, settings
):
    browser = town.browser("lan")
    browser.raise_request_exception = False
    browser.open("cases:case", case.code)
    remark(town, case)
    settings.HEADS_FILE = kept_heads
    assert remark(town, case).status_code == 302
    looks = [(row.seq, row.event) for row in Event.objects.filter(event=CaseEvent.VIEWED)]
    assert verify().uncovered == [(looks[0][0], looks[0][0])] and verify(known=verify().uncovered).wrong == []
    assert MARKED not in words(browser.open("cases:case", case.code))


def test_nothing_says_saved_on_the_page_after_a_refusal(town, case, full_disk):
    browser = town.browser("lan")
    browser.raise_request_exception = False
    remark(town, case)
    assert "Đã lưu." not in words(browser.open("cases:list"))


def test_a_link_cannot_be_used_up_meanwhile_and_is_good_afterwards(town, kept_heads, settings):
    _user, secret = officers.make_account(by=None, username="ngoc", full_name="Lê Thị Ngọc")
    browser, password = Client(raise_request_exception=False), "bến đỗ bình an 1968"
    send = partial(
        browser.post, reverse("accounts:enter", args=[secret]), {"password1": password, "password2": password}
    )
    settings.HEADS_FILE = Path("/dev/full")
    page = send()
    assert page.status_code == 503 and "chưa lưu nội dung vừa gửi" in words(page)
    settings.HEADS_FILE, heads.failing = kept_heads, False
    assert send().status_code == 302
