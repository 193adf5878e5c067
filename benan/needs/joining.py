"""How needs, and what was done for them, follow a person into another of their cases (`cases.joining`)."""

from typing import Any

from django.db.models import Model

from benan.cases.joining import Moves
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.core.registry import Registry
from benan.needs.models import UNMET, Assessment, Need, Provision

# Tables of what was done for a need, by whichever app: each has `need` and `case`.
DONE_FOR_NEEDS: Registry[type[Model]] = Registry()
DONE_FOR_NEEDS.add(Provision)


def follow(case: Case, other: Case, moves: Moves) -> set[int]:
    """Move needs and assessments of `other` to `case`; nobody has anything left to do by that.

    A need that stands in both is one need: the older goes on, and what was done for either was done for it.
    """
    standing = {need.kind: need for need in Need.objects.of(case).filter(UNMET)}
    for need in list(Need.objects.of(other)):
        twin = standing.get(need.kind) if need.is_open else None
        if twin is None:
            _move_need(need, case, moves)
        elif need.recorded_on < twin.recorded_on:
            _merge(twin, need, other, moves)
            _move_need(need, case, moves)
        else:
            _merge(need, twin, other, moves)
    for row in list(Assessment.objects.of(other)):
        moves.change(row, case_id=case.pk)
    return set()


def stays(moved: list[Any]) -> set[tuple[str, int]]:
    """The needs for which something was done since they were moved, with all that was done and what they stand for."""
    known = {(label, pk) for label, pk, _old, _new in moved}
    needs = {pk: Need._base_manager.get(pk=pk) for label, pk in known if label == Need._meta.label_lower}
    staying = set()
    for need in needs.values():
        rows = _done_for(need)
        if any((row._meta.label_lower, row.pk) not in known for row in rows):
            alike = [each for each in needs.values() if each.kind == need.kind and each.case_id != need.case_id]
            staying |= {(row._meta.label_lower, row.pk) for row in [need, *rows, *alike]}
    return staying


def _move_need(need: Need, case: Case, moves: Moves) -> None:
    for row in [need, *_done_for(need)]:
        moves.change(row, case_id=case.pk)


def _merge(need: Need, goes_on: Need, aside: Case, moves: Moves) -> None:
    """Set a need aside, in the case that ends, for one that goes on and takes what was done for it."""
    for row in _done_for(need):
        moves.change(row, need_id=goes_on.pk, case_id=goes_on.case_id)
    moves.change(need, gone_on=legal_day(), case_id=aside.pk)


def _done_for(need: Need) -> list[Model]:
    return [row for model in DONE_FOR_NEEDS for row in model._base_manager.filter(need=need).order_by("pk")]
