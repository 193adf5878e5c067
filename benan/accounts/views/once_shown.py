"""A link that lets in once, shown once to who made it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from benan.accounts.actions import links
from benan.accounts.models import User
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.core.refusals import Refused


def link_page(request: OfficerRequest, person: User, kind: str) -> HttpResponse:
    """Make a link and show it, or lead back with the refusal."""
    try:
        secret = links.make_link(by=request.user, user=person, kind=kind)
    except Refused as refused:
        messages.error(request, refused.message)
        if request.user.may(P.USER_MANAGE):
            return redirect("accounts:person", person.username)
        return redirect("accounts:confirmations")
    return shown_once(request, person, secret, kind)


def shown_once(request: OfficerRequest, person: User, secret: str, kind: str) -> HttpResponse:
    """The page of a link just made, which nothing keeps."""
    url = request.build_absolute_uri(reverse("accounts:enter", args=[secret]))
    manages = request.user.may(P.USER_MANAGE)
    context = {"person": person, "url": url, "kind": kind, "days": links.LINK_LIFE[kind].days, "manages": manages}
    answer = render(request, "accounts/link.html", context)
    # Where the same form leads when it is sent again: not here, for what is shown once.
    answer["Content-Location"] = (
        reverse("accounts:person", args=[person.username]) if manages else reverse("accounts:confirmations")
    )
    return answer
