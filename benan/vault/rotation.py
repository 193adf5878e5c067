"""Everybody's data key and index, brought under the installation's current key."""

from uuid import UUID

from django.db import transaction

from benan.accounts.models import User
from benan.core import sealing
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.models import Person


@transaction.atomic
def seal_again(*, by: User | None, after: UUID | None = None, most: int = 200) -> access.Indexed | None:
    """Wrap the data keys of the next people again and make their index again; None where nobody is left.

    Nothing is opened but the keys and what the index is made of. `changed` counts those who were not yet under the
    current key.
    """
    rest = Person.objects.unscoped(reason="the key of everybody").exclude(wrapped_key=None).order_by("pk")
    people = list((rest.filter(pk__gt=after) if after else rest).select_for_update()[:most])
    again = []
    for person in people:
        try:
            wrapped = sealing.wrap(sealing.unwrap(bytes(person.wrapped_key)))
        except Refused:
            continue  # under a third key; counted by the index
        if wrapped != bytes(person.wrapped_key):
            person.wrapped_key = wrapped
            person.save(update_fields=["wrapped_key"])
            again.append(person.pk)
    indexed = access.index_again(by=by, after=after, most=most)
    return indexed and access.Indexed(
        indexed.last_id, indexed.people, max(len(again), indexed.changed), indexed.unreadable
    )
