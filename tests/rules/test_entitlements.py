"""Who is granted what: a table that a lawyer can read, in entitlements.yaml."""

import datetime as dt
from pathlib import Path

import pytest

from benan.rules import loading
from benan.rules.entitlements import EntitlementTable, grounds
from benan.rules.reading import parse
from benan.rules.refusals import NotInForce
from tests.cast import day

CASES = parse((Path(__file__).parent / "entitlements.yaml").read_bytes(), "entitlements.yaml").entries()


@pytest.fixture(scope="module")
def table():
    return EntitlementTable(loading.entitlements())


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: f"{entry.file}:{entry.line}")
def test_a_need_is_answered_as_the_articles_say(entry, table):
    case = entry.fields("who", "need", "on", "answer", "article", optional=("knows", "missing", "found"))
    person, status, nationality = case["who"].texts()
    facts = {name: fact.truth() for name, fact in case["knows"].mapping().items()} if "knows" in case else {}
    found = case["found"].day() if "found" in case else None
    grant = table.granted(person, status, nationality, case["need"].text(), facts, case["on"].day(), found)
    assert grant.answer == case["answer"].text(), grant.why
    assert case["article"].text() in grant.citation
    assert grant.missing == (case["missing"].texts() if "missing" in case else ())


def test_a_refusal_says_which_condition_is_not_fulfilled(table):
    day = dt.date(2017, 10, 20)
    grant = table.granted("claimant", "victim", "citizen", "schooling", {"poor_household": False}, day)
    assert grant.why.endswith("Điều kiện chưa đáp ứng: thuộc hộ nghèo.")


def test_what_must_still_be_known_is_named_beside_the_reason(table):
    day = dt.date(2017, 10, 20)
    grant = table.granted("claimant", "victim", "citizen", "schooling", {}, day)
    assert grant.missing == ("poor_household",) and "hộ nghèo được miễn học phí" in grant.why


@pytest.mark.parametrize("day", [dt.date(2013, 4, 14), dt.date(2025, 7, 1)])
def test_outside_the_regime_nothing_is_guessed(table, day):
    with pytest.raises(NotInForce, match="nhu cầu thiết yếu"):
        table.granted("claimant", "victim", "citizen", "essential", {}, day)


def test_a_victim_found_after_the_regime_ended_is_not_answered_under_it(table):
    first = dt.date(2025, 7, 1)
    with pytest.raises(NotInForce, match="hỗ trợ vay vốn"):
        table.granted("claimant", "victim", "citizen", "loan", {}, first, first)


def beside(person, status, need, on, **facts):
    """The articles of other grounds for a need."""
    return [grant.citation.split(",")[0] for grant, _sure in grounds(person, status, need, facts, on)]


@pytest.mark.parametrize(
    ("who", "need", "on", "facts", "named"),
    [
        (("claimant", "pending"), "medical", "30/06/2021", {"in_facility": True}, []),
        (("claimant", "pending"), "medical", "01/07/2021", {"in_facility": True}, ["Nghị định 20/2021"]),
        (("claimant", "not_victim"), "essential", "01/07/2021", {"in_facility": True}, ["Nghị định 20/2021"]),
        (("claimant", "pending"), "medical", "01/07/2021", {"in_facility": False}, []),
        (("claimant", "pending"), "legal_aid", "31/12/2017", {"poor_household": True}, []),
        (("claimant", "pending"), "legal_aid", "01/01/2018", {"poor_household": True}, ["Luật Trợ giúp pháp lý 2017"]),
        (("minor", "pending"), "legal_aid", "01/01/2018", {"child": True}, ["Luật Trợ giúp pháp lý 2017"]),
        (("claimant", "pending"), "legal_aid", "01/01/2018", {"child": False}, ["Luật Trợ giúp pháp lý 2017"]),
        (("claimant", "pending"), "legal_aid", "01/01/2018", {"child": False, "poor_household": False}, []),
        (("relative", "pending"), "essential", "01/03/2017", {}, ["Kế hoạch 12089/KH-UBND"]),
        (("relative", "victim"), "medical", "01/03/2017", {}, ["Kế hoạch 12089/KH-UBND"]),
        (("relative", "victim"), "psychological", "01/03/2017", {}, []),
    ],
)
def test_other_grounds_stand_beside_the_regime(who, need, on, facts, named):
    assert beside(*who, need, day(on), **facts) == named
