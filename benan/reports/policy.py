"""Who may read and do what with returns. Returns are exact and restricted: they are read by who gives, gets or governs them."""

import datetime as dt

from django.db.models import Q

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.places.queries import HOME
from benan.plan import parties
from benan.plan import policy as plans
from benan.plan.models import Plan
from benan.reports.models import Return, ReturnRows


def readable(user: User, plan: Plan, on: dt.date) -> ReturnRows:
    """The returns of a plan that a user may read: of the agencies for which they act, or where they see all figures or follow up the
    plan, every one that was submitted before. What is drafted is nobody else's."""
    own = acting(user, plan, on)
    if user.may(P.FIGURES_ALL) or manages(user, plan, on):
        return _of_plan(plan).filter(Q(submitted_on__isnull=False) | Q(pk__in=own.values("pk")))
    return own


def acting(user: User, plan: Plan, on: dt.date) -> ReturnRows:
    """The returns of a plan that a user drafts or, as head, submits."""
    drafting = plans.agencies_for(user, P.WORK_RECORD, on).values("pk")
    approving = plans.agencies_for(user, P.WORK_APPROVE, on).values("pk")
    own = Q(consolidates=False, agency__in=drafting) | Q(agency__in=approving)
    if manages(user, plan, on):
        own |= Q(consolidates=True)
    return _of_plan(plan).filter(own)


def _of_plan(plan: Plan) -> ReturnRows:
    rows = Return.objects.filter(period__plan=plan)
    return rows.select_related("period__plan", "agency__superior", "replaces", "scan", "paper", "arrival")


def scans(user: User) -> Q:
    """The condition on stored files that are scans of returns which a user may read."""
    condition = Q(pk__in=[])
    for plan in Plan.objects.filter(province=HOME):
        condition |= Q(pk__in=readable(user, plan, legal_day()).exclude(scan=None).values("scan"))
    return condition


def manages(user: User, plan: Plan, on: dt.date) -> bool:
    """Whether a user opens the periods of a plan, and takes and consolidates its returns."""
    return plans.follows_up(user, P.RETURNS_MANAGE, plan, on)


def drafts(user: User, agency: Agency, on: dt.date) -> bool:
    """Whether a user drafts the returns of an agency."""
    return plans.agencies_for(user, P.WORK_RECORD, on).filter(pk=agency.pk).exists()


def approves(user: User, agency: Agency, on: dt.date) -> bool:
    """Whether a user is the head who submits the returns of an agency."""
    return plans.agencies_for(user, P.WORK_APPROVE, on).filter(pk=agency.pk).exists()


def follow_up(plan: Plan, on: dt.date) -> Agency | None:
    """The agency that follows up a plan on a day; None where it has none."""
    return next(iter(parties.members(plan, plan.follow_up, on)), None)
