"""Pages of needs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.policy import held_on
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.cases import families
from benan.cases.known import READ, WRITTEN
from benan.cases.models import Fact
from benan.cases.views import act_page, case_frame, day_at_reception, fetch, latest, reception_page
from benan.core.days import legal_day
from benan.needs import queries
from benan.needs.actions import needs as actions
from benan.needs.forms import FactForm, GivenForm, ProvideForm, WhyForm
from benan.needs.kinds import FAMILY
from benan.needs.models import Need, Provision


def overview(request: OfficerRequest, code: str) -> HttpResponse:
    """Every need and where it stands."""
    case = fetch(request, code)
    context = case_frame(request, case, "needs:overview") | queries.needs_page(request.user, case)
    return render(request, "needs/overview.html", context)


def given(request: OfficerRequest, code: str) -> HttpResponse:
    """What was given of what was needed at once."""
    case = fetch(request, code, P.SUPPORT_RECORD)
    asked = list(Need.objects.of(case).filter(phase=Need.Phase.INITIAL))
    initial = {"on": day_at_reception(case), "seen": latest(case)}
    form = GivenForm(request.POST or None, case=case, user=request.user, needs=asked, initial=initial)
    return reception_page(
        request, case, form=form, do=lambda data: actions.give_now(by=request.user, case=case, **data), here="needs:given",
        next_page="cases:review", template="needs/given.html", nothing=not any(need.is_open for need in asked),
        family=families.family_warning(case), back="needs:overview",
    )  # fmt: skip


def fact(request: OfficerRequest, code: str, name: str) -> HttpResponse:
    """One thing known of the person that rights depend on, and from which day it is true."""
    if name not in Fact.Name.values:
        raise Http404
    case = fetch(request, code, P.NEED_ASSESS)
    held = getattr(case, name)
    initial = {"value": WRITTEN.get(held, held), "seen": latest(case)}
    form = FactForm(request.POST or None, case=case, user=request.user, name=name, initial=initial)

    def do(data: dict[str, Any]) -> object:
        value = data["value"] if name == Fact.Name.NATIONALITY else READ[data["value"]]
        return actions.learn(
            by=request.user, case=case, name=name, value=value, true_from=data["true_from"], seen=data["seen"]
        )

    return act_page(request, case, form=form, do=do, to=_overview(code), title=_("Ghi thông tin làm căn cứ xét hỗ trợ"), button=_("Ghi"),
                    hint=_("Chương trình xét lại ngay từng nhu cầu theo thông tin này."))  # fmt: skip


def provide(request: OfficerRequest, code: str, need: int) -> HttpResponse:
    """One thing offered, refused, begun or given for a need."""
    case = fetch(request, code, P.SUPPORT_RECORD)
    row = get_object_or_404(Need.objects.of(case), pk=need)
    team = queries.team_choices(case)
    own = held_on(request.user, case).agencies(P.SUPPORT_RECORD)
    initial = {"on": legal_day(), "agency": next((pk for pk, _name in team if pk in own), None), "seen": latest(case)}
    form = ProvideForm(request.POST or None, case=case, user=request.user, team=team, kind=row.kind, initial=initial)

    def do(data: dict[str, Any]) -> object:
        agency = Agency.objects.get(pk=data.pop("agency"))
        return actions.provide(by=request.user, need=row, agency=agency, **data)

    return act_page(request, case, form=form, do=do, to=_overview(code), title=_("Hỗ trợ: %(need)s") % {"need": row.label},
                    button=_("Ghi"), article=row.citation,
                    family=families.family_warning(case) if row.kind in FAMILY else "")  # fmt: skip


def take_back(request: OfficerRequest, code: str, provision: int) -> HttpResponse:
    """Take back a line recorded by mistake."""
    case = fetch(request, code, P.CASE_CORRECT)
    row = get_object_or_404(Provision.objects.of(case).select_related("need", "case"), pk=provision)
    form = WhyForm(request.POST or None, case=case, user=request.user, initial={"seen": latest(case)})
    return act_page(request, case, form=form, title=_("Rút dòng hỗ trợ ghi nhầm"), button=_("Rút dòng này"), to=_overview(code),
                    do=lambda data: actions.correct_provision(by=request.user, provision=row, **data),
                    hint=_("Dòng cũ vẫn đọc được trong diễn biến; nhu cầu trở lại là chưa xong."))  # fmt: skip


def _overview(code: str) -> str:
    return reverse("needs:overview", args=[code])
