"""What is asked and what is answered: a question, tallies, and the figure of one indicator."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Agency
from benan.core.days import legal_day
from benan.places import queries as places
from benan.reports.standing import Standing

OUTSIDE = {
    "not_beneficiary": _("ngoài đối tượng thụ hưởng của kế hoạch (II.3.a)"),
    "closed_before_answer": _("hồ sơ khép trước khi có trả lời: đã mất, rời đi hoặc lập nhầm"),
    "joined": _("hồ sơ đã ghép vào hồ sơ khác của cùng một người"),
}


@dataclass(frozen=True)
class Question:
    """What is asked: a period, the day on which all is judged, and an area or agency; neither means the province.

    For II.2.a the area is the commune of reception and the agency the one that received; for the others both
    are of the agency responsible on `as_of`.
    """

    first: dt.date
    last: dt.date
    as_of: dt.date
    area: str = ""
    agency: Agency | None = None

    @property
    def known(self) -> tuple[dt.date, dt.date]:
        """The days of the period of which something can be known."""
        return self.first, min(self.last, self.as_of)


def question(first, last, as_of=None, area="", agency=None) -> Question:
    """A question, judged by default on the earlier of the last day and the legal day."""
    return Question(first, last, as_of or min(last, legal_day()), "" if area == places.HOME else area, agency)


@dataclass(frozen=True)
class Tally:
    """How many stand where. Nobody who stands outside is counted elsewhere."""

    met: int = 0
    late: int = 0
    in_time: int = 0
    short: int = 0
    outside: dict = field(default_factory=lambda: dict.fromkeys(OUTSIDE, 0))

    @property
    def numerator(self) -> int:
        """Those served, in time or late."""
        return self.met + self.late

    @property
    def denominator(self) -> int:
        """Those served and those who fall short."""
        return self.numerator + self.short

    @property
    def value(self) -> float | None:
        """The share; None where nobody counts ("không phát sinh")."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str:
        """The share as 92,9%, or "" where nobody counts; one who falls short keeps it below 100."""
        if not self.denominator:
            return ""
        tenths = (2000 * self.numerator + self.denominator) // (2 * self.denominator)
        tenths = min(tenths, 999) if self.short else tenths
        return f"{tenths // 10},{tenths % 10}%" if tenths < 1000 else "100%"

    @property
    def reached(self) -> bool:
        """Whether somebody counts and nobody falls short."""
        return self.denominator > 0 and not self.short

    @property
    def left_out(self) -> int:
        """How many stand outside, whatever the reason."""
        return sum(self.outside.values())

    def __add__(self, other) -> "Tally":
        """Two groups of people together."""
        outside = {key: self.outside[key] + other.outside[key] for key in OUTSIDE}
        parts = {name: getattr(self, name) + getattr(other, name) for name in ("met", "late", "in_time", "short")}
        return Tally(**parts, outside=outside)

    def plus(self, standing, outside, count) -> "Tally":
        """With so many more at a standing, or outside."""
        if outside:
            return replace(self, outside=self.outside | {outside: self.outside[outside] + count})
        name = Standing(standing).name.lower()
        return replace(self, **{name: getattr(self, name) + count})


@dataclass(frozen=True)
class Figure:
    """One indicator, answered: all, by place (a commune's code for II.2.a, else an agency's id) and by kind of person.

    `short` are the ids of the files that fall short.
    """

    indicator: object
    total: Tally
    by_place: dict
    by_kind: dict
    apart: dict
    short: tuple[int, ...]

    @classmethod
    def of(cls, indicator, rows, apart) -> "Figure":
        """From rows of standing (None: not concerned), outside, place, kind and files (ids), and what is listed apart."""
        total, by_place, by_kind, short = Tally(), {}, {}, []
        for row in rows:
            if row["standing"] is None:
                continue
            if row["standing"] == Standing.SHORT and not row["outside"]:
                short += row["files"]
            more = row["standing"], row["outside"], len(row["files"])
            total = total.plus(*more)
            by_place[row["place"]] = by_place.get(row["place"], Tally()).plus(*more)
            by_kind[row["kind"]] = by_kind.get(row["kind"], Tally()).plus(*more)
        return cls(indicator, total, by_place, by_kind, apart, tuple(short))
