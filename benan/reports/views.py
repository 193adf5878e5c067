"""The plan, its indicators and clauses, and its reports."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from benan.accounts import policy
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.core.days import legal_day
from benan.core.pages import may_repeat, sent_from
from benan.plan import queries as plans
from benan.plan.models import Clause
from benan.reports import actions, measures, queries
from benan.reports.forms import Chooser

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def plan(request):
    """The state of the plan in one sentence, then in people, objectives, districts and dates."""
    current = _plan()
    if current is None:
        return _no_plan(request)
    form, asked = _asked(request, current)
    page = queries.plan_page(request.user, asked, current, form.due_next, legal_day(), request.GET.urlencode())
    _look(request, asked, page["shown"])
    return render(request, "reports/plan.html", page | {"form": form})


def indicator(request, number):
    """One indicator: its definition, the fraction, who falls short and whose move it is."""
    current = _plan()
    chosen = measures.INDICATORS.get(number)
    if chosen is None or current is None:
        raise Http404
    form, asked = _asked(request, current)
    page = queries.indicator_page(request.user, chosen, asked, request.GET.urlencode())
    _look(request, asked, page["shown"])
    clause = plans.clauses(current).filter(number=number).first()
    return render(request, "reports/indicator.html", page | {"form": form, "plan": current, "clause": clause})


def clauses(request):
    """Every clause of a plan in its own words, with its state; older plans stay readable."""
    every = plans.plans()
    wanted = every.filter(number=request.GET["ke-hoach"]).first() if "ke-hoach" in request.GET else _read()
    if wanted is None:
        return _no_plan(request)
    return render(request, "reports/clauses.html", queries.clauses_page(request.user, wanted))


def clause(request, number):
    """One clause: its words, what it means here, who answers for it, by when, and which pages serve it."""
    current = _read()
    try:
        found = plans.clause(current, number) if current else None
    except Clause.DoesNotExist:
        found = None
    if found is None:
        raise Http404
    return render(request, "reports/clause.html", queries.clause_page(request.user, found) | {"plan": current})


def report(request):
    """The figures of a period as its report will show them."""
    current = _plan()
    if current is None:
        return _no_plan(request)
    return _report(request, current, *_asked(request, current, only_reports=True))


@may_repeat
@sent_from("reports:report")
def report_docx(request):
    """The report as a file that officers go on editing."""
    current = _plan()
    if current is None:
        raise Http404
    policy.require_right(request.user, P.REPORT_MAKE)
    form = Chooser(request.POST, user=request.user, plan=current, only_reports=True)
    if not form.is_valid():
        return _report(request, current, form, _likely(request, current, only_reports=True), status=422)
    made = actions.make_report(by=request.user, plan=current, period=form.period, asked=form.asked)
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-{form.period.key}.docx"'}
    return HttpResponse(made, content_type=DOCX, headers=headers)


def _report(request, current, form, asked, status=200):
    page = queries.report_page(request.user, asked)
    context = page | {"form": form, "plan": current, "may_make": request.user.may(P.REPORT_MAKE)}
    return render(request, "reports/report.html", context, status=status)


def _plan():
    """The plan whose figures can be asked for: of the province, in force today or the last one that has begun."""
    return plans.latest(legal_day())


def _read():
    """The plan whose clauses are read: the same, or one that has not begun."""
    return _plan() or plans.coming(legal_day())


def _no_plan(request):
    return render(request, "reports/no_plan.html", {"coming": plans.coming(legal_day())})


def _asked(request, current, **more):
    """The chooser as the officer filled it, and the question: theirs, or where it cannot be answered the likely one."""
    form = Chooser(request.GET, user=request.user, plan=current, **more)
    return form, form.asked if form.is_valid() else _likely(request, current, **more)


def _likely(request, current, **more):
    form = Chooser({}, user=request.user, plan=current, **more)
    form.is_valid()
    return form.asked


def _look(request, asked, shown):
    """Which files' codes this page shows goes into the trail."""
    listed = actions.listed(asked, shown)
    if listed["files"]:
        trail.look(request, Event.FIGURES_LISTED, "indicators", listed)
