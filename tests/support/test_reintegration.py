"""The way home: referral, stay, return, visits, and the end of a case."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.accounts.models import TeamMember
from benan.cases.actions import closing, corrections, identities, receptions
from benan.cases.models import Case, Deadline
from benan.core.refusals import Refused
from benan.needs.models import Need
from benan.protection.actions import measures
from benan.support.actions import referrals, reintegration, screening, stays, visits
from benan.support.models import Referral, Visit
from benan.verification import actions as verification
from tests.cast import ARRIVED, COMMUNE, TODAY, again, agency_of, day, words


def stage(case):
    """Where support stands."""
    return case.tracks.get(kind="support").stage


def sees(user, case):
    """Whether the officer knows of the case."""
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def parts(case, key):
    """What an agency does for the person now."""
    rows = TeamMember.objects.filter(team=case.team, agency__key=key, until=None)
    return set(rows.values_list("part", flat=True))


@pytest.fixture
def case(assessed):
    """Somebody whose needs were assessed, with Hạnh."""
    return assessed()


@pytest.fixture
def settled(cast):
    """A victim back home with nothing left to do."""
    case = cast.victim(cast.screened(wanted=[]))
    reintegration.return_home(
        by=cast.officer("hanh"), case=case, on=TODAY, residence_code=COMMUNE, safety_assessed=True
    )
    return again(case)


# Referral.


def test_a_referral_shows_the_case_to_those_who_must_answer(cast, case, hoa):
    assert not sees(hoa, case)
    referral = cast.referred(case)
    assert sees(hoa, case) and (referral.sender.key, referral.receiver.key) == ("labour-737", "shelter_bien_hoa")


def test_nobody_is_referred_against_their_will(case, hanh):
    with pytest.raises(Refused, match="Chọn ý kiến của người ấy") as refused:
        referrals.refer(
            by=hanh, case=case, kind="shelter", receiver=agency_of("shelter_bien_hoa"), on=TODAY, consent=""
        )
    assert refused.value.field == "consent"


@pytest.mark.parametrize(
    ("kind", "to"),
    [("shelter", "labour-736"), ("shelter", "womens_union"), ("residence", "shelter_bien_hoa"), ("residence", "social_bank"),
     ("service", "labour-736"), ("service", "operator"), ("residence", "police-736")],
)  # fmt: skip
def test_a_referral_goes_where_such_a_thing_can_be_done(cast, case, kind, to):
    with pytest.raises(Refused, match="không tiếp nhận loại chuyển tuyến ấy") as refused:
        cast.referred(case, kind=kind, to=to)
    assert refused.value.field == "receiver"


def test_a_second_referral_to_the_same_place_waits_for_the_answer_to_the_first(cast, case, as_hanh):
    cast.referred(case)
    page = as_hanh.send("support:act", case.code, "chuyen-tuyen", kind="shelter", consent="spoken", on=TODAY,
                        receiver=agency_of("shelter_bien_hoa").pk)  # fmt: skip
    assert page.status_code == 422
    assert "Đã có một lần chuyển đến nơi này đang chờ trả lời." in words(page)


def test_a_place_that_cares_for_somebody_already_is_not_asked_again(cast, in_shelter):
    with pytest.raises(Refused, match="đã đang phụ trách hồ sơ"):
        cast.referred(in_shelter())


def test_a_referral_declined_says_why_and_the_case_is_out_of_sight_again(cast, case, hoa, hanh):
    referral = cast.referred(case)
    with pytest.raises(Refused, match="cần ghi lý do"):
        referrals.decline(by=hoa, referral=referral, on=TODAY, reason=" ")
    referrals.decline(by=hoa, referral=referral, on=TODAY, reason="hết chỗ")
    assert not sees(hoa, case) and again(referral).accepted is False
    assert b"ch\xe1\xbb\x97" not in bytes(again(referral).reason)


def test_a_referral_is_answered_once(cast, case, hoa):
    referral = cast.referred(case)
    referrals.accept(by=hoa, referral=referral, on=TODAY)
    with pytest.raises(Refused, match="đã được trả lời ngày 09/11/2017"):
        referrals.decline(by=hoa, referral=referral, on=TODAY, reason="hết chỗ")


def test_an_answer_is_not_before_the_question(cast, case, hoa):
    with pytest.raises(Refused, match=r"trước ngày chuyển \(09/11/2017\)"):
        referrals.accept(by=hoa, referral=cast.referred(case), on=ARRIVED)


def test_others_do_not_answer_for_the_receiver_but_the_labour_office_from_its_paper(cast, case, lan, hanh):
    referral = cast.referred(case)
    with pytest.raises(Refused, match="Việc này do nơi nhận thực hiện"):
        referrals.accept(by=lan, referral=referral, on=TODAY)
    with pytest.raises(Refused, match="Khi ghi thay, phải ghi số văn bản"):
        referrals.accept(by=hanh, referral=referral, on=TODAY)
    assert referrals.accept(by=hanh, referral=referral, on=TODAY, paper_no="5/TTBT").accepted


# Stay.


def test_a_stay_begins_at_the_shelter_on_grounds_of_the_law(cast, case, hoa):
    referral = referrals.accept(by=hoa, referral=cast.referred(case), on=TODAY)
    with pytest.raises(Refused, match="Cần ghi căn cứ lưu trú"):
        stays.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="")
    stays.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="care")
    assert stage(case) == "in_shelter" and parts(case, "shelter_bien_hoa") == {"shelters"}
    deadline = Deadline.objects.get(case=case, limit="shelter_meals")
    assert (deadline.started_on, deadline.due_on, deadline.agency.key) == (TODAY, day("07/01/2018"), "shelter_bien_hoa")


def test_nobody_arrives_before_they_were_accepted_or_twice(cast, case, hoa):
    referral = cast.referred(case)
    with pytest.raises(Refused, match="sau khi nơi nhận đã đồng ý tiếp nhận"):
        stays.arrive(by=hoa, referral=referral, on=TODAY, grounds="care")
    referral = referrals.accept(by=hoa, referral=referral, on=TODAY)
    stays.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="care")
    with pytest.raises(Refused, match="một lần"):
        stays.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="care")


def test_who_left_the_shelter_is_out_of_its_sight(in_shelter, hoa):
    case = in_shelter()
    stays.leave_shelter(by=hoa, case=case, on=TODAY)
    assert stage(case) == "assessed" and not sees(hoa, case)


# Home.


def test_back_home_the_residence_is_established(case, hanh):
    reintegration.return_home(by=hanh, case=case, on=TODAY, residence_code=COMMUNE, safety_assessed=True)
    assert (stage(case), again(case).residence_code, again(case).residence_on) == ("at_residence", COMMUNE, TODAY)


@pytest.mark.parametrize(
    ("born", "assessed_first", "may"),
    [
        ({"born_from": day("01/01/2002"), "born_to": day("31/12/2002")}, False, False),
        ({"born_from": day("01/01/2002"), "born_to": day("31/12/2002")}, True, True),
        ({}, False, False),
        ({"born_from": day("01/01/1990"), "born_to": day("31/12/1990")}, False, True),
        ({"born_from": day("10/11/1999"), "born_to": day("10/11/1999")}, False, False),
        ({"born_from": day("09/11/1999"), "born_to": day("09/11/1999")}, False, True),
    ],
)
def test_a_minor_or_who_may_be_one_goes_home_once_it_is_safe(cast, born, assessed_first, may):
    case = cast.notified(cast.screened(**born))
    home = {
        "by": cast.officer("hanh"),
        "case": case,
        "on": TODAY,
        "residence_code": COMMUNE,
        "safety_assessed": assessed_first,
    }
    if may:
        reintegration.return_home(**home)
        assert stage(case) == "at_residence"
    else:
        with pytest.raises(Refused, match="cần đánh giá mức độ an toàn"):
            reintegration.return_home(**home)


def test_a_district_of_residence_takes_over_on_arrival(cast, case, quang, hanh):
    referral = cast.referred(case, kind="residence", to="labour-736")
    referrals.accept(by=quang, referral=referral, on=TODAY)
    assert again(case).agency.key == "labour-737"
    stays.arrive(by=quang, referral=again(referral), on=TODAY)
    assert again(case).agency.key == "labour-736"
    assert parts(case, "labour-736") >= {"manages"} and "manages" not in parts(case, "labour-737")
    assert sees(quang, case)


def test_outside_the_province_nobody_here_loses_the_case_until_it_is_closed(cast, case, hanh):
    referral = cast.referred(case, kind="residence", to="outside_labour")
    referrals.accept(by=hanh, referral=referral, on=TODAY, paper_no="8/LĐ-VL")
    stays.arrive(by=hanh, referral=again(referral), on=TODAY)
    closing.close(by=hanh, case=again(case), on=TODAY, closing="transferred")
    assert (again(case).closing, again(case).agency.key) == ("transferred", "labour-737")


def test_reintegration_is_for_victims_with_a_plan_of_their_own(cast, settled, at_home, hanh):
    with pytest.raises(Refused, match="dành cho người đã được xác định là nạn nhân"):
        reintegration.start_reintegration(by=hanh, case=at_home(), on=TODAY, plan_made=True)
    with pytest.raises(Refused, match="Cần có kế hoạch hỗ trợ hòa nhập"):
        reintegration.start_reintegration(by=hanh, case=settled, on=TODAY, plan_made=False)
    reintegration.start_reintegration(by=hanh, case=settled, on=TODAY, plan_made=True)
    reintegration.start_following(by=hanh, case=settled, on=TODAY)
    assert stage(settled) == "following"


# Visits.


def test_a_visit_is_an_appointment_and_no_limit(settled, lan):
    visit = visits.plan_visit(by=lan, case=settled, planned_on=day("16/11/2017"))
    assert (
        visit.agency.key == f"commune-{COMMUNE}"
        and not Deadline.objects.filter(case=settled, label__contains="hăm").exists()
    )


def test_a_visit_is_not_agreed_for_yesterday(settled, lan):
    with pytest.raises(Refused, match="Ngày hẹn 08/11/2017 đã qua"):
        visits.plan_visit(by=lan, case=settled, planned_on=ARRIVED)


@pytest.mark.parametrize("far", ["11/11/2018", "09/11/2099"])
def test_a_visit_is_not_agreed_for_a_day_more_than_twelve_months_ahead(settled, as_lan, lan, far):
    page = as_lan.send("support:act", settled.code, "hen-tham", planned_on=far)
    assert page.status_code == 422 and "quá xa: chỉ ghi được đến ngày 10/11/2018" in str(
        page.context["form"].errors["planned_on"]
    )
    visit = visits.plan_visit(by=lan, case=settled, planned_on=TODAY)
    page = as_lan.send("support:visit", settled.code, visit.pk, on=TODAY, safe="yes", next_on=far)
    assert page.status_code == 422 and "quá xa" in str(page.context["form"].errors["next_on"])
    visits.plan_visit(by=lan, case=settled, planned_on=day("10/11/2018"))


def test_a_visit_made_says_whether_they_are_safe_and_when_the_next_is(settled, lan):
    visit = visits.plan_visit(by=lan, case=settled, planned_on=TODAY)
    visits.make_visit(
        by=lan, visit=visit, on=TODAY, safe=False, words="có người lạ hỏi thăm", next_on=day("20/11/2017")
    )
    made, planned = Visit.objects.of(settled)
    assert (made.made_on, made.safe, planned.planned_on) == (TODAY, False, day("20/11/2017"))
    assert "lạ".encode() not in bytes(made.words)
    with pytest.raises(Refused, match="đã được ghi"):
        visits.make_visit(by=lan, visit=made, on=TODAY, safe=True)


# The end.


def close(by, case, end, on=TODAY):
    """End a case."""
    return closing.close(by=by, case=again(case), on=on, closing=end)


def test_a_case_ends_reintegrated_once_nothing_is_owed(settled, hanh):
    case = close(hanh, settled, "reintegrated")
    assert (case.closed_on, case.closing, stage(case)) == (TODAY, "reintegrated", "support_closed")
    assert not Deadline.objects.filter(case=case, met_on=None, ended_on=None).exists()


def test_a_case_with_open_needs_does_not_end_and_they_are_named(victim, screened, hanh):
    case = victim(screened())
    with pytest.raises(Refused, match="Còn nhu cầu chưa xong: Ăn, uống, Chỗ nghỉ"):
        close(hanh, case, "reintegrated")


def test_a_case_with_a_measure_in_force_does_not_end(cast, hanh):
    case = cast.victim(cast.screened(danger="yes", wanted=[]))
    measures.start(by=hanh, case=case, on=TODAY, kind="refuge", consented=True)
    with pytest.raises(Refused, match="Ghi chấm dứt biện pháp trước"):
        close(hanh, case, "reintegrated")


def test_a_case_awaiting_an_answer_does_not_end_as_if_it_had_one(verifying, hanh):
    case = verifying()
    for end in ("reintegrated", "not_victim"):
        with pytest.raises(Refused, match="Việc xác minh chưa có kết luận"):
            close(hanh, case, end)


@pytest.mark.parametrize("end", ["died", "left", "declined", "error"])
def test_death_departure_their_own_wish_or_a_mistake_end_everything(cast, hanh, end):
    case = cast.requested(cast.screened(danger="yes"))
    measures.start(by=hanh, case=case, on=TODAY, kind="refuge", consented=True)
    close(hanh, case, end)
    assert {track.kind: track.stage for track in case.tracks.all()} == {
        "verification": "closed", "support": "support_closed", "protection": "in_force",
    }  # fmt: skip
    assert not Need.objects.of(case).filter(met_on=None, refused_on=None, gone_on=None).exists()
    assert not Deadline.objects.filter(case=case, met_on=None, ended_on=None).exists()


def test_somebody_who_is_no_victim_is_told_before_their_case_ends_and_what_was_pending_ends_with_it(cast, hanh):
    case = cast.not_victim(cast.screened())
    with pytest.raises(Refused, match="Báo kết quả cho người ấy"):
        close(hanh, case, "not_victim")
    verification.tell_outcome(by=hanh, case=case, on=TODAY, onward="social")
    close(hanh, case, "not_victim")
    assert set(Need.objects.of(case).values_list("kind", "gone_on")) == {("food", TODAY), ("lodging", TODAY)}


def test_only_who_came_along_has_a_case_that_ends_as_theirs(settled, hanh, lan, cast):
    child = receptions.add_companion(by=lan, case=cast.notified(), kind="minor")
    with pytest.raises(Refused, match="chỉ dùng cho hồ sơ của người đi cùng"):
        close(hanh, settled, "accompanied")
    assert close(hanh, child, "accompanied").closing == "accompanied"


@pytest.mark.parametrize("end", ["", "joined", "vì thích"])
def test_a_case_ends_for_a_reason_of_the_list(settled, hanh, end):
    with pytest.raises(Refused, match="Chọn lý do kết thúc"):
        close(hanh, settled, end)


def test_a_case_does_not_end_before_its_last_step_or_twice(settled, hanh):
    with pytest.raises(Refused, match="Ngày 08/11/2017 trước ngày của bước"):
        close(hanh, settled, "reintegrated", on=ARRIVED)
    close(hanh, settled, "reintegrated")
    with pytest.raises(Refused, match="đã kết thúc ngày 09/11/2017"):
        close(hanh, settled, "left")


def test_a_case_that_ended_takes_no_more_steps_but_words_and_corrections(settled, hanh, lan):
    close(hanh, settled, "reintegrated")
    case = again(settled)
    for refused in (
        lambda: visits.plan_visit(by=lan, case=case, planned_on=TODAY),
        lambda: screening.assess(
            by=hanh, case=case, on=TODAY, needs=[], groups=[], safety_asked=False, advice_asked=False
        ),
        lambda: corrections.assign(by=hanh, case=case, part="supports", agency=agency_of("womens_union")),
        lambda: receptions.add_companion(by=lan, case=case, kind="minor"),
    ):
        with pytest.raises(Refused, match="Hồ sơ này đã kết thúc"):
            refused()
    corrections.remark(by=lan, case=case, on=TODAY, words="chị gọi về, vẫn ổn")
    receptions.record_facts(by=hanh, case=case, sex="male")
    assert not Deadline.objects.filter(case=case, met_on=None, ended_on=None).exists()


@pytest.mark.parametrize("name", ["lan", "hoa", "dung", "thu", "truong_phong", "quang"])
def test_only_a_caseworker_who_holds_it_ends_a_case(cast, settled, name):
    with pytest.raises(PermissionDenied):
        close(cast.officer(name), settled, "reintegrated")


@pytest.fixture
def ended(cast, case, hanh):
    """Somebody who died while the shelter had not answered and a visit was planned."""
    cast.referred(case)
    visits.plan_visit(by=hanh, case=again(case), planned_on=TODAY)
    return close(hanh, case, "died")


def test_who_was_asked_and_did_not_answer_knows_of_the_case_no_longer_once_it_ended(ended, hoa):
    assert not sees(hoa, ended) and parts(ended, "shelter_bien_hoa") == set()


def test_who_cares_for_somebody_still_reads_the_case_that_ended(in_shelter, hoa, hanh):
    case = close(hanh, in_shelter(), "died")
    assert sees(hoa, case)


def test_a_shelter_does_not_wait_for_somebody_whose_case_ended(cast, case, hanh, hoa, as_hoa):
    referrals.accept(by=hoa, referral=cast.referred(case), on=TODAY)
    close(hanh, case, "left")
    assert "Không có ai đang được chuyển đến" in words(as_hoa.open("support:referrals"))


def test_a_referral_of_a_case_joined_to_another_waits_on_no_desk(cast, case, hanh, as_hoa):
    cast.referred(case)
    identities.join(by=hanh, case=cast.assessed(), other=again(case))
    assert "chuyển tuyến chờ trả lời" not in words(as_hoa.open("shell:home"))


def test_nobody_is_asked_to_visit_ask_or_answer_for_somebody_whose_case_ended(ended, as_hanh, as_hoa):
    said = words(as_hanh.open("support:reintegration", ended.code))
    assert "chưa được trả lời khi hồ sơ kết thúc" in said and "không còn phải thăm vì hồ sơ đã kết thúc" in said
    assert "Ghi lần thăm" not in said and "Từ chối" not in said
    assert "Hỏi về nguy cơ" not in words(as_hanh.open("protection:overview", ended.code))
    assert "Không có ai đang được chuyển đến" in words(as_hoa.open("support:referrals"))
    assert "chuyển tuyến chờ trả lời" not in words(as_hoa.open("shell:home"))


# The pages.


def test_the_receiver_finds_the_referral_waiting_and_answers_it(cast, case, as_hoa):
    referral = cast.referred(case)
    assert "1 người đang được chuyển đến đơn vị mình" in words(as_hoa.open("support:referrals"))
    assert as_hoa.send("support:referral", case.code, referral.pk, "nhan", on=TODAY).status_code == 302
    assert (
        as_hoa.send("support:referral", case.code, referral.pk, "den-noi", on=TODAY, grounds="care").status_code == 302
    )
    assert Referral.objects.of(case).get().arrived_on == TODAY
    assert "Không có ai đang được chuyển đến" in words(as_hoa.open("support:referrals"))


def test_what_was_sent_says_from_where(cast, case, as_hanh):
    cast.referred(case)
    said = words(as_hanh.open("support:referrals"))
    assert "Phòng LĐ-TB&XH huyện Trảng Bom · chuyển 09/11/2017 · chờ trả lời" in said


def test_a_refusal_without_a_reason_stays_on_the_page(cast, case, as_hoa):
    referral = cast.referred(case)
    page = as_hoa.send("support:referral", case.code, referral.pk, "tu-choi", on=TODAY, reason="")
    assert page.status_code == 422 and "Ô này còn để trống." in words(page)


def test_a_referral_or_visit_of_another_case_is_not_reached_through_ones_own(cast, case, settled, as_hanh, lan):
    referral = cast.referred(case)
    visit = visits.plan_visit(by=lan, case=settled, planned_on=TODAY)
    assert as_hanh.open("support:referral", settled.code, referral.pk, "nhan").status_code == 404
    assert as_hanh.open("support:visit", case.code, visit.pk).status_code == 404


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("chuyen-tuyen", {"kind": "service", "receiver": "womens_union", "consent": "written", "on": TODAY}),
        ("ve-noi-cu-tru", {"residence_code": COMMUNE, "safety_assessed": "on", "on": TODAY}),
        ("hen-tham", {"planned_on": day("16/11/2017")}),
    ],
)
def test_each_step_reintegration_is_taken_on_its_page(case, as_hanh, act, data):
    data = data | ({"receiver": agency_of(data["receiver"]).pk} if "receiver" in data else {})
    assert as_hanh.open("support:act", case.code, act).status_code == 200
    assert as_hanh.send("support:act", case.code, act, **data).status_code == 302


def test_a_visit_is_recorded_on_its_page(settled, as_lan, lan):
    visit = visits.plan_visit(by=lan, case=settled, planned_on=TODAY)
    page = as_lan.send("support:visit", settled.code, visit.pk, on=TODAY, safe="yes", words="ổn", next_on="20/11/2017")
    assert page.status_code == 302
    said = words(as_lan.open("support:reintegration", settled.code))
    assert "Đã thăm 09/11/2017 · an toàn" in said and "Hẹn Thứ Hai, 20/11/2017" in said


@pytest.mark.parametrize(
    ("act", "data"), [("ve-noi-cu-tru", {"residence_code": COMMUNE, "safety_assessed": "on"}), ("roi-co-so", {})]
)
def test_a_carer_whose_part_is_over_comes_back_to_the_desk(in_shelter, as_hoa, hoa, act, data):
    case = in_shelter()
    sent = as_hoa.send("support:act", case.code, act, on=TODAY, **data)
    assert sent.url == "/" and not sees(hoa, case)
    assert "Đã ghi" in words(as_hoa.get(sent.url))


def test_a_case_is_ended_on_its_page(settled, as_hanh):
    assert as_hanh.send("cases:close", settled.code, closing="reintegrated", on=TODAY).status_code == 302
    assert "Đã kết thúc 09/11/2017: Ổn định cuộc sống, hòa nhập" in words(as_hanh.open("cases:case", settled.code))


def test_a_case_entered_from_paper_ends_on_its_true_day(as_lan, as_hanh, cast):
    # What was learned of the person was entered today; nothing of it happened today.
    case = cast.notified(came_on=day("02/10/2017"), on_paper=True)
    as_lan.send("cases:who", case.code, full_name="Trịnh Thị Nụ", sex="female", nationality="citizen")
    page = as_hanh.send("cases:close", case.code, closing="left", on=day("05/10/2017"))
    assert page.status_code == 302
    assert again(case).closed_on == day("05/10/2017")


def test_forms_about_a_reception_on_paper_open_with_the_day_of_the_reception(as_lan, cast):
    case = cast.received(came_on=day("02/10/2017"), on_paper=True)
    for page in ("support:screening", "cases:rights", "cases:review"):
        assert 'value="02/10/2017"' in as_lan.open(page, case.code).content.decode(), page
