"""What the law answers to a need: for whom, on which day, with what was known and true then."""

from io import StringIO

import pytest
from django.core.management import call_command

from benan.cases import known
from benan.cases.actions import receptions
from benan.core.figures import question
from benan.indicators import counting
from benan.needs.models import Need
from benan.rules.models import Entitlement
from benan.support.actions import screening, stays
from benan.verification import actions as verification
from tests.cast import GROUPS, NOTIFIED, TODAY, again, agency_of, answers_sent, day, words
from tests.indicators.numbers import INDICATORS

ASKED = {"groups": GROUPS, "safety_asked": True, "advice_asked": True}
PAPER = {"basis": "proceedings", "issuer": "court", "certificate_no": "5/HSST"}
FOR_VICTIMS = ["initial_allowance", "loan", "vocational", "legal_aid", "psychological", "medical"]


def answer(case, kind):
    """What the law answers to the latest need of a kind, and where."""
    row = Need.objects.of(case).filter(kind=kind).order_by("-pk").first()
    return row.granted, row.citation


def answers(case):
    """What the law answers to every need."""
    return {row.kind: row.granted for row in Need.objects.of(case)}


def assess(cast, case, on, *kinds):
    """Hạnh found these needs with the person on a day."""
    screening.assess(by=cast.officer("hanh"), case=again(case), on=on, needs=kinds, danger="no", **ASKED)


# Who the person is on the day of the need.


def test_who_awaits_an_answer_has_no_right_that_belongs_to_victims(assessed):
    # Nghị định 09/2013, Điều 20 khoản 1, 21 khoản 1, 22 khoản 1, 23 khoản 1, 24: «nạn nhân».
    case = assessed(nationality="citizen", poor_household=True, wanted=FOR_VICTIMS)
    assert {kind: answers(case)[kind] for kind in FOR_VICTIMS} == dict.fromkeys(FOR_VICTIMS, "no")


def test_who_awaits_an_answer_is_given_food_and_a_bed(screened):
    # Nghị định 09/2013, Điều 19 khoản 1 điểm b.
    assert answer(screened(), "food") == ("yes", answer(screened(), "food")[1])
    assert "Điều 19 khoản 1 điểm b" in answer(screened(), "food")[1]


def test_a_finding_answers_anew_what_was_needed_before_it(assessed, victim):
    # The need's day is then that of the finding (indicators.md).
    case = assessed(nationality="citizen", wanted=["vocational", "loan"])
    assert answers(case)["vocational"] == answers(case)["loan"] == "no"
    victim(case)
    assert answers(case)["vocational"] == answers(case)["loan"] == "yes"


def test_who_was_found_not_to_be_a_victim_has_no_right_from_then_on(not_victim, screened, cast):
    # TTLT 01/2014, Điều 7 khoản 3; Luật 66/2011, Điều 32.
    case = not_victim(screened(nationality="citizen"))
    assess(cast, case, TODAY, "essential", "loan", "legal_aid")
    found = answers(case)
    assert (found["essential"], found["loan"], found["legal_aid"]) == ("no", "no", "no")
    assert found["food"] == "yes", "what was needed while the answer was awaited keeps its answer"


def test_a_later_paper_of_article_28_makes_a_victim_with_every_right_from_its_day(not_victim, screened, cast, on_day):
    # Luật 66/2011, Điều 28 khoản 3.
    case = not_victim(screened(nationality="citizen"))
    assess(cast, case, TODAY, "loan")
    on_day("20/12/2017")
    verification.record_proof(by=cast.officer("hanh"), case=again(case), on=day("20/12/2017"),
                              certificate_on=day("18/12/2017"), **PAPER)  # fmt: skip
    assert answer(case, "loan") == ("yes", "Luật 66/2011, Điều 38 khoản 2; Nghị định 09/2013, Điều 24")


def test_a_minor_has_the_rights_of_those_they_came_with_once_these_are_found_to_be_victims(
    verifying, victim, cast, lan
):
    # Nghị định 09/2013, Điều 19 khoản 1 điểm c: «người chưa thành niên đi cùng nạn nhân».
    case = verifying(nationality="citizen")
    minor = receptions.add_companion(by=lan, case=case, kind="minor", nationality="citizen")
    screening.screen(by=lan, case=minor, on=NOTIFIED, danger="no", needs=["food"])
    assert answer(minor, "food")[0] == "no"
    victim(case)
    assert answer(minor, "food")[0] == "yes" and "điểm c" in answer(minor, "food")[1]


