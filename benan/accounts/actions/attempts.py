"""Wrong passwords and codes: counted, an account shut after too many, opened again."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import LockOut
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.audit.models import Event as Line
from benan.core.days import clock
from benan.core.refusals import Refused

LOCK_AFTER, COUNT_FOR, LOCK_FOR = 5, dt.timedelta(minutes=15), dt.timedelta(minutes=30)
LOCKED = _("Tài khoản tạm khóa vì nhập sai nhiều lần. Chờ 30 phút, hoặc nhờ người quản trị mở.")


@transaction.atomic
def count_failure(*, user) -> None:
    """Count one wrong password or code; the fifth within a quarter of an hour shuts the account for half an hour.

    Entering, or having the lock lifted, begins the count anew. The trail is the counter: it takes one writer at
    a time, whatever the number of workers.
    """
    trail.record(by=None, event=Event.SIGN_IN_FAILED, on=user)
    lines = Line.objects.filter(subject=user.trail_subject)
    anew = lines.filter(event__in=(Event.SIGNED_IN, Event.LOCKED_OUT, Event.LOCK_LIFTED)).order_by("-seq").first()
    failures = lines.filter(event=Event.SIGN_IN_FAILED, at__gt=clock() - COUNT_FOR, seq__gt=anew.seq if anew else 0)
    if failures.count() >= LOCK_AFTER:
        LockOut.objects.create(user=user, until=clock() + LOCK_FOR)
        trail.record(by=None, event=Event.LOCKED_OUT, on=user)


@transaction.atomic
def lift_lock(*, by, user) -> None:
    """Open a shut account again before its time."""
    policy.require_right(by, P.LOCK_LIFT)
    if by == user:
        raise Refused(_("Không ai tự mở khóa cho mình."))
    LockOut.objects.running().filter(user=user).update(lifted_by=by, lifted_at=clock())
    trail.record(by=by, event=Event.LOCK_LIFTED, on=user)


def is_locked(user) -> bool:
    """Whether the account is shut at this moment."""
    return LockOut.objects.running().filter(user=user).exists()
