"""Measuring a running program: what each page costs, alone and while others write. Started by run.py, as a process of its own."""

import contextlib
import http.client
import itertools
import json
import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from ops import database

if __name__ == "__main__":
    database.principal = "command:bench"
    django.setup()

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benan.accounts.middleware import DEMO
from benan.accounts.models import Membership, User
from benan.audit import trail
from benan.audit.models import CASES, Event
from benan.cases.events import CaseEvent
from benan.cases.models import Case
from bench import counts, pages, papers, returns, trails
from bench.clients import Answer, Browser, give_factors
from bench.moulds import every
from bench.pages import LISTED, LOOKED_AT, LOOKS, NOTE, PAGES, Page, Request
from bench.processor import PARTS, Program
from ops.prepare import say

ROUNDS, REQUESTS = 3, 20  # the median of so many rounds is told, of so many requests each
SECONDS, MOST = 4.0, 100  # beside writes: for so long, at most so many requests
FIRST_ANSWERS, LONGEST = 5, 30.0  # first answers after a write: so many, or those of so many seconds
AT_LEAST = 4  # officers of each role
SETTLING = 0.1  # seconds; what follows an answer, such as a backend's commit, belongs to it
_BENCH = "bench"  # what these looks say of where they were
SIGN_IN = "Đăng nhập, mật khẩu và mã"

Sent = list[tuple[Browser, Request]]


class Wrong(Exception):
    """A page answered otherwise than expected."""


class Bench:
    """Officers at their browsers, and the counts of the program's processor time."""

    def __init__(self, port: int, program: Program) -> None:
        self.program = program
        self._officers = {role: officers(role) for role in dict.fromkeys(page.role for page in PAGES)}
        self._browsers = {user: Browser(port) for users in self._officers.values() for user in users}
        *self._officers[NOTE.role], first, second = self._officers[NOTE.role]
        self._writers = itertools.cycle([first, second])  # who write while others read, and do nothing else
        self._requests: dict[tuple[str, User], Iterator[Request]] = {}
        self._turns = {page.name: itertools.cycle(self._officers[page.role]) for page in PAGES}

    def sign_in(self) -> dict[str, float]:
        """Sign everybody in; the cost of one sign-in."""
        for user in self._browsers:
            give_factors(user)
        users = list(self._browsers)
        first, *others = users
        self._browsers[first].sign_in(first.username)
        with self._counted(len(others)) as cost:
            times = []
            for user in others:
                began = time.perf_counter()
                self._browsers[user].sign_in(user.username)
                times.append(time.perf_counter() - began)
        return cost | _waited(times)

    def take(self, page: Page, number: int) -> Sent:
        """So many requests for a page, of its officers in turns, not sent yet; fewer where not so many are left to send.

        Raises Wrong where none is left.
        """
        users = itertools.islice(self._turns[page.name], number)
        if not (found := [each for user in users for each in self._next(page, user)]):
            raise Wrong("không còn gì để gửi: quá ít hồ sơ")
        return found

    def notes(self, number: int) -> Sent:
        """So many notes of those who only write."""
        return [each for user in itertools.islice(self._writers, number) for each in self._next(NOTE, user)]

    def _next(self, page: Page, user: User) -> Sent:
        waiting = self._requests.setdefault((page.name, user), page.requests(user))
        return [(self._browsers[user], request) for request in itertools.islice(waiting, 1)]

    def send(self, sent: Sent) -> list[Answer]:
        """Send requests one after the other. Raises Wrong."""
        return [_send(browser, request) for browser, request in sent]

    def alone(self, page: Page) -> dict[str, Any]:
        """What a page costs while nothing else goes on: seconds of the processor, seconds waited, bytes."""
        self.send(self.take(page, len(self._officers[page.role])))
        costs, waited, size = [], [], 0
        for _round in range(ROUNDS):
            sent = self.take(page, REQUESTS)
            with self._counted(len(sent)) as cost:
                answers = self.send(sent)
            costs.append(cost)
            waited += [answer.seconds for answer in answers]
            size = len(answers[-1].body)
        return _middle(costs) | _waited(waited) | {"bytes": size}

    def beside_writes(self, page: Page, note: dict[str, float]) -> dict[str, float]:
        """The same while somebody writes once a second; what the writes cost (`note`) is taken off."""
        sent, notes, over, written = self.take(page, MOST), self.notes(int(SECONDS) + 2), threading.Event(), [0]

        def write() -> None:
            for browser, request in notes:
                _send(browser, request)
                written[0] += 1
                if over.wait(1):
                    return

        writer, waited = threading.Thread(target=write), list[float]()
        with self._counted(1) as whole:
            writer.start()
            end = time.monotonic() + SECONDS
            try:
                for each in itertools.takewhile(lambda _each: time.monotonic() < end, sent):
                    waited += [answer.seconds for answer in self.send([each])]
            finally:
                over.set()
                writer.join()
        cost = {part: max(0.0, whole[part] - written[0] * note[part]) / len(waited) for part in PARTS}
        return cost | _waited(waited)

    def first_after_a_write(self, page: Page) -> dict[str, float]:
        """What the first answer after a write costs, and how long it is waited for."""
        costs, waited, end = [], list[float](), time.monotonic() + LONGEST
        while len(waited) < FIRST_ANSWERS and (not waited or time.monotonic() < end):
            self.send(self.notes(1))
            sent = self.take(page, 1)
            with self._counted(1) as cost:
                waited += [answer.seconds for answer in self.send(sent)]
            costs.append(cost)
        return _middle(costs) | _waited(waited)

    def close(self) -> None:
        """Let go of all connections, so that none of the others' times is theirs."""
        for browser in self._browsers.values():
            browser.close()

    @contextlib.contextmanager
    def _counted(self, times: int) -> Iterator[dict[str, float]]:
        """Fills, at the end of the block, in the seconds of the processor that each of so many requests took."""
        cost: dict[str, float] = {}
        time.sleep(SETTLING)
        before = self.program.seconds()
        yield cost
        time.sleep(SETTLING)
        after = self.program.seconds()
        cost |= {part: (after[part] - before[part]) / times for part in PARTS}


