"""The plan as pages, reports and commands read it."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from benan.core.reference import remembered
from benan.places.queries import HOME
from benan.plan.models import AgencyKey, Clause, ClauseAgency, ClauseKind, Plan, PlanDeadline, Section


class PlanDueDay(NamedTuple):
    """A deadline of a plan in one year: the last day in time, and the rule."""

    on: dt.date
    deadline: PlanDeadline


def plans() -> QuerySet[Plan]:
    """Every plan that was loaded, the latest period first; old ones stay readable."""
    return Plan.objects.all()


@remembered
def current(day: dt.date, province: str = HOME) -> Plan | None:
    """The plan of a province in whose period a day lies, if there is one."""
    return Plan.objects.filter(province=province, period__contains=day).first()


@remembered
def latest(day: dt.date, province: str = HOME) -> Plan | None:
    """The plan of a province in force on a day, or the last one that had begun by then."""
    return Plan.objects.filter(province=province, period__startswith__lte=day).order_by("-period").first()


def coming(day: dt.date, province: str = HOME) -> Plan | None:
    """The next plan of a province that begins after a day."""
    return Plan.objects.filter(province=province, period__startswith__gt=day).order_by("period").first()


def clauses(plan: Plan, kind: ClauseKind | None = None) -> QuerySet[Clause]:
    """The clauses of a plan in its order, or those of one kind, with agencies, deadlines and what they serve."""
    rows = plan.clauses.select_related("plan", "section").prefetch_related("agencies", "deadlines", "serves")
    return rows.filter(kinds__contains=[kind]) if kind else rows


def clause(plan: Plan, number: str) -> Clause:
    """One clause by its number, "VI.1". Raises Clause.DoesNotExist."""
    return clauses(plan).get(number=number)


def outline(plan: Plan) -> list[tuple[Section, list[Clause]]]:
    """The whole plan in its order: each heading with the clauses directly under it."""
    under: dict[int, list[Clause]] = {}
    for row in clauses(plan):
        under.setdefault(row.section_id, []).append(row)
    return [(section, under.get(section.pk, [])) for section in plan.sections.all()]


def led_by(plan: Plan, *agencies: str) -> QuerySet[Clause]:
    """The clauses that any of these keys answers for.

    Give an agency's own key and those of its groups ("districts", "police_communes" …). What "all" leads is
    led by everyone; what nobody leads is answered for by the agency that follows up the plan.
    """
    leads = ClauseAgency.objects.filter(clause=OuterRef("pk"), part=ClauseAgency.Part.LEAD)
    answers = Q(Exists(leads.filter(agency__in=[*agencies, AgencyKey.ALL])))
    if plan.follow_up in agencies:
        answers |= ~Q(Exists(leads))
    return clauses(plan).filter(answers)


def clauses_serving(target: Clause) -> QuerySet[Clause]:
    """The clauses that serve an objective or an indicator."""
    return clauses(target.plan).filter(serves=target)


def serving_pairs(plan: Plan) -> QuerySet[Any, tuple[int, int]]:
    """Which clause of a plan serves which objective or indicator, as pairs of ids."""
    pairs = Clause.serves.through.objects.filter(from_clause__plan=plan)
    return pairs.values_list("from_clause", "to_clause")


def due_days(plan: Plan, since: dt.date, until: dt.date) -> list[PlanDueDay]:
    """What falls due in a plan from one day to another, both included, by day.

    Nothing falls due under a clause whose condition is not met by then.
    """
    rules = PlanDeadline.objects.filter(clause__plan=plan).select_related("clause__plan", "clause__section")
    dues = [
        PlanDueDay(rule.due_in(year), rule) for rule in rules for year in range(rule.first_year, rule.last_year + 1)
    ]
    wanted = [due for due in dues if since <= due.on <= until and due.deadline.clause.condition_met(due.on)]
    return sorted(wanted, key=lambda due: (due.on, due.deadline.clause.order))
