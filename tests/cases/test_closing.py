"""Every case that was opened can be brought to an end, by somebody who sees it; a wrong end is undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from benan.accounts.models import Membership
from benan.cases import history
from benan.cases.actions import closing, identities, receptions
from benan.cases.models import Case, Deadline
from benan.core.refusals import Refused
from benan.needs.actions import needs
from benan.needs.models import Need
from benan.protection.actions import measures
from benan.protection.models import Measure
from benan.support.actions import referrals, reintegration, screening, stays
from benan.verification import actions as verification
from tests.cast import ARRIVED, COMMUNE, PEOPLE, STAGES, TODAY, again, agency_of, day, words

LAST = day("30/06/2025")


def protected(cast):
    """Somebody under a measure of protection."""
    case = cast.notified(cast.screened(danger="yes"))
    measures.start(by=cast.officer("lan"), case=case, on=TODAY, kind="refuge", consented=True)
    return case


def handed_over(cast):
    """A foreigner passed on to the procedure of TTLT 01/2014, Điều 8."""
    case = cast.notified(nationality="foreigner")
    verification.hand_to_immigration(by=cast.officer("hanh"), case=case, on=TODAY)
    return case


def reported(cast):
    """A matter that the district police reported up."""
    case = cast.verifying()
    verification.report_to_province(by=cast.officer("dung"), case=case, on=TODAY, reason="complex")
    return case


def told(cast):
    """Somebody who was told that they are no victim, and whose first needs nobody answered."""
    case = cast.not_victim(cast.screened())
    verification.tell_outcome(by=cast.officer("hanh"), case=case, on=TODAY, onward="social")
    return case


def left_verification(cast):
    """Somebody whose verification ended before an answer."""
    case = cast.notified()
    verification.close_verification(by=cast.officer("hanh"), case=case, on=TODAY, reason="declined")
    return case


def settled(cast):
    """A victim at home, followed up."""
    case = cast.at_home(cast.assessed(cast.victim(cast.screened(wanted=[])), wanted=["loan"]))
    reintegration.start_reintegration(by=cast.officer("hanh"), case=case, on=TODAY, plan_made=True)
    reintegration.start_following(by=cast.officer("hanh"), case=case, on=TODAY)
    return case


def came_along(kind):
    """A minor or relative whose claimant's case has ended."""

    def make(cast):
        case = cast.notified()
        beside = receptions.add_companion(by=cast.officer("lan"), case=case, kind=kind)
        screening.screen(by=cast.officer("lan"), case=beside, on=TODAY, danger="yes", needs=["food"])
        closing.close(by=cast.officer("hanh"), case=again(case), on=TODAY, closing="left")
        return beside

    return make


def moved_away(cast):
    """Somebody whose case went to the district where they live."""
    case, quang = cast.assessed(), cast.officer("quang")
    referral = referrals.accept(by=quang, referral=cast.referred(case, kind="residence", to="labour-736"), on=TODAY)
    stays.arrive(by=quang, referral=again(referral), on=TODAY)
    return case


KINDS = {stage: (lambda cast, stage=stage: getattr(cast, stage)()) for stage in STAGES} | {
    "reported": reported, "told": told, "protected": protected, "handed over": handed_over, "settled": settled,
    "verification left": left_verification, "minor": came_along("minor"), "relative": came_along("relative"),
    "moved away": moved_away, "referred": lambda cast: cast.referred(cast.assessed()).case,
    "served": lambda cast: cast.referred(cast.assessed(), kind="service", to="womens_union").case,
}  # fmt: skip


def who_ends(cast, case, closing="left"):
    """Those who see the case and can bring it to an end on its page."""
    found = set()
    for name in PEOPLE:
        browser = cast.browser(name)
        if browser.open("cases:case", case.code).status_code != 200:
            continue
        with transaction.atomic():
            sent = browser.send("cases:close", case.code, closing=closing, on=browser_day())
            found |= {name} if sent.status_code == 302 and not again(case).is_open else set()
            transaction.set_rollback(True)
    return found


def browser_day():
    return day("27/11/2026")


