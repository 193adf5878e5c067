"""What a person is, from which day, and how every page then speaks of them."""

import pytest
from django.db import IntegrityError, transaction

from benan.cases import statuses
from benan.cases.actions import corrections, receptions
from benan.cases.dated import Status
from benan.verification import actions as verification
from tests.cast import CAME, NOTIFIED, TODAY, again, day

PAPER = {"basis": "proceedings", "issuer": "court", "certificate_no": "5/HSST", "certificate_on": TODAY}


def days(case):
    """The dated statuses of a case."""
    return [(row.status, row.since, row.until) for row in case.statuses.all()]


def test_a_claimant_awaits_an_answer_from_the_day_they_came(received):
    case = again(received())
    assert days(case) == [("pending", CAME, None)] and case.status == "pending"


def test_a_finding_makes_a_victim_from_its_own_day(victim):
    case = victim()
    assert days(case) == [("pending", CAME, TODAY), ("victim", TODAY, None)]
    assert (case.status, case.recognised_on) == ("victim", TODAY)
    assert [statuses.status_on(case, each) for each in (CAME, day("08/11/2017"), TODAY)] == [
        "pending",
        "pending",
        "victim",
    ]


def test_a_later_paper_of_article_28_makes_a_victim_of_who_was_found_to_be_none(not_victim, hanh, on_day):
    # Luật 66/2011, Điều 28 khoản 3: giấy xác nhận của Tòa án có sau câu trả lời của Công an.
    case, later = not_victim(), day("20/12/2017")
    on_day("20/12/2017")
    verification.record_proof(by=hanh, case=case, on=later, **PAPER)
    case = again(case)
    assert days(case) == [("pending", CAME, TODAY), ("not_victim", TODAY, later), ("victim", later, None)]
    assert (case.status, case.recognised_on) == ("victim", later)


def test_the_day_of_a_finding_that_was_wrong_is_corrected_in_the_status_too(victim, hanh, on_day):
    case = victim()
    on_day("10/11/2017")
    step = case.steps.get(event="answered_victim")
    corrections.correct_day(by=hanh, step=step, on=day("10/11/2017"), words="Văn bản đến ngày 10.")
    case = again(case)
    assert days(case) == [("pending", CAME, day("10/11/2017")), ("victim", day("10/11/2017"), None)]
    assert case.recognised_on == day("10/11/2017")


def test_the_day_of_reception_that_was_wrong_is_corrected_in_the_status_too(received, hanh, notified):
    case = notified(received())
    step = case.steps.get(event="received")
    corrections.correct_day(by=hanh, step=step, on=day("05/11/2017"), words="Đến tối hôm trước.")
    assert days(case) == [("pending", day("05/11/2017"), None)]


def test_who_came_along_is_what_those_they_came_with_are(verifying, victim, lan):
    case = verifying()
    minor = receptions.add_companion(by=lan, case=case, kind="minor")
    assert (days(minor), again(minor).status) == ([], "")
    victim(case)
    assert (statuses.status_on(minor, NOTIFIED), statuses.status_on(minor, TODAY)) == ("pending", "victim")


def test_who_turns_out_to_be_a_claimant_has_a_status_and_who_does_not_has_none(notified, hanh, lan):
    minor = receptions.add_companion(by=lan, case=notified(), kind="minor")
    receptions.record_facts(by=hanh, case=minor, kind="claimant")
    assert (days(minor), again(minor).status) == ([("pending", CAME, None)], "pending")
    receptions.record_facts(by=hanh, case=again(minor), kind="relative")
    assert (days(minor), again(minor).status) == ([], "")


def test_the_database_refuses_two_statuses_at_a_time(received):
    case = again(received())
    with pytest.raises(IntegrityError, match="one_status_of_a_person_at_a_time"), transaction.atomic():
        Status.objects.create(case=case, status="victim", since=TODAY)
