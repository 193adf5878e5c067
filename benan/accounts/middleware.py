"""Nobody works without a second factor."""

from django.shortcuts import redirect
from django.urls import resolve

OPEN = {
    "account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "accounts:enter",
}  # fmt: skip
DEMO = "entered_a_demo"


class SecondFactorRequired:
    """Send an officer without a second factor to set one up, whatever page they asked for.

    It is asked anew at each page, so that taking a factor away counts at once. Who came into a demo by its link
    needs none.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._needs_one(request) and resolve(request.path_info).view_name not in OPEN:
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _needs_one(self, request):
        user = request.user
        return user.is_authenticated and not request.session.get(DEMO) and not user.has_second_factor()
