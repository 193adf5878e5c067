"""Two cases of one person: what is known follows them into the one that goes on, and back when it was no one person."""

import pytest
from django.db import transaction

from benan.cases import history, known, steps
from benan.cases.actions import closing, identities, minors, receptions
from benan.cases.models import Case, Deadline
from benan.core.refusals import Refused
from benan.needs.actions import needs
from benan.needs.models import Assessment, Need, Provision
from benan.protection.actions import danger, measures
from benan.protection.models import Measure
from benan.support.actions import referrals, screening
from benan.support.models import Referral
from benan.vault import access
from benan.vault.tracing import ComparedIdentity
from benan.verification import actions as verification
from tests.cases.test_kept import hidden
from tests.cast import ARRIVED, CAME, COMMUNE, TODAY, again, agency_of, day, words

HOA = {"full_name": "Nguyễn Thị Hoà", "birth": "1995", "id_number": "272123456"}


def born(year):
    """The facts of somebody born in a year."""
    return {"born_from": day(f"01/01/{year}"), "born_to": day(f"31/12/{year}")}


@pytest.fixture
def of_victim(cast, hanh):
    """Somebody found to be a victim, with needs, one of them met, a measure in force and an assessment."""
    case = cast.assessed(cast.victim(cast.screened(danger="yes", wanted=["food"])), wanted=["vocational"])
    food = Need.objects.of(case).get(kind="food")
    needs.provide(by=hanh, need=food, outcome="given", on=TODAY)
    measures.start(by=hanh, case=case, on=TODAY, kind="refuge", consented=True)
    return again(case)


@pytest.fixture
def pending(cast):
    """The same person, received a second time under another name."""
    return cast.notified(came_on=ARRIVED)


def join(by, case, other):
    """Join, and both as they are then."""
    identities.join(by=by, case=again(case), other=again(other))
    return again(case), again(other)


def stages(case):
    return dict(case.tracks.values_list("kind", "stage"))


def kinds(case):
    return set(Need.objects.of(case).values_list("kind", flat=True))