def test_a_relative_has_no_right_of_article_32_and_the_plan_is_named_beside_it(victim, lan, hanh, as_lan):
    # Luật 66/2011, Điều 32 names no relative; KH 12089, mục III.5.a does.
    relative = receptions.add_companion(by=lan, case=victim(), kind="relative", nationality="citizen")
    screening.screen(by=lan, case=relative, on=NOTIFIED, danger="no", needs=["lodging"])
    screening.assess(
        by=hanh, case=relative, on=TODAY, needs=["medical"], groups=GROUPS, safety_asked=False, advice_asked=False
    )
    said = words(as_lan.open("needs:overview", relative.code))
    assert "Không thuộc đối tượng hưởng" in said and "Kế hoạch 12089/KH-UBND, mục III.5.a" in said
    assert said.count("Căn cứ khác Thuộc diện được hỗ trợ.") == 2 and "Được xem xét" not in said


def test_who_has_no_right_as_a_victim_is_told_of_legal_aid_for_children_and_the_poor(
    screened, notified, cast, on_day, as_hanh
):
    # Luật Trợ giúp pháp lý 2017, Điều 7 khoản 2, 3, từ 01/01/2018.
    on_day("02/01/2018")
    case = notified(screened(nationality="citizen", born_from=day("01/01/1990"), born_to=day("31/12/1990")))
    receptions.record_facts(by=cast.officer("hanh"), case=case, poor_household=True)
    assess(cast, case, day("02/01/2018"), "legal_aid")
    said = words(as_hanh.open("needs:overview", case.code))
    assert answer(case, "legal_aid")[0] == "no" and "Luật Trợ giúp pháp lý 2017, Điều 7 khoản 2, 3" in said


def test_care_at_a_facility_is_named_from_the_day_its_decree_is_in_force(in_shelter, on_day, as_hanh):
    # Nghị định 20/2021, Điều 24 khoản 2, 25, 28, từ 01/07/2021.
    case = in_shelter(nationality="citizen")
    assert "Nghị định 20/2021" not in words(as_hanh.open("needs:overview", case.code))
    on_day("01/07/2021")
    assert "Nghị định 20/2021, Điều 24 khoản 2, Điều 25, Điều 28" in words(as_hanh.open("needs:overview", case.code))


def test_nobody_is_asked_to_give_back_who_was_only_mistaken(not_victim, as_hanh):
    # Luật 66/2011, Điều 23 khoản 3: «Người giả mạo là nạn nhân».
    case = not_victim()
    for page in (
        as_hanh.open("verification:act", case.code, "tell_outcome"),
        as_hanh.open("needs:overview", case.code),
    ):
        said = words(page)
        assert "giữ nguyên; chỉ người giả mạo là nạn nhân mới phải hoàn trả (Luật 66/2011, Điều 23 khoản 3)" in said


# The day of the need, and what comes later.


def short_of_support(case, until):
    """How many victims fall short in II.2.b at the end of a day."""
    return counting.figure(INDICATORS["II.2.b"], question(day("01/11/2017"), day("30/11/2017"), until)).total


def test_care_at_a_shelter_stays_granted_when_the_person_leaves(in_shelter, cast, hoa, on_day, as_hanh):
    case = in_shelter(cast.assessed(cast.victim(cast.screened(nationality="citizen"))))
    assess(cast, case, TODAY, "medical")
    on_day("20/11/2017")
    before = short_of_support(case, day("15/11/2017"))
    stays.leave_shelter(by=hoa, case=again(case), on=day("20/11/2017"))
    on_day("21/11/2017")
    said = words(as_hanh.open("needs:overview", case.code))
    assert answer(case, "medical")[0] == "yes"
    assert "Thuộc diện được hỗ trợ" in said and "Tính đến hôm nay Không thuộc đối tượng hưởng" in said
    assert (before, short_of_support(case, day("15/11/2017"))) == (before, before)


def test_a_household_that_became_poor_later_was_not_poor_on_the_day_of_the_need(assessed, victim, hanh, on_day):
    case = victim(assessed(nationality="citizen", poor_household=False, wanted=["initial_allowance"]))
    assert answer(case, "initial_allowance")[0] == "no"
    on_day("20/11/2017")
    receptions.record_facts(by=hanh, case=again(case), poor_household=True, true_from=day("15/11/2017"))
    assert (again(case).poor_household, answer(case, "initial_allowance")[0]) == (True, "no")


def test_a_household_that_was_poor_always_was_poor_on_the_day_of_the_need(assessed, victim, hanh, on_day):
    case = victim(assessed(nationality="citizen", wanted=["initial_allowance"]))
    on_day("20/11/2017")
    receptions.record_facts(by=hanh, case=again(case), poor_household=True)
    assert answer(case, "initial_allowance")[0] == "yes"


