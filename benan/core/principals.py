"""For whom a connection works: the database shows rows only to a principal (row-level security, core 0002).

The default of a process stands in its database entry (`ops.database.principal`): "entry" for pages, "command:name" for
a command. A request of an officer works as "user:id", and as "entry" before it is known who asks.
"""

import contextlib
from collections.abc import Iterator
from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection

from benan.core.postgresql.base import DatabaseWrapper

ENTRY = "entry"


def of_user(user: AbstractBaseUser | AnonymousUser) -> str:
    """The principal of an officer; that of the entry for whoever is not signed in."""
    return f"user:{user.pk:d}" if user.is_authenticated else ENTRY


@contextlib.contextmanager
def working_for(principal: str) -> Iterator[None]:
    """Have the connection of requests work for a principal until the end of the block, then as before.

    A connection that cannot be set back is closed, so that none works on for somebody who has left.
    """
    wrapper = cast(DatabaseWrapper, connection)  # a proxy of it
    before = wrapper.principal
    if principal != before:
        wrapper.work_for(principal)
    try:
        yield
    finally:
        if wrapper.principal != before:
            try:
                wrapper.work_for(before)
            except DatabaseError:
                wrapper.close()
