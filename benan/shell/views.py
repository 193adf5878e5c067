"""The desk."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from benan.accounts.installation import is_demo
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases import access_log
from benan.shell import explanations, queries
from benan.ui.pages import may_repeat
from benan.ui.samples import sample_context


def home(request: OfficerRequest) -> HttpResponse:
    """What must be done today, what is late, who is new, for whom one waits. Leaders begin at the plan."""
    user = request.user
    if user.may(P.FIGURES_ALL) and not user.may(P.CASE_VIEW) and "ban-viec" not in request.GET:
        return redirect("plan:home")
    desk = queries.desk(user)
    access_log.look_at_list(request, "shell:home", queries.shown_cases(desk))
    return render(request, "shell/desk.html", desk)


@may_repeat
def explained(request: OfficerRequest) -> HttpResponse:
    """Remember that the explanation of a page was read, and lead back to the address (`path`) where it stood."""
    back = request.POST.get("path", "")
    here = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    if request.method != "POST" or not here:
        return redirect("shell:home")
    response = HttpResponseRedirect(back)  # `redirect` would take some texts for the name of a page
    explanations.mark_read(request, request.user, request.POST.get("page", ""), response)
    return response


def components(request: OfficerRequest) -> HttpResponse:
    """Every component in every state, with fictional people; a real installation has no such page."""
    if not is_demo():
        raise Http404
    return render(request, "ui/components.html", sample_context())