@pytest.fixture
def today(cast, on_day):
    """Call to have it be 27/11/2026: the labour offices ended on 30/06/2025 and nobody holds a role there any more."""

    def come():
        on_day("27/11/2026")
        Membership.objects.filter(agency__kind="labour_office").update(until=LAST)
        for user in cast._users.values():
            user.__dict__.pop("seats", None)
        cast._browsers.clear()

    for name in PEOPLE:
        cast.officer(name)
    return come


@pytest.mark.parametrize("kind", KINDS)
def test_today_every_case_can_be_brought_to_an_end_by_somebody_who_sees_it(cast, today, kind):
    case = KINDS[kind](cast)
    today()
    assert "lan" in who_ends(cast, case)


@pytest.mark.parametrize("kind", KINDS)
def test_while_the_offices_work_so_can_who_manages_it(cast, today, on_day, kind):
    case = KINDS[kind](cast)
    on_day("27/11/2017")
    for name in PEOPLE:
        cast.browser(name)
    manager = {f"commune-{COMMUNE}": "lan", "labour-737": "hanh", "labour-736": "quang"}[again(case).agency.key]
    sent = cast.browser(manager).send("cases:close", case.code, closing="left", on=TODAY)
    assert sent.status_code == 302 and not again(case).is_open


@pytest.mark.parametrize(
    ("kind", "closing"),
    [
        ("not_victim", "not_victim"), ("told", "not_victim"), ("handed over", "immigration"), ("minor", "accompanied"),
        ("relative", "accompanied"), ("settled", "reintegrated"), ("victim", "reintegrated"),
    ],
)  # fmt: skip
def test_and_for_the_reason_that_is_true(cast, today, kind, closing):
    case = KINDS[kind](cast)
    today()
    sent = cast.browser("lan").send("cases:close", case.code, closing=closing, on=browser_day(), needs_gone="on")
    assert sent.status_code == 302 and again(case).closing == closing


def test_who_received_somebody_ends_the_case_only_once_nobody_else_can(cast, today, lan, hanh):
    case = cast.notified()
    with pytest.raises(PermissionDenied):
        closing.close(by=lan, case=case, on=TODAY, closing="left")
    today()
    assert closing.close(by=lan, case=again(case), on=browser_day(), closing="left").closing == "left"


def test_who_received_somebody_ends_the_case_that_they_still_manage(cast, lan):
    assert closing.close(by=lan, case=cast.received(), on=TODAY, closing="left").closing == "left"


def test_where_the_commune_has_nobody_either_the_department_ends_it(cast, today):
    case = cast.notified()
    with pytest.raises(PermissionDenied):
        closing.close(by=cast.officer("thu"), case=case, on=TODAY, closing="left")
    today()
    Membership.objects.filter(agency__key=f"commune-{COMMUNE}").update(until=LAST)
    for user in cast._users.values():
        user.__dict__.pop("seats", None)
    cast._browsers.clear()
    assert who_ends(cast, case) == {"thu"}


def test_nobody_is_offered_an_end_that_is_not_theirs(cast, as_lan, hanh):
    case = cast.notified()
    page = (
        as_lan.open("support:reintegration", case.code).content.decode()
        + as_lan.open("cases:case", case.code).content.decode()
    )
    assert "/ket-thuc/" not in page and "close_verification" not in page


def test_needs_that_are_no_longer_there_end_with_the_case_and_each_says_so(cast, hanh, as_hanh):
    case = cast.victim(cast.screened())
    assert as_hanh.send("cases:close", case.code, closing="reintegrated", on=TODAY).status_code == 422
    assert as_hanh.send("cases:close", case.code, closing="reintegrated", on=TODAY, needs_gone="on").status_code == 302
    gone = history.current(case).filter(key="need_gone")
    assert {row.details["need"] for row in gone} == {"food", "lodging"}


def test_a_case_ends_for_the_foreigners_procedure_only_once_it_was_handed_there(cast, hanh):
    with pytest.raises(Refused, match="Ghi việc chuyển theo thủ tục"):
        closing.close(by=hanh, case=cast.notified(), on=TODAY, closing="immigration")


# A wrong end.


