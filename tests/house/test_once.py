"""A form works once: a double click, a page gone back to, a browser that sends it again."""

import re
import threading
from secrets import token_hex

import pytest
from django.db import connections
from django.test import Client
from django.urls import get_resolver, reverse

from benan.accounts.models import EntryLink, Membership, User
from benan.cases import opening
from benan.cases.models import Case, Reception
from benan.core.days import clock
from benan.needs.models import Need, Provision
from benan.support.models import Visit
from tests.cases.test_kept import hidden
from tests.cast import COMMUNE, OTHER_COMMUNE, Officer, agency_of, seen, words
from tests.expected import gathered
from tests.house import TEMPLATES

ARRIVAL = {"channel": "self", "came_on": "06/11/2017", "area_code": COMMUNE}
AGAIN = "Chương trình chỉ thực hiện một lần"


def cases():
    """How many cases there are."""
    return Case.objects.unscoped(reason="tests").count()


def twice(browser, path, fields):
    """The answers to one form sent twice."""
    return browser.post(path, fields), browser.post(path, fields)


def opened(browser, name, *args):
    """The address of a form and its hidden fields, as the page that was opened carries them."""
    path = reverse(name, args=args)
    return path, hidden(browser.get(path))


@pytest.fixture
def arrival(as_lan):
    """The form that opens a case, on the page that answers a search."""
    page = as_lan.post(reverse("cases:search"), {"full_name": "Trịnh Thị Nụ", "birth": "1995"})
    return reverse("cases:receive"), hidden(page) | ARRIVAL


@pytest.fixture
def newcomer(demo):
    """An account that nobody has entered yet."""
    user = User(username="ngoc", full_name="Lê Thị Ngọc")
    user.set_unusable_password()
    user.save()
    return user


def test_somebody_is_received_once(as_lan, arrival):
    first, second = twice(as_lan, *arrival)
    assert cases() == 1
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
    assert AGAIN in words(as_lan.get(second["Location"]))


def test_a_page_opened_again_asks_whether_it_is_somebody_else(as_lan):
    """A browser that goes back asks for the page anew: its form has another token, and may have other words."""
    receive = reverse("cases:receive")
    fresh = hidden(as_lan.get(receive))
    first = as_lan.post(receive, hidden(as_lan.get(receive)) | ARRIVAL)
    code = Case.objects.unscoped(reason="tests").get().shown_code
    for fields in (fresh, hidden(as_lan.get(receive))):
        answer = as_lan.post(receive, fields | ARRIVAL | {"sex": "female"})
        said = words(answer)
        assert answer.status_code == 422 and cases() == 1
        assert (
            f"{code} lúc" in said
            and "đánh dấu ô này" in said
            and first["Location"].split("/tiep-nhan")[0] in answer.content.decode()
        )
    shown = words(as_lan.get(receive))
    assert f"{code} lúc" in shown and "Đây là một người khác" in shown
    sent_again = hidden(answer) | ARRIVAL | {"sex": "female", "another": "on"}
    assert as_lan.post(receive, sent_again).status_code == 302 and cases() == 2
    assert Case.objects.unscoped(reason="tests").latest("pk").sex == "female"


def test_nobody_is_asked_about_whom_another_officer_or_nobody_of_late_received(as_lan, cast, received):
    received()
    cast.browser("quyen").post(reverse("cases:receive"), ARRIVAL | {"area_code": OTHER_COMMUNE})
    assert "Đây là một người khác" not in words(as_lan.get(reverse("cases:receive")))
    assert as_lan.post(reverse("cases:receive"), ARRIVAL).status_code == 302
    Reception.objects.update(entered_at=clock() - opening.JUST_NOW)
    assert as_lan.post(reverse("cases:receive"), ARRIVAL).status_code == 302


def test_a_search_sent_again_leads_to_the_same_form(as_lan):
    path = reverse("cases:search")
    asked = hidden(as_lan.get(path)) | {"full_name": "Trịnh Thị Nụ", "birth": "1995"}
    for _search in range(2):
        as_lan.post(reverse("cases:receive"), hidden(as_lan.post(path, asked)) | ARRIVAL)
    assert cases() == 1


