"""Writing to the trail."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from benan.audit import heads
from benan.audit.events import EventType, Mark
from benan.audit.models import START, Event
from benan.core.days import clock

LOCK = 7_305_001  # advisory lock of the chain: one writer at a time, until its transaction ends
_LAST = f"SELECT pg_advisory_xact_lock({LOCK}); SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1"  # noqa: S608


def record(
    *, by: AbstractBaseUser | AnonymousUser | None, event: EventType, on: Any = "", data: dict[str, Any] | None = None
) -> Event:
    """Add one row to the trail, within the caller's transaction; verbs call it last, because it queues writers.

    `by` is a user, or None for the program itself; `on` is a row with `trail_subject`, or text; `data`
    holds identifiers and codes only. The head of the chain is written when the transaction commits; where that is not
    possible, the transaction is taken back, unless somebody only looks (`heads`).
    """
    with transaction.atomic(savepoint=False):
        last, previous = _lock_and_read_last()
        row = Event(
            seq=last + 1,
            at=clock(),
            by=by.get_username() if by else "",
            event=event,
            subject=getattr(on, "trail_subject", on),
            data=data or {},
            previous=previous,
        )
        row.hash = row.sealed()
        row.save(force_insert=True)
        transaction.on_commit(heads.Head(row, looking=Mark.WITHOUT_HEAD in event.marks))
    return row


def _lock_and_read_last() -> tuple[int, str]:
    """Number and hash of the last row of the trail; (0, START) before the first.

    Takes the lock of the chain: until the end of this transaction no other adds a row. Both statements are sent in one request,
    and are two, because only a statement that begins under the lock sees the rows added before it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        cursor.nextset()
        return cursor.fetchone() or (0, START)


def look(request: HttpRequest, event: EventType, on: Any = "", data: dict[str, Any] | None = None) -> None:
    """Declare that this page shows something; the middleware writes it before the bytes leave."""
    looks = [*getattr(request, "looks", []), {"event": event, "on": on, "data": data}]
    setattr(request, "looks", looks)  # noqa: B010, a name of ours on a request of Django's


def about(case: Any, events: Iterable[str]) -> QuerySet[Event]:
    """Rows of some kinds (`events`) about a case, or on which it was one of several; newest first."""
    own, listing = Q(subject=case.trail_subject), Q(seq__in=RawSQL("SELECT audit_rows_listing(%s)", [case.code]))
    rows = Event.objects.filter(own).values("seq").union(Event.objects.filter(listing).values("seq"))
    return Event.objects.filter(seq__in=rows, event__in=events).order_by("-seq")
