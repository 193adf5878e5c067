"""Reads for the pages of the plans of agencies."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.days import show
from benan.plan import agency_plans, policy
from benan.plan.agency_plans import ActivityLine, ActivityState, AgencyRow
from benan.plan.models import AgencyPlan, Clause, Plan
from benan.plan.serving import cited_by

QUARTERS = ("I", "II", "III", "IV")
AHEAD = dt.timedelta(days=30)


def agency_plan_page(
    user: User, plan: Plan, agency: Agency, year: int | None, today: dt.date, version: int | None = None
) -> dict[str, Any]:
    """The plan of an agency for a year: its activities by clause and by quarter, what it leaves out, and what comes next.

    A draft is shown to those who work on it; everybody else sees the approved version.
    """
    on = agency_plans.day_in(plan, today)
    may_draft = policy.agencies_for(user, P.WORK_RECORD, today).filter(pk=agency.pk).exists()
    may_approve = policy.agencies_for(user, P.WORK_APPROVE, today).filter(pk=agency.pk).exists()
    every = list(agency_plans.versions(plan, agency, year))
    visible = [row for row in every if may_draft or may_approve or row.state == AgencyPlan.State.APPROVED]
    shown = next((row for row in visible if row.version == version), None) if version else None
    shown = shown or next(iter(visible), None)
    activities = list(shown.activities.select_related("clause")) if shown else []
    lines = agency_plans.lines(activities, today)
    led = agency_plans.leads(plan, agency, on)
    planned = {each.clause_id for each in activities}
    steps = list(shown.steps.select_related("by")) if shown else []
    latest = bool(shown) and shown == every[0]
    return {
        "plan": plan,
        "agency": agency,
        "name": agencies.names([agency.pk], on).get(agency.pk, agency.key),
        "year": year,
        "years": agency_plans.years(plan),
        "of_plan": shown,
        "in_force": _in_force(visible),
        "versions": visible,
        "being_drafted": bool(every) and not visible,
        "clauses": _by_clause(lines),
        "quarters": _by_quarter(lines, year) if year else [],
        "count": len(activities),
        "done": sum(line.state == ActivityState.DONE for line in lines),
        "late": sum(line.state == ActivityState.LATE for line in lines) if shown and shown == _in_force(visible) else 0,
        "money": sum(each.money or 0 for each in activities),
        "led": led,
        "uncovered": [clause for clause in led if clause.pk not in planned] if shown else led,
        "steps": steps,
        "may_draft": may_draft,
        "may_approve": may_approve,
        "may_record": may_draft and bool(shown) and shown == _in_force(visible),
        "may_edit": may_draft and latest and bool(shown and shown.is_open),
        "may_replace": may_draft and latest and bool(shown and shown.state == AgencyPlan.State.APPROVED),
        "may_begin": may_draft and not every and agency_plans.has_part(plan, agency, today),
        "may_copy": year is not None and agency_plans.approved(plan, agency, year - 1) is not None,
        "asked_of_head": may_approve and latest and bool(shown and shown.state == AgencyPlan.State.BEFORE_HEAD),
        "may_record_paper": may_draft
        and bool(shown and shown.state == AgencyPlan.State.APPROVED and not shown.paper_no),
        "cited": cited_by(plan, "plan:agency_plans"),
    }


def what_happened(agency_plan: AgencyPlan) -> str:
    """Where an agency's plan stands and since when, for who comes to a step that is over."""
    if agency_plan.paper_no:
        told = {"paper": agency_plan.paper_no, "on": show(agency_plan.paper_on)}
        return _("Kế hoạch này đã được duyệt, kèm theo văn bản số %(paper)s ngày %(on)s.") % told
    words = {
        AgencyPlan.State.DRAFT: _("Bản %(version)d của kế hoạch này đang lập, chưa trình thủ trưởng."),
        AgencyPlan.State.BEFORE_HEAD: _("Kế hoạch này đã trình thủ trưởng ngày %(on)s, đang chờ duyệt."),
        AgencyPlan.State.RETURNED: _("Thủ trưởng đã trả lại kế hoạch này để sửa, ngày %(on)s."),
        AgencyPlan.State.APPROVED: _("Kế hoạch này đã được duyệt ngày %(on)s."),
    }[AgencyPlan.State(agency_plan.state)]
    last = agency_plan.steps.order_by("-pk").values_list("on", flat=True)[0]
    return words % {"version": agency_plan.version, "on": show(last)}


