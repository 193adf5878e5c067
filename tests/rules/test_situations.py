"""Written situations with the days a lawyer expects, in situations/*.yaml."""

from pathlib import Path

import pytest

from benan.rules import facts
from benan.rules.deadlines import running
from benan.rules.reading import Entry, parse

FILES = sorted((Path(__file__).parent / "situations").glob("*.yaml"))
SITUATIONS = [entry for file in FILES for entry in parse(file.read_bytes(), file.name).entries()]


def clocks_of(entry, days, limits):
    situation = {name: value for name, value in entry.value.items() if name in ("events", "facts", "as_of")}
    situation["procedure"] = Entry("self_reported", entry.line, entry.file)
    read = facts.read(Entry(situation, entry.line, entry.file), days)
    found = running(read.procedure, read.events, as_of=read.as_of, limits=limits, days=days, facts=read.facts)
    return {clock.limit: clock for clock in found}


def expected(entry):
    due = entry["due"].value
    return {
        "due_on": None if due == "null" else entry["due"].day(),
        "state": entry["state"].value,
        **{name: entry[name].truth() for name in ("governs", "convention") if name in entry},
        **({"late_by": entry["late_by"].number()} if "late_by" in entry else {}),
    }


@pytest.mark.parametrize("entry", SITUATIONS, ids=lambda entry: f"{entry.file}:{entry.line}")
def test_a_written_situation_has_the_days_that_a_lawyer_expects(entry, days, limits):
    top = entry.fields("title", "events", "as_of", "expect", optional=("facts", "absent"))
    clocks = clocks_of(entry, days, limits)
    for each in top["expect"].entries():
        wanted = each.fields(
            "limit", "due", "state", "article", "why",
            optional=("governs", "convention", "late_by", "counting"),
        )  # fmt: skip
        clock = clocks[wanted["limit"].text()]
        answer = expected(wanted)
        assert {name: getattr(clock, name) for name in answer} == answer, (each.line, clock.explanation)
        assert wanted["article"].text() in clock.citation
        assert "counting" not in wanted or wanted["counting"].text() in clock.counting
    for absent in top["absent"].texts() if "absent" in top else ():
        assert absent not in clocks


def test_there_are_at_least_twenty_five_situations():
    assert len(SITUATIONS) >= 25
