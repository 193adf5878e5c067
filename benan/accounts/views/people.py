"""Officers, their roles, and who confirms them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import policy, queries, states
from benan.accounts.actions import attempts, endings, officers, roles
from benan.accounts.forms import AccountForm, EndRoleForm, NameForm, ReopenForm, RoleForm, StopForm
from benan.accounts.models import CONFIRMED_ROLES, EntryLink, Membership, User
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import ROLES, P
from benan.accounts.views import form_page
from benan.accounts.views.once_shown import link_page, shown_once
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.core.days import show as shown
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.ui.pages import sent_from, submit

PER_PAGE = 50
Kind = EntryLink.Kind


def listing(request: OfficerRequest) -> HttpResponse:
    """Everybody with an account; what needs a hand stands above."""
    policy.require_right(request.user, P.USER_MANAGE)
    form = AccountForm(request.POST or None)
    if request.method == "POST":
        made = submit(form, lambda data: officers.make_account(by=request.user, **data))
        if made:
            person, secret = made
            return shown_once(request, person, secret, Kind.INVITATION)
    asked = clean(request.GET.get("q", ""))
    people = queries.roster(asked)
    context = {
        "form": form, "asked": asked, "page": Paginator(people, PER_PAGE).get_page(request.GET.get("trang")),
        "people": len({each["user"].pk for each in people}), "waiting": len(queries.waiting_for(request.user)),
        "guessed": queries.guessed(),
    }  # fmt: skip
    return render(request, "accounts/people.html", context, status=422 if form.is_bound else 200)


def show(request: OfficerRequest, username: str) -> HttpResponse:
    """One account: roles, ways in, lock."""
    person = _person(request, username)
    context = queries.person_page(person) | {"roles": ROLES.values(), "self": person == request.user}
    return render(request, "accounts/person.html", context)


def all_roles(request: OfficerRequest) -> HttpResponse:
    """Every role in words."""
    policy.require_right(request.user, P.USER_MANAGE, P.ROLE_CONFIRM)
    return render(request, "accounts/roles.html", {"rows": queries.roles_page()})


def grant(request: OfficerRequest, username: str, role: str) -> HttpResponse:
    """Give somebody a role."""
    person = _person(request, username)
    if role not in ROLES:
        raise Http404
    form = RoleForm(request.POST or None, role=role, initial={"since": legal_day()})

    def do(data: dict[str, Any]) -> None:
        agency = get_object_or_404(Agency, pk=data.pop("agency"))
        given = roles.grant_role(by=request.user, user=person, agency=agency, role=role, **data)
        _say_who_confirms(request, _("Đã giao vai trò."), [given])

    return form_page(
        request,
        form=form,
        do=do,
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Giao vai trò: %(role)s") % {"role": ROLES[role].name},
        under=f"{ROLES[role].description} {_who_confirms(person) if role in CONFIRMED_ROLES else ''}".strip(),
        button=_("Giao vai trò"),
    )


def end(request: OfficerRequest, username: str, pk: int) -> HttpResponse:
    """Say on which day a role is held last."""
    person = _person(request, username)
    row = get_object_or_404(person.memberships.select_related("agency"), pk=pk)
    two, today = row.takes_two_to_end, legal_day()
    left = bool(policy.emptied([row], today)) and not two
    form = EndRoleForm(request.POST or None, initial={"until": today}, ask=left)
    under = agencies.names([row.agency_id], today)[row.agency_id]
    if two:
        words = _(
            "%(agency)s. Việc này cần hai người: vai trò còn hiệu lực cho đến khi một người khác đồng ý "
            "ở trang Xác nhận (một người quản trị khác, hoặc thủ trưởng cấp trên; không phải chính người "
            "ấy)."
        )
        under = words % {"agency": under}

    def do(data: dict[str, Any]) -> None:
        if two:
            data.pop("knowing", None)  # the second person is asked
            endings.ask_to_end_role(by=request.user, membership=row, **data)
            messages.info(request, _("Đã ghi đề nghị. Vai trò còn hiệu lực cho đến khi một người khác đồng ý."))
        else:
            roles.end_role(by=request.user, membership=row, **data)
            said = _(
                "Đã thu hồi vai trò: vai trò còn hiệu lực đến hết ngày %(on)s. Cần chấm dứt ngay thì ngừng tài khoản."
            )
            messages.success(request, said % {"on": shown(data["until"])})

    return form_page(
        request,
        form=form,
        do=do,
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Thu hồi vai trò: %(role)s") % {"role": row.rights.name},
        under=under,
        warnings=queries.losses([row], today),
        button=_("Đề nghị thu hồi vai trò") if two else _("Thu hồi vai trò"),
    )


def rename(request: OfficerRequest, username: str) -> HttpResponse:
    """Correct how an officer is called."""
    person = _person(request, username)
    form = NameForm(request.POST or None, initial={"full_name": person.full_name})

    def do(data: dict[str, Any]) -> None:
        officers.correct_name(by=request.user, user=person, **data)
        messages.success(request, _("Đã sửa họ tên."))

    return form_page(
        request,
        form=form,
        do=do,
        to=reverse("accounts:person", args=[username]),
        over=person.username,
        title=_("Sửa họ và tên"),
        under=_("Họ tên cũ được giữ ở trang tài khoản, lý do sửa ở nhật ký. Tên đăng nhập không đổi."),
        button=_("Sửa họ tên"),
    )


def stop(request: OfficerRequest, username: str) -> HttpResponse:
    """Stop an account."""
    person, today = _person(request, username), legal_day()
    held = list(Membership.objects.holding().filter(user=person).select_related("agency"))
    two = policy.takes_two_to_stop(person)
    form = StopForm(request.POST or None, ask=bool(policy.emptied(held, today)) and not two)
    words = _("Mọi phiên đang dùng tài khoản này bị đăng xuất ngay. Hồ sơ và nội dung đã ghi giữ nguyên.")
    if two:
        words = _(
            "Người này là thủ trưởng hoặc người quản trị: đề nghị được ghi lại, tài khoản còn dùng cho "
            "đến khi một người khác đồng ý ở trang Xác nhận. Khẩn cấp thì ngừng ngay tại máy chủ bằng "
            "lệnh stop_account."
        )

    def do(data: dict[str, Any]) -> None:
        if two:
            endings.ask_to_stop(by=request.user, user=person, why=data["why"])
            messages.info(request, _("Đã ghi đề nghị. Tài khoản còn dùng cho đến khi một người khác đồng ý."))
        else:
            officers.stop_account(by=request.user, user=person, **data)
            messages.success(request, _("Đã ngừng tài khoản: tài khoản này không đăng nhập được nữa."))

    return form_page(
        request,
        form=form,
        do=do,
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Ngừng tài khoản"),
        under=words,
        warnings=queries.losses(held, today),
        button=_("Đề nghị ngừng tài khoản") if two else _("Ngừng tài khoản"),
    )


def reopen(request: OfficerRequest, username: str) -> HttpResponse:
    """Let a stopped account be used again."""
    person = _person(request, username)
    form = ReopenForm(request.POST or None)

    def do(data: dict[str, Any]) -> None:
        officers.reopen_account(by=request.user, user=person, **data)
        waiting = person.memberships.waiting().select_related("user", "agency__superior__superior__superior")
        _say_who_confirms(request, _("Đã mở lại tài khoản."), waiting)

    return form_page(
        request,
        form=form,
        do=do,
        to=reverse("accounts:person", args=[username]),
        over=person,
        title=_("Mở lại tài khoản"),
        under=_(
            "Vai trò được mở danh tính, vai trò thủ trưởng, quản trị phải có người khác xác nhận lại rồi "
            "mới có hiệu lực, vì người mở lại tài khoản được coi là người giao. Các vai trò khác có hiệu "
            "lực ngay. Đường dẫn đã tạo trước đây không dùng lại được."
        ),
        button=_("Mở lại tài khoản"),
    )


@sent_from("accounts:person")
def link(request: OfficerRequest, username: str) -> HttpResponse:
    """Make a link for somebody who never entered, or who forgot the password."""
    person = _person(request, username)
    kind = Kind.INVITATION if states.state_of(person) == states.State.INVITED else Kind.NEW_PASSWORD
    return link_page(request, person, kind)


@sent_from("accounts:person")
def lift(request: OfficerRequest, username: str) -> HttpResponse:
    """Let somebody sign in at once at whose account others guessed."""
    person = _person(request, username)
    try:
        attempts.lift_delay(by=request.user, user=person)
        messages.success(request, _("%(name)s đăng nhập được ngay, không phải chờ.") % {"name": person})
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("accounts:person", username)


def _say_who_confirms(request: OfficerRequest, done: str, given: Iterable[Membership]) -> None:
    waiting = [queries.waits_for(row) for row in given if row.waits_for_confirmation]
    messages.success(request, " ".join([done, *waiting]))


def _who_confirms(person: User) -> str:
    words = _(
        "Vai trò này chờ người thứ hai xác nhận, sau khi %(name)s đã đăng nhập bằng bước xác thực "
        "của chính mình. Thủ trưởng đơn vị xác nhận; chưa có thủ trưởng thì một người quản trị khác "
        "xác nhận theo văn bản. Người đã giao vai trò, hoặc đã tạo đường dẫn đặt mật khẩu cho "
        "%(name)s, không xác nhận được."
    )
    return words % {"name": person}


def _person(request: OfficerRequest, username: str) -> User:
    policy.require_right(request.user, P.USER_MANAGE)
    return get_object_or_404(User, username=username)
