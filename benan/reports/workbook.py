"""A return as a workbook (.xlsx): figures as numbers, sums and shares as formulas with their values beside them.

Words are written as text, never as formulas, whatever they begin with. Each formula carries its value, for programs that show a
workbook without computing it.
"""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from benan.accounts import installation
from benan.core.days import show
from benan.plan.indicators import letter_of
from benan.reports import issuers
from benan.reports.content import ELSEWHERE, CellContent, Content, IndicatorContent
from benan.reports.models import DENOMINATOR, IN_TIME, LATE, NUMERATOR
from benan.reports.numbers import NONE
from benan.reports.return_document import DEMO

COUNT, SHARE = "#,##0", "0.0%"
WHOLE = "Tổng số"
LINE = 16  # points of a line of text
LETTERS = 1.2  # of this font, in the width of a character of the program's own
NAME, GROUP, REASON = 42, 34, 30  # widths of columns in characters
MOST_COLUMNS = 13  # on the width of a page
_PARTS = (NUMERATOR, DENOMINATOR, LATE, IN_TIME)


class Row(NamedTuple):
    """A row of the sheet of lines: a figure of the return, with the key, name and unit of its line."""

    line: str
    name: str
    unit: str
    cell: CellContent


class Sheets:
    """A workbook being written, with its formats."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.book: Workbook = xlsxwriter.Workbook(self.out, {"in_memory": True, "strings_to_formulas": False})
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
        cell = base | {"border": 1}
        self.plain = self._format(base)
        self.title = self._format(base | {"bold": True, "font_size": 14})
        self.warning = self._format(base | {"bold": True})
        self.head = self._format(cell | {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#E7EEF0"})
        self.text = self._format(cell | {"text_wrap": True})
        self.part = self._format(cell | {"text_wrap": True, "indent": 1})
        self.count = self._format(cell | {"num_format": COUNT})
        self.sum = self._format(cell | {"num_format": COUNT, "bold": True})
        self.share = self._format(cell | {"num_format": SHARE, "align": "right"})

    def _format(self, look: dict[str, Any]) -> Format:
        return self.book.add_format(look)

    def sheet(self, name: str, content: Content, *, about: str) -> Worksheet:
        """A new sheet that begins with what it shows, and of whom; printed on A4 on its side, as wide as the page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")
        sheet.write_string(0, 0, about, self.title)
        sheet.write_string(
            1, 0,
            f"{issuers.in_full(content.agency_name)}; số liệu từ {show(content.first)} đến {show(content.last)}, "
            f"xét đến hết {show(content.as_of)}",
            self.plain,
        )  # fmt: skip
        if installation.is_demo():
            sheet.write_string(2, 0, DEMO, self.warning)
        return sheet

    def heads(self, sheet: Worksheet, row: int, titles: Sequence[str], *, columns: int = 0) -> None:
        """A row of headings that stands on every page and stays while one scrolls, with so many `columns` to the left."""
        for column, title in enumerate(titles):
            sheet.write_string(row, column, title, self.head)
        sheet.set_row(row, 48)
        sheet.freeze_panes(row + 1, columns)
        if len(titles) > MOST_COLUMNS:  # too small to read on one page: the first columns stand on each of several
            sheet.set_print_scale(70)
            sheet.repeat_columns(0, max(columns, 1) - 1)
        sheet.repeat_rows(row)

    def words(self, sheet: Worksheet, row: int, column: int, words: str, look: Format | None = None) -> None:
        """Words as text; an empty cell for none."""
        if words:
            sheet.write_string(row, column, words, look or self.text)
        else:
            sheet.write_blank(row, column, None, look or self.text)

    def number(self, sheet: Worksheet, row: int, column: int, value: int | None, look: Format | None = None) -> None:
        """A figure as a number; an empty cell where nothing was filled."""
        if value is None:
            sheet.write_blank(row, column, None, look or self.count)
        else:
            sheet.write_number(row, column, value, look or self.count)

    def tall(self, sheet: Worksheet, row: int, texts: Sequence[tuple[str, int]]) -> None:
        """Make a row as tall as its words need, each in a column so many characters wide: not every program does it by itself."""
        lines = max((math.ceil(len(words) / (LETTERS * width)) for words, width in texts), default=1)
        if lines > 1:
            sheet.set_row(row, LINE * lines)

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.out.getvalue()


