"""Limits of verification that ran by convention on a past day and have since given way to the true ones.

The rows of clocks hold what is known now. Of a request that was on its way on the day of looking, they know the
limit counted from its arrival; on that day it ran from the day of sending. There are few such cases.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from benan.cases.models import Case, Step
from benan.rules import deadlines, procedures
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable
from tests.indicators.oracle.cases import has_step
from tests.indicators.oracle.verification import VERIFYING, findings_by


def limits_by_convention(people: QuerySet[Case], as_of: dt.date) -> dict[int, deadlines.RunningLimit]:
    """For cases without an answer on a day whose papers arrived later: the limit under which verification stood then.

    By case id. Four queries. The legal day plays no part: a test may ask from a day before the last step of a case.
    """
    arrived = Step.objects.filter(
        case=OuterRef("pk"), event__in=("request_received", "report_received"), on__gt=as_of, corrected_by=None
    )
    people = people.filter(Exists(arrived), ~Exists(findings_by(as_of)), has_step(as_of, "request_sent"))
    arrivals = {
        pk: (channel, came_on)
        for pk, channel, came_on in people.values_list("pk", "reception__channel", "reception__came_on")
    }
    if not arrivals:
        return {}
    days, limits = DayTable.load(), LimitTable.load()
    happened: dict[int, list[deadlines.RecordedEvent]] = {}
    rows = Step.objects.filter(case__in=arrivals.keys(), on__lte=as_of, corrected_by=None).exclude(event="")
    for case, event, on in rows.values_list("case", "event", "on"):
        happened.setdefault(case, []).append(deadlines.RecordedEvent(event, on))
    found = {}
    for case, events in happened.items():
        procedure = procedures.begun_by(*arrivals[case])
        clocks = deadlines.running(procedure, events, as_of=as_of, limits=limits, days=days)
        governing = [clock for clock in clocks if clock.limit in VERIFYING and clock.open and clock.governs]
        if governing:
            found[case] = governing[-1]
    return found
