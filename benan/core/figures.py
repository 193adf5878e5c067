"""The base of every figure: what is asked, how far a case is with a duty, and how standings are counted.

Unit: a row, in practice a case. Everything is judged by legal dates as of one day. A duty has a last day in time. A case
stands where the worst of its duties stands, so standings are numbers and the worst is the greatest. The denominator
holds those served and those who fall short; those still within their time, and those outside the figure, stand beside it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from benan.core.days import legal_day
from benan.core.registry import Registry

# A text that may be translated only when it is shown.
Words: TypeAlias = str | Promise


class Standing(IntEnum):
    """How far a case is with a duty, from best to worst."""

    MET = 0
    LATE = 1
    IN_TIME = 2
    SHORT = 3


@dataclass(frozen=True)
class Period:
    """The days from a first to a last one, both included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Question:
    """What is asked: a period, the day on which all is judged, and an area or agency; neither means the province.

    `area` is the code of a place, `agency` the row of an agency. What the two mean is for each measure to say.
    """

    first: dt.date
    last: dt.date
    as_of: dt.date
    area: str = ""
    agency: Any = None

    @property
    def known(self) -> tuple[dt.date, dt.date]:
        """The days of the period of which something can be known."""
        return self.first, min(self.last, self.as_of)


def question(
    first: dt.date, last: dt.date, as_of: dt.date | None = None, area: str = "", agency: Any = None
) -> Question:
    """A question, judged by default on the earlier of the last day and the legal day."""
    return Question(first, last, as_of or min(last, legal_day()), "" if area == settings.PROVINCE else area, agency)


@dataclass(frozen=True)
class Missing:
    """What a case lacks in one duty on a day: the keys of what exactly, and whose move it is (an agency's id).

    `limit` and `due_on` are of the limit of the law that ran out, where there is one.
    """

    duty: str
    agency: int | None
    lacks: tuple[str, ...] = ()
    limit: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Judged:
    """Where a case stands on a day with what belongs to one day; a figure counts it if that day lies in its period.

    `apart`: it is counted beside the figure, under this key, `number` times. `missing`: of each duty that falls short.
    """

    belongs_on: dt.date
    standing: Standing
    missing: tuple[Missing, ...] = ()
    apart: str = ""
    number: int = 1


@dataclass(frozen=True)
class Judgement:
    """What a measure says of a case on a day: `judged`, why the case is not counted (a key of `outside`, or ""), and the
    agency (id) by which it is found and divided."""

    judged: tuple[Judged, ...]
    outside: str
    agency: int | None


@dataclass(frozen=True)
class Duty:
    """One duty of a measure in words: what is said where it is missing.

    `name` turns the keys of what is missing into what they are called; `instead`: other words where it is of a certain limit.
    """

    key: str
    words: Words
    name: Callable[[Iterable[str]], Iterable[Words]] = list
    instead: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class CountedApart:
    """How many stand apart under a key at a standing: cases, and the sum of what was counted in each (`Judged.number`)."""

    key: str
    standing: Standing
    cases: int
    number: int


@dataclass(frozen=True)
class IndicatorMeasure:
    """How one indicator is counted, whichever plan asks for it; a plan names it by its key.

    `judge` says where a case stands on a day, from its history, without a query; None where the measure does not concern
    it. A changed `judge` gets another `version`, so that what was judged by an earlier one is judged anew. `by_area`:
    figures are divided by the place of reception, else by agency. `outside` are the reasons why cases are not counted.
    `apart` counts what is listed beside the figure, by key of `apart_names`. `with_companions` tells that those who came
    along with somebody are counted, and shown as a part.
    """

    key: str
    name: Words
    of: Words
    judge: Callable[[Any, dt.date], Judgement | None]
    duties: tuple[Duty, ...]
    definition: tuple[Words, ...]
    outside: Mapping[str, Words]
    by_area: bool = False
    apart: Callable[[Sequence[CountedApart]], dict[str, int]] = field(default=lambda found: {})
    apart_names: Mapping[str, Words] = field(default_factory=dict)
    with_companions: bool = False
    version: int = 1


measures: Registry[IndicatorMeasure] = Registry()

# What pages ask by default on a legal day, of the whole province: contributed by the apps that have such pages.
standard_questions: Registry[Callable[[dt.date], Iterable[Question]]] = Registry()


# What is counted beside these by `keep_figures`, once a day or where asked for anew: (legal day, anew) → how many were counted.
kept_besides: Registry[Callable[[dt.date, bool], int]] = Registry()


def measure(key: str) -> IndicatorMeasure | None:
    """The measure of a key, or None where the program has none."""
    return next((each for each in measures if each.key == key), None)


@dataclass(frozen=True)
class Tally:
    """How many stand where; `outside` says how many are not counted, by reason. Nobody is counted twice."""

    met: int = 0
    late: int = 0
    in_time: int = 0
    short: int = 0
    outside: dict[str, int] = field(default_factory=dict)

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
        """The share from 0 to 1; None where nobody counts ("không phát sinh")."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str:
        """The share as 92,9%, or "" where nobody counts; one who falls short keeps it below 100."""
        if not self.denominator:
            return ""
        tenths = (2000 * self.numerator + self.denominator) // (2 * self.denominator)
        tenths = min(tenths, 999) if self.short else tenths
        return f"{tenths // 10},{tenths % 10}%" if tenths < 1000 else "100%"

    def reaches(self, target: int) -> bool:
        """Whether somebody counts, and at least `target` percent of those who count were served."""
        return self.denominator > 0 and 100 * self.numerator >= target * self.denominator

    @property
    def left_out(self) -> int:
        """How many stand outside, whatever the reason."""
        return sum(self.outside.values())

    def __add__(self, other: "Tally") -> "Tally":
        """Two groups of people together."""
        outside = dict(self.outside)
        for reason, number in other.outside.items():
            outside[reason] = outside.get(reason, 0) + number
        return Tally(
            met=self.met + other.met, late=self.late + other.late, in_time=self.in_time + other.in_time, short=self.short + other.short,
            outside=outside,
        )  # fmt: skip

    @classmethod
    def of(cls, counts: Mapping[tuple[int, str], int]) -> "Tally":
        """How many stand at each (standing, reason for standing outside or "")."""
        found: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        for (standing, reason), count in counts.items():
            if reason:
                outside[reason] += count
            else:
                found[Standing(standing).name.lower()] += count
        return cls(**found, outside=dict(outside))


@dataclass(frozen=True)
class Figure:
    """One measure, answered: all, by place (a place's code or an agency's id) and by kind of person."""

    measure: IndicatorMeasure
    total: Tally
    by_place: dict[str | int | None, Tally]
    by_kind: dict[str, Tally]
    apart: dict[str, int]

    @property
    def beside(self) -> list[tuple[Words, int]]:
        """What stands beside the figure, in words, with how many: those outside, then what is counted apart."""
        rows = [(words, self.total.outside.get(key, 0)) for key, words in self.measure.outside.items()]
        return rows + [(self.measure.apart_names[key], n) for key, n in self.apart.items()]


def every_row(model: Any) -> QuerySet:
    """Every row of a guarded model: figures count everybody, lists of cases go through `visible_to`."""
    return model.objects.unscoped(reason="figures count everybody").order_by()
