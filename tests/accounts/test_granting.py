"""Who gives a role, who confirms it, and from when it holds."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from benan.accounts import policy
from benan.accounts.actions import links, officers, roles
from benan.accounts.models import CONFIRMED_ROLES, Membership, Team, TeamMember
from benan.accounts.roles import ROLES, P
from benan.audit.models import Event
from benan.core.refusals import Refused
from tests.accounts.conftest import COMMUNE, OFFICE, account, again, seated
from tests.cast import TODAY, agency_of, give_factor

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def ngoc(ngoc):
    """An officer without any role, who has entered with a second factor of her own."""
    give_factor(ngoc)
    return ngoc


def give(by, user, role="receiver", agency=COMMUNE, **more):
    return roles.grant_role(by=by, user=user, agency=agency_of(agency), role=role, **{"since": TODAY, **more})


def test_an_administrator_cannot_give_himself_a_role(van):
    with pytest.raises(Refused, match="Không được tự giao"):
        give(van, van)


def test_who_approves_no_papers_has_no_capacity_to_sign_in(van, ngoc):
    with pytest.raises(Refused, match="không duyệt văn bản"):
        give(van, ngoc, post="deputy")


def test_a_role_begins_within_twelve_months(van, ngoc):
    with pytest.raises(Refused, match="quá xa"):
        give(van, ngoc, since=TODAY.replace(year=2099))


def test_the_database_itself_refuses_a_role_given_or_confirmed_by_its_holder(van, ngoc):
    for who in ({"granted_by": ngoc}, {"confirmed_by": ngoc, "confirmed_at": "2017-11-09T08:00+07:00"}):
        with pytest.raises(IntegrityError, match="nobody_confirms_their_own_role"), transaction.atomic():
            Membership.objects.create(user=ngoc, agency=agency_of(COMMUNE), role="receiver", since=TODAY, **who)


def test_only_those_who_manage_accounts_give_roles(cast, ngoc):
    with pytest.raises(PermissionDenied):
        give(cast.officer("truong_phong"), ngoc)


def test_an_administrator_reaches_no_case(van):
    assert not any(van.may(permission) for permission in (P.CASE_VIEW, P.IDENTITY_OPEN, P.ROLE_CONFIRM))


def test_a_role_exists_only_at_its_kinds_of_agency(van, ngoc):
    with pytest.raises(Refused, match="Loại đơn vị này không có vai trò"):
        give(van, ngoc, role="caseworker", agency=COMMUNE)


def test_a_role_that_opens_no_identity_holds_at_once(van, ngoc):
    give(van, ngoc, role="member", agency="procuracy")
    assert [seat.role for seat in again(ngoc).seats] == ["member"]


def test_a_role_that_opens_identities_does_not_hold_until_the_head_confirms(van, ngoc, tam):
    membership = give(van, ngoc)
    assert not again(ngoc).may(P.CASE_VIEW)
    roles.confirm_role(by=tam, membership=membership)
    assert again(ngoc).may(P.IDENTITY_OPEN)


def test_one_administrator_alone_makes_nobody_who_sees_the_cases_of_an_area(van, ngoc):
    head = seated(account("giam_doc", "Phạm Giám Đốc"), "head", "labour_department")
    membership = give(van, ngoc, role="department", agency="labour_department")
    assert again(ngoc).seats == ()
    roles.confirm_role(by=head, membership=membership)
    assert again(ngoc).may(P.CASE_CLOSE)


def test_only_roles_that_neither_reach_an_area_nor_end_cases_hold_at_once():
    assert {key for key in ROLES if key not in CONFIRMED_ROLES} == {"supporter", "leader", "member"}


def test_a_head_confirms_only_at_the_own_agency(van, cast, ngoc, tam):
    membership = give(van, ngoc)
    with pytest.raises(PermissionDenied):
        roles.confirm_role(by=cast.officer("truong_phong"), membership=membership)


def test_while_there_is_a_head_no_administrator_confirms(van, vy, ngoc, tam):
    with pytest.raises(PermissionDenied):
        roles.confirm_role(by=vy, membership=give(van, ngoc), paper_no="12/QĐ", paper_on=TODAY)


def test_a_heads_own_role_waits_for_the_head_of_the_superior_agency(van, vy, ngoc, tam):
    district = seated(account("chu_tich", "Trần Chủ Tịch"), "head", "district-737")
    other = give(van, ngoc, role="head")
    assert not again(ngoc).may(P.ROLE_CONFIRM)
    for nobody in (tam, vy):
        with pytest.raises(PermissionDenied):
            roles.confirm_role(by=nobody, membership=other)
    roles.confirm_role(by=district, membership=other)
    assert again(ngoc).may(P.ROLE_CONFIRM)


def test_the_first_head_takes_two_administrators_and_a_paper(van, vy, ngoc):
    first = give(van, ngoc, role="head")
    with pytest.raises(Refused, match="Người đã giao vai trò không được xác nhận"):
        roles.confirm_role(by=van, membership=first, paper_no="12/QĐ-UBND", paper_on=TODAY)
    with pytest.raises(Refused, match="số và ngày văn bản"):
        roles.confirm_role(by=vy, membership=first)
    row = roles.confirm_role(by=vy, membership=first, paper_no="12/QĐ-UBND", paper_on=TODAY)
    assert (row.granted_by, row.confirmed_by, row.paper_no) == (van, vy, "12/QĐ-UBND")
    assert again(ngoc).may(P.ROLE_CONFIRM)


def test_an_administrator_alone_makes_no_helper_who_would_confirm_for_him(van, vy, ngoc):
    helper = give(van, ngoc, role="administrator", agency="operator")
    assert not again(ngoc).may(P.USER_MANAGE)
    with pytest.raises(Refused, match="Người đã giao vai trò không được xác nhận"):
        roles.confirm_role(by=van, membership=helper, paper_no="13/QĐ", paper_on=TODAY)
    roles.confirm_role(by=vy, membership=helper, paper_no="13/QĐ", paper_on=TODAY)
    assert again(ngoc).may(P.USER_MANAGE)


def test_the_terminal_appoints_two_administrators_and_no_third(db):
    for name in ("mot", "hai"):
        user, _secret = officers.appoint_administrator(by=None, username=name, full_name=name)
        assert not again(user).may(P.USER_MANAGE)  # before the first entry
        give_factor(user)
        assert again(user).may(P.USER_MANAGE)
    with pytest.raises(Refused, match="Đã có hai người quản trị"):
        officers.appoint_administrator(by=None, username="ba", full_name="Ba")


def test_nobody_confirms_their_own_role_however_many_they_hold(van, ngoc):
    seated(ngoc, "administrator", "operator")
    with pytest.raises(Refused, match="tự xác nhận vai trò của mình"):
        roles.confirm_role(by=again(ngoc), membership=give(van, ngoc), paper_no="12/QĐ", paper_on=TODAY)


def test_a_head_who_is_also_administrator_does_not_confirm_what_they_gave(ngoc, tam):
    seated(tam, "administrator", "operator")
    membership = give(again(tam), ngoc)
    with pytest.raises(Refused, match="Người đã giao vai trò không được xác nhận"):
        roles.confirm_role(by=again(tam), membership=membership)


@pytest.mark.parametrize("password", [False, True])
def test_no_role_is_confirmed_before_the_officer_has_entered_with_a_factor(van, ngoc, tam, password):
    membership = give(van, ngoc)
    ngoc.authenticator_set.all().delete()
    if password:
        ngoc.set_password("bến đỗ bình an 1968")
        ngoc.save()
    with pytest.raises(Refused, match="bước xác thực thứ hai của chính mình nên chưa xác nhận được"):
        roles.confirm_role(by=tam, membership=membership)


def test_a_confirmed_role_holds_only_with_a_second_factor(van, ngoc, tam):
    roles.confirm_role(by=tam, membership=give(van, ngoc))
    ngoc.authenticator_set.all().delete()
    assert not again(ngoc).seats


def test_a_role_that_opens_no_identity_holds_without_one(van, ngoc):
    ngoc.authenticator_set.all().delete()
    give(van, ngoc, role="member", agency="procuracy")
    assert again(ngoc).seats


def test_a_head_whose_factor_is_being_set_up_anew_confirms_nothing_and_nobody_takes_the_place(van, vy, ngoc, tam):
    membership = give(van, ngoc)
    tam.authenticator_set.all().delete()
    for nobody in (again(tam), vy):
        with pytest.raises(PermissionDenied):
            roles.confirm_role(by=nobody, membership=membership, paper_no="12/QĐ", paper_on=TODAY)


def test_whoever_made_a_link_that_sets_the_password_never_confirms(van, vy, ngoc):
    links.make_link(by=vy, user=ngoc, kind="new_password")
    membership = give(van, ngoc, role="head")
    with pytest.raises(Refused, match="đã tạo đường dẫn đặt mật khẩu cho Lê Thị Ngọc.*Chưa ai khác"):
        roles.confirm_role(by=vy, membership=membership, paper_no="12/QĐ", paper_on=TODAY)


def test_who_else_confirms_is_named(van, vy, ngoc, tam):
    second = seated(account("be", "Lê Văn Bé"), "head", COMMUNE)
    seated(tam, "administrator", "operator")
    links.make_link(by=again(tam), user=ngoc, kind="new_password")
    with pytest.raises(Refused, match="Người làm được việc này: Lê Văn Bé"):
        roles.confirm_role(by=again(tam), membership=give(van, ngoc))
    assert roles.confirm_role(by=second, membership=Membership.objects.get(user=ngoc))


def test_a_role_is_confirmed_once(van, ngoc, tam):
    membership = give(van, ngoc)
    roles.confirm_role(by=tam, membership=membership)
    with pytest.raises(Refused, match="đã được xác nhận"):
        roles.confirm_role(by=tam, membership=membership)


def test_an_ended_superior_gives_way_to_the_one_above_it(van, ngoc, cast, settings):
    settings.BENAN_TODAY = "2025-04-01"  # district police ended on 28/02/2025, communes have theirs still
    membership = give(van, ngoc, role="head", agency="police_commune-26263", since=dt.date(2025, 4, 1))
    roles.confirm_role(by=cast.officer("tuan"), membership=membership)
    assert again(ngoc).may(P.ROLE_CONFIRM)


def reaches(user, team, permission=P.CASE_VIEW):
    return Team.objects.filter(policy.reach(user, permission, team="pk")).filter(pk=team.pk).exists()


@pytest.fixture
def team(db):
    made = Team.objects.create()
    TeamMember.objects.create(team=made, agency=agency_of(COMMUNE), part="receives", since=TODAY)
    return made


def test_who_has_a_role_at_an_agency_of_the_team_reaches_the_case(cast, team):
    assert reaches(cast.officer("lan"), team)


def test_a_stranger_to_the_team_does_not(cast, team):
    assert not reaches(cast.officer("quyen"), team)


def test_an_agency_that_left_the_team_reaches_it_no_more(cast, team):
    team.members.update(until=TODAY)
    assert not reaches(cast.officer("lan"), team)


def test_a_role_that_ended_yesterday_reaches_nothing_today(ngoc, team):
    user = seated(ngoc, "receiver", COMMUNE, since=TODAY - DAY * 30, until=TODAY - DAY)
    assert not user.seats and not reaches(user, team)


def test_a_role_reaches_on_its_last_day(ngoc, team):
    assert reaches(seated(ngoc, "receiver", COMMUNE, since=TODAY - DAY, until=TODAY), team)


def test_a_role_that_begins_tomorrow_does_not_hold_today(ngoc):
    assert not seated(ngoc, "receiver", COMMUNE, since=TODAY + DAY).seats


def test_ending_a_role_takes_its_reach_after_that_day(van, ngoc, team):
    user = seated(ngoc, "receiver", COMMUNE, since=TODAY - DAY * 9)
    roles.end_role(by=van, membership=user.memberships.get(), until=TODAY - DAY, why="moved")
    assert not reaches(again(user), team)


def test_an_ended_role_is_not_lengthened_without_anybody_confirming(van, ngoc):
    user = seated(ngoc, "receiver", COMMUNE, since=TODAY - DAY * 9, until=TODAY - DAY)
    with pytest.raises(Refused, match="giao lại"):
        roles.end_role(by=van, membership=user.memberships.get(), until=TODAY + DAY * 90, why="moved")


def test_a_role_does_not_end_before_it_begins(van, ngoc):
    membership = give(van, ngoc)
    with pytest.raises(Refused, match="không được trước ngày bắt đầu"):
        roles.end_role(by=van, membership=membership, until=TODAY - DAY, why="moved")


def test_the_same_role_is_not_given_twice_for_the_same_days(van, ngoc):
    give(van, ngoc, until=TODAY + DAY)
    with pytest.raises(IntegrityError, match="given_once_at_a_time"), transaction.atomic():
        give(van, ngoc, since=TODAY + DAY)
    give(van, ngoc, since=TODAY + DAY * 2)


def test_no_role_begins_at_an_agency_that_has_ended(van, ngoc, settings):
    settings.BENAN_TODAY = "2019-06-01"
    with pytest.raises(Refused, match="đã kết thúc hoạt động"):
        give(van, ngoc, agency="commune-26407", since=dt.date(2019, 6, 1))


def test_each_grant_and_confirmation_is_on_the_trail(van, ngoc, tam):
    membership = give(van, ngoc)
    roles.confirm_role(by=tam, membership=membership)
    roles.end_role(by=van, membership=membership, until=TODAY, why="moved")
    lines = Event.objects.filter(subject="user:ngoc").order_by("seq").values_list("event", "by")
    assert list(lines) == [("role_granted", "van"), ("role_confirmed", "tam"), ("role_ended", "van")]
    assert Event.objects.get(event="role_ended").data["why"] == "moved"


def test_number_and_day_of_the_paper_are_on_the_trail_of_giving_and_of_confirming(van, vy, ngoc):
    membership = give(van, ngoc, role="head", paper_no="11/QĐ-UBND", paper_on=TODAY - DAY)
    roles.confirm_role(by=vy, membership=membership, paper_no="12/QĐ-UBND", paper_on=TODAY)
    lines = Event.objects.filter(event__in=("role_granted", "role_confirmed")).order_by("seq")
    papers = [(row.data["paper_no"], row.data["paper_on"]) for row in lines]
    assert papers == [("11/QĐ-UBND", "2017-11-08"), ("12/QĐ-UBND", "2017-11-09")]


def test_a_paper_has_a_number_and_no_words_and_a_day_that_has_come(van, vy, ngoc):
    for more, told in (
        ({"paper_no": "theo lời bà Hoa"}, "không phải số văn bản"),
        ({"paper_no": "12/QĐ", "paper_on": TODAY + DAY}, "nằm sau hôm nay"),
    ):
        with pytest.raises(Refused, match=told):
            give(van, ngoc, **more)
    assert not Event.objects.filter(event="role_granted").exists()


def test_a_department_sees_by_area_and_opens_no_identity(cast, team):
    thu = cast.officer("thu")
    assert reaches(thu, team) and not thu.may(P.IDENTITY_OPEN)


def test_a_head_stands_for_those_who_hold_a_role_there_today(cast, ngoc):
    head, hanh = cast.officer("truong_phong"), cast.officer("hanh")
    seated(ngoc, "caseworker", OFFICE, since=TODAY - DAY * 9, until=TODAY - DAY)
    assert list(policy.wards(head)) == [hanh]


def test_a_lesser_role_given_elsewhere_makes_no_other_head_stand_for_an_officer(cast, tam):
    seated(cast.officer("lan"), "member", "procuracy")
    other = seated(account("vien_truong", "Trần Viện Trưởng"), "head", "procuracy")
    assert policy.guardians(cast.officer("lan")) == {tam.pk} and not policy.wards(other).exists()
