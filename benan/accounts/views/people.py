"""Officers, their roles, and who confirms them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from benan.accounts import policy, queries
from benan.accounts.actions import attempts, links, officers, roles
from benan.accounts.forms import AccountForm, ConfirmForm, EndRoleForm, NameForm, RoleForm, StopForm, WhyForm
from benan.accounts.models import Agency, EntryLink, Membership, User
from benan.accounts.roles import ROLES, P
from benan.accounts.views import form_page
from benan.core.days import legal_day
from benan.core.pages import submit
from benan.core.refusals import Refused
from benan.core.text import clean

PER_PAGE = 50
Kind = EntryLink.Kind


def listing(request):
    """Everybody with an account; what needs a hand stands above."""
    policy.require_right(request.user, P.USER_MANAGE)
    form = AccountForm(request.POST or None)
    if request.method == "POST":
        made = submit(form, lambda data: officers.make_account(by=request.user, **data))
        if made:
            return _shown_once(request, *made, Kind.INVITATION)
    asked = clean(request.GET.get("q", ""))
    people = queries.roster(asked)
    context = {
        "form": form, "asked": asked, "page": Paginator(people, PER_PAGE).get_page(request.GET.get("trang")),
        "people": len({each["user"].pk for each in people}), "waiting": len(queries.waiting_for(request.user)),
        "locked": queries.locked(),
    }  # fmt: skip
    return render(request, "accounts/people.html", context, status=422 if form.is_bound else 200)


def show(request, username):
    """One account: roles, ways in, lock."""
    person = _person(request, username)
    context = queries.person_page(person) | {"roles": ROLES.values(), "self": person == request.user}
    return render(request, "accounts/person.html", context)


def all_roles(request):
    """Every role in words."""
    policy.require_right(request.user, P.USER_MANAGE, P.ROLE_CONFIRM)
    return render(request, "accounts/roles.html", {"rows": queries.roles_page()})


def grant(request, username, role):
    """Give somebody a role."""
    person = _person(request, username)
    if role not in ROLES:
        raise Http404
    form = RoleForm(request.POST or None, role=role, initial={"since": legal_day()})

    def do(data):
        agency = get_object_or_404(Agency, pk=data.pop("agency"))
        return roles.grant_role(by=request.user, user=person, agency=agency, role=role, **data)

    return form_page(
        request,
        form=form,
        do=do,
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Giao vai trò: %(role)s") % {"role": ROLES[role].name},
        under=ROLES[role].description,
        button=_("Giao vai trò"),
    )


def end(request, username, pk):
    """Say on which day a role is held last."""
    person = _person(request, username)
    row = get_object_or_404(person.memberships.select_related("agency"), pk=pk)
    left, agency = policy.emptied([row], legal_day()), queries.names([row.agency_id], legal_day())[row.agency_id]
    form = EndRoleForm(request.POST or None, initial={"until": legal_day()}, ask=bool(left) or request.method == "POST")
    if left:
        words = _("%(agency)s: %(n)d hồ sơ đang mở, và không còn ai xử lý sau khi thôi vai trò này.")
        agency = words % {"agency": agency, "n": left[0][1]}
    return form_page(
        request,
        form=form,
        do=lambda data: roles.end_role(by=request.user, membership=row, **data),
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Thôi giao vai trò: %(role)s") % {"role": row.rights.name},
        under=agency,
        button=_("Thôi giao"),
    )


def rename(request, username):
    """Correct how an officer is called."""
    person = _person(request, username)
    form = NameForm(request.POST or None, initial={"full_name": person.full_name})
    return form_page(
        request,
        form=form,
        do=lambda data: officers.correct_name(by=request.user, user=person, **data),
        to=reverse("accounts:person", args=[username]),
        over=person.username,
        title=_("Sửa họ và tên"),
        under=_("Họ tên cũ và lý do sửa được giữ lại. Tên đăng nhập không đổi."),
        button=_("Sửa họ tên"),
    )


def stop(request, username):
    """Stop an account."""
    person = _person(request, username)
    held = Membership.objects.holding().filter(user=person).select_related("agency")
    left = policy.emptied(held, legal_day())
    form = StopForm(request.POST or None, ask=bool(left) or request.method == "POST")
    words = _("Người đang dùng tài khoản này bị đưa ra ngay. Hồ sơ và những gì đã ghi còn nguyên.")
    if left:
        empty = _("Còn %(n)d hồ sơ đang mở ở đơn vị mà không còn ai xử lý.") % {"n": sum(n for _agency, n in left)}
        words = f"{empty} {words}"
    return form_page(
        request,
        form=form,
        do=lambda data: officers.stop_account(by=request.user, user=person, **data),
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Ngừng tài khoản"),
        under=words,
        button=_("Ngừng tài khoản"),
    )


def reopen(request, username):
    """Let a stopped account be used again."""
    person = _person(request, username)
    form = WhyForm(request.POST or None)
    return form_page(
        request,
        form=form,
        do=lambda data: officers.reopen_account(by=request.user, user=person, **data),
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Mở lại tài khoản"),
        under=_(
            "Các vai trò còn trong thời gian được giao lại có hiệu lực. Đường dẫn đã tạo trước đây không dùng lại được."
        ),
        button=_("Mở lại tài khoản"),
    )


@require_POST
def link(request, username):
    """Make a link for somebody who never entered, or who forgot the password."""
    person = _person(request, username)
    kind = Kind.NEW_PASSWORD if person.has_usable_password() else Kind.INVITATION
    return _link_page(request, person, kind)


@require_POST
def lift(request, username):
    """Open a shut account."""
    person = _person(request, username)
    try:
        attempts.lift_lock(by=request.user, user=person)
        messages.success(request, _("Đã mở khóa cho %(name)s.") % {"name": person})
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("accounts:person", username)


def confirmations(request):
    """Roles that wait for this person, and colleagues who may have lost their telephone."""
    policy.require_right(request.user, P.ROLE_CONFIRM, P.USER_MANAGE)
    head = request.user.may(P.FACTOR_RESET)
    context = {
        "waiting": queries.waiting_for(request.user), "head": head,
        "colleagues": queries.guarded_by(request.user) if head else [],
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
    return render(request, "accounts/confirm.html", row | {"form": form}, status=422 if form.is_bound else 200)


def restore(request, username):
    """Confirm that somebody lost their second factor, having made sure that it is they who ask."""
    policy.require_right(request.user, P.FACTOR_RESET, P.USER_MANAGE)
    person = get_object_or_404(User, username=username)
    if not request.user.may(P.USER_MANAGE) and request.user.pk not in policy.guardians(person):
        raise PermissionDenied
    if request.method == "POST":
        return _link_page(request, person, Kind.LOST_FACTOR)
    return render(request, "accounts/restore.html", {"person": person})


def _person(request, username):
    policy.require_right(request.user, P.USER_MANAGE)
    return get_object_or_404(User, username=username)


def _link_page(request, person, kind):
    try:
        secret = links.make_link(by=request.user, user=person, kind=kind)
    except Refused as refused:
        messages.error(request, refused.message)
        if request.user.may(P.USER_MANAGE):
            return redirect("accounts:person", person.username)
        return redirect("accounts:confirmations")
    return _shown_once(request, person, secret, kind)


def _shown_once(request, person, secret, kind):
    url = request.build_absolute_uri(reverse("accounts:enter", args=[secret]))
    manages = request.user.may(P.USER_MANAGE)
    context = {"person": person, "url": url, "kind": kind, "days": links.LINK_LIFE[kind].days, "manages": manages}
    answer = render(request, "accounts/link.html", context)
    answer["Cache-Control"] = "no-store"
    # Where the same form leads when it is sent again: not here, for what is shown once.
    answer["Content-Location"] = (
        reverse("accounts:person", args=[person.username]) if manages else reverse("accounts:confirmations")
    )
    return answer
