"""The desk."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from benan.accounts.installation import is_demo
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases import access_log
from benan.shell import queries
from benan.ui.samples import sample_context


def home(request: OfficerRequest) -> HttpResponse:
    """What must be done today, what is late, who is new, for whom one waits. Leaders begin at the plan."""
    user = request.user
    if user.may(P.FIGURES_ALL) and not user.may(P.CASE_VIEW) and "ban-viec" not in request.GET:
        return redirect("plan:overview")
    desk = queries.desk(user)
    access_log.look_at_list(request, "shell:home", queries.shown_cases(desk))
    return render(request, "shell/desk.html", desk)


def components(request: OfficerRequest) -> HttpResponse:
    """Every component in every state, with fictional people; a real installation has no such page."""
    if not is_demo():
        raise Http404
    return render(request, "ui/components.html", sample_context())
