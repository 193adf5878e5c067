"""What holds for every figure, whoever asks, and edges of the definition that the written people do not touch."""

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benan.agencies.models import Agency
from benan.cases.actions import identities
from benan.cases.models import Case
from benan.core.figures import Question, Tally, question
from benan.indicators import counting
from benan.indicators.shortfalls import cases_falling_short
from benan.needs.models import Need, Provision
from benan.places import queries as places
from benan.plan import figure_lists, indicators
from benan.plan import queries as plans
from benan.verification import actions as verification
from tests.cast import PLAN, agency_of, day, words
from tests.indicators.numbers import INDICATORS, five_figures
from tests.indicators.player import Life, play, standings

DAYS = [dt.date(2016, 11, 6) + dt.timedelta(days=21) * n for n in range(18)]


def ask(first="01/11/2016", last="31/10/2017", as_of="31/10/2017", **more):
    return Question(day(first), day(last), day(as_of), **more)


@pytest.fixture
def live(cast):
    """Call with lines of people.yaml: the standing of the person who lives them, on a day."""

    def lived(*lines, as_of="31/10/2017", today=None, **facts):
        cases = {}
        Life(cast, {"name": "Ai đó", "life": lines, "facts": facts}, cases).live()
        return standings(cases, ask(as_of=as_of))["Ai đó"]

    return lived


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_on_every_day_the_denominator_is_those_served_and_those_listed(town, as_of):
    asked = dataclasses.replace(town.asked, as_of=as_of)
    for figure in five_figures(asked):
        listed = cases_falling_short(figure.measure, asked)
        assert figure.total.denominator == figure.total.numerator + len(listed)


@pytest.mark.parametrize("text", ["14/04/2017", "12/06/2017", "25/10/2017"])
def test_a_past_day_is_judged_as_it_was_judged_on_that_day(town, cast, on_day, text):
    asked = dataclasses.replace(town.asked, as_of=day(text))
    seen_today = standings(town.cases, asked)
    on_day(text)
    then = play(cast, until=day(text))
    assert standings(then.cases, asked) == {name: seen_today[name] for name in then.cases}


def test_the_districts_together_make_the_province(town):
    figures = indicators.figures(indicators.indicators(plans.plans().get()), town.asked)
    rows = figure_lists.districts(figures, town.asked)["rows"]
    for column, figure in enumerate(figures):
        assert sum((cells[column] for _code, _name, cells in rows), Tally()) == figure.total


def test_nua_counts_where_the_case_is_managed_and_where_nua_came(town):
    dinh_quan = dataclasses.replace(town.asked, area="736")
    fractions = [(figure.total.numerator, figure.total.denominator) for figure in five_figures(dinh_quan)]
    assert fractions == [(0, 0), (1, 1), (0, 0), (0, 0), (1, 1)]


def test_before_the_hand_over_nua_counted_in_trang_bom(town):
    asked = dataclasses.replace(town.asked, area="737", as_of=day("09/05/2017"))
    there = counting.concerned(INDICATORS["II.2.b"], asked).filter(case=town.cases["Nứa"])
    assert there.exists()


def test_an_agency_is_asked_for_what_it_received_and_what_it_manages(town):
    commune = dataclasses.replace(town.asked, agency=agency_of("commune-26263"))
    office = dataclasses.replace(town.asked, agency=agency_of("labour-737"))
    of = {asked.agency.key: [figure.total.denominator for figure in five_figures(asked)] for asked in (commune, office)}
    assert of == {"commune-26263": [28, 0, 0, 0, 0], "labour-737": [0, 5, 4, 4, 3]}


def test_the_whole_province_is_asked_for_by_its_code_or_by_none(town):
    asked = question(town.asked.first, town.asked.last, town.asked.as_of, places.HOME)
    assert asked == town.asked


def test_questions_take_the_same_number_of_queries_for_one_person_and_for_all(town, cast):
    def count(asked):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            for indicator in INDICATORS.values():
                cases_falling_short(indicator, asked)
        return len(captured)

    assert count(ask("14/08/2017", "16/08/2017", "16/08/2017")) <= count(town.asked)
    assert count(dataclasses.replace(town.asked, as_of=day("09/11/2017"))) == 5


def test_a_matter_reported_up_runs_under_the_earlier_of_two_months_and_sixty_days(live):
    up = (
        "01/08/2017 đến trình báo",
        "01/08/2017 hỏi nhu cầu ban đầu",
        "01/08/2017 báo Phòng LĐ-TB&XH",
        "01/08/2017 gửi đề nghị xác minh",
        "02/08/2017 Công an nhận đề nghị",
        "20/08/2017 Công an huyện báo cáo Công an tỉnh",
        "22/08/2017 Công an tỉnh nhận báo cáo",
    )
    assert live(*up, as_of="02/10/2017") == {"a": "trong hạn"}


