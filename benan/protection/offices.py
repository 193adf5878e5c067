"""Which offices may decide on a danger at once, which of them is told, and where the person is."""

import datetime as dt
from collections.abc import Collection

from benan.accounts.models import Membership, TeamMember
from benan.accounts.roles import ROLES, P
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.places import queries as places
from benan.places.models import Unit
from benan.protection.vocabulary import deciding_kinds
from benan.rules import procedures

POLICE = (AgencyKind.POLICE_COMMUNE, AgencyKind.POLICE_DISTRICT, AgencyKind.POLICE_PROVINCE)
_READERS = [key for key, role in ROLES.items() if P.CASE_VIEW in role.permissions]


def deciding(case: Case, away: Collection[Agency]) -> list[Agency]:
    """The offices that may decide on a measure at once (Điều 8 khoản 2 điểm a, g), and those the case is kept from (`away`)."""
    found = {office.pk: office for office in competent(case)}
    found |= {row.agency_id: row.agency for row in _team(case) if row.agency.kind in _TEAM_KINDS}
    return list((found | {agency.pk: agency for agency in away}).values())


def told_of_danger(case: Case, away: Collection[Agency]) -> list[tuple[Agency, Agency | None]]:
    """The offices of `deciding`, each with the one that is told.

    That is the office itself; its superior where the case is kept from it or nobody there reads cases in the program;
    none where nobody above does either.
    """
    kept = {office.pk for office in away}
    return [(office, _reader_at_or_above(office, kept)) for office in deciding(case, away)]


def kept_from(case: Case) -> list[Agency]:
    """The offices from which a case is kept, for whoever is the danger works there."""
    return list(case.team.kept_from.order_by("pk"))


def above(office: Agency, kept: Collection[int]) -> Agency | None:
    """The nearest office above one that is not among `kept` (ids), whether or not it reads the program."""
    superior = office.superior
    while superior and (superior.pk in kept or legal_day() not in superior.in_force):
        superior = superior.superior
    return superior


def decides_civil(office: Agency) -> bool:
    """Whether an office decides on the measures of Điều 8 khoản 2 điểm g."""
    return office.kind in deciding_kinds(legal_day()) and office.kind not in POLICE


def place(case: Case) -> tuple[str, dt.date]:
    """The commune where the person is, and the day for which its code stands: of residence once back, else of reception."""
    at_home = case.tracks.filter(stage__in=procedures.stages_with("at_home")).exists()
    if at_home and case.residence_on and case.residence_code in places.within(places.HOME, case.residence_on):
        return case.residence_code, case.residence_on
    return case.area_code, case.reception.came_on


_TEAM_KINDS = (
    AgencyKind.COMMUNE,
    AgencyKind.LABOUR_OFFICE,
    AgencyKind.SHELTER,
    AgencyKind.POLICE_DISTRICT,
    AgencyKind.POLICE_PROVINCE,
)


def competent(case: Case) -> list[Agency]:
    """The commune's people's committee, the labour office and the police of the district, of the place of danger."""
    code, day = place(case)
    unit = Unit.objects.on(day).filter(code=code).first()
    district = unit.parent_code if unit else ""
    today = legal_day()
    wanted = ((AgencyKind.COMMUNE, code), (AgencyKind.LABOUR_OFFICE, district), (AgencyKind.POLICE_DISTRICT, district))
    found = [agencies.of_unit(kind, unit_code, today) for kind, unit_code in wanted]
    if found[2] is None:
        found[2] = agencies.of_unit(AgencyKind.POLICE_PROVINCE, places.HOME, today)
    return [office for office in found if office]


def _reader_at_or_above(office: Agency | None, kept: Collection[int]) -> Agency | None:
    while office and (office.pk in kept or legal_day() not in office.in_force or not _has_readers(office)):
        office = office.superior
    return office


def _has_readers(office: Agency) -> bool:
    return Membership.objects.holding().filter(agency=office, role__in=_READERS).exists()


def _team(case: Case) -> list[TeamMember]:
    return list(case.team.members.filter(until=None).select_related("agency"))
