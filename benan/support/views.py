"""Pages of support: danger and needs asked about together, referrals, the way home, visits, programmes."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases import access_log, families, speech
from benan.cases import queries as case_queries
from benan.cases.forms import CaseForm
from benan.cases.known import READ, WRITTEN
from benan.cases.views import act_page, case_frame, day_at_reception, fetch, latest, reception_page
from benan.core.days import legal_day
from benan.needs.forms import WhyForm
from benan.needs.kinds import ASKED_FACTS
from benan.needs.queries import answered_before
from benan.protection.views import record_danger_alone, say_what_to_do
from benan.rules.forms import card
from benan.support import queries
from benan.support.actions import programmes as programme_actions
from benan.support.actions import referrals as referral_actions
from benan.support.actions import screening as screening_actions
from benan.support.actions import stays
from benan.support.actions import visits as visit_actions
from benan.support.forms import (
    ArrivalForm,
    AssessmentForm,
    EndProgrammeForm,
    JoinProgrammeForm,
    ReferralAnswerForm,
    ReferralDeclinedForm,
    ScreeningForm,
    VisitForm,
)
from benan.support.models import Enrolment, Referral, Visit
from benan.support.procedure import GROUP
from benan.support.vocabulary import stay_grounds
from benan.ui.forms import ChoiceCards

_BY_RECEIVER = (P.REFERRAL_ANSWER, P.ANSWER_RECORD)
ANSWERS: dict[str, tuple[type[CaseForm], Callable[..., object], tuple[P, ...], str | Promise]] = {
    "nhan": (ReferralAnswerForm, referral_actions.accept, _BY_RECEIVER, gettext_lazy("Nhận người được chuyển đến")),
    "tu-choi": (ReferralDeclinedForm, referral_actions.decline, _BY_RECEIVER, gettext_lazy("Từ chối, nêu lý do")),
    "den-noi": (ArrivalForm, stays.arrive, (P.SUPPORT_RECORD,), gettext_lazy("Ghi đã đến nơi")),
}


def screening(request: OfficerRequest, code: str) -> HttpResponse:
    """Danger and needs, now; with whom to ring."""
    case = fetch(request, code, P.SUPPORT_RECORD)
    initial = {"on": day_at_reception(case), "seen": latest(case)}
    form = ScreeningForm(request.POST or None, case=case, user=request.user, initial=initial)

    def screen(data: dict[str, Any]) -> object:
        return screening_actions.screen(by=request.user, case=case, **data)

    def do(data: dict[str, Any]) -> object:
        done = say_what_to_do(request, case, screen)(data)
        if data["needs"] is None:
            messages.warning(request, _("Chưa ghi nhu cầu: việc hỏi nhu cầu vẫn hiển thị ở Bàn việc và ở hồ sơ."))
        return done

    warning, harmed = families.family_warning(case), families.family_did_harm(case)
    if warning and not harmed:
        form.fields["needs"].help_text = f"{form.fields['needs'].help_text} {warning}"
    return reception_page(
        request, case, form=form, do=do, here="support:screening", back="needs:overview", template="support/screening.html",
        next_page="cases:guardianship" if families.may_be_minor(case) else "cases:companions", danger=True,
        numbers=case_queries.numbers_on_call(case), family=warning if harmed else "",
        alone=record_danger_alone(request, case), say=speech.worded_for(case, speech.SAFE),
    )  # fmt: skip


def assess(request: OfficerRequest, code: str) -> HttpResponse:
    """An assessment with the person."""
    case = fetch(request, code, P.NEED_ASSESS)
    initial = {"on": legal_day(), "seen": latest(case)} | {name: WRITTEN[getattr(case, name)] for name in ASKED_FACTS}
    form = AssessmentForm(
        request.POST or None, case=case, user=request.user, initial=initial, before=answered_before(case)
    )

    def do(data: dict[str, Any]) -> object:
        data |= {name: READ[data[name]] for name in ASKED_FACTS if name in data}
        danger = data.pop("danger") or None
        return screening_actions.assess(
            by=request.user, case=case, danger=danger, safety_asked=danger is not None, **data
        )

    return act_page(request, case, form=form, do=say_what_to_do(request, case, do), alone=record_danger_alone(request, case),
                    to=reverse("needs:overview", args=[code]), title=_("Đánh giá nhu cầu"), button=_("Lưu đánh giá"),
                    article="Thông tư 35/2013, Điều 12 và Điều 20",
                    hint=_("Cùng làm với người ấy; hỏi điều họ muốn trước."))  # fmt: skip


def referrals(request: OfficerRequest) -> HttpResponse:
    """Referrals that wait for one's agency, and those it sent."""
    page = queries.referrals_page(request.user, request.GET.get("trang"))
    shown = [one["row"].case for one in [*page["coming"], *page["sent"]]]
    access_log.look_at_list(request, "support:referrals", shown)
    return render(request, "support/referrals.html", page)


