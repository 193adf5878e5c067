"""Ending the role or the account of a head or of an administrator: one asks, another agrees."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from benan.accounts import policy
from benan.accounts.actions import endings, officers, roles
from benan.accounts.models import EndRequest, Membership
from benan.accounts.roles import P
from benan.audit.models import Event
from benan.core.refusals import Refused
from tests.accounts.conftest import COMMUNE, account, again, browser, seated
from tests.cast import TODAY, words

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def headship(tam):
    """The role of the commune's head, which began before."""
    Membership.objects.filter(user=tam).update(since=TODAY - dt.timedelta(days=90))
    return tam.memberships.get()


@pytest.fixture
def asked(van, headship):
    return endings.ask_to_end_role(by=van, membership=headship, until=TODAY, why="reassigned")


def test_one_administrator_alone_ends_no_headship(van, headship, tam):
    with pytest.raises(Refused, match="cần hai người"):
        roles.end_role(by=van, membership=headship, until=TODAY, why="reassigned")
    sent = {"until": "08/11/2017", "why": "moved"}
    page = browser(van).post(reverse("accounts:end", args=["tam", headship.pk]), sent)
    assert page.status_code == 422 and "vào một ngày đã qua" in words(page)
    browser(van).post(reverse("accounts:end", args=["tam", headship.pk]), {"until": "09/11/2017", "why": "moved"})
    assert Membership.objects.get(pk=headship.pk).until is None and again(tam).may(P.ROLE_CONFIRM)


def test_while_the_end_is_only_asked_for_the_head_stays_over_the_officers(van, asked, lan, tam):
    assert policy.guardians(lan) == {tam.pk}


def test_another_administrator_agrees(van, vy, tam, asked):
    endings.agree_to_end(by=vy, request=asked)
    assert Membership.objects.get(user=tam).until == TODAY and EndRequest.objects.get().closed_by == vy


@pytest.mark.parametrize("verb", [endings.agree_to_end, endings.decline_end])
def test_whom_it_concerns_neither_agrees_nor_declines(asked, tam, verb):
    with pytest.raises(Refused, match="về chính mình"):
        verb(by=tam, request=asked)
    assert EndRequest.objects.get().closed_at is None


@pytest.mark.parametrize("page", ["agree", "decline", "withdraw"])
def test_no_page_lets_whom_it_concerns_answer(van, vy, page):
    asked = endings.ask_to_end_role(by=van, membership=vy.memberships.get(), until=TODAY, why="moved")
    assert browser(vy).post(reverse(f"accounts:{page}", args=[asked.pk])).status_code == 403
    assert EndRequest.objects.get().closed_at is None


def test_the_head_above_agrees(van, asked, tam):
    above = seated(account("chu_tich", "Trần Chủ Tịch"), "head", "district-737")
    endings.agree_to_end(by=above, request=asked)
    assert Membership.objects.get(user=tam).until == TODAY


def test_neither_who_asked_nor_somebody_else_agrees(van, asked, cast):
    with pytest.raises(Refused, match="không được tự đồng ý"):
        endings.agree_to_end(by=van, request=asked)
    for nobody in ("truong_phong", "hanh"):
        with pytest.raises(PermissionDenied):
            endings.agree_to_end(by=cast.officer(nobody), request=asked)


def test_a_request_for_one_role_ends_no_other(van, vy, asked, cast):
    other = Membership.objects.get(user=cast.officer("truong_phong"))
    with pytest.raises(Refused, match="cần hai người"):
        roles.end_role(by=vy, membership=other, until=TODAY, why="reassigned", request=asked)


def test_it_is_agreed_to_once(vy, asked):
    endings.agree_to_end(by=vy, request=asked)
    with pytest.raises(Refused, match="đã được giải quyết"):
        endings.agree_to_end(by=vy, request=asked)


def test_agreed_to_late_it_ends_on_that_day_and_not_before(vy, asked, tam, settings):
    settings.BENAN_TODAY = "2017-12-01"
    endings.agree_to_end(by=vy, request=asked)
    assert Membership.objects.get(user=tam).until == dt.date(2017, 12, 1)


