"""What a claimant is from which day: pending, victim or found not to be one, as the findings say."""

from benan.cases.dated import Status
from benan.cases.models import File

Kind = Status.Kind


def timeline(file) -> list[Status]:
    """A file's statuses by its findings, not saved: awaiting an answer from the day of reception, then each finding
    from its own day on, whatever an earlier one said of the days after it."""
    if file.kind != File.Kind.CLAIMANT:
        return []
    rows = [Status(file=file, status=Kind.PENDING, since=file.opened_on)]
    for finding in file.findings.filter(on__isnull=False, withdrawn=False).order_by("pk"):
        rows = [row for row in rows if row.since < finding.on]
        if rows and rows[-1].status == finding.outcome:
            rows[-1].until = None
            continue
        if rows:
            rows[-1].until = finding.on
        rows.append(Status(file=file, status=finding.outcome, since=finding.on))
    return rows


def rewrite(file) -> None:
    """Bring the dated statuses of a locked file, and what the file itself says now, to what the findings say."""
    wanted = timeline(file)
    standing = list(file.statuses.all())
    if [_said(row) for row in standing] != [_said(row) for row in wanted]:
        file.statuses.all().delete()
        Status.objects.bulk_create(wanted)
    now = wanted[-1].status if wanted else ""
    recognised = wanted[-1].since if now == Kind.VICTIM else None
    if (file.status, file.recognised_on) != (now, recognised):
        file.status, file.recognised_on = now, recognised
        file.save(update_fields=["status", "recognised_on"])


def claimants_of(file) -> list[int]:
    """The files whose findings say what somebody is: one's own, or, for a minor or relative, those of the claimants
    they came with; where such a file was joined to another, that one."""
    if file.kind == File.Kind.CLAIMANT:
        return [file.pk]
    beside = File.objects.together(file.reception_id).filter(kind=File.Kind.CLAIMANT)
    return [joined or pk for pk, joined in beside.values_list("pk", "joined_to")]


def on(file, day) -> str:
    """What somebody was on a day. A minor or relative is what the claimants of the same reception were: victim if any
    was, else pending if any was, else found not to be one."""
    return on_day(Status.objects.filter(file__in=claimants_of(file)), day)


def on_day(rows, day) -> str:
    """The same of rows already fetched."""
    then = {row.status for row in rows if row.since <= day and (row.until is None or day < row.until)}
    return next(
        (kind.value for kind in (Kind.VICTIM, Kind.PENDING, Kind.NOT_VICTIM) if kind in then), Kind.PENDING.value
    )


def _said(row):
    return row.status, row.since, row.until
