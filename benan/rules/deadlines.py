"""Which time limits run for a person, from what has happened and nothing else."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from benan.core.days import VIETNAM, show
from benan.rules import counting
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable
from benan.rules.models import TimeLimit
from benan.rules.refusals import NotInForce, OutsideCalendar
from benan.rules.schema import Duty, Procedure, ProcedureEvent


class RecordedEvent(NamedTuple):
    """An event of the procedure and the legal day on which it happened, with the hour where it is recorded."""

    event: str
    on: dt.date
    at: dt.time | None = None


@dataclass(frozen=True)
class RunningLimit:
    """One time limit on one day of looking.

    `state` is not_started, running, met (in time), late (open past its day, or done after it) or replaced.
    A limit in hours has `started_at` and `due_at`, the hours of its first and last day. `convention` says that a day stands in for one that is not recorded. `governs` marks, of the limits for one
    duty, the one that ends first. `explanation` is for reading aloud; `counting` is the article by which days
    were counted and `calendar` the version of the days off.
    """

    limit: str
    track: str
    whose: str
    label: str
    state: str
    started_by: str = ""
    started_on: dt.date | None = None
    started_at: dt.time | None = None
    due_on: dt.date | None = None
    due_at: dt.time | None = None
    met_by: str = ""
    met_on: dt.date | None = None
    replaced_by: str = ""
    replaced_on: dt.date | None = None
    convention: bool = False
    governs: bool = False
    lapses: bool = False
    late_by: int = 0
    unit: str = ""
    period: str = ""
    binding: bool = False
    certainty: str = ""
    citation: str = ""
    counting: str = ""
    calendar: str = ""
    provisional: bool = False
    explanation: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the duty has begun and is still to be done."""
        return self.state in ("running", "late") and self.met_on is None


def running(
    procedure: Procedure,
    events: Iterable[RecordedEvent],
    *,
    as_of: dt.date,
    limits: LimitTable,
    days: DayTable,
    facts: Iterable[str] = (),
) -> list[RunningLimit]:
    """The clocks of a person as they stand at the end of a day, in the order of the procedure.

    Only what happened by `as_of` counts. Of an event that happened twice, the latest starts a clock. A start for
    which the law or the calendar has no answer gives a clock without a day, which says so.
    """
    happened: dict[str, list[dt.date]] = {}
    hours: dict[tuple[str, dt.date], dt.time | None] = {}
    for event, on, at in sorted(events, key=lambda one: one.on):
        if on <= as_of:
            happened.setdefault(event, []).append(on)
            hours[event, on] = at
    clocks: dict[str, RunningLimit] = {}
    for duty in procedure.duties:
        if duty.due_of and duty.due_of not in clocks:
            continue
        true = {*happened, *facts}
        if true.isdisjoint(duty.unless) and not (duty.when and true.isdisjoint(duty.when)):
            clock = _clock(duty, happened, hours, clocks.get(duty.due_of), procedure, as_of, limits, days)
            if clock:
                clocks[duty.limit] = clock
    duty_of = {duty.limit: (duty.met_by, duty.lapses) for duty in procedure.duties}
    for group in {duty_of[limit] for limit in clocks}:
        alike = [c for c in clocks.values() if duty_of[c.limit] == group and c.state not in ("not_started", "replaced")]
        if alike:
            first = min(alike, key=lambda c: (c.due_on is None, not c.binding, c.due_on or as_of))
            clocks[first.limit] = replace(first, governs=True)
    return list(clocks.values())


def out_of_order(procedure: Procedure, events: Iterable[RecordedEvent]) -> tuple[RecordedEvent, RecordedEvent] | None:
    """The first event dated before one that must precede it, with that one; none when all days can be true."""
    first = {}
    for event in sorted(events, key=lambda one: one.on, reverse=True):
        first[event.event] = event
    for event in first.values():
        for key in procedure.events[event.event].after:
            if key in first and first[key].on > event.on:
                return event, first[key]
    return None


