"""Whose figures one may ask for, and which cases one is told of."""

import dataclasses

import pytest

from benan.audit.models import Event as Trail
from benan.core.figures import question
from benan.core.refusals import Refused
from benan.indicators import reach, shortfalls
from benan.plan import indicators, periods
from benan.plan import queries as plans
from benan.plan.actions import listing
from tests.cast import COMMUNE, OTHER_COMMUNE, agency_of
from tests.indicators.numbers import INDICATORS


@pytest.fixture
def known(town):
    """The periods of the plan's reports."""
    return periods.periods(plans.plans().get())


def ask(town, area="", agency=""):
    return dataclasses.replace(town.asked, area=area, agency=agency_of(agency) if agency else None)


@pytest.mark.parametrize(
    ("name", "area", "agency"),
    [
        ("thu", "", ""),
        ("bao", "736", ""),
        ("bao", "", "labour-736"),
        ("hanh", "737", ""),
        ("hanh", COMMUNE, ""),
        ("hanh", "", f"commune-{COMMUNE}"),
        ("truong_phong", "737", ""),
        ("lan", COMMUNE, ""),
        ("hoa", "", "shelter_bien_hoa"),
    ],
)
def test_what_lies_within_reach_is_answered(town, cast, known, name, area, agency):
    reach.require(cast.officer(name), ask(town, area, agency), known)


@pytest.mark.parametrize(
    ("name", "area", "agency"),
    [
        ("hanh", "736", ""),
        ("hanh", OTHER_COMMUNE, ""),
        ("hanh", "", "labour-736"),
        ("lan", "737", ""),
        ("son", "737", ""),
        ("son", "", "procuracy"),
        ("van", "737", ""),
        ("phuong", "", "labour-737"),
    ],
)
def test_what_lies_beyond_it_is_refused(town, cast, known, name, area, agency):
    with pytest.raises(Refused):
        reach.require(cast.officer(name), ask(town, area, agency), known)


@pytest.mark.parametrize("name", ["son", "lan", "hanh", "phuong", "vy"])
def test_everyone_may_see_the_province_for_a_period_of_reports(town, cast, known, name):
    reach.require(cast.officer(name), town.asked, known)


@pytest.mark.parametrize("name", ["son", "lan", "hanh"])
def test_the_province_for_other_days_is_for_those_who_follow_it(town, cast, known, name):
    other = question(town.asked.first, town.asked.last.replace(day=30))
    with pytest.raises(Refused):
        reach.require(cast.officer(name), other, known)


def short(number, town, user=None):
    found = {number: shortfalls.cases_falling_short(INDICATORS[number], town.asked)}
    return (shortfalls.with_names(found, user) if user else found)[number]


def codes(town, user, number="II.2.a"):
    return [row.code for row in short(number, town, user) if row.code]


def test_hanh_is_told_of_the_cases_she_manages(town, cast):
    assert len(codes(town, cast.officer("hanh"))) == 5


def test_lan_is_told_of_the_cases_of_her_commune(town, cast):
    assert len(codes(town, cast.officer("lan"))) == 6


def test_dung_is_told_only_of_those_he_verifies(town, cast):
    told = {row.case for row in short("II.2.a", town, cast.officer("dung")) if row.code}
    assert told == {town.cases[name] for name in ("Sú", "Vẹt", "Súng", "Bàng")}


def test_thu_is_told_of_all(town, cast):
    assert len(codes(town, cast.officer("thu"))) == 6


@pytest.mark.parametrize("name", ["bao", "son", "quang", "vy"])
def test_who_sees_no_cases_gets_no_code(town, cast, name):
    assert codes(town, cast.officer(name)) == []


def test_a_leader_without_cases_still_learns_why_and_whose_move_it_is(town, cast):
    rows = short("II.2.a", town, cast.officer("bao"))
    assert {reason.duty for row in rows for reason in row.reasons} == {"notice", "screening", "needs", "answer"}


@pytest.mark.parametrize(
    ("name", "whose"),
    [("Sú", "police-737"), ("Vẹt", "police-737"), ("Bình Bát", "labour-737"), ("Điên Điển", f"commune-{COMMUNE}")],
)
def test_each_shortfall_says_whose_move_it_is(town, cast, name, whose):
    row = next(row for row in short("II.2.a", town) if row.case == town.cases[name])
    assert {reason.agency for reason in row.reasons} == {agency_of(whose).pk}


def test_su_is_a_day_late(town):
    row = next(row for row in short("II.2.a", town) if row.case == town.cases["Sú"])
    assert row.reasons[0].late_by(town.asked.as_of) == 1


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        ("II.2.a", "Súng", "Nhu cầu ban đầu chưa được đáp ứng: ăn, uống"),
        ("II.2.a", "Bình Bát", "Chưa ghi giấy tờ chứng nhận, cũng chưa gửi đề nghị xác minh"),
        ("II.2.b", "Sộp", "Nhu cầu chưa được hỗ trợ: vay vốn"),
        ("II.2.c", "Dương Xỉ", "Chưa được áp dụng biện pháp bảo vệ: bảo vệ an toàn"),
        ("II.2.d", "Trâm Bầu", "Chưa được hỏi đủ tám nhóm dịch vụ: dạy nghề; tạo việc làm"),
        ("II.2.đ", "Tre", "Chưa có buổi tư vấn: tư vấn về sức khỏe"),
    ],
)
def test_each_shortfall_says_what_is_missing(town, number, name, words):
    row = next(row for row in short(number, town) if row.case == town.cases[name])
    assert [str(reason) for reason in row.reasons] == [words]


def test_listing_codes_is_on_the_trail_with_the_codes(town, cast, known):
    hanh = cast.officer("hanh")
    asked = ask(town, area="737")
    figures = indicators.figures(indicators.indicators(plans.plans().get()), asked)
    found = listing.list_short(by=hanh, figures=figures, asked=asked, periods=known)
    line = Trail.objects.filter(event="figures_listed", by="hanh").latest("seq")
    assert line.data["short"]["II.2.d"] == [row.code for row in found["II.2.d"]]
