"""Reads for the pages that show how far a plan is: by clause, by agency, by time, by area."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.figures import measure
from benan.core.registry import Registry
from benan.documents.models import StoredFile
from benan.places import queries as places
from benan.plan import carrying, parties, policy, speech
from benan.plan import duties as duties_of
from benan.plan import queries as plans
from benan.plan.duties import ClauseDuties, DutyState
from benan.plan.models import Clause, Plan, PriorityArea, Progress, TypedFigure
from benan.plan.models.plans import YearlyDay
from benan.plan.serving import citation, cited_by, pages_open_to

URGENT = (DutyState.LATE, DutyState.SILENT)
# Panels of the page of an agency, contributed by apps above: (user, plan, agency, day) → template and what it shows.
AgencyPanel = tuple[str, dict[str, Any]]
AGENCY_PANELS: Registry[Any] = Registry()
SQUARES = {
    DutyState.LATE: "late", DutyState.SILENT: "soon", DutyState.NOT_BEGUN: "later", DutyState.UNDER_WAY: "going",
    DutyState.DONE: "done", DutyState.NOT_BINDING: "none",
}  # fmt: skip


def duties_overview(plan: Plan, on: dt.date) -> dict[str, Any]:
    """How far the duties of a plan are: as a sentence, by objective, by agency."""
    found = duties_of.duties(plan, on)
    states = {row.clause.pk: row.state for row in found}
    serving: dict[int, list[DutyState]] = defaultdict(list)
    for clause, objective in plans.serving_pairs(plan):
        if clause in states:
            serving[objective].append(states[clause])
    return {
        "states": Counter(states.values()),
        "duties_sentence": speech.duties(Counter(states.values())),
        "states_by_objective": {key: sorted(rows, key=list(DutyState).index) for key, rows in serving.items()},
        "offices": _offices(found, on)[:8],
        "more_offices": max(0, len(duties_of.by_agency(found)) - 8),
    }


def objective_rows(objectives: Iterable[Clause], states: dict[int, list[DutyState]]) -> list[dict[str, Any]]:
    """Objectives with their duties as squares, and the same in words."""
    return [
        {
            "clause": objective,
            "states": [SQUARES[state] for state in states.get(objective.pk, ())],
            "words": speech.states(Counter(states.get(objective.pk, ()))),
        }
        for objective in objectives
    ]


def clauses_page(user: User, plan: Plan, today: dt.date) -> dict[str, Any]:
    """The whole plan in its order, each clause beside what was done, and the duties of one's own agencies first."""
    found = {row.clause.pk: row for row in duties_of.duties(plan, today)}
    own = {agency.pk for seat in user.seats for agency in [seat.agency]}
    progress = _progress_of(plan, today)
    outline = [
        (section, [_line(clause, found.get(clause.pk), progress) for clause in clauses])
        for section, clauses in plans.outline(plan)
    ]
    mine = [row for row in found.values() if any(duty.agency.pk in own for duty in row.duties)]
    return {
        "plan": plan,
        "plans": plans.plans(),
        "outline": outline,
        "sentence": speech.duties(Counter(row.state for row in found.values())),
        "own": [_line(row.clause, row, progress) for row in mine],
        "cited": cited_by(plan, "plan:clauses"),
    }


def clause_page(user: User, clause: Clause, today: dt.date) -> dict[str, Any]:
    """One clause of a plan: its words, who answers, by when, what each has done, and what it serves."""
    plan, on = clause.plan, min(today, clause.plan.last_day)
    (row,) = [one for one in duties_of.duties(plan, today) if one.clause.pk == clause.pk] or [ClauseDuties(clause)]
    rows = Progress.objects.filter(clause=clause, set_aside_by=None).select_related("agency", "by")
    for_user = policy.agencies_for(user, P.WORK_RECORD, today)
    may = {office.pk for office in for_user if policy.takes_part(clause, office, on)}
    listed = list(rows[:40])
    files = _evidence(user, listed)
    names = agencies.names({duty.agency.pk for duty in row.duties} | {one.agency_id for one in listed} | may, on)
    typed = TypedFigure.objects.filter(clause=clause).select_related("agency")[:20]
    return {
        "plan": plan,
        "clause": clause,
        "state": speech.agencies_at(row.states) if row.duties else "",
        "duties": [(names.get(duty.agency.pk, ""), duty) for duty in row.duties],
        "progress": [(names.get(one.agency_id, ""), one, files.get(one.pk, ())) for one in listed],
        "more_progress": rows.count() - len(listed),
        "offices": [(office, names.get(office.pk, "")) for office in for_user if office.pk in may],
        "uncounted": bool(clause.measure) and measure(clause.measure) is None,
        "typed": [(agencies.names([one.agency_id], one.last).get(one.agency_id, ""), one) for one in typed],
        "money": sum(one.money or 0 for one in rows),
        "came_from": carrying.came_from(clause),
        "went_to": carrying.went_to(clause),
        "pages": pages_open_to(user, clause),
        "answerable": _with_ground(clause, clause.answerable, on),
        "named": bool(clause.leads),
        "cooperating": _with_ground(clause, clause.cooperating, on),
        "deadlines": _deadlines(clause),
        "serves": list(clause.serves.all()),
        "served_by": list(plans.clauses_serving(clause)),
        "cited": citation(plan, clause.number),
    }


