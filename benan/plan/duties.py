"""Duties: a clause that asks for work, and each agency that leads it; and where each stands on a day.

Read in a fixed number of statements for a whole plan, however many agencies and cases there are.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.agencies.models import Agency
from benan.core.registry import Registry
from benan.indicators import counts
from benan.plan import parties
from benan.plan import queries as plans
from benan.plan.models import Clause, ClauseKind, Plan, Progress, Recurrence

# Clauses of these kinds ask for work; the others say what it is for.
ASKING = {ClauseKind.TASK, ClauseKind.DUTY, ClauseKind.SOLUTION, ClauseKind.REPORT, ClauseKind.BUDGET}


class DutyState(StrEnum):
    """Where a duty stands on a day; the first that applies, from the most urgent."""

    LATE = "late"
    SILENT = "silent"
    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_BINDING = "not_binding"

    @property
    def label(self) -> str | Promise:
        """In words."""
        return LABELS[self]


LABELS = {
    DutyState.LATE: _("quá hạn"),
    DutyState.SILENT: _("lâu không có tiến độ"),
    DutyState.NOT_BEGUN: _("chưa bắt đầu"),
    DutyState.UNDER_WAY: _("đang thực hiện"),
    DutyState.DONE: _("đã hoàn thành"),
    DutyState.NOT_BINDING: _("chưa phải thực hiện"),
}


@dataclass(frozen=True)
class Fulfilment:
    """That an agency met a deadline of a plan on a day; `deadline` is its key and year, annual_review-2017."""

    deadline: str
    agency: int
    on: dt.date


# What other apps know of met deadlines of a plan by a day: of reports, the returns.
FULFILMENTS: Registry[Callable[[Plan, dt.date], Iterable[Fulfilment]]] = Registry()


@dataclass(frozen=True)
class AgencyDuty:
    """A duty of one agency on a day.

    `since` is the day from which it is late or silent; `last` the day of the last progress, typed or recorded by a register;
    `next_due` the next day on which something is due.
    """

    clause: Clause
    agency: Agency
    state: DutyState
    since: dt.date | None = None
    last: dt.date | None = None
    progress: Progress | None = None
    next_due: plans.PlanDueDay | None = None

    @property
    def said_last(self) -> Progress | None:
        """What somebody recorded, unless a register or a return has something of a later day."""
        return self.progress if self.progress and self.progress.on == self.last else None


@dataclass(frozen=True)
class ClauseDuties:
    """The duties that a clause gives, one for each agency that leads it."""

    clause: Clause
    duties: list[AgencyDuty] = field(default_factory=list)

    @property
    def states(self) -> Counter[DutyState]:
        """How many of the agencies stand where."""
        return Counter(duty.state for duty in self.duties)

    @property
    def state(self) -> DutyState:
        """The most urgent state among its agencies."""
        return min((duty.state for duty in self.duties), key=list(DutyState).index, default=DutyState.NOT_BINDING)

    @property
    def last(self) -> dt.date | None:
        """The last day on which one of them recorded something."""
        return max((duty.last for duty in self.duties if duty.last), default=None)


def asks_for_work(clause: Clause) -> bool:
    """Whether a clause gives duties."""
    return bool(ASKING & {ClauseKind(kind) for kind in clause.kinds})


def duties(plan: Plan, on: dt.date, *, agency: Agency | None = None) -> list[ClauseDuties]:
    """The duties of a plan by clause in its order, as of a day; with `agency`, those of one."""
    on = min(on, plan.last_day)
    clauses = [clause for clause in plans.remembered_clauses(plan) if asks_for_work(clause)]
    facts = _facts(plan, clauses, on)
    found = []
    for clause in clauses:
        holders = parties.whole(plan, clause.answerable, on)
        wanted = [each for each in holders if agency is None or each.pk == agency.pk]
        if wanted:
            found.append(ClauseDuties(clause, [_duty(plan, clause, each, on, facts) for each in wanted]))
    return found


@dataclass(frozen=True)
class _Facts:
    """What is known of the duties of a plan on a day."""

    newest: Mapping[tuple[int, int], Progress]
    met: Mapping[tuple[str, int], dt.date]
    registers: Mapping[str, dt.date]
    dues: Mapping[int, list[plans.PlanDueDay]]
    members: Mapping[str, frozenset[int]]


def _facts(plan: Plan, clauses: Sequence[Clause], on: dt.date) -> _Facts:
    newest = {(row.clause_id, row.agency_id): row for row in _newest(plan, on)}
    met = met_deadlines(plan, on)
    registers = counts.last_days({key for clause in clauses for key in clause.registers}, on)
    dues: dict[int, list[plans.PlanDueDay]] = defaultdict(list)
    for due in plans.every_due_day(plan):
        dues[due.clause.pk].append(due)
    keys = {key for listed in dues.values() for due in listed for key in due.keys}
    members = {key: frozenset(row.pk for row in parties.members(plan, key, on)) for key in keys}
    return _Facts(newest, met, registers, dues, members)


def met_deadlines(plan: Plan, on: dt.date) -> dict[tuple[str, int], dt.date]:
    """Which deadlines (key and year) which agencies (ids) had met by a day, and when."""
    said = _standing(plan, on).exclude(deadline="").values_list("deadline", "agency", "on")
    met = {(deadline, agency): day for deadline, agency, day in said}
    for contributed in FULFILMENTS:
        met |= {(each.deadline, each.agency): each.on for each in contributed(plan, on)}
    return met


def _standing(plan: Plan, on: dt.date) -> QuerySet[Progress]:
    return Progress.objects.filter(clause__plan=plan, on__lte=on, set_aside_by=None)


def _newest(plan: Plan, on: dt.date) -> list[Progress]:
    place = Window(RowNumber(), partition_by=[F("clause"), F("agency")], order_by=[F("on").desc(), F("pk").desc()])
    return list(_standing(plan, on).annotate(place=place).filter(Q(place=1)))


def _duty(plan: Plan, clause: Clause, agency: Agency, on: dt.date, facts: _Facts) -> AgencyDuty:
    progress = facts.newest.get((clause.pk, agency.pk))
    own = [due for due in facts.dues.get(clause.pk, ()) if any(agency.pk in facts.members[key] for key in due.keys)]
    met = {due: facts.met.get((plans.deadline_key(due.key, due.year), agency.pk)) for due in own}
    recorded = [facts.registers.get(key) for key in clause.registers]
    last = max((day for day in (*recorded, *met.values(), progress and progress.on) if day), default=None)
    unmet = [due for due, day in met.items() if day is None]
    late = next((due.on for due in unmet if due.on < on), None)
    silent = last if last and not own and (on - last).days > plan.silent_after else None
    if not clause.condition_met(on):
        state = DutyState.NOT_BINDING
    elif late:
        state = DutyState.LATE
    elif (own and not unmet) or (progress and _still_done(clause, progress, on)):
        state = DutyState.DONE
    elif silent:
        state = DutyState.SILENT
    else:
        state = DutyState.UNDER_WAY if last else DutyState.NOT_BEGUN
    since = {DutyState.LATE: late, DutyState.SILENT: silent}.get(state)
    coming = next((due for due in unmet if due.on >= on), None)
    return AgencyDuty(clause, agency, state, since, last, progress, coming)


def _still_done(clause: Clause, progress: Progress, on: dt.date) -> bool:
    """Whether a duty was done, and that stands for the day: of a yearly duty, for the year in which it was done."""
    if progress.state != Progress.State.DONE:
        return False
    return clause.recurs == Recurrence.ONCE or (clause.recurs == Recurrence.YEARLY and progress.on.year == on.year)


def by_agency(found: Iterable[ClauseDuties]) -> dict[Agency, list[AgencyDuty]]:
    """The same duties by agency."""
    rows: dict[Agency, list[AgencyDuty]] = defaultdict(list)
    for clause in found:
        for duty in clause.duties:
            rows[duty.agency].append(duty)
    return dict(rows)
