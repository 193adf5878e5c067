"""Who gets which page: every address of the program × every person, and how each page must be made."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.template import Template
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, is_valid_path, resolve

from benan.accounts.models import Membership
from tests.cast import MOMENT, TODAY, agency_of
from tests.expected import EXPECTED, OF_A_CASE, PEOPLE, SHOWN, TAKEN, TYPED, first_who
from tests.filling import filled, form_on

# What may be answered to a form where a page opens: the page itself, what is wrong, or on to where it led; where one has
# to sign in first, also what was typed, given back and not taken.
MAY = {"200": {"200", "422", "on"}, "on": {"200", "on"}, "in": {"in", "403"}}
# A case, and a row of it.
ROWS = [address for address in OF_A_CASE if re.search("{(?!code)", address)]


@pytest.fixture
def unwritten_pages(monkeypatch):
    """Pages are decided on but not written out: who gets in does not depend on that."""
    monkeypatch.setattr(Template, "render", lambda self, context: "")


def routes(resolver=None, before=""):
    """The route of every address of the program, as `resolve` names it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def met(answer):
    """How an answer stands in the table."""
    if answer.status_code in (301, 302):
        return "in" if answer["Location"].startswith("/cua/vao/") else "on"
    if answer.status_code == 200 and "Content-Disposition" in answer and answer.wsgi_request.method == "GET":
        return "file"
    return str(answer.status_code)


def example(address):
    """An address with something in every place."""
    return re.sub(r"{(\w+)}", lambda found: {"code": "17-00001", "secret": "x"}.get(found[1], "1"), address)


def test_every_address_of_the_program_stands_in_the_table():
    answered = {resolve(example(address)).route for address in EXPECTED if is_valid_path(example(address))}
    assert set(routes()) - answered == set()


def test_every_address_in_the_table_is_one_of_the_program():
    assert [address for address in EXPECTED if not is_valid_path(example(address))] == []
    assert TAKEN.keys() - EXPECTED.keys() == set()


@pytest.mark.parametrize("address", EXPECTED)
def test_each_person_gets_what_is_theirs(world, unwritten_pages, address):
    got = {name: met(world.get(name, address)) for name in PEOPLE}
    assert got == EXPECTED[address]


@pytest.mark.parametrize("address", OF_A_CASE)
def test_a_case_of_others_does_not_exist_for_those_who_follow_another(world, unwritten_pages, address):
    strangers = ["lan", "hanh", "dung", "hoa"]
    assert [met(world.get(name, address, code=world.elsewhere)) for name in strangers] == ["404"] * 4


def sent_from(world, address):
    """What somebody who may open a page could send from it; nothing where the page has no form."""
    form = form_on(world, address)
    return filled(form, **TYPED.get(address, {})) if form else {}


@pytest.mark.parametrize("address", EXPECTED)
def test_a_form_is_taken_from_those_alone_who_may_open_it(world, request, address):
    form = sent_from(world, address)
    request.getfixturevalue("unwritten_pages")
    got = {}
    for name, told in TAKEN[address].items():
        answer = met(world.send(name, address, {} if told in ("200", "on") else form))
        got[name] = told if answer in MAY.get(told, {told}) else answer
    assert got == TAKEN[address]


@pytest.mark.parametrize("address", ROWS)
def test_a_row_of_another_case_does_not_exist_under_ones_own(world, unwritten_pages, address):
    told = {name: "404" if each == "200" else each for name, each in EXPECTED[address].items() if name != "anon"}
    assert {name: met(world.get(name, address, **world.theirs)) for name in told} == told
    assert {name: met(world.send(name, address, {}, **world.theirs)) for name in told} == told


@pytest.fixture
def ended(world, undone):
    """Every role of everybody was held until yesterday."""
    Membership.objects.filter(since__lt=TODAY).update(until=TODAY - dt.timedelta(days=1))


