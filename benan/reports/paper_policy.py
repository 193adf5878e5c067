"""Who decides on papers: an office's template, and the official tables."""

from django.core.exceptions import PermissionDenied

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency


def decides_template(user: User, agency: Agency) -> bool:
    """Whether a user decides which template an agency uses: its head, or who manages returns there."""
    deciding = {P.WORK_APPROVE, P.RETURNS_MANAGE}
    return any(seat.agency_id == agency.pk and deciding & seat.rights.permissions for seat in user.seats)


def require_template(user: User, agency: Agency) -> None:
    """Refuse (403) who does not decide which template an agency uses."""
    if not decides_template(user, agency):
        raise PermissionDenied
