"""How referrals and visits follow a person into another of their cases (`cases.joining`)."""

from benan.accounts.models import TeamMember
from benan.cases.joining import Moves
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.support.models import Referral, Visit

TRACK = "support"


def follow(case: Case, other: Case, moves: Moves) -> set[int]:
    """Move visits and answered referrals of `other` to `case`; gives the agencies (ids) that have agreed to a visit.

    A referral not answered asks nothing any more. Where the track goes along, so does where the person lives.
    """
    asked = Referral.objects.of(other).filter(accepted=None).values("receiver")
    for member in other.team.members.filter(part=TeamMember.Part.SUPPORTS, until=None, agency__in=asked):
        moves.change(member, until=legal_day())
    for row in [*Visit.objects.of(other), *Referral.objects.of(other).exclude(accepted=None)]:
        moves.change(row, case_id=case.pk)
    if TRACK in moves.tracks_taken and other.residence_on:
        known_on = max(other.residence_on, case.reception.came_on)
        moves.change(case, residence_code=other.residence_code, residence_on=known_on)
    return set(Visit.objects.of(case).filter(made_on=None).values_list("agency", flat=True))
