"""Ending one's sessions at other browsers."""

from django.db import transaction

from benan.accounts import sessions
from benan.accounts.events import AccountEvent
from benan.accounts.models import User
from benan.audit import trail


@transaction.atomic
def end_other_sessions(*, by: User, session: str | None) -> None:
    """End every session of one's own account but the one of this key."""
    sessions.end_sessions(by, besides=session)
    trail.record(by=by, event=AccountEvent.SESSIONS_ENDED, on=by)
