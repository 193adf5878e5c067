"""Counting figures: the stored standings of a day whose days of belonging lie in a period, or what was kept of them."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, FilteredRelation, Max, Q, QuerySet, Sum

from benan.agencies import queries as agencies
from benan.core.figures import CountedApart, Figure, IndicatorMeasure, Question, Standing, Tally, every_row
from benan.indicators.models import CaseStanding, KeptQuestion
from benan.places import queries as places


class Counted(NamedTuple):
    """So many cases of a measure that stand in one place; `number`: the sum of what was counted in each.

    `area` is empty where a measure is not divided by area, `agency` may be left open where it is. Other names as in
    `CaseStanding`.
    """

    measure: str
    apart: str
    standing: int
    outside: str
    kind: str
    area: str
    agency: int | None
    cases: int
    number: int


def figures(measures: Sequence[IndicatorMeasure], asked: Question) -> list[Figure]:
    """The figure of each measure for a question, read in one query where what it asks is kept, else counted."""
    kept = _kept(measures, asked)
    return [figure(each, asked) if kept is None else _figure(each, kept.get(each.key, [])) for each in measures]


def figure(measure: IndicatorMeasure, asked: Question) -> Figure:
    """The figure of a measure for a question, counted; one query."""
    return _figure(measure, counted(measure, asked))


def concerned(measure: IndicatorMeasure, asked: Question) -> QuerySet[CaseStanding, dict[str, Any]]:
    """The cases that a measure concerns, each with the worst `standing`, `outside`, `place` and `kind`."""
    rows = rows_asked([measure], asked).filter(apart="").values("case", "kind", "outside", place=F(_place(measure)))
    return rows.annotate(standing=Max("standing"))


def rows_asked(measures: Sequence[IndicatorMeasure], asked: Question) -> QuerySet[CaseStanding]:
    """The standings of some measures that a question is about."""
    rows = every_row(CaseStanding).filter(belongs_on__range=asked.known, since__lte=asked.as_of, until__gt=asked.as_of)
    wanted = Q()
    for by_area in {measure.by_area for measure in measures}:
        keys = [measure.key for measure in measures if measure.by_area == by_area]
        narrowed = {f"{name}__in": values for name, values in _places(asked, by_area=by_area).items()}
        wanted |= Q(measure__in=keys, **narrowed)
    return rows.filter(wanted)


def counted(measure: IndicatorMeasure, asked: Question, *, by_agency_too: bool = False) -> list[Counted]:
    """How many cases of a measure stand where; one query. `by_agency_too`: also where the measure is divided by area."""
    if not all(_places(asked, by_area=measure.by_area).values()):
        return []
    columns = dict.fromkeys([_place(measure), *(["agency"] if by_agency_too else [])])
    return [
        Counted(
            measure.key, apart, standing, outside, kind, place.get("area", ""), place.get("agency"), cases, int(number)
        )
        for apart, standing, outside, kind, *places, cases, number in _counts(rows_asked([measure], asked), columns)
        for place in [dict(zip(columns, places, strict=True))]
    ]


def _counts(rows: QuerySet[CaseStanding], place: Iterable[str]) -> list[tuple[Any, ...]]:
    """How many cases stand where: apart, standing, outside, kind, columns of the place, cases, and what was counted in them.

    Only of cases with several days of belonging the worst has to be found.
    """
    alone = rows.filter(alone=True).values_list("apart", "standing", "outside", "kind", *place)
    alone_sql, parameters = alone.annotate(cases=Count("case"), counted=Sum("number")).query.sql_with_params()
    each = rows.filter(alone=False).values_list("case", "apart", "outside", "kind", *place)
    each_sql, more = each.annotate(worst=Max("standing"), counted=Sum("number")).query.sql_with_params()
    names = "".join(f", {name}" for name in place)
    statement = (  # both parts are Django's own statements, and the names are columns
        f"{alone_sql} UNION ALL SELECT apart, worst, outside, kind{names}, count(*), sum(counted)"  # noqa: S608
        f" FROM ({each_sql}) AS each (case_id, apart, outside, kind{names}, worst, counted)"
        f" GROUP BY apart, worst, outside, kind{names}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, (*parameters, *more))
        return cursor.fetchall()


def _kept(measures: Sequence[IndicatorMeasure], asked: Question) -> dict[str, list[Counted]] | None:
    """What is kept of a question, by measure; None where nothing is. One statement, so that all is of one moment."""
    first, last = asked.known
    keys = [measure.key for measure in measures]
    rows = KeptQuestion.objects.filter(first=first, last=last, as_of=asked.as_of)
    rows = rows.annotate(cells=FilteredRelation("counts", condition=Q(counts__measure__in=keys)))
    cells = rows.values_list(*(f"cells__{name}" for name in Counted._fields[:-2]))
    found = list(cells.annotate(Sum("cells__cases"), Sum("cells__number")).order_by())
    if not found:
        return None
    kept: dict[str, list[Counted]] = {key: [] for key in keys}
    narrowed = {measure.key: _places(asked, by_area=measure.by_area) for measure in measures}
    for cell in itertools.starmap(Counted, found):
        if cell.cases and all(getattr(cell, name) in values for name, values in narrowed[cell.measure].items()):
            kept[cell.measure].append(cell)
    return kept


def _figure(measure: IndicatorMeasure, found: Iterable[Counted]) -> Figure:
    by_place: dict[str | int | None, Counter[tuple[int, str]]] = defaultdict(Counter)
    by_kind: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    apart: list[CountedApart] = []
    for each in found:
        if each.apart:
            apart.append(CountedApart(each.apart, Standing(each.standing), each.cases, each.number))
            continue
        place = each.area if measure.by_area else each.agency
        by_place[place][each.standing, each.outside] += each.cases
        by_kind[each.kind][each.standing, each.outside] += each.cases
    return Figure(
        measure,
        Tally.of(sum(by_kind.values(), Counter())),
        {place: Tally.of(counter) for place, counter in by_place.items()},
        {kind: Tally.of(counter) for kind, counter in by_kind.items()},
        measure.apart(apart),
    )


def _places(asked: Question, *, by_area: bool) -> dict[str, Set[Any]]:
    """To which values a question narrows the columns of a standing of such measures, by name."""
    found: dict[str, Set[Any]] = {}
    if asked.area and by_area:
        found["area"] = places.within(asked.area, places.EVER)
    elif asked.area:
        found["agency"] = agencies.of_area(asked.area)
    if asked.agency:
        found["agency"] = found.get("agency", {asked.agency.pk}) & {asked.agency.pk}
    return found


def _place(measure: IndicatorMeasure) -> str:
    return "area" if measure.by_area else "agency"
