"""What every page needs and hardly ever changes (places, agencies, the law, holidays), kept by each process.

A table whose migration says `versioned` gives the one row of `ReferenceVersion` a new value with every write. What was
loaded is used as long as that value stands, so a process never uses what was changed before its request began.
"""

import contextlib
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.db import connection, migrations

from benan.core.postgresql.base import DatabaseWrapper

READ_VERSION = "SELECT value FROM core_referenceversion"
# Values kept of one loader, which differ by arguments: of statements one for each permission and kind of seat, 50 KB each.
MOST = 256

Loader = TypeVar("Loader", bound=Callable[..., Any])


def remembered(load: Loader) -> Loader:
    """Keep in this process what a function reads from versioned tables alone; nobody may change what it returns.

    Arguments have to be hashable. Nothing about a person may be kept so.
    """
    kept = lru_cache(MOST)(lambda _version, *args, **kwargs: load(*args, **kwargs))

    @wraps(load)
    def ask(*args: Any, **kwargs: Any) -> Any:
        return kept(_version(), *args, **kwargs)

    return cast(Loader, ask)


def versioned(*tables: str) -> migrations.RunSQL:
    """The operation after which a write to these tables changes the version."""
    return migrations.RunSQL(
        [f"SELECT benan_versioned('{table}')" for table in tables],
        [f"DROP TRIGGER reference_version ON {table}" for table in tables],
    )


@contextlib.contextmanager
def standing_at(version: str) -> Iterator[None]:
    """Have this connection know the version to the end of the block, in which nothing can be written."""
    wrapper = cast(DatabaseWrapper, connection)
    wrapper.reference_version = version
    try:
        yield
    finally:
        wrapper.reference_version = ""


@contextlib.contextmanager
def asked_once() -> Iterator[None]:
    """Have this connection ask for the version once, to the end of the block or until it says that it has `written`."""
    wrapper = cast(DatabaseWrapper, connection)
    wrapper.keeps_reference_version = True
    try:
        yield
    finally:
        written()


def written() -> None:
    """Say that this connection has written to a versioned table: from now on each use asks for the version."""
    wrapper = cast(DatabaseWrapper, connection)
    wrapper.keeps_reference_version, wrapper.reference_version = False, ""


def _version() -> str:
    """The version as this connection sees it."""
    wrapper = cast(DatabaseWrapper, connection)
    if wrapper.reference_version:
        return wrapper.reference_version
    with wrapper.cursor() as cursor:
        cursor.execute(READ_VERSION)
        version = str(cursor.fetchone()[0])
    if wrapper.keeps_reference_version:
        wrapper.reference_version = version
    return version
