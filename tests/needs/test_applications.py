"""What the law gives once, the least amount, and applications with their days (Nghị định 09/2013, Điều 23)."""

import pytest

from benan.cases.actions import closing, receptions
from benan.cases.models import Deadline
from benan.core.refusals import Refused
from benan.needs.actions import applications, needs
from benan.needs.models import Need, Provision
from tests.cast import COMMUNE, TODAY, again, agency_of, answers_sent, day, record_needs, words

ALLOWANCE = "initial_allowance"
LEAST = "thấp hơn mức tối thiểu 1.000.000 đồng (TTLT 134/2013, Điều 4 khoản 3 điểm b)"


@pytest.fixture
def poor(cast):
    """A victim of a poor household, assessed."""
    return lambda *kinds: cast.victim(cast.assessed(nationality="citizen", poor_household=True, wanted=list(kinds)))


def need(case, kind):
    """The latest need of a kind, as pages fetch it."""
    row = Need.objects.of(case).filter(kind=kind).order_by("-pk").first()
    row.case = again(case)
    return row


def send(browser, case, kind, **typed):
    """Send the form of one thing given for a need."""
    data = {"outcome": "given", "on": TODAY, "agency": agency_of("labour-737").pk, **typed}
    return browser.send("needs:provide", case.code, need(case, kind).pk, **data)


def deadline(case, limit):
    """The last day of a clock, whose it is, and when it was met."""
    row = Deadline.objects.select_related("agency").get(case=case, limit=limit)
    return row.due_on, row.agency.key, row.met_on


# Once.


@pytest.mark.parametrize("kind", [ALLOWANCE, "vocational"])
def test_what_the_law_gives_once_is_not_given_a_second_time(poor, as_hanh, hanh, kind):
    # Điều 23 khoản 2 điểm b, c: «được hỗ trợ một lần».
    case = poor(kind)
    assert send(as_hanh, case, kind, amount="3.000.000").status_code == 302
    record_needs(by=hanh, case=case, on=TODAY, kinds=[kind])
    page = send(as_hanh, case, kind, amount="3.000.000")
    assert page.status_code == 422 and "đã được hỗ trợ ngày 09/11/2017, nhu cầu này chỉ được hỗ trợ một lần" in words(
        page
    )
    assert Provision.objects.of(case).filter(need__kind=kind, outcome="given").count() == 1
    assert need(case, kind).granted == "no"


def test_what_was_given_on_an_earlier_case_of_the_person_counts(poor, cast, hanh, as_hanh):
    first = poor(ALLOWANCE)
    needs.provide(by=hanh, need=need(first, ALLOWANCE), outcome="given", on=TODAY, amount=2_000_000)
    closing.close(by=hanh, case=again(first), on=TODAY, closing="left")
    second = receptions.receive(by=cast.officer("lan"), channel="self", came_on=TODAY, area_code=COMMUNE, person_id=first.person_id,
                                nationality="citizen", poor_household=True)  # fmt: skip
    record_needs(by=cast.officer("lan"), case=second, on=TODAY, kinds=[ALLOWANCE])
    receptions.notify_labour(by=cast.officer("lan"), case=again(second), on=TODAY)
    page = send(as_hanh, second, ALLOWANCE, amount="2.000.000")
    assert page.status_code == 422 and "chỉ được hỗ trợ một lần" in words(page)


def test_what_was_taken_back_as_a_mistake_may_be_given(poor, hanh):
    case = poor(ALLOWANCE)
    row = needs.provide(by=hanh, need=need(case, ALLOWANCE), outcome="given", on=TODAY, amount=2_000_000)
    row.case = again(case)
    needs.correct_provision(by=hanh, provision=row, words="ghi nhầm hồ sơ")
    needs.provide(by=hanh, need=need(case, ALLOWANCE), outcome="given", on=TODAY, amount=2_000_000)
    assert Provision.objects.of(case).filter(outcome="given", taken_back=False).count() == 1


# The least amount.


def test_an_allowance_below_the_least_amount_asks_for_a_ground_and_then_goes_through(poor, as_hanh):
    # TTLT 134/2013, Điều 4 khoản 3 điểm b: «mức tối thiểu là 1.000.000 đồng/người».
    case = poor(ALLOWANCE)
    page = send(as_hanh, case, ALLOWANCE, amount="1")
    assert page.status_code == 422 and LEAST in words(page)
    assert not Provision.objects.of(case).exists()
    assert send(as_hanh, case, ALLOWANCE, amount="1", ground="Phần còn lại do huyện chi ngày mai.").status_code == 302
    step = case.steps.get(key="support_given")
    assert step.note and "Phần còn lại" not in str(step.details)


@pytest.mark.parametrize(
    ("on", "amount", "passes"),
    [("14/01/2020", "999.999", False), ("14/01/2020", "1.000.000", True), ("15/01/2020", "1", True)],
)
def test_the_least_amount_is_that_of_its_day(poor, as_hanh, on_day, on, amount, passes):
    # Until Thông tư 84/2019; of the days after it no amount is known, so none is asked for.
    case = poor(ALLOWANCE)
    on_day(on)
    assert (send(as_hanh, case, ALLOWANCE, amount=amount, on=day(on)).status_code == 302) is passes


def test_what_was_paid_before_counts_towards_the_least_amount(poor, as_hanh):
    case = poor(ALLOWANCE)
    send(as_hanh, case, ALLOWANCE, outcome="begun", amount="400.000")
    assert send(as_hanh, case, ALLOWANCE, amount="600.000").status_code == 302


# In time.


