"""Pages of accounts: who may open them, and what they say."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benan.accounts import throttle
from benan.accounts.actions import attempts, links, officers
from benan.accounts.models import EntryLink, Membership, User
from benan.audit.models import Event
from benan.core.refusals import Refused
from tests.accounts.conftest import COMMUNE, OFFICE, PASSWORD, account, again, browser, seated
from tests.cast import TODAY, agency_of, give_factor, words

pytestmark = pytest.mark.django_db
# Status of each page for: an administrator, a head, an officer, a stranger.
LOGIN = 302
NAMED = "Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch ngang và gạch dưới, bắt đầu bằng chữ cái"
PAGES = {
    "accounts:people": ((), 200, 403, 403, LOGIN),
    "accounts:person": (("hanh",), 200, 403, 403, LOGIN),
    "accounts:grant": (("hanh", "member"), 200, 403, 403, LOGIN),
    "accounts:roles": ((), 200, 200, 403, LOGIN),
    "accounts:confirmations": ((), 200, 200, 403, LOGIN),
    "accounts:restore": (("hanh",), 200, 200, 403, LOGIN),
    "accounts:numbers": ((), 200, 200, 200, LOGIN),
    "accounts:add_number": ((), 200, 403, 403, LOGIN),
    "accounts:enter": (("khong-co",), 404, 404, 404, 404),
}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_those_whose_work_it_is(cast, name):
    hanh = cast.officer("hanh")
    arguments, *statuses = PAGES[name]
    people = [browser(cast.officer(each)) for each in ("van", "truong_phong")] + [browser(hanh), Client()]
    address = reverse(name, args=arguments)
    assert [each.get(address).status_code for each in people] == statuses


@pytest.mark.parametrize("name", ["accounts:link", "accounts:lift"])
def test_what_changes_something_takes_a_button(cast, name):
    address = reverse(name, args=[cast.officer("hanh").username])
    looked = browser(cast.officer("van")).get(address)
    assert looked.status_code == 302 and looked.url == reverse("accounts:person", args=["hanh"])
    assert browser(cast.officer("truong_phong")).post(address).status_code == 403


def test_a_stranger_is_led_to_the_sign_in(client):
    assert client.get(reverse("accounts:people")).url == "/cua/vao/?next=/tai-khoan/"


def test_an_unknown_account_is_not_found(van):
    assert browser(van).get(reverse("accounts:person", args=["khong_co_ai"])).status_code == 404


def test_a_new_account_shows_its_link_once_with_what_to_say(van):
    as_van = browser(van)
    page = as_van.post(reverse("accounts:people"), {"full_name": "Đỗ Thị Ý", "username": "Y.DT"})
    said = words(page)
    assert page.status_code == 200 and "trong 7 ngày" in said and "Tên đăng nhập là y.dt" in said
    assert page["Cache-Control"] == "no-store"
    link = re.search(r"http://testserver(/vao/\S+/)", said)[1]
    assert "Đăng nhập lần đầu: Đỗ Thị Ý" in words(Client().get(link))
    assert "/vao/" not in words(as_van.get(reverse("accounts:person", args=["y.dt"])))


@pytest.mark.parametrize(
    ("username", "says"),
    [
        ("hanh", "Tên đăng nhập này đã có người dùng."),
        ("ngọc", NAMED),
        ("a@b", NAMED),
        ("1a", NAMED),
        ("", "Ô này còn để trống."),
    ],
)
def test_an_account_that_will_not_do_is_answered_at_its_field(cast, van, username, says):
    cast.officer("hanh")
    page = browser(van).post(reverse("accounts:people"), {"full_name": "Lê Thị Ngọc", "username": username})
    assert page.status_code == 422 and says in words(page) and 'value="Lê Thị Ngọc"' in page.content.decode()


def test_what_the_hint_of_an_account_allows_is_taken(van):
    as_van = browser(van)
    hint = "Chữ cái không dấu, chữ số, dấu chấm, gạch ngang và gạch dưới, bắt đầu bằng chữ cái"
    assert hint in words(as_van.get(reverse("accounts:people")))
    page = as_van.post(reverse("accounts:people"), {"full_name": "Đỗ Thị Ý", "username": "y.do-thi_1"})
    assert page.status_code == 200 and User.objects.filter(username="y.do-thi_1").exists()


def test_the_form_for_an_account_is_reached_from_the_top_of_the_list(van):
    page = browser(van).get(reverse("accounts:people")).content.decode()
    assert page.index('href="#lap"') < page.index("<table") < page.index('id="lap"')


def test_people_stand_by_agency_and_given_name_in_vietnamese_order(van):
    for n, name in enumerate(["Trần Đức", "Lê Ân", "Phạm Dũng", "Vũ Ánh", "Đỗ An"]):
        seated(account(f"p{n}", name), "member", "procuracy")
    names = re.findall(r"/tai-khoan/p\d/\">([^<]+)<", browser(van).get(reverse("accounts:people")).content.decode())
    assert names == ["Đỗ An", "Vũ Ánh", "Lê Ân", "Phạm Dũng", "Trần Đức"]


@pytest.mark.parametrize("asked", ["ngoc", "Ngọc", "LÊ THỊ NGỌC", "Ngọc"])
def test_people_are_found_with_marks_or_without(van, ngoc, asked):
    page = words(browser(van).get(reverse("accounts:people"), {"q": asked}))
    assert "Lê Thị Ngọc" in page and "1 người có tài khoản" in page


def test_a_search_that_finds_nobody_repeats_what_was_asked(van):
    assert "Không có ai tên “Thị Nở”" in words(browser(van).get(reverse("accounts:people"), {"q": "Thị Nở"}))


def guess_at(username, times=throttle.FREE):
    """Somebody elsewhere tries passwords."""
    for _guess in range(times):
        Client().post(reverse("account_login"), {"login": username, "password": "đoán bừa một câu"})


def test_the_list_says_who_waits_and_at_whose_account_somebody_guesses(van, ngoc, lan):
    seated(ngoc, "receiver", COMMUNE, confirmed=False)
    guess_at("lan")
    page = words(browser(van).get(reverse("accounts:people")))
    assert "1 vai trò ở đơn vị chưa có thủ trưởng" in page
    assert "Nguyễn Thị Lan : 5 lần nhập sai mật khẩu hoặc mã, lần cuối" in page
    assert "Cán bộ tiếp nhận (chờ xác nhận) chưa đăng nhập lần nào" in page


def test_an_administrator_ends_the_delay_on_the_page(van, lan):
    guess_at("lan")
    as_van = browser(van)
    assert "Có 5 lần nhập sai mật khẩu hoặc mã" in words(as_van.get(reverse("accounts:person", args=["lan"])))
    page = as_van.post(reverse("accounts:lift", args=["lan"]), follow=True)
    assert "Nguyễn Thị Lan đăng nhập được ngay" in words(page) and "lần nhập sai" not in words(page)
    answer = Client().post(reverse("account_login"), {"login": "lan", "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate") and Event.objects.get(event="lock_lifted").by == "van"


def test_nobody_ends_their_own_delay(van):
    with pytest.raises(Refused, match="tự bỏ thời gian chờ"):
        attempts.lift_delay(by=van, user=van)


def test_ones_own_account_says_that_nobody_gives_themselves_a_role(van):
    page = browser(van).get(reverse("accounts:person", args=["van"]))
    assert "không được tự giao vai trò" in words(page) and "/giao/" not in page.content.decode()
    sent = {"agency": agency_of("operator").pk, "since": "09/11/2017"}
    page = browser(van).post(reverse("accounts:grant", args=["van", "administrator"]), sent)
    assert page.status_code == 422 and "Không được tự giao vai trò cho mình." in words(page)


def test_a_role_is_given_on_the_page_at_agencies_of_its_kinds(van, ngoc):
    as_van, address = browser(van), reverse("accounts:grant", args=["ngoc", "caseworker"])
    page = as_van.get(address).content.decode()
    assert "Phòng LĐ-TB&amp;XH huyện Trảng Bom" in page and "UBND xã" not in page
    sent = {"agency": agency_of(OFFICE).pk, "since": "09/11/2017", "paper_no": "12/QĐ"}
    assert as_van.post(address, sent).url == reverse("accounts:person", args=["ngoc"])
    page = words(as_van.get(reverse("accounts:person", args=["ngoc"])))
    assert "Cán bộ quản lý hồ sơ Phòng LĐ-TB&XH huyện Trảng Bom từ 09/11/2017 Đinh Thúy Vân giao chờ xác nhận" in page


@pytest.mark.parametrize(
    ("agency", "role", "told"),
    [
        (COMMUNE, "receiver", "Cán bộ tiếp nhận: chờ thủ trưởng Nguyễn Văn Tám xác nhận."),
        (
            OFFICE,
            "head",
            "Thủ trưởng đơn vị: chờ người quản trị khác xác nhận (Võ Thanh Vy), vì đơn vị chưa có thủ trưởng.",
        ),
    ],
)
def test_who_gave_a_role_is_told_whom_it_waits_for(van, vy, tam, ngoc, agency, role, told):
    sent = {"agency": agency_of(agency).pk, "since": "09/11/2017"}
    page = browser(van).post(reverse("accounts:grant", args=["ngoc", role]), sent, follow=True)
    assert told in words(page)


def test_who_approves_papers_is_asked_in_which_capacity_they_sign(van, ngoc):
    as_van, address = browser(van), reverse("accounts:grant", args=["ngoc", "head"])
    assert "Ký văn bản với tư cách" in words(as_van.get(address))
    assert "Ký văn bản với tư cách" not in words(as_van.get(reverse("accounts:grant", args=["ngoc", "member"])))
    as_van.post(address, {"agency": agency_of(OFFICE).pk, "since": "09/11/2017", "post": "deputy"})
    page = words(as_van.get(reverse("accounts:person", args=["ngoc"])))
    assert "Phòng LĐ-TB&XH huyện Trảng Bom, cấp phó, ký thay người đứng đầu" in page


def test_where_nobody_else_can_confirm_who_gave_the_role_is_told(van, ngoc):
    sent = {"agency": agency_of(OFFICE).pk, "since": "09/11/2017"}
    page = browser(van).post(reverse("accounts:grant", args=["ngoc", "caseworker"]), sent, follow=True)
    assert "chưa ai xác nhận được" in words(page)


def test_who_reopens_an_account_is_told_which_roles_wait_for_whom(van, lan, tam):
    officers.stop_account(by=van, user=lan, why="long_leave")
    page = browser(van).post(reverse("accounts:reopen", args=["lan"]), {"why": "returned"}, follow=True)
    assert "Đã mở lại tài khoản. Cán bộ tiếp nhận: chờ thủ trưởng Nguyễn Văn Tám xác nhận." in words(page)


def test_the_page_of_giving_says_who_confirms(van, ngoc):
    as_van = browser(van)
    told = "đã tạo đường dẫn đặt mật khẩu cho Lê Thị Ngọc, không xác nhận được"
    assert told in words(as_van.get(reverse("accounts:grant", args=["ngoc", "receiver"])))
    assert told not in words(as_van.get(reverse("accounts:grant", args=["ngoc", "member"])))


def test_who_confirms_reads_how_the_officer_came_in(van, ngoc, tam):
    membership, address = waiting(ngoc, by=van), "203.0.113.7"
    page = browser(tam).get(reverse("accounts:confirm", args=[membership.pk]))
    assert "Nhắc người ấy đặt mật khẩu" in words(page) and "Xác nhận vai trò này" not in words(page)
    give_factor(ngoc)
    links.use_link(
        secret=links.make_link(by=van, user=ngoc, kind="new_password"), password="bốn từ rất dài", address=address
    )
    page = words(browser(tam).get(reverse("accounts:confirm", args=[membership.pk])))
    assert "đặt lại mật khẩu, Đinh Thúy Vân tạo" in page and address in page and "gặp hoặc gọi đúng số" in page


def test_a_role_given_twice_is_refused_in_words(van, ngoc):
    seated(ngoc, "member", "procuracy")
    sent = {"agency": agency_of("procuracy").pk, "since": "10/11/2017"}
    page = browser(van).post(reverse("accounts:grant", args=["ngoc", "member"]), sent)
    assert page.status_code == 422 and "đã có vai trò ấy ở đơn vị ấy" in words(page)


def test_a_role_is_ended_on_the_page(van, ngoc):
    membership = seated(ngoc, "member", "procuracy").memberships.get()
    browser(van).post(reverse("accounts:end", args=["ngoc", membership.pk]), {"until": "30/11/2017", "why": "moved"})
    assert "từ 09/11/2017 đến hết 30/11/2017" in words(browser(van).get(reverse("accounts:person", args=["ngoc"])))


def test_somebody_elses_role_is_not_ended_by_changing_the_address(van, ngoc, cast):
    other = cast.officer("hanh").memberships.get()
    assert browser(van).get(reverse("accounts:end", args=["ngoc", other.pk])).status_code == 404


def waiting(user, agency=COMMUNE, role="receiver", by=None):
    return Membership.objects.create(user=user, agency=agency_of(agency), role=role, since=TODAY, granted_by=by)


def test_a_head_reads_what_a_role_opens_and_confirms_it(van, ngoc, tam):
    give_factor(ngoc)
    membership, as_tam = waiting(ngoc, by=van), browser(tam)
    assert "Lê Thị Ngọc · Cán bộ tiếp nhận UBND xã Sông Trầu" in words(as_tam.get(reverse("accounts:confirmations")))
    page = words(as_tam.get(reverse("accounts:confirm", args=[membership.pk])))
    assert "Vai trò này mở được danh tính" in page
    page = as_tam.post(reverse("accounts:confirm", args=[membership.pk]), follow=True)
    assert "Đã xác nhận." in words(page) and "Không có vai trò hoặc đề nghị nào chờ xác nhận" in words(page)
    assert again(ngoc).seats


def test_another_agencys_role_is_neither_shown_nor_confirmed(van, ngoc, cast):
    membership, as_head = waiting(ngoc, by=van), browser(cast.officer("truong_phong"))
    assert "Ngọc" not in words(as_head.get(reverse("accounts:confirmations")))
    assert as_head.post(reverse("accounts:confirm", args=[membership.pk])).status_code == 404


def test_ones_own_waiting_role_is_forbidden_and_not_hidden(van, tam):
    membership = waiting(tam, agency="commune-26230", by=van)
    assert browser(tam).post(reverse("accounts:confirm", args=[membership.pk])).status_code == 403


def test_two_administrators_see_the_same_headless_role_differently(van, vy, ngoc):
    give_factor(ngoc)
    membership = waiting(ngoc, role="head", by=van)
    assert "Chị/anh đã giao vai trò này: người khác xác nhận." in words(
        browser(van).get(reverse("accounts:confirmations"))
    )
    as_vy, address = browser(vy), reverse("accounts:confirm", args=[membership.pk])
    assert as_vy.post(address).status_code == 422
    assert as_vy.post(address, {"paper_no": "12/QĐ-UBND", "paper_on": "08/11/2017"}).status_code == 302
    assert Membership.objects.get(pk=membership.pk).paper_no == "12/QĐ-UBND"


def test_a_head_restores_a_colleague_who_lost_the_telephone(lan, tam):
    as_tam = browser(tam)
    assert "Nguyễn Thị Lan" in words(as_tam.get(reverse("accounts:confirmations")))
    page = as_tam.post(reverse("accounts:restore", args=["lan"]))
    assert "trong một giờ" in words(page) and re.search(r"/vao/\S+/", words(page))
    assert EntryLink.objects.get().made_by == tam


def test_a_head_of_elsewhere_restores_nobody_here(lan, cast):
    as_another = browser(cast.officer("truong_phong"))
    asked = [reverse("accounts:restore", args=[name]) for name in ("lan", "khong_co_ai")]
    assert [as_another.post(each).status_code for each in asked] == [404, 404]
    assert [as_another.get(each).status_code for each in asked] == [404, 404]


def test_the_desk_of_an_officer_without_a_factor_is_not_restored(van, ngoc, tam):
    seated(ngoc, "receiver", COMMUNE)
    ngoc.authenticator_set.all().delete()
    page = browser(tam).post(reverse("accounts:restore", args=["ngoc"]), follow=True)
    assert "chưa cài bước xác thực thứ hai" in words(page) and not EntryLink.objects.exists()


def test_every_role_is_explained_with_what_it_opens(van):
    page = words(browser(van).get(reverse("accounts:roles")))
    assert page.count("mở được danh tính") - page.count("không mở được danh tính") == 5
    assert (
        "Quản trị Lập tài khoản, giao vai trò, bỏ thời gian chờ khi nhập sai" in page
        and "chờ thủ trưởng cấp trên xác nhận" in page
    )


@pytest.mark.parametrize("name", ["accounts:people", "accounts:confirmations"])
def test_more_people_ask_the_database_no_more(van, cast, name):
    boss = seated(account("boss", "Trần Sếp"), "head", COMMUNE)
    as_both = browser(seated(boss, "administrator", "operator"))

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert as_both.get(reverse(name)).status_code == 200
        return len(found)

    def more(prefix, count):
        for n in range(count):
            person = account(f"{prefix}{n}", f"Người {n}")
            waiting(person, by=van)
            person.authenticator_set.create(type="totp", data={"secret": ""})

    more("a", 1)
    few = queries()
    more("b", 8)
    assert queries() == few and User.objects.count() > 9


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/tai-khoan/ngoc/mo-khoa/", "/tai-khoan/ngoc/"),
        ("/tai-khoan/ngoc/duong-dan/", "/tai-khoan/ngoc/"),
        ("/cua/phien/dong/", "/cua/buoc-hai/"),
        ("/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/tai/", "/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/"),
    ],
)
def test_the_address_of_a_button_leads_to_the_page_on_which_it_stands(van, ngoc, address, page):
    answer = browser(van).get(address)
    assert answer.status_code == 302 and answer.url == page
