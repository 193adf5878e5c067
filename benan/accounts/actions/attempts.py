"""Ending the delay of an account at which somebody guessed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy, throttle
from benan.accounts.events import AccountEvent
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core.refusals import Refused


@transaction.atomic
def lift_delay(*, by: User, user: User) -> None:
    """Let an officer try at once: every failure of the account is forgotten."""
    policy.require_right(by, P.LOCK_LIFT)
    if by == user:
        raise Refused(_("Không được tự bỏ thời gian chờ cho tài khoản của mình. Đề nghị một người quản trị khác."))
    trail.record(by=by, event=AccountEvent.LOCK_LIFTED, on=user)
    throttle.begin_anew(user)
