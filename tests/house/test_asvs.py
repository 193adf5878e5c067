"""docs/asvs.csv answers every requirement of OWASP ASVS 5.0, levels 1 and 2, by a test that exists or by a reason."""

import csv
import re

from tests.house import ROOT, parsed, text
from tests.house.controls import CONTROLS

# Section and numbers in it, as the standard numbers them.
LEVEL_1 = """
    V1.2.1,2,3,4,5 V1.3.1,2 V1.5.1 V2.1.1 V2.2.1,2 V2.3.1 V3.2.1,2 V3.3.1 V3.4.1,2 V3.5.1,2,3 V4.1.1 V4.4.1
    V5.2.1,2 V5.3.1,2 V6.1.1 V6.2.1,2,3,4,5,6,7,8 V6.3.1,2 V6.4.1,2 V7.2.1,2,3,4 V7.4.1,2 V8.1.1 V8.2.1,2 V8.3.1
    V9.1.1,2,3 V9.2.1 V10.4.1,2,3,4,5 V11.3.1,2 V11.4.1 V12.1.1 V12.2.1,2 V13.4.1 V14.2.1 V14.3.1 V15.1.1
    V15.2.1 V15.3.1
"""
LEVEL_2 = """
    V1.1.1,2 V1.2.6,7,8,9 V1.3.3,4,5,6,7,8,9,10,11 V1.4.1,2,3 V1.5.2 V2.1.2,3 V2.2.3 V2.3.2,3,4 V2.4.1
    V3.3.2,3,4 V3.4.3,4,5,6 V3.5.4,5 V3.7.1,2 V4.1.2,3 V4.2.1 V4.3.1,2 V4.4.2,3,4 V5.1.1 V5.2.3 V5.4.1,2,3
    V6.1.2,3 V6.2.9,10,11,12 V6.3.3,4 V6.4.3,4 V6.5.1,2,3,4,5 V6.6.1,2,3 V6.8.1,2,3,4 V7.1.1,2,3 V7.3.1,2
    V7.4.3,4,5 V7.5.1,2 V7.6.1,2 V8.1.2 V8.2.3 V8.4.1 V9.2.2,3,4 V10.1.1,2 V10.2.1,2 V10.3.1,2,3,4
    V10.4.6,7,8,9,10,11 V10.5.1,2,3,4,5 V10.6.1,2 V10.7.1,2,3 V11.1.1,2 V11.2.1,2,3 V11.3.3 V11.4.2,3,4 V11.5.1
    V11.6.1 V12.1.2,3 V12.3.1,2,3,4 V13.1.1 V13.2.1,2,3,4,5 V13.3.1,2 V13.4.2,3,4,5 V14.1.1,2 V14.2.2,3,4
    V14.3.2,3 V15.1.2,3 V15.2.2,3 V15.3.2,3,4,5,6,7 V16.1.1 V16.2.1,2,3,4,5 V16.3.1,2,3,4 V16.4.1,2,3
    V16.5.1,2,3 V17.1.1 V17.2.1,2,3,4 V17.3.1,2
"""
ROWS = list(csv.DictReader((ROOT / "docs/asvs.csv").read_text(encoding="utf-8").splitlines()))
DOCUMENT = re.compile(r"(?:docs|benan)/[\w./-]+\.\w+")


def numbered(level):
    """The ids of a level."""
    return [
        f"{section}.{n}"
        for section, numbers in (each.rsplit(".", 1) for each in level.split())
        for n in numbers.split(",")
    ]


def test_every_requirement_of_the_first_two_levels_is_answered_once():
    answered = [(row["id"], row["level"]) for row in ROWS]
    wanted = [(each, "1") for each in numbered(LEVEL_1)] + [(each, "2") for each in numbered(LEVEL_2)]
    assert sorted(pair for pair in answered if pair[1] != "3") == sorted(wanted)
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def faults(row):
    """What is wrong with the answer to a requirement."""
    if row["status"] not in ("met", "not met", "not applicable"):
        yield f"no such status: {row['status']}"
    if bool(row["test"]) == bool(row["reason"]):
        yield "a test or a reason, and not both"
    if row["status"] == "met" and not row["test"]:
        named = DOCUMENT.findall(row["reason"])
        yield from [] if named else ["names neither a test nor a document"]
        yield from (f"no such document: {path}" for path in named if not (ROOT / path).exists())
    if row["status"] != "met" and not row["reason"].endswith("."):
        yield "the reason is no sentence"


def test_a_requirement_is_met_by_a_test_or_a_document_and_else_has_a_reason():
    assert [f"docs/asvs.csv: {row['id']}: {fault}" for row in ROWS for fault in faults(row)] == []


def functions():
    """Every test, as the file names it."""
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in parsed(path).body:
            yield f"{path.relative_to(ROOT).as_posix()}::{getattr(node, 'name', '')}"


def test_every_test_that_is_named_exists():
    named = {test for row in ROWS for test in row["test"].split()}
    assert named - set(functions()) == set()


def test_a_control_can_be_taken_away_and_tests_that_exist_prove_it():
    exist, wrong = set(functions()), []
    for control in CONTROLS:
        path = ROOT / control["file"]
        if not path.exists() or control["old"] not in text(path):
            wrong.append(f"{control['control']}: {control['file']} does not hold {control['old']!r}")
        wrong += [
            f"{control['control']}: no such test: {test}" for test in control["tests"] or ["none"] if test not in exist
        ]
    assert wrong == []
