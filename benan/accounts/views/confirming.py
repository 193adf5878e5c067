"""What takes a second person: roles confirmed, lost telephones, ends agreed to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from benan.accounts import answered, policy, queries
from benan.accounts.actions import endings, roles
from benan.accounts.forms import AgreeForm, ConfirmForm
from benan.accounts.models import EndRequest, EntryLink, Membership, User
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.accounts.views.once_shown import link_page
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.ui.pages import sent_from, submit

Kind = EntryLink.Kind
View = Callable[[OfficerRequest, int], HttpResponse]


def or_answered(told: Callable[[User, int], str]) -> Callable[[View], View]:
    """Lead to the list, with what `told` says of it, from the page of what was answered meanwhile; 404 where it says nothing."""

    def told_instead(view: View) -> View:
        @wraps(view)
        def answer(request: OfficerRequest, pk: int) -> HttpResponse:
            try:
                return view(request, pk)
            except Http404:
                if not (words := told(request.user, pk)):
                    raise
            messages.info(request, words)
            return redirect("accounts:confirmations")

        return answer

    return told_instead


def confirmations(request: OfficerRequest) -> HttpResponse:
    """Roles that wait for this person, and colleagues who may have lost their telephone."""
    policy.require_right(request.user, P.ROLE_CONFIRM, P.USER_MANAGE)
    head = request.user.may(P.FACTOR_RESET)
    context = {
        "waiting": queries.waiting_for(request.user), "head": head,
        "colleagues": queries.guarded_by(request.user) if head else [],
        "endings": queries.end_requests(request.user), "answered": queries.answered(request.user),
    }  # fmt: skip
    return render(request, "accounts/confirmations.html", context)


@or_answered(answered.sentence_on_role)
def confirm_role(request: OfficerRequest, pk: int) -> HttpResponse:
    """One role that waits for a second person: what it allows, and the form that confirms it."""
    policy.require_right(request.user, P.ROLE_CONFIRM, P.USER_MANAGE)
    row = next((each for each in queries.waiting_for(request.user) if each["membership"].pk == pk), None)
    if row is None:
        if Membership.objects.filter(pk=pk, user=request.user).exists():
            raise PermissionDenied
        raise Http404
    sent = request.POST if request.method == "POST" else None
    given = row["membership"]
    form = ConfirmForm(sent, initial={"paper_no": given.paper_no, "paper_on": given.paper_on})
    form.fields["paper_no"].required = form.fields["paper_on"].required = row["alone"]
    if submit(form, lambda data: roles.confirm_role(by=request.user, membership=given, **data)):
        messages.success(request, _("Đã xác nhận. %(name)s làm việc được ngay.") % {"name": given.user})
        return redirect("accounts:confirmations")
    context = row | {"form": form, "entry": queries.entry_of(given.user)}
    return render(request, "accounts/confirm.html", context, status=422 if form.is_bound else 200)


@or_answered(answered.sentence_on_ending)
def agree(request: OfficerRequest, pk: int) -> HttpResponse:
    """Agree, as the second person, to the end of a role or of an account; who asked sees it too."""
    row = _ending(request, pk)
    asked = row["request"]
    held = [asked.membership] if asked.membership else Membership.objects.holding().filter(user=asked.user)
    held, until = list(held), max(asked.until or legal_day(), legal_day())
    form = AgreeForm(request.POST if request.method == "POST" else None, ask=bool(policy.emptied(held, until)))
    if done := submit(form, lambda data: endings.agree_to_end(by=request.user, request=asked, **data)):
        messages.success(request, _what_ended(done, row["agency"]))
        return redirect("accounts:confirmations")
    context = {
        "asked": asked, "agency": row["agency"], "may": row["may"], "form": form, "warnings": queries.losses(held, until),
    }  # fmt: skip
    return render(request, "accounts/agree.html", context, status=422 if form.is_bound else 200)


@sent_from("accounts:agree")
@or_answered(answered.sentence_on_ending)
def decline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that what another asked is not to be done."""
    told = _(
        "Đã ghi không đồng ý. Vai trò và tài khoản giữ nguyên như trước; người đã đề nghị đọc được "
        "kết quả ở trang Xác nhận."
    )
    return _closed(request, pk, endings.decline_end, told)


@sent_from("accounts:agree")
@or_answered(answered.sentence_on_ending)
def withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take back what one asked oneself."""
    return _closed(request, pk, endings.withdraw_end, _("Đã rút đề nghị. Vai trò và tài khoản giữ nguyên như trước."))


def restore(request: OfficerRequest, username: str) -> HttpResponse:
    """Confirm that somebody lost their second factor, having made sure that it is they who ask."""
    policy.require_right(request.user, P.FACTOR_RESET, P.USER_MANAGE)
    person = get_object_or_404(User, username=username)
    if not request.user.may(P.USER_MANAGE) and request.user.pk not in policy.guardians(person):
        raise Http404  # as for a name that nobody has
    if request.method == "POST":
        return link_page(request, person, Kind.LOST_FACTOR)
    return render(request, "accounts/restore.html", {"person": person})


def _ending(request: OfficerRequest, pk: int) -> dict[str, Any]:
    policy.require_right(request.user, P.ROLE_CONFIRM, P.USER_MANAGE)
    row = next((each for each in queries.end_requests(request.user) if each["request"].pk == pk), None)
    if row is None:
        if EndRequest.objects.filter(pk=pk, user=request.user).exists():
            raise PermissionDenied
        raise Http404
    return row


def _closed(request: OfficerRequest, pk: int, verb: Callable[..., EndRequest], told: str) -> HttpResponse:
    try:
        verb(by=request.user, request=_ending(request, pk)["request"])
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("accounts:confirmations")


def _what_ended(done: EndRequest, agency: str) -> str:
    if done.membership is None:
        return _("Đã đồng ý. Tài khoản của %(name)s đã ngừng.") % {"name": done.user}
    return _("Đã đồng ý. Vai trò %(role)s (%(agency)s) của %(name)s kết thúc sau ngày %(on)s.") % {
        "name": done.user, "role": done.membership.rights.name, "agency": agency, "on": show(done.membership.until),
    }  # fmt: skip
