"""Stored standings say what queries over every register say (`oracle`), on every day."""

import datetime as dt
import itertools
import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benan.core.figures import Question
from benan.indicators import counting, keeping, standings
from benan.indicators.measures import MEASURES
from benan.indicators.models import KeptQuestion
from benan.shell.demo.player import calendar_open_at
from tests.cast import COMMUNE, OTHER_COMMUNE, agency_of
from tests.indicators.comparing import as_listed, as_summed, differences
from tests.indicators.numbers import five_figures
from tests.indicators.random_lives import NAMES, USUAL, Deed, RandomLives, scene_of

DAYS = [dt.date(2016, 11, 1) + dt.timedelta(days=30 * n) for n in range(13)]
# First days of lives, with the communes where people live. All but the first are of places that end or are divided meanwhile.
SCENES = {
    "two districts": (dt.date(2017, 1, 2), COMMUNE, OTHER_COMMUNE),
    # 26407 of 740 was divided on 01/06/2019; 26326 of 738 gave up parts on 01/07/2019 and became a town under its code.
    "divided": (dt.date(2019, 2, 11), "26407", "26326", "26395", "26317"),
    # 26128 of 734 was divided, 26071 of 732 and 26026 of 731 were merged into others, on 01/11/2024.
    "merged": (dt.date(2024, 6, 3), "26128", "26071", "26026", "26122", "26080", "26014"),
    # The police of districts ended on 28/02/2025, districts and nearly all communes on 30/06/2025; 26248 is the code of a town
    # of 737 and, from then on, of the commune which followed it and 26263.
    "without districts": (dt.date(2025, 1, 6), COMMUNE, "26248", "26134"),
}
USERS = ("", "thu", "hanh", "hung", "bao")  # for whom those who fall short are summed up; "": nobody
LIVES = int(os.environ.get("LIVES", "0"))  # in each scene; otherwise six in the first, two in the others
deeds = st.lists(
    st.builds(
        Deed,
        st.sampled_from(USUAL) | st.sampled_from(NAMES),
        st.sampled_from((0, 0, 1, 1, 2, 3, 8, 25)),
        st.integers(0, 1 << 30),
    ),
    min_size=40,
    max_size=60,
)
# First day and length of the period, as-of day, all as shares of the time lived; and what an area and an agency are chosen by.
questions = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1.5), st.floats(0, 1), *[st.integers(0, 1 << 30)] * 2),
    min_size=4,
    max_size=4,
)
# First day, length and as-of day of periods whose figures are kept from the beginning, in days.
kept_questions = st.lists(st.tuples(*[st.integers(0, 200)] * 3), min_size=2, max_size=2)
FEW = settings(
    derandomize=not LIVES, database=None, phases=[Phase.explicit, Phase.generate], deadline=None,
    suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
)  # fmt: skip


def question_of(shares, scene, last):
    """A question from shares of the time from the first day of a scene to a last day."""
    first, length, as_of, area, agency = shares
    lived = (last - scene.first).days
    begins = scene.first - dt.timedelta(days=5) + dt.timedelta(days=int(first * lived))
    judged = min(begins + dt.timedelta(days=int(as_of * lived)), last)
    ends = begins + dt.timedelta(days=int(length * lived))
    areas, agencies = ([*[""] * len(some), *some] for some in (scene.areas, scene.agencies))
    return asked_of(begins, ends, judged, areas[area % len(areas)], agencies[agency % len(agencies)])


def asked_of(first, last, as_of, area, agency):
    """A question about an area (code) or agency (key), "" for none."""
    return Question(first, last, as_of, area, agency_of(agency) if agency else None)


def keep(first, spans):
    """Keep the figures of some periods, as of some days."""
    for begins, length, later in spans:
        begins = first + dt.timedelta(days=begins)
        ends, as_of = begins + dt.timedelta(days=length), begins + dt.timedelta(days=later)
        keeping.keep_one(Question(begins, ends, as_of), first)


def narrowed(scene, last):
    """Every kept question up to a last day, about the province, each area, each agency, and some agency in each area."""
    pairs = {("", ""), *((area, "") for area in scene.areas), *(("", agency) for agency in scene.agencies)}
    pairs |= set(zip(scene.areas, itertools.cycle(scene.agencies), strict=False))
    for kept in KeptQuestion.objects.filter(as_of__lte=last):
        for area, agency in sorted(pairs):
            yield asked_of(kept.first, kept.last, kept.as_of, area, agency)


def differently_summed(cast, asked, names=USERS):
    """The officers for whom who falls short is not summed up as the whole lists say it; "": for nobody."""
    users = {name: cast.officer(name) if name else None for name in names}
    return [name for name, user in users.items() if as_summed(asked, user, 3) != as_listed(asked, user, 3)]


def test_the_written_people_stand_where_the_oracle_says(town):
    found = {as_of: differences(Question(town.asked.first, town.asked.last, as_of)) for as_of in DAYS}
    assert {as_of: rows for as_of, rows in found.items() if rows} == {}


def test_short_lists_are_the_beginnings_of_the_whole_ones(town, cast):
    for as_of in DAYS:
        for area in ("", "737", "736", COMMUNE, OTHER_COMMUNE):
            assert differently_summed(cast, Question(town.asked.first, town.asked.last, as_of, area)) == []


@pytest.mark.parametrize("name", SCENES)
def test_random_lives_stand_where_the_oracle_says(cast, name):
    scene = scene_of(cast, *SCENES[name])
    many = LIVES or (6 if name == "two districts" else 2)
    done, used = [], []

    @settings(FEW, max_examples=many)
    @given(deeds, questions, kept_questions, st.sampled_from((40, 40, 500)))
    def lived(deeds, questions, kept, idle):
        with transaction.atomic():
            keep(scene.first, kept)
            lives = RandomLives(cast, scene)
            done.extend(lives.try_deeds([Deed("receive", 0, deeds[0].draw), *deeds]))
            last = lives.on + dt.timedelta(days=idle)
            with calendar_open_at(last):
                assert standings.write(lives.cases) == 0, "rows were not brought up to date"
                for shares in questions:
                    asked = question_of(shares, scene, last)
                    assert differences(asked) == [], asked
                    assert differently_summed(cast, asked) == [], asked
                for area in scene.areas:
                    asked = Question(scene.first, last, last, area)
                    assert differences(asked) == [], asked
                for user, asked in zip(itertools.cycle(USERS), narrowed(scene, last), strict=False):
                    used.append(asked)
                    assert counting.figures(MEASURES, asked) == five_figures(asked), asked
                    assert differently_summed(cast, asked, [user]) == [], asked
            transaction.set_rollback(True)

    lived()
    assert len(used) > many
    assert ({"go_on", "companion", "correct"} if many > 5 else {"go_on"}) <= set(done)
