"""The written people of people.yaml, played once for all tests here, in a demo whose legal day is 09/11/2017."""

import pytest
from django.conf import settings
from django.db import transaction

from tests.cast import PEOPLE, Cast, day, demo_installation
from tests.reports.player import play


@pytest.fixture(scope="package")
def played(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast and the town, in a transaction that is rolled back when they are done."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic(), demo_installation(folder):
        cast = Cast()
        for name in PEOPLE:
            cast.officer(name)
        yield cast, play(cast)
        transaction.set_rollback(True)


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
