"""What the counts of a report cost: all of a quarter, those of each district, and the last day of one."""

import datetime as dt
import time
from collections.abc import Callable
from functools import partial

from benan.core.counts import COUNTS
from benan.core.days import legal_day
from benan.core.figures import Question
from benan.indicators import counts
from ops.prepare import say

TIMES = 10


def measure(database: Callable[[], float]) -> dict[str, float]:
    """Seconds of the processor, of this process and of the `database` (which tells what it has used until now), for all counts
    of the last whole quarter, with every split, and for each district; seconds waited for the last day of the slowest count."""
    quarter = _last_quarter(legal_day())
    found = {
        "quarter": _used(lambda: counts.numbers(COUNTS, quarter), database),
        "districts": _used(lambda: counts.by_district(COUNTS, quarter), database),
        "last_day": max(_waited(partial(counts.last_day, count)) for count in COUNTS),
    }
    say(f"  số đếm của một quý: {1000 * found['quarter']:.0f} ms")
    return found


def _last_quarter(today: dt.date) -> Question:
    begins = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = begins - dt.timedelta(days=1)
    return Question(dt.date(last.year, last.month - 2, 1), last, today)


def _used(ask: Callable[[], object], database: Callable[[], float]) -> float:
    ask()
    before = time.process_time() + database()
    for _time in range(TIMES):
        ask()
    return (time.process_time() + database() - before) / TIMES


def _waited(ask: Callable[[], object]) -> float:
    ask()
    began = time.perf_counter()
    for _time in range(TIMES):
        ask()
    return (time.perf_counter() - began) / TIMES
