"""Which clauses of which plan the page at hand serves."""

from django.http import HttpRequest

from benan.core.clause_pages import clause_pages
from benan.plan.serving import Citation


def cited(request: HttpRequest) -> dict[str, Citation]:
    """The clauses contributed for the current page, for its foot; pages of the plan give their own instead."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    page = next((page for page in clause_pages if page.view == view), None)
    return {"cited": Citation(page.plan, page.clauses) if page else Citation()}
