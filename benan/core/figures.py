"""The base of every figure: what is asked, how far a case is with a duty, and how standings are counted.

Unit: a row, in practice a case. Everything is judged by legal dates as of one day. A duty has a last day in time. A case
stands where the worst of its duties stands, so standings are numbers and the worst is the greatest; NULL: the duty
does not concern the case. The denominator holds those served and those who fall short; those still within their time,
and those outside the figure, stand beside it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import DateField, F, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
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


MET, LATE, IN_TIME, SHORT = (Value(each.value) for each in Standing)
NOTHING = Value(None, output_field=IntegerField())


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
class Duty:
    """One duty of a measure: how far a case is with it, what is said where it is missing, whose move it then is.

    `standing`, `whose` and `lacks` are expressions of a query. `whose` gives an agency's id. `lacks` gives keys that
    `name` turns into what exactly is missing; `limit` are the clocks of which the first ran out, and `instead` other
    words where it is of a certain limit.
    """

    key: str
    standing: Combinable
    words: Words
    whose: Combinable
    lacks: Combinable | None = None
    name: Callable[[Any], Iterable[Words]] = list
    limit: QuerySet | None = None
    instead: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class IndicatorMeasure:
    """How one indicator is counted, whichever plan asks for it; a plan names it by its key.

    `people` gives the cases that the measure may concern within a question, each annotated with `outside`: why it is
    not counted, a key of `outside`, or "". `place` is the field or annotation by which figures are divided (a place's
    code or an agency's id). `apart` counts what is listed beside the figure, by key of `apart_names`.
    `with_companions` tells that those who came along with somebody are counted, and shown as a part.
    """

    key: str
    name: Words
    of: Words
    people: Callable[[Question], QuerySet]
    duties: Callable[[Question], Sequence[Duty]]
    place: str
    definition: tuple[Words, ...]
    outside: Mapping[str, Words]
    apart: Callable[[Question], dict[str, int]] = field(default=lambda asked: {})
    apart_names: Mapping[str, Words] = field(default_factory=dict)
    with_companions: bool = False


measures: Registry[IndicatorMeasure] = Registry()


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
        parts = {name: getattr(self, name) + getattr(other, name) for name in ("met", "late", "in_time", "short")}
        return Tally(**parts, outside=dict(Counter(self.outside) + Counter(other.outside)))

    def plus(self, standing: int, outside: str, count: int) -> "Tally":
        """With so many more at a standing, or outside."""
        if outside:
            return replace(self, outside=self.outside | {outside: self.outside.get(outside, 0) + count})
        name = Standing(standing).name.lower()
        return replace(self, **{name: getattr(self, name) + count})


@dataclass(frozen=True)
class Figure:
    """One measure, answered: all, by place (as the measure divides) and by kind of person.

    `short` are the ids of the cases that fall short.
    """

    measure: IndicatorMeasure
    total: Tally
    by_place: dict[str | int, Tally]
    by_kind: dict[str, Tally]
    apart: dict[str, int]
    short: tuple[int, ...]

    @property
    def beside(self) -> list[tuple[Words, int]]:
        """What stands beside the figure, in words, with how many: those outside, then what is counted apart."""
        rows = [(words, self.total.outside.get(key, 0)) for key, words in self.measure.outside.items()]
        return rows + [(self.measure.apart_names[key], n) for key, n in self.apart.items()]


def figure(measure: IndicatorMeasure, asked: Question) -> Figure:
    """The figure of a measure for a question: one query, and those for what is listed apart."""
    # A condition on the standing would have every duty of every case worked out a second time.
    rows = concerned(measure, asked).values("standing", "outside", "place", "kind").annotate(cases=ArrayAgg("pk"))
    total = Tally()
    by_place: dict[str | int, Tally] = {}
    by_kind: dict[str, Tally] = {}
    short: list[int] = []
    for row in rows:
        if row["standing"] is None:
            continue
        if row["standing"] == Standing.SHORT and not row["outside"]:
            short += row["cases"]
        more = row["standing"], row["outside"], len(row["cases"])
        total = total.plus(*more)
        by_place[row["place"]] = by_place.get(row["place"], Tally()).plus(*more)
        by_kind[row["kind"]] = by_kind.get(row["kind"], Tally()).plus(*more)
    return Figure(measure, total, by_place, by_kind, measure.apart(asked), tuple(short))


def concerned(measure: IndicatorMeasure, asked: Question) -> QuerySet:
    """The cases a measure may concern, each with `outside`, `place` and `standing`, NULL where it does not."""
    people = measure.people(asked)
    return people.annotate(standing=worst(measure.duties(asked)), place=F(measure.place))


def every_row(model: Any) -> QuerySet:
    """Every row of a guarded model: figures count everybody, lists of cases go through `visible_to`."""
    return model.objects.unscoped(reason="figures count everybody").order_by()


def choose(*whens: tuple[Any, Combinable], default: Combinable = NOTHING) -> models.Case:
    """The standing of the first condition that holds; `whens` are (condition, standing)."""
    branches = [When(condition, then=then) for condition, then in whens]
    return models.Case(*branches, default=default, output_field=IntegerField())


def worst(duties: Sequence[Duty]) -> Combinable:
    """The worst standing of a case among some duties; NULL where none concerns it."""
    first, *others = (duty.standing for duty in duties)
    return Greatest(first, *others) if others else first


def later_day(name: str, other: str) -> Greatest:
    """The later of a day of a row and a day of the row around it (the names of the two)."""
    return Greatest(F(name), OuterRef(other), output_field=DateField())
