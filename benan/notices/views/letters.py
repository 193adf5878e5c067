"""Letters by mail: where they go, which, confirmed, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.core.days import clock
from benan.core.refusals import Refused
from benan.notices import actions, addresses, queries, sending
from benan.notices.forms import DIGEST, REMINDERS, LettersForm
from benan.notices.models import MailSubscription
from benan.ui.pages import sent_from, submit


def letters(request: OfficerRequest) -> HttpResponse:
    """What the officer is sent and where; for administrators also how letters fared."""
    row = MailSubscription.objects.filter(user=request.user).first()
    form = LettersForm(request.POST if request.method == "POST" else None, initial=_initial(row))
    if request.method == "POST" and (
        chosen := submit(form, lambda data: actions.choose_letters(by=request.user, **data))
    ):
        if chosen.confirmed_at:
            messages.success(request, _("Đã lưu."))
        return redirect("notices:letters")
    context = {
        "form": form, "row": row, "sends": sending.sends_mail(),
        "sendings": queries.sendings(clock()) if request.user.may(P.USER_MANAGE) else None,
    }  # fmt: skip
    return render(request, "notices/letters.html", context, status=422 if form.is_bound else 200)


def confirm(request: OfficerRequest, secret: str) -> HttpResponse:
    """Show a button to whose address the letter went; sending it confirms. Looking confirms nothing: programs look too."""
    if request.method == "POST":
        try:
            actions.confirm_address(by=request.user, secret=secret)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("notices:letters")
        messages.success(request, _("Đã xác nhận. Từ nay thư được gửi đến địa chỉ này."))
        return redirect("notices:letters")
    if queries.address_waiting_for(request.user, secret) is None:
        raise Http404
    return render(request, "notices/confirm.html")


@sent_from("notices:letters")
def ask_again(request: OfficerRequest) -> HttpResponse:
    """Have the letter that asks for a confirmation sent once more."""
    actions.ask_for_letter(by=request.user)
    messages.success(request, _("Thư xác nhận sẽ được gửi lại trong ít phút."))
    return redirect("notices:letters")


@sent_from("notices:letters")
def withdraw(request: OfficerRequest) -> HttpResponse:
    """Send the officer nothing any more."""
    actions.withdraw_letters(by=request.user)
    messages.success(request, _("Đã thôi gửi thư và đã xóa địa chỉ."))
    return redirect("notices:letters")


def _initial(row: MailSubscription | None) -> dict[str, Any]:
    if row is None:
        return {"letters": [REMINDERS, DIGEST]}
    chosen = [key for key, wanted in ((REMINDERS, row.reminders), (DIGEST, row.digest)) if wanted]
    try:
        return {"letters": chosen, "address": addresses.unseal(row)}
    except Refused:
        return {"letters": chosen}
