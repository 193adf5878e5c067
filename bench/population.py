"""Many cases over five years: the demo's lives, copied over the days, communes and names of a province."""

import contextlib
import datetime as dt
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from ops import database

if __name__ == "__main__":
    database.principal = "command:bench"
    django.setup()

from django.db import connection, connections, transaction

from benan.audit.models import Event as Trail
from benan.cases.models import Case, Deadline
from benan.core.days import legal_day
from benan.indicators import keeping
from benan.indicators.models import CaseStanding
from benan.places import queries as places
from benan.vault.models import Token
from bench import bulk
from bench.copies import Copy, Named, name_all
from bench.loading import bare
from bench.moulds import TABLES, Mould, moulds
from bench.standings import write_standings
from ops.prepare import say

FIRST = dt.date(2016, 1, 4)
OPEN_SHARE = 0.1
LATEST = 25  # days by which an open case may be older than its mould
AT_ONCE = 1000  # copies that one process writes in one transaction
WORKERS = os.cpu_count() or 2
_chunks: list[list[Named]] = []  # of the processes that write, which are forked when it is full
_writer: list[bulk.Writer] = []


def draw(moulds: Sequence[Mould], cases: int) -> list[Copy]:
    """So many cases or one more, the same ones for the same moulds, in the order in which people came.

    What is over was so many whole weeks earlier or later, so that offices worked on the days on which they worked.
    """
    chance, today = random.Random(2016), legal_day()
    closed = [mould for mould in moulds if mould.is_closed]
    working = [mould for mould in moulds if not mould.is_closed]
    homes = _homes(today)
    copies: list[Copy] = []
    made = 0
    while made < cases:
        if chance.random() < OPEN_SHARE:
            mould, later = chance.choice(working), -chance.randrange(LATEST)
        else:
            mould = chance.choice(closed)
            first, last = mould.span
            later = 7 * chance.randint(-((first - FIRST).days // 7), (today - last).days // 7)
        copies.append(Copy(mould, later, *chance.choice(homes), number=made))
        made += len(mould.rows[Case])
    place = {mould: number for number, mould in enumerate(moulds)}
    return sorted(copies, key=lambda copy: (copy.begins, place[copy.mould], copy.later))


def fill(cases: int) -> None:
    """Write so many cases, in several processes; what is left where it is interrupted is of no use."""
    began = time.monotonic()
    found = moulds()
    named = name_all(draw(found, cases))
    _chunks[:] = [named[place : place + AT_ONCE] for place in range(0, len(named), AT_ONCE)]
    _writer[:] = [bulk.Writer()]
    for mould in found:
        _writer[0].templates(mould)
    say(f"  {len(named)} lần tiếp nhận sẽ chép ({time.monotonic() - began:.0f} giây)")

    def tell(words: str) -> None:
        say(f"  {words} ({time.monotonic() - began:.0f} giây)")

    with bare([*TABLES, Deadline, Token, Trail]):
        with _workers() as pool:
            _in_parts(pool, _write, lambda cases: tell(f"{cases} hồ sơ"), meanwhile=lambda: _write_trail(named, tell))
        tell("lập lại chỉ mục và khóa ngoại")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with bare([CaseStanding]), _workers() as pool:
        _in_parts(pool, _write_standings, lambda cases: tell(f"tình trạng của {cases} hồ sơ trong các chỉ tiêu"))
    keeping.keep(legal_day(), anew=True)  # what was copied added nothing to it
    say(f"  xong ({time.monotonic() - began:.0f} giây)")


@contextlib.contextmanager
def _workers() -> Iterator[ProcessPoolExecutor]:
    """Processes that write; where one fails, the others are not given the rest."""
    connections.close_all()
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("fork")) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _in_parts(
    pool: ProcessPoolExecutor, write: Callable[[int], int], tell: Callable[[int], object],
    meanwhile: Callable[[], object] = lambda: None,
) -> None:  # fmt: skip
    """Have the processes of a pool write each part, and do something else meanwhile in this one; tells how many cases."""
    done: list[int] = []

    def count(future: Future[int]) -> None:
        if future.cancelled() or future.exception():
            return
        done.append(future.result())
        if len(done) % 10 == 0 or len(done) == len(_chunks):
            tell(sum(done))

    futures = [pool.submit(write, number) for number in range(len(_chunks))]
    for future in futures:
        future.add_done_callback(count)
    meanwhile()
    for future in futures:
        future.result()


def _write(number: int) -> int:
    """Write one part in this process; returns the number of its cases."""
    with transaction.atomic():
        _writer[0].write(connection, _chunks[number])
    return sum(len(named.cases) for named in _chunks[number])


def _write_standings(number: int) -> int:
    """Write where the cases of one part stand, in this process; returns their number."""
    with transaction.atomic():
        write_standings(connection, _chunks[number])
    return sum(len(named.cases) for named in _chunks[number])


def _write_trail(named: Sequence[Named], tell: Callable[[str], object]) -> None:
    with transaction.atomic():
        bulk.write_trail(named)
    tell("nhật ký")


def _homes(today: dt.date) -> list[tuple[str, str]]:
    """The communes that stood through the whole time, each with its district."""
    lasting = set(places.communes(FIRST).values_list("code", flat=True))
    rows = places.communes(today).filter(code__in=lasting).values_list("parent_code", "code")
    return [(district, commune) for district, commune in rows if len(district) == 3]


if __name__ == "__main__":
    fill(int(sys.argv[1]))
