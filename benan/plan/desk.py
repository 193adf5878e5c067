"""What plans put on the desk: plans of one's own agencies to draft, mend and approve. Their activities stand there as what is
due (`plan.dues`)."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.clock_state import ClockState
from benan.core.days import show
from benan.core.desk import Decision, DeskPanel, DeskPart, OpenTask, Task, TaskList
from benan.core.reference import remembered
from benan.plan import parties, policy
from benan.plan import queries as plans
from benan.plan.models import AgencyGroup, AgencyPlan, AgencyPlanStep, ClauseAgency, Plan
from benan.plan.speech import time_of


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Plans that were given back, as tasks; those put before the user as head, as decisions; the rest in a panel."""
    held = {permission for seat in user.seats for permission in seat.rights.permissions}
    tasks, decisions, panels = [], [], []
    if P.WORK_RECORD in held:
        offices = policy.acting_for(user, P.WORK_RECORD, today)
        tasks = _given_back(offices, today)
        panels = _panel(offices, today)
    if P.WORK_APPROVE in held:
        decisions = _before_head(policy.acting_for(user, P.WORK_APPROVE, today), today)
    return DeskPart(tasks=TaskList.whole(tasks), decisions=decisions, panels=panels)


def _given_back(offices: Sequence[Agency], today: dt.date) -> list[OpenTask]:
    rows = _in_state(offices, AgencyPlan.State.RETURNED).prefetch_related("steps")
    names = agencies.names([row.agency_id for row in rows], today)
    return [
        OpenTask(state=ClockState.NONE, task=partial(_task, row, names.get(row.agency_id, ""), row.steps.all()))
        for row in rows
    ]


def _task(row: AgencyPlan, name: str, steps: Sequence[AgencyPlanStep], _held: None) -> Task:
    given_back = [step for step in steps if step.kind == AgencyPlanStep.Kind.RETURNED][-1]
    return Task(
        what=_("Sửa kế hoạch %(when)s của %(name)s: %(words)s")
        % {"when": time_of(row.year), "name": name, "words": given_back.words},
        state=ClockState.NONE, clock=_("từ %(on)s") % {"on": f"{given_back.on:%d/%m}"},
        law=_("thủ trưởng trả lại ngày %(on)s · kế hoạch %(plan)s") % {"on": show(given_back.on), "plan": row.plan.number},
        action=_("Mở kế hoạch"), action_url=_address(row.plan, row.agency, row.year),
    )  # fmt: skip


def _before_head(offices: Sequence[Agency], today: dt.date) -> list[Decision]:
    rows = _in_state(offices, AgencyPlan.State.BEFORE_HEAD)
    names = agencies.names([row.agency_id for row in rows], today)
    return [
        Decision(
            _("Kế hoạch %(when)s của %(name)s chờ duyệt")
            % {"when": time_of(row.year), "name": names.get(row.agency_id, "")},
            _address(row.plan, row.agency, row.year),
        )
        for row in rows
    ]


def _in_state(offices: Sequence[Agency], state: str) -> Any:
    return AgencyPlan.objects.filter(agency__in=offices, state=state).select_related("plan", "agency").order_by("pk")


def _panel(offices: Sequence[Agency], today: dt.date) -> list[DeskPanel]:
    """The plan of the year of each of the user's agencies that leads something, where something is to be done with it."""
    plan = plans.current(today)
    leading = [office for office in offices if plan and _leads(plan, office, today)]
    if plan is None or not leading:
        return []
    rows = AgencyPlan.objects.filter(plan=plan, agency__in=leading).order_by("version")
    own = [row for row in rows if row.year in (today.year, None)]
    latest = {row.agency_id: row for row in sorted(own, key=lambda row: row.year is not None)}
    force = {row.agency_id for row in own if row.state == AgencyPlan.State.APPROVED}
    names = agencies.names([office.pk for office in leading], today)
    waiting = [
        (names.get(office.pk, ""), latest.get(office.pk), _address(plan, office, today.year))
        for office in leading
        if office.pk not in force
    ]
    if not waiting:
        return []
    return [DeskPanel("agency_plans", 60, "plan/desk_agency_plans.html", {"waiting": waiting, "year": today.year})]


def _leads(plan: Plan, office: Agency, today: dt.date) -> bool:
    return any(office in parties.members(plan, key, today) for key in _lead_keys(plan.pk))


@remembered
def _lead_keys(plan: int) -> tuple[str, ...]:
    """The keys that lead a clause of a plan, "all" last: it is asked about the longest."""
    leads = ClauseAgency.objects.filter(clause__plan=plan, part=ClauseAgency.Part.LEAD)
    keys = sorted(set(leads.order_by().values_list("agency", flat=True)))
    return tuple(sorted(keys, key=lambda key: key == AgencyGroup.ALL))


def _address(plan: Plan, agency: Agency, year: int | None) -> str:
    return reverse("plan:agency_plan", args=[plan.slug, agency.key, year])
