"""Who may decide on protection, and whose danger stands on whose desk."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from benan.accounts.models import Membership, TeamMember, User
from benan.accounts.policy import Held, held_on
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.protection.vocabulary import deciding_kinds


def deciding_seats(held: Held) -> list[Membership]:
    """Of some seats, those at an office that may decide on some measure today (Nghị định 62/2012, Điều 8 khoản 2)."""
    kinds = deciding_kinds(legal_day())
    return [seat for seat in held.having(P.SAFETY_KEEP) if seat.agency.kind in kinds]


def require_deciding(user: User, case: Case) -> None:
    """Refuse (403) a decision on protection to whoever reaches the case from no office that decides."""
    if not deciding_seats(held_on(user, case)):
        raise PermissionDenied


def endangered(user: User | RoleSet, today: dt.date) -> QuerySet[Case]:
    """Cases in danger that wait for this user: their office may decide and is on the team, or answers for the case."""
    kinds = deciding_kinds(today)
    keeping = [seat for seat in user.seats if P.SAFETY_KEEP in seat.rights.permissions]
    deciding = {seat.agency_id for seat in keeping if seat.agency.kind in kinds}
    own = user.offices(P.CASE_VIEW)
    teams = TeamMember.objects.filter(agency__in=deciding, until=None).values("team")
    rows = Case.objects.visible_to(user).filter(Q(team__in=teams) | Q(agency__in=own))
    return rows.filter(closed_on=None, danger_since__isnull=False)