def test_two_months_run_out_although_sixty_days_still_run(live):
    up = (
        "01/08/2017 đến trình báo",
        "01/08/2017 hỏi nhu cầu ban đầu",
        "01/08/2017 báo Phòng LĐ-TB&XH",
        "01/08/2017 gửi đề nghị xác minh",
        "02/08/2017 Công an nhận đề nghị",
        "20/08/2017 Công an huyện báo cáo Công an tỉnh",
        "22/08/2017 Công an tỉnh nhận báo cáo",
    )
    assert live(*up, as_of="03/10/2017") == {"a": "thiếu"}


def test_reporting_up_late_is_forgotten_once_the_answer_comes_in_time(live):
    assert live(
        "01/08/2017 đến trình báo",
        "01/08/2017 hỏi nhu cầu ban đầu",
        "01/08/2017 báo Phòng LĐ-TB&XH",
        "01/08/2017 gửi đề nghị xác minh",
        "02/08/2017 Công an nhận đề nghị",
        "25/08/2017 Công an huyện báo cáo Công an tỉnh",
        "26/08/2017 Công an tỉnh nhận báo cáo",
        "20/09/2017 trả lời: không phải nạn nhân",
    ) == {"a": "đạt"}


def test_a_paper_found_after_the_twenty_days_is_late(live):
    found = live(
        "01/08/2017 đến trình báo",
        "01/08/2017 hỏi nhu cầu ban đầu",
        "01/08/2017 báo Phòng LĐ-TB&XH",
        "01/08/2017 gửi đề nghị xác minh",
        "02/08/2017 Công an nhận đề nghị",
        "30/08/2017 có giấy xác nhận",
    )
    assert found["a"] == "trễ"


@pytest.mark.parametrize(("as_of", "stands"), [("25/08/2017", "trong hạn"), ("26/08/2017", "thiếu")])
def test_who_no_longer_wants_to_go_on_before_an_answer_still_counts_and_the_limit_that_ran_goes_on(live, as_of, stands):
    # Quy ước của kế hoạch (indicators.md): chỉ mất, rời đi, lập nhầm mới đứng ngoài. Hạn 20 ngày: TTLT 01/2014, Điều 6.
    assert live(
        "01/08/2017 đến trình báo",
        "01/08/2017 hỏi nhu cầu ban đầu",
        "01/08/2017 báo Phòng LĐ-TB&XH",
        "03/08/2017 gửi đề nghị xác minh",
        "05/08/2017 Công an nhận đề nghị",
        "10/08/2017 kết thúc hồ sơ: người ấy không muốn tiếp tục",
        as_of=as_of,
    ) == {"a": stands}


def test_an_end_of_verification_alone_stops_no_limit_in_the_figures(live, cast):
    live("20/10/2017 đến trình báo", "20/10/2017 hỏi nhu cầu ban đầu", "20/10/2017 báo Phòng LĐ-TB&XH",
         "21/10/2017 gửi đề nghị xác minh", "23/10/2017 Công an nhận đề nghị")  # fmt: skip
    case = newest()
    verification.close_verification(by=cast.officer("hanh"), case=case, on=day("25/10/2017"), reason="declined")
    assert standings({"Ai đó": case.pk}, ask())["Ai đó"] == {"a": "trong hạn"}


HANDED_OVER = (
    "08/08/2017 đến trình báo",
    "08/08/2017 hỏi nhu cầu ban đầu",
    "08/08/2017 báo Phòng LĐ-TB&XH",
    "09/08/2017 gửi đề nghị xác minh",
    "10/08/2017 Công an nhận đề nghị",
    "20/08/2017 kết thúc hồ sơ: chuyển cơ quan ngoài tỉnh tiếp tục",
)


@pytest.mark.parametrize(
    ("as_of", "stands"), [("19/08/2017", "trong hạn"), ("30/08/2017", "trong hạn"), ("31/08/2017", "thiếu")]
)
def test_handed_to_another_province_a_case_is_in_time_while_the_limit_that_ran_then_runs(live, as_of, stands):
    # Hai mươi ngày từ 10/08 hết ngày 30/08 (TTLT 01/2014, Điều 6 khoản 3); chuyển đi không làm hạn ấy mất.
    assert live(*HANDED_OVER, as_of=as_of) == {"a": stands}


def whose(case, number, asked):
    """Whose move what a case lacks under an indicator is, by the key of the agency."""
    listed = cases_falling_short(INDICATORS[number], asked)
    (found,) = [row for row in listed if row.case == case]
    return {reason.duty: Agency.objects.get(pk=reason.agency).key for reason in found.reasons}


