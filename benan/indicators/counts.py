"""Counting: numbers of people and of what was done for them, for the province, an area or an agency, or for all at once.

Area: where the commune of reception lies on the last known day of the period (`places.lying`), so that the numbers of the districts of a
day and of what lies in none of them add up to those of the province.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case as Choice
from django.db.models import CharField, F, Func, IntegerField, JSONField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from benan.accounts.models import User
from benan.cases.models import Case
from benan.core.counts import Count
from benan.core.counts import count as count_of
from benan.core.days import legal_day
from benan.core.figures import Question
from benan.core.statements import statement
from benan.places import lying, queries
from benan.places.lying import Lying

Combination: TypeAlias = tuple[str, ...]  # the keys of splits that are combined
_Cell: TypeAlias = frozenset[tuple[str, str]]  # a value of each split of a combination


@dataclass
class Number:
    """A count, answered: in all, and for the combinations of splits that were asked for."""

    count: Count
    combinations: frozenset[frozenset[str]]
    cells: dict[_Cell, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many in all."""
        return self.of()

    def of(self, **values: str) -> int:
        """How many have these values of some splits. Raises KeyError for a combination that was not asked for."""
        if frozenset(values) not in self.combinations:
            raise KeyError(tuple(values))
        return self.cells.get(frozenset(values.items()), 0)

    def by(self, split: str) -> dict[str, int]:
        """How many have each value of a split, in its order, zeros too. Raises KeyError where it was not asked for."""
        return {value: self.of(**{split: value}) for value in self.count.split(split).values()}

    def add(self, cell: _Cell, number: int) -> None:
        """Add to a cell."""
        self.cells[cell] = self.cells.get(cell, 0) + number


@dataclass(frozen=True)
class Behind:
    """What stands behind a number: the cases counted that somebody may see, how many more of these, and how many others."""

    listed: list[Case]
    more: int
    unseen: int


def numbers(counts: Iterable[Count], asked: Question, splits: Iterable[Combination] | None = None) -> dict[str, Number]:
    """Each count by its key for a question; one statement each. `splits` None: each split by itself."""
    return {count.key: _grouped(count, asked, splits, ())[()] for count in counts}


def by_district(
    counts: Iterable[Count], asked: Question, splits: Iterable[Combination] | None = None
) -> dict[str, dict[str, Number]]:
    """Each count for every district of the province on the last known day, communes where there are none, by its code and the count's
    key; under ELSEWHERE what lies in none of them. One statement for each count."""
    there = lying.on(asked.known[1])
    units = {f"{era}:{code}": unit for era, code in there.communes if (unit := there.unit(era, code))}
    found: dict[str, dict[str, Number]] = {unit: {} for unit in (*there.units, lying.ELSEWHERE)}
    for count in counts:
        parts = _grouped(count, asked, splits, (_unit(count, there, units),))
        for unit, row in found.items():
            row[count.key] = parts.get((unit,)) or Number(count, _names(count, splits))
    return found


def by_agency(
    counts: Iterable[Count], asked: Question, splits: Iterable[Combination] | None = None
) -> dict[int | None, dict[str, Number]]:
    """Each count for every agency (id) that has any, None where it is not known; one statement for each count."""
    found: dict[int | None, dict[str, Number]] = defaultdict(dict)
    for count in counts:
        for (agency,), part in _grouped(count, asked, splits, (F(count.agency),)).items():
            found[agency][count.key] = part
    return {agency: {count.key: row.get(count.key) or Number(count, _names(count, splits)) for count in counts}
            for agency, row in found.items()}  # fmt: skip


def last_days(keys: Iterable[str], by: dt.date) -> dict[str, dt.date]:
    """The last day, until another, on which something of each of some counts happened, by their keys; one statement.

    What the program does not count, and what never happened, is left out.
    """
    known = tuple(sorted(key for key in set(keys) if count_of(key)))
    return dict(_newest(known, by, given={})) if known else {}


@statement
def _newest(keys: tuple[str, ...], by: dt.date) -> QuerySet[Any, Any]:
    first, *others = (_newest_of(count, by) for key in keys if (count := count_of(key)))
    return first.union(*others, all=True) if others else first


def _newest_of(count: Count, by: dt.date) -> QuerySet[Any, Any]:
    rows = count.rows(Question(dt.date.min, by, by)).order_by(f"-{count.day}").annotate(counted=Value(count.key))
    return rows.values_list("counted", count.day)[:1]


def last_day(count: Count) -> dt.date | None:
    """The last day, until today, on which something of a count happened; None where nothing ever did."""
    until = legal_day()
    found = count.rows(Question(dt.date.min, until, until))
    newest: dt.date | None = found.order_by(f"-{count.day}").values_list(count.day, flat=True).first()
    return newest


