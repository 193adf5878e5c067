"""Coming in by a link, once; and the codes for a day without the telephone."""

import base64
import re
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordChangeView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from benan.accounts import policy, sessions
from benan.accounts.actions import factors, leaving, links
from benan.accounts.events import AccountEvent
from benan.accounts.factors import codes_left, is_own
from benan.accounts.forms import ENTRY, ChangePasswordForm, CodeAgainForm, CodeForm, NewAppForm
from benan.accounts.middleware import DEMO
from benan.accounts.models import EntryLink, User
from benan.accounts.requests import OfficerRequest
from benan.audit import trail
from benan.core import sealing
from benan.core.addresses import client_address
from benan.core.refusals import Refused
from benan.ui.pages import sent_from, submit

_SET_UP_BY = "second_factor_set_up_by"


@login_not_required
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Show for whom the link is; sending the form uses it up. Looking uses nothing: programs look at links too."""
    link = links.find_link(secret)
    if link is None:
        return _used_up(request)
    form = ENTRY[link.kind](request.POST if request.method == "POST" else None)
    if request.method == "POST":
        user = submit(form, lambda data: _used(request, secret, data))
        if user:
            return _go_on(request, user, link.kind)
        if links.find_link(secret) is None:  # the same form, sent a moment before, used it up
            return _used_up(request)
    context = {"form": form, "person": link.user, "kind": link.kind}
    return render(request, "accounts/enter.html", context, status=422 if form.is_bound else 200)


def _used_up(request: HttpRequest) -> HttpResponse:
    """That a link lets nobody in; who is in by it already, and sent its form twice, goes on."""
    if request.method == "POST" and request.user.is_authenticated:
        return redirect("/")
    return render(request, "accounts/no_link.html", status=404)


class CodeAtSignIn(AuthenticateView):
    """The code after the password."""

    form_class = CodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a head confirms that this officer lost the telephone, or an administrator of the program."""
        return super().get_context_data(**kwargs) | {"headed": bool(policy.guardians(self.stage.login.user))}


class ChangePassword(PasswordChangeView):
    """Changing one's password; allauth's page, our verb. One signs in anew, everywhere."""

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        """Change it, then on to the sign-in and from there to the desk."""
        form.save()
        logout(self.request)
        messages.success(self.request, _("Đã đổi mật khẩu; đăng nhập lại bằng mật khẩu mới."))
        return redirect("account_login")


class CodeAgain(ReauthenticateView):
    """The code again, before something delicate."""

    form_class = CodeAgainForm

    def form_valid(self, form: CodeAgainForm) -> HttpResponse:
        """The session goes on under another key."""
        self.request.session.cycle_key()
        return super().form_valid(form)


class SetUpFactor(ActivateTOTPView):
    """Setting up the authenticator app; allauth's page, our verb."""

    form_class = NewAppForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret to type, and whether there is a key yet under which it is kept."""
        context = super().get_context_data(**kwargs)
        return context | {"key": _in_fours(context["form"].secret), "no_key": not sealing.has_key()}

    def dispatch(self, request: OfficerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The same form sent twice leads where it led the first time."""
        if _sent_before(request):
            return redirect("mfa_view_recovery_codes")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: NewAppForm) -> HttpResponse:
        """Set up, then on to the recovery codes."""
        if not _set_up(self.request, form):
            return self.form_invalid(form)
        messages.success(self.request, _("Đã cài ứng dụng xác thực."))
        return redirect("mfa_view_recovery_codes")


class MakeRecoveryCodes(GenerateRecoveryCodesView):
    """Making recovery codes anew; allauth's page, our verb."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many of those before are left."""
        return FormView.get_context_data(self, **kwargs) | {"unused_code_count": codes_left(self.request.user)}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make them, then show them."""
        try:
            factors.make_recovery_codes(by=self.request.user, session=self.request.session.session_key)
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        messages.success(self.request, _("Đã lập bộ mã dự phòng mới. Bộ cũ không dùng được nữa."))
        return redirect("mfa_view_recovery_codes")


class Factors(IndexView):
    """What one signs in with, and where one is signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many recovery codes are left, without opening them; one's sessions at other browsers."""
        user, key = self.request.user, self.request.session.session_key
        return super().get_context_data(**kwargs) | {
            "codes_left": codes_left(user), "elsewhere": sessions.times_of_other_sessions(user, besides=key),
        }  # fmt: skip


