"""The year 2017 of the simulated province: every agency's return, one late, one sent back, one never; the report of all."""

import pytest

from benan.core.figures import Question
from benan.core.refusals import Refused
from benan.plan import duties, queries
from benan.reports.actions import returns
from benan.reports.content import content
from benan.reports.models import Return
from tests.cast import PLAN, day, words
from tests.counts import by_sql
from tests.indicators.oracle import figures, measures
from tests.reports.playing import Reporting, of, values

PROVINCE = (
    "labour_department", "police_province", "information_department", "womens_union", "procuracy", "propaganda",
    "farmers_union", "fatherland_front", "social_bank",
)  # fmt: skip
ASKED = Question(day("01/11/2016"), day("31/10/2017"), day("31/10/2017"))
LATE, SENT_BACK, NEVER = "district-736", "district-734", "fatherland_front"


@pytest.fixture
def reporting(town, cast, on_day):
    on_day("01/11/2017")
    return Reporting(cast)


@pytest.fixture
def year(reporting, on_day):
    """The yearly period after 14/11: all reported but two, of whom one is late and one never reports."""
    period = reporting.opened()
    for ret in period.returns.exclude(agency__key__in=[LATE, NEVER]).select_related("agency"):
        reporting.submitted(ret)
    return period


def test_everybody_named_by_the_plan_gets_a_return(reporting):
    period = reporting.opened()
    keys = set(period.returns.values_list("agency__key", flat=True))
    districts = {key for key in keys if key.startswith("district-")}
    assert (len(districts), keys - districts) == (11, set(PROVINCE))


def test_opening_twice_does_it_once(reporting):
    first, second = reporting.opened(), reporting.opened()
    assert (first, Return.objects.count()) == (second, 20)


def test_districts_count_their_cases_and_the_province_adds_up(reporting):
    period = reporting.opened()
    trang_bom = values(of(period, "district-737"))
    assert (trang_bom["II.2.a", "numerator"], trang_bom["II.2.a", "denominator"]) == (22, 28)
    sums = [values(ret).get(("II.2.a", "denominator"), 0) for ret in period.returns.all()]
    assert sum(sums) == 28 and ("II.2.a", "denominator") not in values(of(period, "police_province"))


def test_a_province_agency_has_only_the_lines_that_name_it_or_nobody(reporting):
    lines = {line for line, _part in values(of(reporting.opened(), "procuracy"))}
    assert {"cases_charged", "mobile_trials", "sessions", "spent"} <= lines
    assert not {"tips", "loans", "persons_received", "II.2.a"} & lines


def test_the_year(year, reporting, on_day):
    on_day("14/11/2017")
    sent_back = of(year, SENT_BACK)
    returns.send_back(by=reporting.cast.officer("thu"), ret=sent_back, words="Thiếu kinh phí đã chi.")
    on_day("15/11/2017")
    late = reporting.submitted(of(year, LATE))
    again = of(year, SENT_BACK)
    reporting.filled(again, {("spent", ""): 42_500_000})
    reporting.submitted(again)
    assert (late.submitted_on, late.period.due_on) == (day("15/11/2017"), day("14/11/2017"))
    for ret in year.returns.filter(state="submitted").select_related("agency"):
        reporting.accepted(ret)
    on_day("24/11/2017")
    with pytest.raises(Refused, match="Còn 1 đơn vị chưa nộp: Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"):
        reporting.consolidated(year)
    whole = reporting.consolidated(year, with_missing=True)
    reporting.put(whole)
    returns.submit(by=reporting.head("labour_department"), ret=whole)
    said = content(Return.objects.select_related("period__plan", "agency").get(pk=whole.pk))
    assert said.missing == ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",)
    assert said.due_on == day("24/11/2017") and said.frozen_on == day("24/11/2017")
    fractions = [(each.numerator, each.denominator) for each in said.indicators]
    assert fractions == [(22, 28), (3, 6), (2, 4), (2, 4), (2, 4)]
    assert fractions == counted_by_sql()
    received, said_of_all = by_sql.counted("persons_received", ASKED), values(whole)
    assert said_of_all["persons_received", ""] == received[()] > 0
    for sex in ("female", "male"):
        assert said_of_all["persons_received", f"sex:{sex}"] == received.get(("sex", sex), 0)
    assert values(whole)["spent", ""] == 42_500_000
    assert set(year.returns.exclude(agency__key=NEVER).values_list("state", flat=True)) == {"locked"}
    standing = {row.clause.number: row for row in duties.duties(queries.by_slug(year.plan.slug), day("25/11/2017"))}
    states = {duty.agency.key: duty.state for duty in standing["VI.1"].duties}
    assert states[NEVER] == "late"
    # V.1.k wants a review before 15/11, which is an act of its own: the report of VI.3, due before 25/11, does not stand for it.
    (review,), (followed_up,) = standing["V.1.k"].duties, standing["VI.3"].duties
    assert (review.state, review.since, review.next_due.on) == ("late", day("14/11/2017"), day("14/11/2018"))
    assert followed_up.last == day("24/11/2017") and followed_up.state != "late"


