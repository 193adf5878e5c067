"""Danger: what it sets in motion, who is told, and until when it stands."""

import pytest

from benan.support.actions import homeward, safety
from tests.cast import CAME, TODAY, again, words

MARK = "Có nguy hiểm, từ 06/11/2017"


@pytest.fixture
def endangered(cast):
    """Somebody in danger since they came, now with Hạnh."""
    return cast.notified(cast.screened(danger="yes"))


def marked(page):
    """Whether a page carries the mark of danger since the day they came."""
    return MARK in words(page)


# The mark, on the file's head and in every list.


@pytest.mark.parametrize(
    "address",
    ["cases:file", "cases:looks", "support:needs", "support:safety", "support:homeward", "cases:reveal", "cases:remark",
     "support:now", "cases:rights"],
)  # fmt: skip
def test_danger_stands_on_the_head_of_every_page_of_the_file(endangered, as_lan, address):
    assert marked(as_lan.open(address, endangered.code))


def test_danger_stands_in_the_list_and_in_what_is_found(endangered, cast, as_hanh):
    assert marked(as_hanh.open("cases:list"))
    cast.notified()
    other = cast.notified()
    type(other).objects.unscoped(reason="two of one plant").filter(pk=other.pk).update(alias=f"{endangered.alias} 2")
    assert marked(as_hanh.open("cases:find", q=endangered.alias))


def test_danger_stands_beside_those_who_came_along(cast, as_lan, lan):
    file = cast.received()
    child = cast.companion(file)
    cast.screened(file, danger="yes")
    assert marked(as_lan.open("cases:file", child.code))


def test_danger_stands_among_the_referrals(endangered, cast, as_hoa):
    cast.referred(endangered)
    assert marked(as_hoa.open("support:referrals"))


def test_danger_stands_in_what_search_before_create_finds_of_ones_own(cast, as_lan):
    cast.screened(danger="yes", identity={"full_name": "Nguyễn Thị Hoà", "birth": "1995"})
    assert marked(as_lan.send("cases:search", full_name="Nguyễn Thị Hoà", birth="1995"))


def test_a_child_in_danger_is_marked_and_its_mother_is_not(cast, as_lan):
    file = cast.received()
    cast.screened(cast.companion(file), danger="yes")
    said = words(as_lan.open("cases:file", file.code))
    assert said.count(MARK) == 1


# Until when it stands.


@pytest.mark.parametrize(
    ("end", "stands"),
    [
        (lambda by, file: safety.start(by=by, file=file, on=TODAY, kind="refuge", consented=True), False),
        (lambda by, file: safety.decline(by=by, file=file, on=TODAY, paper_no="1", paper_on=TODAY, words="đã rõ"), False),
        (lambda by, file: safety.refuse(by=by, file=file, on=TODAY, warned=True), False),
        (lambda by, file: homeward.close(by=by, file=file, on=TODAY, closing="left"), False),
        (lambda by, file: None, True),
    ],
    ids=["a decision", "a reasoned refusal", "the person's refusal", "the end of the file", "nothing"],
)  # fmt: skip
def test_danger_stands_until_a_decision_or_a_reasoned_refusal(endangered, hanh, as_hanh, end, stands):
    """Nghị định 62/2012, Điều 10 khoản 2."""
    assert marked(as_hanh.open("cases:file", endangered.code))
    end(hanh, endangered)
    assert marked(as_hanh.open("cases:file", endangered.code)) is stands


def test_a_later_no_does_not_take_the_decision_away(endangered, cast, as_hanh):
    cast.screened(endangered, danger="no")
    assert marked(as_hanh.open("cases:file", endangered.code))


def test_a_decision_taken_back_to_its_true_day_leaves_no_danger(endangered, as_hanh, hanh):
    safety.start(by=hanh, file=endangered, on=TODAY, kind="refuge", consented=True)
    step = endangered.steps.get(event="protection_started")
    as_hanh.send("cases:correct_day", endangered.code, step.pk, on=CAME, words="quyết định ngay tối ấy")
    assert not marked(as_hanh.open("cases:file", endangered.code))


def test_danger_found_where_a_measure_is_in_force_stands_until_it_is_looked_at_again(endangered, cast, hanh, as_hanh):
    """Nghị định 62/2012, Điều 10 khoản 3, 6: more measures where more are called for."""
    safety.start(by=hanh, file=endangered, on=CAME, kind="refuge", consented=True)
    cast.screened(endangered, danger="yes")
    assert marked(as_hanh.open("cases:file", endangered.code))
    as_hanh.send("support:safety_act", endangered.code, "ra-soat", on=TODAY)
    assert not marked(as_hanh.open("cases:file", endangered.code))


def test_not_safe_at_a_visit_is_danger(at_home, lan, as_lan):
    file = at_home()
    visit = homeward.plan_visit(by=lan, file=file, planned_on=TODAY)
    as_lan.send("support:visit", file.code, visit.pk, on=TODAY, safe="no")
    assert "Có nguy hiểm, từ 09/11/2017" in words(as_lan.open("cases:file", file.code))
    assert again(file).tracks.get(kind="protection").stage == "needed"
