"""Changing one's password."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from benan.accounts import sessions
from benan.audit import trail
from benan.audit.events import Event


@transaction.atomic
def change_password(*, by, password) -> None:
    """Change one's own password, having typed the one before. Every session of the account ends."""
    validate_password(password, by)
    by.set_password(password)
    by.save(update_fields=["password"])
    sessions.end_of(by)
    trail.record(by=by, event=Event.PASSWORD_CHANGED, on=by)
