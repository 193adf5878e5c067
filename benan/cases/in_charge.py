"""Who may be, and who is, the officer in charge of a case at an agency of its team."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from benan.accounts.models import Membership, TeamMember, User
from benan.accounts.policy import WORKERS, held_on
from benan.agencies.models import Agency
from benan.cases.models import Case


def team_offices(user: User, case: Case) -> list[Agency]:
    """The agencies on the team of a case for which the user works on it."""
    members = case.team.members.filter(until=None, agency__in=held_on(user, case).agencies()).values("agency")
    return list(Agency.objects.filter(pk__in=members).order_by("pk"))


def workers_at(offices: Collection[int]) -> QuerySet[Membership]:
    """The seats of those who work on cases at some agencies (ids)."""
    rows = Membership.objects.holding().filter(agency__in=offices, role__in=WORKERS)
    return rows.select_related("user").order_by("agency", "user__full_name", "pk")


def team_of(case: Case) -> list[TeamMember]:
    """The present team of a case; `holds`: whether the seat of its officer in charge still does."""
    holding = Membership.objects.holding().filter(pk=OuterRef("seat"))
    rows = case.team.members.filter(until=None).annotate(holds=Exists(holding))
    return list(rows.select_related("seat__user").order_by("pk"))


def officer_of(member: TeamMember) -> User | None:
    """Who is in charge, of a row of `team_of`."""
    return member.seat.user if member.seat and getattr(member, "holds") else None  # noqa: B009, annotated
