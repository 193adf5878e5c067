"""Which offices may decide on a danger at once, which of them is told, and where the person is."""

from benan.accounts import queries as agencies
from benan.accounts.models import Agency, Membership
from benan.accounts.roles import ROLES, Kind, P
from benan.core.days import legal_day
from benan.places import queries as places
from benan.places.models import Unit
from benan.support.needs import COMPETENCE

POLICE = (Kind.POLICE_COMMUNE, Kind.POLICE_DISTRICT, Kind.POLICE_PROVINCE)
_AT_HOME = ("at_residence", "reintegrating", "following")
_READERS = [key for key, role in ROLES.items() if P.FILE_VIEW in role.permissions]


def offices(file) -> list[tuple[Agency, Agency | None]]:
    """The offices that may decide on a measure at once (Điều 8 khoản 2 điểm a, g), each with the one that is told.

    That is the office itself; its superior where the file is kept from it or nobody there reads files in the program;
    none where nobody above does either.
    """
    found = {office.pk: office for office in competent(file)}
    found |= {row.agency_id: row.agency for row in _team(file) if row.agency.kind in _TEAM_KINDS}
    kept = set(file.team.kept_from.values_list("pk", flat=True))
    found |= {agency.pk: agency for agency in kept_from(file)}
    return [(office, _reader_at_or_above(office, kept)) for office in found.values()]


def kept_from(file) -> list[Agency]:
    """The offices from which a file is kept, for whoever is the danger works there."""
    return list(file.team.kept_from.order_by("pk"))


def above(office, kept) -> Agency | None:
    """The nearest office above one that is not among `kept` (ids), whether or not it reads the program."""
    office = office.superior
    while office and (office.pk in kept or legal_day() not in office.in_force):
        office = office.superior
    return office


def decides_civil(office) -> bool:
    """Whether an office decides on the measures of Điều 8 khoản 2 điểm g."""
    return office.kind in COMPETENCE and office.kind not in POLICE


def place(file) -> tuple[str, object]:
    """The commune where the person is, and the day for which its code stands: of residence once back, else of reception."""
    stage = file.tracks.filter(kind="support").values_list("stage", flat=True).first()
    back = stage in _AT_HOME and file.residence_on
    if back and file.residence_code in places.within(places.HOME, file.residence_on):
        return file.residence_code, file.residence_on
    return file.area_code, file.reception.came_on


_TEAM_KINDS = (Kind.COMMUNE, Kind.LABOUR_OFFICE, Kind.SHELTER, Kind.POLICE_DISTRICT, Kind.POLICE_PROVINCE)


def competent(file) -> list[Agency]:
    """The commune's people's committee, the labour office and the police of the district, of the place of danger."""
    code, day = place(file)
    unit = Unit.objects.on(day).filter(code=code).first()
    district = unit.parent_code if unit else ""
    today = legal_day()
    wanted = ((Kind.COMMUNE, code), (Kind.LABOUR_OFFICE, district), (Kind.POLICE_DISTRICT, district))
    found = [agencies.of_unit(kind, unit_code, today) for kind, unit_code in wanted]
    if found[2] is None:
        found[2] = agencies.of_unit(Kind.POLICE_PROVINCE, places.HOME, today)
    return [office for office in found if office]


def _reader_at_or_above(office, kept):
    while office and (office.pk in kept or legal_day() not in office.in_force or not _has_readers(office)):
        office = office.superior
    return office


def _has_readers(office):
    return Membership.objects.holding().filter(agency=office, role__in=_READERS).exists()


def _team(file):
    return list(file.team.members.filter(until=None).select_related("agency"))
