"""The law as the data files say it, without a database."""

import pytest

from benan.rules import loading
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable


@pytest.fixture(scope="session")
def days():
    return DayTable(loading.official_days())


@pytest.fixture(scope="session")
def limits():
    return LimitTable(loading.limits())
