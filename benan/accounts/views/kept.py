"""What was typed outlives the session: it is given back in the browser, to be sent again after signing in.

Nothing is stored meanwhile. Only what a page of ours for officers sent is given back: never passwords and codes,
never what another site made a browser send.
"""

from django.shortcuts import render
from django.views.csrf import csrf_failure

from benan.core.pages import ONCE


def may_keep(request) -> bool:
    """Whether a form sent to this address holds work: pages of ours that need signing in, none of the entrance's."""
    at = request.resolver_match
    return bool(at and at.namespace and at.url_name and getattr(at.func, "login_required", True))


def give_back(request, refused=None, status=422):
    """A page that holds every field of the form, with what to do before it can be sent.

    The form keeps the token by which it works once, so that what was written already is not written again; one
    `refused` is given a new one. `status` is that of a refusal.
    """
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in typed if name not in ("csrfmiddlewaretoken", ONCE)]
    request.once = "" if refused else request.POST.get(ONCE, "")
    context = {"fields": fields, "refused": refused}
    return render(request, "accounts/kept.html", context, status=status if refused else 403)


def token_refused(request, reason=""):
    """A form with another session's token (CSRF_FAILURE_VIEW): given back where the browser says it is from here."""
    here = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") == here and may_keep(request):
        return give_back(request)
    return csrf_failure(request, reason)
