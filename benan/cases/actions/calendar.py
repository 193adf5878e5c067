"""What the table of official days means for open files."""

from django.db import transaction

from benan.cases import steps
from benan.cases.models import Due, File
from benan.rules import actions as rules
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable


@transaction.atomic
def correct_official_day(*, by, day, kind, name, source) -> int:
    """Correct an official day and reckon anew the clocks it may move; returns how many files that touched.

    Only clocks that still run and span the day can move; those that ended stay as they were judged.
    """
    running = Due.objects.filter(met_on=None, ended_on=None, started_on__lte=day, due_on__gte=day)
    files = File.objects.unscoped(reason="clocks that span a corrected day").filter(pk__in=running.values("file"))
    File.objects.lock_each(files.values("pk"))
    rules.correct_day(by=by, day=day, kind=kind, name=name, source=source)
    days, limits = DayTable.load(), LimitTable.load()
    touched = 0
    for file in files.select_related("reception").order_by("pk").iterator():
        steps.reckon(file, days=days, limits=limits)
        touched += 1
    return touched
