"""The status of a person on a day: pending, victim or found not to be one."""

import datetime as dt
from collections.abc import Iterable

from benan.cases.dated import Status
from benan.cases.models import Case

Kind = Status.Kind


def claimant_case_ids(case: Case) -> list[int]:
    """The cases (ids) whose findings give the status of a person: a claimant's own; of a minor or relative, those of the
    claimants received with them, and where such a case was joined to another, that one."""
    if case.kind == Case.Kind.CLAIMANT:
        return [case.pk]
    beside = Case.objects.of_reception(case.reception_id).filter(kind=Case.Kind.CLAIMANT)
    return [joined or pk for pk, joined in beside.values_list("pk", "joined_to")]


def status_on(case: Case, day: dt.date) -> str:
    """The status (`Status.Kind`) of the person on a day. A minor or relative has that of the claimants of the same
    reception: victim if any was, else pending if any was, else not_victim."""
    return status_from_rows(Status.objects.filter(case__in=claimant_case_ids(case)), day)


def status_from_rows(rows: Iterable[Status], day: dt.date) -> str:
    """`status_on` from rows already fetched; pending where none of them lasts on that day."""
    then = {row.status for row in rows if row.since <= day and (row.until is None or day < row.until)}
    return next(
        (kind.value for kind in (Kind.VICTIM, Kind.PENDING, Kind.NOT_VICTIM) if kind in then), Kind.PENDING.value
    )
