"""A look is on the trail before the page leaves."""

import pytest
from django.db import ProgrammingError

from benan.audit.models import Event
from benan.cases.actions import receptions
from benan.cases.events import CaseEvent
from benan.cases.models import Step
from tests.cast import TODAY, again, words


@pytest.fixture
def case(town):
    """Somebody received by Lan, who said their name."""
    return town.received(identity={"full_name": "Trịnh Thị Nụ"})


@pytest.fixture
def deaf_trail(town):
    """The trail takes nothing more: the program may no longer add to it."""

    def shut():
        with town.copy.connect("owner") as owner:
            owner.execute("REVOKE INSERT ON audit_event FROM web")

    return shut


def looks(town):
    """What another connection sees of looks at cases, as (who, what, at which case)."""
    with town.copy.connect("web") as web:
        return web.execute(
            """SELECT "by", event, subject FROM audit_event WHERE event LIKE '%%viewed' ORDER BY seq"""
        ).fetchall()


def test_a_look_is_committed_when_the_page_arrives(town, case):
    page = town.browser("lan").open("cases:case", case.code)
    assert page.status_code == 200
    assert looks(town) == [("lan", "case_viewed", f"case:{case.code}")]


@pytest.mark.parametrize(
    "name",
    ["cases:case", "cases:access_log", "cases:reveal", "cases:remark", "cases:who", "needs:overview", "protection:overview",
     "support:reintegration", "support:screening", "cases:review"],
)  # fmt: skip
def test_every_page_of_a_case_is_a_look(cast, received, name):
    case = received()
    cast.browser("lan").open(name, case.code)
    row = Event.objects.last()
    assert row.event in (CaseEvent.VIEWED, CaseEvent.ACCESS_LOG_VIEWED)
    assert (row.by, row.subject) == ("lan", f"case:{case.code}")


def test_a_form_sent_back_for_correction_is_a_look_too(as_lan, received):
    case = received()
    assert as_lan.send("cases:remark", case.code, on=TODAY, words="").status_code == 422
    assert Event.objects.last().event == CaseEvent.VIEWED


def test_a_page_that_shows_nothing_of_a_case_is_no_look(as_lan, as_quang, received):
    case = received()
    before = Event.objects.count()
    as_quang.open("cases:case", case.code)
    as_lan.open("verification:draft", case.code)
    assert Event.objects.count() == before


def test_where_the_look_cannot_be_written_the_page_is_withheld(town, case, deaf_trail):
    browser = town.browser("lan")
    deaf_trail()
    page = browser.open("cases:case", case.code)
    assert page.status_code == 503
    assert f" {case.alias} " not in words(page) and case.code not in page.content.decode()


def test_a_form_sent_back_is_withheld_as_well(town, case, deaf_trail):
    browser = town.browser("lan")
    deaf_trail()
    page = browser.send("cases:remark", case.code, on=TODAY, words="")
    assert page.status_code == 503 and f" {case.alias} " not in words(page)


def test_an_identity_is_not_opened_where_the_trail_takes_nothing(town, case, deaf_trail):
    browser = town.browser("lan")
    deaf_trail()
    with pytest.raises(ProgrammingError):
        browser.send("cases:reveal", case.code, purpose="support", fields_wanted=["full_name"])


def test_a_change_that_cannot_be_recorded_is_not_made(town, case, deaf_trail):
    lan = town.officer("lan")
    deaf_trail()
    with pytest.raises(ProgrammingError):
        receptions.notify_labour(by=lan, case=case, on=TODAY)
    assert again(case).agency == case.agency
    assert not Step.objects.filter(case=case, event="labour_notified").exists()


def test_a_page_without_people_needs_no_trail(town, deaf_trail):
    browser = town.browser("lan")
    deaf_trail()
    assert browser.open("cases:list").status_code == 200
