"""What falls due from agencies under the province's plans: deadlines, reports, consolidated reports, activities of their own
plans."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies_by_day
from benan.agencies.models import Agency
from benan.notices.due import Due
from benan.plan import agency_plans, duties, parties, policy, speech
from benan.plan import queries as plans
from benan.plan.agency_plans import ActivityState
from benan.plan.models import AgencyPlan, Plan
from benan.plan.periods import report_views


def due(agencies: Collection[int], first: dt.date, last: dt.date) -> Iterator[Due]:
    """What falls due from agencies (ids) within, by the plans in force then; reports stand on the desk by themselves.

    From a labour office also what falls due from the People's Committee of its district, whose papers it drafts.
    """
    rows = parties.drafters_of(parties.rows(agencies), first)
    yield from _activities(rows, first, last)
    for plan in plans.overlapping(first - plans.AFTERWARDS, last):
        met = duties.met_deadlines(plan, last)
        own = plans.set_deadlines(plan.pk)
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
                    on_desk=(one.clause.pk, one.key) in own, within_year=one.within_year,
                )  # fmt: skip


def followed(user: User, today: dt.date) -> list[int]:
    """The agencies from which something falls due under the plans that a user follows up, those that draft for others last."""
    found: list[Agency] = []
    for plan in plans.overlapping(today - plans.AFTERWARDS, today):
        if policy.follows_up(user, P.RETURNS_MANAGE, plan, today):
            on = agency_plans.day_in(plan, today)
            keys = dict.fromkeys(key for one in plans.every_due_day(plan) for key in one.keys)
            planning = AgencyPlan.objects.filter(plan=plan, state=AgencyPlan.State.APPROVED).select_related("agency")
            found += [*parties.whole(plan, keys, on), *(each.agency for each in planning)]
    drafting = parties.DRAFTERS.values()
    return [agency.pk for agency in sorted(dict.fromkeys(found), key=lambda agency: agency.kind in drafting)]


def _activities(rows: Collection[tuple[Agency, Agency]], first: dt.date, last: dt.date) -> Iterator[Due]:
    """The activities of approved plans, from each agency and from the office that drafts for it.

    Their titles were typed freely: letters name the clause and the place in the plan alone.
    """
    drafters: dict[int, list[Agency]] = defaultdict(list)
    for office, agency in rows:
        drafters[agency.pk].append(office)
    lines = agency_plans.ending_within(drafters, first, last)
    names = agencies_by_day.names({line.activity.agency_plan.agency_id for line in lines}, first)
    for line in lines:
        activity = line.activity
        of = activity.agency_plan
        told = {
            "n": line.place, "number": activity.clause.number, "when": speech.time_of(of.year),
            "name": names.get(of.agency_id, of.agency.key),
        }  # fmt: skip
        own = _("Hoàn thành hoạt động thứ %(n)d của mục %(number)s, kế hoạch %(when)s")
        others = _("Hoàn thành hoạt động thứ %(n)d của mục %(number)s, kế hoạch %(when)s của %(name)s")
        page = reverse("plan:agency_plan", args=[of.plan.slug, of.agency.key, of.year])
        for office in drafters[of.agency_id]:
            yield Due(
                key=f"activity:{of.plan.slug}:{of.year_key}:{activity.identity}:{of.agency.key}", day=activity.last,
                agency=office.pk, what=(own if office.pk == of.agency_id else others) % told, title=activity.what,
                law=_("kế hoạch %(plan)s, mục %(number)s") % {"plan": of.plan.number, "number": activity.clause.number},
                url=f"{page}?ban={of.version}#hd-{activity.identity}", done=line.state == ActivityState.DONE,
            )  # fmt: skip


def _url(plan: Plan, one: plans.PlanDueDay, *, is_report: bool) -> str:
    """Where it is done: the page of reports, or that of the clause."""
    if is_report and report_views:
        return reverse(next(iter(report_views)), args=[plan.slug])
    return reverse("plan:clause", args=[plan.slug, one.clause.number])
