"""Which pages serve a clause of a plan: those that the plan's file names, and those of its objectives and indicators."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.accounts.roles import ROLES
from benan.agencies.kinds import AgencyKind
from benan.core.clause_pages import ClausePage, clause_pages
from benan.core.figures import measure
from benan.core.reference import remembered
from benan.plan import parties
from benan.plan.models import Clause, ClauseKind, Plan

OVERVIEW = ClausePage("plan_state", "plan:overview", _("Tình hình kế hoạch"), order=30, of_plan=True)
CLAUSES = ClausePage("plan_clauses", "plan:clauses", _("Các điểm của kế hoạch"), order=32, of_plan=True)


class Citation(NamedTuple):
    """The clauses of a plan (their numbers) that a page names at its foot; `slug` is the plan's part of addresses."""

    plan: str = ""
    clauses: tuple[str, ...] = ()
    slug: str = ""

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each number with the address of its clause's page."""
        return [(number, reverse("plan:clause", args=[self.slug, number])) for number in self.clauses]


def citation(plan: Plan, *numbers: str) -> Citation:
    """Clauses of a plan, for the foot of a page."""
    return Citation(plan.number, numbers, plan.slug)


def cited_by(plan: Plan, view: str) -> Citation:
    """The clauses of a plan that a page (URL name) serves by the plan's file."""
    keys = {page.key for page in clause_pages if page.view == view}
    return citation(plan, *(number for number, named in _pages_named(plan.pk) if keys.intersection(named)))


@remembered
def _pages_named(plan: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = Clause.objects.filter(plan=plan).exclude(pages=[]).values_list("number", "pages")
    return tuple((number, tuple(pages)) for number, pages in rows)


def pages_serving(clause: Clause) -> list[ClausePage]:
    """The pages that serve a clause and open to everybody who answers for it."""
    kinds = {
        AgencyKind(agency.kind)
        for key in clause.answerable
        for agency in parties.members(clause.plan, key, clause.plan.period.lower)
    }
    return [page for page in _pages_about(clause) if all(_opens(page, kind) for kind in kinds)]


def pages_open_to(user: User, clause: Clause) -> list[tuple[str, str]]:
    """The pages that serve a clause and that a user may open, each with its address."""
    found = [page for page in _pages_about(clause) if not page.permission or user.may(page.permission)]
    return [(str(page.name), page.url(clause.plan.slug)) for page in found]


def overview_citation(plan: Plan, clauses: Iterable[Clause]) -> Citation:
    """Of all clauses of a plan, those that its overview serves."""
    return citation(plan, *(clause.number for clause in clauses if OVERVIEW in _pages_about(clause)))


def unknown_pages(named: Iterable[tuple[str, Iterable[str]]]) -> list[tuple[str, str]]:
    """Of the pages that clauses name (number, keys), those that the program does not have."""
    known = {page.key for page in clause_pages}
    return [(number, key) for number, keys in named for key in keys if key not in known]


def _pages_about(clause: Clause) -> list[ClausePage]:
    """Pages that the file names for a clause; of any plan, the overview shows objectives and counted indicators."""
    found = [page for page in clause_pages if page.key in clause.pages]
    counted = bool(clause.measure) and measure(clause.measure) is not None
    if (counted or ClauseKind.OBJECTIVE in clause.kinds) and OVERVIEW not in found:
        found.append(OVERVIEW)
    if counted:
        name = _("Chỉ tiêu %s") % clause.number
        found.append(ClausePage("", "plan:indicator", name, order=31, args=(clause.number,), of_plan=True))
    return sorted(found, key=lambda page: page.order)


def _opens(page: ClausePage, kind: AgencyKind) -> bool:
    if not page.permission:
        return True
    return any(page.permission in role.permissions and kind in role.kinds for role in ROLES.values())
