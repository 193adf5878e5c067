"""Which pages serve a clause of a plan: those that apps contribute for it, and those of the plan's own figures."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.accounts.roles import ROLES
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.core.clause_pages import ClausePage, clause_pages
from benan.core.figures import measure
from benan.plan.models import AgencyKey, Clause, ClauseKind

SERVED, NOT_YET = _("đã có trang thực hiện"), _("chưa có")
PLAN_12089 = "12089/KH-UBND"
OVERVIEW = ClausePage("plan:overview", _("Kế hoạch"), order=30, plan=PLAN_12089, clauses=("I.1.b", "VI.3"))
CLAUSES = ClausePage(
    "plan:clauses",
    _("Các điểm của kế hoạch"),
    order=32,
    plan=PLAN_12089,
    clauses=("I.2.b", "II.3.c", "V.1.a"),
)
# Whom a key of the plan stands for, where it is not the key of one agency.
GROUPS = {
    AgencyKey.DISTRICTS: (AgencyKind.DISTRICT,),
    AgencyKey.COMMUNES: (AgencyKind.COMMUNE,),
    AgencyKey.LABOUR_OFFICES: (AgencyKind.LABOUR_OFFICE,),
    AgencyKey.POLICE_DISTRICTS: (AgencyKind.POLICE_DISTRICT,),
    AgencyKey.POLICE_COMMUNES: (AgencyKind.POLICE_COMMUNE,),
    AgencyKey.PROPAGANDA: (AgencyKind.PARTNER,),
    AgencyKey.FARMERS_UNION: (AgencyKind.PARTNER,),
    AgencyKey.FATHERLAND_FRONT: (AgencyKind.PARTNER,),
    AgencyKey.SHELTER: (AgencyKind.SHELTER,),
    AgencyKey.ALL: tuple(kind for kind in AgencyKind if kind not in (AgencyKind.OUTSIDE, AgencyKind.OPERATOR)),
}
# Of those, the groups to which an agency belongs by its kind alone.
GROUPS_BY_KIND = {
    AgencyKey.DISTRICTS,
    AgencyKey.COMMUNES,
    AgencyKey.LABOUR_OFFICES,
    AgencyKey.POLICE_DISTRICTS,
    AgencyKey.POLICE_COMMUNES,
}


class Citation(NamedTuple):
    """The clauses of a plan (their numbers) that a page names at its foot."""

    plan: str = ""
    clauses: tuple[str, ...] = ()

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each number with the address of its clause's page."""
        return [(number, reverse("plan:clause", args=[number])) for number in self.clauses]


def pages_serving(clause: Clause) -> list[ClausePage]:
    """The pages that serve a clause and open to everybody who answers for it."""
    kinds = {kind for key in clause.answerable for kind in agency_kinds(key)}
    return [page for page in _pages_about(clause) if all(_opens(page, kind) for kind in kinds)]


def pages_open_to(user: User, clause: Clause) -> list[ClausePage]:
    """The pages that serve a clause and that a user may open."""
    return [page for page in _pages_about(clause) if not page.permission or user.may(page.permission)]


def overview_citation(plan_number: str, clauses: Iterable[Clause]) -> Citation:
    """Of all clauses of a plan, those that its overview serves."""
    numbers = tuple(clause.number for clause in clauses if OVERVIEW in _pages_about(clause))
    return Citation(plan_number, numbers)


def agency_kinds(key: AgencyKey) -> tuple[AgencyKind, ...]:
    """The kinds of agency that a key of the plan stands for."""
    return GROUPS.get(key) or (AgencyKind(key.value),)


def plan_keys(agency: Agency) -> list[str]:
    """The keys by which the plan calls an agency: its own, and those of its groups."""
    groups = [key.value for key, kinds in GROUPS.items() if agency.kind in kinds and key in GROUPS_BY_KIND]
    return [agency.key, *groups]


def _pages_about(clause: Clause) -> list[ClausePage]:
    """Pages contributed for a clause by its number; of any plan, the overview shows objectives and counted indicators."""
    found = [page for page in clause_pages if page.plan == clause.plan.number and clause.number in page.clauses]
    counted = bool(clause.measure) and measure(clause.measure) is not None
    if (counted or ClauseKind.OBJECTIVE in clause.kinds) and OVERVIEW not in found:
        found.append(OVERVIEW)
    if counted:
        name = _("Chỉ tiêu %s") % clause.number
        found.append(ClausePage("plan:indicator", name, order=31, args=(clause.number,)))
    return sorted(found, key=lambda page: page.order)


def _opens(page: ClausePage, kind: AgencyKind) -> bool:
    if not page.permission:
        return True
    return any(page.permission in role.permissions and kind in role.kinds for role in ROLES.values())
