"""The official tables of a year: what the program fills, what is typed and by whom, what is printed."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from docx import Document

from benan.agencies.models import Agency
from benan.audit.models import Event
from benan.core.refusals import Refused
from benan.reports import official_papers, official_tables
from benan.reports.actions import official as verbs
from benan.reports.actions.official import Typed
from benan.reports.models import TypedCell
from benan.reports.official_forms import form_of, version_of
from tests.cast import Officer, words


@pytest.fixture
def officer(town, cast, on_day):
    """Somebody of the department of health, to which the labour department's work went in 2025."""
    on_day("05/01/2026")
    return cast.appoint("yen", "Phan Hải Yến", "department", "health_department")


@pytest.fixture
def browser(officer):
    return Officer(officer)


def filled(key, year=2025):
    return official_tables.filled(*form_of(year, key), year)


def text(made):
    document = Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def sheet(made):
    rows = openpyxl.load_workbook(io.BytesIO(made)).active.iter_rows(values_only=True)
    return "\n".join(str(value) for row in rows for value in row if value)


def test_the_rows_of_2025_are_communes_and_nothing_arose(officer):
    table = filled("508")
    assert len(table.rows) > 90 and table.rows[0].name.split()[0] in ("Phường", "Xã")
    assert {cell.words for cell in table.total.cells.values()} == {"-"}
    assert table.open_cells == []


def test_the_columns_of_money_are_typed_and_added_up(officer):
    table = filled("510")
    row = table.rows[0].code
    assert {column for _row, column in table.open_cells} == {"14", "15", "16"}
    told = {
        (row, "14"): Typed(Decimal(12), None),
        (row, "15"): Typed(Decimal("3.5"), None),
        (row, "16"): Typed(None, None),
    }
    assert verbs.type_cells(by=officer, year=2025, table="510", cells=told) == 2
    cells = filled("510").rows[0].cells
    assert [cells[column].words for column in ("13", "14", "15", "16")] == ["15,5", "12", "3,5", ""]
    assert (cells["14"].typed.by, filled("510").total.cells["13"].value) == (officer, Decimal("15.5"))
    assert Event.objects.latest("seq").event == "official_cells_typed"


def test_a_typed_cell_is_set_aside_by_a_later_one(officer):
    row = filled("510").rows[0].code
    seen = None
    for value in (Decimal(1), Decimal(1), Decimal(2), None):
        verbs.type_cells(by=officer, year=2025, table="510", cells={(row, "14"): Typed(value, seen)})
        seen = value
    assert [each.value for each in TypedCell.objects.all()] == [1, 2, None]
    assert filled("510").rows[0].cells["14"].typed is None


def test_what_a_register_fills_is_not_typed(officer):
    row = filled("508").rows[0].code
    for table, key in (
        ("508", (row, "1")),
        ("510", (row, "13")),
        ("510", (row, "2")),
        ("510", ("99999", "14")),
        ("601", ("100", "trafficked_children")),
    ):
        with pytest.raises(Refused):
            verbs.type_cells(by=officer, year=2025, table=table, cells={key: Typed(Decimal(1), None)})


def test_nobody_else_types(officer, hanh):
    with pytest.raises(PermissionDenied):
        verbs.type_cells(by=hanh, year=2025, table="510", cells={})


def test_of_children_the_lines_by_age_are_typed(officer):
    assert filled("601").open_cells == [("121", "trafficked_children"), ("122", "trafficked_children")]
    assert [cell.words for row in filled("603").rows[:2] for cell in row.cells.values()] == ["-", "-"]


@pytest.mark.parametrize("key", ["508", "510", "601", "603"])
def test_the_paper_is_laid_out_as_the_form_is_printed(officer, key):
    made = text(official_papers.as_docx(filled(key)))
    assert "Ban hành kèm theo Thông tư số 02/2025/TT-BLĐTBXH ngày 10/01/2025" in made
    assert "Kỳ báo cáo: năm 2025\n(01/01 đến 31/12)" in made
    assert "Ngày nhận báo cáo:\n15/01 năm sau" in made
    assert "Người lập biểu" in made and "Thủ trưởng đơn vị" in made


