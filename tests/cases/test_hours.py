"""Hours typed beside a day: none that the clock has not reached, none before the person came."""

import datetime as dt

import pytest

from benan.cases import clocks
from benan.cases.actions import corrections, minors, receptions
from benan.core.days import clock
from benan.core.refusals import Refused
from tests.cast import CHILD, COMMUNE, TODAY, day, words

LATER = "nằm sau lúc này (21:40, hôm nay 09/11/2017)"
YESTERDAY = day("08/11/2017")


@pytest.fixture(autouse=True)
def at_21_40(at_hour):
    at_hour(21, 40)


def arrival(on=TODAY, **more):
    """What the form of an arrival sends."""
    return {"channel": "self", "came_on": f"{on:%d/%m/%Y}", "area_code": COMMUNE, **more}


def test_nobody_came_later_than_now(as_lan):
    page = as_lan.send("cases:receive", **arrival(came_at="21:41"))
    assert page.status_code == 422 and LATER in str(page.context["arrival"].errors["came_at"])
    assert as_lan.send("cases:receive", **arrival(came_at="21:40")).status_code == 302


def test_an_hour_of_an_earlier_day_is_past(as_lan):
    assert as_lan.send("cases:receive", **arrival(YESTERDAY, came_at="23:10")).status_code == 302


@pytest.mark.parametrize(
    ("page", "more"),
    [(("cases:review",), {"how": "call"}), (("cases:child_protection",), {"whom": "commune", "outcome": "waiting"})],
)
def test_nothing_is_told_later_than_now_or_before_the_person_came(received, as_lan, page, more):
    case = received(came_on=TODAY, came_at=dt.time(14), **CHILD)
    for hour, sentence in (("21:41", LATER), ("13:59", "trước giờ người ấy đến (14:00 cùng ngày)")):
        answer = as_lan.send(*page, case.code, on=TODAY, at=hour, **more)
        assert answer.status_code == 422 and sentence in str(answer.context["form"].errors["at"])
    assert as_lan.send(*page, case.code, on=TODAY, at="14:00", **more).status_code == 302


def test_on_a_fixed_legal_day_any_hour_of_it_may_be_told(as_lan, monkeypatch):
    monkeypatch.setattr(clocks, "present", clock)
    assert as_lan.send("cases:receive", **arrival(came_at="23:59")).status_code == 302


def test_a_call_about_danger_is_no_earlier_than_the_arrival(cast, as_lan):
    case = cast.screened(danger="yes", came_on=TODAY, came_at=dt.time(14))
    to = as_lan.open("protection:act", case.code, "da-goi").context["form"].fields["to"].choices[-1][1][0][0]
    answer = as_lan.send("protection:act", case.code, "da-goi", to=to, on=TODAY, at="09:00")
    assert answer.status_code == 422 and "14:00" in words(answer)


def test_a_day_is_not_corrected_to_one_on_which_its_hour_is_before_the_arrival_or_later_than_now(received, lan, hanh):
    case = received(came_on=YESTERDAY, came_at=dt.time(22))
    step = receptions.notify_labour(by=lan, case=case, on=TODAY, at=dt.time(9))
    with pytest.raises(Refused, match="trước giờ người ấy đến"):
        corrections.correct_day(by=hanh, step=step, on=YESTERDAY, words="ghi nhầm")
    with pytest.raises(Refused, match="nằm sau lúc này"):
        corrections.correct_day(by=hanh, step=case.steps.get(key="receive"), on=TODAY, words="ghi nhầm")


def test_a_day_of_arrival_is_not_corrected_to_one_on_which_something_is_earlier_than_its_hour(received, lan, hanh):
    case = received(came_on=YESTERDAY, came_at=dt.time(14), **CHILD)
    minors.tell_child_protection(by=lan, case=case, on=TODAY, at=dt.time(9), whom="line", outcome="waiting")
    receptions.notify_labour(by=lan, case=case, on=TODAY, at=dt.time(15))
    with pytest.raises(Refused, match="giờ đến đã ghi sau giờ của bước"):
        corrections.correct_day(by=hanh, step=case.steps.get(key="receive"), on=TODAY, words="ghi nhầm")
