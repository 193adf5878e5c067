"""Every file that was opened can be brought to an end, by somebody who sees it; a wrong end is undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from benan.accounts.models import Membership
from benan.cases import steps
from benan.cases.actions import identities, receptions, verification
from benan.cases.models import Due, File
from benan.core.refusals import Refused
from benan.support.actions import homeward, needs, safety
from benan.support.models import Measure, Need
from tests.cast import ARRIVED, COMMUNE, PEOPLE, STAGES, TODAY, again, agency_of, day, words

LAST = day("30/06/2025")


def protected(cast):
    """Somebody under a measure of protection."""
    file = cast.notified(cast.screened(danger="yes"))
    safety.start(by=cast.officer("lan"), file=file, on=TODAY, kind="refuge", consented=True)
    return file


def handed_over(cast):
    """A foreigner passed on to the procedure of TTLT 01/2014, Điều 8."""
    file = cast.notified(nationality="foreigner")
    verification.hand_to_immigration(by=cast.officer("hanh"), file=file, on=TODAY)
    return file


def reported(cast):
    """A matter that the district police reported up."""
    file = cast.verifying()
    verification.report_to_province(by=cast.officer("dung"), file=file, on=TODAY, reason="complex")
    return file


def told(cast):
    """Somebody who was told that they are no victim, and whose first needs nobody answered."""
    file = cast.not_victim(cast.screened())
    verification.tell_outcome(by=cast.officer("hanh"), file=file, on=TODAY, onward="social")
    return file


def left_verification(cast):
    """Somebody whose verification ended before an answer."""
    file = cast.notified()
    verification.close_verification(by=cast.officer("hanh"), file=file, on=TODAY, reason="declined")
    return file


def settled(cast):
    """A victim at home, followed up."""
    file = cast.at_home(cast.assessed(cast.victim(cast.screened(wanted=[])), wanted=["loan"]))
    homeward.start_reintegration(by=cast.officer("hanh"), file=file, on=TODAY, plan_made=True)
    homeward.start_following(by=cast.officer("hanh"), file=file, on=TODAY)
    return file


def came_along(kind):
    """A minor or relative whose claimant's file has ended."""

    def make(cast):
        file = cast.notified()
        beside = receptions.add_companion(by=cast.officer("lan"), file=file, kind=kind)
        needs.screen(by=cast.officer("lan"), file=beside, on=TODAY, danger="yes", needs=["food"])
        homeward.close(by=cast.officer("hanh"), file=again(file), on=TODAY, closing="left")
        return beside

    return make


def moved_away(cast):
    """Somebody whose file went to the district where they live."""
    file, quang = cast.assessed(), cast.officer("quang")
    referral = homeward.accept(by=quang, referral=cast.referred(file, kind="residence", to="labour-736"), on=TODAY)
    homeward.arrive(by=quang, referral=again(referral), on=TODAY)
    return file


KINDS = {stage: (lambda cast, stage=stage: getattr(cast, stage)()) for stage in STAGES} | {
    "reported": reported, "told": told, "protected": protected, "handed over": handed_over, "settled": settled,
    "verification left": left_verification, "minor": came_along("minor"), "relative": came_along("relative"),
    "moved away": moved_away, "referred": lambda cast: cast.referred(cast.assessed()).file,
    "served": lambda cast: cast.referred(cast.assessed(), kind="service", to="womens_union").file,
}  # fmt: skip


def who_ends(cast, file, closing="left"):
    """Those who see the file and can bring it to an end on its page."""
    found = set()
    for name in PEOPLE:
        browser = cast.browser(name)
        if browser.open("cases:file", file.code).status_code != 200:
            continue
        with transaction.atomic():
            sent = browser.send("support:close", file.code, closing=closing, on=browser_day())
            found |= {name} if sent.status_code == 302 and not again(file).is_open else set()
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
def test_today_every_file_can_be_brought_to_an_end_by_somebody_who_sees_it(cast, today, kind):
    file = KINDS[kind](cast)
    today()
    assert "lan" in who_ends(cast, file)


