"""An officer's name put right; an account stopped and opened again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from benan.accounts.actions import endings, links, officers, roles
from benan.accounts.models import EntryLink, Membership, User
from benan.accounts.roles import P
from benan.audit.models import Event
from benan.core.refusals import Refused
from tests.accounts.conftest import COMMUNE, PASSWORD, again, browser, seated
from tests.cast import TODAY, give_factor, words

pytestmark = pytest.mark.django_db


def page(name, user):
    """The address of a page about an account."""
    return f"/tai-khoan/{user.username}/{name}/"


def test_a_name_is_corrected_and_the_old_one_stays_on_the_account_and_not_on_the_trail(van, ngoc):
    answer = browser(van).post(page("ho-ten", ngoc), {"full_name": "Lê Thị Ngọc Hân", "why": "misspelt"})
    assert answer.status_code == 302 and str(again(ngoc)) == "Lê Thị Ngọc Hân"
    line = Event.objects.get(event="name_corrected", subject="user:ngoc")
    assert (line.by, line.data) == ("van", {"why": "misspelt"})
    assert "Họ tên ghi trước Lê Thị Ngọc" in words(browser(van).get("/tai-khoan/ngoc/"))


def test_a_name_is_not_corrected_without_a_reason(van, ngoc):
    answer = browser(van).post(page("ho-ten", ngoc), {"full_name": "Lê Thị Hân", "why": ""})
    assert answer.status_code == 422 and 'value="Lê Thị Hân"' in answer.content.decode()
    assert again(ngoc).full_name == "Lê Thị Ngọc"


def test_nobody_corrects_the_own_name(van):
    with pytest.raises(Refused, match="Không được tự sửa họ tên"):
        officers.correct_name(by=van, user=van, full_name="Đinh Vân", why="misspelt")


def test_who_is_in_a_stopped_account_is_out_at_once_and_stays_out_when_it_opens_again(van, lan):
    as_lan = browser(lan)
    assert as_lan.get("/").status_code == 200
    assert browser(van).post(page("ngung", lan), {"why": "left"}).status_code == 302
    assert as_lan.get("/").url.startswith("/cua/vao/")
    officers.reopen_account(by=van, user=again(lan), why="returned")
    assert as_lan.get("/").url.startswith("/cua/vao/")


def test_nobody_enters_by_a_stopped_account_and_the_page_says_so(van, lan, client):
    officers.stop_account(by=van, user=lan, why="left")
    answer = client.post("/cua/vao/", {"login": "lan", "password": PASSWORD}, follow=True)
    assert "Tài khoản này đã ngừng" in words(answer)
    assert "Tài khoản này đã ngừng: không đăng nhập được" in words(browser(van).get("/tai-khoan/lan/"))


def test_links_made_before_stay_void_after_an_account_opens_again(van, ngoc, client):
    secret = links.make_link(by=van, user=ngoc, kind=EntryLink.Kind.INVITATION)
    officers.stop_account(by=van, user=ngoc, why="by_mistake")
    with pytest.raises(Refused, match="đã ngừng"):
        links.make_link(by=van, user=again(ngoc), kind=EntryLink.Kind.INVITATION)
    assert browser(van).post(page("mo-lai", ngoc), {"why": "stopped_by_mistake"}).status_code == 302
    assert client.get(reverse("accounts:enter", args=[secret])).status_code == 404


def test_a_role_that_opens_no_identity_holds_again_once_an_account_opens_again(van, ngoc):
    seated(ngoc, "member", "procuracy", confirmed=False)
    officers.stop_account(by=van, user=ngoc, why="long_leave")
    assert not again(ngoc).seats
    officers.reopen_account(by=van, user=again(ngoc), why="returned")
    assert [seat.role for seat in again(ngoc).seats] == ["member"]


def test_a_role_that_opens_identities_waits_for_another_person_once_an_account_opens_again(van, lan, tam):
    officers.stop_account(by=van, user=lan, why="long_leave")
    officers.reopen_account(by=van, user=again(lan), why="returned")
    assert not again(lan).seats
    with pytest.raises(Refused, match="Người đã giao vai trò không được xác nhận"):
        roles.confirm_role(by=seated(again(van), "head", COMMUNE), membership=lan.memberships.get())
    roles.confirm_role(by=tam, membership=lan.memberships.get())
    assert [seat.role for seat in again(lan).seats] == ["receiver"]


def test_one_administrator_alone_brings_back_no_head_whom_two_people_stopped(van, vy, tam):
    endings.agree_to_end(by=vy, request=endings.ask_to_stop(by=van, user=tam, why="long_leave"))
    officers.reopen_account(by=van, user=again(tam), why="returned")
    assert not again(tam).may(P.ROLE_CONFIRM)
    with pytest.raises(Refused, match="Người đã giao vai trò không được xác nhận"):
        roles.confirm_role(by=van, membership=tam.memberships.get(), paper_no="12/QĐ", paper_on=TODAY)
    roles.confirm_role(by=vy, membership=tam.memberships.get(), paper_no="12/QĐ", paper_on=TODAY)
    assert again(tam).may(P.ROLE_CONFIRM)


def test_an_administrator_whom_the_server_stopped_is_brought_back_with_a_third_that_the_server_appoints(van, vy):
    call_command("stop_account", "van")
    officers.reopen_account(by=vy, user=again(van), why="returned")
    assert not again(van).may(P.USER_MANAGE)
    with pytest.raises(Refused, match="Người đã giao vai trò không được xác nhận"):
        roles.confirm_role(by=vy, membership=van.memberships.get(), paper_no="12/QĐ", paper_on=TODAY)
    call_command("add_administrator", "moi", "Trần Mới")
    third = User.objects.get(username="moi")
    give_factor(third)
    roles.confirm_role(by=third, membership=van.memberships.get(), paper_no="12/QĐ", paper_on=TODAY)
    assert again(van).may(P.USER_MANAGE)


def test_nobody_stops_themselves(van, vy):
    with pytest.raises(Refused, match="Không được tự ngừng"):
        officers.stop_account(by=van, user=van, why="left")


def test_the_last_administrator_is_not_stopped(van, vy):
    Membership.objects.filter(user=van).update(until="2017-11-09")
    with pytest.raises(Refused, match="người quản trị cuối cùng"):
        endings.ask_to_stop(by=van, user=vy, why="left")


@pytest.mark.parametrize("verb", ["correct_name", "stop_account", "reopen_account"])
def test_only_those_who_manage_accounts_do(cast, ngoc, verb):
    more = {"full_name": "Lê Hân"} if verb == "correct_name" else {}
    with pytest.raises(PermissionDenied):
        getattr(officers, verb)(by=cast.officer("truong_phong"), user=ngoc, why="other", **more)


def test_each_change_of_state_is_on_the_trail_with_its_reason(van, lan):
    officers.stop_account(by=van, user=lan, why="left")
    officers.reopen_account(by=van, user=again(lan), why="returned")
    lines = Event.objects.filter(subject="user:lan", event__in=("account_stopped", "account_reopened")).order_by("seq")
    assert [(row.event, row.by, row.data["why"]) for row in lines] == [
        ("account_stopped", "van", "left"), ("account_reopened", "van", "returned"),
    ]  # fmt: skip


def test_the_page_of_a_person_leads_to_all_three(van, lan):
    ways = browser(van).get("/tai-khoan/lan/").content.decode()
    assert all(page(name, lan) in ways for name in ("ho-ten", "ngung")) and page("mo-lai", lan) not in ways
