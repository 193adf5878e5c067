"""Who gets which page: every address of the program × every person, and how each page must be made."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.template import Template
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve

from benan.accounts.models import Membership
from tests.cast import MOMENT, TODAY, agency_of
from tests.test_offers import filled

# 200 opens · 403 may see, may not do · 404 as if it did not exist · 405 only as a form that is sent · in: to the sign-in
# page · on: leads on. The file is Lan's, Hạnh's, Dũng's, Hùng's, Hoa's and Phương's; Thu sees all, by area.
TABLE = """
                                                 lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/                                                200 200  200          200  200  200 200    200 on  200 200   200 in
/mau-trang-thai/                                 200 200  200          200  200  200 200    200 200 200 200   200 in
/tiep-nhan/                                      200 200  403          403  403  403 403    403 403 403 200   403 in
/tiep-nhan/moi/                                  200 200  403          403  403  403 403    403 403 403 200   403 in
/tiep-nhan/phieu-giay/                           200 200  403          403  403  403 403    403 403 403 200   403 in
/ho-so/                                          200 200  200          200  200  200 200    200 200 200 200   200 in
/ho-so/tim/                                      200 200  200          200  200  200 200    200 200 200 200   200 in
/ho-so/{code}/                                   200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/ai-da-xem/                         200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/ghi-them/                          200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/giao-viec/                         403 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/sua-ngay/{step}/                   403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/ghep/                              403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tach/                              403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/xoa-danh-tinh/                     403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/xoa-danh-tinh/rut/                 403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/xoa-danh-tinh/quyet-dinh/          403 403  200          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tro-lai/                           200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/danh-tinh/                         200 200  403          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/nguoi-ay/                200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/di-cung/                 200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/duoi-18-tuoi/            200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/bao-ve-tre-em/           200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/loi-ke/                  200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/quyen/                   200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/xem-lai/                 200 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/an-toan/                 200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/tiep-nhan/da-trao/                 200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/buoc/take_notice/                  403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/record_proof/                 403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/request_verification/         403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/receive_request/              403 200  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/report_to_province/           403 200  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/receive_report/               403 200  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/tell_outcome/                 403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/hand_to_immigration/          403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/close_verification/           403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/buoc/answer_victim/                404 404  404          404  404  404 404    404 404 404 404   404 in
/ho-so/{code}/du-thao/                           403 403  403          200  403  403 403    403 404 404 404   404 in
/ho-so/{code}/ky/                                403 403  403          403  200  403 403    403 404 404 404   404 in
/ho-so/{code}/tra-loi/                           403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/                           200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/nhu-cau/danh-gia/                  403 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/dieu-da-biet/nationality/  403 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/{need}/                    200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/don-de-nghi/               200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/nhu-cau/don-de-nghi/application_sent/ 200 200  403       403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/ho-tro/{provision}/rut/            403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/                            200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/bao-ve/ap-dung/                    200 200  200          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/con-nguy-hiem/              200 200  200          200  200  200 403    403 404 404 404   404 in
/ho-so/{code}/bao-ve/da-goi/                     200 200  200          200  200  200 200    403 404 404 404   404 in
/ho-so/{code}/bao-ve/van-ban/                    200 200  200          200  200  200 200    403 404 404 404   404 in
/ho-so/{code}/bao-ve/khong-bao/                  200 200  200          200  200  200 403    403 404 404 404   404 in
/bao-nguy/{notice}/                              404 404  404          404  404  404 404    404 404 404 200   404 in
/ho-so/{code}/ve-nha/                            200 200  200          200  200  200 200    200 404 404 404   404 in
/ho-so/{code}/ve-nha/chuyen-tuyen/               200 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/ve-nha/ve-noi-cu-tru/              200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/ve-nha/hen-tham/                   200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/chuyen-tuyen/{referral}/nhan/      200 200  403          403  403  200 403    403 404 404 404   404 in
/ho-so/{code}/chuyen-tuyen/{referral}/den-noi/   200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/tham/{visit}/                      200 200  403          403  403  200 200    403 404 404 404   404 in
/ho-so/{code}/ket-thuc/                          403 200  403          403  403  403 403    403 404 404 404   404 in
/ho-so/{code}/mo-lai/                            403 200  403          403  403  403 403    403 404 404 404   404 in
/chuyen-tuyen/                                   200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/                                       200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/chi-tieu/II.2.a/                       200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/chi-tieu/II.9/                         404 404  404          404  404  404 404    404 404 404 404   404 in
/ke-hoach/muc/                                   200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/muc/VI.3/                              200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/bao-cao/                               200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/bao-cao/tai/                           on  on   on           on   on   on  on     on  on  on  on    on  in
/luat/                                           200 200  200          200  200  200 200    200 200 200 200   200 in
/luat/sua-ngay/                                  403 403  403          403  403  403 403    200 403 403 403   403 in
/so-truc/                                        200 200  200          200  200  200 200    200 200 200 200   200 in
/so-truc/them/                                   403 403  403          403  403  403 403    403 403 403 403   200 in
/so-truc/{number}/thoi/                          403 403  403          403  403  403 403    403 403 403 403   200 in
/xac-nhan/                                       403 403  200          403  200  403 403    403 403 403 403   200 in
/xac-nhan/{waiting}/                             403 403  200          403  404  403 403    403 403 403 403   404 in
/xac-nhan/thoi/{ending}/                         403 403  403          403  404  403 403    403 403 403 403   200 in
/xac-nhan/thoi/{ending}/khong-dong-y/            on  on   on           on   on   on  on     on  on  on  on    on  in
/xac-nhan/thoi/{ending}/rut/                     on  on   on           on   on   on  on     on  on  on  on    on  in
/xac-nhan/mat-dien-thoai/hanh/                   403 403  200          403  404  403 403    403 403 403 403   200 in
/tai-khoan/                                      403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/vai-tro/                              403 403  200          403  200  403 403    403 403 403 403   200 in
/tai-khoan/hanh/                                 403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/giao/receiver/                   403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/thoi/{seat}/                     403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/ho-ten/                          403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/ngung/                           403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/mo-lai/                          403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/duong-dan/                       on  on   on           on   on   on  on     on  on  on  on    on  in
/tai-khoan/hanh/mo-khoa/                         on  on   on           on   on   on  on     on  on  on  on    on  in
/vao/{secret}/                                   200 200  200          200  200  200 200    200 200 200 200   200 200
/cua/vao/                                        on  on   on           on   on   on  on     on  on  on  on    on  200
/cua/ra/                                         200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/tam-ngung/                                  200 200  200          200  200  200 200    200 200 200 200   200 200
/cua/lap-tai-khoan/                              on  on   on           on   on   on  on     on  on  on  on    on  200
/cua/xac-nhan-lai/                               200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/mat-khau/                                   200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/mat-khau/dat/                               on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/mat-khau/quen/                              200 200  200          200  200  200 200    200 200 200 200   200 200
/cua/phien/dong/                                 on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/                                   200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/buoc-hai/authenticate/                      on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/reauthenticate/                    200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/buoc-hai/doi-dien-thoai/                    on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/totp/activate/                     on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/totp/deactivate/                   on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/recovery-codes/                    on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/recovery-codes/generate/           on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/recovery-codes/download/           on  on   on           on   on   on  on     on  on  on  on    on  in
"""
PEOPLE = TABLE.split("\n")[1].split()
EXPECTED = {line.split()[0]: line.split()[1:] for line in TABLE.strip().split("\n")[1:]}
# What is answered to a form that is sent, where the page says otherwise.
SENT = """
/ke-hoach/bao-cao/tai/                           403 403  403          403  403  403 403    200 200 403 403   403 in
/xac-nhan/mat-dien-thoai/hanh/                   403 403  200          403  404  403 403    403 403 403 403   403 in
/xac-nhan/thoi/{ending}/khong-dong-y/            403 403  403          403  404  403 403    403 403 403 403   on  in
/xac-nhan/thoi/{ending}/rut/                     403 403  403          403  404  403 403    403 403 403 403   on  in
/cua/phien/dong/                                 on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/ra/                                         in  in   in           in   in   in  in     in  in  in  in    in  in
/cua/tam-ngung/                                  405 405  405          405  405  405 405    405 405 405 405   405 405
/cua/buoc-hai/                                   405 405  405          405  405  405 405    405 405 405 405   405 in
/tai-khoan/hanh/duong-dan/                       403 403  403          403  403  403 403    403 403 403 403   on  in
/tai-khoan/hanh/mo-khoa/                         403 403  403          403  403  403 403    403 403 403 403   on  in
"""
TAKEN = EXPECTED | {line.split()[0]: line.split()[1:] for line in SENT.strip().split("\n")}
# What may be answered to a form where a page opens: the page itself, what is wrong, or on to where it led; where one has
# to sign in first, also what was typed, given back and not taken.
MAY = {"200": {"200", "422", "on"}, "on": {"200", "on"}, "in": {"in", "403"}}
ROWS = re.compile("{(?:step|need|provision|referral|visit)}")
OF_A_FILE = [address for address in EXPECTED if "{code}" in address]
SHOWN = [address for address, answers in EXPECTED.items() if "200" in answers]


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
    return str(answer.status_code)


def example(address):
    """An address with something in every place."""
    return re.sub(r"{(\w+)}", lambda found: {"code": "17-00001", "secret": "x"}.get(found[1], "1"), address)


def test_every_address_of_the_program_stands_in_the_table():
    assert set(routes()) - {resolve(example(address)).route for address in EXPECTED} == set()


@pytest.mark.parametrize("address", EXPECTED)
def test_each_person_gets_what_is_theirs(world, unwritten_pages, address):
    got = {name: met(world.get(name, address)) for name in PEOPLE}
    assert got == dict(zip(PEOPLE, EXPECTED[address], strict=True))


@pytest.mark.parametrize("address", OF_A_FILE)
def test_a_file_of_others_does_not_exist_for_those_who_follow_another(world, unwritten_pages, address):
    strangers = ["lan", "hanh", "dung", "hoa"]
    assert [met(world.get(name, address, code=world.elsewhere)) for name in strangers] == ["404"] * 4


def form_of(world, address):
    """What somebody who may open a page could send from it; nothing where the page has no form."""
    name = next((name for name, met_with in zip(PEOPLE, TAKEN[address], strict=True) if met_with == "200"), None)
    page = name and world.get(name, address)
    form = page and page.context and page.context.get("form")
    return filled(form) if form else {}


@pytest.mark.parametrize("address", EXPECTED)
def test_a_form_is_taken_from_those_alone_who_may_open_it(world, request, address):
    form = form_of(world, address)
    request.getfixturevalue("unwritten_pages")
    got = {}
    for name, told in zip(PEOPLE, TAKEN[address], strict=True):
        answer = met(world.send(name, address, {} if told in ("200", "on") else form))
        got[name] = told if answer in MAY.get(told, {told}) else answer
    assert got == dict(zip(PEOPLE, TAKEN[address], strict=True))


@pytest.mark.parametrize("address", [address for address in OF_A_FILE if ROWS.search(address)])
def test_a_row_of_another_file_does_not_exist_under_ones_own(world, unwritten_pages, address):
    told = {name: "404" if each == "200" else each for name, each in zip(PEOPLE[:-1], EXPECTED[address], strict=False)}
    assert {name: met(world.get(name, address, **world.theirs)) for name in told} == told
    assert {name: met(world.send(name, address, {}, **world.theirs)) for name in told} == told


@pytest.fixture
def ended(world, undone):
    """Every role of everybody was held until yesterday."""
    Membership.objects.filter(since__lt=TODAY).update(until=TODAY - dt.timedelta(days=1))


@pytest.mark.parametrize("address", [address for address in TAKEN if set(TAKEN[address]) & {"403", "404"}])
def test_a_role_that_ended_yesterday_opens_nothing(world, unwritten_pages, ended, address):
    nothing = TAKEN[address][PEOPLE.index("son")]  # who has a role without any right
    able = [name for name, told in zip(PEOPLE, TAKEN[address], strict=True) if told in ("200", "on")]
    if EXPECTED[address] == TAKEN[address]:
        assert {name: met(world.get(name, address)) for name in able} == dict.fromkeys(able, nothing)
    assert {name: met(world.send(name, address, {})) for name in able} == dict.fromkeys(able, nothing)


MOVED = {
    "lan": "commune-26230", "hanh": "labour-736", "truong_phong": "labour-736", "dung": "police-736",
    "hung": "police-736", "hoa": "commune-26230", "phuong": "social_bank",
}  # fmt: skip


@pytest.fixture
def moved(world, undone):
    """Those who have the file sit at other offices since today."""
    for seat in Membership.objects.filter(user__username__in=MOVED):
        role, agency = seat.role if seat.user.username != "hoa" else "receiver", agency_of(MOVED[seat.user.username])
        Membership.objects.create(user=seat.user, agency=agency, role=role, since=TODAY,
                                  confirmed_by=world.cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
        seat.until = TODAY - dt.timedelta(days=1)
        seat.save(update_fields=["until"])


@pytest.mark.parametrize("address", OF_A_FILE)
def test_who_moved_to_another_office_leaves_the_file_behind(world, unwritten_pages, moved, address):
    assert {name: met(world.get(name, address)) for name in MOVED} == dict.fromkeys(MOVED, "404")
    assert {name: met(world.send(name, address, {})) for name in MOVED} == dict.fromkeys(MOVED, "404")


def test_who_moved_to_another_office_finds_its_files(world, moved):
    assert met(world.get("lan", "/ho-so/{code}/", code=world.elsewhere)) == "200"


@pytest.mark.parametrize("address", ["/ho-so/{code}/", "/ho-so/{code}/danh-tinh/", "/ho-so/{code}/nhu-cau/{need}/"])
def test_a_file_of_others_and_no_file_at_all_are_told_alike(world, address):
    there, nowhere = (world.get("quang", address, code=code) for code in (world.names["code"], "17-00000"))
    assert there.status_code == nowhere.status_code == 404
    assert drawn_anew(there) == drawn_anew(nowhere)


def drawn_anew(page):
    """The words of a page, but for what differs each time it is drawn."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())


def read(world, address):
    """The page as the first who may gets it, and what was written meanwhile besides the look."""
    with CaptureQueriesContext(connection) as run:
        page = world.get(PEOPLE[EXPECTED[address].index("200")], address)
    written = [query["sql"] for query in run if re.match("INSERT|UPDATE|DELETE", query["sql"])]
    return page, [sql for sql in written if not sql.startswith('INSERT INTO "audit_event"')]


@pytest.mark.parametrize("address", SHOWN)
def test_each_page_is_whole_writes_nothing_and_carries_neither_style_nor_script(world, address):
    page, written = read(world, address)
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
