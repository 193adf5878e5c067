"""What a claimant is from which day, as the findings say."""

import datetime as dt

from benan.cases.dated import Status
from benan.cases.models import Case

Kind = Status.Kind


def timeline(case: Case) -> list[Status]:
    """A case's statuses by its findings, not saved: awaiting an answer from the day of reception, then each finding
    from its own day on, whatever an earlier one said of the days after it."""
    if case.kind != Case.Kind.CLAIMANT:
        return []
    rows = [Status(case=case, status=Kind.PENDING, since=case.opened_on)]
    for finding in case.findings.filter(on__isnull=False, withdrawn=False).order_by("pk"):
        rows = [row for row in rows if row.since < finding.decided_on]
        if rows and rows[-1].status == finding.outcome:
            rows[-1].until = None
            continue
        if rows:
            rows[-1].until = finding.on
        rows.append(Status(case=case, status=finding.outcome, since=finding.decided_on))
    return rows


def rewrite(case: Case) -> None:
    """Bring the dated statuses of a locked case, and what the case itself says now, to what the findings say."""
    wanted = timeline(case)
    standing = list(case.statuses.all())
    if [_said(row) for row in standing] != [_said(row) for row in wanted]:
        case.statuses.all().delete()
        Status.objects.bulk_create(wanted)
    now = wanted[-1].status if wanted else ""
    recognised = wanted[-1].since if now == Kind.VICTIM else None
    if (case.status, case.recognised_on) != (now, recognised):
        case.status, case.recognised_on = now, recognised
        case.save(update_fields=["status", "recognised_on"])


def _said(row: Status) -> tuple[str, dt.date, dt.date | None]:
    return row.status, row.since, row.until