def return_as_xlsx(content: Content) -> bytes:
    """The workbook of a return: lines and units, indicators, people by their splits, and what was counted when."""
    sheets = Sheets()
    sheets.book.set_properties({"title": content.title, "author": "", "comments": ""})
    _lines(sheets, content)
    _indicators(sheets, content)
    _people(sheets, content)
    _counting(sheets, content)
    return sheets.bytes()


def _rows(content: Content) -> Iterator[Row]:
    """Each figure of each line, in the order of the form."""
    for section in content.sections:
        for line in section.lines:
            for cell in line.cells:
                yield Row(line.key, line.name, line.unit, cell)


def _group(cell: CellContent) -> str:
    """What of its line a figure is."""
    return cell.words if cell.part else WHOLE


def _lines(sheets: Sheets, content: Content) -> None:
    """Lines down, units across; the sum of the units is a formula, and beside it stands what the report says.

    Each row names its line, so that it may be sorted and filtered.
    """
    sheet = sheets.sheet("Số liệu", content, about=content.title)
    start, names = 4, [unit.name for unit in content.units]
    fixed = ["Nội dung", "Nhóm", "Đơn vị tính", "Báo cáo", "Kỳ trước", "Cùng kỳ năm trước", "Giải trình"]
    titles = [*fixed, *(["Cộng các đơn vị", *names] if names else [])]
    sheets.heads(sheet, start, titles, columns=2)
    n = start
    for n, row in enumerate(_rows(content), start=start + 1):
        sheets.words(sheet, n, 0, row.name, sheets.part if row.cell.part else sheets.text)
        sheets.words(sheet, n, 1, _group(row.cell))
        sheets.words(sheet, n, 2, row.unit)
        for column, value in enumerate((row.cell.value, row.cell.previous, row.cell.year_before), start=3):
            sheets.number(sheet, n, column, value)
        sheets.words(sheet, n, 6, row.cell.reason)
        sheets.tall(sheet, n, [(row.name, NAME), (_group(row.cell), GROUP), (row.cell.reason, REASON)])
        if names:
            values = [unit.values.get((row.line, row.cell.part)) for unit in content.units]
            _sum(sheets, sheet, (n, 7), [(n, 8), (n, 7 + len(names))], values)
            for column, value in enumerate(values, start=8):
                sheets.number(sheet, n, column, value)
    sheet.autofilter(start, 0, n, len(titles) - 1)
    sheet.set_column(0, 0, NAME)
    sheet.set_column(1, 1, GROUP)
    sheet.set_column(2, 5, 13)
    sheet.set_column(6, 6, REASON)
    sheet.set_column(7, 7, 14)
    sheet.set_column(8, 7 + max(len(names), 1), 18)


def _sum(
    sheets: Sheets,
    sheet: Worksheet,
    at: tuple[int, int],
    ends: Sequence[tuple[int, int]],
    values: Sequence[int | None],
) -> None:
    """A sum of the cells from the first of `ends` to the second, with its value; empty where none of them was filled."""
    cells = ":".join(xl_rowcol_to_cell(*end) for end in ends)
    total = _total(values)
    sheet.write_formula(*at, f'=IF(COUNT({cells})=0,"",SUM({cells}))', sheets.sum, "" if total is None else total)


def _total(values: Iterable[int | None]) -> int | None:
    """The sum of those that were filled; None where none was."""
    filled = [value for value in values if value is not None]
    return sum(filled) if filled else None


