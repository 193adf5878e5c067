"""An answer is remembered until something changes, and whose names it shows is asked anew."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.audit import trail
from benan.audit.events import Event
from benan.cases.actions import receptions, verification
from benan.reports import answers, measures
from benan.reports.figures import question
from benan.support.actions import needs
from tests.cast import TODAY, again, day


def totals(asked):
    return [figure.total for figure in answers.figures(asked)]


def asked_of_files(asked):
    """How many questions about files it takes to answer."""
    with CaptureQueriesContext(connection) as captured:
        answers.short(answers.figures(asked), asked)
    return sum('FROM "cases_file"' in query["sql"] for query in captured)


def test_what_is_remembered_is_what_was_worked_out(town):
    assert totals(town.asked) == totals(town.asked) == [figure.total for figure in measures.figures(town.asked)]


def test_the_second_reader_has_nothing_worked_out_anew(town):
    assert asked_of_files(town.asked) > 0
    assert asked_of_files(town.asked) == 0


def test_a_look_changes_nothing(town, cast):
    asked_of_files(town.asked)
    trail.record(by=cast.officer("thu"), event=Event.FILE_VIEWED)
    assert asked_of_files(town.asked) == 0


def test_what_an_officer_does_is_in_the_next_answer(town, cast):
    asked = question(day("01/11/2017"), TODAY)
    before = totals(asked)[0]
    lan = cast.officer("lan")
    file = receptions.receive(by=lan, door="self", came_on=day("02/11/2017"), area_code="26263")
    assert totals(asked)[0].short == before.short + 1
    needs.screen(by=lan, file=file, on=day("02/11/2017"), danger="no", needs=[])
    receptions.notify_labour(by=lan, file=file, on=day("02/11/2017"))
    verification.request_verification(by=cast.officer("hanh"), file=again(file), on=day("03/11/2017"), to_unit="737",
                                      paper_no="9", paper_on=day("03/11/2017"))  # fmt: skip
    assert totals(asked)[0] == replace(before, in_time=before.in_time + 1)


def test_names_go_to_those_who_may_see_them_whoever_asked_before(town, cast):
    def codes(name):
        found = answers.short(answers.figures(town.asked), town.asked, cast.officer(name))
        return [row.code for rows in found.values() for row in rows if row.code]

    assert codes("thu") and not codes("bao")
