"""Which clauses of which plan the page at hand serves."""

from django.http import HttpRequest

from benan.core.days import legal_day
from benan.plan import queries as plans
from benan.plan.serving import Citation, cited_by


def cited(request: HttpRequest) -> dict[str, Citation]:
    """The clauses that the plan of today names the current page for; pages of a plan give their own instead."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    user = getattr(request, "user", None)
    if not view or user is None or not user.is_authenticated:
        return {"cited": Citation()}
    plan = plans.latest(legal_day())
    return {"cited": cited_by(plan, view) if plan else Citation()}