@sent_from("mfa_index")
@reauthentication_required(app="allauth.mfa")
def end_other_sessions(request: OfficerRequest) -> HttpResponse:
    """Sign out at every other browser, having proved who one is."""
    leaving.end_other_sessions(by=request.user, session=request.session.session_key)
    messages.success(request, _("Đã đăng xuất khỏi các máy khác."))
    return redirect("mfa_index")


@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """The codes not used yet. allauth's own page notes in the database that it was seen, which no GET may."""
    try:
        codes = _unused_codes(request)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("mfa_index")
    context = {
        "unused_codes": codes, "total_count": settings.MFA_RECOVERY_CODE_COUNT, "can_view_codes": True,
        "can_download_codes": True, "can_generate_codes": True,
    }  # fmt: skip
    return render(request, "mfa/recovery_codes/index.html", context)


@reauthentication_required(app="allauth.mfa")
def recovery_codes_file(request: OfficerRequest) -> HttpResponse:
    """The same codes as a file of plain text."""
    try:
        codes = _unused_codes(request)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("mfa_index")
    answer = HttpResponse("\n".join(codes), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="ma-du-phong-ben-an.txt"'
    return answer


@reauthentication_required(app="allauth.mfa")
def replace_factor(request: OfficerRequest) -> HttpResponse:
    """Set up another telephone: the old one counts until the code of the new one is right."""
    if _sent_before(request):
        return redirect("mfa_view_recovery_codes")
    if not request.user.has_second_factor():
        return redirect("mfa_activate_totp")
    form = NewAppForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid() and _set_up(request, form):
        messages.success(request, _("Đã đổi điện thoại xác thực. Chép các mã dự phòng mới."))
        return redirect("mfa_view_recovery_codes")
    adapter = get_adapter()
    url = adapter.build_totp_url(request.user, form.secret)
    picture = f"data:image/svg+xml;base64,{base64.b64encode(adapter.build_totp_svg(url).encode()).decode()}"
    context = {"form": form, "totp_url": url, "totp_svg_data_uri": picture, "key": _in_fours(form.secret)}
    return render(request, "mfa/totp/replace.html", context, status=422 if form.is_bound else 200)


def no_deactivation(request: OfficerRequest) -> HttpResponse:
    """Where allauth would take a second factor off: here it is only replaced."""
    return redirect("replace_factor")


def no_password(request: OfficerRequest) -> HttpResponse:
    """Where allauth leads who would change a password but has none: people of a demo, who came in by a link."""
    messages.info(request, _("Người đăng nhập bản trình diễn bằng đường dẫn không có mật khẩu để đổi."))
    return redirect("mfa_index")


def _set_up(request: OfficerRequest, form: NewAppForm) -> bool:
    """Set up the app whose code is in the form; False where the verb refuses, with its words on the form."""
    code, session = form.cleaned_data["code"], request.session.session_key
    try:
        factors.set_up(by=request.user, secret=form.secret, code=code, session=session)
    except Refused as refused:
        form.add_error(refused.field, refused.message)
        return False
    clear_totp_secret(request)
    request.session[_SET_UP_BY] = request.POST["code"]
    return True


def _sent_before(request: OfficerRequest) -> bool:
    """Whether this is the form by which the session set up its second factor already; its code is good for nothing else."""
    code = request.POST.get("code")
    return bool(code) and code == request.session.get(_SET_UP_BY)


def _in_fours(secret: str) -> list[str]:
    return re.findall(".{1,4}", secret)


def _unused_codes(request: OfficerRequest) -> list[str]:
    """The codes, and that they were looked at on the trail. Raises Refused where no key opens them."""
    row = get_object_or_404(request.user.authenticator_set, type="recovery_codes")
    if not is_own(row):
        raise Http404
    trail.look(request, AccountEvent.CODES_SHOWN, on=request.user)
    return row.wrap().get_unused_codes()


def _go_on(request: HttpRequest, user: User, kind: str) -> HttpResponse:
    if kind == EntryLink.Kind.NEW_PASSWORD:
        logout(request)
        messages.success(request, _("Đã đặt mật khẩu mới. Đăng nhập bằng mật khẩu ấy và mã xác thực."))
        return redirect("account_login")
    login(request, user)
    if kind == EntryLink.Kind.DEMO:
        request.session[DEMO] = True
        return redirect("/")
    # They typed the password a moment ago: setting up the second factor does not ask for it again.
    record_authentication(request, user, "password", reauthenticated=True)
    return redirect("mfa_activate_totp")


def _used(request: HttpRequest, secret: str, data: dict[str, Any]) -> User:
    return links.use_link(secret=secret, password=_typed(data), address=client_address(request))


def _typed(data: dict[str, Any]) -> str:
    return data.get("password1") or data.get("password", "")
