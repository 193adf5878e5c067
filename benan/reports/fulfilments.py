"""Which deadlines of a plan are met by returns."""

import datetime as dt
from collections.abc import Iterator

from benan.plan.duties import Fulfilment
from benan.plan.models import Plan
from benan.plan.queries import deadline_key
from benan.reports.models import CONSOLIDATED, GIVEN, Return


def fulfilments(plan: Plan, on: dt.date) -> Iterator[Fulfilment]:
    """The deadlines of reports that agencies met by a day: with the first return of each that was submitted and stands."""
    rows = Return.objects.filter(period__plan=plan, state__in=GIVEN, submitted_on__lte=on).order_by("-number")
    for kind, year, agency, consolidates, submitted_on in rows.values_list(
        "period__kind", "period__year", "agency", "consolidates", "submitted_on"
    ):
        key = f"{CONSOLIDATED}-{kind}" if consolidates else kind
        if submitted_on:
            yield Fulfilment(deadline_key(key, year), agency, submitted_on)