@pytest.mark.parametrize(
    ("kind", "on", "answer"),
    [("vocational", "09/11/2018", "yes"), ("vocational", "12/11/2018", "no"), (ALLOWANCE, "12/11/2018", "no"),
     ("schooling", "12/11/2018", "no"), ("loan", "12/11/2018", "yes")],
)  # fmt: skip
def test_what_is_asked_for_in_writing_is_granted_for_twelve_months_and_loans_always(
    poor, as_hanh, on_day, kind, on, answer
):
    # Điều 23 khoản 3 điểm b: «12 tháng kể từ ngày được xác nhận là nạn nhân», here from 09/11/2017; Điều 24 has no such time.
    case = poor()
    on_day(on)
    as_hanh.send("support:assess", case.code, **answers_sent(kind), on=day(on), poor_household="yes")
    assert need(case, kind).granted == answer


def test_an_application_after_the_twelve_months_is_recorded_and_today_the_law_no_longer_grants(poor, as_hanh, on_day):
    case = poor("vocational")
    assert need(case, "vocational").granted == "yes"
    on_day("20/11/2018")
    sent = as_hanh.send("needs:apply", case.code, kinds=["vocational"], applicant="person", on=day("20/11/2018"))
    assert sent.status_code == 302
    said = words(as_hanh.open("needs:overview", case.code))
    assert "Tính đến hôm nay Không thuộc đối tượng hưởng" in said and "không nộp đơn trong 12 tháng" in said
    assert need(case, "vocational").granted == "yes", "the answer of the need's own day stays"


def test_an_application_in_time_keeps_the_right_after_the_twelve_months(poor, as_hanh, on_day):
    case = poor("vocational")
    as_hanh.send("needs:apply", case.code, kinds=["vocational"], applicant="family", on=TODAY)
    on_day("20/11/2018")
    assert "Tính đến hôm nay Không thuộc đối tượng hưởng" not in words(as_hanh.open("needs:overview", case.code))


# The application and its days.


def test_the_page_of_needs_offers_to_record_an_application(poor, as_lan):
    said = words(as_lan.open("needs:overview", poor("vocational").code))
    assert "Ghi đơn đề nghị hỗ trợ" in said and "Nộp chậm nhất 09/11/2018" in said


def test_the_days_of_the_law_run_from_the_application_to_the_decision(poor, as_lan, as_hanh, on_day):
    # Điều 23 khoản 3 điểm b: 03, 05 and 03 working days; 11, 12, 18 and 19/11/2017 are week-ends.
    case = poor("vocational")
    as_lan.send("needs:apply", case.code, kinds=["vocational", ALLOWANCE], applicant="person", on=TODAY)
    assert deadline(case, "forward_application") == (day("14/11/2017"), "commune-26263", None)
    assert deadline(case, "apply_for_support")[2] == TODAY
    on_day("13/11/2017")
    as_lan.send("needs:application", case.code, "application_sent", on=day("13/11/2017"))
    assert deadline(case, "forward_application")[2] == day("13/11/2017")
    assert deadline(case, "appraise_application") == (day("20/11/2017"), "labour-737", None)
    on_day("16/11/2017")
    as_hanh.send("needs:application", case.code, "application_received", on=day("14/11/2017"))
    assert deadline(case, "appraise_application") == (day("21/11/2017"), "labour-737", None)
    as_hanh.send("needs:application", case.code, "application_submitted", on=day("16/11/2017"))
    assert deadline(case, "decide_application") == (day("21/11/2017"), "labour-737", None)
    on_day("20/11/2017")
    paper = {"decision": "granted", "paper_no": "77/QĐ", "paper_on": day("20/11/2017"), "on": day("20/11/2017")}
    assert as_hanh.send("needs:application", case.code, "application_decided", **paper).status_code == 302
    assert deadline(case, "decide_application")[2] == day("20/11/2017")
    assert need(case, ALLOWANCE).recorded_on == TODAY, "what is applied for is needed"


def test_a_second_application_does_not_hide_that_the_first_waits_to_be_sent(poor, as_lan, on_day):
    case = poor("vocational")
    as_lan.send("needs:apply", case.code, kinds=["vocational"], applicant="person", on=TODAY)
    on_day("14/11/2017")
    as_lan.send("needs:apply", case.code, kinds=[ALLOWANCE], applicant="person", on=day("14/11/2017"))
    assert deadline(case, "forward_application")[0] == day("14/11/2017")


@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        ("application_submitted", {"on": TODAY}, "theo thứ tự: nhận đơn, gửi hồ sơ, trình, quyết định"),
        (
            "application_sent",
            {"on": day("08/11/2017")},
            "Ngày 08/11/2017 trước ngày của bước “Nhận đơn đề nghị hỗ trợ”",
        ),
    ],
)
def test_an_application_goes_its_way_in_order(poor, as_lan, act, typed, sentence):
    case = poor("vocational")
    as_lan.send("needs:apply", case.code, kinds=["vocational"], applicant="person", on=TODAY)
    page = as_lan.send("needs:application", case.code, act, **typed)
    assert page.status_code == 422 and sentence in words(page)


def test_a_decision_names_its_paper(poor, cast):
    case, lan = poor("vocational"), cast.officer("lan")
    applications.apply_for_support(by=lan, case=case, on=TODAY, kinds=["vocational"], applicant="person")
    for act in ("application_sent", "application_submitted"):
        applications.move_application(by=lan, case=case, act=act, on=TODAY)
    with pytest.raises(Refused, match="số và ngày văn bản quyết định") as refused:
        applications.move_application(by=lan, case=case, act="application_decided", on=TODAY, decision="refused")
    assert refused.value.field == "paper_no"


def test_only_a_victim_applies(assessed, as_lan):
    page = as_lan.send("needs:apply", assessed().code, kinds=["vocational"], applicant="person", on=TODAY)
    assert page.status_code == 422 and "đã được xác định là nạn nhân (Nghị định 09/2013, Điều 23)" in words(page)