def test_what_was_true_from_a_later_day_holds_though_an_earlier_day_is_recorded_after_it(assessed, hanh, on_day):
    on_day("20/11/2017")
    case = assessed(nationality="citizen")
    for poor, since in ((True, "15/11/2017"), (False, "07/11/2017")):
        receptions.record_facts(by=hanh, case=again(case), poor_household=poor, true_from=day(since))
    rows = list(again(case).facts.all())
    told = [known.value_on(rows, "poor_household", day(when)) for when in ("06/11/2017", "08/11/2017", "16/11/2017")]
    assert told == [None, False, True]


# The day of the finding governs.


def test_a_victim_found_under_the_old_law_is_answered_under_it_after_it_ended(victim, screened, as_hanh, on_day):
    # Luật 53/2024, Điều 63: «Người được xác định là nạn nhân trước ngày Luật này có hiệu lực»; vốn vay không có hạn 12 tháng.
    case = victim(screened(nationality="citizen"))
    on_day("10/07/2025")
    sent = as_hanh.send("support:assess", case.code, **answers_sent("loan"), on=day("10/07/2025"))
    assert sent.status_code == 302
    assert answer(case, "loan") == ("yes", "Luật 66/2011, Điều 38 khoản 2; Nghị định 09/2013, Điều 24")


def test_what_is_needed_by_who_is_found_after_the_old_law_is_recorded_without_an_answer(
    screened, cast, on_day, as_hanh
):
    on_day("30/06/2025")
    last = day("30/06/2025")
    case = cast.notified(screened(came_on=last, nationality="citizen"))
    verification.request_verification(
        by=cast.officer("hanh"), case=case, on=last, to_unit="737", paper_no="1/LĐ", paper_on=last
    )
    on_day("10/07/2025")
    later = day("10/07/2025")
    verification.record_answer(by=cast.officer("hanh"), case=again(case), on=later, for_agency=agency_of("outside_police"),
                               outcome="victim", paper_no="9/CA", paper_on=later, certificate_no="3/GXN",
                               certificate_on=later, grounds=["forced_labour"])  # fmt: skip
    assert as_hanh.send("support:assess", case.code, **answers_sent("loan"), on=later).status_code == 302
    said = words(as_hanh.open("needs:overview", case.code))
    assert (
        answer(case, "loan") == ("unknown", "") and "Chưa xác định được" in said and "Việc hỗ trợ vẫn được ghi" in said
    )


def test_who_was_certified_before_the_old_law_ended_is_under_it_although_the_paper_came_later(screened, cast, on_day):
    on_day("30/06/2025")
    case = cast.notified(screened(came_on=day("30/06/2025"), nationality="citizen"))
    on_day("02/07/2025")
    verification.record_proof(by=cast.officer("hanh"), case=case, on=day("02/07/2025"), certificate_on=day("12/05/2025"),
                              **PAPER)  # fmt: skip
    assess(cast, case, day("02/07/2025"), "loan")
    assert answer(case, "loan")[0] == "yes"


# What is learned later.


def test_a_nationality_learned_after_the_assessment_answers_what_was_open(assessed, victim, as_lan):
    # Luật 66/2011, Điều 32 khoản 1, 2.
    case = victim(assessed(wanted=["loan"]))
    assert answer(case, "loan")[0] == "unknown"
    assert as_lan.send("cases:who", case.code, nationality="citizen").status_code == 302
    assert answer(case, "loan")[0] == "yes"


@pytest.mark.parametrize(
    ("kind", "fact", "until"),
    [("travel", "cannot_pay_travel", "09/11/2017"), ("legal_aid", "financial_difficulty", "05/03/2018")],
)
def test_what_could_not_be_said_has_a_field_at_the_assessment(
    screened, notified, cast, as_hanh, on_day, kind, fact, until
):
    # Luật 66/2011, Điều 33; Luật Trợ giúp pháp lý 2017, Điều 7 khoản 7 điểm g.
    born = {"born_from": day("01/01/1990"), "born_to": day("31/12/1990")}
    case = cast.victim(notified(screened(nationality="citizen", poor_household=False, **born)))
    on_day(until)
    sent = {**answers_sent(kind), "on": day(until), "poor_household": "no"}
    assert as_hanh.send("support:assess", case.code, **sent).status_code == 302
    assert answer(case, kind)[0] == "unknown"
    assert as_hanh.send("support:assess", case.code, **sent, **{fact: "yes"}).status_code == 302
    assert answer(case, kind)[0] == "yes"


def test_a_change_of_the_law_answers_every_need_anew(assessed, victim):
    case = victim(assessed(nationality="citizen", wanted=["loan"]))
    Need.objects.of(case).update(granted="no", citation="một điều đã bỏ")
    Entitlement.objects.filter(need="loan").update(why="lời cũ")
    call_command("load_reference", demo=True, stdout=StringIO())
    assert answer(case, "loan")[0] == "yes"