def main(port: int, workers: int, starter: int, files: str | None, result: Path) -> None:
    """Measure everything and write it down as JSON; what was wrong is in it."""
    bench = Bench(port, Program(workers, starter, files))
    found: dict[str, Any] = {"cases": every(Case).count(), "pages": defaultdict(dict), "wrong": []}
    look_often()
    say(f"Đo {found['cases']} hồ sơ")
    found["pages"][SIGN_IN]["alone"] = bench.sign_in()
    note = bench.alone(NOTE)
    for page in PAGES:
        try:
            row = found["pages"][page.name]
            row["queries"] = _queries(page)
            row["alone"] = note if page is NOTE else bench.alone(page)
            row["beside"] = bench.beside_writes(page, note)
            if page.after_a_write:
                row["first"] = bench.first_after_a_write(page)
            say(f"  {page.name}: {1000 * sum(row['alone'][part] for part in PARTS):.0f} ms")
        except Wrong as answer:
            found["wrong"].append(f"{page.name}: {answer}")
        bench.close()
    found["counts"] = counts.measure(lambda: bench.program.seconds()["database"])
    found["papers"] = papers.measure()
    found["returns"] = returns.measure()
    found["trail"] = trails.measure()
    result.write_text(json.dumps(found, ensure_ascii=False, indent=1))


def _send(browser: Browser, request: Request) -> Answer:
    try:
        answer = browser.post(request.path, **request.fields) if request.fields else browser.get(request.path)
    except (OSError, http.client.HTTPException) as error:
        raise Wrong(f"{request.path}: {error!r}") from error
    if answer.status != request.status:
        raise Wrong(f"{request.path} trả {answer.status} {answer.location}")
    return answer


def officers(role: str) -> list[User]:
    """The officers of a role; where few have it, there are more in the same office."""
    seats = list(Membership.objects.filter(role=role, until=None).select_related("user", "agency").order_by("pk"))
    found = [seat.user for seat in seats]
    for number in range(len(found), AT_LEAST):
        user, _new = get_user_model().objects.get_or_create(
            username=f"do-{role}-{number}", defaults={"full_name": "Cán bộ của phép đo"}
        )
        if user not in found:
            seat = Membership.objects.get(pk=seats[0].pk)
            seat.pk, seat.user = None, user
            seat.save(force_insert=True)
            found.append(user)
    return found


def look_often() -> None:
    """Have some cases of every officer looked at so often that their access log fills pages, once for each population."""
    readers = officers(pages.DISTRICT)
    if Event.objects.filter(event=CaseEvent.VIEWED, data={"where": _BENCH}).exists():
        return
    with transaction.atomic():
        for reader in readers:
            cases = list(Case.objects.visible_to(reader).filter(closed_on=None).order_by("pk")[:LISTED])
            shown = {"where": "cases:list", CASES: [case.code for case in cases]}
            for user, _look in zip(itertools.cycle(readers), range(LOOKS)):
                trail.record(by=user, event=CaseEvent.LISTED, data=shown)
                for case in cases[:LOOKED_AT]:
                    trail.record(by=user, event=CaseEvent.VIEWED, on=case, data={"where": _BENCH})


def _queries(page: Page) -> int:
    """How many statements a page takes in this process, those of the session included; 0 for a form, which would write."""
    user = officers(page.role)[0]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    session = client.session
    session[DEMO] = True
    session.save()
    counts = [0]
    for request in itertools.islice(page.requests(user), 2):
        if request.status == 200:
            with CaptureQueriesContext(connection) as captured:
                client.post(request.path, request.fields) if request.fields else client.get(request.path)
            counts.append(len(captured))
    return counts[-1]


def _middle(costs: list[dict[str, float]]) -> dict[str, float]:
    """The cost that is the middle one of several by its sum."""
    return sorted(costs, key=lambda cost: sum(cost.values()))[len(costs) // 2]


def _waited(seconds: list[float]) -> dict[str, float]:
    seconds = sorted(seconds)
    return {"median": statistics.median(seconds), "p95": seconds[int(len(seconds) * 0.95)]}


if __name__ == "__main__":
    port, workers, starter, files, result = sys.argv[1:]
    main(int(port), int(workers), int(starter), files or None, Path(result))
