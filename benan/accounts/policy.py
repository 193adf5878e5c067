"""Who may reach which rows: one definition, as a condition on a query.

A row is reached with a permission when one of the officer's seats carries it and either the seat's agency
stands on the row's team, or the seat's role works by area and the row lies in the area of its agency.
Absent and forbidden look the same: 404. "May see, may not do" is 403.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, When
from django.utils.module_loading import import_string

from benan.accounts.models import ADMINISTRATORS, CONFIRMED_ROLES, HEADS, EndRequest, Membership, Team, TeamMember, User
from benan.accounts.role_sets import RoleSet, Seat
from benan.accounts.roles import ROLES, P
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.core.statements import SOMEBODY, statement
from benan.places import queries as places


def reach(user: User | RoleSet, permission: P, *, team: str = "team", area: str = "area_code") -> Q:
    """The condition on rows that the user reaches with this permission.

    `team` and `area` are the paths from the row to its team and to the code of its commune.
    """
    return reach_of([seat for seat in user.seats if permission in seat.rights.permissions], team=team, area=area)


def reach_of(seats: Iterable[Membership | Seat], *, team: str = "team", area: str = "area_code") -> Q:
    """The condition on rows that some seats reach, whatever they may do there."""
    areas = {seat.agency.unit_code or places.HOME for seat in seats if seat.rights.by_area}
    if places.HOME in areas:
        return Q()
    agencies = {seat.agency_id for seat in seats if not seat.rights.by_area}
    teams = TeamMember.objects.filter(agency__in=agencies, until=None).values("team")
    conditions = ([Q(**{f"{team}__in": teams})] if agencies else []) + [within(code, area) for code in sorted(areas)]
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


# What asks for more than reach: bringing a case to an end, and erasing who the person is.
ANSWERED_FOR = frozenset({P.CASE_CLOSE, P.IDENTITY_ERASE})


def answerable(
    user: User | RoleSet, permission: P, *, manages: str = "agency", received: str = "reception__agency"
) -> Q:
    """The condition on rows that the user reaches from a seat and that are that seat's to bring to an end.

    Those that its office manages. Where the office that manages one has ended, or nobody there holds the permission, it
    falls to the office that received the person; where there is nobody either, to those who work by area.
    """
    seats = [seat for seat in user.seats if permission in seat.rights.permissions]
    conditions = [reach_of([seat]) & _answerable(seat, permission, manages, received) for seat in seats]
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


def _answerable(seat: Membership | Seat, permission: P, manages: str, received: str) -> Q:
    able = _able(permission)
    left = ~Q(**{f"{manages}__in": able})
    if seat.rights.by_area:
        return left & ~Q(**{f"{received}__in": able})
    return Q(**{manages: seat.agency_id}) | (left & Q(**{received: seat.agency_id}))


def _able(permission: P) -> QuerySet[Membership, Any]:
    roles = [key for key, role in ROLES.items() if permission in role.permissions and not role.by_area]
    return Membership.objects.holding().filter(role__in=roles, agency__in_force__contains=legal_day()).values("agency")


def offices_answering(permission: P, offices: Collection[tuple[int | None, int]]) -> set[int | None]:
    """To which offices (ids) rows fall, as `answerable` says; None stands for those who work by area.

    `offices` are pairs of ids, of each row the office that manages it and the one that received the person.
    """
    able = set(
        _able(permission)
        .filter(agency__in={each for pair in offices for each in pair})
        .values_list("agency", flat=True)
    )
    return {next((office for office in pair if office in able), None) for pair in offices}


def reach_by_area(user: User | RoleSet, permission: P) -> Q:
    """The condition on rows that the user reaches with a permission from a seat that works by area."""
    return reach_of([seat for seat in user.seats if permission in seat.rights.permissions and seat.rights.by_area])


def kept_from(user: User, teams: Iterable[int]) -> set[int]:
    """Of some teams (ids), those whose case is kept from an office where the user sits."""
    own = {seat.agency_id for seat in user.seats}
    return set(Team.objects.filter(pk__in=teams, kept_from__in=own).values_list("pk", flat=True))


def within(unit_code: str, area: str = "area_code") -> Q:
    """The condition on rows whose commune lies, or ever lay, in a unit; the province is everything."""
    if unit_code == places.HOME:
        return Q()
    return Q(**{f"{area}__in": places.within(unit_code, places.EVER)})


def allows(user: User, permission: P, row: Any) -> bool:
    """Whether the user reaches this one row with a permission: the same query as for a list of them."""
    given = user.given | {SOMEBODY: row.pk}
    return user.may(permission) and bool(_reached_one(type(row), permission, user.role_set, given=given))


@statement
def _reached_one(model: type[Model], permission: P, role_set: RoleSet) -> QuerySet[Any, Any]:
    return model.objects.can(role_set, permission).filter(pk=SOMEBODY).values_list("pk")  # type: ignore[attr-defined]


def first_allowed(user: User, permissions: Iterable[P], row: Any) -> P:
    """The first of several permissions with which the user reaches a row. Raises PermissionDenied (403) where none."""
    for permission in permissions:
        if allows(user, permission, row):
            return permission
    raise PermissionDenied


def require(user: User, permission: P, row: Any) -> None:
    """Refuse (403) a change to a row that the user does not reach with this permission."""
    require_any(user, (permission,), row)


def require_any(user: User, permissions: Iterable[P], row: Any) -> None:
    """Refuse (403) a change to a row that the user reaches with none of several permissions."""
    first_allowed(user, permissions, row)


def require_right(user: User, *permissions: P) -> None:
    """Refuse (403) what has no row to be reached, e.g. starting a reception; any of the permissions will do."""
    if not any(user.may(each) for each in permissions):
        raise PermissionDenied


@dataclass(frozen=True)
class Held:
    """What somebody may do on one row: the seats from which they reach it, in the order in which they hold them.

    What is for the office that answers for a case (ANSWERED_FOR) is none of these: `allows` answers it.
    """

    seats: tuple[Membership, ...] = ()

    @cached_property
    def permissions(self) -> frozenset[P]:
        """What these seats allow, taken together."""
        return frozenset().union(*(seat.rights.permissions for seat in self.seats)) - ANSWERED_FOR

    def any(self, *permissions: P) -> bool:
        """Whether one of these permissions is held on the row."""
        return not self.permissions.isdisjoint(permissions)

    def having(self, permission: P) -> list[Membership]:
        """The seats on the row that carry a permission."""
        return [seat for seat in self.seats if permission in seat.rights.permissions]

    def agencies(self, permission: P = P.CASE_VIEW) -> set[int]:
        """The agencies (ids) for which one acts on the row with a permission."""
        return {seat.agency_id for seat in self.having(permission)}


def held_on(user: User, row: Any) -> Held:
    """What the user may do on a row; one query, whatever is then asked of it."""
    return held_on_each(user, [row])[row.pk]


def held_on_each(user: User, rows: Sequence[Any]) -> dict[int, Held]:
    """The same for each of some rows of one table, by id; one query for all of them."""
    found = {row.pk: Held() for row in rows}
    if not found or not user.seats:
        return found
    model, role_set = type(rows[0]), user.role_set
    if len(found) == 1:
        answers = _held_on_one(model, role_set, given=user.given | {SOMEBODY: rows[0].pk})
    else:
        answers = list(_held(model, user.seats).filter(pk__in=found))
    for pk, *each in answers:
        found[pk] = Held(tuple(seat for seat, reaches in zip(user.seats, each, strict=True) if reaches))
    return found


def teams_in_charge(user: User | RoleSet) -> QuerySet[TeamMember, Any]:
    """The teams (ids) of the cases of which the user is the officer in charge at their agency."""
    seats = [seat.pk for seat in user.seats]
    return TeamMember.objects.filter(seat__in=seats, until=None).values("team")


def officers_in_charge(user: User, permission: P, teams: Collection[int]) -> dict[int, User]:
    """The officer in charge of some teams' cases, by team, at the agencies where the user holds a permission."""
    offices = user.offices(permission)
    members = TeamMember.objects.filter(team__in=teams, agency__in=offices, until=None, seat__isnull=False)
    rows = list(members.order_by("-pk").values_list("team", "seat")) if teams and offices else []
    seats = _seats_holding_beside(user.role_set, permission, given=user.given) if rows else []
    officers = {seat.pk: seat.user for seat in seats}
    return {team: officers[seat] for team, seat in rows if seat in officers}