def cases(count: Count, asked: Question, user: User, most: int, **values: str) -> Behind:
    """The cases behind a number, or behind a cell of it (values of splits); at most so many of them, the newest first."""
    counted = rows(count, asked, **values).order_by().values(f"{count.path}pk").distinct()
    visible = Case.objects.visible_to(user).filter(pk__in=counted)
    seen = visible.count()
    listed = list(visible.order_by("-opened_on", "-pk")[:most])
    return Behind(listed, seen - len(listed), counted.count() - seen)


def rows(count: Count, asked: Question, **values: str) -> QuerySet[Any]:
    """The rows that a number is made of, or a cell of it (values of splits)."""
    found = count.rows(asked)
    if asked.area and asked.area != queries.HOME:
        there, groups = lying.within(asked.area, asked.known[1])
        within = [Q(era__in=eras, **{f"{count.path}area_code__in": codes}) for eras, codes in groups]
        found = found.alias(era=_era(count, there)).filter(reduce(or_, within, Q(pk__in=[])))
    if asked.agency:
        found = found.filter(**{count.agency: asked.agency})
    for number, (split, value) in enumerate(values.items()):
        found = found.alias(**{f"split_{number}": count.split(split).by(asked)}).filter(**{f"split_{number}": value})
    return found


def _era(count: Count, there: Lying) -> Choice:
    """The expression of the era in which the commune of reception was noted."""
    whens = [
        When(**{f"{count.path}opened_on__lt": until}, then=Value(number)) for number, until in enumerate(there.eras[1:])
    ]
    return Choice(*whens, default=Value(len(whens)), output_field=IntegerField())


def _unit(count: Count, there: Lying, units: Mapping[str, str]) -> Coalesce:
    """The expression of the unit in which the commune of reception lies, by `units`: "era:code" → its code; ELSEWHERE for others."""
    noted = Concat(Cast(_era(count, there), CharField()), Value(":"), F(f"{count.path}area_code"))
    looked_up = Func(
        Value(units, JSONField()), noted, template="(%(expressions)s)", arg_joiner=" ->> ", output_field=CharField()
    )
    return Coalesce(looked_up, Value(lying.ELSEWHERE))


def _combinations(count: Count, splits: Iterable[Combination] | None) -> list[Combination]:
    """The combinations in which a count can be divided, of those asked for."""
    own = {split.key for split in count.splits}
    return [each for each in splits if own.issuperset(each)] if splits is not None else [(key,) for key in own]


def _names(count: Count, splits: Iterable[Combination] | None) -> frozenset[frozenset[str]]:
    return frozenset({frozenset(), *map(frozenset, _combinations(count, splits))})


def _grouped(
    count: Count, asked: Question, splits: Iterable[Combination] | None, groups: Sequence[Any]
) -> dict[tuple[Any, ...], Number]:
    """A count by the values of some expressions (`groups`), with its combinations of splits; one statement."""
    combinations, names = _combinations(count, splits), _names(count, splits)
    keys = sorted({key for each in combinations for key in each})
    columns = {"person": F(f"{count.path}pk")} | {f"group_{n}": group for n, group in enumerate(groups)}
    columns |= {f"split_{n}": count.split(key).by(asked) for n, key in enumerate(keys)}
    found = {} if groups else {(): Number(count, names)}
    for placed, values, grouping, number in _counted(count, rows(count, asked), columns, combinations, keys):
        cell = frozenset((key, values[n]) for n, key in enumerate(keys) if not grouping >> (len(keys) - 1 - n) & 1)
        found.setdefault(placed, Number(count, names)).add(cell, number)
    return found


def _counted(
    count: Count,
    found: QuerySet[Any],
    columns: Mapping[str, Any],
    combinations: Iterable[Combination],
    keys: Sequence[str],
) -> Iterable[tuple[tuple[Any, ...], tuple[str, ...], int, int]]:
    """For each group and combination: the values of the groups, those of the splits, which of these are left out (the bits of
    GROUPING, the last split the lowest), and how many."""
    inner = found.order_by().annotate(**{f"counted_{name}": by for name, by in columns.items()})
    try:
        sql, parameters = inner.values_list(*(f"counted_{name}" for name in columns)).query.sql_with_params()
    except EmptyResultSet:
        return []
    groups = [name for name in columns if name.startswith("group_")]
    splits = [f"split_{n}" for n in range(len(keys))]
    sets = [[*groups, *(f"split_{keys.index(key)}" for key in each)] for each in [(), *combinations]]
    listed = ", ".join(f"({', '.join(one)})" for one in sets)
    number = "count(*)" if count.each_row or not count.path else "count(DISTINCT person)"
    grouping = f"GROUPING({', '.join(splits)})" if splits else "0"
    statement = (  # the rows are Django's own statement, and the names are made here
        f"SELECT {', '.join([*groups, *splits, grouping, number])} FROM ({sql}) AS each ({', '.join(columns)})"  # noqa: S608
        f" GROUP BY GROUPING SETS ({listed})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [(row[: len(groups)], row[len(groups) : -2], row[-2], row[-1]) for row in cursor.fetchall()]