def test_the_same_is_asked_for_once_at_a_time(van, vy, headship, asked):
    with pytest.raises(IntegrityError, match="one_open_request"), transaction.atomic():
        endings.ask_to_end_role(by=vy, membership=headship, until=TODAY, why="reassigned")
    endings.withdraw_end(by=van, request=asked)
    assert endings.ask_to_end_role(by=vy, membership=headship, until=TODAY, why="reassigned")


@pytest.mark.parametrize("name", ["truong_phong", "vy", "tam"])
def test_nobody_but_who_asked_withdraws_it(van, vy, asked, cast, tam, name):
    people = {"tam": tam, "vy": vy, "truong_phong": cast.officer("truong_phong")}
    with pytest.raises(PermissionDenied):
        endings.withdraw_end(by=people[name], request=asked)
    endings.withdraw_end(by=van, request=asked)
    with pytest.raises(Refused, match="đã rút"):
        endings.agree_to_end(by=vy, request=asked)


def test_who_asked_reads_that_it_was_declined_and_by_whom(van, vy, asked, tam):
    page = browser(vy).post(reverse("accounts:decline", args=[asked.pk]), follow=True)
    assert "Đã ghi không đồng ý" in words(page) and again(tam).may(P.ROLE_CONFIRM)
    said = words(browser(van).get(reverse("accounts:confirmations")))
    assert "Nguyễn Văn Tám · thu hồi vai trò Thủ trưởng đơn vị Võ Thanh Vy không đồng ý, " in said
    line = Event.objects.get(event="end_declined")
    assert (line.by, line.data["request"]) == ("vy", asked.pk)


def test_neither_who_asked_nor_a_stranger_declines_it(van, asked, cast):
    with pytest.raises(Refused, match="Người đã đề nghị"):
        endings.decline_end(by=van, request=asked)
    with pytest.raises(PermissionDenied):
        endings.decline_end(by=cast.officer("truong_phong"), request=asked)


def test_no_end_is_asked_for_without_a_reason_of_the_list(van, headship):
    for why in ("", "bà Hoa khiếu nại"):
        with pytest.raises(Refused, match="Chọn một lý do"):
            endings.ask_to_end_role(by=van, membership=headship, until=TODAY, why=why)


def test_the_second_person_reads_why_and_what_it_leaves_behind(van, vy, asked):
    said = words(browser(vy).get(reverse("accounts:agree", args=[asked.pk])))
    assert "Lý do Được phân công việc khác" in said
    assert "UBND xã Sông Trầu: không còn thủ trưởng trong chương trình" in said
    page = browser(vy).post(reverse("accounts:agree", args=[asked.pk]), follow=True)
    told = "Vai trò Thủ trưởng đơn vị (UBND xã Sông Trầu) của Nguyễn Văn Tám kết thúc sau ngày 09/11/2017."
    assert told in words(page)


def test_words_typed_before_there_was_a_list_are_read_still_and_do_not_reach_the_trail(vy, asked, tam):
    EndRequest.objects.update(why="theo lời bà Hoa")
    assert "Lý do theo lời bà Hoa" in words(browser(vy).get(reverse("accounts:agree", args=[asked.pk])))
    endings.agree_to_end(by=vy, request=asked)
    assert Event.objects.get(event="role_ended").data["why"] == "other"


def test_the_page_does_not_say_that_nothing_waits_above_what_waits(vy, asked):
    said = words(browser(vy).get(reverse("accounts:confirmations")))
    assert (
        "1 đề nghị chờ trả lời" in said
        and "Không có vai trò hoặc đề nghị nào chờ" not in said
        and "Chưa có vai trò nào" not in said
    )


def test_administrators_find_what_waits_for_them_in_the_menu(vy):
    assert reverse("accounts:confirmations") in browser(vy).get("/").content.decode()


def test_a_role_that_still_waits_for_its_confirmation_is_ended_by_one(van, ngoc):
    seated(ngoc, "head", COMMUNE, confirmed=False)
    roles.end_role(by=van, membership=ngoc.memberships.get(), until=TODAY, why="reassigned")
    assert ngoc.memberships.get().until == TODAY


def test_an_administrator_is_not_ended_by_another_alone(van, vy):
    with pytest.raises(Refused, match="cần hai người"):
        roles.end_role(by=van, membership=vy.memberships.get(), until=TODAY, why="reassigned")