WORDS = "trong năm 2020, kế hoạch không nêu ngày (chương trình nhắc đến hết 31/12/2020)"


def test_the_final_review_covers_the_whole_plan_and_has_no_day_of_the_plan(reporting, on_day):
    """V.1.k, VI.3: returns and one report of all, over all years of the plan, in 2020."""
    on_day("31/12/2019")
    with pytest.raises(Refused, match="Kỳ báo cáo chưa bắt đầu"):
        reporting.opened("tong-ket-2020")
    on_day("30/11/2020")
    thu = reporting.browser("labour_department")
    assert (
        f"Báo cáo tổng kết giai đoạn, năm 2020 Mở kỳ tổng kết giai đoạn, năm 2020 Số liệu từ 01/01/2016 đến 31/12/2020 · nộp {WORDS} · mục VI.3"
        in words(thu.open("reports:periods", PLAN))
    )
    period = reporting.opened("tong-ket-2020")
    assert (period.first, period.last, period.cumulative) == (day("01/01/2016"), day("31/12/2020"), True)
    assert {ret.agency.key for ret in period.returns.all()} >= {*PROVINCE, LATE, NEVER, SENT_BACK}
    asked = Question(day("01/01/2016"), day("31/12/2020"), day("30/11/2020"))
    sums = [values(ret).get(("persons_received", ""), 0) for ret in period.returns.all()]
    assert sum(sums) == by_sql.counted("persons_received", asked)[()] > 0
    for ret in period.returns.select_related("agency"):
        reporting.accepted(reporting.submitted(ret))
    whole = reporting.consolidated(period)
    said = content(Return.objects.select_related("period__plan", "agency").get(pk=whole.pk))
    assert [(each.numerator, each.denominator) for each in said.indicators] == counted_by_sql(asked)
    assert values(whole)["persons_received", ""] == sum(sums)
    for address in ("reports:period", "reports:periods"):
        page = words(thu.open(address, PLAN, *([period.key] if address == "reports:period" else [])))
        assert f"nộp {WORDS}" in page and "nộp chậm nhất 31/12/2020" not in page
    page = words(thu.open("plan:clause", PLAN, "V.1.k"))
    assert WORDS in page and "chậm nhất 31/12" not in page
    assert f"Tổng kết, thi đua khen thưởng kết quả thực hiện kế hoạch, {WORDS}" in words(
        thu.get(f"/ke-hoach/{PLAN}/muc/V.1.k/tien-do/labour_department/tep/")
    )


@pytest.mark.parametrize("address", ["notices:calendar", "plan:timeline", "plan:overview", "plan:agency"])
def test_the_end_of_2020_is_shown_as_the_programs_reminder(reporting, on_day, address):
    on_day("05/12/2020")
    args = {"notices:calendar": [], "plan:agency": [PLAN, "labour_department"]}.get(address, [PLAN])
    page = words(reporting.browser("labour_department").open(address, *args))
    assert WORDS in page and "chậm nhất 31/12/2020" not in page and "chậm nhất Thứ Năm, 31/12/2020" not in page


def counted_by_sql(asked=ASKED):
    """The fractions of all five indicators by queries over every register, which share nothing with the measures."""
    totals = [figures.figure(measure, asked).total for measure in measures.MEASURES]
    return [(total.numerator, total.denominator) for total in totals]
