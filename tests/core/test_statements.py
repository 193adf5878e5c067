"""A statement kept by a process gives each officer their own rows."""

import pytest

from benan.accounts.models import Membership, User
from benan.accounts.roles import P
from benan.core.statements import SOMEBODY, statement
from benan.shell import queries
from tests.cast import TODAY, agency_of


@statement
def usernames(first):
    return User.objects.filter(username__gte=first, pk=SOMEBODY).values_list("username")


def test_what_differs_between_officers_is_filled_in_when_it_is_sent(cast):
    for name in ("lan", "hanh"):
        assert usernames("", given={SOMEBODY: cast.officer(name).pk}) == [(name,)]
    assert usernames("z", given={SOMEBODY: cast.officer("lan").pk}) == []


def test_no_statement_is_kept_for_a_row(cast):
    with pytest.raises(TypeError):
        usernames(cast.officer("lan"), given={})


def test_two_offices_of_one_kind_share_statements_and_no_case(cast):
    hanh, quang = cast.officer("hanh"), cast.officer("quang")
    assert hanh.role_set == quang.role_set
    for ours, theirs, commune in ((hanh, quang, "lan"), (quang, hanh, "quyen")):
        case = cast.notified(by=commune)
        seen = [queries.shown_cases(queries.desk(User.objects.get(pk=user.pk))) for user in (ours, theirs)]
        assert [case.pk in {row.pk for row in rows} for rows in seen] == [True, False]


def test_an_office_at_which_somebody_has_two_seats_is_one_office(cast):
    hanh = cast.officer("hanh")
    Membership.objects.create(user=hanh, agency=agency_of("labour-737"), role="member", since=TODAY)
    user = User.objects.get(pk=hanh.pk)
    role_set = user.role_set
    assert len(role_set.seats) == 2 and {seat.agency_id for seat in role_set.seats} == role_set.offices(P.CASE_VIEW)
    assert [user.given[office] for office in role_set.offices(P.CASE_VIEW)] == [agency_of("labour-737").pk]
