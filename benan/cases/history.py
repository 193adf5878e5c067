"""The history of a case: its lines that no correction replaced, their order, and the sentence of each."""

from collections.abc import Iterable

from django.db.models import QuerySet

from benan.cases.extensions import HISTORY
from benan.cases.models import Case, Step
from benan.core.days import show
from benan.rules import procedures


def current(case: Case) -> QuerySet[Step]:
    """The lines of the history that no correction has replaced."""
    return case.steps.filter(corrected_by=None)


def in_order(case: Case) -> list[Step]:
    """The lines of `current`, in the order in which they were first written: a correction has the place of what it corrects."""
    first: dict[int, int] = {}
    rows = list(case.steps.order_by("pk"))
    for row in rows:
        first[row.pk] = first.get(row.corrects_id, row.pk) if row.corrects_id else row.pk
    replaced = {row.corrects_id for row in rows}
    return sorted((row for row in rows if row.pk not in replaced), key=lambda row: (first[row.pk], row.pk))


def sentence(step: Step) -> str:
    """`label` of the key of a line."""
    return label(step.key)


def label(key: str) -> str:
    """The sentence of lines of a key: the label of the procedure's act, else the one that an app registered (`HistoryLine`).

    The key itself where there is none.
    """
    move = procedures.moves().get(key)
    if move:
        return move.label
    return next((str(line.sentence) for line in HISTORY if line.key == key), key)


def lines(rows: Iterable[Step]) -> list[str]:
    """A sentence for each step: its day, what was done, by whom."""
    return [f"{show(step.on)}: {sentence(step)} · {step.by}" for step in rows]
