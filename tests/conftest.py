"""What every test may ask for."""

import contextlib

import pytest
from django import test
from django.conf import settings
from django.db import connections

from ops import database, prepare
from tests import databases, network
from tests.environment import HOME

pytest_plugins = ["tests.cast", "tests.factories", "tests.indicators.town_database"]


def pytest_configure():
    """Spare tests the cost of strong passwords and of compressed page files; let them use both connections.

    In this process every installation may be on a day of the test's choosing (tests/ops/test_day.py has the real rule).
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MAY_MOVE_DAY = "tests.environment.always"
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    prepare.static_folder().mkdir(parents=True, exist_ok=True)
    test.TransactionTestCase.databases = test.TestCase.databases = {"default", "aside"}


@pytest.fixture(scope="session", autouse=True)
def no_network():
    with pytest.MonkeyPatch.context() as patch:
        network.forbid(patch)
        yield


@pytest.fixture(scope="session")
def cluster():
    """The tests' PostgreSQL, running."""
    with database.server(HOME, create=True) as running:
        yield running


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, cluster):
    """One copy for all tests of this run that change nothing for good."""
    with databases.copy() as used, django_db_blocker.unblock(), databases.in_process(used):
        yield


@pytest.fixture(autouse=True)
def settings_are_as_before():
    """Settings changed by a test and by its installation end in whichever order its fixtures end."""
    before = settings._wrapped
    yield
    settings._wrapped = before


@pytest.fixture(autouse=True)
def counts_are_forgotten(request, django_db_blocker):
    """Counts on the connection aside outlive a test's transaction, as they should; the next test starts from none."""
    yield
    if connections["aside"].connection is not None:
        with django_db_blocker.unblock(), connections["aside"].cursor() as cursor:
            cursor.execute("DELETE FROM core_remembered")
            cursor.execute("DELETE FROM accounts_failedattempts")


@pytest.fixture
def fresh_database(cluster):
    """Call for a database of the test's own, for servers and processes; dropped afterwards."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(databases.copy())


@pytest.fixture
def committed_database(django_db_setup, django_db_blocker, fresh_database):
    """A database of the test's own where commits are real, for two people at once. Threads close their connections."""
    used = fresh_database()
    with django_db_blocker.unblock(), databases.in_process(used):
        yield used


@pytest.fixture
def live_server_process(fresh_database):
    """Call for a real web server: `today` is the legal day of a demo, `copy` an already filled database."""
    with contextlib.ExitStack() as stack:

        def start(*, today="", copy=None, **environment):
            return stack.enter_context(databases.web_server(copy or fresh_database(), today=today, **environment))

        yield start
