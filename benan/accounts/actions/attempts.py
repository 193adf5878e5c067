"""Ending the delay of an account at which somebody guessed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy, throttle
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.core.refusals import Refused


@transaction.atomic
def lift_delay(*, by, user) -> None:
    """Let an officer try at once: every failure of the account is forgotten."""
    policy.require_right(by, P.LOCK_LIFT)
    if by == user:
        raise Refused(_("Không ai tự bỏ thời gian chờ cho mình. Đề nghị một người quản trị khác."))
    trail.record(by=by, event=Event.LOCK_LIFTED, on=user)
    throttle.begin_anew(user)
