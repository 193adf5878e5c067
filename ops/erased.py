"""Clears the database's files of what was erased, or sealed under a key no longer used.

PostgreSQL keeps former versions of rows in a table's file until it is written anew, samples of values in its statistics
(none of sealed ones: shell 0002), and all of them in its log of changes until that is written over. A copy of the files
would bring them back.
"""

import re
import time
from collections.abc import Iterable

import psycopg
from psycopg import sql

from ops import Unready, database

LOCK_TIMEOUT = "5s"  # for whoever reads these tables at the moment
TRIES = 60  # half a second apart: what a transaction of somebody else, or an analysis of the database, may still see is kept
BUSY = "Chưa dọn được bản cũ của những gì đã xóa: có việc đang chạy. Hãy chạy lại sau."
_KEPT = re.compile(r"([1-9]\d*) dead row versions cannot be removed yet")


def clear(entry: database.Entry, tables: Iterable[str]) -> bool:
    """Write these tables anew and begin a new log of changes, as owner. Raises Unready while the tables are in use.

    False where the log could not be ended: on a server of one's own that is for its administrator.
    """
    with database.connect(entry) as owner:
        details: list[str] = []
        owner.add_notice_handler(lambda notice: details.append(notice.message_detail or ""))
        owner.execute(sql.SQL("SET lock_timeout = {}").format(LOCK_TIMEOUT))
        try:
            for table in tables:
                _vacuum(owner, details, sql.SQL("VACUUM (FULL, ANALYZE, VERBOSE) {}").format(sql.Identifier(table)))
            _vacuum(owner, details, sql.SQL("VACUUM (FULL, VERBOSE) pg_catalog.pg_statistic"))
        except psycopg.errors.LockNotAvailable as error:
            raise Unready(BUSY) from error
        try:
            owner.execute("SELECT pg_switch_wal()")
            owner.execute("CHECKPOINT")
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True


def _vacuum(owner: database.Connection, details: list[str], statement: sql.SQL | sql.Composed) -> None:
    for _try in range(TRIES):
        details.clear()
        owner.execute(statement)
        if not any(_KEPT.search(words) for words in details):
            return
        time.sleep(0.5)
    raise Unready(BUSY)
