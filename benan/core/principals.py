"""For whom a connection works: the database shows rows only to a principal (row-level security, core 0002).

The default of a process stands in its database entry (`ops.database.principal`): "entry" for pages, "command:name" for
a command. A request of an officer works as "user:id", and as "entry" before it is known who asks.
"""

import contextlib

from django.db import DatabaseError, connection

ENTRY = "entry"


def of_user(user) -> str:
    """The principal of an officer; that of the entry for whoever is not signed in."""
    return f"user:{user.pk:d}" if user.is_authenticated else ENTRY


@contextlib.contextmanager
def working_for(principal):
    """Have the connection of requests work for a principal until the end of the block, then as before.

    A connection that cannot be set back is closed, so that none works on for somebody who has left.
    """
    before = connection.principal
    if principal != before:
        connection.work_for(principal)
    try:
        yield
    finally:
        if connection.principal != before:
            try:
                connection.work_for(before)
            except DatabaseError:
                connection.close()
