"""Writing to the trail."""

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from benan.audit import heads
from benan.audit.events import LOOKING
from benan.audit.events import Event as Kind
from benan.audit.models import FILES, START, Event
from benan.core.days import clock

MOST_FILES = 100  # named in one row
_LAST = "SELECT pg_advisory_xact_lock(%s); SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1"
LOCK = 7_305_001  # advisory lock of the chain: one writer at a time, until its transaction ends


def record(*, by, event, on="", data=None) -> Event:
    """Add one row to the trail, within the caller's transaction; verbs call it last, because it queues writers.

    `by` is a user, or None for the program itself; `on` is a row with `trail_subject`, or text; `data`
    holds identifiers and codes only. The head of the chain is written when the transaction commits; where that is not
    possible, the transaction is taken back, unless somebody only looks (`heads`).
    """
    with transaction.atomic(savepoint=False):
        last, previous = _last()
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
        transaction.on_commit(heads.Head(row, looking=row.event in LOOKING))
    return row


def _last():
    """Number and hash of the last row of the trail, for whoever adds the next one: no other can until the end of the
    transaction. Two statements in one message, since only a statement begun under the lock sees what was added
    before it."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [LOCK])
        cursor.nextset()
        return cursor.fetchone() or (0, START)


def look(request, event, on="", data=None) -> None:
    """Declare that this page shows something; the middleware writes it before the bytes leave."""
    request.looks = [*getattr(request, "looks", []), {"event": event, "on": on, "data": data}]


def look_at_list(request, where, files) -> None:
    """Declare that this page lists people: one row with the codes of their files, which `about` finds for each of them.

    `where` is the page by its URL name. A list of nobody is no look.
    """
    codes = sorted({file.code for file in files})
    for first in range(0, len(codes), MOST_FILES):
        look(request, Kind.FILES_LISTED, data={"where": where, FILES: codes[first : first + MOST_FILES]})


def about(file, events):
    """Rows of some kinds (`events`) about a file, or on which it was one of several; newest first."""
    own, listing = Q(subject=file.trail_subject), Q(seq__in=RawSQL("SELECT audit_rows_listing(%s)", [file.code]))
    rows = Event.objects.filter(own).values("seq").union(Event.objects.filter(listing).values("seq"))
    return Event.objects.filter(seq__in=rows, event__in=events).order_by("-seq")
