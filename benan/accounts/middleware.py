"""How long a session lasts, and that nobody works without it or without a second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve

from benan.accounts import installation
from benan.accounts.views import kept
from benan.core.days import clock

OPEN = {
    "account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "accounts:enter",
}  # fmt: skip
DEMO = "entered_a_demo"
DESK = "desk"  # in a session: when it began, and when a page was last noted, in seconds of the clock
LONGEST, NOTED = 12 * 60 * 60, 5 * 60


class SessionTimeLimit:
    """Keep a session open while somebody works, and end it after a day's work whatever happens.

    It lasts two hours (SESSION_COOKIE_AGE) from the last page. That is noted every five minutes at most, so that
    reading stays reading.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock().timestamp())
            began, last = request.session.get(DESK, (now, 0))
            if now - began > LONGEST:
                logout(request)
            elif now - last > NOTED:
                request.session[DESK] = [began, now]
        return self.get_response(request)


class SecondFactorRequired:
    """Send an officer without a second factor to set one up, whatever page they asked for.

    It is asked anew at each page, so that taking a factor away counts at once. Who came into a demo by its link
    needs none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._needs_one(request) and resolve(request.path_info).view_name not in OPEN:
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _needs_one(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or user.has_second_factor():
            return False
        return not (request.session.get(DEMO) and installation.is_demo())


class SignInRequired(LoginRequiredMiddleware):
    """Send whoever is not signed in to do so; what they typed in a page left open too long is given back first."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseBase:  # type: ignore[override]  # not only a redirect
        """Answer somebody who is not signed in."""
        if request.method == "POST" and kept.may_keep(request):
            return kept.give_back(request)
        return super().handle_no_permission(request, view_func)
