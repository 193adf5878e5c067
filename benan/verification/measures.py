"""What figures ask of verification: what was found of a case by a day, and how far the answer is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benan.cases.measures import DAY, CaseFacts, Companion
from benan.cases.models import Case, Deadline
from benan.core.figures import Standing
from benan.rules import deadlines, procedures
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable
from benan.verification.models import Finding

# The limits under which verification runs: first the labour office, then one police or both.
VERIFYING = ("labour_intake", "verify_district", "verify_complex", "verify_province")
ARRIVALS = ("request_received", "report_received")


@dataclass(frozen=True, slots=True)
class FindingFact:
    """A signed finding that was not withdrawn."""

    on: dt.date
    outcome: str
    replaced_on: dt.date | None

    def says_victim(self, as_of: dt.date) -> bool:
        """Whether it is in force on a day and says that the person is a victim."""
        standing = self.on <= as_of and (self.replaced_on is None or self.replaced_on > as_of)
        return standing and self.outcome == Finding.Outcome.VICTIM


@dataclass(frozen=True, slots=True)
class ClockFact:
    """A deadline of verification."""

    limit: str
    agency: int | None
    started_on: dt.date
    due_on: dt.date | None
    met_on: dt.date | None
    ended_on: dt.date | None
    governs: bool
    binding: bool


@dataclass(frozen=True, slots=True)
class Convention:
    """The limit under which verification stood by convention from a day until before another, while a request was on its
    way whose arrival was recorded later. `agency`: of the deadline that the case has of this limit."""

    first: dt.date
    until: dt.date
    due_on: dt.date | None
    agency: int | None


@dataclass(frozen=True, slots=True)
class VerificationFacts:
    """Findings of a case, of those beside it, the earliest first, and its deadlines, the first to end first."""

    case: CaseFacts
    findings: tuple[FindingFact, ...]
    others: Mapping[int, tuple[FindingFact, ...]]
    clocks: tuple[ClockFact, ...]
    conventions: tuple[Convention, ...]

    def first_finding(self, as_of: dt.date) -> FindingFact | None:
        """What had been found first by a day, either way."""
        return next((finding for finding in self.findings if finding.on <= as_of), None)

    def recognised(self, as_of: dt.date) -> list[dt.date]:
        """The days of the findings in force on a day which say that the person is a victim: one, or none."""
        return [finding.on for finding in self.findings if finding.says_victim(as_of)]

    def companion_recognised(self, as_of: dt.date) -> dt.date | None:
        """The first day on which somebody who came together with the person was a victim; None where nobody was."""
        for companions in (self.case.beside, self.case.onward):
            days = [each.on for one in companions for each in self.others[one.pk] if each.says_victim(as_of)]
            if days:
                return min(days)
        return None

    def waits_beside(self, as_of: dt.date) -> bool:
        """Whether somebody who came together with the person waits for an answer on a day."""
        return any(self._waits(one, as_of) for one in (*self.case.beside, *self.case.onward))

    def answer(self, as_of: dt.date) -> Standing:
        """The standing of a paper of Luật 66/2011, Điều 28 or a written answer, within the limits of verification.

        Before the labour office was told, no limit of verification runs.
        """
        found = self.first_finding(as_of)
        if found:
            return Standing.LATE if any(_overran(clock, found.on) for clock in self.clocks) else Standing.MET
        convention = self.convention(as_of)
        if convention:
            return Standing.SHORT if convention.due_on and convention.due_on < as_of else Standing.IN_TIME
        clock = self.clock(as_of)
        if clock:
            runs = clock.due_on is None or not clock.binding or clock.due_on >= as_of
            return Standing.IN_TIME if runs else Standing.SHORT
        return Standing.SHORT if self.case.has_step(as_of, "labour_notified") else Standing.IN_TIME

    def clock(self, as_of: dt.date) -> ClockFact | None:
        """The limit of verification that governed the case on a day first, if one ran.

        The end of verification before an answer, or of the case, stops its clocks and answers nothing: what ran that
        day goes on here.
        """
        return next((clock for clock in self.clocks if self._runs(clock, as_of)), None)

    def convention(self, as_of: dt.date) -> Convention | None:
        """The limit that ran by convention on a day and has since given way to another."""
        return next((one for one in self.conventions if one.first <= as_of < one.until), None)

    def answering_agency(self, as_of: dt.date) -> int | None:
        """The agency (id) of the limit that governs an answer; where no limit runs, the one that manages the case."""
        convention, clock = None if self.first_finding(as_of) else self.convention(as_of), self.clock(as_of)
        theirs = (convention.agency if convention else None) or (clock.agency if clock else None)
        return theirs or self.case.responsible(as_of)

    def days(self) -> Iterator[dt.date]:
        """Days on which what is said here may begin to be something else."""
        for found in (*self.findings, *(finding for findings in self.others.values() for finding in findings)):
            yield found.on
            yield found.on + DAY
            if found.replaced_on:
                yield found.replaced_on
        for clock in self.clocks:
            yield from (day for day in (clock.started_on, clock.met_on, clock.ended_on) if day)
            if clock.due_on:
                yield clock.due_on + DAY
        for convention in self.conventions:
            yield from (convention.first, convention.until)
            if convention.due_on:
                yield convention.due_on + DAY

    def _waits(self, one: Companion, as_of: dt.date) -> bool:
        still_open = one.closed_on is None or one.closed_on > as_of
        return still_open and one.kind == Case.Kind.CLAIMANT and all(each.on > as_of for each in self.others[one.pk])

    def _runs(self, clock: ClockFact, as_of: dt.date) -> bool:
        if clock.started_on > as_of or (clock.met_on and clock.met_on <= as_of):
            return False
        if clock.ended_on is None or clock.ended_on > as_of:
            return True
        case = self.case
        handed_over = case.closing == Case.Closing.TRANSFERRED and clock.ended_on == case.closed_on and clock.governs
        return handed_over or any(
            step.event == "closed_before_answer" and step.on == clock.ended_on for step in case.steps
        )


def load(cases: Mapping[int, CaseFacts]) -> dict[int, VerificationFacts]:
    """The facts of some cases, by id. Two queries, and two for the law where a request arrived later than it was sent."""
    near = {pk: [one.pk for one in (*case.beside, *case.onward)] for pk, case in cases.items()}
    findings = defaultdict(list)
    rows = Finding.objects.filter(case__in={*cases, *(other for others in near.values() for other in others)})
    rows = rows.filter(on__isnull=False, withdrawn=False).order_by("on", "pk")
    for pk, on, outcome, replaced_on in rows.values_list("case", "on", "outcome", "replaced_on"):
        if on:
            findings[pk].append(FindingFact(on, outcome, replaced_on))
    clocks = defaultdict(list)
    names = ("limit", "agency", "started_on", "due_on", "met_on", "ended_on", "governs", "binding")
    for pk, *clock in Deadline.objects.filter(case__in=cases, limit__in=VERIFYING).values_list("case", *names):
        clocks[pk].append(ClockFact(*clock))
    conventions = _conventions(cases, clocks)
    return {
        pk: VerificationFacts(
            case, tuple(findings[pk]), {other: tuple(findings[other]) for other in near[pk]},
            tuple(sorted(clocks[pk], key=lambda clock: (clock.due_on is None, not clock.binding, clock.due_on or DAY.max))),
            conventions.get(pk, ()),
        )
        for pk, case in cases.items()
    }  # fmt: skip


def _conventions(
    cases: Mapping[int, CaseFacts], clocks: Mapping[int, Sequence[ClockFact]]
) -> dict[int, tuple[Convention, ...]]:
    arriving = {pk: last for pk, case in cases.items() if (last := _last_arrival(case))}
    if not arriving:
        return {}
    days, limits = DayTable.load(), LimitTable.load()
    return {pk: tuple(_convention(cases[pk], last, clocks[pk], days, limits)) for pk, last in arriving.items()}


def _last_arrival(case: CaseFacts) -> dt.date | None:
    """The last day on which a request or report arrived, where one was sent on a day before."""
    current = [step for step in case.steps if not step.replaced]
    sent = min((step.on for step in current if step.event == "request_sent"), default=None)
    last = max((step.on for step in current if step.event in ARRIVALS), default=None)
    return last if sent and last and sent < last else None


def _convention(
    case: CaseFacts, last: dt.date, clocks: Sequence[ClockFact], days: DayTable, limits: LimitTable
) -> Iterator[Convention]:
    procedure = procedures.begun_by(case.channel, case.came_on)
    events = [deadlines.RecordedEvent(step.event, step.on) for step in case.steps if step.event and not step.replaced]
    sent = min(event.on for event in events if event.event == "request_sent")
    segments = sorted({event.on for event in events if sent <= event.on < last} | {last})
    for first, until in zip(segments, segments[1:], strict=False):
        running = deadlines.running(procedure, events, as_of=first, limits=limits, days=days)
        governing = [clock for clock in running if clock.limit in VERIFYING and clock.open and clock.governs]
        if governing:
            limit, due_on = governing[-1].limit, governing[-1].due_on
            agency = next((clock.agency for clock in clocks if clock.limit == limit), None)
            yield Convention(first, until, due_on, agency)


def _overran(clock: ClockFact, found_on: dt.date) -> bool:
    """Whether the limit had run out before it was met, or ended by an answer of that day."""
    if not clock.binding or clock.due_on is None:
        return False
    kept_late = clock.met_on is not None and clock.due_on < clock.met_on <= found_on
    return kept_late or (clock.ended_on is not None and clock.ended_on > clock.due_on and clock.ended_on == found_on)
