"""The fields of templates as their page lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benan.core.figures import Words
from benan.reports.template_fields import Listed, Record, Shape, Text


@dataclass(frozen=True)
class FieldLine:
    """A field by its name, what it means, and an example. One with an `item` is looped over: for item in name."""

    name: str
    meaning: Words
    example: str
    item: str = ""


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together; `loop`: within which loop they stand."""

    meaning: Words
    lines: list[FieldLine]
    loop: FieldLine | None = None


def groups(fields: Mapping[str, Shape]) -> list[FieldGroup]:
    """The fields as groups, those that stand alone first."""
    alone = [FieldLine(name, shape.meaning, shape.example) for name, shape in fields.items() if isinstance(shape, Text)]
    found = [FieldGroup(_("Trường của cả báo cáo"), alone)]
    for name, shape in fields.items():
        if isinstance(shape, Listed):
            loop = FieldLine(name, shape.meaning, "", f"mot_{name}")
            found.append(FieldGroup(shape.meaning, list(_lines(loop.item, shape.item)), loop))
        elif isinstance(shape, Record):
            found.append(FieldGroup(shape.meaning, list(_lines(name, shape))))
    return found


def _lines(name: str, shape: Shape) -> Iterator[FieldLine]:
    if isinstance(shape, Text):
        yield FieldLine(name, shape.meaning, shape.example)
    elif isinstance(shape, Listed):
        yield FieldLine(name, shape.meaning, "", "dong")
    else:
        for each, inner in shape.fields.items():
            yield from _lines(f"{name}.{each}", inner)
