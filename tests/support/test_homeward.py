"""The way home: referral, stay, return, visits, and the end of a file."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.accounts.models import TeamMember
from benan.cases.actions import corrections, identities, receptions, verification
from benan.cases.models import Due, File
from benan.core.refusals import Refused
from benan.support.actions import homeward, needs, safety
from benan.support.models import Need, Referral, Visit
from tests.cast import ARRIVED, COMMUNE, TODAY, again, agency_of, day, words


def stage(file):
    """Where support stands."""
    return file.tracks.get(kind="support").stage


def sees(user, file):
    """Whether the officer knows of the file."""
    return File.objects.visible_to(user).filter(pk=file.pk).exists()


def parts(file, key):
    """What an agency does for the person now."""
    rows = TeamMember.objects.filter(team=file.team, agency__key=key, until=None)
    return set(rows.values_list("part", flat=True))


@pytest.fixture
def file(assessed):
    """Somebody whose needs were assessed, with Hạnh."""
    return assessed()


@pytest.fixture
def settled(cast):
    """A victim back home with nothing left to do."""
    file = cast.victim(cast.screened(wanted=[]))
    homeward.return_home(by=cast.officer("hanh"), file=file, on=TODAY, residence_code=COMMUNE, safety_assessed=True)
    return again(file)


# Referral.


def test_a_referral_shows_the_file_to_those_who_must_answer(cast, file, hoa):
    assert not sees(hoa, file)
    referral = cast.referred(file)
    assert sees(hoa, file) and (referral.sender.key, referral.receiver.key) == ("labour-737", "shelter_bien_hoa")


def test_nobody_is_referred_against_their_will(file, hanh):
    with pytest.raises(Refused, match="trả lời thế nào") as refused:
        homeward.refer(by=hanh, file=file, kind="shelter", receiver=agency_of("shelter_bien_hoa"), on=TODAY, consent="")
    assert refused.value.field == "consent"


@pytest.mark.parametrize(
    ("kind", "to"),
    [("shelter", "labour-736"), ("shelter", "womens_union"), ("residence", "shelter_bien_hoa"), ("residence", "social_bank"),
     ("service", "labour-736"), ("service", "operator"), ("residence", "police-736")],
)  # fmt: skip
def test_a_referral_goes_where_such_a_thing_can_be_done(cast, file, kind, to):
    with pytest.raises(Refused, match="không nhận loại chuyển tuyến ấy") as refused:
        cast.referred(file, kind=kind, to=to)
    assert refused.value.field == "receiver"


def test_a_second_referral_to_the_same_place_waits_for_the_answer_to_the_first(cast, file, as_hanh):
    cast.referred(file)
    page = as_hanh.send("support:homeward_act", file.code, "chuyen-tuyen", kind="shelter", consent="spoken", on=TODAY,
                        receiver=agency_of("shelter_bien_hoa").pk)  # fmt: skip
    assert page.status_code == 422
    assert "Đã có một lần chuyển đến nơi này đang chờ trả lời." in words(page)


def test_a_place_that_cares_for_somebody_already_is_not_asked_again(cast, in_shelter):
    with pytest.raises(Refused, match="đang phụ trách hồ sơ rồi"):
        cast.referred(in_shelter())


def test_a_referral_declined_says_why_and_the_file_is_out_of_sight_again(cast, file, hoa, hanh):
    referral = cast.referred(file)
    with pytest.raises(Refused, match="cần ghi lý do"):
        homeward.decline(by=hoa, referral=referral, on=TODAY, reason=" ")
    homeward.decline(by=hoa, referral=referral, on=TODAY, reason="hết chỗ")
    assert not sees(hoa, file) and again(referral).accepted is False
    assert b"ch\xe1\xbb\x97" not in bytes(again(referral).reason)


def test_a_referral_is_answered_once(cast, file, hoa):
    referral = cast.referred(file)
    homeward.accept(by=hoa, referral=referral, on=TODAY)
    with pytest.raises(Refused, match="đã được trả lời ngày 09/11/2017"):
        homeward.decline(by=hoa, referral=referral, on=TODAY, reason="hết chỗ")


def test_an_answer_is_not_before_the_question(cast, file, hoa):
    with pytest.raises(Refused, match=r"trước ngày chuyển \(09/11/2017\)"):
        homeward.accept(by=hoa, referral=cast.referred(file), on=ARRIVED)


def test_others_do_not_answer_for_the_receiver_but_the_labour_office_from_its_paper(cast, file, lan, hanh):
    referral = cast.referred(file)
    with pytest.raises(Refused, match="Việc này của nơi nhận"):
        homeward.accept(by=lan, referral=referral, on=TODAY)
    with pytest.raises(Refused, match="Khi ghi thay, cần số văn bản"):
        homeward.accept(by=hanh, referral=referral, on=TODAY)
    assert homeward.accept(by=hanh, referral=referral, on=TODAY, paper_no="5/TTBT").accepted


# Stay.


def test_a_stay_begins_at_the_shelter_on_grounds_of_the_law(cast, file, hoa):
    referral = homeward.accept(by=hoa, referral=cast.referred(file), on=TODAY)
    with pytest.raises(Refused, match="Cần ghi căn cứ lưu trú"):
        homeward.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="")
    homeward.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="care")
    assert stage(file) == "in_shelter" and parts(file, "shelter_bien_hoa") == {"shelters"}
    due = Due.objects.get(file=file, limit="shelter_meals")
    assert (due.started_on, due.due_on, due.agency.key) == (TODAY, day("07/01/2018"), "shelter_bien_hoa")


def test_nobody_arrives_before_they_were_accepted_or_twice(cast, file, hoa):
    referral = cast.referred(file)
    with pytest.raises(Refused, match="sau khi nơi nhận đã nhận lời"):
        homeward.arrive(by=hoa, referral=referral, on=TODAY, grounds="care")
    referral = homeward.accept(by=hoa, referral=referral, on=TODAY)
    homeward.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="care")
    with pytest.raises(Refused, match="một lần"):
        homeward.arrive(by=hoa, referral=again(referral), on=TODAY, grounds="care")


def test_who_left_the_shelter_is_out_of_its_sight(in_shelter, hoa):
    file = in_shelter()
    homeward.leave_shelter(by=hoa, file=file, on=TODAY)
    assert stage(file) == "assessed" and not sees(hoa, file)


# Home.


def test_back_home_the_residence_is_established(file, hanh):
    homeward.return_home(by=hanh, file=file, on=TODAY, residence_code=COMMUNE, safety_assessed=True)
    assert (stage(file), again(file).residence_code, again(file).residence_on) == ("at_residence", COMMUNE, TODAY)


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
    file = cast.notified(cast.screened(**born))
    home = {
        "by": cast.officer("hanh"),
        "file": file,
        "on": TODAY,
        "residence_code": COMMUNE,
        "safety_assessed": assessed_first,
    }
    if may:
        homeward.return_home(**home)
        assert stage(file) == "at_residence"
    else:
        with pytest.raises(Refused, match="cần đánh giá mức độ an toàn"):
            homeward.return_home(**home)


def test_a_district_of_residence_takes_over_on_arrival(cast, file, quang, hanh):
    referral = cast.referred(file, kind="residence", to="labour-736")
    homeward.accept(by=quang, referral=referral, on=TODAY)
    assert again(file).agency.key == "labour-737"
    homeward.arrive(by=quang, referral=again(referral), on=TODAY)
    assert again(file).agency.key == "labour-736"
    assert parts(file, "labour-736") >= {"manages"} and "manages" not in parts(file, "labour-737")
    assert sees(quang, file)


def test_outside_the_province_nobody_here_loses_the_file_until_it_is_closed(cast, file, hanh):
    referral = cast.referred(file, kind="residence", to="outside_labour")
    homeward.accept(by=hanh, referral=referral, on=TODAY, paper_no="8/LĐ-VL")
    homeward.arrive(by=hanh, referral=again(referral), on=TODAY)
    homeward.close(by=hanh, file=again(file), on=TODAY, closing="transferred")
    assert (again(file).closing, again(file).agency.key) == ("transferred", "labour-737")


def test_reintegration_is_for_victims_with_a_plan_of_their_own(cast, settled, at_home, hanh):
    with pytest.raises(Refused, match="dành cho người đã được xác định là nạn nhân"):
        homeward.start_reintegration(by=hanh, file=at_home(), on=TODAY, plan_made=True)
    with pytest.raises(Refused, match="Cần có kế hoạch hỗ trợ hòa nhập"):
        homeward.start_reintegration(by=hanh, file=settled, on=TODAY, plan_made=False)
    homeward.start_reintegration(by=hanh, file=settled, on=TODAY, plan_made=True)
    homeward.start_following(by=hanh, file=settled, on=TODAY)
    assert stage(settled) == "following"


# Visits.


def test_a_visit_is_an_appointment_and_no_limit(settled, lan):
    visit = homeward.plan_visit(by=lan, file=settled, planned_on=day("16/11/2017"))
    assert (
        visit.agency.key == f"commune-{COMMUNE}"
        and not Due.objects.filter(file=settled, label__contains="hăm").exists()
    )


def test_a_visit_is_not_agreed_for_yesterday(settled, lan):
    with pytest.raises(Refused, match="Ngày hẹn 08/11/2017 đã qua"):
        homeward.plan_visit(by=lan, file=settled, planned_on=ARRIVED)


def test_a_visit_made_says_whether_they_are_safe_and_when_the_next_is(settled, lan):
    visit = homeward.plan_visit(by=lan, file=settled, planned_on=TODAY)
    homeward.make_visit(
        by=lan, visit=visit, on=TODAY, safe=False, words="có người lạ hỏi thăm", next_on=day("20/11/2017")
    )
    made, planned = Visit.objects.of(settled)
    assert (made.made_on, made.safe, planned.planned_on) == (TODAY, False, day("20/11/2017"))
    assert "lạ".encode() not in bytes(made.words)
    with pytest.raises(Refused, match="đã được ghi"):
        homeward.make_visit(by=lan, visit=made, on=TODAY, safe=True)


# The end.


def close(by, file, closing, on=TODAY):
    """End a file."""
    return homeward.close(by=by, file=again(file), on=on, closing=closing)


def test_a_file_ends_reintegrated_once_nothing_is_owed(settled, hanh):
    file = close(hanh, settled, "reintegrated")
    assert (file.closed_on, file.closing, stage(file)) == (TODAY, "reintegrated", "support_closed")
    assert not Due.objects.filter(file=file, met_on=None, ended_on=None).exists()


def test_a_file_with_open_needs_does_not_end_and_they_are_named(victim, screened, hanh):
    file = victim(screened())
    with pytest.raises(Refused, match="Còn nhu cầu chưa xong: Ăn, uống, Chỗ nghỉ"):
        close(hanh, file, "reintegrated")


def test_a_file_with_a_measure_in_force_does_not_end(cast, hanh):
    file = cast.victim(cast.screened(danger="yes", wanted=[]))
    safety.start(by=hanh, file=file, on=TODAY, kind="refuge", consented=True)
    with pytest.raises(Refused, match="Ghi chấm dứt biện pháp trước"):
        close(hanh, file, "reintegrated")


def test_a_file_awaiting_an_answer_does_not_end_as_if_it_had_one(verifying, hanh):
    file = verifying()
    for closing in ("reintegrated", "not_victim"):
        with pytest.raises(Refused, match="Việc xác minh chưa có kết luận"):
            close(hanh, file, closing)


@pytest.mark.parametrize("closing", ["died", "left", "declined", "error"])
def test_death_departure_their_own_wish_or_a_mistake_end_everything(cast, hanh, closing):
    file = cast.requested(cast.screened(danger="yes"))
    safety.start(by=hanh, file=file, on=TODAY, kind="refuge", consented=True)
    close(hanh, file, closing)
    assert {track.kind: track.stage for track in file.tracks.all()} == {
        "verification": "closed", "support": "support_closed", "protection": "in_force",
    }  # fmt: skip
    assert not Need.objects.of(file).filter(met_on=None, refused_on=None, gone_on=None).exists()
    assert not Due.objects.filter(file=file, met_on=None, ended_on=None).exists()


def test_somebody_who_is_no_victim_is_told_before_their_file_ends_and_what_was_pending_ends_with_it(cast, hanh):
    file = cast.not_victim(cast.screened())
    with pytest.raises(Refused, match="Báo kết quả cho người ấy"):
        close(hanh, file, "not_victim")
    verification.tell_outcome(by=hanh, file=file, on=TODAY, onward="social")
    close(hanh, file, "not_victim")
    assert set(Need.objects.of(file).values_list("kind", "gone_on")) == {("food", TODAY), ("lodging", TODAY)}


def test_only_who_came_along_has_a_file_that_ends_as_theirs(settled, hanh, lan, cast):
    child = receptions.add_companion(by=lan, file=cast.notified(), kind="minor")
    with pytest.raises(Refused, match="dành cho hồ sơ của người đi cùng"):
        close(hanh, settled, "accompanied")
    assert close(hanh, child, "accompanied").closing == "accompanied"


@pytest.mark.parametrize("closing", ["", "joined", "vì thích"])
def test_a_file_ends_for_a_reason_of_the_list(settled, hanh, closing):
    with pytest.raises(Refused, match="Chọn lý do kết thúc"):
        close(hanh, settled, closing)


def test_a_file_does_not_end_before_its_last_step_or_twice(settled, hanh):
    with pytest.raises(Refused, match="Ngày 08/11/2017 trước ngày của bước"):
        close(hanh, settled, "reintegrated", on=ARRIVED)
    close(hanh, settled, "reintegrated")
    with pytest.raises(Refused, match="đã kết thúc ngày 09/11/2017"):
        close(hanh, settled, "left")


def test_a_file_that_ended_takes_no_more_steps_but_words_and_corrections(settled, hanh, lan):
    close(hanh, settled, "reintegrated")
    file = again(settled)
    for refused in (
        lambda: homeward.plan_visit(by=lan, file=file, planned_on=TODAY),
        lambda: needs.assess(by=hanh, file=file, on=TODAY, needs=[], groups=[], safety_asked=False, advice_asked=False),
        lambda: corrections.assign(by=hanh, file=file, part="supports", agency=agency_of("womens_union")),
        lambda: receptions.add_companion(by=lan, file=file, kind="minor"),
    ):
        with pytest.raises(Refused, match="Hồ sơ này đã kết thúc"):
            refused()
    corrections.remark(by=lan, file=file, on=TODAY, words="chị gọi về, vẫn ổn")
    receptions.record_facts(by=hanh, file=file, sex="male")
    assert not Due.objects.filter(file=file, met_on=None, ended_on=None).exists()


@pytest.mark.parametrize("name", ["lan", "hoa", "dung", "thu", "truong_phong", "quang"])
def test_only_a_caseworker_who_holds_it_ends_a_file(cast, settled, name):
    with pytest.raises(PermissionDenied):
        close(cast.officer(name), settled, "reintegrated")


@pytest.fixture
def ended(cast, file, hanh):
    """Somebody who died while the shelter had not answered and a visit was planned."""
    cast.referred(file)
    homeward.plan_visit(by=hanh, file=again(file), planned_on=TODAY)
    return close(hanh, file, "died")


def test_who_was_asked_and_did_not_answer_knows_of_the_file_no_longer_once_it_ended(ended, hoa):
    assert not sees(hoa, ended) and parts(ended, "shelter_bien_hoa") == set()


def test_who_cares_for_somebody_still_reads_the_file_that_ended(in_shelter, hoa, hanh):
    file = close(hanh, in_shelter(), "died")
    assert sees(hoa, file)


def test_a_shelter_does_not_wait_for_somebody_whose_file_ended(cast, file, hanh, hoa, as_hoa):
    homeward.accept(by=hoa, referral=cast.referred(file), on=TODAY)
    close(hanh, file, "left")
    assert "Không có ai đang được chuyển đến" in words(as_hoa.open("support:referrals"))


def test_a_referral_of_a_file_joined_to_another_waits_on_no_desk(cast, file, hanh, as_hoa):
    cast.referred(file)
    identities.join(by=hanh, file=cast.assessed(), other=again(file))
    assert "chuyển tuyến chờ trả lời" not in words(as_hoa.open("shell:home"))


def test_nobody_is_asked_to_visit_ask_or_answer_for_somebody_whose_file_ended(ended, as_hanh, as_hoa):
    said = words(as_hanh.open("support:homeward", ended.code))
    assert "chưa được trả lời khi hồ sơ kết thúc" in said and "không còn, vì hồ sơ đã kết thúc" in said
    assert "Ghi lần thăm" not in said and "Từ chối" not in said
    assert "Hỏi về nguy cơ" not in words(as_hanh.open("support:safety", ended.code))
    assert "Không có ai đang được chuyển đến" in words(as_hoa.open("support:referrals"))
    assert "chuyển tuyến chờ trả lời" not in words(as_hoa.open("shell:home"))


# The pages.


def test_the_receiver_finds_the_referral_waiting_and_answers_it(cast, file, as_hoa):
    referral = cast.referred(file)
    assert "1 người đang được chuyển đến đơn vị mình" in words(as_hoa.open("support:referrals"))
    assert as_hoa.send("support:referral", file.code, referral.pk, "nhan", on=TODAY).status_code == 302
    assert (
        as_hoa.send("support:referral", file.code, referral.pk, "den-noi", on=TODAY, grounds="care").status_code == 302
    )
    assert Referral.objects.of(file).get().arrived_on == TODAY
    assert "Không có ai đang được chuyển đến" in words(as_hoa.open("support:referrals"))


def test_what_was_sent_says_from_where(cast, file, as_hanh):
    cast.referred(file)
    said = words(as_hanh.open("support:referrals"))
    assert "Phòng LĐ-TB&XH huyện Trảng Bom · chuyển 09/11/2017 · chờ trả lời" in said


def test_a_refusal_without_a_reason_stays_on_the_page(cast, file, as_hoa):
    referral = cast.referred(file)
    page = as_hoa.send("support:referral", file.code, referral.pk, "tu-choi", on=TODAY, reason="")
    assert page.status_code == 422 and "Ô này chưa ghi." in words(page)


def test_a_referral_or_visit_of_another_file_is_not_reached_through_ones_own(cast, file, settled, as_hanh, lan):
    referral = cast.referred(file)
    visit = homeward.plan_visit(by=lan, file=settled, planned_on=TODAY)
    assert as_hanh.open("support:referral", settled.code, referral.pk, "nhan").status_code == 404
    assert as_hanh.open("support:visit", file.code, visit.pk).status_code == 404


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("chuyen-tuyen", {"kind": "service", "receiver": "womens_union", "consent": "written", "on": TODAY}),
        ("ve-noi-cu-tru", {"residence_code": COMMUNE, "safety_assessed": "on", "on": TODAY}),
        ("hen-tham", {"planned_on": day("16/11/2017")}),
    ],
)
def test_each_step_homeward_is_taken_on_its_page(file, as_hanh, act, data):
    data = data | ({"receiver": agency_of(data["receiver"]).pk} if "receiver" in data else {})
    assert as_hanh.open("support:homeward_act", file.code, act).status_code == 200
    assert as_hanh.send("support:homeward_act", file.code, act, **data).status_code == 302


def test_a_visit_is_recorded_on_its_page(settled, as_lan, lan):
    visit = homeward.plan_visit(by=lan, file=settled, planned_on=TODAY)
    page = as_lan.send("support:visit", settled.code, visit.pk, on=TODAY, safe="yes", words="ổn", next_on="20/11/2017")
    assert page.status_code == 302
    said = words(as_lan.open("support:homeward", settled.code))
    assert "Đã thăm 09/11/2017 · an toàn" in said and "Hẹn Thứ Hai, 20/11/2017" in said


@pytest.mark.parametrize(
    ("act", "data"), [("ve-noi-cu-tru", {"residence_code": COMMUNE, "safety_assessed": "on"}), ("roi-co-so", {})]
)
def test_a_carer_whose_part_is_over_comes_back_to_the_desk(in_shelter, as_hoa, hoa, act, data):
    file = in_shelter()
    sent = as_hoa.send("support:homeward_act", file.code, act, on=TODAY, **data)
    assert sent.url == "/" and not sees(hoa, file)
    assert "Đã ghi" in words(as_hoa.get(sent.url))


def test_a_file_is_ended_on_its_page(settled, as_hanh):
    assert as_hanh.send("support:close", settled.code, closing="reintegrated", on=TODAY).status_code == 302
    assert "Đã kết thúc 09/11/2017: Ổn định cuộc sống, hòa nhập" in words(as_hanh.open("cases:file", settled.code))


def test_a_file_entered_from_paper_ends_on_its_true_day(as_lan, as_hanh, cast):
    # What was learned of the person was entered today; nothing of it happened today.
    file = cast.notified(came_on=day("02/10/2017"), on_paper=True)
    as_lan.send("cases:who", file.code, full_name="Trịnh Thị Nụ", sex="female", nationality="citizen")
    page = as_hanh.send("support:close", file.code, closing="left", on=day("05/10/2017"))
    assert page.status_code == 302
    assert again(file).closed_on == day("05/10/2017")


def test_forms_about_a_reception_on_paper_open_with_the_day_of_the_reception(as_lan, cast):
    file = cast.received(came_on=day("02/10/2017"), on_paper=True)
    for page in ("support:now", "cases:rights", "cases:review"):
        assert 'value="02/10/2017"' in as_lan.open(page, file.code).content.decode(), page
