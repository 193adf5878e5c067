"""Written people, to be counted by hand."""

from pathlib import Path

import pytest

from benan.cases.actions import identities
from benan.core.days import legal_day
from benan.shell.demo import lives
from benan.shell.demo.cast import Officers
from benan.shell.demo.player import calendar_open_at
from benan.shell.demo.telling import Telling
from benan.support.actions import programmes
from tests.cast import PEOPLE, agency_of, day

LIVES = Path(__file__).parent / "lives"


@pytest.fixture
def people(cast):
    """The case of each life and companion; the second case of Dừa was joined to her first on 01/03/2017.

    Mai was in two programmes from 11/04/2017, one of which ended, Trúc in one from 12/04/2017; another of his was a mistake.
    """
    for name in PEOPLE:
        cast.officer(name)
    officers, found = Officers(), {}
    for life in lives.read(LIVES):
        telling = Telling(life, officers)
        for line in life.lines:
            with calendar_open_at(line.on):
                telling.do(line)
        found |= {name or life.key: case for name, case in telling.people.items()}
    with calendar_open_at(day("01/03/2017")):
        identities.join(by=cast.officer("hanh"), case=found["dua"], other=found["dua-nua"])
    by, own = cast.officer("hanh"), cast.officer("quang")
    with calendar_open_at(day("11/04/2017")):
        _enrol(by, found["mai"], "poverty_reduction")
        loan = _enrol(by, found["mai"], "job_loan")
    with calendar_open_at(day("12/04/2017")):
        programmes.end_programme(by=by, enrolment=loan, on=day("12/04/2017"), outcome="left")
        _enrol(own, found["truc"], "job_loan")
        mistaken = _enrol(own, found["truc"], "poverty_reduction")
        programmes.take_programme_back(by=own, enrolment=mistaken, words="Ghi nhầm.")
    return found


def _enrol(by, case, programme):
    """Somebody takes part in a programme from the legal day on."""
    joined = {"office": agency_of("social_bank"), "consent": "spoken"}
    return programmes.join_programme(by=by, case=case, programme=programme, on=legal_day(), **joined)