def newest():
    return Case.objects.unscoped(reason="tests").order_by("-pk").first()


def test_once_that_limit_has_run_out_it_is_the_move_of_the_place_that_took_over(live):
    live(*HANDED_OVER)
    assert whose(newest().pk, "II.2.a", ask()) == {"answer": "outside_labour"}


def test_what_was_still_needed_at_the_hand_over_is_the_move_of_the_place_that_took_over(live):
    live(*VICTIM, "15/08/2017 đánh giá nhu cầu: vay vốn", HANDED_OVER[-1])
    case, asked = newest().pk, ask()
    assert whose(case, "II.2.b", asked) == {"needs": "outside_labour"}
    assert whose(case, "II.2.b", ask(as_of="19/08/2017")) == {"needs": "labour-737"}


def test_on_the_page_it_is_called_a_place_outside_the_province(live, as_hanh):
    live(*HANDED_OVER)
    page = words(as_hanh.open("plan:indicator", PLAN, "II.2.a", ky="nam-2017", dia_ban="737"))
    assert "Việc của Phòng LĐ-TB&XH ngoài tỉnh" in page


VICTIM = (
    "01/08/2017 đến trình báo",
    "01/08/2017 hỏi nhu cầu ban đầu",
    "01/08/2017 báo Phòng LĐ-TB&XH",
    "02/08/2017 gửi đề nghị xác minh",
    "03/08/2017 Công an nhận đề nghị",
    "15/08/2017 trả lời: là nạn nhân",
)


def test_closing_a_case_does_not_meet_its_needs(live):
    assert live(
        *VICTIM,
        "15/08/2017 đánh giá nhu cầu: vay vốn",
        "30/08/2017 kết thúc hồ sơ: chuyển cơ quan ngoài tỉnh tiếp tục",
    ) == {"a": "đạt", "b": "thiếu"}


def test_a_need_that_is_no_longer_there_leaves_the_indicator(live):
    assert live(
        *VICTIM,
        "15/08/2017 đánh giá nhu cầu: vay vốn",
        "30/08/2017 không còn cần: vay vốn",
    ) == {"a": "đạt"}


def test_until_the_day_it_is_refused_a_need_counts(live):
    refused = (
        *VICTIM,
        "15/08/2017 đánh giá nhu cầu: vay vốn",
        "20/08/2017 đã đề nghị: vay vốn",
        "20/08/2017 từ chối: vay vốn",
    )
    assert live(*refused, as_of="19/08/2017")["b"] == "thiếu"


def test_a_refusal_of_nothing_offered_leaves_the_need_unmet(live):
    live(*VICTIM, "15/08/2017 đánh giá nhu cầu: vay vốn")
    need = Need.objects.unscoped(reason="tests").order_by("-pk").first()
    Need.objects.unscoped(reason="tests").filter(pk=need.pk).update(refused_on=day("20/08/2017"))
    assert standings({"Ai đó": need.case_id}, ask())["Ai đó"]["b"] == "thiếu"


def test_what_was_offered_only_afterwards_was_not_refused_after_an_offer(live):
    live(*VICTIM, "15/08/2017 đánh giá nhu cầu: vay vốn", "25/08/2017 đã đề nghị: vay vốn")
    offer = Provision.objects.unscoped(reason="tests").order_by("-pk").first()
    Need.objects.unscoped(reason="tests").filter(pk=offer.need_id).update(refused_on=day("20/08/2017"))
    assert standings({"Ai đó": offer.case_id}, ask())["Ai đó"]["b"] == "thiếu"


def test_support_given_without_a_measure_protects_nobody(live, cast):
    danger = "01/08/2017 hỏi nhu cầu ban đầu: có nguy hiểm"
    lines = [danger if "hỏi nhu cầu" in line else line for line in VICTIM]
    assert live(*lines, "15/08/2017 đánh giá nhu cầu", "16/08/2017 đã hỗ trợ: bảo vệ an toàn")["c"] == "thiếu"


def test_a_first_return_home_stays_the_day_of_d(live):
    home = live(*VICTIM, "15/08/2017 đánh giá nhu cầu", "20/08/2017 về nơi cư trú", as_of="25/08/2017")
    assert home["d"] == "đạt"


def test_groups_asked_about_after_the_return_are_late(live):
    found = live(*VICTIM, "20/08/2017 về nơi cư trú", "25/08/2017 đánh giá nhu cầu")
    assert found["d"] == "trễ"


def test_a_need_met_before_the_return_was_met_in_time(live):
    found = live(
        *VICTIM,
        "15/08/2017 đánh giá nhu cầu: học nghề",
        "18/08/2017 đã hỗ trợ: học nghề",
        "20/08/2017 về nơi cư trú",
    )
    assert found["d"] == "đạt"


