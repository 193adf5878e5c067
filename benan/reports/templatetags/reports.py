"""Tags of the pages of returns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.http import urlencode

from benan.plan import count_page
from benan.reports import proposing

register = template.Library()


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
def any_wrong(rows: Sequence[tuple[Any, Any, Any]]) -> bool:
    """Whether one of the boxes of a line says what is wrong."""
    return any(box.errors or reason.errors for _cell, box, reason in rows if reason)
