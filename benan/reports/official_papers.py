"""An official table on paper and as a workbook, laid out as the circular prints it."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter
from docx.shared import Cm
from xlsxwriter.utility import xl_rowcol_to_cell

from benan.accounts import installation
from benan.agencies import queries as agencies
from benan.core.days import legal_day
from benan.core.figures import Words
from benan.reports.document import Paper, Spanning
from benan.reports.official_tables import FilledRow, FilledTable, reporter
from benan.reports.return_document import DEMO

ALL = "5_all"


def notes(filled: FilledTable) -> list[str]:
    """What is said below a table: how its cells came about, and both sums of column 5."""
    found = [str(note) for note in (filled.version.caveat, *filled.table.notes) if note]
    if filled.total and ALL in filled.total.cells:
        cells = filled.total.cells
        found.append(
            f"Cột 5 theo công thức in sẵn (cột 6 đến 13): {cells['5'].words or '-'}; tổng cả các cột 6 đến 16: {cells[ALL].words or '-'}."
        )
    if filled.form.key == "510":
        found.append("Cột 1 đến 12 không thuộc công tác này, do bộ phận phụ trách ghi.")
    if not filled.form.lines:
        found.append(
            "Từ 01/07/2025 không còn cấp huyện: chương trình lập mỗi dòng là một xã, phường; biểu in sẵn ghi quận, huyện."
        )
    typed = [cell for row in filled.rows for cell in row.cells.values() if cell.typed]
    if typed:
        found.append(f"{len(typed)} ô do người lập biểu ghi tay, vì chưa có sổ ghi.")
    return found


def _reporter_name(filled: FilledTable) -> str:
    agency = reporter(legal_day())
    return agencies.names({agency.pk}, legal_day()).get(agency.pk, "") if agency else ""


def _columns(filled: FilledTable) -> list[str]:
    return list(filled.form.columns)


def _heads(filled: FilledTable) -> Iterator[list[Spanning]]:
    """The rows of headings above the numbers of the columns: groups from the top; below its last group a column's own heading, which
    goes on down to the last row."""
    form, columns = filled.form, _columns(filled)
    begun: set[str] = set()
    levels = [*form.groups, [("", columns[0], columns[-1])]]
    for n, row in enumerate(levels):
        made = [Spanning(str(form.first) if n == 0 else "", down=True, begins=n == 0)]
        for words, start, end in row:
            covered = columns[columns.index(start) : columns.index(end) + 1]
            if words:
                made.append(Spanning(str(words), len(covered)))
                continue
            for each in covered:
                begins = each not in begun
                made.append(Spanning(str(form.columns[each]) if begins else "", down=True, begins=begins))
                begun.add(each)
        yield made


def _numbers(filled: FilledTable) -> list[str]:
    printed = filled.form.printed or {}
    return ["A", *(printed.get(column, column if column.isdigit() else "1") for column in _columns(filled))]


def _said(row: FilledRow, columns: Sequence[str]) -> list[str]:
    return [cell.words if (cell := row.cells.get(column)) else "" for column in columns]


def as_docx(filled: FilledTable) -> bytes:
    """The table as a .docx file on a sheet that lies on its side."""
    form, columns = filled.form, _columns(filled)
    paper = Paper(legal_day(), landscape=True)
    paper.three_columns(
        [f"Biểu số {filled.table.number}", f"Ban hành kèm theo {filled.version.circular}", "Ngày nhận báo cáo:",
         f"{filled.version.due_on(filled.year):%d/%m} năm sau"],
        [str(form.title).upper(), f"Kỳ báo cáo: năm {filled.year}", "(01/01 đến 31/12)"],
        ["Đơn vị báo cáo:", _reporter_name(filled), "Đơn vị nhận báo cáo:", filled.version.doubted(form.receiver)],
    )  # fmt: skip
    if installation.is_demo():
        paper.text(DEMO, bold=True)
    paper.right(f"Đơn vị tính: {filled.table.unit}")
    shown = [*([filled.total] if filled.total else []), *filled.rows]
    rows = [_numbers(filled), *([str(row.name), *_said(row, columns)] for row in shown)]
    width = min(22 / len(columns), 8)
    paper.table(
        [], rows, [Cm(3.2), *[Cm(width)] * len(columns)], left=(0,), bold={1} if filled.total else (), size=9,
        above=list(_heads(filled)),
    )  # fmt: skip
    for note in notes(filled):
        paper.note(note)
    paper.signatures(
        ("Người lập biểu\n(Ký, ghi rõ họ tên)", ""),
        ("Ngày …… tháng …… năm ……\nThủ trưởng đơn vị\n(Ký, ghi rõ họ tên, đóng dấu)", ""),
    )
    return paper.bytes()


def as_xlsx(filled: FilledTable) -> bytes:
    """The table as a workbook: sums are formulas with their values."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
    head = book.add_format(base | {"border": 1, "bold": True, "text_wrap": True, "align": "center"})
    text, plain = book.add_format(base | {"border": 1, "text_wrap": True}), book.add_format(base)
    number = book.add_format(base | {"border": 1, "num_format": "#,##0" if filled.form.whole else "#,##0.0##"})
    typed = book.add_format(base | {"border": 1, "num_format": "#,##0.0##", "bg_color": "#FFF4D6"})
    sheet = book.add_worksheet(f"Biểu {filled.form.key}")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    columns = [*_columns(filled), *([ALL] if filled.total and ALL in filled.total.cells else [])]
    receiver = filled.version.doubted(filled.form.receiver)
    above = [
        f"Biểu số {filled.table.number}. {str(filled.form.title).upper()}", f"Ban hành kèm theo {filled.version.circular}",
        f"Kỳ báo cáo: năm {filled.year} (01/01 đến 31/12). Ngày nhận báo cáo: {filled.version.due_on(filled.year):%d/%m/%Y}",
        f"Đơn vị báo cáo: {_reporter_name(filled)}. Đơn vị nhận báo cáo: {receiver}. Đơn vị tính: {filled.table.unit}",
        *([DEMO] if installation.is_demo() else []),
    ]  # fmt: skip
    for n, words in enumerate(above):
        sheet.write_string(n, 0, words, plain)
    start = len(above) + 1
    labels: dict[str, Words] = {**filled.table.columns, **filled.form.columns}
    for column, title in enumerate([str(filled.form.first), *(_full(filled, each, labels) for each in columns)]):
        sheet.write_string(start, column, title, head)
    numbers = [*_numbers(filled), *(["6+...+16"] if ALL in columns else [])]
    for column, mark in enumerate(numbers):
        sheet.write_string(start + 1, column, mark, head)
    sheet.set_row(start, 60)
    sheet.freeze_panes(start + 2, 1)
    sheet.repeat_rows(start, start + 1)
    shown = [*filled.rows, *([filled.total] if filled.total else [])]
    first, last = start + 2, start + 1 + len(filled.rows)
    for n, row in enumerate(shown, start=first):
        sheet.write_string(n, 0, str(row.name), text)
        for column, key in enumerate(columns, start=1):
            cell = row.cells.get(key)
            look = typed if cell and cell.typed else number
            if cell is None or not cell.arises or cell.value is None:
                said = cell.words if cell else ""
                sheet.write_string(n, column, said, text) if said else sheet.write_blank(n, column, None, look)
            elif row is filled.total:
                ends = (xl_rowcol_to_cell(each, column) for each in (first, last))
                sheet.write_formula(n, column, f"=SUM({':'.join(ends)})", look, float(cell.value))
            elif parts := (filled.form.sums or {}).get(key):
                ends = (xl_rowcol_to_cell(n, columns.index(each) + 1) for each in (parts[0], parts[-1]))
                sheet.write_formula(n, column, f"=SUM({':'.join(ends)})", look, float(cell.value))
            else:
                sheet.write_number(n, column, float(cell.value), look)
    for n, note in enumerate(notes(filled), start=first + len(shown) + 1):
        sheet.write_string(n, 0, note, plain)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(columns), 11)
    book.close()
    return out.getvalue()


def _full(filled: FilledTable, column: str, labels: dict[str, Words]) -> str:
    """The heading of a column with the groups above it, from the top."""
    columns = _columns(filled)
    groups = [
        str(words)
        for row in filled.form.groups
        for words, start, end in row
        if words and column in columns and columns.index(start) <= columns.index(column) <= columns.index(end)
    ]
    return ": ".join(dict.fromkeys([*groups, str(labels[column])]))