def state(case):
    """What an end changes."""
    return {
        "tracks": sorted(case.tracks.values_list("kind", "stage", "since")),
        "events": sorted(history.current(case).exclude(event="").values_list("event", "on")),
        "needs": sorted(Need.objects.of(case).values_list("kind", "met_on", "gone_on")),
        "measures": sorted(Measure.objects.of(case).values_list("kind", "ended_on")),
        "deadlines": sorted(case.deadlines.values_list("limit", "started_on", "met_on", "ended_on")),
        "team": sorted(case.team.members.filter(until=None).values_list("agency__key", "part")),
    }


@pytest.fixture
def wrongly_ended(cast, hanh):
    """Somebody protected, asked for at a shelter and owed food, whose case was ended; with the state before."""
    case = cast.verifying(cast.screened(danger="yes"))
    measures.start(by=hanh, case=case, on=TODAY, kind="refuge", consented=True)
    need = Need.objects.of(case).get(kind="lodging")
    needs.end_need(by=hanh, need=need, on=TODAY)
    cast.referred(case)
    before = state(case)
    closing.close(by=hanh, case=again(case), on=TODAY, closing="left")
    return again(case), before


def test_a_wrong_end_is_undone_and_all_that_it_stopped_goes_on(wrongly_ended, hanh, on_day):
    case, before = wrongly_ended
    on_day("15/11/2017")
    closing.reopen(by=hanh, case=case, words="nhầm với người khác")
    assert again(case).is_open and state(case) == before
    assert Deadline.objects.get(case=case, limit="verify_district").is_open


def test_it_is_undone_on_its_page_with_a_reason(wrongly_ended, as_hanh):
    case, _before = wrongly_ended
    address = f"/ho-so/{case.code}/mo-lai/"
    assert address in as_hanh.open("cases:case", case.code).content.decode()
    assert as_hanh.post(address, {"words": " "}).status_code == 422
    assert as_hanh.post(address, {"words": "nhầm người"}).status_code == 302
    assert again(case).is_open and "Mở lại hồ sơ kết thúc nhầm" in words(as_hanh.open("cases:case", case.code))


def test_after_it_the_next_step_is_taken_where_the_case_stood(wrongly_ended, hanh):
    case, _before = wrongly_ended
    closing.reopen(by=hanh, case=case, words="nhầm")
    verification.record_answer(by=hanh, case=again(case), on=TODAY, for_agency=agency_of("police-737"), outcome="not_victim",
                               paper_no="9/CA", paper_on=TODAY)  # fmt: skip
    assert case.tracks.get(kind="verification").stage == "not_victim"


def test_a_case_that_ended_stays_so_while_the_person_has_another(cast, lan, hanh):
    case = closing.close(by=hanh, case=cast.notified(), on=ARRIVED, closing="left")
    receptions.come_back(by=lan, case=case, channel="self", came_on=TODAY, area_code=COMMUNE)
    with pytest.raises(Refused, match="đang có một hồ sơ chưa kết thúc"):
        closing.reopen(by=hanh, case=case, words="nhầm")


def test_a_case_opened_again_gets_another_alias_where_its_own_was_taken(cast, hanh):
    case = closing.close(by=hanh, case=cast.notified(), on=ARRIVED, closing="left")
    taken = cast.received()
    Case.objects.unscoped(reason="tests").filter(pk=taken.pk).update(alias=case.alias)
    closing.reopen(by=hanh, case=case, words="nhầm")
    assert again(case).is_open and again(case).alias != case.alias


@pytest.mark.parametrize("name", ["lan", "hoa", "dung", "thu", "quang"])
def test_only_who_may_end_a_case_opens_it_again(cast, wrongly_ended, name):
    with pytest.raises(PermissionDenied):
        closing.reopen(by=cast.officer(name), case=wrongly_ended[0], words="nhầm")


def test_a_joined_case_is_parted_and_not_opened_again(notified, hanh):
    case, other = notified(), notified()
    identities.join(by=hanh, case=case, other=other)
    with pytest.raises(Refused, match="đã ghép vào hồ sơ khác"):
        closing.reopen(by=hanh, case=again(other), words="nhầm")
