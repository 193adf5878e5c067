"""Correcting an official day, with the deadlines of open cases that depend on it."""

import datetime as dt

from django.db import transaction

from benan.accounts.models import User
from benan.cases import steps
from benan.cases.models import Case, Deadline
from benan.rules import actions as rules
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable


@transaction.atomic
def correct_official_day(*, by: User, day: dt.date, kind: str, name: str, source: str) -> int:
    """Correct an official day and compute again what is derived of the cases with an open deadline that spans the day.

    Returns the number of these cases. Deadlines that were met or ended stay as they are.
    """
    running = Deadline.objects.open().filter(started_on__lte=day, due_on__gte=day)
    cases = Case.objects.unscoped(reason="clocks that span a corrected day").filter(pk__in=running.values("case"))
    Case.objects.lock_each(cases.values("pk"))
    rules.correct_day(by=by, day=day, kind=kind, name=name, source=source)
    days, limits = DayTable.load(), LimitTable.load()
    touched = 0
    for case in cases.select_related("reception").order_by("pk").iterator():
        steps.after_change(case, days=days, limits=limits)
        touched += 1
    return touched