def _clock(
    duty: Duty,
    happened: Mapping[str, list[dt.date]],
    hours: Mapping[tuple[str, dt.date], dt.time | None],
    base: RunningLimit | None,
    procedure: Procedure,
    as_of: dt.date,
    limits: LimitTable,
    days: DayTable,
) -> RunningLimit | None:
    bare = RunningLimit(duty.limit, duty.track, duty.whose, duty.label, "not_started", lapses=duty.lapses)
    event, start, since, convention = _start(duty, happened, base)
    if start is None or since is None:
        done = any(key in happened for key in duty.met_by + duty.replaced_by)
        return None if done else bare
    if duty.later and not limits.begins(duty.limit, start):
        return None
    met_by, met_on = _first(duty.met_by, happened, since)
    replaced_by, replaced_on = _first(duty.replaced_by, happened, since)
    if met_on and (replaced_on is None or met_on <= replaced_on):
        replaced_by, replaced_on = "", None
    else:
        met_by, met_on = "", None
    clock = replace(
        bare,
        started_by=event,
        started_on=start,
        convention=convention,
        met_by=met_by,
        met_on=met_on,
        replaced_by=replaced_by,
        replaced_on=replaced_on,
    )
    named = _("hết hạn «%(label)s»") % {"label": base.label} if base else procedure.events[event].label
    try:
        limit = limits.on(duty.limit, start)
        in_hours = limit.unit == TimeLimit.Unit.HOUR and limit.n is not None
        at = hours.get((event, start)) or dt.time.min
        begun = dt.datetime.combine(start, at, VIETNAM) if in_hours else start
        due = counting.due(limit, begun, days, event=named)
    except NotInForce:
        words = _("Chương trình chưa có giá trị của thời hạn này cho ngày %(day)s.") % {"day": show(start)}
        return _with_state(replace(clock, explanation=(words,)), as_of)
    except OutsideCalendar as unknown:
        return _with_state(replace(clock, explanation=(str(unknown),)), as_of)
    reckoned = replace(
        clock,
        started_at=at if in_hours else None,
        due_on=due.on,
        due_at=due.at.time() if due.at else None,
        unit=limit.unit,
        period=limit.period,
        binding=limit.binding,
        certainty=due.certainty,
        citation=due.citation,
        counting=due.counting,
        calendar=due.calendar,
        provisional=due.provisional,
        explanation=_sentences(duty, clock, due, procedure.events),
    )
    if in_hours and not hours.get((event, start)):
        words = _("Chưa ghi giờ của việc này nên tính từ đầu ngày.")
        reckoned = replace(reckoned, explanation=(words, *reckoned.explanation))
    return _with_state(reckoned, as_of)


def _sentences(
    duty: Duty, clock: RunningLimit, due: counting.Due, events: Mapping[str, ProcedureEvent]
) -> tuple[str, ...]:
    sentences = list(due.explanation)
    if clock.convention:
        words = _("Chưa ghi ngày %(recorded)s, nên theo quy ước lấy ngày %(stand_in)s.")
        names = {"recorded": events[duty.starts[0]].label, "stand_in": events[clock.started_by].label}
        sentences.insert(0, words % names)
    if clock.replaced_on:
        words = _("Không tính nữa từ %(day)s: %(event)s.")
        sentences.append(words % {"day": show(clock.replaced_on), "event": events[clock.replaced_by].label})
    return tuple(sentences)


def _with_state(clock: RunningLimit, as_of: dt.date) -> RunningLimit:
    late_by = 0
    if clock.due_on and clock.binding:
        late_by = max(0, ((clock.met_on or clock.replaced_on or as_of) - clock.due_on).days)
    if clock.replaced_on:
        state = "replaced"
    elif late_by:
        state = "late"
    else:
        state = "met" if clock.met_on else "running"
    return replace(clock, late_by=late_by, state=state)


def _start(
    duty: Duty, happened: Mapping[str, list[dt.date]], base: RunningLimit | None
) -> tuple[str, dt.date | None, dt.date | None, bool]:
    """The event that starts a duty, its day, the day from which fulfilment counts, and whether by convention."""
    if base:
        return duty.due_of, base.due_on, base.started_on, False
    for keys, convention in ((duty.starts, False), (duty.convention, True)):
        recorded = [(happened[key][-1], key) for key in keys if key in happened]
        if recorded:
            on, event = min(recorded)
            return event, on, on, convention
    return "", None, None, False


def _first(keys: Iterable[str], happened: Mapping[str, list[dt.date]], since: dt.date) -> tuple[str, dt.date | None]:
    found = [(on, key) for key in keys for on in happened.get(key, ()) if on >= since]
    on, key = min(found, default=(None, ""))
    return key, on