def test_column_5_is_printed_as_the_form_has_it_and_both_sums_are_said(officer):
    made = text(official_papers.as_docx(filled("508")))
    assert "5=(6+...+13)" in made
    assert "Cột 5 theo công thức in sẵn (cột 6 đến 13): -; tổng cả các cột 6 đến 16: -." in made


def test_the_workbook_adds_up_by_formulas(officer):
    row = filled("510").rows[0].code
    told = {(row, "14"): Typed(Decimal(12), None), (row, "15"): Typed(Decimal("3.5"), None)}
    verbs.type_cells(by=officer, year=2025, table="510", cells=told)
    made = io.BytesIO(official_papers.as_xlsx(filled("510")))
    formulas, values = openpyxl.load_workbook(made).active, openpyxl.load_workbook(made, data_only=True).active
    found = [(cell.value, values[cell.coordinate].value) for row in formulas for cell in row if cell.data_type == "f"]
    assert found[0][1] == 15.5 and found[0][0].startswith("=SUM(O")
    last = values.max_row
    totals = [
        values[cell.coordinate].value
        for row in formulas.iter_rows(max_row=last)
        for cell in row
        if cell.data_type == "f"
    ][1:]
    assert totals[0] == 15.5


def test_the_page_shows_which_cells_are_left_and_takes_them(browser):
    page = words(browser.open("reports:official", 2025))
    assert "Gửi chậm nhất 15/01/2026" in page
    assert "còn 2 ô phải ghi tay" in page
    answer = browser.send(
        "reports:official_table", 2025, "601", **{"c-121-trafficked_children": "0", "c-122-trafficked_children": "2"}
    )
    assert answer.status_code == 302
    page = words(browser.open("reports:official_table", 2025, "601"))
    assert "Phan Hải Yến" in page
    assert "2 ô do người lập biểu ghi tay" in page


def boxes(page):
    """What a browser sends back of a page on which nobody typed anything."""
    found = page.context["form"]
    return {box.html_name: box.value() or "" for box in found} | {
        box.html_initial_name: box.value() or "" for box in found
    }


def test_a_page_opened_earlier_takes_nothing_back_that_somebody_typed_since(browser, officer, cast):
    row, other = filled("510").rows[0].code, Officer(cast.appoint("ly", "Lý", "department", "health_department"))
    first, second = (boxes(each.open("reports:official_table", 2025, "510")) for each in (browser, other))
    browser.send("reports:official_table", 2025, "510", **first | {f"c-{row}-14": "12"})
    answer = other.send("reports:official_table", 2025, "510", **second | {f"c-{row}-15": "3,5"})
    assert answer.status_code == 302
    cells = filled("510").rows[0].cells
    assert (cells["14"].value, cells["15"].value) == (12, Decimal("3.5"))


def test_two_who_type_in_one_cell_are_told_of_each_other(browser, cast):
    row, other = filled("510").rows[0].code, Officer(cast.appoint("ly", "Lý", "department", "health_department"))
    first, second = (boxes(each.open("reports:official_table", 2025, "510")) for each in (browser, other))
    browser.send("reports:official_table", 2025, "510", **first | {f"c-{row}-14": "12,5"})
    answer = other.send("reports:official_table", 2025, "510", **second | {f"c-{row}-14": "7"})
    assert answer.status_code == 422
    assert "Người khác vừa ghi vào 1 ô bạn đang sửa." in words(answer) and "Phan Hải Yến" in words(answer)
    assert "12,5 · Phan Hải Yến" in words(answer)
    shown = answer.context["form"][f"c-{row}-14"]
    assert shown.value() == "7" and 'value="12,5"' in str(shown)
    again = second | {f"c-{row}-14": "7", shown.html_initial_name: "12,5"}
    assert other.send("reports:official_table", 2025, "510", **again).status_code == 302
    assert [each.value for each in TypedCell.objects.all()] == [Decimal("12.5"), 7]


