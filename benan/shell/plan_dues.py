"""The days that a plan sets, as what is due from the agencies that its clauses name."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.notices.due import Due
from benan.plan import queries as plans
from benan.plan.models import AgencyKey
from benan.plan.serving import agency_kinds, plan_keys


def due(agencies: Collection[int], first: dt.date, last: dt.date) -> Iterator[Due]:
    """The plan days of agencies (ids) by the plans in force within; one whose day has gone by counts as done.

    Whether it was done is not known here. Who makes the province's reports has these days on the desk already.
    """
    today = legal_day()
    rows = list(Agency.objects.filter(pk__in=agencies, kind__in=agency_kinds(AgencyKey.ALL)))
    for plan in plans.plans().filter(period__overlap=(first, last)):
        answered = {row.pk: set(plans.led_by(plan, *plan_keys(row)).values_list("pk", flat=True)) for row in rows}
        for one in plans.due_days(plan, first, last):
            clause = one.deadline.clause
            for row in rows:
                if clause.pk in answered[row.pk]:
                    yield Due(
                        key=f"plan:{plan.number}:{clause.number}:{one.deadline.key}:{one.on.year}:{row.key}",
                        day=one.on, agency=row.pk, what=one.deadline.what,
                        law=_("kế hoạch %(plan)s, mục %(number)s") % {"plan": plan.number, "number": clause.number},
                        url=reverse("plan:clause", args=[clause.number]), done=one.on < today, on_desk=False,
                    )  # fmt: skip