def test_the_account_of_a_head_goes_on_until_a_second_agrees(van, vy, tam):
    browser(van).post(reverse("accounts:stop", args=["tam"]), {"why": "left"})
    assert again(tam).is_active
    with pytest.raises(Refused, match="Không được tự ngừng"):
        endings.agree_to_end(by=tam, request=EndRequest.objects.get())
    endings.agree_to_end(by=vy, request=EndRequest.objects.get())
    line = Event.objects.get(event="account_stopped")
    assert not again(tam).is_active
    assert (line.by, line.data) == ("vy", {"why": "left", "asked_by": "van"})


def test_a_head_set_to_begin_later_is_not_stopped_by_one(van, ngoc):
    seated(ngoc, "head", COMMUNE, since=TODAY + dt.timedelta(days=9))
    with pytest.raises(Refused, match="cần hai người"):
        officers.stop_account(by=van, user=ngoc, why="left")


def test_each_step_is_on_the_trail(van, vy, asked, tam):
    endings.withdraw_end(by=van, request=asked)
    endings.agree_to_end(
        by=vy, request=endings.ask_to_end_role(by=van, membership=asked.membership, until=TODAY, why="reassigned")
    )
    lines = Event.objects.filter(subject="user:tam").order_by("seq").values_list("event", "by")
    assert list(lines) == [("end_asked", "van"), ("end_withdrawn", "van"), ("end_asked", "van"), ("role_ended", "vy")]
    assert Event.objects.get(event="role_ended").data["asked_by"] == "van"


def test_the_second_person_reads_it_on_the_desk_and_agrees_on_the_page(van, vy, asked, tam):
    as_vy, address = browser(vy), reverse("accounts:agree", args=[asked.pk])
    assert "1 đề nghị thu hồi vai trò, ngừng tài khoản chờ đồng ý" in words(as_vy.get("/"))
    assert "Nguyễn Văn Tám · thu hồi vai trò Thủ trưởng đơn vị" in words(as_vy.get(reverse("accounts:confirmations")))
    assert "Đinh Thúy Vân, " in words(as_vy.get(address))
    assert as_vy.post(address).status_code == 302 and Membership.objects.get(user=tam).until == TODAY


def test_who_asked_reads_it_withdraws_it_and_cannot_agree_on_the_page(van, vy, asked, tam):
    as_van, address = browser(van), reverse("accounts:agree", args=[asked.pk])
    assert "chờ đồng ý" not in words(as_van.get("/"))
    assert "chờ người thứ hai" in words(as_van.get(reverse("accounts:person", args=["tam"])))
    assert "Rút đề nghị" in words(as_van.get(address))
    page = as_van.post(address)
    assert page.status_code == 422 and "không được tự đồng ý" in words(page)
    assert as_van.post(reverse("accounts:withdraw", args=[asked.pk])).status_code == 302
    assert EndRequest.objects.get().closed_at and Membership.objects.get(user=tam).until is None


def test_the_command_on_the_server_stops_any_account_at_once_and_leaves_its_trail(van, vy):
    call_command("stop_account", "VAN")
    line = Event.objects.get(event="account_stopped")
    assert not again(van).is_active
    assert line.by == "" and line.data["command"] == "stop_account" and line.data["system_user"]
    call_command("stop_account", "vy")
    with pytest.raises(CommandError, match="đã ngừng"):
        call_command("stop_account", "vy")


def test_after_an_administrator_is_stopped_the_server_appoints_another(van, vy):
    call_command("stop_account", "van")
    call_command("add_administrator", "moi", "Trần Mới")
    line = Event.objects.get(event="account_made")
    assert line.by == "" and line.data["command"] == "add_administrator" and line.data["system_user"]
    with pytest.raises(CommandError, match="Đã có hai"):
        call_command("add_administrator", "nua", "Lê Nữa")


def test_an_appointed_administrator_who_never_entered_is_invited_by_the_server_alone(van):
    call_command("add_administrator", "moi", "Trần Mới")
    page = browser(van).post(reverse("accounts:link", args=["moi"]), follow=True)
    assert "giữ vai trò đã được xác nhận" in words(page)
    call_command("add_administrator", "moi", "Trần Mới")
    assert Event.objects.filter(event="link_made", subject="user:moi").count() == 2
