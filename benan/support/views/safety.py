"""Protection."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import P
from benan.cases.views import fetch, latest
from benan.core.days import legal_day
from benan.support import queries
from benan.support.actions import safety as actions
from benan.support.forms import DayForm, DeclineSafetyForm, EndSafetyForm, MeasureForm, RefuseSafetyForm
from benan.support.views import act_page, file_frame

ACTS = {
    "ap-dung": (
        MeasureForm,
        actions.start,
        _("Áp dụng biện pháp bảo vệ"),
        "Nghị định 62/2012, Điều 7; Điều 8 khoản 2; Điều 10",
    ),
    "ra-soat": (DayForm, actions.review, _("Rà soát biện pháp đang áp dụng"), "Nghị định 62/2012, Điều 10 khoản 6"),
    "cham-dut": (EndSafetyForm, actions.end, _("Chấm dứt biện pháp bảo vệ"), "Nghị định 62/2012, Điều 10 khoản 7"),
    "tu-choi": (RefuseSafetyForm, actions.refuse, _("Người ấy từ chối bảo vệ"), "Nghị định 62/2012, Điều 3"),
    "khong-ap-dung": (
        DeclineSafetyForm,
        actions.decline,
        _("Trả lời không áp dụng biện pháp"),
        "Nghị định 62/2012, Điều 10 khoản 2",
    ),
}


def show(request, code):
    """Where protection stands."""
    file = fetch(request, code)
    context = file_frame(request, file, "support:safety") | queries.safety_page(request.user, file)
    return render(request, "support/safety.html", context)


def act(request, code, act):
    """One act of protection."""
    if act not in ACTS:
        raise Http404
    file = fetch(request, code, P.SAFETY_KEEP)
    form_class, verb, title, article = ACTS[act]
    form = form_class(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    return act_page(request, file, form=form, do=lambda data: verb(by=request.user, file=file, **data), title=title,
                    to=reverse("support:safety", args=[code]), button=_("Ghi"), article=article)  # fmt: skip
