"""The statements written by hand beside the pages name tables and columns that there are."""

import datetime as dt

import pytest
from django.db import connection

from bench import pages

EVERY = pages.STATEMENTS | pages.indicator_statements()


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERY)
def test_a_statement_written_by_hand_is_one_that_the_database_takes(name):
    days = {"first": dt.date(2016, 1, 1), "last": dt.date(2020, 12, 31), "today": dt.date(2020, 11, 5)}
    with connection.cursor() as cursor:
        cursor.execute(EVERY[name], {**days, "agencies": [1], "case": 1, "tokens": [b""]})
