"""Two people who change accounts at the same moment: the second is judged by what the first did."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.accounts import policy
from benan.accounts.actions import endings, factors, officers, roles
from benan.accounts.models import Membership, User
from benan.audit import trail
from benan.audit.models import Event
from benan.core.refusals import Refused
from tests.accounts.conftest import COMMUNE, OFFICE, SECRET, account, again, code, seated
from tests.at_once import at_once
from tests.cast import PASSWORD, TODAY, Cast

OTHER_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
BEFORE_THE_TRAIL = f"SELECT pg_advisory_xact_lock({trail.LOCK})"


@pytest.fixture
def cast(committed_database):
    """The people where commits are real; `copy` opens other connections."""
    people = Cast()
    people.copy = committed_database
    return people


@pytest.fixture
def all_three(cast):
    """Every administrator there is."""
    return [cast.officer("van"), cast.officer("vy"), seated(account("yen", "Mai Hải Yến"), "administrator", "operator")]


def lines(event, on):
    """How often the trail says that this was done to an account."""
    return Event.objects.filter(event=event, subject=f"user:{on.username}").count()


def test_administrators_who_end_each_other_at_the_same_moment_leave_one(cast, all_three):
    van, vy, yen = all_three
    role = {user: Membership.objects.get(user=user) for user in all_three}
    agreed = [
        (endings.ask_to_end_role(by=van, membership=role[vy], until=TODAY, why="left"), yen),
        (endings.ask_to_end_role(by=vy, membership=role[yen], until=TODAY, why="left"), van),
        (endings.ask_to_end_role(by=yen, membership=role[van], until=TODAY, why="left"), vy),
    ]
    acts = [lambda asked=asked, by=by: endings.agree_to_end(by=again(by), request=asked) for asked, by in agreed]
    at_once(cast.copy, BEFORE_THE_TRAIL, *acts)
    tomorrow = TODAY + TODAY.resolution
    assert Membership.objects.holding(tomorrow).filter(role="administrator").exists()


def test_the_last_two_officers_of_an_office_with_cases_do_not_both_go_unnoticed(cast):
    van, case = cast.officer("van"), cast.received()
    both = [Membership.objects.get(user=cast.officer("lan"))]
    both.append(seated(account("huong", "Lê Hương"), "receiver", COMMUNE).memberships.get())
    acts = [lambda row=row: roles.end_role(by=again(van), membership=row, until=TODAY, why="left") for row in both]
    ended = at_once(cast.copy, BEFORE_THE_TRAIL, *acts)
    assert [type(each) for each in ended] == [type(None), Refused] and "không còn ai" in str(ended[1])
    assert list(policy.unattended(TODAY + TODAY.resolution, pk=case.agency_id)) == []


def test_an_account_is_stopped_once(cast, all_three):
    ngoc = account("ngoc", "Lê Thị Ngọc")
    acts = [lambda by=by: officers.stop_account(by=again(by), user=again(ngoc), why="left") for by in all_three[:2]]
    ended = at_once(cast.copy, BEFORE_THE_TRAIL, *acts)
    assert [type(each) for each in ended] == [type(None), Refused] and lines("account_stopped", ngoc) == 1


def test_an_account_is_reopened_once(cast, all_three):
    ngoc = account("ngoc", "Lê Thị Ngọc")
    User.objects.filter(pk=ngoc.pk).update(is_active=False)
    acts = [
        lambda by=by: officers.reopen_account(by=again(by), user=again(ngoc), why="returned") for by in all_three[:2]
    ]
    ended = at_once(cast.copy, BEFORE_THE_TRAIL, *acts)
    assert [type(each) for each in ended] == [type(None), Refused] and lines("account_reopened", ngoc) == 1


def test_the_second_of_two_who_choose_one_username_is_told_at_the_box(cast, all_three):
    def make(by):
        return officers.make_account(by=again(by), username="huong.lt", full_name="Lê Thị Hương")

    ended = at_once(cast.copy, BEFORE_THE_TRAIL, *(lambda by=by: make(by) for by in all_three[:2]))
    assert isinstance(ended[0], tuple) and isinstance(ended[1], Refused), ended
    assert ended[1].field == "username" and "đã có người dùng" in str(ended[1])


def test_a_role_is_given_once(cast, all_three):
    ngoc = account("ngoc", "Lê Thị Ngọc")
    agency = cast.received().agency
    given = {"user": ngoc, "agency": agency, "role": "receiver", "since": TODAY}
    acts = [lambda by=by: roles.grant_role(by=again(by), **given) for by in all_three[:2]]
    at_once(cast.copy, BEFORE_THE_TRAIL, *acts)
    assert ngoc.memberships.count() == lines("role_granted", ngoc) == 1


def test_recovery_codes_asked_for_twice_at_once_leave_one_set(cast):
    lan = cast.officer("lan")
    factors.make_recovery_codes(by=lan)
    ended = at_once(cast.copy, BEFORE_THE_TRAIL, *[lambda: factors.make_recovery_codes(by=again(lan))] * 2)
    assert ended == [None, None] and lan.authenticator_set.filter(type="recovery_codes").count() == 1


@pytest.mark.parametrize(("before", "event"), [(False, "factor_set_up"), (True, "factor_replaced")])
def test_a_telephone_is_set_up_once_however_often_the_form_is_sent(cast, before, event):
    ngoc = account("ngoc", "Lê Thị Ngọc")
    ngoc.set_password(PASSWORD)
    ngoc.save()
    if before:
        factors.set_up(by=ngoc, secret=OTHER_SECRET, code=code(OTHER_SECRET))
    number = code()

    def act():
        factors.set_up(by=again(ngoc), secret=SECRET, code=number)

    assert at_once(cast.copy, BEFORE_THE_TRAIL, act, act, act) == [None] * 3
    assert sum(lines(each, ngoc) for each in ("factor_set_up", "factor_replaced")) == 1 + before
    assert lines(event, ngoc) == 1 and ngoc.authenticator_set.count() == 2


def test_a_right_that_ended_while_they_waited_is_none(cast, all_three):
    van, vy, yen = all_three
    asked = endings.ask_to_stop(by=vy, user=van, why="left")
    ngoc, waiting = account("ngoc", "Lê Thị Ngọc"), again(van)
    assert waiting.seats
    given = {"user": ngoc, "agency": Membership.objects.get(user=cast.officer("hanh")).agency, "role": "caseworker"}
    acts = [
        lambda: endings.agree_to_end(by=again(yen), request=asked),
        lambda: roles.grant_role(by=waiting, since=TODAY, **given),
    ]
    ended = at_once(cast.copy, BEFORE_THE_TRAIL, *acts)
    assert ended[0] == asked and isinstance(ended[1], PermissionDenied) and not ngoc.memberships.exists(), (
        ended,
        OFFICE,
    )
