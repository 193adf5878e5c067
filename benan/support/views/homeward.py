"""Referral, stay, return, visits, and the end of a file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Agency
from benan.accounts.roles import P
from benan.audit import trail
from benan.cases import queries as cases
from benan.cases import unattended
from benan.cases.views import fetch, latest
from benan.core.days import legal_day
from benan.support import queries
from benan.support.actions import homeward as actions
from benan.support.forms import (
    AnswerForm,
    ArriveForm,
    CloseForm,
    DayForm,
    DeclineForm,
    MinutesForm,
    PlanVisitForm,
    ReferForm,
    ReintegrateForm,
    ReopenForm,
    ReturnForm,
    VisitForm,
)  # fmt: skip
from benan.support.models import Referral, Visit
from benan.support.views import act_page, danger_alone, danger_told, file_frame, told_once

ACTS = {
    "chuyen-tuyen": (ReferForm, actions.refer, P.REFERRAL_SEND, _("Chuyển tuyến"), "Thông tư 35/2013, Điều 16 khoản 3"),
    "bien-ban": (
        MinutesForm,
        actions.record_minutes,
        P.SUPPORT_RECORD,
        _("Biên bản tiếp nhận khẩn cấp"),
        "Nghị định 20/2021, Điều 28 khoản 2 điểm a",
    ),
    "ho-so-tiep-nhan": (
        DayForm,
        actions.complete_admission,
        P.SUPPORT_RECORD,
        _("Hồ sơ tiếp nhận khẩn cấp đã đủ"),
        "Nghị định 20/2021, Điều 27 khoản 3, Điều 28 khoản 2 điểm b",
    ),
    "roi-co-so": (
        DayForm,
        actions.leave_shelter,
        P.SUPPORT_RECORD,
        _("Rời cơ sở lưu trú"),
        "Thông tư 35/2013, Điều 14 khoản 1",
    ),
    "ve-noi-cu-tru": (
        ReturnForm,
        actions.return_home,
        P.SUPPORT_RECORD,
        _("Về nơi cư trú"),
        "Luật 66/2011, Điều 24 khoản 3",
    ),
    "hoa-nhap": (
        ReintegrateForm,
        actions.start_reintegration,
        P.SUPPORT_RECORD,
        _("Bắt đầu hỗ trợ hòa nhập"),
        "Thông tư 35/2013, Điều 15",
    ),
    "theo-doi": (
        DayForm,
        actions.start_following,
        P.SUPPORT_RECORD,
        _("Chuyển sang theo dõi"),
        "Thông tư 35/2013, Điều 15 khoản 3",
    ),
    "hen-tham": (PlanVisitForm, actions.plan_visit, P.SUPPORT_RECORD, _("Hẹn thăm"), ""),
}
TO_THE_FAMILY = ("ve-noi-cu-tru", "hen-tham", "chuyen-tuyen")  # or with its consent
ANSWERS = {
    "nhan": (AnswerForm, actions.accept, (P.REFERRAL_ANSWER, P.ANSWER_RECORD), _("Nhận người được chuyển đến")),
    "tu-choi": (DeclineForm, actions.decline, (P.REFERRAL_ANSWER, P.ANSWER_RECORD), _("Từ chối, nêu lý do")),
    "den-noi": (ArriveForm, actions.arrive, (P.SUPPORT_RECORD,), _("Ghi đã đến nơi")),
}


def referrals(request):
    """Referrals that wait for one's agency, and those it sent."""
    page = queries.referrals_page(request.user, request.GET.get("trang"))
    shown = [one["row"].file for one in [*page["coming"], *page["sent"]]]
    trail.look_at_list(request, "support:referrals", shown)
    return render(request, "support/referrals.html", page)


def show(request, code):
    """The way home of one person."""
    file = fetch(request, code)
    context = file_frame(request, file, "support:homeward") | queries.homeward_page(request.user, file)
    return render(request, "support/homeward.html", context)