def _share(
    sheets: Sheets,
    sheet: Worksheet,
    at: tuple[int, int],
    numerator: str,
    denominator: str,
    of: tuple[int | None, int | None],
) -> None:
    """A share of two cells (A1 notation): empty where one was not filled, "không phát sinh" where nobody counts.

    `of` are their values.
    """
    part, whole = of
    value = "" if part is None or whole is None else part / whole if whole else NONE
    sheet.write_formula(
        *at,
        f'=IF(COUNT({numerator},{denominator})<2,"",IF({denominator}=0,"{NONE}",{numerator}/{denominator}))',
        sheets.share,
        value,
    )


def _indicators(sheets: Sheets, content: Content) -> None:
    """Each indicator with its share; then each unit's fraction of each, with sums and shares."""
    sheet = sheets.sheet("Chỉ tiêu", content, about=f"Kết quả các chỉ tiêu {content.period_name}")
    titles = ["Chỉ tiêu", "Tử số", "Mẫu số", "Quá hạn", "Còn trong thời hạn", "Tỷ lệ", "Mức phải đạt", "Kết quả"]
    sheets.heads(sheet, 4, titles, columns=1)
    for n, each in enumerate(content.indicators, start=5):
        values = {cell.part: cell.value for cell in each.cells}
        sheet.write_string(n, 0, f"{letter_of(each.number)}) {each.wording}", sheets.text)
        for column, part in enumerate(_PARTS, start=1):
            sheets.number(sheet, n, column, values.get(part))
        numerator, denominator, share, target = (f"{letter}{n + 1}" for letter in "BCFG")
        _share(sheets, sheet, (n, 5), numerator, denominator, (each.numerator, each.denominator))
        sheet.write_number(n, 6, each.target / 100, sheets.share)
        sheet.write_formula(
            n, 7, f'=IF(ISNUMBER({share}),IF({share}>={target},"đạt","chưa đạt"),{share})', sheets.text, _outcome(each)
        )
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 7, 13)
    if content.units and content.indicators:
        _units_by_indicator(sheets, content)


def _outcome(indicator: IndicatorContent) -> str:
    """Whether the target was reached, in words; "" where a figure was not filled."""
    if indicator.numerator is None or indicator.denominator is None:
        return ""
    return NONE if not indicator.denominator else "đạt" if indicator.reached else "chưa đạt"


def _units_by_indicator(sheets: Sheets, content: Content) -> None:
    sheet = sheets.sheet("Chỉ tiêu theo đơn vị", content, about=f"Chỉ tiêu theo đơn vị {content.period_name}")
    titles = [
        f"{letter_of(each.number)}) {part}" for each in content.indicators for part in ("tử số", "mẫu số", "tỷ lệ")
    ]
    sheets.heads(sheet, 4, ["Đơn vị", "Tình trạng", *titles], columns=1)
    first, last = 5, 4 + len(content.units)
    for n, unit in enumerate(content.units, start=first):
        sheets.words(sheet, n, 0, unit.name)
        sheets.words(sheet, n, 1, unit.state_words)
    sheets.words(sheet, last + 1, 0, "Cộng")
    sheet.write_blank(last + 1, 1, None, sheets.text)
    for column, each in enumerate(content.indicators):
        column = 2 + 3 * column  # noqa: PLW2901
        pairs = [
            tuple(unit.values.get((each.number, part)) for part in (NUMERATOR, DENOMINATOR)) for unit in content.units
        ]
        for n, pair in enumerate(pairs, start=first):
            for side, value in enumerate(pair):
                sheets.number(sheet, n, column + side, value)
        for side in (0, 1):
            ends = [(first, column + side), (last, column + side)]
            _sum(sheets, sheet, (last + 1, column + side), ends, [pair[side] for pair in pairs])
        sums = tuple(_total(pair[side] for pair in pairs) for side in (0, 1))
        for n, pair in enumerate([*pairs, sums], start=first):
            numerator, denominator = (xl_rowcol_to_cell(n, column + side) for side in (0, 1))
            _share(sheets, sheet, (n, column + 2), numerator, denominator, (pair[0], pair[1]))
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 1 + 3 * len(content.indicators), 14)


