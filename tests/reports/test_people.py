"""The written people of people.yaml, person by person and all together."""

import pytest
from django.db.models import F

from benan.reports import measures
from benan.reports.measures import INDICATORS
from benan.reports.shortfalls import shortfalls
from benan.reports.standing import Standing
from tests.reports import player

SAID = {
    (Standing.MET, ""): "đạt",
    (Standing.LATE, ""): "trễ",
    (Standing.IN_TIME, ""): "trong hạn",
    (Standing.SHORT, ""): "thiếu",
}
OUTSIDE = {"not_beneficiary": "ngoài đối tượng", "closed_before_answer": "khép sớm"}


def counts_of(town, name):
    """Where one person stands in each indicator, as the file says it."""
    found = {}
    for indicator in INDICATORS.values():
        rows = measures.concerned(indicator, town.asked).filter(pk=town.files[name]).exclude(standing=None)
        for row in rows.values("standing", why=F("outside")):
            said = OUTSIDE.get(row["why"]) or SAID[Standing(row["standing"]), ""]
            found[indicator.letter] = said
    return found


@pytest.mark.parametrize("person", player.source()["people"], ids=lambda person: person["name"])
def test_each_person_counts_as_their_story_says(town, person):
    assert counts_of(town, person["name"]) == person["counts"]


def test_together_they_make_the_five_fractions(town):
    figures = measures.figures(town.asked)
    assert {
        figure.indicator.letter: f"{figure.total.numerator}/{figure.total.denominator}" for figure in figures
    } == town.expected


@pytest.mark.parametrize("number", INDICATORS)
def test_those_who_fall_short_are_listed_by_name(town, number):
    listed = {row.file for row in shortfalls(INDICATORS[number], town.asked)}
    short = town.counted(INDICATORS[number].letter, "thiếu")
    assert listed == {town.files[name] for name in short}
