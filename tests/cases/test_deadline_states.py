"""Where a deadline stands is one answer, whether a page asks the row or a list asks the database."""

import datetime as dt
from itertools import product

import pytest

from benan.cases.models import Deadline
from benan.core.clock_state import ClockState
from benan.core.days import VIETNAM
from tests.cast import TODAY

DAYS = [None, *(TODAY + dt.timedelta(days=n) for n in (-30, -1, 0, 1, 2, 3, 4, 30))]
HOURS = [None, dt.time(0, 5), dt.time(11, 59), dt.time(12), dt.time(23, 55)]
ENDS = [{}, {"met_on": TODAY}, {"ended_on": TODAY}]
IN_LAW = [
    dict(zip(("binding", "owed_to_child", "lapses"), values, strict=True))
    for values in product((True, False), repeat=3)
]


@pytest.mark.parametrize("time", [dt.time(0), dt.time(12), dt.time(23, 59)], ids=str)
def test_the_database_and_the_row_agree(received, time):
    case, now = received(), dt.datetime.combine(TODAY, time, tzinfo=VIETNAM)
    Deadline.objects.bulk_create(
        Deadline(case=case, limit=f"t{n}", label="–", started_on=TODAY, due_on=day, due_at=hour if day else None, **end, **law)
        for n, (day, hour, end, law) in enumerate(product(DAYS, HOURS, ENDS, IN_LAW))
    )  # fmt: skip
    rows = list(Deadline.objects.filter(case=case, limit__startswith="t").with_state(now))
    assert {row.now_state for row in rows} == {*ClockState} - {ClockState.DANGER}
    assert [(row, row.now_state) for row in rows if row.now_state != row.state(now)] == []
