"""Figures of a return that contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from benan.core.counts import count
from benan.reports.models import DENOMINATOR, IN_TIME, NUMERATOR, Cell, Period


def contradictions(period: Period, cells: Iterable[Cell]) -> Iterator[tuple[Cell, Cell, str]]:
    """Pairs of figures of which the first is too large for the second, with a sentence.

    Of an indicator no part is more than all of whom it concerns; of a line no part is more than the whole, nor all parts of a split
    together, unless somebody may have several of its values.
    """
    by_line: dict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        if cell.value is not None:
            by_line[cell.line][cell.part] = cell
    for indicator in period.indicators:
        found = by_line[indicator["number"]]
        if whole := found.get(DENOMINATOR):
            for part, cell in found.items():
                if part != IN_TIME and _more(cell, whole):
                    yield cell, whole, _("Chỉ tiêu %(number)s: %(part)s %(more)s lớn hơn tổng số %(whole)s.") % {
                        "number": indicator["number"], "part": _("số đã đạt") if part == NUMERATOR else cell.words,
                        "more": cell.value, "whole": whole.value,
                    }  # fmt: skip
    for line in period.lines:
        if whole := by_line[line["key"]].get(""):
            yield from _of_line(line["name"], line["count"], whole, by_line[line["key"]])


def _of_line(name: str, counted: str, whole: Cell, cells: dict[str, Cell]) -> Iterator[tuple[Cell, Cell, str]]:
    counting = count(counted)
    overlapping = {split.key for split in counting.splits if split.overlaps} if counting else set()
    sums: dict[str, list[Cell]] = defaultdict(list)
    for part, cell in cells.items():
        if _more(cell, whole):
            yield cell, whole, _("%(name)s: phần “%(part)s” %(more)s lớn hơn tổng %(whole)s.") % {
                "name": name, "part": cell.words, "more": cell.value, "whole": whole.value,
            }  # fmt: skip
        if part and (split := part.partition(":")[0]) not in overlapping:
            sums[split].append(cell)
    for rows in sums.values():
        total = sum(cell.value or 0 for cell in rows)
        if total > (whole.value or 0):
            for cell in rows:
                yield cell, whole, _("%(name)s: các phần (%(part)s …) cộng lại %(total)s, lớn hơn tổng %(whole)s.") % {
                    "name": name, "part": cell.words, "total": total, "whole": whole.value,
                }  # fmt: skip


def _more(cell: Cell, whole: Cell) -> bool:
    return (cell.value or 0) > (whole.value or 0)
