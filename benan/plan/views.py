"""The plan, its indicators and its clauses."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from benan.accounts.requests import OfficerRequest
from benan.audit import trail
from benan.core.days import legal_day
from benan.core.figures import Question
from benan.indicators.events import FigureEvent
from benan.plan import actions, indicators, pages
from benan.plan import queries as plans
from benan.plan.forms import Chooser
from benan.plan.models import Clause, Plan
from benan.plan.serving import Citation


def overview(request: OfficerRequest) -> HttpResponse:
    """The state of the plan in one sentence, then in people, objectives, districts and dates."""
    plan = counted_plan()
    if plan is None:
        return no_plan(request)
    form, asked = chosen_question(request, plan)
    page = pages.overview_page(request.user, asked, plan, form.due_next, legal_day(), request.GET.urlencode())
    _record_codes(request, asked, page["shown"])
    return render(request, "plan/overview.html", page | {"form": form})


def indicator(request: OfficerRequest, number: str) -> HttpResponse:
    """One indicator: its definition, the fraction, who falls short and whose move it is."""
    plan = counted_plan()
    wanted = indicators.indicators(plan) if plan else []
    chosen = next((each for each in wanted if each.number == number), None)
    if plan is None or chosen is None:
        raise Http404
    form, asked = chosen_question(request, plan)
    page = pages.indicator_page(request.user, plan, wanted, chosen, asked, request.GET.urlencode())
    _record_codes(request, asked, page["shown"])
    return render(request, "plan/indicator.html", page | {"form": form})


def clauses(request: OfficerRequest) -> HttpResponse:
    """Every clause of a plan in its own words, with its state; older plans stay readable."""
    every = plans.plans()
    wanted = every.filter(number=request.GET["ke-hoach"]).first() if "ke-hoach" in request.GET else _readable_plan()
    if wanted is None:
        return no_plan(request)
    return render(request, "plan/clauses.html", pages.clauses_page(request.user, wanted))


def clause(request: OfficerRequest, number: str) -> HttpResponse:
    """One clause: its words, what it means here, who answers for it, by when, and which pages serve it."""
    plan = _readable_plan()
    try:
        found = plans.clause(plan, number) if plan else None
    except Clause.DoesNotExist:
        found = None
    if plan is None or found is None:
        raise Http404
    return render(request, "plan/clause.html", pages.clause_page(request.user, plan, found))


def counted_plan() -> Plan | None:
    """The plan whose figures can be asked for: of the province, in force today or the last one that has begun."""
    return plans.latest(legal_day())


def no_plan(request: OfficerRequest) -> HttpResponse:
    """The page that says that no plan was loaded, or that it has not begun."""
    return render(request, "plan/no_plan.html", {"coming": plans.coming(legal_day()), "cited": Citation()})


def chosen_question(request: OfficerRequest, plan: Plan, **more: Any) -> tuple[Chooser, Question]:
    """The chooser as the officer filled it, and the question: theirs, or where it cannot be answered the likely one."""
    form = Chooser(request.GET, user=request.user, plan=plan, **more)
    return form, form.asked if form.is_valid() else likely_question(request, plan, **more)


def likely_question(request: OfficerRequest, plan: Plan, **more: Any) -> Question:
    """The question with which the chooser begins."""
    form = Chooser({}, user=request.user, plan=plan, **more)
    form.is_valid()
    return form.asked


def _readable_plan() -> Plan | None:
    """The plan whose clauses are read: the counted one, or one that has not begun."""
    return counted_plan() or plans.coming(legal_day())


def _record_codes(request: OfficerRequest, asked: Question, shown: Mapping[str, Any]) -> None:
    """Record in the trail which cases' codes this page shows."""
    listed = actions.listed(asked, shown)
    if listed["cases"]:
        trail.look(request, FigureEvent.CASES_LISTED, "indicators", listed)
