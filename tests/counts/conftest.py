"""Written people, to be counted by hand."""

from pathlib import Path

import pytest

from benan.cases.actions import identities
from benan.shell.demo import lives
from benan.shell.demo.cast import Officers
from benan.shell.demo.player import calendar_open_at
from benan.shell.demo.telling import Telling
from tests.cast import PEOPLE, day

LIVES = Path(__file__).parent / "lives"


@pytest.fixture
def people(cast):
    """The case of each life and companion; the second case of Dừa was joined to her first on 01/03/2017."""
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
    return found
