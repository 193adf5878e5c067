"""Tags of the pages of returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from benan.plan import count_page
from benan.reports import proposing
from benan.reports.content import CellContent
from benan.reports.models import DENOMINATOR, IN_TIME, LATE, NUMERATOR

register = template.Library()
Rows = Sequence[tuple[Any, Any, Any]]  # a figure, the box of its number, that of its reason


@register.filter
def amount(number: int | None) -> str:
    """A number as it is written here, 18.960; "" for none."""
    return proposing.amount(number)


@register.filter
def get(found: Mapping[str, str], key: str) -> str:
    """What stands under a key; "" where nothing does."""
    return found.get(key, "")


@register.filter
def of_part(url: str, part: str) -> str:
    """The page of a counted figure, of one part of it where the part names the value of a split."""
    return f"{url}&{urlencode({count_page.PART: part})}" if ":" in part else url


@register.simple_tag
def rows(boxes: Mapping[str, Any], key: str, cells: Sequence[Any]) -> Any:
    """The figures of a line, each with its boxes, or without any where it may not be changed."""
    return boxes.get(key) or [(cell, None, None) for cell in cells]


@register.simple_tag
def field_of(form: Any, section: str) -> Any:
    """The box of a section's text; None where it may not be changed."""
    name = f"n-{section}"
    return form[name] if form and name in form.fields else None


@register.filter
def any_wrong(rows: Rows) -> bool:
    """Whether one of the boxes of a line says what is wrong."""
    return any(box.errors or reason.errors for _cell, box, reason in rows if reason)


@register.filter
def are_typed(rows: Rows) -> bool:
    """Whether the figures of a line are typed: a counted one, which may only be corrected, has a reason beside it."""
    return any(box and not reason for _cell, box, reason in rows)


@register.filter
def standing(rows: Rows) -> Rows:
    """The figures of a line that have a row of their own: the whole, and what is typed."""
    return [row for row in rows if not row[0].part or (row[1] and not row[2])]


@dataclass(frozen=True)
class Folded:
    """What divides a line, by which splits in words; `open` where something in it should be seen at once."""

    cells: list[CellContent]
    words: str
    open: bool


@register.simple_tag
def folded(rows: Rows, gathered: bool) -> Folded:
    """The parts of a line or an indicator that have no row of their own."""
    open_rows = {cell.part for cell, _box, _reason in standing(rows)}
    cells = [cell for cell, _box, _reason in rows if cell.part not in open_rows and cell.says_something]
    corrected = not gathered and any(cell.corrected for cell in cells)
    splits = dict.fromkeys(cell.words.partition(":")[0] for cell in cells if ":" in cell.part)
    arising = [f"{cell.words} {amount(cell.value)}" for cell in cells if cell.part in (LATE, IN_TIME) and cell.value]
    if splits:
        words = _("Chia theo: %s") % "; ".join(name[:1].lower() + name[1:] for name in splits)
    else:
        words = capfirst("; ".join(arising)) or _("Từng phần")
    return Folded(cells, words, corrected or any_wrong(rows))


@register.simple_tag
def share_of(cells: Sequence[CellContent], when: str) -> str:
    """The fraction of an indicator in an earlier period (`when`: a field of its cells); a dash where it is not known."""
    values = {cell.part: getattr(cell, when) for cell in cells}
    numerator, denominator = values.get(NUMERATOR), values.get(DENOMINATOR)
    return "–" if numerator is None or denominator is None else f"{amount(numerator)}/{amount(denominator)}"


@register.filter
def linecount(words: str) -> int:
    """How many lines of words there are, empty ones aside."""
    return sum(bool(line.strip()) for line in words.splitlines())