def agencies_page(user: User, plan: Plan, today: dt.date) -> dict[str, Any]:
    """Every agency with duties, and how many of them stand where."""
    found = duties_of.duties(plan, today)
    return {
        "plan": plan,
        "offices": _offices(found, today),
        "sentence": speech.duties(Counter(row.state for row in found)),
        "cited": cited_by(plan, "plan:agencies"),
    }


def agency_page(user: User, plan: Plan, agency: Agency, today: dt.date) -> dict[str, Any]:
    """The duties of one agency, the most urgent first, and where it works together with others."""
    on = min(today, plan.last_day)
    found = duties_of.duties(plan, today, agency=agency)
    rows = sorted((row.duties[0] for row in found), key=lambda duty: list(DutyState).index(duty.state))
    keys = set(parties.keys_of(agency))
    cooperating = [clause for clause in plans.clauses(plan) if keys.intersection(clause.cooperating)]
    return {
        "plan": plan,
        "agency": agency,
        "name": agencies.names([agency.pk], on).get(agency.pk, agency.key),
        "duties": rows,
        "states": speech.states(Counter(duty.state for duty in rows)),
        "cooperating": cooperating,
        "may_record": policy.agencies_for(user, P.WORK_RECORD, today).filter(pk=agency.pk).exists(),
        "requested": agency.key in plan.requested,
        "panels": [panel(user, plan, agency, today) for panel in AGENCY_PANELS],
        "cited": cited_by(plan, "plan:agencies"),
    }


def timeline_page(plan: Plan, today: dt.date) -> dict[str, Any]:
    """What is due when, by year, with who has to do it, and what was recorded in each year."""
    years: dict[int, list[dict[str, Any]]] = defaultdict(list)
    met = duties_of.met_deadlines(plan, today)
    for due in plans.every_due_day(plan):
        whose = parties.whole(plan, due.keys, min(due.on, today, plan.last_day))
        deadline = plans.deadline_key(due.key, due.year)
        days = [met[deadline, agency.pk] for agency in whose if (deadline, agency.pk) in met]
        years[due.on.year].append({
            "due": due, "names": parties.names(due.keys, min(today, plan.last_day)), "past": due.on < today,
            "met": len(days), "late": sum(day > due.on for day in days), "of": len(whose),
        })  # fmt: skip
    recorded = Progress.objects.filter(clause__plan=plan, set_aside_by=None).values_list("on__year")
    counts = {year: (many, money or 0) for year, many, money in recorded.annotate(Count("pk"), Sum("money")).order_by()}
    span = sorted({*range(plan.period.lower.year, plan.last_day.year + 1), *years, *counts})
    return {
        "plan": plan,
        "today": today,
        "years": [(year, years.get(year, []), *counts.get(year, (0, 0))) for year in span],
        "cited": cited_by(plan, "plan:timeline"),
    }


