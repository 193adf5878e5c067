"""What takes a second person: roles confirmed, lost telephones, ends agreed to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from benan.accounts import policy, queries
from benan.accounts.actions import endings, roles
from benan.accounts.forms import AgreeForm, ConfirmForm
from benan.accounts.models import EntryLink, Membership, User
from benan.accounts.roles import P
from benan.accounts.views.once_shown import link_page
from benan.core.days import legal_day
from benan.core.pages import submit

Kind = EntryLink.Kind


def confirmations(request):
    """Roles that wait for this person, and colleagues who may have lost their telephone."""
    policy.require_right(request.user, P.ROLE_CONFIRM, P.USER_MANAGE)
    head = request.user.may(P.FACTOR_RESET)
    context = {
        "waiting": queries.waiting_for(request.user), "head": head,
        "colleagues": queries.guarded_by(request.user) if head else [],
        "endings": queries.end_requests(request.user),
    }  # fmt: skip
    return render(request, "accounts/confirmations.html", context)


def confirm(request, pk):
    """Confirm one role, having read what it allows."""
    policy.require_right(request.user, P.ROLE_CONFIRM, P.USER_MANAGE)
    row = next((each for each in queries.waiting_for(request.user) if each["membership"].pk == pk), None)
    if row is None:
        if Membership.objects.filter(pk=pk, user=request.user).exists():
            raise PermissionDenied
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ConfirmForm(sent, initial={"paper_no": row["membership"].paper_no})
    form.fields["paper_no"].required = row["alone"]
    if submit(form, lambda data: roles.confirm_role(by=request.user, membership=row["membership"], **data)):
        messages.success(request, _("Đã xác nhận. %(name)s làm việc được ngay.") % {"name": row["membership"].user})
        return redirect("accounts:confirmations")
    context = row | {"form": form, "entry": queries.entry_of(row["membership"].user)}
    return render(request, "accounts/confirm.html", context, status=422 if form.is_bound else 200)


def agree(request, pk):
    """Agree, as the second person, to the end of a role or of an account; who asked sees it too."""
    row = _ending(request, pk)
    asked = row["request"]
    held = [asked.membership] if asked.membership else Membership.objects.holding().filter(user=asked.user)
    left = policy.emptied(held, legal_day())
    form = AgreeForm(request.POST if request.method == "POST" else None, ask=bool(left) or request.method == "POST")
    if submit(form, lambda data: _agreed(request.user, asked, data)):
        messages.success(request, _("Đã đồng ý."))
        return redirect("accounts:confirmations")
    context = {"asked": asked, "agency": row["agency"], "may": row["may"], "form": form}
    return render(request, "accounts/agree.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdraw(request, pk):
    """Close a request without its effect."""
    endings.withdraw_end(by=request.user, request=_ending(request, pk)["request"])
    messages.success(request, _("Đã rút đề nghị. Mọi thứ như trước."))
    return redirect("accounts:confirmations")


def restore(request, username):
    """Confirm that somebody lost their second factor, having made sure that it is they who ask."""
    policy.require_right(request.user, P.FACTOR_RESET, P.USER_MANAGE)
    person = get_object_or_404(User, username=username)
    if not request.user.may(P.USER_MANAGE) and request.user.pk not in policy.guardians(person):
        raise PermissionDenied
    if request.method == "POST":
        return link_page(request, person, Kind.LOST_FACTOR)
    return render(request, "accounts/restore.html", {"person": person})


def _ending(request, pk):
    policy.require_right(request.user, P.ROLE_CONFIRM, P.USER_MANAGE)
    row = next((each for each in queries.end_requests(request.user) if each["request"].pk == pk), None)
    if row is None:
        raise Http404
    return row


def _agreed(user, asked, data):
    return endings.agree_to_end(by=user, request=asked, **data)
