"""Who may decide on protection, and whose danger stands on whose desk."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from benan.accounts.models import TeamMember
from benan.accounts.policy import Held, held_on
from benan.accounts.roles import P
from benan.cases.models import File
from benan.support.needs import COMPETENCE


def decides(held) -> list:
    """Of some seats, those at an office that may decide on some measure (Nghị định 62/2012, Điều 8 khoản 2)."""
    return [seat for seat in held.having(P.SAFETY_KEEP) if seat.agency.kind in COMPETENCE]


def require_deciding(user, file) -> None:
    """Refuse (403) a decision on protection to whoever reaches the file from no office that decides."""
    if not decides(held_on(user, file)):
        raise PermissionDenied


def endangered(user):
    """Files in danger that wait for this user: their office may decide and is on the team, or answers for the file."""
    deciding = {seat.agency_id for seat in decides(Held(user.seats))}
    own = user.offices(P.FILE_VIEW)
    teams = TeamMember.objects.filter(agency__in=deciding, until=None).values("team")
    rows = File.objects.visible_to(user).filter(Q(team__in=teams) | Q(agency__in=own))
    return rows.filter(closed_on=None, danger_since__isnull=False)
