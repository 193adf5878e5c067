"""Changing one's password."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from benan.accounts import sessions
from benan.accounts.events import AccountEvent
from benan.accounts.models import User
from benan.audit import trail


@transaction.atomic
def change_password(*, by: User, password: str) -> None:
    """Change one's own password, having typed the one before. Every session of the account ends."""
    validate_password(password, by)
    by.set_password(password)
    by.save(update_fields=["password"])
    sessions.end_sessions(by)
    trail.record(by=by, event=AccountEvent.PASSWORD_CHANGED, on=by)
