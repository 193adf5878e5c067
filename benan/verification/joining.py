"""How findings follow a person into another of their cases (`cases.joining`)."""

from benan.cases.joining import Moves
from benan.cases.models import Case
from benan.verification.models import Finding


def follow(case: Case, other: Case, moves: Moves) -> set[int]:
    """Move the findings of `other` to `case`; of two in force one replaces the other. Nobody has anything left to do."""
    taken = "verification" in moves.tracks_taken
    for draft in (case if taken else other).findings.filter(on=None, withdrawn=False):
        moves.change(draft, withdrawn=True)
    both = [each.findings.filter(on__isnull=False, replaced_on=None).first() for each in (case, other)]
    in_force = [finding for finding in both if finding]
    if len(in_force) == len(both):
        first, last = sorted(in_force, key=_weight)
        moves.change(last, replaced_on=max(first.decided_on, last.decided_on))
    for finding in list(other.findings.order_by("pk")):
        moves.change(finding, case_id=case.pk)
    return set()


def _weight(finding: Finding) -> tuple[bool, int]:
    """Which of two findings stays in force: of a victim the earlier, else the later."""
    victim = finding.outcome == Finding.Outcome.VICTIM
    return not victim, finding.decided_on.toordinal() * (1 if victim else -1)