def sees(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_what_was_found_of_a_person_follows_them_into_the_case_that_goes_on(of_victim, pending, hanh):
    case, other = join(hanh, pending, of_victim)
    assert case.recognised_on == TODAY and other.recognised_on is None
    assert [row.outcome for row in case.findings.all()] == ["victim"]


def test_needs_support_measures_and_assessments_follow_too(of_victim, pending, hanh):
    case, other = join(hanh, pending, of_victim)
    assert kinds(case) == {"food", "safety", "vocational"} and kinds(other) == set()
    for model in (Provision, Measure, Assessment):
        assert (model.objects.of(case).count(), model.objects.of(other).count()) == (1, 0), model


def test_the_case_that_goes_on_stands_where_the_further_one_stood(of_victim, pending, hanh):
    assert stages(pending) == {"verification": "notified"}
    case, _other = join(hanh, pending, of_victim)
    assert stages(case) == {"verification": "victim", "support": "assessed", "protection": "in_force"}


def test_the_further_case_that_goes_on_stays_where_it_stood(of_victim, pending, hanh):
    case, _other = join(hanh, of_victim, pending)
    assert stages(case)["verification"] == "victim" and again(case).recognised_on == TODAY


def test_no_limit_runs_on_for_what_the_other_case_had_done(of_victim, pending, hanh):
    case, other = join(hanh, pending, of_victim)
    running = Deadline.objects.filter(case__in=(case, other), met_on=None, ended_on=None).values_list(
        "limit", flat=True
    )
    assert not set(running) & {"notify_labour", "labour_intake", "verify_district", "screen_needs"}


def test_a_line_of_work_keeps_the_version_it_began_under(of_victim, pending, hanh):
    theirs = again(of_victim).tracks.get(kind="verification")
    case, _other = join(hanh, pending, of_victim)
    ours = case.tracks.get(kind="verification")
    assert (ours.procedure, ours.version) == (theirs.procedure, theirs.version)


def test_the_history_says_which_lines_came_from_the_other_case_and_both_stay_readable(
    of_victim, pending, hanh, as_hanh
):
    case, other = join(hanh, pending, of_victim)
    said = words(as_hanh.open("cases:case", case.code))
    assert f"từ hồ sơ ĐN-{other.code}" in said
    assert "Ghi nhận trả lời: là nạn nhân" in words(as_hanh.open("cases:case", other.code))


def test_on_the_page_of_needs_they_stand_in_the_case_that_goes_on(of_victim, pending, hanh, as_hanh):
    case, other = join(hanh, pending, of_victim)
    assert "Học nghề" in words(as_hanh.open("needs:overview", case.code))
    assert "Học nghề" not in words(as_hanh.open("needs:overview", other.code))


def test_a_need_of_both_is_one_need_since_the_earlier_day_with_what_was_done_for_either(cast, hanh, lan):
    first = cast.notified(cast.screened(wanted=["food"]))
    later = cast.received(came_on=ARRIVED)
    screening.screen(by=lan, case=later, on=ARRIVED, danger="no", needs=["food"])
    cast.notified(later)
    needs.provide(by=hanh, need=Need.objects.of(later).get(), outcome="offered", on=TODAY)
    case, _other = join(hanh, later, first)
    need = Need.objects.of(case).get(kind="food")
    offered = Provision.objects.of(case).filter(need=need).count()
    assert (need.recorded_on, need.is_open, offered) == (CAME, True, 1)


def test_of_two_findings_that_of_a_victim_stays_in_force(cast, hanh):
    no, yes = cast.not_victim(), cast.victim()
    case, _other = join(hanh, no, yes)
    rows = {row.outcome: row.replaced_on for row in case.findings.all()}
    assert rows == {"not_victim": TODAY, "victim": None} and case.recognised_on == TODAY


def test_what_is_known_of_them_is_known_in_the_case_that_goes_on(cast, hanh):
    one, other = cast.notified(), cast.notified(sex="female", nationality="citizen")
    case, _other = join(hanh, one, other)
    assert (case.sex, case.nationality) == ("female", "citizen")


# Who has access.


def test_a_shelter_that_houses_them_keeps_its_part_on_the_case_that_goes_on_alone(cast, pending, hanh, hoa):
    case, other = join(hanh, pending, cast.in_shelter())
    assert sees(hoa, case) and not sees(hoa, other)
    assert stages(case)["support"] == "in_shelter"


def test_a_shelter_that_was_asked_and_did_not_answer_knows_of_neither(cast, pending, hanh, hoa):
    asked = cast.assessed()
    cast.referred(asked)
    case, other = join(hanh, pending, asked)
    assert not sees(hoa, case) and not sees(hoa, other)


def test_a_shelter_that_accepted_waits_for_them_in_the_case_that_goes_on(cast, pending, hanh, hoa):
    asked = cast.assessed()
    referral = referrals.accept(by=hoa, referral=cast.referred(asked), on=TODAY)
    case, other = join(hanh, pending, asked)
    assert sees(hoa, case) and not sees(hoa, other)
    assert Referral.objects.of(case).get().pk == referral.pk


def test_the_police_that_verify_go_along_and_those_whose_request_is_set_aside_do_not(cast, hanh, dung):
    one, other = cast.notified(), cast.verifying()
    case, other = join(hanh, one, other)
    assert sees(dung, case) and not sees(dung, other)


def test_the_commune_that_received_the_other_case_has_no_part_left(cast, hanh, quyen):
    other = cast.received(by="quyen")
    with transaction.atomic(), steps.change(other, by=hanh) as change:
        change.entrust(agency_of("labour-737"), CAME)
    assert sees(quyen, other)
    case, other = join(hanh, cast.notified(), other)
    assert not sees(quyen, other) and not sees(quyen, case)


# Finding them again.


def test_the_number_of_the_joined_person_leads_to_the_case_that_goes_on(cast, pending, as_lan, hanh):
    known = cast.notified(identity=HOA)
    case, other = join(hanh, pending, known)
    page = as_lan.post("/tiep-nhan/", {"full_name": "", "id_number": HOA["id_number"]})
    assert case.get_absolute_url() in page.content.decode()
    assert other.get_absolute_url() not in page.content.decode()


def test_elsewhere_it_leads_to_who_manages_the_case_that_goes_on(cast, pending, hanh, quyen):
    join(hanh, pending, cast.notified(identity=HOA))
    (answer,) = identities.search(by=quyen, facts=ComparedIdentity(id_number=HOA["id_number"])).listed
    assert answer.agency_id == agency_of("labour-737").pk and answer.contact_code


def test_nobody_is_received_anew_under_a_name_whose_case_goes_on_elsewhere(pending, notified, hanh, lan):
    _case, other = join(hanh, pending, notified())
    with pytest.raises(Refused, match="đang có một hồ sơ chưa kết thúc"):
        receptions.receive(by=lan, channel="self", came_on=TODAY, area_code="26263", person_id=other.person_id)


def test_each_of_the_two_pages_leads_to_the_other(pending, notified, hanh, as_hanh):
    case, other = join(hanh, pending, notified())
    there, here = (as_hanh.open("cases:case", one.code) for one in (other, case))
    assert "Đã ghép vào" in words(there) and f'href="{case.get_absolute_url()}"' in there.content.decode()
    assert "đã ghép vào đây" in words(here) and f'href="{other.get_absolute_url()}"' in here.content.decode()


def test_who_does_not_see_the_other_case_sees_no_link_to_it(cast, hanh, as_hoa, hoa):
    case, other = join(hanh, cast.in_shelter(), cast.notified())
    page = as_hoa.open("cases:case", case.code)
    assert page.status_code == 200 and other.code not in page.content.decode()


# Undone.


def state(case):
    """What of a case the joining touches."""
    case = again(case)
    return {
        "case": (case.closed_on, case.closing, case.joined_to_id, case.recognised_on, case.kind, case.sex),
        "tracks": sorted(case.tracks.values_list("kind", "stage", "since", "procedure", "version")),
        "events": sorted(history.current(case).exclude(event="").values_list("event", "on")),
        "findings": list(case.findings.order_by("pk").values_list("pk", "replaced_on", "withdrawn")),
        "needs": sorted(Need.objects.of(case).values_list("pk", "gone_on")),
        "support": [sorted(model.objects.of(case).values_list("pk")) for model in (Provision, Measure, Assessment, Referral)],
        "team": sorted(case.team.members.filter(until=None).values_list("agency__key", "part")),
        "deadlines": sorted(case.deadlines.values_list("limit", "started_on", "met_on", "ended_on")),
    }  # fmt: skip


@pytest.mark.parametrize("order", [1, -1], ids=["the victim's is joined", "the pending one is joined"])
def test_two_cases_that_were_parted_are_as_before(of_victim, pending, hanh, order):
    case, other = (pending, of_victim)[::order]
    before = state(case), state(other)
    join(hanh, case, other)
    identities.unjoin(by=hanh, case=again(other), words="hai người khác nhau, cùng tên")
    assert (state(case), state(other)) == before


def test_two_that_had_the_same_need_have_it_each_again(cast, hanh):
    case, other = cast.notified(cast.screened()), cast.notified(cast.screened())
    before = state(case), state(other)
    join(hanh, case, other)
    identities.unjoin(by=hanh, case=again(other), words="nhầm người")
    assert (state(case), state(other)) == before


def test_what_was_added_since_stays_with_the_case_that_went_on(of_victim, pending, hanh):
    case, other = join(hanh, pending, of_victim)
    need = Need.objects.of(case).get(kind="vocational")
    needs.provide(by=hanh, need=need, outcome="given", on=TODAY)
    identities.unjoin(by=hanh, case=other, words="nhầm người")
    assert kinds(case) == {"vocational"} and kinds(other) == {"food", "safety"}


def test_parting_says_why_and_is_sealed(pending, notified, hanh):
    _case, other = join(hanh, pending, notified())
    with pytest.raises(Refused, match="Ghi lý do"):
        identities.unjoin(by=hanh, case=other, words=" ")
    identities.unjoin(by=hanh, case=again(other), words="chị Nụ là người khác")
    assert "Nụ" not in str(other.steps.values())


def test_the_joining_made_last_is_undone_first(cast, hanh):
    first, second, third = cast.notified(), cast.notified(), cast.notified()
    join(hanh, second, first)
    join(hanh, third, second)
    with pytest.raises(Refused, match="Tách hồ sơ ấy trước"):
        identities.unjoin(by=hanh, case=again(first), words="nhầm")
    identities.unjoin(by=hanh, case=again(second), words="nhầm")
    identities.unjoin(by=hanh, case=again(first), words="nhầm")
    assert all(again(case).is_open for case in (first, second, third))


def test_cases_are_parted_on_their_page(pending, notified, hanh, as_hanh):
    _case, other = join(hanh, pending, notified())
    address = f"/ho-so/{other.code}/tach/"
    assert address in as_hanh.open("cases:case", other.code).content.decode()
    assert as_hanh.post(address, {"words": "nhầm người"}).status_code == 302
    assert again(other).is_open


# Somebody who comes back.


@pytest.fixture
def ended(cast, hanh):
    """Somebody who left, and whose case ended."""
    case = cast.notified(sex="female", born_from=day("01/01/1995"), born_to=day("31/12/1995"))
    closing.close(by=hanh, case=case, on=ARRIVED, closing="left")
    return again(case)


def test_who_comes_back_is_received_from_the_case_that_ended(ended, as_lan):
    page = as_lan.open("cases:case", ended.code).content.decode()
    assert "Người ấy trở lại" in page
    address = f"/ho-so/{ended.code}/tro-lai/"
    assert f'href="{address}"' in page
    sent = as_lan.post(address, {"channel": "self", "came_on": "09/11/2017", "area_code": "26263"})
    back = Case.objects.visible_to(as_lan.user).get(closed_on=None)
    assert sent.status_code == 302 and (back.person_id, back.sex, back.age_class) == (
        ended.person_id, "female", "adult",
    )  # fmt: skip


def test_the_two_cases_of_who_came_back_lead_to_each_other(ended, as_lan, lan):
    back = receptions.come_back(by=lan, case=ended, channel="self", came_on=TODAY, area_code="26263")
    there, here = (as_lan.open("cases:case", one.code).content.decode() for one in (ended, back))
    assert "Hồ sơ sau của người này" in there and f'href="{back.get_absolute_url()}"' in there
    assert "Hồ sơ trước của người này" in here and f'href="{ended.get_absolute_url()}"' in here


@pytest.mark.parametrize(("on", "sentence"), [(CAME, "trước ngày kết thúc hồ sơ trước"), (TODAY, "")])
def test_nobody_comes_back_before_they_left_or_twice(ended, lan, on, sentence):
    arrival = {"by": lan, "case": ended, "channel": "self", "area_code": "26263"}
    if sentence:
        with pytest.raises(Refused, match=sentence):
            receptions.come_back(came_on=on, **arrival)
        return
    receptions.come_back(came_on=on, **arrival)
    with pytest.raises(Refused, match="đang có một hồ sơ chưa kết thúc"):
        receptions.come_back(came_on=on, **arrival)


def test_after_the_verification_went_on_it_stays_with_the_case_that_went_on(cast, hanh):
    case, other = cast.notified(), cast.verifying()
    join(hanh, case, other)
    verification.record_answer(
        by=hanh, case=again(case), on=TODAY, for_agency=agency_of("police-737"), outcome="not_victim", paper_no="9/CA",
        paper_on=TODAY,
    )  # fmt: skip
    identities.unjoin(by=hanh, case=again(other), words="nhầm người")
    assert (stages(case)["verification"], stages(other)["verification"]) == ("not_victim", "verifying")


def test_an_office_that_must_not_know_a_case_is_not_let_in_by_a_joining(cast, hanh):
    case, other = cast.notified(), cast.notified(cast.screened(danger="yes"))
    danger.keep_from_agency(by=hanh, case=other, agency=agency_of(f"commune-{COMMUNE}"), on=TODAY)
    with pytest.raises(Refused, match="không được chia sẻ hồ sơ"):
        identities.join(by=hanh, case=again(case), other=again(other))


def test_what_an_office_must_not_know_is_kept_from_it_in_the_case_that_goes_on(cast, hanh):
    case, other, police = cast.notified(), cast.notified(cast.screened(danger="yes")), agency_of("police-737")
    danger.keep_from_agency(by=hanh, case=other, agency=police, on=TODAY)
    identities.join(by=hanh, case=again(case), other=again(other))
    assert again(case).team.kept_from.filter(pk=police.pk).exists()


def test_a_fact_with_its_day_and_who_represents_follow_the_person(cast, hanh, lan):
    case, other = cast.notified(), cast.notified()
    receptions.record_facts(by=hanh, case=other, poor_household=True, true_from=day("07/11/2017"))
    minors.record_guardianship(by=lan, case=again(other), harm="no", representative="parent", on=TODAY)
    identities.join(by=hanh, case=again(case), other=again(other))
    case = again(case)
    assert known.value_on(list(case.facts.all()), "poor_household", TODAY) is True
    assert case.guardianships.get().representative == "parent"


# A page that was open before the joining.


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("cases:who", {"full_name": "Trịnh Thị Nụ"}),
        ("cases:who", {"sex": "female"}),
        ("cases:words", {"own_words": "Em bị lừa."}),
        ("cases:remark", {"on": TODAY, "words": "chị ngủ được rồi"}),
    ],
)
def test_an_old_page_of_the_joined_case_writes_nothing_into_it_and_leads_on(cast, pending, hanh, as_hanh, page, typed):
    case = cast.notified()
    old = hidden(as_hanh.open(page, pending.code))
    case, other = join(hanh, case, pending)
    before = other.steps.count()
    answer = as_hanh.send(page, other.code, **old, **typed)
    assert answer.status_code == 422 and f'href="{case.get_absolute_url()}">Ghi vào hồ sơ' in answer.content.decode()
    assert again(other).steps.count() == before and not access.known_fields(other.person_id)


