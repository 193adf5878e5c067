"""What falls due from agencies for periods on request; those of a plan's rules are told by the plan."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.notices.due import Due
from benan.plan import parties
from benan.reports.models import GIVEN, Kind, Period, Return


def due(agencies: Collection[int], first: dt.date, last: dt.date) -> Iterator[Due]:
    """The returns that agencies (ids) give, or draft for others, for periods that a superior asked for and that are due within."""
    drafters: dict[int, list[int]] = defaultdict(list)
    for drafter, row in parties.drafters_of(parties.rows(agencies), first):
        drafters[row.pk].append(drafter.pk)
    rows = Return.objects.filter(agency__in=drafters, consolidates=False, period__due_on__range=(first, last)).newest()
    for ret in rows.filter(period__kind__in=Kind.values).select_related("period__plan", "agency"):
        period = ret.period
        for office in drafters[ret.agency_id]:
            yield Due(
                key=f"return:{period.plan.slug}:{period.key}:{ret.agency.key}", day=period.due_on, agency=office,
                what=_what(period), law=_("văn bản %s") % period.ground,
                url=reverse("reports:return", args=[period.plan.slug, period.key, ret.slug]),
                done=ret.state in GIVEN or ret.replaces_id is not None, on_desk=False,
            )  # fmt: skip


def _what(period: Period) -> str:
    """A period by its kind and days alone: what is due is sent by mail, and the name of a period is typed words."""
    if period.kind == Kind.QUARTER:
        quarter = ("I", "II", "III", "IV")[(period.last.month - 1) // 3]
        return _("Báo cáo kết quả quý %(quarter)s năm %(year)s") % {"quarter": quarter, "year": period.last.year}
    if period.kind == Kind.NINE_MONTHS:
        return _("Báo cáo kết quả 9 tháng năm %s") % period.last.year
    return _("Báo cáo đột xuất, số liệu đến %s") % show(period.last)