def test_two_cases_of_one_person_count_once_they_are_joined_as_one(live, cast, on_day):
    on_day("20/10/2017")
    cases = {}
    for name in ("Một", "Hai"):
        life = ["10/10/2017 đến trình báo", "10/10/2017 báo Phòng LĐ-TB&XH"]
        Life(cast, {"name": name, "life": life}, cases).live()
    one, other = (Case.objects.unscoped(reason="tests").get(pk=cases[name]) for name in ("Một", "Hai"))
    identities.join(by=cast.officer("hanh"), case=one, other=other)
    assert standings(cases, ask(as_of="20/10/2017"))["Hai"] == {"a": "đã ghép"}


SECOND_RECEPTION = ("20/10/2017 đến trình báo", "20/10/2017 hỏi nhu cầu ban đầu", "20/10/2017 báo Phòng LĐ-TB&XH")
FIRST_RECEPTION = (
    "01/08/2017 đến trình báo",
    "01/08/2017 hỏi nhu cầu ban đầu: có nguy hiểm",
    "01/08/2017 báo Phòng LĐ-TB&XH",
    "02/08/2017 gửi đề nghị xác minh",
    "03/08/2017 Công an nhận đề nghị",
    "15/08/2017 trả lời: là nạn nhân",
    "15/08/2017 đánh giá nhu cầu: học nghề; tư vấn về sức khỏe",
    "16/08/2017 đã hỗ trợ: tư vấn về sức khỏe",
    "20/08/2017 về nơi cư trú",
)


@pytest.mark.parametrize("goes_on", ["Lần đầu", "Lần sau"])
def test_whichever_case_goes_on_a_victim_and_their_unmet_needs_count_once_from_b_to_d(cast, on_day, goes_on):
    # indicators.md: kết luận, nhu cầu, hỗ trợ theo người ấy vào hồ sơ còn đi tiếp.
    on_day("01/11/2017")
    cases = {}
    for name, life in (("Lần đầu", FIRST_RECEPTION), ("Lần sau", SECOND_RECEPTION)):
        Life(cast, {"name": name, "life": life}, cases).live()
    before = standings({"Lần đầu": cases["Lần đầu"]}, ask())["Lần đầu"]
    assert before == {"a": "thiếu", "b": "thiếu", "c": "thiếu", "d": "thiếu", "đ": "trễ"} | {"a": before["a"]}
    ended = next(name for name in cases if name != goes_on)
    one, other = (Case.objects.unscoped(reason="tests").get(pk=cases[name]) for name in (goes_on, ended))
    identities.join(by=cast.officer("hanh"), case=one, other=other)
    after = standings(cases, ask())
    assert {letter: after[goes_on].get(letter) for letter in "bcdđ"} == {letter: before[letter] for letter in "bcdđ"}
    assert set(after[ended].values()) <= {"đã ghép"}


def test_joined_they_were_one_person_on_every_day(cast, on_day):
    on_day("01/11/2017")
    cases = {}
    for name, life in (("Lần đầu", FIRST_RECEPTION), ("Lần sau", SECOND_RECEPTION)):
        Life(cast, {"name": name, "life": life}, cases).live()
    one, other = (Case.objects.unscoped(reason="tests").get(pk=cases[name]) for name in ("Lần sau", "Lần đầu"))
    identities.join(by=cast.officer("hanh"), case=one, other=other)
    found = standings(cases, ask(as_of="25/10/2017"))
    assert (found["Lần đầu"]["a"], found["Lần sau"]["b"]) == ("đã ghép", "thiếu")


def test_who_came_along_stays_beside_a_victim_whose_case_was_joined_to_another(cast, on_day):
    on_day("01/11/2017")
    cases = {}
    for name, life in (("Lần đầu", FIRST_RECEPTION), ("Lần sau", SECOND_RECEPTION)):
        Life(cast, {"name": name, "life": life}, cases).live()
    along = {
        "name": "Con",
        "with": "Lần đầu",
        "kind": "minor",
        "life": ["02/08/2017 hỏi nhu cầu ban đầu: có nguy hiểm"],
    }
    Life(cast, along, cases).live()
    assert standings(cases, ask())["Con"] == {"c": "thiếu"}
    one, other = (Case.objects.unscoped(reason="tests").get(pk=cases[name]) for name in ("Lần sau", "Lần đầu"))
    identities.join(by=cast.officer("hanh"), case=one, other=other)
    assert standings(cases, ask())["Con"] == {"c": "thiếu"}


def test_nobody_is_rounded_up_to_a_hundred_percent():
    assert Tally(met=1999, short=1).percent == "99,9%"


def test_a_share_of_nobody_is_no_share():
    assert (Tally(in_time=3).value, Tally(in_time=3).percent) == (None, "")
