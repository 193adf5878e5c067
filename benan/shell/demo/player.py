"""Plays lives and the work under the plan: each line becomes verbs of the program, done by the officer whose work it is."""

import contextlib
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction

from benan.audit import trail
from benan.audit.models import Event as Trail
from benan.cases.models import Case
from benan.core import reference
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.shell.demo.cast import Officers
from benan.shell.demo.lives import Life, Line
from benan.shell.demo.telling import REASON, Telling
from benan.shell.demo.work import Work
from benan.shell.demo.working import Working
from benan.shell.events import DemoEvent

MISTAKES = (Refused, PermissionDenied, ObjectDoesNotExist, LookupError, AttributeError, TypeError, ValueError)


class Unplayable(Exception):
    """A line that nobody may do on that day, or that says nothing: the life, the line, and why."""


def play(lives: Iterable[Life]) -> Iterator[Life]:
    """Play what of these lives happened by the legal day; yields each life that has begun.

    A life is a transaction. What stands already is passed over, so that an interrupted load goes on where it stopped
    and a later legal day brings what happened until then. A life with which people of the demo went another way is
    left as it is. Raises Unplayable.
    """
    today, officers, standing = legal_day(), Officers(), played()
    for life in lives:
        lines = [line for line in life.lines if line.on <= today]
        if life.key not in standing and lines:
            _tell(Telling(life, officers), lines)
        elif len(lines) > standing.get(life.key, {}).get("lines", 0):
            with contextlib.suppress(Unplayable):
                _go_on(Telling(life, officers), lines, standing[life.key])
        if lines:
            yield life


def played() -> dict[str, dict[str, Any]]:
    """Lives that stand: how many lines of each, and the codes of the cases of those who came."""
    rows = Trail.objects.filter(event=DemoEvent.LIFE_PLAYED).order_by("seq")
    return {data["life"]: data for data in rows.values_list("data", flat=True)}


def play_work(work: Work) -> Iterator[dt.date]:
    """Play what of the work of agencies happened by the legal day; yields each day that was played.

    A day is a transaction, and is never played again. Of what happened after the day on which this demo was loaded first,
    those lines are left out with which people of the demo went another way. Raises Unplayable.
    """
    today, working = legal_day(), Working(work, Officers())
    rows = Trail.objects.filter(event=DemoEvent.WORK_PLAYED).values_list("data__on", "data__loaded_on")
    loaded: dict[str, str] = dict(rows)
    first_loaded_on = min(loaded.values(), default=today.isoformat())
    for on, lines in itertools.groupby(work.lines, key=lambda line: line.on):
        if on <= today and on.isoformat() not in loaded:
            _do(working, list(lines), strict=on.isoformat() <= first_loaded_on)
            yield on


@contextlib.contextmanager
def calendar_open_at(day: dt.date) -> Iterator[None]:
    """Have the legal day of this demo be an earlier one, while what happened then is played."""
    today = settings.BENAN_TODAY
    settings.BENAN_TODAY = day.isoformat()
    try:
        yield
    finally:
        settings.BENAN_TODAY = today


def _go_on(telling: Telling, lines: list[Line], before: Mapping[str, Any]) -> None:
    cases = Case.objects.unscoped(reason=REASON).in_bulk(before["people"].values(), field_name="code")
    telling.people = {name: cases[code] for name, code in before["people"].items()}
    _tell(telling, lines, done=before["lines"])


@transaction.atomic
def _tell(telling: Telling, lines: list[Line], *, done: int = 0) -> None:
    for line in lines[done:]:
        try:
            with calendar_open_at(line.on):
                telling.do(line)
        except MISTAKES as error:
            raise Unplayable(f"{telling.life.key}, {line}: {error!r}") from error
    people = {name: case.code for name, case in telling.people.items()}
    data = {"life": telling.life.key, "lines": len(lines), "people": people}
    trail.record(by=None, event=DemoEvent.LIFE_PLAYED, on=telling.people[""], data=data)


@transaction.atomic
def _do(working: Working, lines: list[Line], *, strict: bool) -> None:
    on, loaded_on = lines[0].on, legal_day()
    for line in lines:
        try:
            with calendar_open_at(on), reference.asked_once(), transaction.atomic():
                working.do(line)
        except MISTAKES as error:
            if strict:
                raise Unplayable(f"{line}: {error!r}") from error
    data = {"on": on.isoformat(), "loaded_on": loaded_on.isoformat()}
    trail.record(by=None, event=DemoEvent.WORK_PLAYED, on=f"plan:{working.plan.slug}", data=data)
