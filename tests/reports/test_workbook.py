"""The workbook of a return: every formula is computed again here, from the cells it names, and must give the value beside it."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from benan.reports.content import CellContent, LineContent, SectionContent, UnitContent
from benan.reports.workbook import return_as_xlsx
from tests.reports import contents

NONE = "không phát sinh"


@pytest.fixture
def in_2017(town, on_day):
    on_day("10/11/2017")


def read(content):
    """The workbook of a content: its formulas, and the values that were written with them."""
    made = io.BytesIO(return_as_xlsx(content))
    return openpyxl.load_workbook(made), openpyxl.load_workbook(made, data_only=True)


def computed(sheet, values, formula):
    """What a formula of ours gives, from the values that the cells it names hold."""

    def cell(name):
        return values[sheet][name].value

    if found := re.fullmatch(r'=IF\(COUNT\((\w+:\w+)\)=0,"",SUM\(\1\)\)', formula):
        left, top, right, bottom = range_boundaries(found[1])
        rows = values[sheet].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
        filled = [value for row in rows for value in row if value is not None]
        return sum(filled) if filled else None
    if found := re.fullmatch(rf'=IF\(COUNT\((\w+),(\w+)\)<2,"",IF\(\2=0,"{NONE}",\1/\2\)\)', formula):
        part, whole = cell(found[1]), cell(found[2])
        return None if part is None or whole is None else part / whole if whole else NONE
    found = re.fullmatch(r'=IF\(ISNUMBER\((\w+)\),IF\(\1>=(\w+),"đạt","chưa đạt"\),\1\)', formula)
    share = cell(found[1])
    if not isinstance(share, int | float):
        return share
    return "đạt" if share >= cell(found[2]) else "chưa đạt"


def formulas(book):
    return [(sheet.title, cell) for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("make", [contents.of_agency, contents.consolidated])
def test_each_formula_gives_the_value_that_stands_beside_it(in_2017, make):
    book, values = read(make())
    found = formulas(book)
    assert len(found) > 10
    wrong = [
        (sheet, cell.coordinate, cell.value)
        for sheet, cell in found
        if computed(sheet, values, cell.value) != pytest.approx(values[sheet][cell.coordinate].value)
    ]
    assert wrong == []


def rows_of(values, sheet):
    return [
        [value for value in row if value is not None] for row in values[sheet].iter_rows(min_row=5, values_only=True)
    ]


def test_the_sum_of_the_units_stands_beside_what_the_report_says(in_2017):
    _book, values = read(contents.consolidated())
    sheet = values["Số liệu"]
    assert [cell.value for cell in sheet[5]][3:9] == [
        "Báo cáo", "Kỳ trước", "Cùng kỳ năm trước", "Giải trình", "Cộng các đơn vị", "UBND huyện số 1",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[6]] == [
        "Người được tiếp nhận", "Tổng số", "người", 28, 20, 0, None, 28, 28, 0, 0, None,
    ]  # fmt: skip


def test_indicators_say_reached_or_that_nothing_arose(in_2017):
    _book, values = read(contents.of_agency())
    rows = rows_of(values, "Chỉ tiêu")[1:4]
    assert [row[1:3] + row[-1:] for row in rows] == [[22, 28, "chưa đạt"], [0, 0, NONE], [9, 9, "đạt"]]
    assert rows[0][5] == pytest.approx(22 / 28)
    assert rows[1][5] == NONE


def test_people_stand_by_their_splits(in_2017):
    _book, values = read(contents.of_agency())
    rows = rows_of(values, "Phân tổ")[1:6]
    assert [row[1:4] for row in rows[:3]] == [["Tổng số", "người", 28], ["Nữ", "người", 20], ["Nam", "người", 8]]


def test_it_says_what_was_counted_when(in_2017):
    _book, values = read(contents.consolidated())
    rows = rows_of(values, "Cách đếm")
    assert ["Chốt số liệu ngày", "10/11/2017"] in rows
    assert ["Phiên bản cách đo: received_and_supported", "3"] in rows
    assert ["UBND huyện Tân Phú", "chưa báo cáo"] in [row[:2] for row in rows]


def test_nothing_filled_is_an_empty_cell_and_zero_a_number(in_2017):
    _book, values = read(contents.of_agency())
    figures = {row[0].value: row[3].value for row in values["Số liệu"].iter_rows(min_row=6)}
    assert (figures["Tờ rơi đã phát"], figures["Tin, bài đã đăng, phát"]) == (0, None)


def test_what_nobody_filled_is_empty_in_the_report_and_in_the_sum(in_2017):
    silent = contents.indicator("II.2.c", None, None)
    units = (UnitContent("UBND huyện số 1", "đã nhận", None, {("leaflets", ""): 0}),)
    _book, values = read(replace(contents.consolidated(), units=units, indicators=(silent,)))
    rows = {row[0].value: [cell.value for cell in row] for row in values["Số liệu"].iter_rows(min_row=6)}
    assert [rows[name][3::4] for name in ("Tờ rơi đã phát", "Tin, bài đã đăng, phát")] == [[0, 0], [None, None]]
    assert [cell.value for cell in values["Chỉ tiêu"][6]][5:] == [None, 1, None]
    assert [cell.value for cell in values["Chỉ tiêu theo đơn vị"][6]][2:] == [None] * 3


def test_each_row_names_its_line_so_that_it_may_be_sorted(in_2017):
    book, values = read(contents.of_agency())
    rows = [[cell.value for cell in row[:3]] for row in values["Số liệu"].iter_rows(min_row=6, max_row=8)]
    assert rows == [["Người được tiếp nhận", group, "người"] for group in ("Tổng số", "Nữ", "Nam")]
    assert book["Số liệu"].auto_filter.ref == "A5:G15"


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "https://example.com", "{=1}"])
def test_words_never_become_a_formula_or_a_link(in_2017, words):
    line = LineContent("x", words, "người", "s", (CellContent("", "", 1, 2, words, None, None),))
    book, _values = read(contents.of_agency(sections=(SectionContent("s", "S", (), "", (line,)),)))
    cells = [cell for row in book["Số liệu"].iter_rows() for cell in row if cell.value == words]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert [cell.hyperlink for cell in cells] == [None, None]


def test_headings_stay_and_the_sheets_are_set_for_printing(in_2017):
    book, _values = read(contents.consolidated(11))
    sheet = book["Số liệu"]
    assert sheet.freeze_panes == "C6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        9,
        "$5:$5",
    )
    assert sheet.column_dimensions["A"].width > 40
    assert sheet["D6"].number_format == "#,##0"


def test_nothing_in_the_file_tells_who_made_it(in_2017):
    book, _values = read(contents.of_agency())
    assert not book.properties.creator