@statement
def _seats_holding_beside(role_set: RoleSet, permission: P) -> QuerySet[Membership]:
    return Membership.objects.holding().filter(agency__in=role_set.offices(permission)).select_related("user")


@statement
def _held_on_one(model: type[Model], role_set: RoleSet) -> QuerySet[Any, Any]:
    return _held(model, role_set.seats).filter(pk=SOMEBODY)


def _held(model: type[Model], seats: Iterable[Membership | Seat]) -> QuerySet[Any, Any]:
    """Rows of a table by id, each with whether each of some seats reaches it."""
    reached = {f"seat_{n}": _reached(reach_of([seat])) for n, seat in enumerate(seats)}
    return model._base_manager.annotate(**reached).values_list("pk", *reached)


WORKERS = [key for key, role in ROLES.items() if role.works_on_cases]


def unattended(on: dt.date | None = None, without: Iterable[int] = (), **which: Any) -> QuerySet[Agency]:
    """Agencies where nobody can work on cases on a day: one query, for all or for `which` (conditions).

    Those where somebody could before, and labour offices, to which communes must report whether they use the program
    or not. Others that never had anybody, such as police who answer on paper, are none. `without` are memberships
    (ids) that are about to end.
    """
    own = Membership.objects.filter(agency=OuterRef("pk"), role__in=WORKERS)
    working = Membership.objects.holding(on).filter(agency=OuterRef("pk"), role__in=WORKERS).exclude(pk__in=without)
    rows = Agency.objects.filter(**which).exclude(kind__in=(AgencyKind.OUTSIDE, AgencyKind.OPERATOR))
    return rows.filter(Q(kind=AgencyKind.LABOUR_OFFICE) | Exists(own)).exclude(Exists(working))


