"""Our answers to allauth: no sign-up, a shared lock-out, a trail of entries."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError

from benan.accounts.actions import attempts
from benan.accounts.models import User
from benan.audit import trail
from benan.audit.events import Event


class OfficerAccounts(DefaultAccountAdapter):
    """Officers are invited, never sign themselves up.

    The lock-out stands in for allauth's own count of failures, which nobody could see or lift.
    """

    def is_open_for_signup(self, request):
        """Nobody signs up."""
        return False

    def pre_authenticate(self, request, **credentials):
        """Refuse a locked account before its password is looked at."""
        user = _named(credentials)
        if user and attempts.is_locked(user):
            raise ValidationError(attempts.LOCKED)

    def authentication_failed(self, request, **credentials):
        """Count a wrong password."""
        user = _named(credentials)
        if user:
            attempts.count_failure(user=user)

    def post_login(self, request, user, **kwargs):
        """Write the entry on the trail."""
        trail.record(by=user, event=Event.SIGNED_IN, on=user)
        return super().post_login(request, user, **kwargs)


class SecondFactors(DefaultMFAAdapter):
    """The secret of a second factor is stored encrypted under the installation's own secret, outside the database."""

    def encrypt(self, text):
        """As stored."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """As used."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _named(credentials):
    return User.objects.filter(username=credentials.get("username", "").lower()).first()


def _fernet():
    derived = HKDF(SHA256(), 32, salt=None, info=b"benan/second-factor").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
