"""Sentences proposed for the narrative of a return: from its figures, and from what agencies recorded as progress."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from benan.core.days import show
from benan.plan.models import Progress
from benan.reports.models import Cell, Period, Return


def progress_of(period: Period, returns: Iterable[Return]) -> dict[int, list[Progress]]:
    """What agencies (by id) recorded in the days of a period under the clauses of its sections, the earliest first; one query."""
    agencies = {ret.agency_id for ret in returns}
    clauses = {number for section in period.sections for number in section.get("clauses", ())}
    rows = Progress.objects.filter(
        clause__plan=period.plan_id, clause__number__in=clauses, agency__in=agencies,
        on__range=(period.first, period.last), set_aside_by=None,
    )  # fmt: skip
    found: dict[int, list[Progress]] = defaultdict(list)
    for row in rows.select_related("clause").order_by("on", "pk"):
        found[row.agency_id].append(row)
    return found


def sentences(period: Period, cells: Iterable[Cell], progress: Sequence[Progress]) -> dict[str, str]:
    """What is proposed for each section, by its key; "" where nothing is known."""
    told = {section: [words] for section, words in figures(period, cells).items()}
    for section in period.sections:
        clauses = set(section.get("clauses", ()))
        told.setdefault(section["key"], []).extend(
            _("- Ngày %(day)s (mục %(clause)s): %(words)s")
            % {"day": show(row.on), "clause": row.clause.number, "words": row.words}
            for row in progress
            if row.clause.number in clauses
        )
    return {section["key"]: "\n".join(told[section["key"]]) for section in period.sections}


def figures(period: Period, cells: Iterable[Cell]) -> dict[str, str]:
    """The figures of each section that has any, by its key, in one sentence: what arose, the rest stands in the table beside."""
    wholes: dict[str, Cell] = {cell.line: cell for cell in cells if not cell.part}
    arising: dict[str, list[str]] = defaultdict(list)
    filled: set[str] = set()
    for line in period.lines:
        cell = wholes.get(line["key"])
        if cell is None or cell.value is None:
            continue
        filled.add(line["section"])
        if cell.value:
            arising[line["section"]].append(_figure(line, cell))
    return {
        section: _("Trong kỳ: %s.") % "; ".join(arising[section])
        if arising[section]
        else _("Trong kỳ không phát sinh.")
        for section in filled
    }


def _figure(line: Mapping[str, str], cell: Cell) -> str:
    told = {
        "name": line["name"],
        "number": amount(cell.value),
        "unit": line["unit"],
        "before": amount(cell.year_before),
    }
    if cell.year_before is None:
        return _("%(name)s: %(number)s %(unit)s") % told
    return _("%(name)s: %(number)s %(unit)s (cùng kỳ năm trước %(before)s)") % told


def amount(number: int | None) -> str:
    """A number as it is written here, 18.960; "" for none."""
    return "" if number is None else f"{number:,}".replace(",", ".")
