"""Loading much into tables at once: what slows each row down is taken away before and made again after."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from bench.moulds import Table

# Of some tables: foreign keys, indexes that no constraint owns, triggers; each with how to drop it and to make it again.
SLOWING = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)), 2
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY (%(tables)s::regclass[])
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid), 1
FROM pg_index WHERE indrelid = ANY (%(tables)s::regclass[]) AND NOT indisprimary
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
UNION ALL
SELECT format('ALTER TABLE %%s DISABLE TRIGGER %%I', tgrelid::regclass, tgname),
       format('ALTER TABLE %%s ENABLE TRIGGER %%I', tgrelid::regclass, tgname), 0
FROM pg_trigger WHERE tgrelid = ANY (%(tables)s::regclass[]) AND NOT tgisinternal AND tgenabled <> 'D'
ORDER BY 3
"""


@contextlib.contextmanager
def bare(tables: Iterable[Table]) -> Iterator[Any]:
    """Have tables without foreign keys, indexes and triggers for the length of the block; they are there again after it.

    Takes the owner's connection. Where the process is killed meanwhile they stay away: the database is of no use then.
    """
    with connection.cursor() as cursor:
        cursor.execute(SLOWING, {"tables": [table._meta.db_table for table in tables]})
        found = cursor.fetchall()
        for drop, _make, _order in found[::-1]:
            cursor.execute(drop)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for _drop, make, _order in found:
            cursor.execute(make)


def copy_rows(cursor: Any, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Send rows to a table by COPY."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
