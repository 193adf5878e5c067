"""How agencies issue papers: who signs for them, with which superior and place above, and the letters of their numbers."""

import datetime as dt
from dataclasses import dataclass

from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.places import queries as places


@dataclass(frozen=True)
class Issuing:
    """How agencies of a kind issue papers.

    `letters` follow the kind of paper in a number (BC-UBND), "" where the registry writes them itself. A People's Committee
    bears no superior above its name.
    """

    signer: tuple[str, ...]
    letters: str = ""
    has_superior: bool = True


_COMMITTEE = Issuing(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "UBND", has_superior=False)
_DIRECTOR = Issuing(("GIÁM ĐỐC",))
_HEAD = Issuing(("THỦ TRƯỞNG ĐƠN VỊ",))
_POLICE = Issuing(("TRƯỞNG CÔNG AN",))
_UNION = Issuing(("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "BTV", has_superior=False)

BY_KIND = {
    AgencyKind.PPC: _COMMITTEE,
    AgencyKind.DISTRICT: _COMMITTEE,
    AgencyKind.COMMUNE: _COMMITTEE,
    AgencyKind.STEERING: Issuing(("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"), "BCĐ", has_superior=False),
    AgencyKind.LABOUR_DEPARTMENT: _DIRECTOR,
    AgencyKind.HEALTH_DEPARTMENT: _DIRECTOR,
    AgencyKind.INFORMATION: _DIRECTOR,
    AgencyKind.DEPARTMENT: _DIRECTOR,
    AgencyKind.POLICE_PROVINCE: _DIRECTOR,
    AgencyKind.POLICE_DISTRICT: _POLICE,
    AgencyKind.POLICE_COMMUNE: _POLICE,
    AgencyKind.LABOUR_OFFICE: Issuing(("TRƯỞNG PHÒNG",)),
    AgencyKind.WOMENS_UNION: _UNION,
    AgencyKind.PROCURACY: Issuing(("VIỆN TRƯỞNG",), "VKS", has_superior=False),
    AgencyKind.SHELTER: _DIRECTOR,
    AgencyKind.CHILD_PROTECTION: _DIRECTOR,
    AgencyKind.BANK: _DIRECTOR,
}
# Agencies whose kind does not tell who signs.
BY_KEY = {
    "court": Issuing(("CHÁNH ÁN",), "TA", has_superior=False),
    "ppc_office": Issuing(("CHÁNH VĂN PHÒNG",), "VP"),
    "farmers_union": _UNION,
    "labour_federation": _UNION,
    "youth_union": Issuing(("TM. BAN THƯỜNG VỤ", "BÍ THƯ"), "BTV", has_superior=False),
    "fatherland_front": Issuing(("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"), "MTTQ", has_superior=False),
    "propaganda": Issuing(("TRƯỞNG BAN",), "BTG", has_superior=False),
}


@dataclass(frozen=True)
class Letterhead:
    """What stands above and below the papers of an agency on a day."""

    superior: str
    agency: str
    place: str
    letters: str
    signer: tuple[str, ...]


def issuing(agency: Agency) -> Issuing:
    """How an agency issues papers."""
    return BY_KEY.get(agency.key) or BY_KIND.get(AgencyKind(agency.kind), _HEAD)


def letterhead(agency: Agency, on: dt.date) -> Letterhead:
    """What stands above and below an agency's papers of a day."""
    how = issuing(agency)
    names = agencies.names({agency.pk, agency.superior_id}, on)
    superior = names.get(agency.superior_id or 0, "") if how.has_superior else ""
    return Letterhead(in_full(superior), in_full(names.get(agency.pk, "")), place(agency, on), how.letters, how.signer)


def place(agency: Agency, on: dt.date) -> str:
    """The place before the day of an agency's papers: the bare name of its district or commune, or of the province."""
    for code in (agency.unit_code, places.HOME):
        unit = places.on(on).filter(code=code).first() if code else None
        if unit:
            return unit.name
    return ""


def in_full(name: str) -> str:
    """The name of an agency without abbreviations, as papers bear it."""
    return name.replace("UBND", "Ủy ban nhân dân").replace("LĐ-TB&XH", "Lao động - Thương binh và Xã hội")
