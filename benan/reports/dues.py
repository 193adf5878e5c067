"""What falls due from agencies for periods on request; those of a plan's rules are told by the plan."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.agencies.models import Agency
from benan.notices.due import Due
from benan.plan import parties
from benan.reports.models import GIVEN, Kind, Return


def due(agencies: Collection[int], first: dt.date, last: dt.date) -> Iterator[Due]:
    """The returns that agencies (ids) give, or draft for others, for periods that a superior asked for and that are due within."""
    drafters: dict[int, list[int]] = defaultdict(list)
    for drafter in Agency.objects.filter(pk__in=agencies):
        for row in parties.drafted_for([drafter], first):
            drafters[row.pk].append(drafter.pk)
    rows = Return.objects.filter(agency__in=drafters, consolidates=False, period__due_on__range=(first, last)).newest()
    for ret in rows.filter(period__kind__in=Kind.values).select_related("period__plan", "agency"):
        period = ret.period
        for office in drafters[ret.agency_id]:
            yield Due(
                key=f"return:{period.plan.slug}:{period.key}:{ret.agency.key}", day=period.due_on, agency=office,
                what=_("Báo cáo kết quả %s") % period.name, law=period.ground,
                url=reverse("reports:return", args=[period.plan.slug, period.key, ret.slug]),
                done=ret.state in GIVEN or ret.replaces_id is not None, on_desk=False,
            )  # fmt: skip
