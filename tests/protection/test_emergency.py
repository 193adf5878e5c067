"""A shelter in an emergency: what the person said is recorded, the channel opens first, the papers follow."""

import pytest

from benan.cases.models import Deadline
from benan.core.refusals import Refused
from benan.protection.actions import measures
from benan.support.actions import referrals, reintegration, screening, stays, visits
from benan.support.models import Referral
from tests.cast import CAME, TODAY, again, agency_of, day, words

ACT = "support:act"


def sent(browser, case, consent, **more):
    """What a page answers to a referral to the shelter in an emergency."""
    data = {"kind": "shelter", "receiver": agency_of("shelter_bien_hoa").pk, "emergency": "on", "on": TODAY, **more}
    return browser.send(ACT, case.code, "chuyen-tuyen", consent=consent, **data)


def referral(case):
    """The case's only referral."""
    return Referral.objects.of(case).select_related("case").get()


@pytest.fixture
def urgent(cast):
    """Lan finds danger at night."""
    return cast.screened(danger="yes")


# What the person said.


@pytest.mark.parametrize(
    ("consent", "ground"), [("spoken", ""), ("written", ""), ("unable", "bất tỉnh, trạm y tế đưa đến")]
)
def test_at_night_the_commune_sends_somebody_to_a_shelter_on_what_was_said(urgent, as_lan, as_hoa, consent, ground):
    assert sent(as_lan, urgent, consent, ground=ground).status_code == 302
    assert (referral(urgent).consent, referral(urgent).emergency) == (consent, True)
    assert urgent.alias in words(as_hoa.open("support:referrals"))


def test_why_somebody_cannot_decide_is_written_down_and_sealed(urgent, as_lan):
    assert "Ghi căn cứ" in words(sent(as_lan, urgent, "unable"))
    sent(as_lan, urgent, "unable", ground="bất tỉnh")
    note = bytes(urgent.steps.get(key="referral_sent").note)
    assert note and "bất tỉnh".encode() not in note


def test_an_able_adults_no_is_recorded_and_nobody_is_asked(urgent, as_lan, as_hoa):
    assert sent(as_lan, urgent, "refused", ground="muốn về nhà chị gái").status_code == 302
    said = words(as_lan.open("support:reintegration", urgent.code))
    assert "người ấy không đồng ý nên không chuyển" in said
    assert "Người ấy không đồng ý chuyển đến" in words(as_lan.open("cases:case", urgent.code))
    assert as_hoa.open("cases:case", urgent.code).status_code == 404
    with pytest.raises(Refused, match="đã được trả lời"):
        referrals.accept(by=urgent.reception.officer, referral=referral(urgent), on=TODAY)


def test_who_said_no_may_change_their_mind(urgent, as_lan, as_hoa):
    sent(as_lan, urgent, "refused", ground="chưa muốn")
    assert sent(as_lan, urgent, "spoken").status_code == 302
    assert as_hoa.open("cases:case", urgent.code).status_code == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "residence", "receiver": "labour-736"}, "Chỉ chuyển khẩn cấp đến cơ sở lưu trú"),
        ({"emergency": "", "consent": "unable", "ground": "bất tỉnh"}, "Không khẩn cấp thì cần người ấy"),
        ({"consent": ""}, "Chưa chọn câu trả lời"),
    ],
)
def test_what_is_no_emergency_needs_the_persons_yes(urgent, as_lan, data, sentence):
    more = {"consent": "spoken", **data}
    if "receiver" in more:
        more["receiver"] = agency_of(more["receiver"]).pk
    page = sent(as_lan, urgent, **more)
    assert page.status_code == 422 and sentence in words(page)


# The channel opens first (Nghị định 62/2012, Điều 10 khoản 5).


def test_who_is_at_the_door_is_in_before_anybody_answered(urgent, as_lan, as_hoa):
    sent(as_lan, urgent, "spoken")
    sent_in = as_hoa.send("support:referral", urgent.code, referral(urgent).pk, "den-noi", on=TODAY, grounds="urgent")
    assert sent_in.status_code == 302
    assert urgent.tracks.get(kind="support").stage == "in_shelter"
    assert (referral(urgent).accepted, referral(urgent).arrived_on) == (True, TODAY)
    assert set(
        urgent.team.members.filter(agency=agency_of("shelter_bien_hoa"), until=None).values_list("part", flat=True)
    ) == {"shelters"}


