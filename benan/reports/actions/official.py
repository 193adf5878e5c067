"""Cells of official tables that no register has, as somebody types them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core.refusals import Refused
from benan.reports import official_papers, official_tables
from benan.reports.actions.returns import Overtaken
from benan.reports.events import ReportEvent
from benan.reports.models import TypedCell
from benan.reports.official_forms import Form, Version, form_of


@dataclass(frozen=True)
class Typed:
    """What somebody types into a cell, None to take it back; `seen` is what they had in view."""

    value: Decimal | None
    seen: Decimal | None


@transaction.atomic
def type_cells(*, by: User, year: int, table: str, cells: Mapping[tuple[str, str], Typed]) -> int:
    """Record cells (row, column) of a table of a year as typed; what is not named, or says the same, stays. How many were
    changed.

    Raises PermissionDenied without the right to manage returns, Refused for a cell that a register fills, and Overtaken
    where somebody typed in the same cell since the page was opened.
    """
    version, form = _form(by, year, table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"official:{year}:{table}"])
    filled = official_tables.filled(version, form, year)
    if cells.keys() - set(filled.open_cells):
        raise Refused(_("Ô này do chương trình đếm, hoặc biểu không có ô này. Mở lại trang."))
    rows = {row.code: row for row in filled.rows}
    stands = {(row, column): rows[row].cells[column].value for row, column in cells}
    changed = {key: told for key, told in cells.items() if told.value != stands[key]}
    now = {official_tables.box(*key): stands[key] for key, told in changed.items() if told.seen != stands[key]}
    if now:
        raise Overtaken(now)
    TypedCell.objects.bulk_create(
        TypedCell(table=table, year=year, row=row, column=column, value=told.value, by=by)
        for (row, column), told in changed.items()
    )
    said = {"table": table, "year": year, "cells": sorted(f"{row} {column}" for row, column in changed)}
    trail.record(by=by, event=ReportEvent.CELLS_TYPED, on=f"official:{year}", data=said)
    return len(changed)


@transaction.atomic
def make_table(*, by: User, year: int, table: str, as_xlsx: bool) -> bytes:
    """A table of a year as a .docx or .xlsx file in the layout of its form."""
    version, form = _form(by, year, table)
    filled = official_tables.filled(version, form, year)
    made = official_papers.as_xlsx(filled) if as_xlsx else official_papers.as_docx(filled)
    said = {"table": table, "year": year, "kind": "xlsx" if as_xlsx else "docx"}
    trail.record(by=by, event=ReportEvent.MADE, on=f"official:{year}", data=said)
    return made


def _form(by: User, year: int, table: str) -> tuple[Version, Form]:
    policy.require_right(by, P.RETURNS_MANAGE)
    found = form_of(year, table)
    if found is None:
        raise Refused(_("Chương trình chưa có biểu này của năm %s.") % year)
    return found
