"""The written people of people.yaml, in a demo whose legal day is 09/11/2017, for the packages that import this."""

import pytest
from django.conf import settings

from tests import databases
from tests.cast import day, demo_installation


@pytest.fixture(scope="package")
def played(town_database, django_db_blocker):
    """The cast and the town, to be worked with by the tests of a package, each of which leaves them as they were."""
    used, folder, cast, town = town_database
    with django_db_blocker.unblock(), databases.in_process(used), demo_installation(folder):
        yield cast, town


@pytest.fixture
def town(played, db):
    """The people as they are on 31/10/2017, seen from 09/11/2017."""
    return played[1]


@pytest.fixture
def cast(played, db):
    """The officers who know them; their browsers are new in each test, since sessions go with its transaction."""
    played[0]._browsers.clear()
    return played[0]


@pytest.fixture
def on_day(played, monkeypatch):
    """Call with 01/07/2018 to move the legal day."""
    return lambda text: monkeypatch.setattr(settings, "BENAN_TODAY", day(text).isoformat())
