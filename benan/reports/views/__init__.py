"""Reports: where the navigation leads, and the figures of any period."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.core.days import legal_day
from benan.core.figures import Question
from benan.plan import queries as plans
from benan.plan.forms import Chooser
from benan.plan.models import Plan
from benan.plan.views import chosen_question, likely_question, plan_of
from benan.reports import actions, period_pages, queries
from benan.ui.pages import may_repeat, sent_from

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def home(request: OfficerRequest) -> HttpResponse:
    """Lead on to the return on which the officer has work, else to the periods of the plan that runs today or last did."""
    plan = plans.latest(legal_day())
    if plan is None:
        return redirect("plan:home")
    for ret in period_pages.own_open(request.user, plan, legal_day()):
        return redirect("reports:return", plan.slug, ret.period.key, ret.slug)
    return redirect("reports:periods", plan.slug)


def report(request: OfficerRequest, slug: str) -> HttpResponse:
    """The figures of a period as its report will show them."""
    plan = plan_of(slug)
    if not plans.is_counted(plan, legal_day()):
        return redirect("plan:clauses", slug)
    return _report_page(request, plan, *chosen_question(request, plan, only_reports=True))


@may_repeat
@sent_from("reports:report")
def report_docx(request: OfficerRequest, slug: str) -> HttpResponse:
    """The report as a file that officers go on editing."""
    plan = plan_of(slug)
    if not plans.is_counted(plan, legal_day()):
        raise Http404
    policy.require_right(request.user, P.REPORT_MAKE)
    form = Chooser(request.POST, user=request.user, plan=plan, only_reports=True)
    if not form.is_valid():
        return _report_page(request, plan, form, likely_question(request, plan, only_reports=True), status=422)
    made = actions.make_report(by=request.user, plan=plan, period=form.period, asked=form.asked)
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-{form.period.key}.docx"'}
    return HttpResponse(made, content_type=DOCX, headers=headers)


def _report_page(
    request: OfficerRequest, plan: Plan, form: Chooser, asked: Question, status: int = 200
) -> HttpResponse:
    page = queries.report_page(request.user, plan, asked)
    context = page | {"form": form, "may_make": request.user.may(P.REPORT_MAKE)}
    return render(request, "reports/report.html", context, status=status)