@pytest.mark.parametrize("kind", KINDS)
def test_while_the_offices_work_so_can_who_manages_it(cast, today, on_day, kind):
    file = KINDS[kind](cast)
    on_day("27/11/2017")
    for name in PEOPLE:
        cast.browser(name)
    manager = {f"commune-{COMMUNE}": "lan", "labour-737": "hanh", "labour-736": "quang"}[again(file).agency.key]
    sent = cast.browser(manager).send("support:close", file.code, closing="left", on=TODAY)
    assert sent.status_code == 302 and not again(file).is_open


@pytest.mark.parametrize(
    ("kind", "closing"),
    [
        ("not_victim", "not_victim"), ("told", "not_victim"), ("handed over", "immigration"), ("minor", "accompanied"),
        ("relative", "accompanied"), ("settled", "reintegrated"), ("victim", "reintegrated"),
    ],
)  # fmt: skip
def test_and_for_the_reason_that_is_true(cast, today, kind, closing):
    file = KINDS[kind](cast)
    today()
    sent = cast.browser("lan").send("support:close", file.code, closing=closing, on=browser_day(), needs_gone="on")
    assert sent.status_code == 302 and again(file).closing == closing


def test_who_received_somebody_ends_the_file_only_once_nobody_else_can(cast, today, lan, hanh):
    file = cast.notified()
    with pytest.raises(PermissionDenied):
        homeward.close(by=lan, file=file, on=TODAY, closing="left")
    today()
    assert homeward.close(by=lan, file=again(file), on=browser_day(), closing="left").closing == "left"


def test_who_received_somebody_ends_the_file_that_they_still_manage(cast, lan):
    assert homeward.close(by=lan, file=cast.received(), on=TODAY, closing="left").closing == "left"


def test_where_the_commune_has_nobody_either_the_department_ends_it(cast, today):
    file = cast.notified()
    with pytest.raises(PermissionDenied):
        homeward.close(by=cast.officer("thu"), file=file, on=TODAY, closing="left")
    today()
    Membership.objects.filter(agency__key=f"commune-{COMMUNE}").update(until=LAST)
    for user in cast._users.values():
        user.__dict__.pop("seats", None)
    cast._browsers.clear()
    assert who_ends(cast, file) == {"thu"}


def test_nobody_is_offered_an_end_that_is_not_theirs(cast, as_lan, hanh):
    file = cast.notified()
    page = (
        as_lan.open("support:homeward", file.code).content.decode()
        + as_lan.open("cases:file", file.code).content.decode()
    )
    assert "/ket-thuc/" not in page and "close_verification" not in page


def test_needs_that_are_no_longer_there_end_with_the_file_and_each_says_so(cast, hanh, as_hanh):
    file = cast.victim(cast.screened())
    assert as_hanh.send("support:close", file.code, closing="reintegrated", on=TODAY).status_code == 422
    assert (
        as_hanh.send("support:close", file.code, closing="reintegrated", on=TODAY, needs_gone="on").status_code == 302
    )
    gone = steps.current(file).filter(key="need_gone")
    assert {row.details["need"] for row in gone} == {"food", "lodging"}


def test_a_file_ends_for_the_foreigners_procedure_only_once_it_was_handed_there(cast, hanh):
    with pytest.raises(Refused, match="Ghi bước chuyển theo thủ tục"):
        homeward.close(by=hanh, file=cast.notified(), on=TODAY, closing="immigration")


# A wrong end.


