"""Ways in by a link, once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from benan.accounts import throttle
from benan.accounts.actions import links
from benan.accounts.middleware import DESK
from benan.accounts.models import EntryLink, User
from benan.audit.models import Event
from benan.core.days import clock
from benan.core.refusals import Refused
from tests.accounts.conftest import COMMUNE, PASSWORD, again, browser, code, seated
from tests.cast import words

pytestmark = pytest.mark.django_db
Kind = EntryLink.Kind
NEW = "một hai ba bốn năm"
GONE = "Đường dẫn này không dùng được"


def open_link(client, secret):
    return client.get(reverse("accounts:enter", args=[secret]))


def send(client, secret, **data):
    return client.post(reverse("accounts:enter", args=[secret]), data)


def invite(client, secret, password=NEW, again_=None):
    return send(client, secret, password1=password, password2=password if again_ is None else again_)


@pytest.fixture
def invitation(van, ngoc):
    return links.make_link(by=van, user=ngoc, kind=Kind.INVITATION)


def test_an_invitation_names_whom_it_is_for(client, invitation):
    page = open_link(client, invitation)
    assert page.status_code == 200 and "Đăng nhập lần đầu: Lê Thị Ngọc" in words(page)


def test_an_invitation_sets_the_password_and_goes_on_to_the_second_factor(client, invitation, ngoc):
    page = invite(client, invitation)
    assert page.status_code == 302 and page.url == reverse("mfa_activate_totp")
    assert again(ngoc).check_password(NEW)
    assert "Cài ứng dụng xác thực" in words(client.get(page.url))  # the password is not asked for again


def test_an_invitation_works_once(client, invitation):
    invite(client, invitation)
    client.logout()
    page = invite(client, invitation)
    assert page.status_code == 404 and GONE in words(page)


def test_an_invitation_sent_twice_goes_on_where_it_did(client, invitation):
    invite(client, invitation)
    page = client.post(reverse("accounts:enter", args=[invitation]), {"password1": NEW, "password2": NEW}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_activate_totp")


def test_who_is_not_in_by_it_yet_reads_how_to_sign_in(client, invitation):
    invite(Client(), invitation)
    page = invite(client, invitation)
    assert page.status_code == 404 and "Nếu vừa đặt mật khẩu bằng đường dẫn này thì đăng nhập" in words(page)


def test_looking_at_a_link_does_not_use_it(client, invitation):
    for _look in range(3):
        open_link(client, invitation)
    assert EntryLink.objects.filter(used_at=None).count() == 1
    assert invite(client, invitation).status_code == 302


@pytest.mark.parametrize("what", ["used", "expired", "unknown", "account stopped"])
def test_a_dead_link_says_one_and_the_same_sentence(client, invitation, van, ngoc, monkeypatch, what):
    if what == "used":
        EntryLink.objects.update(used_at=clock())
    elif what == "expired":
        monkeypatch.setitem(links.LINK_LIFE, Kind.INVITATION, -dt.timedelta(seconds=1))
        invitation = links.make_link(by=van, user=ngoc, kind=Kind.INVITATION)
    elif what == "account stopped":
        User.objects.filter(pk=ngoc.pk).update(is_active=False)
    page = open_link(client, "bịa-ra" if what == "unknown" else invitation)
    assert page.status_code == 404 and GONE in words(page) and "Ngọc" not in words(page)


@pytest.mark.parametrize(
    ("password", "second", "says"),
    [
        ("ngắn", None, "Mật khẩu còn ngắn"),
        ("password1234", None, "dễ bị đoán"),
        (NEW, NEW + "!", "Hai lần nhập mật khẩu mới không giống nhau."),
        ("", "", "Ô này còn để trống."),
    ],
)
def test_a_password_that_will_not_do_is_answered_and_the_link_stays(client, invitation, password, second, says):
    page = invite(client, invitation, password, second)
    assert page.status_code == 422 and says in words(page)
    assert invite(client, invitation).status_code == 302


def test_only_the_hash_of_a_secret_is_kept(invitation):
    assert invitation not in str(EntryLink.objects.values_list())


def test_a_new_link_ends_the_one_before(client, van, ngoc, invitation):
    second = links.make_link(by=van, user=ngoc, kind=Kind.INVITATION)
    assert open_link(client, invitation).status_code == 404 and open_link(client, second).status_code == 200


def test_nobody_is_invited_who_has_entered(van, lan):
    with pytest.raises(Refused, match="đã đăng nhập và đã đặt mật khẩu"):
        links.make_link(by=van, user=lan, kind=Kind.INVITATION)


def test_an_officer_makes_no_links(cast, ngoc):
    with pytest.raises(PermissionDenied):
        links.make_link(by=cast.officer("lan"), user=ngoc, kind=Kind.INVITATION)


def test_an_administrator_makes_no_link_for_himself(van):
    van.set_password(PASSWORD)
    with pytest.raises(Refused, match="Không được tự tạo"):
        links.make_link(by=van, user=van, kind=Kind.NEW_PASSWORD)


def test_a_new_password_alone_does_not_let_in(client, van, lan):
    secret = links.make_link(by=van, user=lan, kind=Kind.NEW_PASSWORD)
    page = invite(client, secret)
    assert page.url == reverse("account_login") and "_auth_user_id" not in client.session
    page = client.post(page.url, {"login": "lan", "password": NEW})
    assert page.url == reverse("mfa_authenticate")
    assert client.post(page.url, {"code": code()}).url == "/"


def test_an_account_that_opens_identities_is_not_taken_over_by_a_new_password(van, ngoc):
    seated(ngoc, "receiver", COMMUNE)
    ngoc.authenticator_set.all().delete()
    ngoc.set_password(PASSWORD)
    ngoc.save()
    with pytest.raises(Refused, match="chưa cài bước xác thực thứ hai"):
        links.make_link(by=van, user=ngoc, kind=Kind.NEW_PASSWORD)


def test_a_lost_second_factor_is_confirmed_by_the_head_and_set_up_anew(client, lan, tam):
    old = browser(lan)
    lan.authenticator_set.create(type="recovery_codes", data={"seed": "", "used_mask": 0})
    secret = links.make_link(by=tam, user=lan, kind=Kind.LOST_FACTOR)
    page = send(client, secret, password=PASSWORD)
    assert page.url == reverse("mfa_activate_totp") and client.get(page.url).status_code == 200
    assert not lan.authenticator_set.exists()
    assert old.get("/").url.startswith(reverse("account_login"))  # whoever holds the old telephone is out
    assert list(Event.objects.filter(event="factor_reset").values_list("by", "subject")) == [("tam", "user:lan")]


def test_whoever_holds_the_lost_telephone_is_out_as_soon_as_the_head_confirms(lan, tam):
    stolen = browser(lan)
    page = browser(tam).post(reverse("accounts:restore", args=["lan"]))
    assert page.status_code == 200 and not lan.sessions.exists()
    assert stolen.get("/").url.startswith(reverse("account_login"))


@pytest.mark.parametrize("kind", [Kind.NEW_PASSWORD, Kind.LOST_FACTOR])
def test_a_link_that_was_used_leaves_no_session_of_before(client, van, tam, lan, kind):
    browser(lan)
    secret = links.make_link(by=van if kind == Kind.NEW_PASSWORD else tam, user=lan, kind=kind)
    before = browser(lan).session.session_key  # opened between the confirmation and the use of the link
    links.use_link(secret=secret, password=NEW if kind == Kind.NEW_PASSWORD else PASSWORD)
    assert before and not lan.sessions.exists()


def test_who_is_signed_in_and_uses_a_link_for_a_new_password_signs_in_anew(van, lan):
    here = browser(lan)
    session = here.session
    session[DESK] = [session[DESK][0], 0]  # so that this page is noted in the session
    session.save()
    page = invite(here, links.make_link(by=van, user=lan, kind=Kind.NEW_PASSWORD))
    assert page.status_code == 302 and page.url == reverse("account_login")
    assert "Đã đặt mật khẩu mới" in words(here.get(page.url))


def test_a_lost_factor_needs_the_password_too(client, lan, tam):
    secret = links.make_link(by=tam, user=lan, kind=Kind.LOST_FACTOR)
    page = send(client, secret, password="đoán bừa một câu")
    assert page.status_code == 422 and "Mật khẩu không đúng" in words(page)
    assert lan.has_second_factor() and open_link(client, secret).status_code == 200


def test_guessing_behind_a_lost_factor_has_to_wait_longer_and_longer(client, lan, tam):
    secret = links.make_link(by=tam, user=lan, kind=Kind.LOST_FACTOR)
    for _guess in range(throttle.FREE):
        send(client, secret, password="đoán bừa một câu")
    assert "phải chờ 5 giây nữa" in words(send(client, secret, password=PASSWORD)) and lan.has_second_factor()


def test_only_a_head_over_the_officer_confirms_a_lost_factor(van, cast, lan, tam):
    for stranger in (van, cast.officer("truong_phong"), lan):
        with pytest.raises(PermissionDenied):
            links.make_link(by=stranger, user=lan, kind=Kind.LOST_FACTOR)


def test_where_there_is_no_head_an_administrator_confirms_for_another(van, vy, lan):
    with pytest.raises(Refused, match="tự xác nhận cho mình"):
        links.make_link(by=van, user=van, kind=Kind.LOST_FACTOR)
    assert links.make_link(by=vy, user=van, kind=Kind.LOST_FACTOR)


def test_who_resets_the_password_does_not_restore_the_factor_too(van, vy, lan):
    links.make_link(by=van, user=lan, kind=Kind.NEW_PASSWORD)  # nobody is head of her commune here
    with pytest.raises(Refused, match="Chị/anh đã tạo đường dẫn đặt mật khẩu.*Võ Thanh Vy"):
        links.make_link(by=van, user=lan, kind=Kind.LOST_FACTOR)
    assert links.make_link(by=vy, user=lan, kind=Kind.LOST_FACTOR)


def test_who_confirmed_a_lost_factor_does_not_reset_the_password_afterwards(van, vy, lan):
    links.make_link(by=van, user=lan, kind=Kind.LOST_FACTOR)
    with pytest.raises(Refused, match="đã xác nhận việc mất điện thoại.*Võ Thanh Vy"):
        links.make_link(by=van, user=lan, kind=Kind.NEW_PASSWORD)
    assert links.make_link(by=vy, user=lan, kind=Kind.NEW_PASSWORD)


def test_a_link_used_names_who_made_it_and_the_address(client, invitation, van):
    client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    invite(client, invitation)
    link, line = EntryLink.objects.get(), Event.objects.get(event="link_used")
    assert line.data == {
        "kind": "invitation", "link": link.pk, "made_by": "van", "made_at": link.made_at.isoformat(),
        "address": "203.0.113.7",
    }  # fmt: skip
    assert link.used_from == "203.0.113.7"


def test_an_officer_reads_at_the_next_sign_in_when_and_from_where_their_link_was_used(client, van, lan):
    client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    invite(client, links.make_link(by=van, user=lan, kind=Kind.NEW_PASSWORD))
    for at, told in ((0, True), (1, False)):
        officer = Client()
        officer.post(reverse("account_login"), {"login": "lan", "password": NEW})
        page = words(officer.get(officer.post(reverse("mfa_authenticate"), {"code": code(step=at)}).url))
        assert ("Đường dẫn “đặt lại mật khẩu” do van tạo" in page and "từ địa chỉ 203.0.113.7" in page) is told


def test_a_link_made_before_a_role_was_confirmed_gives_nothing_afterwards(client, invitation, ngoc):
    seated(ngoc, "receiver", COMMUNE)
    ngoc.authenticator_set.all().delete()  # as a confirmation before the first entry would have left it
    page = invite(client, invitation)
    assert page.status_code == 422 and "giữ vai trò đã được xác nhận" in words(page)
    assert not again(ngoc).has_usable_password()


def test_a_demo_link_goes_straight_to_work(client, demo, ngoc):
    secret = links.make_link(by=None, user=ngoc, kind=Kind.DEMO)
    assert "Đăng nhập bản trình diễn với tên Lê Thị Ngọc" in words(open_link(client, secret))
    assert send(client, secret).url == "/"
    assert client.get(reverse("accounts:numbers")).status_code == 200  # without a second factor


def test_a_demo_link_is_refused_outside_a_demo(client, ngoc):
    with pytest.raises(Refused, match="chỉ có ở bản trình diễn"):
        links.make_link(by=None, user=ngoc, kind=Kind.DEMO)


def test_every_link_made_and_used_is_on_the_trail(client, invitation):
    invite(client, invitation)
    lines = Event.objects.filter(subject="user:ngoc").order_by("seq").values_list("event", "by", "data__kind")
    assert list(lines) == [("link_made", "van", "invitation"), ("link_used", "ngoc", "invitation")]
