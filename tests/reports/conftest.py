"""The written people of people.yaml, played once for a module, in a demo whose legal day is 09/11/2017."""

import pytest
from django.db import transaction

from tests.cast import Cast, demo_installation
from tests.reports.player import play


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast and the town, in a transaction that is rolled back when the module is done."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), demo_installation(folder), transaction.atomic():
        cast = Cast()
        yield cast, play(cast)
        transaction.set_rollback(True)


@pytest.fixture
def town(played, db):
    """The people as they are on 31/10/2017, seen from 09/11/2017."""
    return played[1]


@pytest.fixture
def cast(played, db):
    """The officers who know them."""
    return played[0]
