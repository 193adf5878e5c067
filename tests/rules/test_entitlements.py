"""Who is granted what: a table that a lawyer can read, in entitlements.yaml."""

import datetime as dt
from pathlib import Path

import pytest

from benan.rules import loading
from benan.rules.entitlements import EntitlementTable
from benan.rules.reading import parse
from benan.rules.refusals import NotInForce

CASES = parse((Path(__file__).parent / "entitlements.yaml").read_bytes(), "entitlements.yaml").entries()


@pytest.fixture(scope="module")
def table():
    return EntitlementTable(loading.entitlements())


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: f"{entry.file}:{entry.line}")
def test_a_need_is_answered_as_the_articles_say(entry, table):
    case = entry.fields("who", "need", "on", "answer", "article", optional=("knows", "missing"))
    person, status, nationality = case["who"].texts()
    facts = {name: fact.truth() for name, fact in case["knows"].mapping().items()} if "knows" in case else {}
    grant = table.granted(person, status, nationality, case["need"].text(), facts, case["on"].day())
    assert grant.answer == case["answer"].text(), grant.why
    assert case["article"].text() in grant.citation
    assert grant.missing == (case["missing"].texts() if "missing" in case else ())


def test_a_refusal_says_which_condition_is_not_fulfilled(table):
    day = dt.date(2017, 10, 20)
    grant = table.granted("claimant", "victim", "citizen", "schooling", {"poor_household": False}, day)
    assert grant.why.endswith("Không đủ điều kiện: thuộc hộ nghèo.")


def test_what_must_still_be_known_is_said(table):
    day = dt.date(2017, 10, 20)
    grant = table.granted("claimant", "victim", "citizen", "schooling", {}, day)
    assert grant.why.endswith("Còn phải biết: thuộc hộ nghèo.")


@pytest.mark.parametrize("day", [dt.date(2013, 4, 14), dt.date(2025, 7, 1)])
def test_outside_the_regime_nothing_is_guessed(table, day):
    with pytest.raises(NotInForce, match="nhu cầu thiết yếu"):
        table.granted("claimant", "victim", "citizen", "essential", {}, day)
