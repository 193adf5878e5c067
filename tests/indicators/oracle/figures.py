"""Figures by queries over every case of a question: duties are expressions, and a case stands where the worst of them stands.

NULL: a duty does not concern the case.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import DateField, F, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest

from benan.core.figures import Question, Standing, Tally, Words, every_row

__all__ = ["Question", "Standing", "every_row"]

MET, LATE, IN_TIME, SHORT = (Value(each.value) for each in Standing)
NOTHING = Value(None, output_field=IntegerField())


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


@dataclass(frozen=True)
class Figure:
    """One measure, answered; `short` are the ids of the cases that fall short."""

    measure: IndicatorMeasure
    total: Tally
    by_place: dict
    by_kind: dict
    apart: dict
    short: tuple


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
        more = Tally.of({(row["standing"], row["outside"]): len(row["cases"])})
        total += more
        by_place[row["place"]] = by_place.get(row["place"], Tally()) + more
        by_kind[row["kind"]] = by_kind.get(row["kind"], Tally()) + more
    return Figure(measure, total, by_place, by_kind, measure.apart(asked), tuple(short))


def concerned(measure: IndicatorMeasure, asked: Question) -> QuerySet:
    """The cases a measure may concern, each with `outside`, `place` and `standing`, NULL where it does not."""
    people = measure.people(asked)
    return people.annotate(standing=worst(measure.duties(asked)), place=F(measure.place))


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
