"""Whoever saw a case in a list left as much of a trace as whoever opened it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.audit.models import Event
from benan.cases.actions import receptions
from benan.support.actions import screening
from tests.cast import PLAN, TODAY, words


def told(browser, case):
    """What the page "Ai đã xem" says."""
    return words(browser.open("cases:access_log", case.code))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "Trần Minh Hạnh đã xem danh sách có hồ sơ · Bàn việc"),
        ("/ho-so/", "Trần Minh Hạnh đã xem danh sách có hồ sơ · Hồ sơ"),
        ("/ho-so/tim/?q={part}", "Trần Minh Hạnh đã xem danh sách có hồ sơ · Tìm hồ sơ theo mã, bí danh"),
        ("/chuyen-tuyen/", "Trần Minh Hạnh đã xem danh sách có hồ sơ · Chuyển tuyến"),
        (f"/ke-hoach/{PLAN}/chi-tieu/II.2.a/", "Trần Minh Hạnh đã mở danh sách hồ sơ chưa được hỗ trợ đủ của chỉ tiêu"),
    ],
)
def test_who_saw_a_case_in_a_list_is_told_where_the_looks_at_it_are(cast, on_day, as_hanh, address, said):
    case = cast.referred(cast.assessed()).case
    on_day("01/12/2017")
    page = as_hanh.get(address.format(part=case.alias[:-1]))
    assert page.status_code == 200 and case.code in page.content.decode()
    assert said in told(cast.browser("lan"), case)


def test_one_page_of_a_list_is_one_row_with_the_codes_that_it_shows(received, as_lan):
    cases = [received(), received()]
    before = Event.objects.count()
    as_lan.open("cases:list")
    row = Event.objects.latest("seq")
    assert Event.objects.count() == before + 1
    assert (row.by, row.event, row.subject) == ("lan", "cases_listed", "")
    assert row.data == {"where": "cases:list", "cases": sorted(case.code for case in cases)}


def test_an_office_told_of_a_danger_leaves_a_trace_at_its_desk(cast, as_quang):
    case = cast.received(by="quyen")
    screening.screen(by=cast.officer("quyen"), case=case, on=TODAY, danger="yes", needs=[])
    assert case.alias in words(as_quang.open("shell:home"))
    assert "Vũ Quang đã xem danh sách có hồ sơ · Bàn việc" in told(cast.browser("quyen"), case)


def test_who_saw_somebody_on_the_page_of_whom_they_came_with_is_told_too(received, lan, as_lan):
    mother = received()
    child = receptions.add_companion(by=lan, case=mother, kind="minor")
    as_lan.open("cases:case", mother.code)
    assert "Nguyễn Thị Lan đã xem hồ sơ · hồ sơ có liên quan đến hồ sơ này" in told(as_lan, child)


def test_what_was_seen_again_and_again_on_one_day_is_told_once(received, as_lan):
    case = received()
    for _ in range(3):
        as_lan.open("cases:list")
        as_lan.open("shell:home")
    said = told(as_lan, case)
    assert said.count("danh sách có hồ sơ · Hồ sơ") == said.count("danh sách có hồ sơ · Bàn việc") == 0
    assert said.count("danh sách có hồ sơ (3 lần) · Hồ sơ") == said.count("danh sách có hồ sơ (3 lần) · Bàn việc") == 1


def test_a_look_at_a_list_leaves_the_figures_remembered(received, as_lan, as_thu, django_assert_max_num_queries):
    received()
    as_thu.open("plan:overview", PLAN)
    with CaptureQueriesContext(connection) as remembered:
        as_thu.open("plan:overview", PLAN)
    asked = len(remembered.captured_queries)
    as_lan.open("cases:list")
    with django_assert_max_num_queries(asked):
        as_thu.open("plan:overview", PLAN)


def test_a_list_is_withheld_where_its_look_cannot_be_written(town):
    case, browser = town.received(), town.browser("lan")
    with town.copy.connect("owner") as owner:
        owner.execute("REVOKE INSERT ON audit_event FROM web")
    for name in ("cases:list", "shell:home"):
        page = browser.open(name)
        assert page.status_code == 503 and case.code not in page.content.decode()
