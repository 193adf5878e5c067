"""A case is given to a named officer of an agency."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.accounts.models import Membership, User
from benan.cases.actions import corrections
from benan.core.refusals import Refused
from tests.cast import MOMENT, TODAY, again, agency_of, day, words

YESTERDAY = day("08/11/2017")


@pytest.fixture
def colleague(cast):
    """A second caseworker at Hạnh's office."""
    officer = cast.officer("quang")
    Membership.objects.filter(user=officer).update(agency=agency_of("labour-737"))
    return officer


def seat_of(officer):
    """The seat of an officer."""
    return Membership.objects.get(user=officer)


def give(by, case, officer):
    """Put an officer of labour-737 in charge."""
    seat = officer and seat_of(officer)
    return corrections.put_in_charge(by=by, case=case, agency=agency_of("labour-737"), seat=seat)


def listed(page):
    """(case, whether it is the user's own, who is in charge) of each task of a desk."""
    return [
        (task.case.pk, task.mine, task.officer and task.officer.username)
        for _name, tasks, _count in page.context["groups"]
        for task in tasks
    ]


def test_the_desk_has_ones_own_first_and_tells_others_who_has_it(notified, hanh, colleague, cast):
    first, second = notified(came_on=day("07/11/2017")), notified(came_on=TODAY)  # due 10/11 and 13/11
    give(hanh, second, colleague)
    theirs = cast.browser("quang").get("/")
    assert listed(theirs)[:2] == [(second.pk, True, "quang"), (first.pk, False, None)]
    assert "Của tôi" in words(theirs)
    ours = cast.browser("hanh").get("/")
    assert {row[0]: row[1:] for row in listed(ours)}[second.pk] == (False, "quang")
    assert "Phụ trách: Vũ Quang" in words(ours)


def test_the_page_gives_and_takes_back_and_the_history_says_so(notified, as_hanh, colleague):
    case = notified()
    page = as_hanh.open("cases:put_in_charge", case.code)
    assert "Vũ Quang" in words(page) and "Nguyễn Thị Lan" not in words(page)
    assert as_hanh.send("cases:put_in_charge", case.code, seat=seat_of(colleague).pk).status_code == 302
    page = words(as_hanh.open("cases:case", case.code))
    assert "Giao cán bộ phụ trách Vũ Quang" in page
    office = agency_of("labour-737")
    assert as_hanh.send("cases:put_in_charge", case.code, seat=f"nobody-{office.pk}").status_code == 302
    assert not case.team.members.filter(agency=office).exclude(seat=None).exists()


@pytest.mark.parametrize("name", ["truong_phong", "quang"])
def test_the_head_and_colleagues_may_give_it(notified, hanh, colleague, cast, name):
    case = notified()
    give(cast.officer(name), case, hanh)
    assert case.team.members.get(agency=agency_of("labour-737"), part="manages").seat == seat_of(hanh)


def test_the_list_has_the_cases_given_to_oneself(notified, hanh, colleague, cast):
    mine, other = notified(), notified()
    give(hanh, mine, colleague)
    page = cast.browser("quang").open("cases:list", phu_trach="toi")
    assert [line["case"] for line in page.context["lines"]] == [mine] and other.alias not in words(page)


def test_a_seat_that_sees_no_cases_gives_nothing_at_its_office(notified, hanh, lan, cast):
    case = notified()
    Membership.objects.create(user=lan, agency=agency_of("labour-737"), role="member", since=TODAY)
    with pytest.raises(PermissionDenied):
        give(User.objects.get(pk=lan.pk), case, hanh)


def test_another_office_gives_nothing_there(notified, lan, hanh, thu):
    case = notified()
    for other in (lan, thu):
        with pytest.raises(PermissionDenied):
            give(other, case, hanh)


@pytest.mark.parametrize("name", ["lan", "truong_phong"])
def test_only_those_who_work_on_cases_there_are_in_charge(notified, hanh, cast, name):
    with pytest.raises(Refused, match="không làm việc với hồ sơ"):
        give(hanh, notified(), cast.officer(name))


def test_it_ends_when_that_officer_leaves_the_seat_and_does_not_come_back(notified, hanh, colleague, cast, as_hanh):
    case = notified()
    give(hanh, case, colleague)
    assert "Vũ Quang" in words(as_hanh.open("cases:case", case.code)).split("Cơ quan đang giải quyết")[1]
    Membership.objects.filter(user=colleague).update(until=YESTERDAY)
    assert "Vũ Quang" not in words(as_hanh.open("cases:case", case.code)).split("Cơ quan đang giải quyết")[1]
    assert {row[0]: row[1:] for row in listed(as_hanh.get("/"))}[case.pk] == (False, None)
    Membership.objects.create(user=colleague, agency=agency_of("labour-737"), role="caseworker", since=TODAY,
                              confirmed_by=cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
    assert listed(cast.browser("quang").get("/"))[0] == (case.pk, False, None)


def test_who_received_is_in_charge_at_the_place_of_reception(received, lan):
    assert again(received()).team.members.get(part="receives").seat.user == lan


def test_whoever_is_in_charge_already_is_not_named_again(notified, hanh, colleague):
    case = notified()
    give(hanh, case, colleague)
    with pytest.raises(Refused, match="đang được giao như vậy"):
        give(hanh, case, colleague)
    assert case.steps.filter(key="put_in_charge").count() == 1


def test_an_old_tab_is_told_that_somebody_else_gave_it(notified, as_hanh, hanh, colleague):
    case = notified()
    old = as_hanh.open("cases:put_in_charge", case.code).context["form"].initial["seen"]
    give(colleague, case, colleague)
    page = as_hanh.send("cases:put_in_charge", case.code, seen=old, seat=seat_of(hanh).pk)
    assert page.status_code == 422 and "Giao cán bộ phụ trách · Vũ Quang" in words(page)
