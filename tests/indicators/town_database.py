"""The written people of people.yaml, played once for all tests of a process; each package works with them in turn."""

import pytest

from tests import databases
from tests.cast import PEOPLE, Cast, demo_installation
from tests.indicators.player import play


@pytest.fixture(scope="session")
def town_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """The database in which they were played, the folder of its installation, the cast and the town."""
    folder = tmp_path_factory.mktemp("town")
    with databases.copy() as used:
        with django_db_blocker.unblock(), databases.in_process(used), demo_installation(folder):
            cast = Cast()
            for name in PEOPLE:
                cast.officer(name)
            town = play(cast)
        yield used, folder, cast, town