def reintegration(request: OfficerRequest, code: str) -> HttpResponse:
    """The way home of one person."""
    case = fetch(request, code)
    page = queries.reintegration_page(request.user, case, GROUP)
    return render(request, "support/reintegration.html", case_frame(request, case, "support:reintegration") | page)


def answer(request: OfficerRequest, code: str, referral: int, act: str) -> HttpResponse:
    """Accept or decline a referral, or record the arrival."""
    if act not in ANSWERS:
        raise Http404
    form_class, verb, permissions, title = ANSWERS[act]
    case = fetch(request, code, *permissions)
    row = get_object_or_404(Referral.objects.of(case).select_related("case"), pk=referral)
    form = form_class(
        request.POST or None, case=case, user=request.user, initial={"on": legal_day(), "seen": latest(case)}
    )
    if act == "den-noi" and row.kind != Referral.Kind.SHELTER:
        form.fields.pop("grounds")
    elif act == "den-noi":
        cast(ChoiceCards, form.fields["grounds"]).choices = [card(entry) for entry in stay_grounds(row, legal_day())]
    return act_page(request, case, form=form, do=lambda data: verb(by=request.user, referral=row, **data), title=title,
                    to=_reintegration(code), button=_("Ghi"),
                    article="Thông tư 35/2013, Điều 16 khoản 3")  # fmt: skip


def visit(request: OfficerRequest, code: str, visit: int) -> HttpResponse:
    """Record a visit made."""
    case = fetch(request, code, P.SUPPORT_RECORD)
    row = get_object_or_404(Visit.objects.of(case).select_related("case"), pk=visit)
    form = VisitForm(
        request.POST or None, case=case, user=request.user, initial={"on": legal_day(), "seen": latest(case)}
    )

    def do(data: dict[str, Any]) -> object:
        safe = {"yes": True, "no": False, "unknown": None}[data.pop("safe")]
        del data["danger"]
        return visit_actions.make_visit(by=request.user, visit=row, safe=safe, **data)

    def visited(data: dict[str, Any]) -> object:
        return say_what_to_do(request, case, do)(data | {"danger": "yes" if data["safe"] == "no" else "unknown"})

    return act_page(request, case, form=form, do=visited, to=_reintegration(code),
                    title=_("Ghi lần thăm"), button=_("Ghi lần thăm"), family=families.family_warning(case),
                    alone=record_danger_alone(request, case))  # fmt: skip


def programmes(request: OfficerRequest) -> HttpResponse:
    """Who takes part in which programme, of the cases that one may see."""
    page = queries.programmes_page(request.user, request.GET.get("chuong-trinh", ""), request.GET.get("trang"))
    access_log.look_at_list(request, "support:programmes", [one["row"].case for one in page["rows"]])
    return render(request, "support/programmes.html", page)


def join_programme(request: OfficerRequest, code: str) -> HttpResponse:
    """Record that somebody takes part in a programme."""
    case = fetch(request, code, P.SUPPORT_RECORD)
    initial = {"on": legal_day(), "seen": latest(case)}
    form = JoinProgrammeForm(request.POST or None, case=case, user=request.user, initial=initial)
    return act_page(request, case, form=form, title=_("Ghi chương trình kinh tế, xã hội"), button=_("Ghi"), to=_reintegration(code),
                    do=lambda data: programme_actions.join_programme(by=request.user, case=case, **data),
                    article="Luật 66/2011, Điều 11")  # fmt: skip


def end_programme(request: OfficerRequest, code: str, enrolment: int) -> HttpResponse:
    """Record how taking part in a programme ended."""
    case = fetch(request, code, P.SUPPORT_RECORD)
    row = get_object_or_404(Enrolment.objects.of(case).select_related("case"), pk=enrolment)
    form = EndProgrammeForm(request.POST or None, case=case, user=request.user, initial={"on": legal_day(), "seen": latest(case)})  # fmt: skip
    return act_page(request, case, form=form, title=_("Ghi kết thúc chương trình"), button=_("Ghi"), to=_reintegration(code),
                    do=lambda data: programme_actions.end_programme(by=request.user, enrolment=row, **data),
                    hint=queries.programme_called(row))  # fmt: skip


def take_programme_back(request: OfficerRequest, code: str, enrolment: int) -> HttpResponse:
    """Take back what was recorded of a programme by mistake."""
    case = fetch(request, code, P.CASE_CORRECT)
    row = get_object_or_404(Enrolment.objects.of(case).select_related("case"), pk=enrolment)
    form = WhyForm(request.POST or None, case=case, user=request.user, initial={"seen": latest(case)})
    ended = row.ended_on is not None
    title = _("Rút việc kết thúc ghi nhầm") if ended else _("Rút chương trình ghi nhầm")
    return act_page(request, case, form=form, title=title, button=_("Rút dòng này"), to=_reintegration(code),
                    do=lambda data: programme_actions.take_programme_back(by=request.user, enrolment=row, **data),
                    hint=_("%(programme)s. Dòng cũ vẫn đọc được trong diễn biến.") % {"programme": queries.programme_called(row)})  # fmt: skip


def _reintegration(code: str) -> str:
    return reverse("support:reintegration", args=[code])
