"""The plans of agencies as pages read them: which there are, how far their activities are, which duties they leave out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.agencies.models import Agency
from benan.plan import duties as duties_of
from benan.plan import parties
from benan.plan import queries as plans
from benan.plan.models import Activity, AgencyPlan, Clause, Plan, Progress


class ActivityState(StrEnum):
    """How far an activity is on a day."""

    LATE = "late"
    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"

    @property
    def label(self) -> str | Promise:
        """In words."""
        return LABELS[self]


LABELS = {
    ActivityState.LATE: _("quá ngày"),
    ActivityState.NOT_BEGUN: _("chưa bắt đầu"),
    ActivityState.UNDER_WAY: _("đang thực hiện"),
    ActivityState.DONE: _("đã hoàn thành"),
}


@dataclass(frozen=True)
class ActivityLine:
    """An activity and where it stands; `place` is its number among those of its plan under the same clause, 0 where nobody asked."""

    activity: Activity
    state: ActivityState
    place: int = 0


@dataclass
class AgencyRow:
    """An agency with duties under a plan: its plan for a year, and the clauses it leads that this has no activity for."""

    agency: Agency
    leads: list[Clause]
    agency_plan: AgencyPlan | None = None
    activities: list[Activity] = field(default_factory=list)
    pending: AgencyPlan | None = None

    @property
    def uncovered(self) -> list[Clause]:
        """The clauses it leads without an activity."""
        planned = {each.clause_id for each in self.activities}
        return [clause for clause in self.leads if clause.pk not in planned]

    @property
    def money(self) -> int:
        """What is planned to be spent, in đồng."""
        return sum(each.money or 0 for each in self.activities)


def day_in(plan: Plan, day: dt.date) -> dt.date:
    """A day, or the first or last one of the plan where it lies outside."""
    return min(max(day, plan.period.lower), plan.last_day)


def years(plan: Plan) -> range:
    """The years of a plan."""
    return range(plan.period.lower.year, plan.last_day.year + 1)


def versions(plan: Plan, agency: Agency, year: int | None) -> QuerySet[AgencyPlan]:
    """The versions of an agency's plan for a year, or for the whole period; the latest first."""
    rows = AgencyPlan.objects.filter(plan=plan, agency=agency, year=year).order_by("-version")
    return rows.select_related("plan", "agency")


def approved(plan: Plan, agency: Agency, year: int | None) -> AgencyPlan | None:
    """The version of an agency's plan that is in force."""
    return versions(plan, agency, year).filter(state=AgencyPlan.State.APPROVED).first()


def in_force(agencies: Iterable[int]) -> QuerySet[AgencyPlan]:
    """The versions in force of all plans of some agencies (ids)."""
    every = AgencyPlan.objects.filter(agency__in=agencies, state=AgencyPlan.State.APPROVED)
    return every.order_by("plan_id", "agency_id", "year", "-version").distinct("plan_id", "agency_id", "year")


def clauses_for(plan: Plan, agency: Agency, day: dt.date) -> list[Clause]:
    """The clauses that give an agency a part, as lead or in cooperation."""
    on = day_in(plan, day)
    found = [(clause, [*clause.answerable, *clause.cooperating]) for clause in plans.clauses(plan)]
    return [clause for clause, keys in found if agency in parties.whole(plan, keys, on)]


def has_part(plan: Plan, agency: Agency, day: dt.date) -> bool:
    """Whether any clause gives an agency a part."""
    keys = {key for clause in plans.clauses(plan) for key in (*clause.answerable, *clause.cooperating)}
    return any(agency in parties.members(plan, key, day_in(plan, day)) for key in keys)


def leads(plan: Plan, agency: Agency, day: dt.date) -> list[Clause]:
    """The clauses that ask an agency for work."""
    return [row.clause for row in duties_of.duties(plan, day_in(plan, day), agency=agency)]


def lines(activities: Sequence[Activity], on: dt.date) -> list[ActivityLine]:
    """Activities with where each stands on a day, by the latest progress that names it in whatever version."""
    roots = {each.identity for each in activities}
    rows = Progress.objects.filter(set_aside_by=None, on__lte=on, activity__isnull=False)
    rows = rows.filter(activity__in=_of_roots(roots)).select_related("activity").order_by("on", "pk")
    newest = {row.activity.identity: row.state for row in rows if row.activity}
    return [ActivityLine(each, _state(each, newest.get(each.identity), on)) for each in activities]


