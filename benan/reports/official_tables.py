"""An official table of a year: cells that a register fills, and cells that somebody typed, each marked as such."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.core.figures import Words
from benan.indicators.official import Cell, OfficialTable, Share
from benan.notices.due import Due
from benan.places import lying
from benan.places import queries as places
from benan.plan import parties
from benan.plan import queries as plans
from benan.reports.models import TypedCell
from benan.reports.official_forms import VERSIONS, Form, Version

REPORTERS = (AgencyKind.LABOUR_DEPARTMENT, AgencyKind.HEALTH_DEPARTMENT)
TOTAL = ""  # the code of the row of sums


@dataclass(frozen=True)
class FilledCell:
    """A cell: what it says, and if somebody typed it, who and when; `open` where no register has it."""

    value: Decimal | None
    open: bool
    arises: bool = True
    typed: TypedCell | None = None

    @property
    def words(self) -> str:
        """As it is printed: a dot between thousands, "-" where nothing arose, nothing while nobody has typed it."""
        if not self.arises:
            return "-"
        if self.value is None:
            return ""
        if not self.value:
            return "-"
        whole, _mark, parts = f"{self.value:,.3f}".replace(",", ".").rpartition(".")
        return f"{whole},{parts.rstrip('0')}" if parts.strip("0") else whole


@dataclass(frozen=True)
class FilledRow:
    """A row: its code and name, and its cells by column."""

    code: str
    name: Words
    cells: Mapping[str, FilledCell]


@dataclass(frozen=True)
class FilledTable:
    """A table of a year with everything that is known of it."""

    version: Version
    form: Form
    year: int
    table: OfficialTable
    rows: tuple[FilledRow, ...]
    total: FilledRow | None

    @property
    def open_cells(self) -> list[tuple[str, str]]:
        """The cells (row, column) that are to be typed."""
        return [(row.code, column) for row in self.rows for column, cell in row.cells.items() if cell.open]


def filled(version: Version, form: Form, year: int) -> FilledTable:
    """A table of a year."""
    table = form.made(year)
    typed = {
        (each.row, each.column): each
        for each in TypedCell.objects.filter(table=form.key, year=year).select_related("by")
    }
    names = _names(form, table, year)
    rows = tuple(_row(form, code, names.get(code, code), cells, typed) for code, cells in table.rows.items())
    total = None if form.lines else _total(form, rows)
    return FilledTable(version, form, year, table, rows, total)


def _row(
    form: Form, code: str, name: Words, cells: Mapping[str, Cell], typed: Mapping[tuple[str, str], TypedCell]
) -> FilledRow:
    sums = form.sums or {}
    made = {column: _cell(cell, typed.get((code, column)), is_sum=column in sums) for column, cell in cells.items()}
    for column, parts in sums.items():
        if column in made and cells[column] is None:
            made[column] = _sum([made[part] for part in parts])
    return FilledRow(code, name, made)


def _cell(cell: Cell, typed: TypedCell | None, *, is_sum: bool) -> FilledCell:
    if isinstance(cell, Share):
        percent = cell.percent
        return FilledCell(
            None if percent is None else Decimal(f"{percent:.1f}"), open=False, arises=percent is not None
        )
    if cell is not None:
        return FilledCell(Decimal(cell), open=False)
    return FilledCell(
        typed.value if typed else None, open=not is_sum, typed=typed if typed and typed.value is not None else None
    )


def _sum(cells: Collection[FilledCell]) -> FilledCell:
    known = [cell.value for cell in cells if cell.value is not None]
    return FilledCell(sum(known, Decimal(0)) if known else None, open=False)


def _total(form: Form, rows: Collection[FilledRow]) -> FilledRow:
    columns = {column: None for row in rows for column in row.cells}
    return FilledRow(TOTAL, _("Tổng số"), {column: _sum([row.cells[column] for row in rows]) for column in columns})


def _names(form: Form, table: OfficialTable, year: int) -> dict[str, Words]:
    if form.lines:
        return dict(form.lines)
    on = min(dt.date(year, 12, 31), legal_day())
    units = {
        unit.code: unit.full_name[:1].upper() + unit.full_name[1:]
        for unit in places.on(on).filter(code__in=list(table.rows))
    }
    return {**units, lying.ELSEWHERE: _("Nơi khác")}


def box(row: str, column: str) -> str:
    """The field of the form in which a cell is typed."""
    return f"c-{row}-{column}"


def reporter(on: dt.date) -> Agency | None:
    """The agency that reports the tables: the department that follows up the plan of that day."""
    for plan in plans.plans().filter(period__startswith__lte=on).order_by("-period"):
        if plan.province == settings.PROVINCE:
            found = [each for each in parties.members(plan, plan.follow_up, on) if each.kind in REPORTERS]
            if found:
                return found[0]
    return None


def dues(agencies: Collection[int], first: dt.date, last: dt.date) -> Iterator[Due]:
    """The tables of each year as what is due from the agency that reports them; once the day has gone by they count as sent,
    since the program does not know whether they were."""
    for version in VERSIONS:
        for year in range(max(version.first_year, first.year - 1), min(version.last_year or last.year, last.year) + 1):
            day = version.due_on(year)
            agency = reporter(day) if first <= day <= last else None
            if agency and agency.pk in agencies:
                yield Due(
                    key=f"official:{year}:{agency.key}", day=day, agency=agency.pk,
                    what=_("Gửi biểu thống kê năm %s") % year, law=version.doubted(version.circular),
                    url=reverse("reports:official", args=[year]), done=day < legal_day(),
                )  # fmt: skip
