"""Figures that pages ask by default are kept, and what is read from there is what would be counted."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.cases.actions import receptions
from benan.core.days import legal_day
from benan.core.figures import Question
from benan.indicators import counting, keeping
from benan.indicators.measures import MEASURES
from benan.indicators.models import KeptCount, KeptQuestion
from tests.cast import COMMUNE, PLAN, TODAY
from tests.indicators.numbers import five_figures

PAGES = [("plan:overview", (PLAN,)), ("plan:indicator", (PLAN, "II.2.a")), ("reports:report", (PLAN,))]


def counted(read):
    """What a read gives, and whether it counted standings."""
    with CaptureQueriesContext(connection) as captured:
        given = read()
    return given, any('SUM("indicators_casestanding"."number")' in query["sql"] for query in captured)


def figures(asked):
    """The five figures of a question, and whether standings were counted."""
    return counted(lambda: counting.figures(MEASURES, asked))


def are_right(asked):
    """Whether the figures of a question are kept, and are those that would be counted."""
    kept, was_counted = figures(asked)
    return not was_counted and kept == five_figures(asked)


@pytest.mark.parametrize("on", ["09/11/2017", "10/11/2017", "30/04/2018", "01/05/2019", "31/12/2020"])
@pytest.mark.parametrize(("page", "args"), PAGES)
@pytest.mark.parametrize("who", ["thu", "hanh", "phuong"])
def test_what_a_page_asks_by_default_is_kept_on_any_day(town, cast, on_day, on, page, args, who):
    on_day(on)
    call_command("keep_figures")
    answer, was_counted = counted(lambda: cast.browser(who).open(page, *args))
    assert answer.status_code == 200 and not was_counted


def test_the_next_day_is_kept_already(town, cast, on_day):
    call_command("keep_figures")
    on_day("10/11/2017")
    for page, args in PAGES:
        assert not counted(lambda page=page, args=args: cast.browser("thu").open(page, *args))[1]


def test_any_other_question_is_counted(town, cast):
    call_command("keep_figures")
    assert counted(lambda: cast.browser("thu").get(f"/ke-hoach/{PLAN}/?tu=01/03/2017&den=31/03/2017"))[1]


def test_a_change_of_a_case_changes_what_is_kept(town, cast):
    call_command("keep_figures")
    asked = Question(dt.date(2016, 1, 1), dt.date(2020, 12, 31), legal_day())
    before = figures(asked)[0]
    lan = cast.officer("lan")
    receptions.receive(by=lan, channel="self", came_on=TODAY, area_code=COMMUNE, sex="female")
    assert figures(asked)[0] != before and are_right(asked)


def test_what_nobody_asks_any_more_is_forgotten_and_the_rest_counted_anew_each_day(town, on_day):
    call_command("keep_figures")
    first = set(KeptQuestion.objects.values_list("as_of", flat=True))
    KeptCount.objects.all().delete()  # as a mistake might
    on_day("10/11/2017")
    call_command("keep_figures")
    assert set(KeptQuestion.objects.values_list("as_of", flat=True)) != first
    assert are_right(Question(dt.date(2016, 1, 1), dt.date(2020, 12, 31), legal_day()))
    assert keeping.keep(legal_day()) == 0


def test_where_changes_added_many_rows_a_question_is_counted_anew(town, cast, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_ADDED", 0)
    call_command("keep_figures")
    assert keeping.keep(legal_day()) == 0
    lan = cast.officer("lan")
    receptions.receive(by=lan, channel="self", came_on=TODAY, area_code=COMMUNE, sex="female")
    assert keeping.keep(legal_day()) > 0
    assert are_right(Question(dt.date(2016, 1, 1), dt.date(2020, 12, 31), legal_day()))


def test_after_a_change_of_the_program_all_is_counted_anew(town):
    call_command("keep_figures")
    KeptCount.objects.all().delete()
    call_command("keep_figures", anew=True)
    assert are_right(Question(dt.date(2016, 1, 1), dt.date(2020, 12, 31), legal_day()))
