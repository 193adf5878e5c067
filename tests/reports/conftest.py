"""The town, for tests of the report of a period; officers who report, a period of the plan and a return of it."""

import pytest

from tests.indicators.town import cast, on_day, played, town  # noqa: F401
from tests.reports.playing import Reporting, of


@pytest.fixture
def reporting(demo, cast):  # noqa: F811
    """Officers of every agency that reports."""
    return Reporting(cast)


@pytest.fixture
def period(reporting):
    """The yearly report of 2017, open."""
    return reporting.opened()


@pytest.fixture
def ret(period):
    """The return of Quang's district, being drafted."""
    return of(period, "district-736")