def act(request, code, act):
    """One act on the way home."""
    if act not in ACTS:
        raise Http404
    form_class, verb, permission, title, article = ACTS[act]
    file = fetch(request, code, permission)
    initial = {"on": legal_day(), "seen": latest(file), "emergency": file.in_danger_since is not None}
    form = form_class(request.POST or None, initial=initial)
    if form_class is ReturnForm and not cases.harmed_by_family(file):
        form.fields.pop("assessment_no")
        form.fields.pop("assessment_on")
    family = cases.family_warning(file) if act in TO_THE_FAMILY else ""

    def do(data):
        if "receiver" in data:
            data["receiver"] = Agency.objects.get(pk=data["receiver"])
        done = verb(by=request.user, file=file, **data)
        for sentence in unattended.warnings([data["receiver"].pk] if "receiver" in data else []):
            messages.warning(request, sentence)
        return done

    return act_page(request, file, form=form, do=do, to=reverse("support:homeward", args=[code]), title=title,
                    button=_("Ghi"), article=article, family=family)  # fmt: skip


def answer(request, code, referral, act):
    """Accept or decline a referral, or record the arrival."""
    if act not in ANSWERS:
        raise Http404
    form_class, verb, permissions, title = ANSWERS[act]
    file = fetch(request, code, *permissions)
    row = get_object_or_404(Referral.objects.of(file).select_related("file"), pk=referral)
    form = form_class(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    if act == "den-noi" and row.kind != Referral.Kind.SHELTER:
        form.fields.pop("grounds")
    elif act == "den-noi":
        form.fields["grounds"].choices = list(actions.grounds_of_stay(row).items())
    return act_page(request, file, form=form, do=lambda data: verb(by=request.user, referral=row, **data), title=title,
                    to=reverse("support:homeward", args=[code]), button=_("Ghi"),
                    article="Thông tư 35/2013, Điều 16 khoản 3")  # fmt: skip


def visit(request, code, visit):
    """Record a visit made."""
    file = fetch(request, code, P.SUPPORT_RECORD)
    row = get_object_or_404(Visit.objects.of(file).select_related("file"), pk=visit)
    offices = queries.danger_offices(file)
    form = VisitForm(request.POST or None, offices=offices, initial={"on": legal_day(), "seen": latest(file)})

    def do(data):
        safe = {"yes": True, "no": False, "unknown": None}[data.pop("safe")]
        del data["danger"]
        return actions.make_visit(by=request.user, visit=row, safe=safe, **data)

    def visited(data):
        return danger_told(request, file, do)(data | {"danger": "yes" if data["safe"] == "no" else "unknown"})

    answer = act_page(request, file, form=form, do=visited, to=reverse("support:homeward", args=[code]),
                      title=_("Ghi lần thăm"), button=_("Ghi lần thăm"), family=cases.family_warning(file),
                      alone=danger_alone(request, file))  # fmt: skip
    return told_once(request, file, answer)


def close(request, code):
    """End a file."""
    file = fetch(request, code, P.FILE_CLOSE)
    form = CloseForm(request.POST or None, initial={"on": legal_day(), "seen": latest(file)})
    return act_page(request, file, form=form, do=lambda data: actions.close(by=request.user, file=file, **data),
                    to=file.get_absolute_url(), title=_("Kết thúc hồ sơ"), button=_("Kết thúc hồ sơ"),
                    hint=_("Hồ sơ kết thúc vẫn đọc được. Nếu người ấy trở lại, lập hồ sơ mới cho cùng người."))  # fmt: skip


def reopen(request, code):
    """Open again a file that ended by mistake."""
    file = fetch(request, code, P.FILE_CLOSE)
    form = ReopenForm(request.POST or None, initial={"seen": latest(file)})
    return act_page(request, file, form=form, do=lambda data: actions.reopen(by=request.user, file=file, **data),
                    to=file.get_absolute_url(), title=_("Mở lại hồ sơ kết thúc nhầm"), button=_("Mở lại hồ sơ"),
                    hint=_("Nhu cầu, biện pháp và các hạn mà việc kết thúc đã dừng thì tiếp tục như trước."))  # fmt: skip