def test_a_companion_is_added_once(as_lan, received):
    path, fields = opened(as_lan, "cases:companions", received().code)
    twice(as_lan, path, fields | {"kind": "minor", "full_name": "Bé Na"})
    assert cases() == 2


def test_money_is_given_once(as_lan, screened):
    case = screened()
    path, fields = opened(as_lan, "needs:provide", case.code, Need.objects.of(case).first().pk)
    office = agency_of(f"commune-{COMMUNE}").pk
    twice(as_lan, path, fields | {"outcome": "begun", "on": "09/11/2017", "agency": office, "amount": "3.000.000"})
    assert [row.amount for row in Provision.objects.of(case)] == [3_000_000]


def test_words_are_added_once(as_hanh, notified):
    case = notified()
    path, fields = opened(as_hanh, "cases:remark", case.code)
    twice(as_hanh, path, fields | {"on": "09/11/2017", "words": "chị ngủ được rồi"})
    assert case.steps.filter(key="remark").count() == 1


def test_a_visit_is_agreed_once(as_hanh, at_home):
    case = at_home()
    path, fields = opened(as_hanh, "support:act", case.code, "hen-tham")
    twice(as_hanh, path, fields | {"planned_on": "16/11/2017"})
    assert Visit.objects.of(case).count() == 1


def test_an_account_is_made_once_and_its_link_shown_once(as_van):
    path, fields = opened(as_van, "accounts:people")
    first, second = twice(as_van, path, fields | {"full_name": "Đỗ Thị Ý", "username": "y.dt"})
    assert "/vao/" in words(first) and second.status_code == 302
    assert second["Location"] == reverse("accounts:person", args=["y.dt"])
    after = as_van.get(second["Location"])
    assert "không hiện lại" in words(after) and "/vao/" not in after.content.decode()
    assert EntryLink.objects.filter(user__username="y.dt").count() == 1


def test_a_link_is_made_once(as_van, newcomer):
    fields = hidden(as_van.open("accounts:person", newcomer.username))
    twice(as_van, reverse("accounts:link", args=[newcomer.username]), fields)
    assert EntryLink.objects.filter(user=newcomer).count() == 1


def test_a_role_is_given_once(as_van, lan):
    path, fields = opened(as_van, "accounts:grant", "lan", "member")
    sent = fields | {"agency": agency_of("procuracy").pk, "since": "09/11/2017", "until": "10/11/2017"}
    first, second = twice(as_van, path, sent)
    assert first.status_code == second.status_code == 302
    assert Membership.objects.filter(user=lan, role="member").count() == 1


def test_of_two_sent_at_once_the_second_gets_the_result_of_the_first(town):
    path, fields, start, led = reverse("cases:receive"), {"once": token_hex(16), **ARRIVAL}, threading.Barrier(2), []
    browsers = [Officer(town.officer("lan")) for _click in range(2)]

    def send(browser):
        start.wait()
        try:
            led.append(browser.post(path, fields)["Location"])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cases() == 1 and len(set(led)) == 1 and len(led) == 2


# Other words under a used token.


def test_other_words_in_a_form_that_was_sent_are_kept_with_the_way_to_correct(as_lan, arrival):
    path, fields = arrival
    first = as_lan.post(path, fields)
    page = as_lan.post(path, fields | {"channel": "border", "sex": "female"})
    assert page.status_code == 422 and cases() == 1
    assert "đã thực hiện một lần; lần này nội dung đã khác" in words(page)
    assert f'<a href="{first["Location"]}">' in page.content.decode()
    assert re.search(r'name="sex" value="female"[^>]* checked', page.content.decode())


