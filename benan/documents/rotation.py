"""The keys of all stored files, brought under the installation's current key."""

from django.db import transaction

from benan.accounts.actions.factors import Batch
from benan.core import sealing
from benan.core.refusals import Refused
from benan.documents.models import FileContent


@transaction.atomic
def seal_again(*, by: None, after: int | None = None, most: int = 200) -> Batch | None:
    """Wrap the data keys of the next files again (rotate_keys); None where none is left. No content is opened."""
    rest = FileContent.objects.filter(pk__gt=after or 0).order_by("pk").only("wrapped_key")
    rows = list(rest.select_for_update()[:most])
    changed = unreadable = 0
    for row in rows:
        try:
            wrapped = sealing.wrap(sealing.unwrap(bytes(row.wrapped_key)))
        except Refused:
            unreadable += 1  # under a third key
            continue
        if wrapped != bytes(row.wrapped_key):
            row.wrapped_key = wrapped
            row.save(update_fields=["wrapped_key"])
            changed += 1
    return Batch(rows[-1].pk, len(rows), changed, unreadable) if rows else None
