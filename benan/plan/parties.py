"""Which agencies the keys of a plan stand for on a day, and what these are called."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.core.reference import remembered
from benan.places.queries import HOME
from benan.plan.models import AgencyGroup, ClauseAgency, Plan

# The groups to which an agency belongs by its kind.
GROUPS = {
    AgencyGroup.DISTRICTS: AgencyKind.DISTRICT,
    AgencyGroup.COMMUNES: AgencyKind.COMMUNE,
    AgencyGroup.LABOUR_OFFICES: AgencyKind.LABOUR_OFFICE,
    AgencyGroup.POLICE_DISTRICTS: AgencyKind.POLICE_DISTRICT,
    AgencyGroup.POLICE_COMMUNES: AgencyKind.POLICE_COMMUNE,
}
# Whose task a return is to draft for those of a group: the office of the same unit.
DRAFTERS = {AgencyKind.DISTRICT: AgencyKind.LABOUR_OFFICE}


def keys_of(agency: Agency) -> list[str]:
    """The keys by which a plan calls an agency: its own, those of its predecessors, and those of its groups."""
    groups = [key.value for key, kind in GROUPS.items() if agency.kind == kind]
    return [agency.key, *_predecessors().get(agency.key, ()), *groups]


def members(plan: Plan, key: str, on: dt.date) -> list[Agency]:
    """The agencies at work on a day for which a key of a plan stands, in Vietnamese order.

    An agency that has ended is represented by its successors. Of "all" they are those that the clauses name and the
    districts, or the communes where there are no districts on that day. A plan of another province has none here.
    """
    found = _at_work(on)
    return [found[agency] for agency in _members(plan.pk, key, on)] if plan.province == HOME else []


def whole(plan: Plan, keys: Iterable[str], on: dt.date) -> list[Agency]:
    """The agencies for which several keys stand, each once, in the order of the keys."""
    return list(dict.fromkeys(agency for key in keys for agency in members(plan, key, on)))


def name(key: str, on: dt.date) -> str:
    """What a key is called on a day: a group by its kind, an agency by its name of the day."""
    if key in AgencyGroup.values:
        return str(AgencyGroup(key).label)
    agency = _by_key().get(key)
    return agencies.names_by_day([(agency, on)])[agency, on] if agency else key


def called(key: str) -> str:
    """What a key is called in words that hold for every day: the latest name of an agency."""
    return name(key, dt.date.max)


def names(keys: Iterable[str], on: dt.date) -> list[str]:
    """What several keys are called."""
    return [name(key, on) for key in keys]


def drafted_for(offices: Iterable[Agency], on: dt.date) -> QuerySet[Agency]:
    """The agencies whose returns some offices draft: their own, and the district's for its labour office."""
    rows = list(offices)
    found = Agency.objects.filter(pk__in=[row.pk for row in rows])
    for kind, drafter in DRAFTERS.items():
        units = {row.unit_code for row in rows if row.kind == drafter}
        if units:
            found |= Agency.objects.filter(kind=kind, unit_code__in=units, in_force__contains=on)
    return found


def rows(pks: Iterable[int]) -> list[Agency]:
    """Agencies by their ids, as this process knows them; nobody may change them."""
    every = _every()
    return [every[pk] for pk in pks]


def drafters_of(offices: Iterable[Agency], on: dt.date) -> list[tuple[Agency, Agency]]:
    """Offices, each with every agency whose returns it drafts, itself first."""
    rows = list(offices)
    found = [row for row in _at_work(on).values() if row.kind in DRAFTERS]
    own = [(row, row) for row in rows]
    others = [
        (row, each)
        for row in rows
        for each in found
        if DRAFTERS.get(AgencyKind(each.kind)) == row.kind and each.unit_code == row.unit_code
    ]
    return [*own, *others]


@remembered
def _members(plan: int, key: str, on: dt.date) -> tuple[int, ...]:
    at_work = _at_work(on)
    if key == AgencyGroup.ALL:
        named = ClauseAgency.objects.filter(clause__plan=plan).order_by("clause__order", "id")
        keys = dict.fromkeys(named.exclude(agency__in=AgencyGroup.values).values_list("agency", flat=True))
        single = [pk for each in keys for pk in _members(plan, each, on)]
        lowest = _members(plan, AgencyGroup.DISTRICTS, on) or _members(plan, AgencyGroup.COMMUNES, on)
        return tuple(dict.fromkeys([*single, *lowest]))
    if key in AgencyGroup.values:
        return tuple(pk for pk, row in at_work.items() if row.kind == GROUPS[AgencyGroup(key)])
    wanted = Agency.objects.filter(key=key).first()
    return tuple(row.pk for row in standing(wanted, on)) if wanted else ()


def standing(agency: Agency, on: dt.date) -> list[Agency]:
    """An agency if it is at work on a day, otherwise its successors, or theirs."""
    if on in agency.in_force:
        return [agency]
    return [each for successor in agency.successors.order_by("pk") for each in standing(successor, on)]


@remembered
def _at_work(on: dt.date) -> dict[int, Agency]:
    return {row.pk: row for row in agencies.at_work_on(on)}


@remembered
def _every() -> dict[int, Agency]:
    return Agency.objects.in_bulk()


@remembered
def _by_key() -> dict[str, int]:
    return dict(Agency.objects.values_list("key", "pk"))


@remembered
def _predecessors() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    pairs = Agency.successors.through.objects.values_list("to_agency__key", "from_agency__key")
    for later, earlier in pairs:
        found[later] = (*found.get(later, ()), earlier)
    return found