def test_sent_again_on_purpose_they_go_through(as_lan, arrival):
    path, fields = arrival
    as_lan.post(path, fields)
    other = fields | {"channel": "border"}
    page = as_lan.post(path, other)
    assert re.search(r'name="another"[^>]* checked', page.content.decode()), "one more sending is enough"
    assert as_lan.post(path, other | hidden(page) | {"another": "on"}).status_code == 302
    assert cases() == 2


def test_going_back_to_correct_who_somebody_is_takes_one_more_look_and_no_more(as_lan, received):
    case = received()
    path, fields = opened(as_lan, "cases:who", case.code)
    as_lan.post(path, fields | {"full_name": "Trịnh Thị Nụ"})
    page = as_lan.post(path, fields | {"full_name": "Trịnh Thị Nụ Em"})
    assert page.status_code == 422 and "Ghi danh tính · Nguyễn Thị Lan" in words(page)
    assert as_lan.post(path, fields | hidden(page) | {"full_name": "Trịnh Thị Nụ Em"}).status_code == 302


def test_a_token_of_one_officer_tells_another_nothing(cast, as_lan, as_quyen, arrival):
    path, fields = arrival
    first = as_lan.post(path, fields)
    page = as_quyen.post(path, fields)
    assert page.status_code == 422 and first["Location"] not in page.content.decode()


# A form that was not taken.


def test_a_form_sent_back_is_taken_once_when_it_is_right(as_hanh, notified):
    case = notified()
    path, fields = opened(as_hanh, "cases:remark", case.code)
    wrong = as_hanh.post(path, fields | {"on": "31/02/2017", "words": "chị ngủ được rồi"})
    right = {"on": "09/11/2017", "words": "chị ngủ được rồi"}
    assert as_hanh.post(path, hidden(wrong) | right).status_code == 302
    assert as_hanh.post(path, fields | right).status_code == 302
    assert case.steps.filter(key="remark").count() == 1


# A form without a token.


@pytest.mark.parametrize("token", [{}, {"once": ""}, {"once": "x"}, {"once": "x" * 5000}, {"once": "\x00" * 32}])
def test_a_form_without_a_token_is_not_taken_and_keeps_its_words(as_hanh, notified, token):
    case = notified()
    path = reverse("cases:remark", args=[case.code])
    sent = {"on": "09/11/2017", "words": "chị ngủ được rồi", "seen": seen(case.code)}
    page = Client.post(as_hanh, path, sent | token)
    assert page.status_code == 422 and "chị ngủ được rồi" in page.content.decode()
    assert not case.steps.filter(key="remark").exists()
    assert Client.post(as_hanh, path, sent | hidden(page)).status_code == 302


def test_a_button_without_a_form_is_given_back_with_a_token(as_van, newcomer):
    path = reverse("accounts:link", args=[newcomer.username])
    page = Client.post(as_van, path)
    assert page.status_code == 422 and not EntryLink.objects.filter(user=newcomer).exists()
    assert Client.post(as_van, path, hidden(page)).status_code == 200


# No page can forget.


def test_every_form_that_is_posted_carries_the_token():
    forms = {
        path: re.findall(r'<form\b[^>]*method="post".*?</form>', path.read_text(), re.DOTALL) for path in TEMPLATES
    }
    assert sum(map(len, forms.values())) > 20
    assert [path.name for path, found in forms.items() for form in found if "{% csrf_token %}" not in form] == []


def test_a_page_with_two_forms_gives_each_a_token_of_its_own(as_lan, received):
    page = as_lan.open("cases:search").content.decode()
    tokens = re.findall(r'name="once" value="([^"]+)"', page)
    assert len(tokens) == page.count("csrfmiddlewaretoken") == len(set(tokens)) >= 3


def test_only_forms_that_read_may_be_sent_again_and_again():
    found = set()

    def walk(patterns, namespace=""):
        for each in patterns:
            if hasattr(each, "url_patterns"):
                walk(each.url_patterns, each.namespace or namespace)
            elif getattr(each.callback, "may_repeat", False):
                found.add(f"{namespace}:{each.name}")

    walk(get_resolver().url_patterns)
    assert found == gathered("MAY_REPEAT", set)
