"""The official tables of a year: which cells the program fills, which are typed, and the files made of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.core.days import legal_day
from benan.reports import official_papers, official_tables
from benan.reports.actions import official as verbs
from benan.reports.actions.returns import Overtaken
from benan.reports.official_cells import CellsForm
from benan.reports.official_forms import VERSIONS, Form, Version, form_of, version_of
from benan.reports.views.papers import file_answer
from benan.ui.pages import may_repeat, sent_from, submit

FIRST_YEAR = 2016  # of the program's records


def home(request: OfficerRequest) -> HttpResponse:
    """Lead on to the tables of the year that is to be reported next: the last one until its day has gone by."""
    year = legal_day().year
    before = version_of(year - 1)
    return redirect("reports:official", year - 1 if before and before.due_on(year - 1) >= legal_day() else year)


def official(request: OfficerRequest, year: int) -> HttpResponse:
    """The tables of a year."""
    policy.require_right(request.user, P.RETURNS_MANAGE)
    _require_year(year)
    version = version_of(year)
    found = [official_tables.filled(version, form, year) for form in version.forms] if version else []
    context = {
        "year": year, "years": range(max(FIRST_YEAR, legal_day().year - 9), legal_day().year + 1), "version": version,
        "known_from": VERSIONS[0].first_year, "due_on": version.due_on(year) if version else None,
        "circular": version.doubted(version.circular) if version else "",
        "tables": [
            (each, each.version.doubted(each.form.receiver), len(each.open_cells), _missing(each)) for each in found
        ],
    }  # fmt: skip
    return render(request, "reports/official.html", context)


def table(request: OfficerRequest, year: int, table: str) -> HttpResponse:
    """One table of a year; the cells that no register has are typed here."""
    version, form = _place(request, year, table)
    filled = official_tables.filled(version, form, year)
    sheet = CellsForm(request.POST or None, filled=filled) if filled.open_cells else None

    if request.method == "POST" and sheet is not None:

        def record(data: dict[str, Any]) -> Any:
            try:
                return verbs.type_cells(by=request.user, year=year, table=table, **data) + 1
            except Overtaken as overtaken:
                sheet.now_stands(overtaken.now)
                raise

        if submit(sheet, record) is not None:
            return redirect("reports:official_table", year, table)
        filled = official_tables.filled(version, form, year)
    columns = {
        **filled.table.columns,
        **{key: words for key, words in form.columns.items() if key in filled.table.columns},
    }
    shown = [*([filled.total] if filled.total else []), *filled.rows]
    rows = [
        (
            row,
            [
                (str(columns[each]), cell, sheet.box(row.code, each) if sheet else None)
                for each, cell in row.cells.items()
            ],
        )
        for row in shown
    ]
    context = {
        "year": year, "filled": filled, "form": sheet, "rows": rows, "due_on": version.due_on(year),
        "circular": version.doubted(version.circular), "version": version,
        "columns": [str(words) for words in columns.values()], "notes": official_papers.notes(filled),
        "typed": [cell.typed for row in filled.rows for cell in row.cells.values() if cell.typed],
    }  # fmt: skip
    return render(request, "reports/official_table.html", context, status=422 if sheet and sheet.is_bound else 200)


@may_repeat
@sent_from("reports:official_table")
def docx(request: OfficerRequest, year: int, table: str) -> HttpResponse:
    """A table as it is printed."""
    _place(request, year, table)
    made = verbs.make_table(by=request.user, year=year, table=table, as_xlsx=False)
    return file_answer(made, f"bieu-{table}-{year}.docx")


@may_repeat
@sent_from("reports:official_table")
def xlsx(request: OfficerRequest, year: int, table: str) -> HttpResponse:
    """A table as a workbook."""
    _place(request, year, table)
    made = verbs.make_table(by=request.user, year=year, table=table, as_xlsx=True)
    return file_answer(made, f"bieu-{table}-{year}.xlsx")


def _missing(filled: official_tables.FilledTable) -> int:
    rows = {row.code: row for row in filled.rows}
    return sum(rows[row].cells[column].value is None for row, column in filled.open_cells)


def _place(request: OfficerRequest, year: int, table: str) -> tuple[Version, Form]:
    policy.require_right(request.user, P.RETURNS_MANAGE)
    _require_year(year)
    found = form_of(year, table)
    if found is None:
        raise Http404
    return found


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= legal_day().year:
        raise Http404
