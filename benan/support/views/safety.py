"""Protection."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Agency, DutyNumber
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import queries as cases
from benan.cases.views import fetch, latest
from benan.core.days import legal_day
from benan.support import policy, queries
from benan.support.actions import danger
from benan.support.actions import safety as actions
from benan.support.forms import (
    CallForm,
    DayForm,
    DeclineSafetyForm,
    EndSafetyForm,
    KeepFromForm,
    MeasureForm,
    RefuseSafetyForm,
    RequestForm,
    StillDangerForm,
)
from benan.support.models import DangerNotice
from benan.support.views import act_page, file_frame, told_once

ACTS = {
    "ap-dung": (
        MeasureForm,
        actions.start,
        _("Áp dụng biện pháp bảo vệ"),
        "Nghị định 62/2012, Điều 7; Điều 8 khoản 2; Điều 10",
    ),
    "con-nguy-hiem": (
        StillDangerForm,
        actions.say_danger,
        _("Người ấy còn nguy hiểm không?"),
        "Nghị định 62/2012, Điều 10 khoản 2, 6, 7",
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


# The question that follows a decision on measures: whether the danger is over is said by nothing else.
ASKS, LEAD_TO_IT = "con-nguy-hiem", ("ap-dung", "ra-soat")
DECIDED = _(
    "Đã có quyết định bảo vệ: hạn trả lời đã xong (Nghị định 62/2012, Điều 10 khoản 2). Báo đỏ vẫn giữ ở các nơi đã được "
    "báo cho đến khi đơn vị quyết định trả lời ở đây là không còn nguy hiểm."
)
RINGS = {
    "da-goi": _("Ghi đã gọi"),
    "van-ban": _("Ghi văn bản đề nghị bảo vệ"),
    "khong-bao": _("Không cho một cơ quan biết"),
}
# What somebody who only supports may record about danger they did not tell of themselves: calls and papers.
RIGHTS = {
    "da-goi": (P.SAFETY_KEEP, P.SUPPORT_RECORD),
    "van-ban": (P.SAFETY_KEEP, P.SUPPORT_RECORD),
    "khong-bao": (P.SAFETY_KEEP,),
}


def show(request, code):
    """Where protection stands."""
    file = fetch(request, code)
    context = file_frame(request, file, "support:safety") | queries.safety_page(request.user, file)
    return render(request, "support/safety.html", context)


def act(request, code, act):
    """One act of protection."""
    if act in RINGS:
        return _ring(request, code, act)
    if act not in ACTS:
        raise Http404
    file = fetch(request, code, P.SAFETY_KEEP)
    policy.require_deciding(request.user, file)
    if act == ASKS and request.method == "GET" and not queries.asks_whether_over(file):
        return redirect("support:safety", code)
    form_class, verb, title, article = ACTS[act]
    to = (
        reverse("support:safety_act", args=[code, ASKS])
        if act in LEAD_TO_IT
        else reverse("support:safety", args=[code])
    )
    form = form_class(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    return act_page(request, file, form=form, do=lambda data: verb(by=request.user, file=file, **data), title=title,
                    to=to, button=_("Ghi"), article=article, hint=DECIDED if act == ASKS else "",
                    family=cases.family_warning(file) if act == "ap-dung" else "")  # fmt: skip


def notice(request, notice):
    """What an office outside the team was told of a danger."""
    rows = DangerNotice.objects.visible_to(request.user).select_related("file__reception", "file__team", "agency")
    row = get_object_or_404(rows, pk=notice)
    trail.look(request, Event.FILE_VIEWED, row.file, {"where": "support:notice"})
    return render(request, "support/notice.html", queries.notice_page(request.user, row))


def _ring(request, code, act):
    """A call, a paper, or an office that must not know."""
    file = fetch(request, code, *RIGHTS[act])
    offices, initial = queries.danger_offices(file), {"on": legal_day(), "seen": latest(file)}
    usual = {"offices": offices, "initial": initial}
    if act == "da-goi":
        numbers = queries.alarm(request.user, file)["numbers"]
        form = CallForm(request.POST or None, numbers=numbers, **usual)
        do = lambda data: danger.record_call(by=request.user, file=file, **data | {"to": _called(data["to"])})  # noqa: E731
    elif act == "van-ban":
        form = RequestForm(request.POST or None, **usual)
        do = lambda data: danger.record_request(by=request.user, file=file, **data | {"to": _agency(data["to"])})  # noqa: E731
    else:
        form = KeepFromForm(request.POST or None, **usual)
        do = lambda data: danger.keep_from(by=request.user, file=file, **data | {"agency": _agency(data["agency"])})  # noqa: E731
    hint = (
        _(
            "Cơ quan được chọn thôi thấy hồ sơ này và hồ sơ của những người đến cùng mà đơn vị mình quản lý, tiếp nhận hoặc phụ trách; cơ quan cấp trên được báo thay. Chỉ ghi được khi hồ sơ đang báo có nguy hiểm."
        )
        if act == "khong-bao"
        else ""
    )
    answer = act_page(request, file, form=form, do=do, title=RINGS[act], to=reverse("support:safety", args=[code]),
                      button=_("Ghi"), article="Nghị định 62/2012, Điều 10 khoản 1", hint=hint)  # fmt: skip
    return told_once(request, file, answer)


def _called(choice):
    kind, _colon, pk = choice.partition(":")
    return DutyNumber.objects.get(pk=pk) if kind == "so" else _agency(pk)


def _agency(pk):
    return Agency.objects.get(pk=pk)
