"""Open duties of the plan that another follows: what became of each, and which agencies may take them over."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.plan import agency_plans, parties
from benan.plan import duties as duties_of
from benan.plan import queries as plans
from benan.plan.duties import AgencyDuty, ClauseDuties, DutyState
from benan.plan.models import CarriedDuty, Clause, Plan


def followed(plan: Plan) -> Plan | None:
    """The plan that a plan follows, where it was loaded: of the same province, the last one of that number before it."""
    if not plan.follows:
        return None
    earlier = Plan.objects.filter(province=plan.province, number=plan.follows, issued_on__lt=plan.issued_on)
    return earlier.exclude(pk=plan.pk).order_by("-issued_on").first()


def following(plan: Plan) -> QuerySet[Plan]:
    """The plans that follow a plan."""
    return Plan.objects.filter(province=plan.province, follows=plan.number, issued_on__gt=plan.issued_on)


def open_duties(earlier: Plan, on: dt.date) -> list[ClauseDuties]:
    """The duties of a plan that were not done, by clause."""
    rows = [
        ClauseDuties(row.clause, [duty for duty in row.duties if duty.state != DutyState.DONE])
        for row in duties_of.duties(earlier, on)
    ]
    return [row for row in rows if row.duties]


def decided(plan: Plan) -> dict[tuple[int, int], CarriedDuty]:
    """What became of duties under the plan that follows, by clause and agency (ids) of the earlier plan."""
    rows = CarriedDuty.objects.filter(plan=plan).select_related("to_clause", "to_agency", "by").order_by("pk")
    return {(row.from_clause_id, row.from_agency_id): row for row in rows}


def heirs(agency: Agency, plan: Plan, today: dt.date) -> list[Agency]:
    """Those who take over from an agency under a plan: itself, or its successors; none where it has none."""
    return parties.standing(agency, agency_plans.day_in(plan, today))


def everybody(plan: Plan, today: dt.date) -> list[Agency]:
    """Every agency that leads a clause of a plan."""
    on = agency_plans.day_in(plan, today)
    keys = dict.fromkeys(key for clause in targets(plan) for key in clause.answerable)
    return parties.whole(plan, keys, on)


def targets(plan: Plan) -> list[Clause]:
    """The clauses of a plan that ask for work: to these duties are carried over."""
    return [clause for clause in plans.clauses(plan) if duties_of.asks_for_work(clause)]


def came_from(clause: Clause) -> list[tuple[CarriedDuty, str, str]]:
    """Duties of an earlier plan that were carried over to a clause, with the names of both agencies."""
    rows = [row for row in _latest(clause.carried_from.all()) if row.to_clause_id == clause.pk]
    return _named(rows)


def went_to(clause: Clause) -> list[tuple[CarriedDuty, str, str]]:
    """What became of the duties of a clause under the plan that follows."""
    return _named(_latest(clause.carried_on.all()))


def _latest(rows: QuerySet[CarriedDuty]) -> list[CarriedDuty]:
    pairs = rows.values("plan", "from_clause", "from_agency")
    later = CarriedDuty.objects.filter(from_clause__in=[row["from_clause"] for row in pairs])
    listed = later.select_related("plan", "from_clause__plan", "from_agency", "to_clause__plan", "to_agency").order_by(
        "pk"
    )
    return list({(row.plan_id, row.from_clause_id, row.from_agency_id): row for row in listed}.values())


def _named(rows: Iterable[CarriedDuty]) -> list[tuple[CarriedDuty, str, str]]:
    listed = list(rows)
    pairs = [(row.from_agency_id, row.from_clause.plan.last_day) for row in listed]
    pairs += [(row.to_agency_id, row.plan.last_day) for row in listed if row.to_agency_id]
    names = agencies.names_by_day(pairs)
    return [
        (
            row,
            names.get((row.from_agency_id, row.from_clause.plan.last_day), ""),
            names.get((row.to_agency_id, row.plan.last_day), "") if row.to_agency_id else "",
        )
        for row in listed
    ]


def newest(plan: Plan, clause: Clause) -> int:
    """The id of the last row about the duties of a clause; 0 where there is none."""
    row = CarriedDuty.objects.filter(plan=plan, from_clause=clause).order_by("-pk").values_list("pk", flat=True).first()
    return row or 0


def open_duties_of(clause: Clause, on: dt.date) -> list[AgencyDuty]:
    """The open duties of one clause."""
    return next((row.duties for row in open_duties(clause.plan, on) if row.clause.pk == clause.pk), [])
