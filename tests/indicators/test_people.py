"""The written people of people.yaml, person by person and all together."""

import pytest

from benan.indicators import counting
from benan.indicators.shortfalls import cases_falling_short
from tests.indicators import player
from tests.indicators.numbers import INDICATORS, LETTERS, five_figures
from tests.indicators.player import standings


@pytest.mark.parametrize("person", player.source()["people"], ids=lambda person: person["name"])
def test_each_person_counts_as_their_story_says(town, person):
    assert standings({person["name"]: town.cases[person["name"]]}, town.asked) == {person["name"]: person["counts"]}


def test_together_they_make_the_five_fractions(town):
    fractions = {
        LETTERS[figure.measure.key]: f"{figure.total.numerator}/{figure.total.denominator}"
        for figure in five_figures(town.asked)
    }
    assert fractions == town.expected


@pytest.mark.parametrize("number", INDICATORS)
def test_those_who_fall_short_are_listed(town, number):
    listed = {row.case for row in cases_falling_short(INDICATORS[number], town.asked)}
    assert listed == {town.cases[name] for name in town.counted(number[-1], "thiếu")}


def test_people_who_wait_for_an_answer_and_need_protection_are_counted_apart(town):
    apart = counting.figure(INDICATORS["II.2.c"], town.asked).apart
    assert apart == {"pending": 2, "pending_protected": 1}


def test_needs_that_the_law_does_not_grant_are_counted_apart(town):
    apart = counting.figure(INDICATORS["II.2.b"], town.asked).apart
    assert apart == {"needs_not_granted": 3, "needs_not_answered": 0}