def test_the_shelter_takes_in_whom_nobody_asked_anything_yet(cast, as_lan, lan, hoa):
    case = cast.received()
    sent(as_lan, case, "unable", ground="bất tỉnh")
    stays.arrive(by=hoa, referral=referral(case), on=TODAY, grounds="urgent")
    screening.screen(by=lan, case=case, on=TODAY, danger="yes", needs=["food"])
    assert case.tracks.get(kind="support").stage == "in_shelter"
    assert Deadline.objects.get(case=case, limit="screen_needs").met_on == TODAY


def test_who_is_followed_at_home_can_be_taken_in_again(cast, at_home, hanh, lan, as_lan, hoa):
    case = at_home(cast.victim(cast.screened(wanted=[])))
    reintegration.start_reintegration(by=hanh, case=case, on=TODAY, plan_made=True)
    visit = visits.plan_visit(by=lan, case=case, planned_on=TODAY)
    visits.make_visit(by=lan, visit=visit, on=TODAY, safe=False)
    sent(as_lan, case, "spoken")
    stays.arrive(by=hoa, referral=referral(case), on=TODAY, grounds="urgent")
    assert case.tracks.get(kind="support").stage == "in_shelter"


def test_urgency_is_no_ground_where_there_was_no_emergency(cast, assessed, hoa):
    case = assessed()
    asked = referrals.accept(by=hoa, referral=cast.referred(case), on=TODAY)
    with pytest.raises(Refused, match="Cần ghi căn cứ lưu trú"):
        stays.arrive(by=hoa, referral=again(asked), on=TODAY, grounds="urgent")


def test_nobody_arrives_where_they_were_declined(urgent, as_lan, hoa):
    sent(as_lan, urgent, "spoken")
    referrals.decline(by=hoa, referral=referral(urgent), on=TODAY, reason="hết chỗ")
    with pytest.raises(Refused, match="sau khi nơi nhận đã đồng ý tiếp nhận"):
        stays.arrive(by=urgent.reception.officer, referral=referral(urgent), on=TODAY, grounds="urgent")


# The papers follow.


def taken_in(cast, as_lan, hoa, on):
    """Somebody in danger taken in at the shelter on a day."""
    case = cast.screened(danger="yes", came_on=on)
    assert sent(as_lan, case, "spoken", on=on).status_code == 302
    stays.arrive(by=hoa, referral=referral(case), on=on, grounds="urgent")
    return case


@pytest.mark.parametrize(
    ("on", "deadline", "certainty"),
    [
        # Nghị định 20/2021, Điều 28 khoản 2 điểm b: 10 working days from Monday 08/11/2021.
        ("08/11/2021", "22/11/2021", "sourced"),
        # Before 01/07/2021 the text was not read: 5 working days as one province published it, never overdue.
        ("06/11/2017", "13/11/2017", "memory_low"),
    ],
)
def test_the_papers_of_an_emergency_have_their_limits(cast, as_lan, hoa, on_day, on, deadline, certainty):
    on_day(on)
    case = taken_in(cast, as_lan, hoa, day(on))
    clock = Deadline.objects.get(case=case, limit="admission_file")
    assert (clock.due_on, clock.certainty, clock.agency.key) == (day(deadline), certainty, "shelter_bien_hoa")
    assert Deadline.objects.get(case=case, limit="admission_minutes").due_on == day(on)


def test_an_ordinary_stay_has_no_such_papers(in_shelter):
    assert not Deadline.objects.filter(case=in_shelter(), limit__startswith="admission").exists()


def test_the_shelter_records_minutes_and_papers_on_its_page(cast, as_lan, as_hoa, hoa):
    case = taken_in(cast, as_lan, hoa, CAME)
    assert "Ghi biên bản tiếp nhận" in words(as_hoa.open("support:reintegration", case.code))
    assert as_hoa.send(ACT, case.code, "bien-ban", paper_no="7/BB", on=CAME).status_code == 302
    assert as_hoa.send(ACT, case.code, "ho-so-tiep-nhan", on=TODAY).status_code == 302
    met = dict(Deadline.objects.filter(case=case, limit__startswith="admission").values_list("limit", "met_on"))
    assert met == {"admission_minutes": CAME, "admission_file": TODAY}
    assert as_hoa.send(ACT, case.code, "bien-ban", paper_no="7/BB", on=CAME).status_code == 422


def test_a_measure_protects_who_cannot_consent_on_grounds_written_down(urgent, lan):
    with pytest.raises(Refused, match="ghi căn cứ"):
        measures.start(by=lan, case=urgent, on=TODAY, kind="refuge", consented=False, unable=True)
    measures.start(by=lan, case=urgent, on=TODAY, kind="refuge", consented=False, unable=True, words="bất tỉnh")
    assert urgent.tracks.get(kind="protection").stage == "in_force"
