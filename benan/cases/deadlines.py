"""The deadlines of a case, computed again from its events whenever it changes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from benan.accounts.models import TeamMember
from benan.agencies.kinds import AgencyKind
from benan.cases import acts, history
from benan.cases.extensions import parts
from benan.cases.models import Case, Deadline, Guardianship, Track
from benan.core.days import legal_day
from benan.rules import deadlines, procedures
from benan.rules.calendar import DayTable
from benan.rules.deadlines import RecordedEvent, RunningLimit
from benan.rules.limits import LimitTable
from benan.rules.schema import Duty, Procedure
from benan.vault.ages import Age

# Events that no act makes: the report at the first place the person went to, and that a relative did the harm.
TOLD_ELSEWHERE, RELATIVE_HARM = "reported_elsewhere", "relative_harm_found"


def recorded_events(case: Case) -> list[RecordedEvent]:
    """A case's events, for computing deadlines.

    An event on the day of arrival without an hour has the hour of the arrival. That a relative did the harm is left out
    where the last answer no longer says so.
    """
    came = case.reception
    events = [
        RecordedEvent(step.event, step.on, step.at or (came.came_at if step.on == came.came_on else None))
        for step in history.current(case).exclude(event="")
        if step.event != RELATIVE_HARM or harmed_by_family(case)
    ]
    if came.first_told_on:
        events.append(RecordedEvent(TOLD_ELSEWHERE, came.first_told_on))
    return events + [event for more in parts("events") for event in more(case)]


def known_facts(case: Case) -> set[str]:
    """The facts about the person on which time limits depend, by the names that procedures use ("child", …)."""
    known = {"child"} if case.may_be_under(16, case.reception.came_on) else set()
    if harmed_by_family(case):
        known.add("relative_harm")
    return known.union(*(more(case) for more in parts("facts")))


def harmed_by_family(case: Case) -> bool:
    """Whether, as last recorded, a parent, guardian or relative did the harm to somebody under 18."""
    said = case.guardianships.first()
    return said is not None and said.harm == Guardianship.Harm.YES


def responsible_agencies(case: Case) -> dict[str, int | None]:
    """The agency (id) of this case for each word by which procedures name who must act (`Duty.whose`)."""
    found: dict[tuple[str, str] | str, int] = {}
    for member in case.team.members.filter(until=None).select_related("agency"):
        found.setdefault((member.part, member.agency.kind), member.agency_id)
        found.setdefault(member.part, member.agency_id)
    part = TeamMember.Part
    return {
        "first_contact": case.reception.agency_id,
        "commune": case.reception.agency_id,
        "police_district": found.get((part.VERIFIES, AgencyKind.POLICE_DISTRICT))
        or found.get((part.VERIFIES, AgencyKind.OUTSIDE)),
        "police_province": found.get((part.VERIFIES, AgencyKind.POLICE_PROVINCE)),
        "labour_office": found.get((part.MANAGES, AgencyKind.LABOUR_OFFICE)),
        "shelter": found.get(part.SHELTERS),
        "responsible": case.agency_id,
        "person": case.agency_id,
    }


def rewrite(case: Case, *, days: DayTable | None = None, limits: LimitTable | None = None) -> None:
    """Replace the stored deadlines of a case by those that `compute` gives now.

    One that was met or ended before, and still has the same days, keeps its due day and the version of the rules by which
    it was judged.
    """
    days, limits = days or DayTable.load(), limits or LimitTable.load()
    rows = compute(
        case, recorded_events(case), known_facts(case), responsible_agencies(case), tracks=acts.tracks_of(case).values(), days=days,
        limits=limits,
    )  # fmt: skip
    stored = list(case.deadlines.all())
    judged = {_days(row): row for row in stored if not row.is_open}
    for row in rows:
        if before := judged.get(_days(row)):
            for name in _JUDGED:
                setattr(row, name, getattr(before, name))
    if sorted(map(_values, stored)) != sorted(map(_values, rows)):
        case.deadlines.all().delete()
        Deadline.objects.bulk_create(rows)


def _values(row: Deadline) -> str:
    return repr([getattr(row, each.attname) for each in Deadline._meta.concrete_fields if not each.primary_key])


_JUDGED = ("due_on", "due_at", "binding", "basis", "duration", "certainty", "rule")


def _days(row: Deadline) -> tuple[Any, ...]:
    return row.limit, row.track, row.started_on, row.started_at, row.met_on, row.ended_on


def compute(
    case: Case, events: Iterable[RecordedEvent], known: Iterable[str], responsible: Mapping[str, int | None], *,
    tracks: Iterable[Track], days: DayTable, limits: LimitTable,
) -> list[Deadline]:  # fmt: skip
    """The deadlines of a case, not saved. Arguments as `recorded_events`, `known_facts` and `responsible_agencies` give them.

    The deadlines of a track are those of the procedure under which it began.
    """
    first = procedures.begun_by(case.reception.channel, case.reception.came_on)
    governing = {track.kind: procedures.for_track(track) for track in tracks}
    found: list[Deadline] = []
    for procedure in {version.rule: version for version in [first, *governing.values()]}.values():
        running = deadlines.running(procedure, events, as_of=legal_day(), limits=limits, days=days, facts=known)
        running = [limit for limit in running if governing.get(limit.track, first) is procedure]
        found += [
            _deadline(case, limit, limit.started_on, responsible, procedure) for limit in running if limit.started_on
        ]
    return found


def _deadline(
    case: Case, limit: RunningLimit, started_on: dt.date, responsible: Mapping[str, int | None], procedure: Procedure
) -> Deadline:
    return Deadline(
        case=case,
        limit=limit.limit,
        track=limit.track,
        label=limit.label,
        agency_id=responsible.get(limit.whose) or case.agency_id,
        started_on=started_on,
        started_at=limit.started_at,
        due_on=limit.due_on,
        due_at=limit.due_at,
        met_on=limit.met_on,
        ended_on=limit.replaced_on or (None if limit.met_on else case.closed_on),
        governs=limit.governs,
        binding=limit.binding and limit.unit != "at_once",
        lapses=limit.lapses,
        owed_to_child=_owed_to_child(case, procedure.duty(limit.limit)),
        convention=limit.convention,
        basis=limit.citation,
        duration=limit.period,
        certainty=limit.certainty,
        rule=f"{procedure.rule} {limit.calendar}",
    )


def _owed_to_child(case: Case, duty: Duty) -> bool:
    return duty.owed_to_child == "always" or (duty.owed_to_child == "if_under_16" and case.age_class == Age.UNDER_16)
