"""Ending one's sessions at other browsers."""

from django.db import transaction

from benan.accounts import sessions
from benan.audit import trail
from benan.audit.events import Event


@transaction.atomic
def end_other_sessions(*, by, session) -> None:
    """End every session of one's own account but the one of this key."""
    sessions.end_of(by, besides=session)
    trail.record(by=by, event=Event.SESSIONS_ENDED, on=by)
