"""The desk."""

from django.conf import settings
from django.http import Http404, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from benan.accounts.installation import is_demo
from benan.accounts.roles import P
from benan.audit import trail
from benan.shell import queries
from benan.shell.samples import sample_context


def home(request):
    """What must be done today, what is late, who is new, for whom one waits. Leaders begin at the plan."""
    user = request.user
    if user.may(P.FIGURES_ALL) and not user.may(P.FILE_VIEW) and "ban-viec" not in request.GET:
        return redirect("reports:plan")
    desk = queries.desk(user)
    trail.look_at_list(request, "shell:home", queries.shown(desk))
    return render(request, "shell/desk.html", desk)


def components(request):
    """Every component in every state, with fictional people; a real installation has no such page."""
    if not is_demo():
        raise Http404
    return render(request, "shell/components.html", sample_context())


def broken(request):
    """The page of an error. The database may be what failed, so it is not asked; a legal day that is set is a demo's."""
    return HttpResponseServerError(render_to_string("500.html", {"demo": bool(settings.BENAN_TODAY)}))
