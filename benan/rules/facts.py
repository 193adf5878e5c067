"""Files of facts: what happened to somebody and when, written by hand to see which time limits follow.

procedure: self_reported
as_of: 09/11/2017            # optional: the day of looking
facts: [child]               # optional: facts of the procedure that are true
events:
  - {event: labour_notified, on: 06/11/2017, at: "21:40"}   # at: optional: the hour
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benan.core.days import show
from benan.rules import procedures
from benan.rules.calendar import DayTable
from benan.rules.deadlines import RecordedEvent, out_of_order
from benan.rules.reading import Entry
from benan.rules.refusals import NotInForce, OutsideCalendar
from benan.rules.schema import Procedure


@dataclass(frozen=True)
class Situation:
    """One situation: the procedure in force, its events, the facts, and the day of looking when it is given."""

    procedure: Procedure
    events: tuple[RecordedEvent, ...]
    facts: tuple[str, ...]
    as_of: dt.date | None


def read(entry: Entry, days: DayTable) -> Situation:
    """The situation in a file. Raises `Unreadable` naming the line: unknown words, impossible days or order."""
    found = entry.fields("procedure", "events", optional=("as_of", "facts"))
    rows = [value.fields("event", "on", optional=("at",)) for value in found["events"].entries()]
    if not rows:
        raise found["events"].fault(_("cần ít nhất một việc."))
    procedure = _procedure(found["procedure"], rows, days)
    lines = {}
    for row in rows:
        event = row["event"].one_of(procedure.events, _("việc"))
        on = row["on"].day()
        if any(move.event == event for move in procedure.moves):
            _in_force(procedure.key, on, row["on"])
        lines[RecordedEvent(event, on, _hour(row["at"]) if "at" in row else None)] = row["on"]
    _check_order(procedure, lines)
    return Situation(
        procedure=procedure,
        events=tuple(lines),
        facts=found["facts"].each_of(procedure.facts, _("điều")) if "facts" in found else (),
        as_of=_day(found["as_of"], days) if "as_of" in found else None,
    )


def _procedure(entry: Entry, rows: Sequence[dict[str, Entry]], days: DayTable) -> Procedure:
    key = entry.one_of({version.key: version for version in procedures.versions()}, _("thủ tục"))
    happened = [_day(row["on"], days) for row in rows]
    for version in procedures.versions():
        if version.key == key and any(on in version.in_force for on in happened):
            return version
    return _in_force(key, happened[0], rows[0]["on"])


def _in_force(key: str, day: dt.date, entry: Entry) -> Procedure:
    try:
        return procedures.version_on(key, day)
    except NotInForce as refusal:
        raise entry.fault(refusal.message) from None


def _day(entry: Entry, days: DayTable) -> dt.date:
    day = entry.day()
    try:
        return days.within(day)
    except OutsideCalendar as refusal:
        raise entry.fault(refusal.message) from None


def _hour(entry: Entry) -> dt.time:
    try:
        return dt.time.fromisoformat(entry.text())
    except ValueError:
        raise entry.fault(_('giờ ghi như "21:40".')) from None


def _check_order(procedure: Procedure, lines: dict[RecordedEvent, Entry]) -> None:
    clash = out_of_order(procedure, lines)
    if clash:
        late, early = clash
        words = _("ngày %(late)s (%(late_on)s) không thể sớm hơn ngày %(early)s (%(early_on)s).")
        names = {"late": procedure.events[late.event].label, "early": procedure.events[early.event].label}
        raise lines[late].fault(words % {**names, "late_on": show(late.on), "early_on": show(early.on)})