def emptied(memberships: Iterable[Membership], until: dt.date) -> list[tuple[Agency, int]]:
    """The agencies with open cases that ending some roles after a day leaves without anybody to work on them.

    Each with how many cases. Which cases are open is known to those who keep them (settings.OPEN_CASES).
    """
    ending = [row for row in memberships if row.rights.works_on_cases and not row.waits_for_confirmation]
    after, offices = max(until + until.resolution, legal_day()), {row.agency_id for row in ending}
    left = unattended(after, [row.pk for row in ending], pk__in=offices)
    left = left.exclude(pk__in=unattended(after, pk__in=offices))
    cases = import_string(settings.OPEN_CASES)(left)
    return [(agency, cases[agency.pk]) for agency in left if cases.get(agency.pk)]


def administrators_left(memberships: Iterable[Membership], until: dt.date) -> int | None:
    """How many manage accounts once some roles have ended after a day; None where none of them is such a role."""
    after = max(until + until.resolution, legal_day())
    ending = [row.pk for row in memberships if row.role in ADMINISTRATORS and not row.waits_for_confirmation]
    others = Membership.objects.holding(after).filter(role__in=ADMINISTRATORS).exclude(pk__in=ending)
    return others.values("user").distinct().count() if ending else None


def left_headless(memberships: Iterable[Membership], until: dt.date) -> list[Agency]:
    """The agencies that ending some roles after a day leaves without a head in the program."""
    after = max(until + until.resolution, legal_day())
    ending = [row for row in memberships if row.role in HEADS and not row.waits_for_confirmation]
    left = Membership.objects.standing(after).filter(role__in=HEADS, agency__in={row.agency_id for row in ending})
    headed = set(left.exclude(pk__in=[row.pk for row in ending]).values_list("agency", flat=True))
    return [row.agency for row in ending if row.agency_id not in headed]