@pytest.mark.parametrize("address", [address for address in TAKEN if {*TAKEN[address].values()} & {"403", "404"}])
def test_a_role_that_ended_yesterday_opens_nothing(world, unwritten_pages, ended, address):
    able = [name for name, told in TAKEN[address].items() if told in ("200", "on", "file")]
    nothing = "403" if "son" in able else TAKEN[address]["son"]  # whose role gives a right over their own office alone
    if EXPECTED[address] == TAKEN[address]:
        assert {name: met(world.get(name, address)) for name in able} == dict.fromkeys(able, nothing)
    assert {name: met(world.send(name, address, {})) for name in able} == dict.fromkeys(able, nothing)


MOVED = {
    "lan": "commune-26230", "hanh": "labour-736", "truong_phong": "labour-736", "dung": "police-736",
    "hung": "police-736", "hoa": "commune-26230", "phuong": "social_bank",
}  # fmt: skip


@pytest.fixture
def moved(world, undone):
    """Those who have the case sit at other offices since today."""
    for seat in Membership.objects.filter(user__username__in=MOVED):
        role, agency = seat.role if seat.user.username != "hoa" else "receiver", agency_of(MOVED[seat.user.username])
        Membership.objects.create(user=seat.user, agency=agency, role=role, since=TODAY,
                                  confirmed_by=world.cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
        seat.until = TODAY - dt.timedelta(days=1)
        seat.save(update_fields=["until"])


@pytest.mark.parametrize("address", OF_A_CASE)
def test_who_moved_to_another_office_leaves_the_case_behind(world, unwritten_pages, moved, address):
    assert {name: met(world.get(name, address)) for name in MOVED} == dict.fromkeys(MOVED, "404")
    assert {name: met(world.send(name, address, {})) for name in MOVED} == dict.fromkeys(MOVED, "404")


def test_who_moved_to_another_office_finds_its_cases(world, moved):
    assert met(world.get("lan", "/ho-so/{code}/", code=world.elsewhere)) == "200"


@pytest.mark.parametrize("address", ["/ho-so/{code}/", "/ho-so/{code}/danh-tinh/", "/ho-so/{code}/nhu-cau/{need}/"])
def test_a_case_of_others_and_no_case_at_all_are_told_alike(world, address):
    there, nowhere = (world.get("quang", address, code=code) for code in (world.names["code"], "17-00000"))
    assert there.status_code == nowhere.status_code == 404
    assert drawn_anew(there) == drawn_anew(nowhere)


def drawn_anew(page):
    """The words of a page, but for what differs each time it is drawn."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())


def read(world, address):
    """The page as the first who may gets it, what was written meanwhile besides the look, and whether that was."""
    with CaptureQueriesContext(connection) as run:
        page = world.get(first_who(EXPECTED[address]), address)
    written = [query["sql"] for query in run if re.match("INSERT|UPDATE|DELETE", query["sql"])]
    looked = any(sql.startswith('INSERT INTO "audit_event"') for sql in written)
    # That somebody is at work is noted in their session every five minutes, whatever page they read then.
    noted = ('INSERT INTO "audit_event"', 'UPDATE "accounts_session"')
    return page, [sql for sql in written if not sql.startswith(noted)], looked


@pytest.mark.parametrize("address", SHOWN)
def test_each_page_is_whole_writes_nothing_and_carries_neither_style_nor_script(world, address):
    page, written, looked = read(world, address)
    html = page.content.decode()
    assert len(re.findall(r"<title>[^<]*\w[^<]*</title>", html)) == 1
    assert len(re.findall(r"<h1\b", html)) == 1
    assert not re.findall(r"<[^>]*\s(?:style|on\w+|hx-on[^=]*)\s*=", html)
    assert not re.findall(r"<style\b|javascript:|<script(?![^>]*\ssrc=)", html)
    assert "aria-invalid" not in html or address == "/mau-trang-thai/", "wrong before anything was sent"
    assert not re.findall(r"{{|{%|\bNone\b|&lt;(?:lazy|bound)", html)
    assert "script-src 'self'" in page["Content-Security-Policy"]
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(set(ids)) == sorted(ids)
    assert written == []
    assert looked or address not in OF_A_CASE
