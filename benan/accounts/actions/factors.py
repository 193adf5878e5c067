"""Changes to the second factor of an officer."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from benan.accounts import states
from benan.accounts.models import User
from benan.audit import trail
from benan.audit.events import Event


@transaction.atomic
def replace_factor(*, by, secret) -> None:
    """Put a new authenticator app in the place of the old one, in one step, with new recovery codes.

    Nobody else ever sees the account without a factor. The caller has made sure that the app knows the secret.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    states.check(states.REPLACE_FACTOR, user, by=by)
    user.authenticator_set.all().delete()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    trail.record(by=user, event=Event.FACTOR_REPLACED, on=user)
