"""Coming in by a link, once; and the codes for a day without the telephone."""

import base64

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from benan.accounts.actions import factors, links
from benan.accounts.forms import ENTRY
from benan.accounts.middleware import DEMO
from benan.accounts.models import EntryLink
from benan.core.addresses import client_address
from benan.core.pages import submit


@login_not_required
@never_cache
def enter(request, secret):
    """Show for whom the link is; sending the form uses it up. Looking uses nothing: programs look at links too."""
    link = links.find_link(secret)
    if link is None:
        return render(request, "accounts/no_link.html", status=404)
    form = ENTRY[link.kind](request.POST if request.method == "POST" else None)
    if request.method == "POST":
        user = submit(form, lambda data: _used(request, secret, data))
        if user:
            return _go_on(request, user, link.kind)
    context = {"form": form, "person": link.user, "kind": link.kind}
    return render(request, "accounts/enter.html", context, status=422 if form.is_bound else 200)


@never_cache
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request):
    """The codes not used yet. allauth's own page notes in the database that it was seen, which no GET may."""
    codes = _codes(request.user)
    context = {
        "unused_codes": codes.get_unused_codes(), "total_count": len(codes.generate_codes()), "can_view_codes": True,
        "can_download_codes": True, "can_generate_codes": True,
    }  # fmt: skip
    return render(request, "mfa/recovery_codes/index.html", context)


@never_cache
@reauthentication_required(app="allauth.mfa")
def recovery_codes_file(request):
    """The same codes as a file of plain text."""
    answer = HttpResponse("\n".join(_codes(request.user).get_unused_codes()), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="ma-du-phong-ben-an.txt"'
    return answer


@never_cache
@reauthentication_required(app="allauth.mfa")
def replace_factor(request):
    """Set up another telephone: the old one counts until the code of the new one is right."""
    if not request.user.has_second_factor():
        return redirect("mfa_activate_totp")
    form = ActivateTOTPForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        factors.replace_factor(by=request.user, secret=form.secret)
        clear_totp_secret(request)
        messages.success(request, _("Đã đổi điện thoại xác thực. Chép các mã dự phòng mới."))
        return redirect("mfa_view_recovery_codes")
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(request.user, form.secret))
    picture = f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"
    context = {"form": form, "picture": picture}
    return render(request, "mfa/totp/replace.html", context, status=422 if form.is_bound else 200)


def no_deactivation(request):
    """Where allauth would take a second factor off: here it is only replaced."""
    return redirect("replace_factor")


def no_password(request):
    """Where allauth leads who would change a password but has none: people of a demo, who came in by a link."""
    messages.info(request, _("Vào bản trình diễn bằng đường dẫn thì không có mật khẩu để đổi."))
    return redirect("mfa_index")


def _codes(user):
    return get_object_or_404(user.authenticator_set, type="recovery_codes").wrap()


def _go_on(request, user, kind):
    if kind == EntryLink.Kind.NEW_PASSWORD:
        messages.success(request, _("Đã đặt mật khẩu mới. Đăng nhập bằng mật khẩu ấy và mã xác thực."))
        return redirect("account_login")
    login(request, user)
    if kind == EntryLink.Kind.DEMO:
        request.session[DEMO] = True
        return redirect("shell:home")
    # They typed the password a moment ago: setting up the second factor does not ask for it again.
    record_authentication(request, user, "password", reauthenticated=True)
    return redirect("mfa_activate_totp")


def _used(request, secret, data):
    return links.use_link(secret=secret, password=_typed(data), address=client_address(request))


def _typed(data):
    return data.get("password1") or data.get("password", "")
