"""Who falls short, of what, since when it is late, and whose move it is. Codes only for those who may see the cases."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Subquery

from benan.indicators.shortfalls import ShortCase, ShortfallReason
from tests.indicators.oracle.figures import Duty, Figure, Question, Standing, concerned


def cases_falling_short(figure: Figure, asked: Question) -> list[ShortCase]:
    """Every case that falls short in a figure, the longest waiting first, without its name; one query."""
    if not figure.short:
        return []
    duties = figure.measure.duties(asked)
    rows = concerned(figure.measure, asked).filter(pk__in=figure.short)
    wanted: dict[str, Any] = {}
    for duty in duties:
        wanted |= {f"{duty.key}_standing": duty.standing, f"{duty.key}_whose": duty.whose}
        if duty.lacks is not None:
            wanted[f"{duty.key}_lacks"] = duty.lacks
        if duty.limit is not None:
            wanted[f"{duty.key}_limit"] = Subquery(duty.limit.values("limit")[:1])
            wanted[f"{duty.key}_due"] = Subquery(duty.limit.values("due_on")[:1])
    rows = rows.order_by("reception__came_on", "pk").values("pk", "place", **wanted)
    return [_short_case(row, duties) for row in rows]


def _short_case(row: dict[str, Any], duties: Sequence[Duty]) -> ShortCase:
    reasons = tuple(_reason(row, duty) for duty in duties if row[f"{duty.key}_standing"] == Standing.SHORT)
    return ShortCase(row["pk"], row["place"], reasons)


def _reason(row: dict[str, Any], duty: Duty) -> ShortfallReason:
    missing = duty.name(row[f"{duty.key}_lacks"]) if duty.lacks is not None else ()
    words = duty.instead.get(row.get(f"{duty.key}_limit", ""), duty.words)
    lowered = tuple(name[:1].lower() + name[1:] for name in map(str, missing))
    return ShortfallReason(duty.key, words, lowered, row[f"{duty.key}_whose"], row.get(f"{duty.key}_due"))
