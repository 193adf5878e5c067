"""No page asks the database more often the more cases there are."""

from functools import partial

import pytest

from tests.expected import EXPECTED, SHOWN, first_who
from tests.growing import questions

pytestmark = pytest.mark.usefixtures("undone")
AT_WORK = ("lan", "hanh", "dung", "hoa", "thu", "vy")  # for whom lists and desks differ
LISTS = [address for address in SHOWN if "{" not in address and not address.startswith("/cua/")]
PAGES = [(name, address) for address in LISTS for name in AT_WORK if EXPECTED[address][name] == "200"]
PAGES += [(first_who(EXPECTED[address]), address) for address in SHOWN if address not in LISTS]


def add_cases(cast):
    """Cases that wait for each of those at work: new, with needs asked, with the police, referred, back home."""
    cast.notified()
    cast.requested(cast.screened(danger="yes"))
    cast.referred(cast.at_home())


def asked(world):
    """How many questions each page asks."""
    return {(name, address): len(questions(partial(world.get, name, address))) for name, address in PAGES}


def test_with_the_number_of_cases(world):
    add_cases(world.cast)
    few = asked(world)
    for _time in range(3):
        add_cases(world.cast)
    many = asked(world)
    assert {page: (few[page], many[page]) for page in PAGES if many[page] > few[page]} == {}
