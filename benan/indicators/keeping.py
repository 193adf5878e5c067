"""Kept figures: of the questions that pages ask by default, counted once and brought up to date with every change.

A change of a case adds the difference that it makes to each kept question. It holds a lock that others who change cases share
until its transaction ends; who counts a question holds it alone, so that no change is missed or counted twice.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from benan.core import figures
from benan.core.figures import Question, Standing
from benan.indicators import counting, shortfalls
from benan.indicators.counting import Counted
from benan.indicators.models import KeptCount, KeptQuestion, KeptReason
from benan.indicators.rows import Row
from benan.indicators.shortfalls import ANYBODY, ReasonKey

LOCK = 7_305_003  # advisory lock of what is kept, until the transaction ends
MOST_ADDED = 2000  # rows that changes may add to a question before it is counted anew
DAY = dt.timedelta(days=1)


def follow(before: Iterable[Row], after: Iterable[Row]) -> None:
    """Add to every kept question what changed in the standings of some cases, of which all rows are given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    added, reasons = [], []
    for question in KeptQuestion.objects.all():
        was, now = _counted(before, question), _counted(after, question)
        for cell in was.keys() | now.keys():
            cases, number = (new - old for new, old in zip(now[cell], was[cell], strict=True))
            if cases or number:
                added.append(_row(question, Counted._make((*cell, cases, number))))
        lacked, lacking = _reasons(before, question), _reasons(after, question)
        for key in lacked.keys() | lacking.keys():
            if lacking[key] != lacked[key]:
                reasons.append(_reason(question, key, lacking[key] - lacked[key]))
    KeptCount.objects.bulk_create(added)
    KeptReason.objects.bulk_create(reasons)


def _counted(rows: Iterable[Row], asked: KeptQuestion) -> defaultdict[tuple[Any, ...], tuple[int, int]]:
    """Of each cell of a question, how many of some cases stand there, and the sum of what was counted in them.

    As `counting.counted` says it: a case stands where the worst of its rows does.
    """
    by_area = {measure.key for measure in figures.measures if measure.by_area}
    cases: dict[tuple[Any, ...], list[Row]] = {}
    for row in _asked(rows, asked):
        area = row.area if row.measure in by_area else ""
        one = row.case, row.measure, row.apart, row.outside, row.kind, area, row.agency
        cases.setdefault(one, []).append(row)
    found: defaultdict[tuple[Any, ...], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (_case, measure, apart, *place), some in cases.items():
        cell = measure, apart, max(row.standing for row in some), *place
        many, number = found[cell]
        found[cell] = many + 1, number + sum(row.number for row in some)
    return found


def _reasons(rows: Iterable[Row], asked: KeptQuestion) -> Counter[ReasonKey]:
    """The same for each duty that is missing, and for people: as `shortfalls.reason_counts` says it."""
    cases: dict[tuple[int, str], list[Row]] = {}
    for row in _asked(rows, asked):
        if row.standing == Standing.SHORT and not row.apart and not row.outside:
            cases.setdefault((row.case, row.measure), []).append(row)
    found: Counter[ReasonKey] = Counter()
    for measure in figures.measures:
        for (_case, key), some in cases.items():
            if key == measure.key:
                some.sort(key=lambda row: row.belongs_on)
                found.update(shortfalls.reason_keys(measure, [one for row in some for one in row.missing]))
    found[ANYBODY] = len({case for case, _measure in cases})
    return found


def _asked(rows: Iterable[Row], asked: KeptQuestion) -> Iterator[Row]:
    """Those of some rows that a question is about."""
    return (row for row in rows if row.since <= asked.as_of < row.until and asked.first <= row.belongs_on <= asked.last)


def keep(today: dt.date, *, anew: bool = False) -> int:
    """Keep what pages will ask on a legal day and on the next one, and nothing else; returns how many were counted.

    What is kept already is counted again once in a day, when many rows were added, and if `anew`.
    """
    wanted = {
        _days(asked): asked
        for day in (today, today + DAY)
        for each in figures.standard_questions
        for asked in each(day)
    }
    for kept in KeptQuestion.objects.all():
        if (kept.first, kept.last, kept.as_of) not in wanted:
            with transaction.atomic():
                _lock()
                kept.delete()
    return sum(keep_one(asked, today, anew=anew) for asked in wanted.values())


def keep_one(asked: Question, today: dt.date, *, anew: bool = False) -> bool:
    """Keep one question about the whole province, unless it is kept well and not wanted `anew`; returns whether it was counted."""
    if not anew and _is_good(asked, today):
        return False
    with transaction.atomic():
        _lock()
        if not anew and _is_good(asked, today):
            return False
        first, last, as_of = _days(asked)
        KeptQuestion.objects.filter(first=first, last=last, as_of=as_of).delete()
        found = [each for measure in figures.measures for each in counting.counted(measure, asked, by_agency_too=True)]
        kept = KeptQuestion.objects.create(first=first, last=last, as_of=as_of, counted_on=today, rows=len(found))
        KeptCount.objects.bulk_create(_row(kept, each) for each in found)
        reasons = shortfalls.reason_counts(list(figures.measures), asked)
        KeptReason.objects.bulk_create(_reason(kept, key, cases) for key, cases in reasons.items())
    return True


def _is_good(asked: Question, today: dt.date) -> bool:
    first, last, as_of = _days(asked)
    kept = KeptQuestion.objects.filter(first=first, last=last, as_of=as_of, counted_on=today).first()
    return kept is not None and kept.counts.count() <= kept.rows + MOST_ADDED


def _days(asked: Question) -> tuple[dt.date, dt.date, dt.date]:
    return (*asked.known, asked.as_of)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _row(question: KeptQuestion, counted: Counted) -> KeptCount:
    values = counted._asdict()
    return KeptCount(question=question, agency_id=values.pop("agency"), **values)


def _reason(question: KeptQuestion, key: ReasonKey, cases: int) -> KeptReason:
    return KeptReason(
        question=question, measure=key.measure, duty=key.duty, limit=key.limit, agency_id=key.agency, cases=cases
    )
