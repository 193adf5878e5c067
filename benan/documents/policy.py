"""Who may store and read files, and who keeps an office's register of papers."""

from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.documents.readers import FILE_READERS


def readable(user: User) -> Q:
    """The condition on stored files that the user may read: their own, of an office where they sit, and what apps add."""
    own = Q(stored_by=user, agency__in={seat.agency_id for seat in user.seats})
    return reduce(or_, (condition(user) for condition in FILE_READERS), own)


def of_own_registers(user: User) -> Q:
    """The condition on papers that stand in the register of an office where the user records its work."""
    return Q(agency__in=user.offices(P.WORK_RECORD))


def scans_of_own_registers(user: User) -> Q:
    """The condition on stored files that are scans of such papers."""
    return Q(papers__agency__in=user.offices(P.WORK_RECORD))


def require_seat(user: User, agency: Agency) -> None:
    """Refuse (403) a file for an office where the user does not sit; what it is for is asked by the verb that keeps it."""
    if agency.pk not in {seat.agency_id for seat in user.seats}:
        raise PermissionDenied


def require_register(user: User, agency: Agency) -> None:
    """Refuse (403) an entry in the register of an office where the user does not record its work."""
    if agency.pk not in user.offices(P.WORK_RECORD):
        raise PermissionDenied
