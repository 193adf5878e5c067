"""Writing where cases stand: `rows_of` is a pure function of a case's history, `bring_up_to_date` stores what it says."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from benan.cases.measures import depending_on
from benan.cases.models import Case
from benan.core import figures
from benan.core.figures import IndicatorMeasure, Judged, Judgement, Missing, Standing, every_row
from benan.indicators import history, keeping
from benan.indicators.history import CaseHistory
from benan.indicators.models import FOREVER, CaseStanding
from benan.indicators.rows import COLUMNS, Row

_Key = tuple[str, dt.date]  # `apart` and the day to which something belongs
_Value = tuple[Standing, int, str, int | None, tuple[Missing, ...]]


def rows_of(case: CaseHistory) -> Iterator[Row]:
    """Where a case stands in every measure, from the day it came on."""
    days = case.days()
    for measure in figures.measures:
        spans = list(_spans(measure, case, days))
        belonging: dict[str, set[dt.date]] = {}
        for (apart, belongs_on), *_span in spans:
            belonging.setdefault(apart, set()).add(belongs_on)
        for (apart, belongs_on), since, until, (standing, number, outside, agency, missing) in spans:
            yield Row(
                case.case.pk, measure.key, belongs_on, since, until, int(standing), apart, number, len(belonging[apart]) == 1,
                outside, case.case.kind, case.case.area_code, agency, case.case.came_on,
                min((one.due_on for one in missing if one.due_on), default=None), [_plain(one) for one in missing],
            )  # fmt: skip


def _spans(
    measure: IndicatorMeasure, case: CaseHistory, days: Iterable[dt.date]
) -> Iterator[tuple[_Key, dt.date, dt.date, _Value]]:
    """What a measure says of a case, each time from a first day until before another; `days`: on which it may change."""
    begun: dict[_Key, tuple[dt.date, _Value]] = {}
    for day in days:
        now = _said(measure.judge(case, day))
        for key, (since, value) in list(begun.items()):
            if now.get(key) != value:
                yield key, since, day, value
                del begun[key]
        for key, value in now.items():
            begun.setdefault(key, (day, value))
    for key, (since, value) in begun.items():
        yield key, since, FOREVER, value


def bring_up_to_date(case: Case) -> None:
    """Write where a changed case stands, and those whose figures depend on it."""
    write(depending_on([case.pk]))


def write(cases: Collection[int]) -> int:
    """Write where some cases (ids) stand; rows that are right already stay. Returns how many rows differed."""
    wanted = [row for one in history.load(cases).values() for row in rows_of(one)]
    before = {
        pk: Row(*values) for pk, *values in every_row(CaseStanding).filter(case__in=cases).values_list("pk", *COLUMNS)
    }
    left = {_hashable(row): pk for pk, row in before.items()}
    new = [row for row in wanted if left.pop(_hashable(row), None) is None]
    if left:
        every_row(CaseStanding).filter(pk__in=left.values()).delete()
    if new:
        CaseStanding.objects.bulk_create(CaseStanding(**dict(zip(COLUMNS, row, strict=True))) for row in new)
    if left or new:
        keeping.follow(before.values(), wanted)
    return len(new) + len(left)


def _said(judgement: Judgement | None) -> dict[_Key, _Value]:
    """What a judgement says by the days to which its parts belong: the worst of each, with all that is missing."""
    if judgement is None:
        return {}
    found: dict[_Key, list[Judged]] = {}
    for one in judgement.judged:
        found.setdefault((one.apart, one.belongs_on), []).append(one)
    return {
        key: (
            max(one.standing for one in some),
            sum(one.number for one in some) if key[0] else 1,
            judgement.outside,
            judgement.agency,
            tuple(missing for one in some for missing in one.missing),
        )
        for key, some in found.items()
    }


def _plain(missing: Missing) -> dict[str, Any]:
    """What is missing as JSON; what is empty is left out."""
    said = {"duty": missing.duty, "agency": missing.agency, "lacks": list(missing.lacks), "limit": missing.limit}
    return {name: value for name, value in said.items() if value}


def _hashable(row: Iterable[Any]) -> tuple[Any, ...]:
    *values, missing = row
    return (*values, repr([sorted(one.items()) for one in missing]))
