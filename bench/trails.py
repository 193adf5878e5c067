"""How fast the trail takes rows from several writers, what they wait for, and how fast it is checked."""

import multiprocessing
import time
from collections import Counter
from typing import Any

from django.db import connection, connections

from benan.audit import trail
from benan.audit.models import Event
from benan.audit.verify import verify
from benan.cases.events import CaseEvent
from ops.prepare import say

SECONDS = 6
WRITERS = 8
PAUSE = 0.005  # seconds between two looks at what writers wait for
# Of each writer: whether it holds the lock of the chain, and what it does or waits for.
_WAITING = """
SELECT bool_or(l.granted), a.state, coalesce(a.wait_event_type || ':' || a.wait_event, '')
FROM pg_stat_activity a LEFT JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.objid = %s
WHERE a.application_name = %s GROUP BY a.pid, 2, 3
"""
_NAME = "bench_trail"


def measure() -> dict[str, Any]:
    """Commits a second by one writer and by several, with and without waiting for the disk; shares of what the holder of
    the chain's lock does meanwhile, and how many wait for it; microseconds of one hash; rows checked a second, in all and of the processor."""
    found: dict[str, Any] = {}
    for name, writers, synchronous in (("1", 1, "on"), ("8", WRITERS, "on"), ("8_unsynced", WRITERS, "off")):
        found[name], found[f"{name}_seen"] = _commits(writers, synchronous)
    row = Event.objects.order_by("-seq")[0]
    began = time.process_time()
    for _time in range(5000):
        row.sealed()
    found["hash_us"] = (time.process_time() - began) / 5000 * 1e6
    began, used = time.monotonic(), time.process_time()
    found["rows"] = verify().rows
    found["verified"] = found["rows"] / (time.monotonic() - began)
    found["verified_cpu"] = found["rows"] / (time.process_time() - used)
    say(f"  nhật ký: {found['8']:.0f} lần ghi một giây, {found['verified']:.0f} dòng kiểm tra một giây")
    return found


def _commits(writers: int, synchronous: str) -> tuple[float, dict[str, Any]]:
    """Commits a second; how many wait for the lock on average, and by what its holder does, shares of its time."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    count = context.Value("q", 0)
    processes = [context.Process(target=_write, args=(count, synchronous)) for _writer in range(writers)]
    for process in processes:
        process.start()
    while not count.value:
        time.sleep(PAUSE)
    before, began, seen, waiting, looks = count.value, time.monotonic(), Counter[str](), 0, 0
    with connection.cursor() as cursor:
        while time.monotonic() < began + SECONDS:
            cursor.execute(_WAITING, [trail.LOCK, _NAME])
            rows = cursor.fetchall()
            looks += 1
            waiting += sum(waits == "Lock:advisory" for _holds, _state, waits in rows)
            seen.update(_doing(state, waits) for holds, state, waits in rows if holds)
            time.sleep(PAUSE)
        found = (count.value - before) / (time.monotonic() - began)
    for process in processes:
        process.terminate()
        process.join()
    shares = {name: number / seen.total() for name, number in seen.most_common()}
    return found, {"waiting": waiting / looks, "holder": shares}


def _write(count: Any, synchronous: str) -> None:
    """Add rows to the trail, each in a transaction of its own, until this process is ended."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET application_name = '{_NAME}'; SET synchronous_commit = {synchronous}")
    while True:
        trail.record(by=None, event=CaseEvent.STEP_RECORDED, data={"step": "none, of the bench"})
        with count.get_lock():
            count.value += 1


def _doing(state: str, waits: str) -> str:
    """What a writer does while it holds the lock: "disk", "python" (hash, head, statement) or "database"."""
    if waits.startswith("IO:WAL") or waits in ("LWLock:WALWrite", "LWLock:WALInsert"):
        return "disk"
    return "python" if state == "idle in transaction" or waits.startswith("Client") else "database"
