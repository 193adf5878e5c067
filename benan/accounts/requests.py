"""Requests as views get them."""

from django.http import HttpRequest

from benan.accounts.models import User


class OfficerRequest(HttpRequest):
    """A request of somebody who is signed in: the middleware lets nobody else through to a view.

    `once` is the token by which the form that was sent works once, "" for none (`once.FormsWorkOnce`).
    """

    user: User
    once: str
