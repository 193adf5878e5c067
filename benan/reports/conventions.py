"""Limits of verification that ran by convention on a past day and have since given way to the true ones.

The rows of clocks hold what is known now. Of a request that was on its way on the day of looking, they know the
limit counted from its arrival; on that day it ran from the day of sending. There are few such files.
"""

import datetime as dt

from django.db.models import Exists, OuterRef

from benan.cases.models import Step
from benan.cases.steps import PROCEDURE
from benan.core.days import legal_day
from benan.reports import standing as s
from benan.rules import deadlines, procedures
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable


def stood_in(people, as_of: dt.date) -> dict[int, deadlines.Clock]:
    """For files without an answer on a day whose papers arrived later: the limit under which verification stood then.

    Four queries, none on the legal day itself.
    """
    if as_of >= legal_day():
        return {}
    arrived = Step.objects.filter(
        file=OuterRef("pk"), event__in=("request_received", "report_received"), on__gt=as_of, corrected_by=None
    )
    people = people.filter(Exists(arrived), ~Exists(s.findings(as_of)), Exists(s.steps(as_of, "request_sent")))
    came_on = dict(people.values_list("pk", "reception__came_on"))
    if not came_on:
        return {}
    days, limits = DayTable.load(), LimitTable.load()
    happened = {}
    rows = Step.objects.filter(file__in=came_on.keys(), on__lte=as_of, corrected_by=None).exclude(event="")
    for file, event, on in rows.values_list("file", "event", "on"):
        happened.setdefault(file, []).append(deadlines.Happened(event, on))
    found = {}
    for file, events in happened.items():
        procedure = procedures.to_begin(PROCEDURE, came_on[file])
        clocks = deadlines.running(procedure, events, as_of=as_of, limits=limits, days=days)
        governing = [clock for clock in clocks if clock.limit in s.VERIFYING and clock.open and clock.governs]
        if governing:
            found[file] = governing[-1]
    return found