def areas_page(user: User, plan: Plan, today: dt.date) -> dict[str, Any]:
    """The places to which a plan gives priority, by reason, and what the agencies of those places recorded."""
    marked = list(PriorityArea.objects.filter(plan=plan))
    running = [area for area in marked if area.until is None or area.until >= today]
    days = places.last_read({area.unit_code for area in marked}, today)
    names = places.paths(days.items())
    recorded = Progress.objects.filter(clause__plan=plan, set_aside_by=None).values_list("agency__unit_code")
    by_unit = dict(recorded.annotate(Count("pk")).order_by())
    counts = {
        area.unit_code: sum(by_unit.get(unit, 0) for unit in _units_about(area.unit_code, today)) for area in running
    }
    rows = [
        (names[area.unit_code, days[area.unit_code]], area, counts.get(area.unit_code, 0))
        for area in sorted(running, key=lambda area: (area.why, area.unit_code))
    ]
    return {
        "plan": plan,
        "areas": rows,
        "ended": [(names[area.unit_code, days[area.unit_code]], area) for area in marked if area not in running],
        "may_mark": any(
            P.RETURNS_MANAGE in seat.rights.permissions
            and seat.agency_id in {office.pk for office in parties.members(plan, plan.follow_up, today)}
            for seat in user.seats
        ),
        "cited": cited_by(plan, "plan:areas"),
    }


def _units_about(code: str, on: dt.date) -> set[str]:
    """A place, what lies in it, and the district in which it lies."""
    return {code, *places.within(code, on), places.district_of(code, on)} - {""}


def _evidence(user: User, rows: Sequence[Progress]) -> dict[int, list[StoredFile]]:
    """The evidence that a user may read, by line of progress."""
    pairs = list(Progress.files.through.objects.filter(progress__in=rows).values_list("progress", "storedfile"))
    files = StoredFile.objects.visible_to(user).in_bulk([file for _row, file in pairs]) if pairs else {}
    found: dict[int, list[StoredFile]] = defaultdict(list)
    for row, file in pairs:
        if file in files:
            found[row].append(files[file])
    return dict(found)


def _line(clause: Clause, row: ClauseDuties | None, progress: dict[int, tuple[int, int]]) -> dict[str, Any]:
    """A clause in a list: its state, who leads, the last day, how many lines of progress, and what was spent."""
    many, money = progress.get(clause.pk, (0, 0))
    late = [duty for duty in row.duties if duty.state in URGENT] if row else []
    return {
        "clause": clause,
        "state": row.state if row else None,
        "square": SQUARES[row.state] if row else "",
        "since": min((duty.since for duty in late if duty.since), default=None),
        "urgent": len(late),
        "of": len(row.duties) if row else 0,
        "last": row.last if row else None,
        "progress": many,
        "money": money,
    }


def _progress_of(plan: Plan, on: dt.date) -> dict[int, tuple[int, int]]:
    rows = Progress.objects.filter(clause__plan=plan, set_aside_by=None, on__lte=on).order_by()
    found = rows.values_list("clause").annotate(Count("pk"), Sum("money"))
    return {clause: (many, money or 0) for clause, many, money in found}


def _offices(found: Sequence[ClauseDuties], on: dt.date) -> list[tuple[Agency, str, str, str]]:
    """Each agency with its name, where its duties stand in words, and the sign of the most urgent ("" where none is late or
    silent); those with the most late ones first, then with the most silent ones."""
    rows = duties_of.by_agency(found)
    names = agencies.names({agency.pk for agency in rows}, on)
    states = {agency: Counter(duty.state for duty in duties) for agency, duties in rows.items()}
    order = sorted(states, key=lambda agency: [-states[agency][state] for state in URGENT])
    return [
        (agency, names.get(agency.pk, ""), speech.states(states[agency]), _sign(states[agency])) for agency in order
    ]


def _sign(states: Counter[DutyState]) -> str:
    return next((f"duty-{SQUARES[state]}" for state in URGENT if states[state]), "")


def _with_ground(clause: Clause, keys: Sequence[str], on: dt.date) -> list[tuple[str, list[str]]]:
    """What some keys of a clause are called, each with the clauses from which its part was read."""
    return [(parties.name(key, on), clause.read_from.get(key, [])) for key in keys]


def _deadlines(clause: Clause) -> list[tuple[str, list[dt.date], str]]:
    """What is due under a clause, each with its days, or with words where the plan names years alone."""
    found = [(rule.what, *_days(rule)) for rule in clause.deadlines.all()]
    for rule in clause.reports.all():
        words = _("Báo cáo %(name)s") % {"name": rule.name.replace(" {year}", "").replace("{year}", "")}
        found.append((words, *_days(rule)))
    return found


def _days(rule: YearlyDay) -> tuple[list[dt.date], str]:
    if rule.within_year:
        return [], "; ".join(rule.due_words(year) for year in rule.years)
    return [rule.due_in(year) for year in rule.years], ""
