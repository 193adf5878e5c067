"""Who falls short, of what, since when it is late, and whose move it is. Codes only for those who may see the cases."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery
from django.urls import reverse

from benan.cases.aliases import emblem
from benan.cases.codes import shown
from benan.core.figures import Duty, Figure, Question, Standing, Words, concerned


@dataclass(frozen=True)
class ShortfallReason:
    """One duty that is missing: the words, what exactly is missing, the agency (id) whose move it is.

    `due_on` is the day on which a limit of the law ran out, where there is one.
    """

    duty: str
    words: Words
    missing: tuple[str, ...]
    agency: int | None
    due_on: dt.date | None = None

    def __str__(self) -> str:
        return f"{self.words}: {'; '.join(self.missing)}" if self.missing else str(self.words)

    def late_by(self, on: dt.date) -> int:
        """Days since the limit ran out."""
        return max((on - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True)
class ShortCase:
    """One case that falls short; `code` and `alias` are empty unless `answers.cases_falling_short` was asked for somebody who may see it."""

    case: int
    place: str | int | None
    reasons: tuple[ShortfallReason, ...]
    code: str = ""
    alias: str = ""

    @property
    def shown_code(self) -> str:
        """The code as it is written."""
        return shown(self.code)

    @property
    def url(self) -> str:
        """The case's page."""
        return reverse("cases:case", args=[self.code])

    @property
    def emblem(self) -> str:
        """The drawing beside the alias."""
        return emblem(self.alias)


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
