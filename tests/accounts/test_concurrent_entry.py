"""Several tries at one moment, on connections of their own."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.test import RequestFactory

from benan.accounts import throttle
from benan.accounts.actions import factors
from benan.accounts.models import FailedAttempts
from benan.audit.models import Event
from tests.accounts.conftest import account, code, own_app


def at_once(times, do):
    """What `do()` gives in that many threads."""

    def one(_worker):
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as workers:
        return list(workers.map(one, range(times)))


def test_of_two_who_send_one_code_at_the_same_moment_one_comes_in(committed_database):
    ngoc = account("ngoc", "Lê Thị Ngọc")
    own_app(ngoc)
    number = code()
    found = at_once(4, lambda: factors.use_code(by=ngoc, code=number))
    assert sum(each is not None for each in found) == 1


def test_of_guesses_at_the_same_moment_no_more_are_looked_at_than_one_after_the_other(committed_database):
    ngoc, looked = account("ngoc", "Lê Thị Ngọc"), []
    request = RequestFactory().post("/cua/vao/")

    def guess():
        with contextlib.suppress(throttle.MustWait):
            throttle.tried(throttle.password_at_sign_in(request, "ngoc"), lambda: looked.append(1))

    at_once(12, guess)
    row = FailedAttempts.objects.get(user=ngoc)
    assert len(looked) == row.failures == throttle.FREE
    assert sorted(line.data["count"] for line in Event.objects.filter(subject="user:ngoc")) == [1, 2, 4]
