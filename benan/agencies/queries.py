"""Agencies by day, and who answers the telephone by hour."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet

from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency, AgencyName, OnCallContact
from benan.core.reference import remembered
from benan.places import queries as places
from benan.places.models import Unit

if TYPE_CHECKING:
    from typing import TypedDict

    from django_stubs_ext import WithAnnotations

    class _Name(TypedDict):
        name: str

    NamedAgency = WithAnnotations[Agency, _Name]

# Which contacts of its own area an office answers.
_ANSWERED = dict.fromkeys(
    (AgencyKind.POLICE_COMMUNE, AgencyKind.POLICE_DISTRICT, AgencyKind.POLICE_PROVINCE), (OnCallContact.Desk.POLICE,)
) | {
    AgencyKind.LABOUR_OFFICE: (OnCallContact.Desk.LABOUR,), AgencyKind.SHELTER: (OnCallContact.Desk.SHELTER,),
    AgencyKind.COMMUNE: (OnCallContact.Desk.LABOUR, OnCallContact.Desk.CHILD),
}  # fmt: skip


def names(agencies: Iterable[int | None], on: dt.date) -> dict[int, str]:
    """What each agency (ids, None left out) is called on a day; the latest known name where it had ended."""
    forms = _forms()
    known = {agency for agency in agencies if agency in forms}
    begun = {agency: [name for since, name in forms[agency] if since <= on] for agency in known}
    return {agency: each[-1] for agency, each in begun.items() if each}


def names_by_day(pairs: Iterable[tuple[int | None, dt.date | None]]) -> dict[tuple[int, dt.date], str]:
    """What agencies were called, each (id, day); none is asked about without an id and a day.

    The latest known name where an agency had ended by its day, the first where it had not begun.
    """
    forms = _forms()
    return {
        (agency, day): next((name for since, name in reversed(forms[agency]) if since <= day), forms[agency][0][1])
        for agency, day in {(agency, day) for agency, day in pairs if agency and day}
    }


@remembered
def of_area(code: str) -> frozenset[int]:
    """The agencies (ids) of a district or commune, and of the communes that ever lay in it."""
    units = {code, *places.within(code, places.EVER)}
    return frozenset(Agency.objects.filter(unit_code__in=units).values_list("pk", flat=True))


@remembered
def _forms() -> dict[int, list[tuple[dt.date, str]]]:
    """The names of each agency (id), each with its first day, the earliest first."""
    forms = defaultdict(list)
    for agency, in_force, name in AgencyName.objects.order_by("in_force").values_list("agency", "in_force", "name"):
        forms[agency].append((in_force.lower, name))
    return dict(forms)


def latest_names(agencies: Iterable[int], on: dt.date) -> QuerySet[AgencyName]:
    """Names of agencies (ids) that began by a day, the latest of each last."""
    return AgencyName.objects.filter(agency__in=set(agencies), in_force__startswith__lte=on).order_by("in_force")


def at_work_on(on: dt.date, **filters: Any) -> "QuerySet[NamedAgency]":
    """Agencies at work on a day, with `.name` as of that day, in Vietnamese order."""
    rows = Agency.objects.filter(in_force__contains=on, names__in_force__contains=on, **filters)
    return rows.annotate(name=F("names__name"), _key=F("names__sort_key")).order_by("_key")


def near_first(rows: "Iterable[NamedAgency]", unit_code: str, on: dt.date) -> "list[NamedAgency]":
    """Agencies in the order given, those of the district in which a unit lies on a day first."""
    district = places.district_of(unit_code, on) if unit_code else ""
    near = {district, *places.within(district, on)} if district else set()
    return sorted(rows, key=lambda row: row.unit_code not in near)


def of_unit(kind: str, unit_code: str, on: dt.date) -> Agency | None:
    """The agency of a kind that serves a unit on a day."""
    return Agency.objects.filter(kind=kind, unit_code=unit_code, in_force__contains=on).first()


def labour_office_of(commune_code: str, on: dt.date, noted_on: dt.date | None = None) -> Agency | None:
    """The district labour office to which a commune reports on a day.

    `noted_on` is the day on which the code meant the commune: where it has ended since, the office of its successors.
    None where there is no such office, or several.
    """
    districts = {unit.parent_code for unit in places.lying(commune_code, noted_on or on, on)}
    found = Agency.objects.filter(kind=AgencyKind.LABOUR_OFFICE, unit_code__in=districts, in_force__contains=on)[:2]
    return found[0] if len(found) == 1 else None


def on_call_contacts(
    commune_code: str, on: dt.date, time: dt.time, noted_on: dt.date | None = None
) -> list[OnCallContact]:
    """Who answers the telephone for a commune at an hour, the nearest desk of each sort first, national ones too.

    `noted_on` as in `labour_office_of`. For a place that has no successor the province answers.
    """
    return [row for row in _contacts(commune_code, on, noted_on or on) if row.answers_at(time)]


@remembered
def _contacts(commune_code: str, on: dt.date, noted_on: dt.date) -> list[OnCallContact]:
    codes = _upwards(places.lying(commune_code, noted_on, on), on)
    rows = OnCallContact.objects.filter(area_code__in=codes, in_force__contains=on)
    desks = OnCallContact.Desk.values
    return sorted(rows, key=lambda row: (desks.index(row.desk), codes.index(row.area_code)))


def contacts_without(offices: Iterable[Agency], numbers: Iterable[OnCallContact]) -> list[OnCallContact]:
    """Telephones without those of their own area that some offices answer: a person in danger from there is not led to them."""
    answered = {(desk, office.unit_code) for office in offices for desk in _ANSWERED.get(AgencyKind(office.kind), ())}
    return [row for row in numbers if not row.area_code or (row.desk, row.area_code) not in answered]


def _upwards(units: list[Unit], on: dt.date) -> list[str]:
    """The codes of units and of those above them on a day, the lowest first, then the country's: none."""
    codes = []
    while units:
        codes += [unit.code for unit in units]
        units = list(places.on(on).filter(code__in={unit.parent_code for unit in units}))
    return [*(codes or [places.HOME]), ""]


def contacts_near(agency: Agency, on: dt.date, time: dt.time) -> list[OnCallContact]:
    """Who answers the telephone for the area of an agency, which may have ended."""
    ended = agency.in_force.upper
    noted_on = min(on, ended - on.resolution) if ended else on
    return on_call_contacts(agency.unit_code or places.HOME, on, time, noted_on)


def contact_of(agency_id: int, on: dt.date, time: dt.time) -> list[OnCallContact]:
    """The telephone at which an agency, or its district's labour desk, answers at an hour; none of the nation's."""
    numbers = [row for row in contacts_near(Agency.objects.get(pk=agency_id), on, time) if row.area_code]
    return [row for row in numbers if row.desk == OnCallContact.Desk.LABOUR][:1] or numbers[:1]
