"""Which clauses of the plan the page at hand serves."""

from benan.reports.clauses import SERVES

# Pages about one clause or indicator, named in their address.
OWN = {"reports:clause", "reports:indicator"}


def clauses(request):
    """The clauses that the current page serves, for its foot."""
    match = request.resolver_match
    if match is None:
        return {"clauses": ()}
    if match.view_name in OWN:
        return {"clauses": (match.kwargs["number"],)}
    return {"clauses": SERVES.get(match.view_name, ())}
