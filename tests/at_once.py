"""Several people who send at the same moment, each on a connection of their own.

Chance has no part in it: another connection holds what all of them will need (`held`) until every one of them waits.
"""

import contextlib
import threading
import time

from django.db import connections

LONGEST = 20  # seconds


class Together:
    """Acts that have begun and wait for one another; `ends` lets them go on and says how each ended."""

    def __init__(self, copy):
        self._copy, self._threads, self.ended = copy, [], {}

    def begin(self, act):
        """Begin an act, and come back once it waits for a lock (or has ended)."""
        number = len(self._threads)
        thread = threading.Thread(target=self._run, args=[number, act])
        self._threads.append(thread)
        thread.start()
        waiting, until = sum(each.is_alive() for each in self._threads), time.monotonic() + LONGEST
        with self._copy.connect("owner") as watching:
            while thread.is_alive() and self._waiting(watching) < waiting:
                assert time.monotonic() < until, "it neither waits nor ends"

    def ends(self):
        """What each act gave or raised, in the order in which they began."""
        for thread in self._threads:
            thread.join(LONGEST)
        return [self.ended[number] for number in sorted(self.ended)]

    def _run(self, number, act):
        try:
            self.ended[number] = act()
        except Exception as error:  # noqa: BLE001
            self.ended[number] = error
        finally:
            connections.close_all()

    @staticmethod
    def _waiting(connection):
        row = connection.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database()"
        ).fetchone()
        return row[0]


def at_once(copy, hold, *acts):
    """What some acts give or raise when each has gone as far as `hold` (SQL on a connection of its own) lets it."""
    together = Together(copy)
    with held(copy, hold):
        for act in acts:
            together.begin(act)
    return together.ends()


@contextlib.contextmanager
def held(copy, sql):
    """A lock that SQL takes, on a connection of its own, until the block ends."""
    with copy.connect("owner") as holder, holder.transaction():
        holder.execute(sql)
        yield