def state(file):
    """What an end changes."""
    return {
        "tracks": sorted(file.tracks.values_list("kind", "stage", "since")),
        "events": sorted(steps.current(file).exclude(event="").values_list("event", "on")),
        "needs": sorted(Need.objects.of(file).values_list("kind", "met_on", "gone_on")),
        "measures": sorted(Measure.objects.of(file).values_list("kind", "ended_on")),
        "dues": sorted(file.dues.values_list("limit", "started_on", "met_on", "ended_on")),
        "team": sorted(file.team.members.filter(until=None).values_list("agency__key", "part")),
    }


@pytest.fixture
def wrongly_ended(cast, hanh):
    """Somebody protected, asked for at a shelter and owed food, whose file was ended; with the state before."""
    file = cast.verifying(cast.screened(danger="yes"))
    safety.start(by=hanh, file=file, on=TODAY, kind="refuge", consented=True)
    need = Need.objects.of(file).get(kind="lodging")
    needs.end_need(by=hanh, need=need, on=TODAY)
    cast.referred(file)
    before = state(file)
    homeward.close(by=hanh, file=again(file), on=TODAY, closing="left")
    return again(file), before


def test_a_wrong_end_is_undone_and_all_that_it_stopped_goes_on(wrongly_ended, hanh, on_day):
    file, before = wrongly_ended
    on_day("15/11/2017")
    homeward.reopen(by=hanh, file=file, words="nhầm với người khác")
    assert again(file).is_open and state(file) == before
    assert Due.objects.get(file=file, limit="verify_district").is_open


def test_it_is_undone_on_its_page_with_a_reason(wrongly_ended, as_hanh):
    file, _before = wrongly_ended
    address = f"/ho-so/{file.code}/mo-lai/"
    assert address in as_hanh.open("cases:file", file.code).content.decode()
    assert as_hanh.post(address, {"words": " "}).status_code == 422
    assert as_hanh.post(address, {"words": "nhầm người"}).status_code == 302
    assert again(file).is_open and "Mở lại hồ sơ kết thúc nhầm" in words(as_hanh.open("cases:file", file.code))


def test_after_it_the_next_step_is_taken_where_the_file_stood(wrongly_ended, hanh):
    file, _before = wrongly_ended
    homeward.reopen(by=hanh, file=file, words="nhầm")
    verification.record_answer(by=hanh, file=again(file), on=TODAY, for_agency=agency_of("police-737"), outcome="not_victim",
                               paper_no="9/CA", paper_on=TODAY)  # fmt: skip
    assert file.tracks.get(kind="verification").stage == "not_victim"


def test_a_file_that_ended_stays_so_while_the_person_has_another(cast, lan, hanh):
    file = homeward.close(by=hanh, file=cast.notified(), on=ARRIVED, closing="left")
    receptions.come_back(by=lan, file=file, door="self", came_on=TODAY, area_code=COMMUNE)
    with pytest.raises(Refused, match="đang có một hồ sơ chưa kết thúc"):
        homeward.reopen(by=hanh, file=file, words="nhầm")


def test_a_file_opened_again_gets_another_alias_where_its_own_was_taken(cast, hanh):
    file = homeward.close(by=hanh, file=cast.notified(), on=ARRIVED, closing="left")
    taken = cast.received()
    File.objects.unscoped(reason="tests").filter(pk=taken.pk).update(alias=file.alias)
    homeward.reopen(by=hanh, file=file, words="nhầm")
    assert again(file).is_open and again(file).alias != file.alias


@pytest.mark.parametrize("name", ["lan", "hoa", "dung", "thu", "quang"])
def test_only_who_may_end_a_file_opens_it_again(cast, wrongly_ended, name):
    with pytest.raises(PermissionDenied):
        homeward.reopen(by=cast.officer(name), file=wrongly_ended[0], words="nhầm")


def test_a_joined_file_is_parted_and_not_opened_again(notified, hanh):
    file, other = notified(), notified()
    identities.join(by=hanh, file=file, other=other)
    with pytest.raises(Refused, match="đã ghép vào hồ sơ khác"):
        homeward.reopen(by=hanh, file=again(other), words="nhầm")