def _people(sheets: Sheets, content: Content) -> None:
    """Each divided line: its whole, each part and the share of the whole."""
    sheet = sheets.sheet("Phân tổ", content, about=f"Số liệu theo phân tổ {content.period_name}")
    sheets.heads(
        sheet, 4, ["Nội dung", "Nhóm", "Đơn vị tính", "Số lượng", "Tỷ lệ", "Kỳ trước", "Cùng kỳ năm trước"], columns=1
    )
    row = 5
    for section in content.sections:
        for line in section.lines:
            whole = row + 1  # as A1 counts rows
            for cell in line.cells if len(line.cells) > 1 else ():
                sheets.words(sheet, row, 0, line.name)
                sheets.words(sheet, row, 1, _group(cell))
                sheets.words(sheet, row, 2, line.unit)
                sheets.number(sheet, row, 3, cell.value, sheets.count if cell.part else sheets.sum)
                _share(sheets, sheet, (row, 4), f"D{row + 1}", f"D{whole}", (cell.value, line.whole.value))
                sheets.number(sheet, row, 5, cell.previous)
                sheets.number(sheet, row, 6, cell.year_before)
                sheets.tall(sheet, row, [(line.name, 36), (_group(cell), 36)])
                row += 1
    sheet.write_string(
        row + 1,
        0,
        "Một người có thể thuộc nhiều nhóm của một cách chia; khi ấy tổng các nhóm lớn hơn tổng số.",
        sheets.plain,
    )
    sheet.set_column(0, 1, 36)
    sheet.set_column(2, 6, 14)


def _counting(sheets: Sheets, content: Content) -> None:
    """What was counted when, from whom, and by which versions of the measures."""
    sheet = sheets.sheet("Cách đếm", content, about="Số liệu được đếm như thế nào")
    frozen = show(content.frozen_on) if content.frozen_on else "chưa chốt"
    rows = [
        ("Kế hoạch", content.plan.number), ("Kỳ báo cáo", content.period_name), ("Từ ngày", show(content.first)),
        ("Đến ngày", show(content.last)), ("Xét đến hết ngày", show(content.as_of)), ("Chốt số liệu ngày", frozen),
        ("Văn bản", " ngày ".join(filter(None, (content.paper_no, show(content.paper_on)))) or "chưa ghi số"),
        *((f"Phiên bản cách đo: {key}", str(version)) for key, version in sorted(content.ret.measures.items())),
    ]  # fmt: skip
    sheets.heads(sheet, 4, ["Nội dung", "Giá trị"])
    row = 5
    for name, value in rows:
        sheets.words(sheet, row, 0, name)
        sheets.words(sheet, row, 1, value)
        row += 1
    row = _listed(sheets, sheet, row + 1, ["Đơn vị", "Tình trạng", "Ngày nộp"],
                  [(unit.name, unit.state_words, show(unit.submitted_on)) for unit in content.units])  # fmt: skip
    _listed(
        sheets, sheet, row + 1, ["Chênh lệch: nội dung", "Đơn vị", "Báo cáo", "Chương trình", "Giải thích"],
        [(content.figure_name(each), each.unit or ELSEWHERE, each.returned, each.live, each.why)
         for each in content.differences],
    )  # fmt: skip
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 4, 28)


def _listed(
    sheets: Sheets, sheet: Worksheet, row: int, titles: Sequence[str], rows: Sequence[Sequence[str | int | None]]
) -> int:
    """A small table at a row; the row after it. Nothing where there are no rows."""
    if not rows:
        return row
    for column, title in enumerate(titles):
        sheet.write_string(row, column, title, sheets.head)
    for n, cells in enumerate(rows, start=row + 1):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                sheets.words(sheet, n, column, value)
            else:
                sheets.number(sheet, n, column, value)
    return row + len(rows) + 1
