"""What falls due from agencies under the province's plans: deadlines, reports, consolidated reports."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.agencies.models import Agency
from benan.notices.due import Due
from benan.places.queries import HOME
from benan.plan import duties, parties
from benan.plan import queries as plans
from benan.plan.models import Plan, PlanDeadline
from benan.plan.periods import report_views


def due(agencies: Collection[int], first: dt.date, last: dt.date) -> Iterator[Due]:
    """What falls due from agencies (ids) within, by the plans in force then; reports stand on the desk by themselves.

    From a labour office also what falls due from the People's Committee of its district, whose papers it drafts.
    """
    offices = Agency.objects.filter(pk__in=agencies)
    rows = [(office, agency) for office in offices for agency in parties.drafted_for([office], first)]
    span = (first - plans.AFTERWARDS, last)
    for plan in plans.plans().filter(province=HOME, period__overlap=span):
        met = duties.met_deadlines(plan, last)
        own = set(PlanDeadline.objects.filter(clause__plan=plan).values_list("clause", "key"))
        for one in plans.due_days(plan, first, last):
            members = {
                member.pk for key in one.keys for member in parties.members(plan, key, min(one.on, plan.last_day))
            }
            for office, row in (each for each in rows if each[1].pk in members):
                deadline = plans.deadline_key(one.key, one.year)
                yield Due(
                    key=f"plan:{plan.slug}:{one.clause.number}:{deadline}:{row.key}", day=one.on, agency=office.pk,
                    what=one.what,
                    law=_("kế hoạch %(plan)s, mục %(number)s") % {"plan": plan.number, "number": one.clause.number},
                    url=_url(plan, one, is_report=(one.clause.pk, one.key) not in own), done=(deadline, row.pk) in met,
                    on_desk=(one.clause.pk, one.key) in own,
                )  # fmt: skip


def _url(plan: Plan, one: plans.PlanDueDay, *, is_report: bool) -> str:
    """Where it is done: the page of reports, or that of the clause."""
    if is_report and report_views:
        return reverse(next(iter(report_views)), args=[plan.slug])
    return reverse("plan:clause", args=[plan.slug, one.clause.number])