def test_words_are_added_to_a_case_that_ended_and_the_page_says_that_it_did(notified, hanh, as_hanh):
    case = notified()
    closing.close(by=hanh, case=case, on=TODAY, closing="left")
    page = as_hanh.open("cases:words", case.code)
    assert "Hồ sơ này đã kết thúc, ngày 09/11/2017" in words(page)
    assert as_hanh.send("cases:words", case.code, **hidden(page), own_words="Em bị lừa.").status_code == 302


# What the office that received somebody reads afterwards.


@pytest.fixture
def received_apart(cast, hanh):
    """A case that Lan's commune received, joined to one that another commune of the district did."""
    case = cast.notified(area_code="26260")
    case.team.members.filter(part="receives").update(agency=agency_of("commune-26260"))
    return join(hanh, case, cast.notified())


@pytest.mark.parametrize("by", ["code", "alias"])
def test_who_received_the_joined_case_reads_which_office_has_it_now(received_apart, as_lan, by):
    case, other = received_apart
    said = words(as_lan.get("/ho-so/tim/", {"q": getattr(other, by)}))
    assert f"Hồ sơ {other.shown_code} đã được ghép; hồ sơ tiếp tục do Phòng LĐ-TB&XH huyện Trảng Bom quản lý" in said
    assert case.alias not in said and case.code not in said
    assert as_lan.get(other.get_absolute_url()).status_code == 404


def test_another_office_reads_nothing_of_it(received_apart, as_quyen):
    assert "đã được ghép" not in words(as_quyen.get("/ho-so/tim/", {"q": received_apart[1].code}))


@pytest.mark.parametrize("which", [0, 1])
def test_neither_does_one_that_must_not_know(received_apart, as_lan, which):
    received_apart[which].team.kept_from.add(agency_of(f"commune-{COMMUNE}"))
    assert "đã được ghép" not in words(as_lan.get("/ho-so/tim/", {"q": received_apart[1].code}))


@pytest.mark.parametrize(
    ("said", "other", "refused"),
    [
        ({"sex": "female"}, {"sex": "male"}, "giới tính khác nhau"),
        (born(1995), born(2012), "năm sinh cách nhau hơn 5 năm"),
        (born(1995), born(1998), ""),
        ({"sex": "female"}, {}, ""),
    ],
)
def test_two_who_cannot_be_one_person_are_not_joined(cast, hanh, said, other, refused):
    one, another = cast.notified(**said), cast.notified(**other)
    if refused:
        with pytest.raises(Refused, match=refused):
            identities.join(by=hanh, case=one, other=another)
    else:
        assert identities.join(by=hanh, case=one, other=another).pk == one.pk