def test_a_whole_number_is_saved_again_as_it_stands(browser):
    for said in ("2", "3"):
        page = browser.open("reports:official_table", 2025, "601")
        sent = boxes(page) | {"c-121-trafficked_children": said}
        assert browser.send("reports:official_table", 2025, "601", **sent).status_code == 302
    assert (
        browser.open("reports:official_table", 2025, "601").context["form"]["c-121-trafficked_children"].value() == "3"
    )


def test_what_is_no_number_comes_back(browser):
    answer = browser.send(
        "reports:official_table", 2025, "601", **{"c-121-trafficked_children": "-1", "c-122-trafficked_children": "hai"}
    )
    assert answer.status_code == 422
    assert not TypedCell.objects.exists()
    assert 'value="hai"' in answer.content.decode()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_files_are_made_and_stand_on_the_trail(browser, kind):
    answer = browser.send(f"reports:official_{kind}", 2025, "508")
    assert answer["Content-Disposition"] == f'attachment; filename="bieu-508-2025.{kind}"'
    assert Event.objects.filter(event="report_made").latest("seq").data == {"table": "508", "year": 2025, "kind": kind}


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_was_not_verified_of_the_forms_is_said_wherever_they_are_shown(browser, officer, on_day, year):
    on_day(f"05/01/{year + 1}")
    doubt, caveat = "chưa kiểm chứng sau 01/03/2025", "biểu thay thế của Bộ Y tế và nơi nhận sau ngày ấy chưa tìm được"
    page = words(browser.open("reports:official", year))
    assert (
        f"Cục Phòng, chống tệ nạn xã hội ({doubt})" in page and f"Bộ Lao động - Thương binh và Xã hội ({doubt})" in page
    )
    assert caveat in page and "điền đủ" not in page
    said = words(browser.open("reports:official_table", year, "508"))
    assert f"({doubt})" in said and caveat in said
    for made in (
        text(official_papers.as_docx(filled("508", year))),
        sheet(official_papers.as_xlsx(filled("508", year))),
    ):
        assert f"Cục Phòng, chống tệ nạn xã hội ({doubt})" in made and caveat in made
    health = Agency.objects.get(key="health_department")
    [due] = official_tables.dues([health.pk], dt.date(year + 1, 1, 1), dt.date(year + 1, 1, 31))
    assert due.law.endswith(f"({doubt})")


@pytest.mark.parametrize("key", ["508", "601", "603"])
def test_what_a_column_counts_is_said_to_be_how_the_program_reads_it(browser, officer, key):
    said = words(browser.open("reports:official_table", 2025, key))
    assert "là cách hiểu của chương trình, vì chưa tìm được hướng dẫn ghi biểu này" in said
    assert "cách hiểu của chương trình" in text(official_papers.as_docx(filled(key)))


def test_before_2025_the_page_says_that_the_forms_are_not_known(browser):
    assert version_of(2024) is None
    said = words(browser.open("reports:official", 2020))
    assert "Chương trình không lập biểu của năm này" in said and "năm 2020" in said and "2.02" not in said
    assert browser.get(reverse("reports:official_table", args=[2020, "508"])).status_code == 404
    assert browser.get(reverse("reports:official", args=[2027])).status_code == 404


def test_they_are_due_on_15_january_from_who_follows_up_the_plan(officer):
    health = Agency.objects.get(key="health_department")
    found = list(official_tables.dues([health.pk], dt.date(2026, 1, 1), dt.date(2026, 1, 31)))
    assert [(each.day, each.what) for each in found] == [(dt.date(2026, 1, 15), "Gửi biểu thống kê năm 2025")]
    assert list(official_tables.dues([health.pk], dt.date(2026, 1, 16), dt.date(2026, 12, 31))) == []
