"""Plays lives: each line of a life becomes one verb of the program, done by the officer whose work it is."""

import contextlib

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction

from benan.audit import trail
from benan.audit.events import Event
from benan.audit.models import Event as Trail
from benan.cases.models import File
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.shell.demo.cast import Officers
from benan.shell.demo.telling import REASON, Telling

MISTAKES = (Refused, PermissionDenied, ObjectDoesNotExist, LookupError, AttributeError, TypeError, ValueError)


class Unplayable(Exception):
    """A line that nobody may do on that day, or that says nothing: the life, the line, and why."""


def play(lives):
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


def played() -> dict[str, dict]:
    """Lives that stand: how many lines of each, and the codes of the files of those who came."""
    rows = Trail.objects.filter(event=Event.LIFE_PLAYED).order_by("seq")
    return {data["life"]: data for data in rows.values_list("data", flat=True)}


@contextlib.contextmanager
def calendar_open_at(day):
    """Have the legal day of this demo be an earlier one, while what happened then is played."""
    today = settings.BENAN_TODAY
    settings.BENAN_TODAY = day.isoformat()
    try:
        yield
    finally:
        settings.BENAN_TODAY = today


def _go_on(telling, lines, before):
    files = File.objects.unscoped(reason=REASON).in_bulk(before["people"].values(), field_name="code")
    telling.people = {name: files[code] for name, code in before["people"].items()}
    _tell(telling, lines, done=before["lines"])


@transaction.atomic
def _tell(telling, lines, *, done=0):
    for line in lines[done:]:
        try:
            with calendar_open_at(line.on):
                telling.do(line)
        except MISTAKES as error:
            raise Unplayable(f"{telling.life.key}, {line}: {error!r}") from error
    people = {name: file.code for name, file in telling.people.items()}
    data = {"life": telling.life.key, "lines": len(lines), "people": people}
    trail.record(by=None, event=Event.LIFE_PLAYED, on=telling.people[""], data=data)
