"""How long it takes to open a period for 200 units and to make one report of their returns."""

import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.core.days import legal_day
from benan.plan.models import AgencyGroup, Plan, ReportRule
from benan.reports.actions import consolidating, opening
from benan.reports.models import Period, Return
from bench.pages import SLUG
from ops.prepare import say

UNITS = 200


def measure() -> dict[str, Any]:
    """Seconds of opening and of consolidating, and how many units there were; nothing of it is kept."""
    with transaction.atomic():
        found = _measured()
        transaction.set_rollback(True)
    say(f"  báo cáo kỳ, {found['units']} đơn vị: mở {found['open']:.2f} giây, tổng hợp {found['consolidate']:.2f} giây")
    return found


def _measured() -> dict[str, Any]:
    """Every commune reports, each with all figures, since the province has no 200 other agencies."""
    plan = Plan.objects.get(slug=SLUG)
    for form in plan.forms.values():
        form["lines"] = [{**line, "givers": []} for line in form["lines"]]
    officer = next(user for user in User.objects.filter(is_active=True) if user.may(P.RETURNS_MANAGE))
    rule = ReportRule.objects.filter(clause__plan=plan, key="nam").select_related("clause__plan").get()
    rule.givers = [*(key for key in rule.givers if key != AgencyGroup.DISTRICTS), AgencyGroup.COMMUNES.value]
    # The one that the demo opened makes way, until all of this is rolled back.
    Period.objects.filter(plan=plan, kind=rule.key, year=legal_day().year).update(key="opened-before", cumulative=True)
    began = time.monotonic()
    period = opening.open_period(by=officer, plan=plan, rule=rule, year=legal_day().year)
    opened = time.monotonic()
    rows = Return.objects.filter(period=period)
    spare = list(rows.values_list("pk", flat=True)[UNITS:])
    kept = rows.exclude(pk__in=spare)
    kept.update(state=Return.State.SUBMITTED, submitted_on=legal_day(), frozen_at=timezone.now())
    ready = time.monotonic()
    consolidating.consolidate(by=officer, period=period, with_missing=True)
    ended = time.monotonic()
    return {"units": kept.count(), "open": opened - began, "consolidate": ended - ready}
