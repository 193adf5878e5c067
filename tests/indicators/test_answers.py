"""An answer is remembered until something changes, and whose names it shows is asked anew."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.audit import trail
from benan.cases.actions import receptions
from benan.cases.events import CaseEvent
from benan.core.figures import question
from benan.indicators import answers
from benan.indicators.measures import MEASURES
from benan.support.actions import screening
from benan.verification import actions as verification
from tests.cast import TODAY, again, day
from tests.indicators.numbers import five_figures


def totals(asked):
    return [figure.total for figure in answers.figures(MEASURES, asked)]


def asked_of_cases(asked):
    """How many questions about cases it takes to answer."""
    with CaptureQueriesContext(connection) as captured:
        answers.cases_falling_short(answers.figures(MEASURES, asked), asked)
    return sum('FROM "cases_case"' in query["sql"] for query in captured)


def test_what_is_remembered_is_what_was_worked_out(town):
    assert totals(town.asked) == totals(town.asked) == [figure.total for figure in five_figures(town.asked)]


def test_the_second_reader_has_nothing_worked_out_anew(town):
    assert asked_of_cases(town.asked) > 0
    assert asked_of_cases(town.asked) == 0


def test_a_look_changes_nothing(town, cast):
    asked_of_cases(town.asked)
    trail.record(by=cast.officer("thu"), event=CaseEvent.VIEWED)
    assert asked_of_cases(town.asked) == 0


def test_what_an_officer_does_is_in_the_next_answer(town, cast):
    asked = question(day("01/11/2017"), TODAY)
    before = totals(asked)[0]
    lan = cast.officer("lan")
    case = receptions.receive(by=lan, channel="self", came_on=day("02/11/2017"), area_code="26263")
    assert totals(asked)[0].short == before.short + 1
    screening.screen(by=lan, case=case, on=day("02/11/2017"), danger="no", needs=[])
    receptions.notify_labour(by=lan, case=case, on=day("02/11/2017"))
    verification.request_verification(by=cast.officer("hanh"), case=again(case), on=day("03/11/2017"), to_unit="737",
                                      paper_no="9", paper_on=day("03/11/2017"))  # fmt: skip
    assert totals(asked)[0] == replace(before, in_time=before.in_time + 1)


def test_names_go_to_those_who_may_see_them_whoever_asked_before(town, cast):
    def codes(name):
        found = answers.cases_falling_short(answers.figures(MEASURES, town.asked), town.asked, cast.officer(name))
        return [row.code for rows in found.values() for row in rows if row.code]

    assert codes("thu") and not codes("bao")