def open_activities(clause: Clause, agency: Agency, on: dt.date) -> list[Activity]:
    """What an agency still has to do of a clause by its plans in force of the whole period and of the years begun by a day."""
    begun = Q(agency_plan__year=None) | Q(agency_plan__year__lte=on.year)
    rows = Activity.objects.filter(begun, agency_plan__in=in_force([agency.pk]), clause=clause)
    return [line.activity for line in lines(list(rows), on) if line.state != ActivityState.DONE]


def ending_within(agencies: Iterable[int], first: dt.date, last: dt.date) -> list[ActivityLine]:
    """The activities of the plans in force of some agencies (ids) that end within some days, and where each stands on the last
    of these; `place` counts those of a plan under the same clause. In two statements, however many there are."""
    own = Activity.objects.filter(agency_plan=OuterRef("agency_plan"), clause=OuterRef("clause"))
    before = own.filter(Q(order__lt=OuterRef("order")) | Q(order=OuterRef("order"), pk__lte=OuterRef("pk")))
    place = Subquery(before.order_by().values("clause").annotate(many=Count("pk")).values("many"))
    found = Activity.objects.filter(agency_plan__in=in_force(agencies), last__range=(first, last)).annotate(place=place)
    listed = list(found.select_related("clause", "agency_plan__plan", "agency_plan__agency").order_by("last", "pk"))
    places = {each.pk: each.place for each in listed}
    return [replace(line, place=places[line.activity.pk]) for line in lines(listed, last)]


def rows(plan: Plan, year: int | None, on: dt.date) -> list[AgencyRow]:
    """Every agency with duties under a plan, with its plan for a year (or else for the whole period): the one in force, and
    beside it a later version that is not approved; or else the latest."""
    by_agency = duties_of.by_agency(duties_of.duties(plan, _in_year(plan, year, on)))
    found = {agency.pk: AgencyRow(agency, [each.clause for each in listed]) for agency, listed in by_agency.items()}
    wanted = {year, None}
    kept = [each for each in AgencyPlan.objects.filter(plan=plan).order_by("version") if each.year in wanted]
    for each in sorted(kept, key=lambda one: one.year is not None):  # that of the year stands before that of the period
        row = found.get(each.agency_id)
        if row is None:
            continue
        in_force = row.agency_plan
        approved_one = in_force is not None and in_force.state == AgencyPlan.State.APPROVED
        if approved_one and in_force is not None and in_force.year == each.year and each.state != in_force.state:
            row.pending = each  # a version that is not approved replaces nothing yet
        else:
            row.agency_plan, row.pending = each, None
    shown = {row.agency_plan.pk: row for row in found.values() if row.agency_plan}
    for activity in Activity.objects.filter(agency_plan__in=shown).select_related("clause"):
        shown[activity.agency_plan_id].activities.append(activity)
    return list(found.values())


def _in_year(plan: Plan, year: int | None, on: dt.date) -> dt.date:
    day = day_in(plan, on)
    return day_in(plan, dt.date(year, 12, 31)) if year and year < day.year else day


def by_clause(listed: Iterable[AgencyRow]) -> dict[Clause, list[tuple[AgencyRow, list[Activity]]]]:
    """Which agencies plan what under each clause, in the order of the plan."""
    found: dict[Clause, list[tuple[AgencyRow, list[Activity]]]] = defaultdict(list)
    for row in listed:
        own: dict[Clause, list[Activity]] = defaultdict(list)
        for activity in row.activities:
            own[activity.clause].append(activity)
        for clause, activities in own.items():
            found[clause].append((row, activities))
    return dict(sorted(found.items(), key=lambda each: each[0].order))


def _of_roots(roots: Iterable[int]) -> QuerySet[Activity]:
    own = Activity.objects.filter(pk__in=roots)
    return own | Activity.objects.filter(root__in=roots)


def _state(activity: Activity, progress: str | None, on: dt.date) -> ActivityState:
    if progress == Progress.State.DONE:
        return ActivityState.DONE
    if activity.last < on:
        return ActivityState.LATE
    return ActivityState.UNDER_WAY if progress else ActivityState.NOT_BEGUN
