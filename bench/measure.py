"""Filling the bench's database and asking its pages; run.py has made the environment."""

import contextlib
import json
import statistics
import threading
import time

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benan.accounts.middleware import DEMO
from benan.audit import trail
from benan.cases.actions import identities
from benan.cases.events import CaseEvent
from benan.core import figures
from benan.core.days import legal_day
from benan.core.figures import question
from benan.plan import queries as plans
from benan.plan.indicators import indicators
from bench import pages, population
from bench.clients import Browser, session_of
from ops.prepare import say

ASKED, SECONDS = 40, 10  # requests for one page by one client, at most so many and for so long
WARM = 1  # requests that are told apart: the first after a change, by which pages are worked out anew
CLIENTS = 4
MOST = 0.100  # seconds within which nineteen of twenty pages should be there
RATIO = 3  # indicators may take so many times the statements written by hand
COUNTS = "queries.json"


def fill(folder, files):
    """Count the queries of each page with the demo alone, then write the files."""
    (folder / COUNTS).write_text(json.dumps({page.name: _queries(page) for page in pages.pages()}))
    population.fill(files, tell=say)


def main(port, folder) -> int:
    """Ask every page, print the table; 1 where a page was wrong."""
    before, wrong = json.loads((folder / COUNTS).read_text()), []
    say(
        f"\n{_files()} hồ sơ, ngày {legal_day():%d/%m/%Y}; thời gian bằng mili giây, một máy khách rồi {CLIENTS} máy khách"
    )
    head = ("trang", "lần đầu", "giữa", "p95", f"giữa×{CLIENTS}", f"p95×{CLIENTS}", "SQL tay", "truy vấn", "")
    say(_line(head))
    seconds, statements, differing = _indicators()
    wrong += differing
    for page in pages.pages():
        _somebody_changed_something()
        alone, together = _times(page, port, 1), _times(page, port, CLIENTS)
        wrong += [f"{page.name}: {answer}" for answer in alone["wrong"] + together["wrong"]]
        by_hand = statements if page.statement == "indicators" else _by_hand(page)
        queries, few = _queries(page), before[page.name]
        remarks = ["chậm"] if alone["p95"] > MOST else []
        remarks += [f"{few} truy vấn khi ít hồ sơ"] if queries != few else []
        numbers = [
            f"{1000 * each:.0f}"
            for each in (alone["first"], alone["median"], alone["p95"], together["median"], together["p95"])
        ]
        say(_line((page.name, *numbers, f"{1000 * by_hand:.1f}", str(queries), ", ".join(remarks))))
    verdict = "" if seconds <= RATIO * statements else f" (hơn {RATIO} lần)"
    say(
        f"\nNăm chỉ tiêu, cả kế hoạch: {1000 * seconds:.0f} ms; năm câu SQL viết tay: {1000 * statements:.0f} ms{verdict}"
    )
    say(f"Tìm trước khi tạo, riêng việc tìm: {1000 * _search():.0f} ms")
    for sentence in wrong:
        say(f"SAI: {sentence}")
    return 1 if wrong else 0


def _times(page, port, clients):
    """The first answer, median and 95th percentile of the others over all clients, and what was wrong."""
    first, seconds, wrong, user = [], [], [], get_user_model().objects.get(username=page.username)
    sessions = [session_of(user) for _client in range(clients)]
    threads = [threading.Thread(target=_ask, args=(page, port, session, first, seconds, wrong)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds.sort()
    return {
        "first": first[0],
        "median": statistics.median(seconds),
        "p95": seconds[int(len(seconds) * 0.95)],
        "wrong": wrong[:1],
    }


def _ask(page, port, session, first, seconds, wrong):
    end = time.monotonic() + SECONDS
    with contextlib.closing(Browser(port, session)) as browser:
        for number in range(ASKED):
            answer = browser.post(page.path, **page.form) if page.form else browser.get(page.path)
            if answer.status != 200:
                wrong.append(f"{page.path} trả {answer.status} {answer.location}")
            (seconds if number >= WARM else first).append(answer.seconds)
            if wrong or (seconds and time.monotonic() > end):
                return


def _somebody_changed_something():
    trail.record(by=None, event=CaseEvent.STEP_RECORDED, data={"step": "none, of the bench"})


def _queries(page):
    """How many statements the page takes in this process, those of the session included."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(username=page.username))
    session = client.session
    session[DEMO] = True
    session.save()
    for _warm in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.post(page.path, page.form) if page.form else client.get(page.path)
    return len(captured)


def _by_hand(page):
    return _median(pages.STATEMENTS[page.statement], pages.parameters(page))


def _indicators():
    """Seconds of the five figures, of the five statements, and where they say different things."""
    asked = question(population.FIRST.replace(day=1), legal_day())
    first, last = asked.known
    parameters = {"first": first, "last": last, "today": asked.as_of}
    measures = {each.number: each.measure for each in indicators(plans.latest(legal_day()))}
    ours, theirs, wrong = 0, 0, []
    for number, statement in pages.indicator_statements().items():
        tally = figures.figure(measures[number], asked).total
        theirs += _median(statement, parameters)
        times = []
        for _time in range(3):
            began = time.perf_counter()
            figures.figure(measures[number], asked)
            times.append(time.perf_counter() - began)
        ours += statistics.median(times)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            by_hand = cursor.fetchone()
        if by_hand != (tally.numerator, tally.denominator):
            wrong.append(
                f"chỉ tiêu {number}: {tally.numerator}/{tally.denominator}, SQL viết tay: {by_hand[0]}/{by_hand[1]}"
            )
    return ours, theirs, wrong


def _search():
    """Seconds of the search itself, without the page around it."""
    user, seconds = get_user_model().objects.get(username="lan"), []
    for _time in range(9):
        with transaction.atomic():
            began = time.perf_counter()
            identities.search(by=user, facts=pages.ASKED_FOR)
            seconds.append(time.perf_counter() - began)
            transaction.set_rollback(True)
    return statistics.median(seconds)


def _median(statement, parameters, times=9):
    seconds = []
    for _time in range(times):
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            cursor.fetchall()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _files():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")
        return cursor.fetchone()[0]


def _line(parts):
    name, *rest, remark = parts
    return f"{name:<34}" + "".join(f"{part:>9}" for part in rest) + f"  {remark}"
