"""Verification as it is lived: every branch of the 2011 procedure, each by those whose work it is."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.accounts.models import TeamMember
from benan.cases import clocks, queries
from benan.cases.actions import receptions
from benan.cases.models import Case, Deadline
from benan.core.refusals import Refused
from benan.verification import actions as v
from benan.verification.models import Finding
from benan.verification.vocabulary import ONWARD
from tests.cast import ARRIVED, CAME, NOTIFIED, REQUESTED, TODAY, again, agency_of, day

PROOF = {"basis": "rescuer", "issuer": "border_guard", "certificate_no": "12/GXN", "certificate_on": day("01/03/2016")}
REQUEST = {"to_unit": "737", "paper_no": "214/LĐTBXH", "paper_on": REQUESTED}
VICTIM = {"answer_no": "90/CAH", "certificate_no": "12/GXN", "certificate_on": TODAY}


def stage(case):
    """Where verification stands."""
    return case.tracks.get(kind="verification").stage


def clock(case, limit):
    """(started, deadline, done, no longer counted, whose) of a limit; None where it does not run."""
    row = Deadline.objects.filter(case=case, limit=limit).select_related("agency").first()
    return row and (row.started_on, row.due_on, row.met_on, row.ended_on, row.agency and row.agency.key)


def status(case):
    """How pages speak of the person."""
    return queries.status(again(case))[0]


# What Hạnh does at the labour office.


def test_a_notice_is_acknowledged_and_starts_no_other_clock(notified, hanh):
    case = notified()
    before = clock(case, "labour_intake")
    v.take_notice(by=hanh, case=case, on=TODAY)
    assert stage(case) == "taken" and clock(case, "labour_intake") == before


@pytest.mark.parametrize(
    ("basis", "issuer"),
    [
        ("district_police", "district_police"),
        ("rescuer", "coast_guard"),
        ("proceedings", "court"),
        ("foreign", "foreign"),
    ],
)
def test_each_of_the_four_kinds_of_paper_makes_a_victim_without_further_verification(notified, hanh, basis, issuer):
    case = notified()
    finding = v.record_proof(by=hanh, case=case, on=TODAY, **{**PROOF, "basis": basis, "issuer": issuer})
    assert (finding.outcome, finding.basis, finding.on, again(case).recognised_on) == ("victim", basis, TODAY, TODAY)
    assert stage(case) == "victim" and status(case) == "victim"
    assert clock(case, "labour_intake")[2] == TODAY


def test_twelve_months_to_apply_run_from_the_papers_own_date(notified, hanh):
    case = notified()
    v.record_proof(by=hanh, case=case, on=TODAY, **PROOF)
    assert clock(case, "apply_for_support")[:2] == (day("01/03/2016"), day("01/03/2017"))


@pytest.mark.parametrize("lacking", [{"issuer": " "}, {"certificate_no": ""}, {"certificate_on": None}])
def test_a_paper_is_recorded_whole_or_not_at_all(notified, hanh, lacking):
    case = notified()
    with pytest.raises(Refused, match="Cần ghi giấy tờ chứng nhận nạn nhân"):
        v.record_proof(by=hanh, case=case, on=TODAY, **{**PROOF, **lacking})
    assert stage(case) == "notified" and not case.findings.exists()


@pytest.mark.parametrize("basis", ["answer", "", "giấy khác"])
def test_what_is_none_of_the_four_kinds_is_no_proof(notified, hanh, basis):
    with pytest.raises(Refused, match="Chọn một trong bốn loại giấy tờ"):
        v.record_proof(by=hanh, case=notified(), on=TODAY, **{**PROOF, "basis": basis})


def test_a_request_goes_to_the_district_police_who_then_see_the_case(notified, hanh, dung):
    case = notified()
    assert not Case.objects.visible_to(dung).filter(pk=case.pk).exists()
    v.request_verification(by=hanh, case=case, on=REQUESTED, **REQUEST)
    assert Case.objects.visible_to(dung).filter(pk=case.pk).exists()
    assert clock(case, "labour_intake")[2] == REQUESTED


def test_until_the_police_note_the_arrival_twenty_days_run_from_the_sending_by_convention(requested):
    case = requested()
    deadline = Deadline.objects.get(case=case, limit="verify_district")
    assert (deadline.started_on, deadline.due_on, deadline.convention, deadline.agency.key) == (
        REQUESTED,
        day("27/11/2017"),
        True,
        "police-737",
    )


def test_from_the_arrival_twenty_days_run_from_there(verifying):
    case = verifying()
    deadline = Deadline.objects.get(case=case, limit="verify_district")
    assert (deadline.started_on, deadline.due_on, deadline.convention) == (ARRIVED, day("28/11/2017"), False)


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"paper_no": " "}, "Cần ghi số, ngày công văn"),
        ({"paper_on": None}, "Cần ghi số, ngày công văn"),
        ({"to_unit": "26263"}, "Chọn huyện nơi người ấy cư trú"),
        ({"to_unit": ""}, "Chọn huyện nơi người ấy cư trú"),
    ],
)
def test_a_request_names_its_paper_and_where_it_goes(notified, hanh, lacking, sentence):
    with pytest.raises(Refused, match=sentence):
        v.request_verification(by=hanh, case=notified(), on=REQUESTED, **{**REQUEST, **lacking})


def test_a_request_is_not_sent_where_a_paper_was_found(notified, hanh):
    case = notified()
    v.record_proof(by=hanh, case=case, on=TODAY, **PROOF)
    with pytest.raises(Refused, match="Không làm được bước"):
        v.request_verification(by=hanh, case=case, on=TODAY, **REQUEST)


def test_a_declared_foreigner_goes_another_way_and_the_sentence_names_it(notified, hanh):
    case = notified(nationality="foreigner")
    with pytest.raises(Refused, match="Điều 8 TTLT 01/2014"):
        v.request_verification(by=hanh, case=case, on=REQUESTED, **REQUEST)
    v.hand_to_immigration(by=hanh, case=case, on=TODAY, paper_no="5/XNC", paper_on=TODAY)
    assert stage(case) == "outside" and clock(case, "labour_intake")[3] == TODAY


@pytest.mark.parametrize("nationality", ["citizen", "stateless", "stateless_resident", ""])
def test_only_a_declared_foreigner_is_handed_over(notified, hanh, nationality):
    with pytest.raises(Refused, match="khai là người nước ngoài"):
        v.hand_to_immigration(by=hanh, case=notified(nationality=nationality), on=TODAY)


@pytest.mark.parametrize("reason", ["died", "left", "declined", "error"])
def test_verification_may_end_before_an_answer_for_a_reason(requested, hanh, reason):
    case = requested()
    v.close_verification(by=hanh, case=case, on=TODAY, reason=reason)
    assert stage(case) == "closed" and clock(case, "verify_district")[3] == TODAY


def test_verification_does_not_end_without_a_reason(requested, hanh):
    with pytest.raises(Refused, match="Cần chọn lý do kết thúc việc xác minh"):
        v.close_verification(by=hanh, case=requested(), on=TODAY, reason="chán")


# What the police do.


def test_the_head_signs_what_an_officer_drafted_and_it_is_a_finding(verifying, dung, hung):
    case = verifying()
    draft = v.draft_finding(by=dung, case=case, outcome="victim", grounds=["forced_labour"], sources=["own_statement"])
    assert (draft.on, again(case).recognised_on, status(case)) == (None, None, "pending")
    finding = v.sign_finding(by=hung, case=case, on=TODAY, **VICTIM)
    assert (finding.pk, finding.signed_by, finding.agency.key) == (draft.pk, hung, "police-737")
    assert (stage(case), again(case).recognised_on) == ("victim", TODAY)
    assert clock(case, "verify_district")[2] == TODAY


def test_a_draft_waits_for_a_head_who_did_not_write_it(verifying, dung, hung):
    case = verifying()
    with pytest.raises(Refused, match="Chưa có dự thảo"):
        v.sign_finding(by=hung, case=case, on=TODAY, **VICTIM)
    v.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    with pytest.raises(PermissionDenied):
        v.sign_finding(by=dung, case=case, on=TODAY, **VICTIM)
    Finding.objects.filter(case=case).update(drafted_by=hung)
    with pytest.raises(Refused, match="không được ký kết luận do chính mình"):
        v.sign_finding(by=hung, case=case, on=TODAY, **VICTIM)


def test_a_new_draft_takes_the_place_of_the_one_before(verifying, dung, hung):
    case = verifying()
    v.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    v.draft_finding(by=dung, case=case, outcome="not_victim", reasons="không đủ căn cứ")
    assert list(case.findings.order_by("pk").values_list("outcome", "withdrawn")) == [
        ("victim", True),
        ("not_victim", False),
    ]
    assert v.sign_finding(by=hung, case=case, on=TODAY, answer_no="91/CAH").outcome == "not_victim"


def test_a_victim_needs_a_ground_from_the_list(verifying, dung):
    case = verifying()
    with pytest.raises(Refused, match="cần ít nhất một căn cứ"):
        v.draft_finding(by=dung, case=case, outcome="victim")
    with pytest.raises(Refused, match="“vì thương” không có trong danh mục"):
        v.draft_finding(by=dung, case=case, outcome="victim", grounds=["vì thương"], sources=["own_statement"])


def test_a_finding_says_one_of_two_things(verifying, dung, hanh):
    case = verifying()
    with pytest.raises(Refused, match="Chọn kết luận"):
        v.draft_finding(by=dung, case=case, outcome="có lẽ", grounds=["sold"], sources=["own_statement"])
    with pytest.raises(Refused, match="Chọn kết luận"):
        v.record_answer(
            by=hanh,
            case=case,
            on=TODAY,
            for_agency=agency_of("police-737"),
            outcome="có lẽ",
            paper_no="1",
            paper_on=TODAY,
        )


@pytest.mark.parametrize("lacking", [{"certificate_no": ""}, {"certificate_on": None}])
def test_a_victims_finding_carries_a_certificate_by_number_and_day(verifying, dung, hung, lacking):
    case = verifying()
    v.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    with pytest.raises(Refused, match="Cần ghi số, ngày của giấy xác nhận nạn nhân"):
        v.sign_finding(by=hung, case=case, on=TODAY, **{**VICTIM, **lacking})
    assert again(case).recognised_on is None


def test_nothing_is_drafted_once_the_answer_is_given(victim, dung):
    with pytest.raises(Refused, match="Không làm được bước"):
        v.draft_finding(by=dung, case=victim(), outcome="not_victim")


def test_a_complex_matter_goes_up_and_both_limits_run_the_earlier_governs(verifying, dung, minh):
    case = verifying()
    v.report_to_province(by=dung, case=case, on=TODAY, reason="complex", paper_no="7/BC", paper_on=TODAY)
    assert clock(case, "verify_district")[3] == TODAY
    assert clock(case, "verify_complex")[:2] == (ARRIVED, day("08/01/2018"))
    assert clock(case, "verify_province")[:2] == (TODAY, day("08/01/2018"))
    v.receive_report(by=minh, case=case, on=TODAY, arrival_no="9")
    governing = Deadline.objects.get(case=case, governs=True, met_on=None, ended_on=None, limit__startswith="verify")
    assert governing.agency.key == "police_province"
    assert stage(case) == "verifying_province"


def test_after_going_up_the_province_drafts_and_signs(verifying, dung, hung, minh, tuan):
    case = verifying()
    v.report_to_province(by=dung, case=case, on=TODAY, reason="many_places")
    v.receive_report(by=minh, case=case, on=TODAY, arrival_no="9")
    with pytest.raises(Refused, match="Việc này của"):
        v.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    v.draft_finding(by=minh, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    with pytest.raises(PermissionDenied):
        v.sign_finding(by=hung, case=case, on=TODAY, **VICTIM)
    assert v.sign_finding(by=tuan, case=case, on=TODAY, **VICTIM).agency.key == "police_province"


def test_a_draft_of_the_district_does_not_go_up_with_the_matter(verifying, dung, minh, tuan):
    case = verifying()
    v.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    v.report_to_province(by=dung, case=case, on=TODAY, reason="complex")
    v.receive_report(by=minh, case=case, on=TODAY, arrival_no="9")
    with pytest.raises(Refused, match="của đơn vị khác|Chưa có dự thảo"):
        v.sign_finding(by=tuan, case=case, on=TODAY, **VICTIM)


def test_a_report_states_one_of_two_reasons(verifying, dung):
    with pytest.raises(Refused, match="Cần ghi lý do báo cáo Công an tỉnh"):
        v.report_to_province(by=dung, case=verifying(), on=TODAY, reason="bận")


def test_the_province_may_not_act_before_the_matter_went_up(verifying, minh, tuan):
    case = verifying()
    with pytest.raises(PermissionDenied):
        v.draft_finding(by=minh, case=case, outcome="not_victim")
    with pytest.raises(PermissionDenied):
        v.report_to_province(by=minh, case=case, on=TODAY, reason="complex")


@pytest.mark.parametrize("name", ["lan", "hung", "hoa", "thu", "quang", "minh"])
def test_an_arrival_is_noted_by_the_police_who_hold_it(cast, name):
    case = cast.requested()
    with pytest.raises(PermissionDenied):
        v.receive_request(by=cast.officer(name), case=case, on=ARRIVED, arrival_no="77")


# Offices that answer on paper: the labour office records it on their behalf.


def behalf(key="police-737", no="90/CAH", on=TODAY):
    """A paper of another office."""
    return {"paper_no": no, "paper_on": on, "for_agency": agency_of(key)}


def test_a_whole_verification_may_be_recorded_on_behalf_of_the_district_police(requested, hanh):
    case = requested()
    v.receive_request(by=hanh, case=case, on=ARRIVED, arrival_no="77", **behalf(on=ARRIVED))
    finding = v.record_answer(by=hanh, case=case, on=TODAY, for_agency=agency_of("police-737"), outcome="victim",
                              paper_no="90/CAH", paper_on=TODAY, certificate_no="12/GXN", certificate_on=TODAY)  # fmt: skip
    step = case.steps.get(event="answered_victim")
    assert (step.agency.key, step.for_agency.key, step.paper_no) == ("labour-737", "police-737", "90/CAH")
    assert (finding.agency.key, finding.signed_by, again(case).recognised_on) == ("police-737", None, TODAY)


def test_police_of_another_province_are_asked_and_answer_on_paper(notified, hanh):
    case = notified()
    v.request_verification(by=hanh, case=case, on=REQUESTED, to_unit="001", paper_no="214/LĐTBXH", paper_on=REQUESTED)
    assert Deadline.objects.get(case=case, limit="verify_district").agency.key == "outside_police"
    assert case.steps.get(event="request_sent").to_unit == "001"
    v.receive_request(by=hanh, case=case, on=ARRIVED, arrival_no="3", **behalf("outside_police", on=ARRIVED))
    v.record_answer(
        by=hanh,
        case=case,
        on=TODAY,
        for_agency=agency_of("outside_police"),
        outcome="not_victim",
        paper_no="4/CABĐ",
        paper_on=TODAY,
    )
    assert stage(case) == "not_victim"


def test_going_up_may_be_recorded_on_behalf_as_well(verifying, hanh):
    case = verifying()
    v.report_to_province(
        by=hanh,
        case=case,
        on=TODAY,
        reason="complex",
        paper_no="7/BC",
        paper_on=TODAY,
        for_agency=agency_of("police-737"),
    )
    v.receive_report(by=hanh, case=case, on=TODAY, arrival_no="9", **behalf("police_province"))
    v.record_answer(by=hanh, case=case, on=TODAY, for_agency=agency_of("police_province"), outcome="victim",
                    paper_no="44/PC02", paper_on=TODAY, certificate_no="3/GXN", certificate_on=TODAY)  # fmt: skip
    assert (stage(case), again(case).recognised_on) == ("victim", TODAY)


@pytest.mark.parametrize("lacking", [{"no": " "}, {"on": None}])
def test_on_behalf_of_another_needs_the_number_and_day_of_its_paper(requested, hanh, lacking):
    with pytest.raises(Refused, match="Khi ghi thay, phải ghi số và ngày văn bản"):
        v.receive_request(by=hanh, case=requested(), on=ARRIVED, arrival_no="77", **behalf(**lacking))


def test_an_answer_on_paper_needs_its_number_and_day(verifying, hanh):
    with pytest.raises(Refused, match="Cần ghi số, ngày của văn bản trả lời"):
        v.record_answer(
            by=hanh,
            case=verifying(),
            on=TODAY,
            for_agency=agency_of("police-737"),
            outcome="not_victim",
            paper_no="",
            paper_on=TODAY,
        )


def test_what_is_the_polices_own_is_not_recorded_as_ones_own(requested, hanh):
    with pytest.raises(Refused, match="Việc này của Công an cấp huyện. Nếu cơ quan ấy trả lời bằng văn bản giấy"):
        v.receive_request(by=hanh, case=requested(), on=ARRIVED, arrival_no="77")


@pytest.mark.parametrize("name", ["lan", "dung", "hung", "thu"])
def test_only_a_caseworker_records_for_others(cast, name):
    case = cast.verifying()
    with pytest.raises(PermissionDenied):
        v.record_answer(by=cast.officer(name), case=case, on=TODAY, for_agency=agency_of("police-737"), outcome="not_victim",
                        paper_no="1", paper_on=TODAY)  # fmt: skip


# The answer is no.


def test_after_a_negative_answer_the_person_is_spoken_of_as_received_and_must_be_told(not_victim):
    case = not_victim()
    assert (stage(case), status(case), case.recognised_on) == ("not_victim", "received", None)
    deadline = Deadline.objects.get(case=case, limit="tell_outcome")
    assert (deadline.started_on, deadline.due_on, deadline.agency.key) == (TODAY, None, "labour-737")
    assert clocks.deadline_context(deadline)["clock"] == "chưa rõ thời hạn"


@pytest.mark.parametrize("onward", list(ONWARD))
def test_the_person_is_told_and_referred_onward(not_victim, hanh, onward):
    case = not_victim()
    v.tell_outcome(by=hanh, case=case, on=TODAY, onward=onward)
    assert stage(case) == "not_victim_told" and clock(case, "tell_outcome")[2] == TODAY


def test_telling_without_saying_where_to_next_is_not_enough(not_victim, hanh):
    with pytest.raises(Refused, match="Cần ghi nơi đã giới thiệu tiếp"):
        v.tell_outcome(by=hanh, case=not_victim(), on=TODAY, onward="")


def test_a_paper_found_after_a_negative_answer_makes_a_victim_and_both_findings_remain(not_victim, hanh):
    case = not_victim()
    v.tell_outcome(by=hanh, case=case, on=TODAY, onward="social")
    v.record_proof(by=hanh, case=case, on=TODAY, **PROOF)
    rows = list(case.findings.order_by("pk").values_list("outcome", "on", "replaced_on"))
    assert rows == [("not_victim", TODAY, TODAY), ("victim", TODAY, None)]
    assert (again(case).recognised_on, status(case)) == (TODAY, "victim")


# Days.


def test_a_step_lies_between_the_one_before_it_and_today(requested, dung):
    case = requested()
    with pytest.raises(Refused) as refused:
        v.receive_request(by=dung, case=case, on=day("10/11/2017"), arrival_no="77")
    assert str(refused.value) == "Ngày 10/11/2017 nằm sau hôm nay (09/11/2017)."
    with pytest.raises(Refused) as refused:
        v.receive_request(by=dung, case=case, on=NOTIFIED, arrival_no="77")
    assert str(refused.value) == (
        "Ngày 06/11/2017 trước ngày của bước “Gửi Công an cấp huyện văn bản đề nghị xác minh” (07/11/2017)."
    )
    assert refused.value.field == "on"


def test_no_step_lies_before_the_reception(received, lan):
    with pytest.raises(Refused, match=r"Ngày 05/11/2017 trước ngày tiếp nhận \(06/11/2017\)"):
        receptions.explain_rights(by=lan, case=received(), on=day("05/11/2017"))


def test_a_paper_from_tomorrow_is_refused_at_its_own_box(notified, hanh):
    with pytest.raises(Refused, match="Ngày văn bản 10/11/2017 nằm sau hôm nay") as refused:
        v.request_verification(by=hanh, case=notified(), on=TODAY, **{**REQUEST, "paper_on": day("10/11/2017")})
    assert refused.value.field == "paper_on"


def test_a_request_sent_on_the_last_day_of_the_old_law_is_answered_under_it_afterwards(notified, hanh, as_hanh, on_day):
    # Luật 53/2024, Điều 63 says nothing of a verification under way; its clock ran to 21/07/2025, so it can be met.
    on_day("30/06/2025")
    case, last = notified(came_on=day("30/06/2025")), day("30/06/2025")
    v.request_verification(by=hanh, case=case, on=last, to_unit="737", paper_no="214/LĐTBXH", paper_on=last)
    on_day("10/07/2025")
    answered = {"outcome": "victim", "certificate_no": "3/GXN"} | dict.fromkeys(
        ("on", "paper_on", "certificate_on"), day("10/07/2025")
    )
    assert as_hanh.send("verification:answer", case.code, paper_no="9/CA", **answered).status_code == 302
    assert case.deadlines.get(limit="verify_district").met_on == day("10/07/2025")


def test_what_happened_before_the_end_may_still_be_recorded_after_it(notified, hanh, on_day):
    case = notified()
    on_day("15/07/2025")
    v.take_notice(by=hanh, case=case, on=day("30/06/2025"))
    assert stage(case) == "taken"


def test_a_step_out_of_turn_names_the_step_and_where_the_case_stands(notified, hanh):
    case = notified()
    with pytest.raises(
        Refused, match="«Báo kết quả cho người ấy và giới thiệu tiếp» khi «Xác minh» đang ở «Báo huyện»"
    ):
        v.tell_outcome(by=hanh, case=case, on=TODAY, onward="social")


def test_the_team_grows_by_those_who_verify(verifying, dung):
    case = verifying()
    v.report_to_province(by=dung, case=case, on=TODAY, reason="complex")
    parts = TeamMember.objects.filter(team=case.team, part="verifies", until=None)
    assert {row.agency.key for row in parts} == {"police-737", "police_province"}


def test_every_step_names_the_version_of_the_procedure_it_followed(victim):
    steps = victim().steps.exclude(event="")
    assert set(steps.values_list("procedure", flat=True)) == {"self_reported.2014-03-25"}
    assert steps.first().on == CAME
