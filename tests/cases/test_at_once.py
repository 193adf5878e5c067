"""Two people who write into cases that belong together at the same moment: one after the other, never a broken page."""

import pytest

from benan.audit import trail
from benan.cases.actions import calendar, corrections, identities, receptions
from benan.cases.models import Deadline
from benan.core.figures import Question
from benan.core.refusals import Refused
from benan.indicators import counting, keeping, standings
from benan.indicators.measures import MEASURES
from benan.indicators.models import CaseStanding, KeptQuestion
from benan.protection.actions import danger
from benan.support.actions import screening
from benan.verification import actions as verification
from tests.at_once import at_once
from tests.cast import ARRIVED, CAME, TODAY, again, agency_of, day

BEFORE_THE_TRAIL = f"SELECT pg_advisory_xact_lock({trail.LOCK})"


def held_back(*cases):
    """SQL that keeps cases from everybody else until all of them wait."""
    return f"SELECT 1 FROM cases_case WHERE id IN ({', '.join(str(case.pk) for case in cases)}) FOR UPDATE"


def broken(ended):
    """What ended in neither a result nor a sentence."""
    return [each for each in ended if isinstance(each, Exception) and not isinstance(each, Refused)]


def test_two_cases_joined_into_each_other_at_the_same_moment_are_joined_once(town):
    hanh, one, other = town.officer("hanh"), town.notified(), town.notified()
    acts = [
        lambda: identities.join(by=hanh, case=one, other=other),
        lambda: identities.join(by=hanh, case=other, other=one),
    ]
    ended = at_once(town.copy, held_back(one), *acts)
    assert not broken(ended) and sum(isinstance(each, Refused) for each in ended) == 1, ended
    assert sorted(again(case).closed_on is None for case in (one, other)) == [False, True]


def test_a_case_is_parted_from_another_once(town):
    hanh, one, other = town.officer("hanh"), town.notified(), town.notified()
    identities.join(by=hanh, case=one, other=other)
    other = again(other)
    acts = [lambda: identities.unjoin(by=hanh, case=again(other), words="không phải một người")] * 2
    ended = at_once(town.copy, BEFORE_THE_TRAIL, *acts)
    assert not broken(ended) and isinstance(ended[1], Refused), ended
    assert again(other).steps.filter(key="unjoin").count() == 1


@pytest.fixture
def mother_and_child(town):
    mother = town.received()
    return mother, receptions.add_companion(by=town.officer("lan"), case=mother, kind="minor")


def test_the_notice_for_a_mother_and_words_about_her_child_wait_for_each_other_in_turn(town, mother_and_child):
    mother, child = mother_and_child
    lan = town.officer("lan")
    acts = [
        lambda: receptions.notify_labour(by=lan, case=mother, on=CAME),
        lambda: corrections.remark(by=lan, case=child, on=TODAY, words="bé ngủ được"),
    ]
    assert not broken(at_once(town.copy, BEFORE_THE_TRAIL, *acts))
    assert again(child).steps.filter(key="remark").exists() and again(child).agency == again(mother).agency
    assert again(mother).agency.key == "labour-737"


def test_two_pairs_of_cases_from_the_same_two_receptions_are_joined_in_turn(town, mother_and_child):
    lan, hanh, (first, daughter) = town.officer("lan"), town.officer("hanh"), mother_and_child
    second = town.received()
    son = receptions.add_companion(by=lan, case=second, kind="minor")
    for mother in (first, second):
        town.notified(mother)
    held = f"SELECT 1 FROM cases_reception WHERE id = {first.reception_id} FOR UPDATE"
    acts = [
        lambda: identities.join(by=hanh, case=again(son), other=again(daughter)),
        lambda: identities.join(by=hanh, case=again(first), other=again(second)),
    ]
    ended = at_once(town.copy, held, *acts)
    assert not broken(ended), ended


def test_the_day_they_came_and_an_office_kept_from_the_child_wait_for_each_other_in_turn(town, mother_and_child):
    mother, child = mother_and_child
    town.screened(town.notified(mother), danger="yes")
    screening.screen(by=town.officer("lan"), case=child, on=CAME, danger="yes", needs=[])
    hanh, came, earlier = town.officer("hanh"), mother.steps.get(event="received"), day("05/11/2017")
    police = agency_of("police-737")
    acts = [
        lambda: danger.keep_from_agency(by=hanh, case=child, agency=police, on=TODAY),
        lambda: corrections.correct_day(by=hanh, step=came, on=earlier, words="đến từ hôm trước"),
    ]
    assert not broken(at_once(town.copy, BEFORE_THE_TRAIL, *acts))
    assert again(child).opened_on == earlier and again(mother).team.kept_from.filter(pk=police.pk).exists()


def test_a_day_off_corrected_while_a_step_is_taken_leaves_each_clock_once(town):
    hanh, thu, case = town.officer("hanh"), town.officer("thu"), town.notified()
    off = {"day": ARRIVED, "kind": "off", "name": "Nghỉ hoán đổi", "source": "Thông báo 12/TB-UBND"}
    acts = [
        lambda: calendar.correct_official_day(by=thu, **off),
        lambda: corrections.remark(by=hanh, case=case, on=TODAY, words="chữ"),
    ]
    assert not broken(at_once(town.copy, BEFORE_THE_TRAIL, *acts))
    clocks = list(Deadline.objects.filter(case=case.pk).values_list("limit", "started_on"))
    assert len(clocks) == len(set(clocks)) > 0


def test_a_finding_and_a_fact_about_somebody_who_came_along_leave_the_standings_of_both_right(town):
    mother, lan = town.verifying(), town.officer("lan")
    child = receptions.add_companion(by=lan, case=mother, kind="minor")
    screening.screen(by=lan, case=child, on=TODAY, danger="yes", needs=[])
    verification.draft_finding(
        by=town.officer("dung"), case=mother, outcome="victim", grounds=["forced_labour"], sources=["witness"]
    )
    certificate = {"certificate_no": "3/GXN", "certificate_on": TODAY}
    acts = [
        lambda: verification.sign_finding(
            by=town.officer("hung"), case=mother, on=TODAY, answer_no="90/CAH", **certificate
        ),
        lambda: receptions.record_facts(by=lan, case=again(child), nationality="foreigner"),
    ]
    assert not broken(at_once(town.copy, BEFORE_THE_TRAIL, *acts))
    counted = CaseStanding.objects.of(child).filter(measure="people_protected", apart="")
    assert {row.outside for row in counted} == {"not_beneficiary"}
    assert standings.write([mother.pk, child.pk]) == 0


@pytest.mark.parametrize("keeper_first", [True, False])
def test_a_change_while_figures_are_being_counted_is_counted_once(town, keeper_first):
    asked = Question(day("01/01/2017"), day("31/12/2017"), TODAY)
    town.received()
    acts = [lambda: keeping.keep_one(asked, TODAY), town.received]
    hold = f"SELECT pg_advisory_xact_lock({keeping.LOCK})" if keeper_first else BEFORE_THE_TRAIL
    assert not broken(at_once(town.copy, hold, *(acts if keeper_first else reversed(acts))))
    kept = counting.figures(MEASURES, asked)
    assert KeptQuestion.objects.exists()
    assert kept == [counting.figure(measure, asked) for measure in MEASURES] and kept[0].total.short == 2
