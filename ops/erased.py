"""What was erased, or sealed under a key no longer used, leaves the database's files as well.

PostgreSQL keeps former versions of rows in a table's file until it is written anew, samples of values in its statistics
(none of sealed ones: shell 0002), and all of them in its log of changes until that is written over. A copy of the files
would bring them back.
"""

import re
import time

import psycopg
from psycopg import sql

from ops import Unready, database, files

TABLES = ("vault_person", "vault_sealed", "vault_token", "mfa_authenticator", "accounts_session")
MARK = "cleared"  # file of the data folder: the last erasure that has left the files
WAIT = "5s"  # for whoever reads these tables at the moment
TRIES = 20  # half a second apart: what somebody who reads may still see is kept in the new file
BUSY = "Chưa dọn được bản cũ của những gì đã xóa: có việc đang chạy. Hãy chạy lại sau."
_KEPT = re.compile(r"([1-9]\d*) dead row versions cannot be removed yet")


def clear(entry):
    """Write the tables anew and have the log of changes begin anew; as owner. Raises Unready while they are in use.

    On a server of one's own the log of changes is its administrator's to end; the answer says whether it was ended.
    """
    with database.connect(entry) as owner:
        told = []
        owner.add_notice_handler(lambda notice: told.append(notice.message_detail or ""))
        owner.execute(sql.SQL("SET lock_timeout = {}").format(WAIT))
        try:
            for table in TABLES:
                _write_anew(owner, told, sql.SQL("VACUUM (FULL, ANALYZE, VERBOSE) {}").format(sql.Identifier(table)))
            _write_anew(owner, told, sql.SQL("VACUUM (FULL, VERBOSE) pg_catalog.pg_statistic"))
        except psycopg.errors.LockNotAvailable as error:
            raise Unready(BUSY) from error
        try:
            owner.execute("SELECT pg_switch_wal()")
            owner.execute("CHECKPOINT")
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True


def _write_anew(owner, told, statement):
    for _try in range(TRIES):
        told.clear()
        owner.execute(statement)
        if not any(_KEPT.search(words) for words in told):
            return
        time.sleep(0.5)
    raise Unready(BUSY)


def clear_once(entry, folder):
    """The same where somebody was erased since it was last done; whether anything was to do."""
    with database.connect(entry) as owner:
        (last,) = owner.execute("SELECT max(erased_at)::text FROM vault_person").fetchone()
    mark = folder / MARK
    if last is None or (mark.exists() and mark.read_text() == last):
        return False
    clear(entry)
    files.write_private(mark, last)
    return True
