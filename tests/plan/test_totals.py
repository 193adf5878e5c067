"""What those who see only the province's totals can learn by choosing days, or by coming back every day."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from benan.cases.actions import receptions
from benan.core.figures import question
from benan.core.refusals import Refused
from benan.indicators import reach
from benan.plan import periods, trends
from benan.plan import queries as plans
from benan.plan.models import YearFigure
from tests.cast import PLAN, day, words

RUNNING = {"ky": "nam-2018"}  # 01/11/2017 - 31/10/2018
PAGES = (("plan:count", "persons_received"), ("plan:indicator", "II.2.a"), ("plan:overview",), ("reports:report",))
LEGAL_DAYS = [day("01/12/2017") + dt.timedelta(days=n) for n in range(31)]


@pytest.fixture
def arriving(town, cast, on_day):
    """Somebody comes on each of three days of December; it is the 20th."""
    for came in ("04/12/2017", "11/12/2017", "18/12/2017"):
        on_day(came)
        receptions.receive(by=cast.officer("lan"), channel="self", came_on=day(came), area_code="26017")
    on_day("20/12/2017")


def shown(officer, page, *of, **query):
    """What a page was asked in the end, and the figures on it."""
    said = officer.open(page, PLAN, *of, **query)
    assert said.status_code == 200
    told = {name: said.context[name] for name in ("number", "counts", "beside", "figures") if name in said.context}
    if page == "plan:overview":
        told = {"figures": [line["tally"] for line in told["figures"]]}
    return said.context["asked"], str(told)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_no_day_of_looking_shows_the_province_on_another_day(arriving, as_son, page):
    days = [day("20/11/2017") + dt.timedelta(days=n) for n in range(31)]
    seen = {shown(as_son, *page, **RUNNING, xet=each.strftime("%d/%m/%Y")) for each in days}
    # A day that is refused brings the figures with which the page begins.
    assert seen == {shown(as_son, *page, **RUNNING), shown(as_son, *page)}


@pytest.mark.parametrize("name", ["son", "lan", "hanh"])
def test_of_all_days_one_is_answered(arriving, cast, name):
    period = next(each for each in periods.periods(plans.by_slug(PLAN)) if each.key == RUNNING["ky"])
    answered = []
    for n in range(60):
        as_of = period.first + dt.timedelta(days=n)
        try:
            reach.require(cast.officer(name), question(period.first, period.last, as_of), [period])
        except Refused:
            continue
        answered.append(as_of)
    assert answered == [day("30/11/2017")]


def test_coming_back_every_day_shows_no_person_arrive(town, cast, as_son, as_thu, on_day):
    numbers, thus = set(), set()
    for today in LEGAL_DAYS:
        on_day(today.strftime("%d/%m/%Y"))
        if today.day in (4, 11, 18):
            receptions.receive(by=cast.officer("lan"), channel="self", came_on=today, area_code="26017")
        if today.day % 3 == 0:
            numbers.add(shown(as_son, *PAGES[0], **RUNNING))
            thus.add(shown(as_thu, *PAGES[0], **RUNNING))
    assert len(numbers) == 1 and len(thus) > 3
    on_day("02/01/2018")
    assert shown(as_son, *PAGES[0], **RUNNING) not in numbers


def test_the_years_do_not_follow_the_days(arriving, as_son, on_day):
    def figures():
        trends.keep(day(today), anew=True)
        return list(YearFigure.objects.filter(year=2018).values_list("clause", "numerator", "denominator", "late"))

    today = "20/12/2017"
    kept = figures()
    today = "31/12/2017"
    assert kept and figures() == kept
    assert "của năm chưa kết thúc thì theo tình hình đến hết tháng trước" in words(as_son.open("plan:trends", PLAN))
    today = "01/01/2018"
    assert figures() != kept


def test_a_period_is_offered_once_a_month_of_it_is_over(town, as_son, on_day):
    on_day("30/11/2017")
    assert 'value="nam-2018"' not in as_son.open("plan:overview", PLAN).content.decode()
    assert "Còn 1 ô cần sửa" in words(as_son.open("plan:overview", PLAN, **RUNNING))
    on_day("01/12/2017")
    assert 'value="nam-2018"' in as_son.open("plan:overview", PLAN).content.decode()
    assert "xét đến hết ngày 30/11/2017" in words(as_son.open("plan:overview", PLAN, **RUNNING))


def test_a_page_offers_the_days_that_may_be_asked_and_says_how_far_they_go(town, as_son, as_hanh, as_thu):
    said = "của kỳ chưa kết thúc thì theo tình hình đến hết tháng trước"
    of_son, of_thu = (officer.open("plan:overview", PLAN) for officer in (as_son, as_thu))
    assert said in words(of_son) and 'name="xet"' not in of_son.content.decode()
    assert said not in words(of_thu) and 'name="xet"' in of_thu.content.decode()
    assert said not in words(as_hanh.open("plan:overview", PLAN, dia_ban="737"))
    assert said in words(as_hanh.open("plan:overview", PLAN, dia_ban="", ky="nam-2017"))


def test_hanh_may_choose_days_of_her_district_and_not_of_the_province(arriving, as_hanh):
    own = words(as_hanh.get(reverse("plan:overview", args=[PLAN]), RUNNING | {"dia_ban": "737", "xet": "12/12/2017"}))
    assert "xét đến hết ngày 12/12/2017" in own
    whole = words(as_hanh.get(reverse("plan:overview", args=[PLAN]), RUNNING | {"dia_ban": "", "xet": "12/12/2017"}))
    assert "Số liệu toàn tỉnh của kỳ này chỉ xem được theo tình hình đến hết ngày 30/11/2017." in whole


def test_the_command_tells_an_officer_which_day_may_be_asked(arriving, cast):
    cast.officer("son")
    named = {"first": "01/11/2017", "last": "31/10/2018", "user": "son", "stdout": StringIO()}
    with pytest.raises(CommandError, match=r"--as-of: .*30/11/2017"):
        call_command("indicators", **named)
    call_command("indicators", as_of="30/11/2017", **named)
