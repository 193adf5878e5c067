"""The fields of templates as their page lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from benan.core.figures import Words
from benan.reports.template_fields import Listed, Record, Shape, Text

HOW_TO_REPEAT = _lazy(
    "Hàng của bảng lặp lại: viết {%tr for dong in dong_so_lieu %} ở một hàng riêng, các trường ở hàng sau, {%tr endfor %} ở hàng "
    "sau nữa. Đoạn lặp lại: viết {%p for … %} và {%p endfor %} ở đoạn riêng."
)


@dataclass(frozen=True)
class FieldLine:
    """A field as one writes it, what it means, and an example."""

    written: str
    meaning: Words
    example: str


def groups(fields: Mapping[str, Shape]) -> list[tuple[str, Words, list[FieldLine]]]:
    """(how the group is begun, what it is, its fields); the fields that stand alone come first."""
    alone = [
        FieldLine(_written(name), shape.meaning, shape.example)
        for name, shape in fields.items()
        if isinstance(shape, Text)
    ]
    found: list[tuple[str, Words, list[FieldLine]]] = [("", _("Trường của cả báo cáo"), alone)]
    for name, shape in fields.items():
        if isinstance(shape, Listed):
            item = f"mot_{name}"
            start = f"{{% for {item} in {name} %}} … {{% endfor %}}"
            found.append((start, shape.meaning, list(_lines(item, shape.item))))
        elif isinstance(shape, Record):
            found.append(("", shape.meaning, list(_lines(name, shape))))
    return found


def _lines(name: str, shape: Shape) -> Iterator[FieldLine]:
    if isinstance(shape, Text):
        yield FieldLine(_written(name), shape.meaning, shape.example)
    elif isinstance(shape, Listed):
        yield FieldLine(f"{{% for dong in {name} %}} … {{% endfor %}}", shape.meaning, "")
    else:
        for each, inner in shape.fields.items():
            yield from _lines(f"{name}.{each}", inner)


def _written(name: Any) -> str:
    return f"{{{{ {name} }}}}"
