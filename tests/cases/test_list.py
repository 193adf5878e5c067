"""The list of cases: what of it is asked for, in which order, and the workbook that leaves the program."""

import io
import re
from zipfile import ZipFile

import pytest

from benan.accounts.models import Membership
from benan.audit.models import Event
from benan.cases.actions import corrections, exports
from benan.cases.listing import ListQuestion, as_workbook
from benan.cases.models import Case
from benan.core.refusals import Refused
from tests.cast import agency_of, day, words


def listed(browser, **asked):
    """The aliases on the page of the list, in its order."""
    page = browser.open("cases:list", **asked)
    return [line["case"].alias for line in page.context["lines"]]


def cells(workbook):
    """The text of every cell of the first sheet, row by row; none of them is a formula."""
    packed = ZipFile(io.BytesIO(workbook))
    sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    texts = re.findall(r"<t[^>]*>(.*?)</t>", packed.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    assert "<f>" not in sheet
    return [[texts[int(n)] for n in re.findall(r't="s"><v>(\d+)', row)] for row in re.findall(r"<row .*?</row>", sheet)]


def test_what_is_overdue_is_found_among_what_is_not(notified, hanh, as_hanh, on_day):
    late = notified()
    on_day("13/11/2017")
    notified(came_on=day("13/11/2017"))
    assert listed(as_hanh, han="qua-han") == [late.alias]


def test_cases_of_one_district_are_found_by_it(cast, as_thu):
    here, elsewhere = cast.received(by="lan"), cast.received(by="quyen")
    assert {here.alias, elsewhere.alias} <= set(listed(as_thu))
    assert elsewhere.alias in listed(as_thu, dia_ban="736") and here.alias not in listed(as_thu, dia_ban="736")


def test_cases_are_found_by_the_stage_at_which_they_stand(notified, verifying, as_hanh):
    notified()
    asked = verifying()
    track = asked.tracks.get(kind="verification")
    assert listed(as_hanh, giai_doan=f"verification:{track.stage}") == [asked.alias]


def test_an_officer_finds_the_cases_of_which_they_are_in_charge(notified, hanh, as_hanh):
    mine, unassigned = notified(), notified()
    district, seat = agency_of("labour-737"), Membership.objects.get(user=hanh)
    corrections.put_in_charge(by=hanh, case=mine, agency=district, seat=seat)
    assert listed(as_hanh) == [unassigned.alias, mine.alias]
    assert listed(as_hanh, phu_trach="toi") == [mine.alias]
    html = as_hanh.open("cases:list", phu_trach="toi").content.decode()
    assert '<input type="hidden" name="phu_trach" value="toi">' in html, "what is taken away is what is shown"
    workbook = as_hanh.send("cases:export_list", phu_trach="toi").content
    assert [row[0] for row in cells(workbook)] == ["Mã hồ sơ", mine.shown_code]
    corrections.put_in_charge(by=hanh, case=mine, agency=district, seat=None)
    assert listed(as_hanh, phu_trach="toi") == []


def test_the_cases_of_a_colleague_are_not_ones_own(notified, hanh, cast, as_hanh):
    case, colleague = notified(), cast.officer("quang")
    Membership.objects.filter(user=colleague).update(agency=agency_of("labour-737"))
    corrections.put_in_charge(
        by=hanh, case=case, agency=agency_of("labour-737"), seat=Membership.objects.get(user=colleague)
    )
    assert listed(as_hanh, phu_trach="toi") == []
    assert listed(cast.browser("quang"), phu_trach="toi") == [case.alias]


def test_the_nearest_time_limit_stands_first(notified, as_hanh, on_day):
    sooner = notified()
    on_day("10/11/2017")
    later = notified(came_on=day("10/11/2017"))
    assert listed(as_hanh) == [later.alias, sooner.alias]
    assert listed(as_hanh, xep="han") == [sooner.alias, later.alias]


@pytest.mark.parametrize(
    "asked", [{"han": "mai"}, {"dia_ban": "999"}, {"giai_doan": "verification"}, {"phu_trach": "hanh"}, {"xep": "?"}]
)
def test_what_the_list_cannot_be_asked_is_said_and_nothing_is_listed(notified, as_hanh, asked):
    notified()
    page = as_hanh.open("cases:list", **asked)
    assert page.status_code == 200 and page.context["lines"] == []
    assert "không còn trong danh sách" in words(page)


def test_the_question_stays_from_page_to_page_and_from_state_to_state(as_hanh):
    page = as_hanh.open("cases:list", xep="ma", **{"trang-thai": "dong"}).content.decode()
    assert 'href="?trang-thai=mo&amp;xep=ma"' in page


def test_the_workbook_holds_what_the_officer_may_see_and_not_who_somebody_is(cast, notified, as_hanh):
    mine, elsewhere = notified(), cast.received(by="quyen")
    answer = as_hanh.send("cases:export_list", xep="ma")
    rows = cells(answer.content)
    text = " ".join(sum(rows, []))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="danh-sach-ho-so.xlsx"'
    assert [row[0] for row in rows] == ["Mã hồ sơ", mine.shown_code]
    assert mine.alias in text and "Chờ xác minh" in text and "Cấp báo" not in text and elsewhere.alias not in text


def test_a_list_taken_away_is_told_where_the_looks_at_each_case_are(notified, as_hanh):
    case = notified()
    as_hanh.send("cases:export_list")
    row = Event.objects.latest("seq")
    assert (row.event, row.data["cases"]) == ("cases_exported", [case.code])
    assert "Trần Minh Hạnh đã tải về danh sách có hồ sơ · Hồ sơ" in words(as_hanh.open("cases:access_log", case.code))


def test_no_text_of_a_workbook_is_a_formula(notified):
    case = notified()
    case.alias = "=HYPERLINK(0)"
    assert cells(as_workbook([case]))[1][1] == "=HYPERLINK(0)"


def test_a_list_too_long_to_take_away_is_refused_whole(notified, hanh, as_hanh, monkeypatch):
    monkeypatch.setattr(exports, "MOST", 1)
    notified(), notified()
    with pytest.raises(Refused, match="lọc danh sách"):
        exports.export_list(by=hanh, asked=ListQuestion())
    page = as_hanh.send("cases:export_list")
    assert page.status_code == 422 and "lọc danh sách" in words(page)
    assert Case.objects.visible_to(hanh).count() == 2
