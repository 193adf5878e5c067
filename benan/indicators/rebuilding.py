"""Judging every case anew: after an upgrade that judges otherwise, or a load of the law that changes limits or days."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction

from benan.cases import steps
from benan.cases.models import Case, Deadline, Reception
from benan.core import figures
from benan.core.days import clock
from benan.core.figures import every_row
from benan.indicators import standings
from benan.indicators.models import Rebuild
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable

AT_ONCE = 100  # cases in one transaction
PAUSE = 0.2  # seconds, where all that is left is being changed by others


@dataclass(frozen=True)
class Progress:
    """How many cases were judged by a pass, of how many, and how many standings differed."""

    judged: int
    of: int
    differed: int


def versions() -> str:
    """The measures of this program with their versions."""
    return " ".join(f"{measure.key}:{measure.version}" for measure in figures.measures)


def is_current() -> bool:
    """Whether the last pass ended and judged by the measures of this program."""
    last = Rebuild.objects.order_by("-pk").first()
    return last is not None and last.ended_at is not None and last.versions == versions()


def ask(*, deadlines: bool = False) -> None:
    """Have the next pass begin from the first case; with `deadlines`, the open deadlines are computed again first."""
    again = Rebuild.objects.filter(ended_at=None, deadlines=True).exists()
    Rebuild.objects.create(versions=versions(), deadlines=deadlines or again)


def rebuild() -> Iterator[Progress]:
    """Judge every case, each batch in a transaction of its own; a pass that was stopped goes on where it stopped.

    Cases that somebody is changing are left until they have finished.
    """
    going_on = Rebuild.objects.order_by("-pk").first()
    if going_on is None or going_on.ended_at or going_on.versions != versions():
        ask(deadlines=bool(going_on and going_on.deadlines and going_on.ended_at is None))
        going_on = Rebuild.objects.latest("pk")
    cases = every_row(Case)
    of, judged, differed = cases.count(), cases.filter(pk__lte=going_on.after).count(), 0
    while batch := list(cases.filter(pk__gt=going_on.after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        left = set(batch)
        while left:
            with transaction.atomic():
                done = _unchanged(left)
                differed += _judge(done, deadlines=going_on.deadlines)
            left -= done
            if left:
                time.sleep(PAUSE)
        going_on.after = batch[-1]
        going_on.save(update_fields=["after"])
        judged += len(batch)
        yield Progress(judged, of, differed)
    going_on.ended_at = clock()
    going_on.save(update_fields=["ended_at"])
    yield Progress(judged, of, differed)


def _unchanged(cases: Collection[int]) -> set[int]:
    """Those among some cases whose reception nobody is changing; locked."""
    receptions = Reception.objects.filter(pk__in=every_row(Case).filter(pk__in=cases).values("reception"))
    free = receptions.order_by("pk").select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True)
    return set(every_row(Case).filter(pk__in=cases, reception__in=list(free)).values_list("pk", flat=True))


def _judge(cases: Collection[int], *, deadlines: bool) -> int:
    if deadlines:
        open_ones = Deadline.objects.filter(case__in=cases, met_on=None, ended_on=None).values("case")
        days, limits = DayTable.load(), LimitTable.load()
        for case in every_row(Case).filter(pk__in=open_ones).select_related("reception", "team").order_by("pk"):
            steps.after_change(case, days=days, limits=limits)
    return standings.write(cases)
