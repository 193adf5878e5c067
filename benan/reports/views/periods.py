"""The periods of a plan: which there are, who has reported, and the act of making one report of all."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.accounts.views import form_page
from benan.core.days import legal_day
from benan.core.text import clean
from benan.plan import policy
from benan.plan.models import Plan
from benan.plan.views import plan_of
from benan.reports import period_pages, return_pages
from benan.reports.actions import consolidating, opening
from benan.reports.forms import ConsolidateForm, RequestedPeriodForm
from benan.reports.models import CONSOLIDATED, Period
from benan.ui import forms
from benan.ui.pages import sent_from, submit


def periods(request: OfficerRequest, slug: str) -> HttpResponse:
    """The periods of a plan: open, to come, done."""
    page = period_pages.periods_page(request.user, plan_of(slug), legal_day())
    return render(request, "reports/periods.html", page)


@sent_from("reports:periods")
def open_by_rule(request: OfficerRequest, slug: str) -> HttpResponse:
    """Open a period that the plan asks for; `key` of the form names it."""
    plan = plan_of(slug)
    policy.require_follow_up(request.user, P.RETURNS_MANAGE, plan, legal_day())
    found = period_pages.rule_of(plan, clean(request.POST.get("key", "")))
    if found is None:
        raise Http404
    rule, year = found
    form = forms.Form(request.POST)
    period = submit(form, lambda data: opening.open_period(by=request.user, plan=plan, rule=rule, year=year))
    if period is None:
        page = period_pages.periods_page(request.user, plan, legal_day())
        return render(request, "reports/periods.html", page | {"form": form}, status=422)
    return redirect("reports:period", slug, period.key)


def open_on_request(request: OfficerRequest, slug: str) -> HttpResponse:
    """Open a period that a superior asked for."""
    plan = plan_of(slug)
    policy.require_follow_up(request.user, P.RETURNS_MANAGE, plan, legal_day())
    return form_page(
        request, form=RequestedPeriodForm(request.POST or None),
        do=lambda data: opening.open_on_request(by=request.user, plan=plan, **data),
        to=reverse("reports:periods", args=[slug]),
        over=_("Kế hoạch %s") % plan.number, title=_("Mở kỳ báo cáo theo yêu cầu của cấp trên"),
        under=_("Mọi đơn vị báo cáo của kế hoạch nhận được báo cáo đã có số liệu của mình."), button=_("Mở kỳ báo cáo"),
    )  # fmt: skip


def period(request: OfficerRequest, slug: str, period: str) -> HttpResponse:
    """Who has reported for a period, and who is at which step."""
    found = period_of(plan_of(slug), period)
    return render(request, "reports/period.html", period_pages.period_page(request.user, found, legal_day()))


def consolidate(request: OfficerRequest, slug: str, period: str) -> HttpResponse:
    """Make one report of the returns of a period."""
    plan = plan_of(slug)
    found = period_of(plan, period)
    policy.require_follow_up(request.user, P.RETURNS_MANAGE, plan, legal_day())
    before = return_pages.consolidating(found, legal_day())
    under = _("%(n)d đơn vị đã nộp. Số của báo cáo tổng hợp là tổng các báo cáo mới nhất.") % {"n": before["given"]}
    warnings = [_("Chưa nộp: %s.") % ", ".join(before["missing"])] if before["missing"] else []
    return form_page(
        request, form=ConsolidateForm(request.POST or None),
        do=lambda data: consolidating.consolidate(by=request.user, period=found, **data),
        to=reverse("reports:return", args=[slug, period, CONSOLIDATED]) if request.method == "POST"
        else reverse("reports:period", args=[slug, period]),
        over=_("Kế hoạch %s") % plan.number, title=_("Tổng hợp báo cáo %s") % found.name, under=under, warnings=warnings,
        button=_("Tổng hợp"),
    )  # fmt: skip


def period_of(plan: Plan, key: str) -> Period:
    """The period of an address; 404 where there is none."""
    found = Period.objects.filter(plan=plan, key=key).select_related("plan").first()
    if found is None:
        raise Http404
    return found
