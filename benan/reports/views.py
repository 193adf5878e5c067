"""The reports of a period."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.core.figures import Question
from benan.plan.forms import Chooser
from benan.plan.models import Plan
from benan.plan.views import chosen_question, counted_plan, likely_question, no_plan
from benan.reports import actions, queries
from benan.ui.pages import may_repeat, sent_from

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def report(request: OfficerRequest) -> HttpResponse:
    """The figures of a period as its report will show them."""
    plan = counted_plan()
    if plan is None:
        return no_plan(request)
    return _report_page(request, plan, *chosen_question(request, plan, only_reports=True))


@may_repeat
@sent_from("reports:report")
def report_docx(request: OfficerRequest) -> HttpResponse:
    """The report as a file that officers go on editing."""
    plan = counted_plan()
    if plan is None:
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
