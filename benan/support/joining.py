"""How referrals, visits and programmes follow a person into another of their cases (`cases.joining`)."""

from benan.accounts.models import TeamMember
from benan.cases.joining import MovedRow, Moves
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.support.models import Enrolment, Referral, Visit

TRACK = "support"


def follow(case: Case, other: Case, moves: Moves) -> set[int]:
    """Move visits, answered referrals and programmes of `other` to `case`; gives the agencies (ids) that have agreed to a visit.

    A referral not answered asks nothing any more. Where the track goes along, so does where the person lives.
    """
    asked = Referral.objects.of(other).filter(accepted=None).values("receiver")
    for member in other.team.members.filter(part=TeamMember.Part.SUPPORTS, until=None, agency__in=asked):
        moves.change(member, until=legal_day())
    for row in [*Visit.objects.of(other), *Referral.objects.of(other).exclude(accepted=None)]:
        moves.change(row, case_id=case.pk)
    _follow_programmes(case, other, moves)
    if TRACK in moves.tracks_taken and other.residence_on:
        known_on = max(other.residence_on, case.reception.came_on)
        moves.change(case, residence_code=other.residence_code, residence_on=known_on)
    return set(Visit.objects.of(case).filter(made_on=None).values_list("agency", flat=True))


def stays(moved: list[MovedRow]) -> set[tuple[str, int]]:
    """The moved records of a programme that stand in their old case once more, by a later record."""
    label = Enrolment._meta.label_lower
    aside = {pk: old["case_id"] for name, pk, old, _new in moved if name == label and "taken_back" in (old or ())}
    rows = Enrolment._base_manager.filter(pk__in=aside)
    standing = Enrolment._base_manager.filter(ended_on=None, taken_back=False).exclude(
        pk__in=[pk for name, pk, _old, _new in moved if name == label]
    )
    again = set(standing.filter(case__in=aside.values()).values_list("case", "programme"))
    return {(label, row.pk) for row in rows if (aside[row.pk], row.programme) in again}


def _follow_programmes(case: Case, other: Case, moves: Moves) -> None:
    """Move what stands of programmes; one that stands in both is one, and goes on by the earlier record.

    The later record is set aside in the case that ends.
    """
    standing = {row.programme: row for row in Enrolment.objects.of(case) if row.stands}
    for row in list(Enrolment.objects.of(other)):
        twin = standing.get(row.programme) if row.stands else None
        if twin and twin.joined_on <= row.joined_on:
            continue
        if twin:
            moves.change(twin, taken_back=True, case_id=other.pk)
        moves.change(row, case_id=case.pk)
