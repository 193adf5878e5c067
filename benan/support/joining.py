"""How needs, support, measures, referrals and visits follow a person into another of their files (`cases.joining`)."""

from benan.accounts.models import TeamMember
from benan.core.days import legal_day
from benan.support.models import Assessment, Measure, Need, Provision, Referral, Visit


def follow(*, file, other, moves) -> set:
    """Move what hangs on `other` to `file`; gives the agencies (ids) that have agreed to a visit.

    A need that stands in both is one need: the older goes on, and what was done for either was done for it. A
    referral not answered asks nothing any more.
    """
    asked = Referral.objects.of(other).filter(accepted=None).values("receiver")
    for member in other.team.members.filter(part=TeamMember.Part.SUPPORTS, until=None, agency__in=asked):
        moves.change(member, until=legal_day())
    standing = {need.kind: need for need in _open_needs(file)}
    for need in list(Need.objects.of(other)):
        twin = standing.get(need.kind) if need.is_open else None
        if twin is None:
            _move_need(need, file, moves)
        elif need.recorded_on < twin.recorded_on:
            _merge(twin, need, other, moves)
            _move_need(need, file, moves)
        else:
            _merge(need, twin, other, moves)
    for model in (Assessment, Visit, Referral):
        rows = model.objects.of(other)
        rows = rows.exclude(accepted=None) if model is Referral else rows
        for row in list(rows):
            moves.change(row, file_id=file.pk)
    return set(Visit.objects.of(file).filter(made_on=None).values_list("agency", flat=True))


def stays(*, moved) -> set:
    """The needs for which something was done since they were moved, with all that was done and what they stand for."""
    known = {(label, pk) for label, pk, _old, _new in moved}
    needs = {pk: Need._base_manager.get(pk=pk) for label, pk in known if label == Need._meta.label_lower}
    staying = set()
    for need in needs.values():
        rows = _done_for(need)
        if any((row._meta.label_lower, row.pk) not in known for row in rows):
            alike = [each for each in needs.values() if each.kind == need.kind and each.file_id != need.file_id]
            staying |= {(row._meta.label_lower, row.pk) for row in [need, *rows, *alike]}
    return staying


def _move_need(need, file, moves):
    for row in [need, *_done_for(need)]:
        moves.change(row, file_id=file.pk)


def _merge(need, goes_on, aside, moves):
    """Set a need aside, in the file that ends, for one that goes on and takes what was done for it."""
    for row in _done_for(need):
        moves.change(row, need_id=goes_on.pk, file_id=goes_on.file_id)
    moves.change(need, gone_on=legal_day(), file_id=aside.pk)


def _done_for(need):
    return [row for model in (Provision, Measure) for row in model._base_manager.filter(need=need).order_by("pk")]


def _open_needs(file):
    return Need.objects.of(file).filter(met_on=None, refused_on=None, gone_on=None)