def everybody_page(plan: Plan, year: int | None, today: dt.date) -> dict[str, Any]:
    """The plans of all agencies for a year: who has one, how many activities, what is left out, the money; and by clause."""
    rows = agency_plans.rows(plan, year, today)
    names = agencies.names([row.agency.pk for row in rows], agency_plans.day_in(plan, today))
    approved = sum(_is_approved(row) for row in rows)
    return {
        "plan": plan,
        "year": year,
        "years": agency_plans.years(plan),
        "sentence": _everybody_in_words(len(rows), approved),
        "rows": [(names.get(row.agency.pk, ""), row) for row in sorted(rows, key=_order)],
        "clauses": [
            (clause, [(names.get(row.agency.pk, ""), row.agency, len(activities)) for row, activities in listed])
            for clause, listed in agency_plans.by_clause(rows).items()
        ],
        "money": sum(row.money for row in rows),
        "activities": sum(len(row.activities) for row in rows),
        "cited": cited_by(plan, "plan:agency_plans"),
    }


def panel(user: User, plan: Plan, agency: Agency, today: dt.date) -> tuple[str, dict[str, Any]]:
    """The plan of the year on the page of an agency, and what is due next by it."""
    return "plan/agency_plan_panel.html", _summary(plan, agency, today)


def _summary(plan: Plan, agency: Agency, today: dt.date) -> dict[str, Any]:
    on = agency_plans.day_in(plan, today)
    latest = agency_plans.versions(plan, agency, on.year).first()
    force = agency_plans.approved(plan, agency, on.year) or agency_plans.approved(plan, agency, None)
    lines = agency_plans.lines(list(force.activities.select_related("clause")), today) if force else []
    waiting = [line for line in lines if line.state != ActivityState.DONE]
    return {
        "plan": plan,
        "agency": agency,
        "year": on.year if latest or not force else force.year,
        "latest": latest,
        "in_force": force,
        "next": sorted(waiting, key=lambda line: line.activity.last)[:5],
    }


def _in_force(rows: Sequence[AgencyPlan]) -> AgencyPlan | None:
    return next((row for row in rows if row.state == AgencyPlan.State.APPROVED), None)


def _by_clause(lines: Sequence[ActivityLine]) -> list[tuple[Clause, list[ActivityLine], int]]:
    found: dict[Clause, list[ActivityLine]] = {}
    for line in lines:
        found.setdefault(line.activity.clause, []).append(line)
    return [(clause, own, sum(each.activity.money or 0 for each in own)) for clause, own in found.items()]


def _by_quarter(lines: Sequence[ActivityLine], year: int) -> list[tuple[str, list[tuple[ActivityLine, bool]]]]:
    """Each quarter with the activities that run in it, and whether they began before it."""
    found = []
    for position, name in enumerate(QUARTERS):
        first, after = dt.date(year, 3 * position + 1, 1), dt.date(year + position // 3, (3 * position + 3) % 12 + 1, 1)
        running = [line for line in lines if line.activity.first < after and line.activity.last >= first]
        found.append((name, [(line, line.activity.first < first) for line in running]))
    return found


def _is_approved(row: AgencyRow) -> bool:
    return row.agency_plan is not None and row.agency_plan.state == AgencyPlan.State.APPROVED


def _order(row: AgencyRow) -> tuple[bool, bool]:
    """Those without a plan first, then those whose plan is not approved."""
    return row.agency_plan is not None, _is_approved(row)


def _everybody_in_words(many: int, approved: int) -> str:
    if not many:
        return _("Kế hoạch này không giao việc cho đơn vị nào của tỉnh.")
    return _("%(approved)d trên %(many)d đơn vị đã có kế hoạch được duyệt.") % {"approved": approved, "many": many}