def heads_by_agency(permission: P) -> dict[int, set[int]]:
    """Who is a head with a permission at which agency on the legal day, by ids; one query.

    One who has to set up the second factor anew is head still: nobody else takes the place meanwhile. To act as
    head, the role has to hold (`User.may`).
    """
    roles = [key for key, role in ROLES.items() if permission in role.permissions]
    found: dict[int, set[int]] = defaultdict(set)
    for agency, user in Membership.objects.standing().filter(role__in=roles).values_list("agency", "user"):
        found[agency].add(user)
    return found


def heads_over(membership: Membership, heads: Mapping[int, set[int]]) -> set[int]:
    """Of the heads (`heads_by_agency`), those over a role: of its agency; over a head, of the superior agency.

    An agency that has ended is passed over for the one above it. Nobody is over themselves.
    """
    is_head = P.ROLE_CONFIRM in membership.rights.permissions
    agency = membership.agency.superior if is_head else membership.agency
    while agency and legal_day() not in agency.in_force:
        agency = agency.superior
    return heads.get(agency.pk, set()) - {membership.user_id} if agency else set()


def takes_two_to_stop(user: User) -> bool:
    """Whether a head or an administrator has this account, so that nobody stops it alone."""
    return user.memberships.lasting().filter(role__in=HEADS + ADMINISTRATORS).exists()


def may_agree(user: User, request: EndRequest, heads: Mapping[int, set[int]] | None = None) -> bool:
    """Whether a person may be the second, after who asked: an administrator, a head over the role; never whom it concerns.

    `heads` as `heads_by_agency` gives them, where several requests are asked about.
    """
    if user.pk in (request.asked_by_id, request.user_id):
        return False
    if user.may(P.USER_MANAGE):
        return True
    heads = heads_by_agency(P.ROLE_CONFIRM) if heads is None else heads
    rows = [request.membership] if request.membership else request.user.memberships.lasting().select_related("agency")
    return any(acts_as_head(user, P.ROLE_CONFIRM, heads_over(row, heads)) for row in rows if row.takes_two_to_end)


def guardians(user: User) -> set[int]:
    """The heads (ids) who may confirm that somebody lost their second factor: those over the roles they hold.

    Where they hold roles that have to be confirmed, only the heads over those: a lesser role given elsewhere makes
    nobody their guardian.
    """
    return _guardians(Membership.objects.standing().filter(user=user))[user.pk]


def administrators() -> set[int]:
    """Those (ids) who manage accounts on the legal day."""
    return set(Membership.objects.holding().filter(role__in=ADMINISTRATORS).values_list("user", flat=True))


def acts_as_head(user: User, permission: P, heads: set[int]) -> bool:
    """Whether a person is among some heads (`heads_over`, `guardians`) and the role that carries the permission holds."""
    return user.pk in heads and user.may(permission)


def wards(head: User) -> QuerySet[User]:
    """The accounts whose guardian (`guardians`) a head is."""
    found = _guardians(Membership.objects.standing())
    return User.objects.filter(pk__in=[user for user, heads in found.items() if head.pk in heads])


def _guardians(held: QuerySet[Membership]) -> dict[int, set[int]]:
    rows = list(held.select_related("agency__superior__superior__superior"))
    heads = heads_by_agency(P.FACTOR_RESET)
    confirmed = {row.user_id for row in rows if row.role in CONFIRMED_ROLES}
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.role in CONFIRMED_ROLES or row.user_id not in confirmed:
            found[row.user_id] |= heads_over(row, heads)
    return found


def _reached(condition: Q) -> Case:
    """A condition as a value of the row; the empty condition holds of every row."""
    return Case(When(condition or Q(pk__isnull=False), then=True), default=False)
