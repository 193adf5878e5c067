"""The plan as pages, reports and commands read it."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from benan.agencies.models import Agency
from benan.core.days import due_words
from benan.core.reference import remembered
from benan.places.queries import HOME
from benan.plan.models import (
    AgencyGroup,
    Clause,
    ClauseAgency,
    ClauseKind,
    Plan,
    PlanDeadline,
    Progress,
    ReportRule,
    Section,
)


class PlanDueDay(NamedTuple):
    """What falls due in a plan in one year: the last day in time, the rule's key, what, under which clause, for whom.

    `keys` are those of agencies and groups, as the plan names them. `within_year`: the plan names the year alone.
    """

    on: dt.date
    key: str
    year: int
    what: str
    clause: Clause
    keys: tuple[str, ...]
    within_year: bool = False

    @property
    def due_words(self) -> str:
        """By when, in words."""
        return due_words(self.on, within_year=self.within_year)


def by_slug(slug: str) -> Plan:
    """A plan by its part of an address. Raises Plan.DoesNotExist."""
    return Plan.objects.get(slug=slug)


def deadline_key(key: str, year: int) -> str:
    """A deadline in one year: annual_review-2017."""
    return f"{key}-{year}"


def plans() -> QuerySet[Plan]:
    """Every plan that was loaded, the latest period first; old ones stay readable."""
    return Plan.objects.all()


@remembered
def overlapping(first: dt.date, last: dt.date) -> tuple[Plan, ...]:
    """The plans of this province in whose period any day lies from a first to one before the last, the latest first."""
    return tuple(Plan.objects.filter(province=HOME, period__overlap=(first, last)))


@remembered
def set_deadlines(plan: int) -> frozenset[tuple[int, str]]:
    """The clause (id) and key of each deadline that a plan (id) sets besides those of its reports."""
    return frozenset(PlanDeadline.objects.filter(clause__plan=plan).values_list("clause", "key"))


@remembered
def current(day: dt.date, province: str = HOME) -> Plan | None:
    """The plan of a province in whose period a day lies, if there is one; of several the last that began."""
    running = Plan.objects.filter(province=province, period__contains=day)
    return running.order_by("-period__startswith", "-issued_on").first()


@remembered
def latest(day: dt.date, province: str = HOME) -> Plan | None:
    """The plan of a province in force on a day, or the last one that had begun by then."""
    begun = Plan.objects.filter(province=province, period__startswith__lte=day)
    return current(day, province) or begun.order_by("-period__endswith", "-issued_on").first()


def is_counted(plan: Plan, day: dt.date) -> bool:
    """Whether a plan has figures on a day: it is the province's own, and has begun."""
    return plan.province == HOME and plan.period.lower <= day


def coming(day: dt.date, province: str = HOME) -> Plan | None:
    """The next plan of a province that begins after a day."""
    return Plan.objects.filter(province=province, period__startswith__gt=day).order_by("period").first()


def clauses(plan: Plan, kind: ClauseKind | None = None) -> QuerySet[Clause]:
    """The clauses of a plan in its order, or those of one kind, with agencies, deadlines and what they serve."""
    rows = plan.clauses.select_related("plan", "section").prefetch_related("agencies", "deadlines", "serves")
    return rows.filter(kinds__contains=[kind]) if kind else rows


def remembered_clauses(plan: Plan) -> tuple[Clause, ...]:
    """The same, all of them, as this process knows them; nobody may change them."""
    return _clauses(plan.pk)


@remembered
def _clauses(plan_id: int) -> tuple[Clause, ...]:
    return tuple(clauses(Plan.objects.get(pk=plan_id)))


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
    answers = Q(Exists(leads.filter(agency__in=[*agencies, AgencyGroup.ALL])))
    if plan.follow_up in agencies:
        answers |= ~Q(Exists(leads))
    return clauses(plan).filter(answers)


def clauses_serving(target: Clause) -> QuerySet[Clause]:
    """The clauses that serve an objective or an indicator."""
    return clauses(target.plan).filter(serves=target)


def serving_pairs(plan: Plan) -> list[tuple[int, int]]:
    """Which clause of a plan serves which objective or indicator, as pairs of ids."""
    return [(clause.pk, target.pk) for clause in remembered_clauses(plan) for target in clause.serves.all()]


def open_deadlines(clause: Clause, agency: Agency) -> dict[str, str]:
    """The deadlines of a clause that an agency has not said to have met, in words, by key and year."""
    met = set(
        Progress.objects.filter(clause=clause, agency=agency, set_aside_by=None).values_list("deadline", flat=True)
    )
    return {
        key: f"{rule.what}, {rule.due_words(year)}"
        for rule in clause.deadlines.all()
        for year in rule.years
        if (key := deadline_key(rule.key, year)) not in met
    }


AFTERWARDS = dt.timedelta(days=366)  # in which the last reports of a plan may still fall due


def every_due_day(plan: Plan) -> list[PlanDueDay]:
    """Everything that falls due in a plan, its last reports included, by day."""
    return due_days(plan, plan.period.lower, plan.last_day + AFTERWARDS)


def due_days(plan: Plan, since: dt.date, until: dt.date) -> list[PlanDueDay]:
    """What falls due in a plan from one day to another, both included, by day: deadlines, reports, consolidations.

    Nothing falls due under a clause whose condition is not met by then.
    """
    return [due for due in _due_days(plan.pk) if since <= due.on <= until and due.clause.condition_met(due.on)]


@remembered
def _due_days(plan_id: int) -> list[PlanDueDay]:
    rows = Clause.objects.filter(plan=plan_id).select_related("plan", "section").prefetch_related("agencies")
    every = {row.number: row for row in rows}
    deadlines = PlanDeadline.objects.filter(clause__plan=plan_id).select_related("clause")
    found = [
        PlanDueDay(rule.due_in(year), rule.key, year, rule.what, row, tuple(row.answerable), rule.within_year)
        for rule in deadlines
        for row in [every[rule.clause.number]]
        for year in rule.years
    ]
    for report in ReportRule.objects.filter(clause__plan=plan_id).select_related("clause"):
        for year in report.years:
            what = _("Báo cáo kết quả %(period)s") % {"period": report.name_in(year)}
            row = every[report.clause.number]
            due, givers = report.due_in(year), tuple(report.givers)
            found.append(PlanDueDay(due, report.key, year, what, row, givers, report.within_year))
            if consolidated_on := report.consolidated_in(year):
                what = _("Báo cáo tổng hợp %(period)s") % {"period": report.name_in(year)}
                row = every[report.consolidation["clause"]]
                key = f"tong-hop-{report.key}"
                found.append(PlanDueDay(consolidated_on, key, year, what, row, (report.consolidation["by"],)))
    return sorted(found, key=lambda due: (due.on, due.clause.order))
