"""Plans, their state, their indicators and their clauses."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from benan.accounts.requests import OfficerRequest
from benan.audit import trail
from benan.core import counts
from benan.core.days import legal_day
from benan.core.figures import Question
from benan.indicators.events import FigureEvent
from benan.plan import count_page, indicators, pages, state_pages, trends
from benan.plan import queries as plans
from benan.plan.actions import listing
from benan.plan.forms import Chooser
from benan.plan.models import Clause, Plan
from benan.plan.serving import Citation
from benan.plan.views.work import agency_of, area_form


def home(request: OfficerRequest) -> HttpResponse:
    """Lead on to the plan that runs today, or the last one that did; say so where there is none yet."""
    plan = plans.latest(legal_day())
    if plan is None:
        coming = plans.coming(legal_day())
        return render(request, "plan/no_plan.html", {"coming": coming, "cited": Citation()})
    return redirect("plan:overview", plan.slug)


def overview(request: OfficerRequest, slug: str) -> HttpResponse:
    """The state of the plan in one sentence, then in people, objectives, agencies, districts and dates."""
    plan = plan_of(slug)
    if not plans.is_counted(plan, legal_day()):
        return redirect("plan:clauses", slug)
    form, asked = chosen_question(request, plan)
    page = pages.overview_page(request.user, asked, plan, form.due_next, legal_day(), request.GET.urlencode())
    _record_codes(request, asked, page["shown"])
    return render(request, "plan/overview.html", page | {"form": form})


def indicator(request: OfficerRequest, slug: str, number: str) -> HttpResponse:
    """One indicator: its definition, the fraction, who falls short and whose move it is."""
    plan = plan_of(slug)
    wanted = indicators.indicators(plan)
    chosen = next((each for each in wanted if each.number == number), None)
    if chosen is None:
        raise Http404
    if not plans.is_counted(plan, legal_day()):
        return redirect("plan:clause", slug, number)
    form, asked = chosen_question(request, plan)
    page = pages.indicator_page(request.user, plan, wanted, chosen, asked, request.GET.urlencode())
    _record_codes(request, asked, page["shown"])
    return render(request, "plan/indicator.html", page | {"form": form})


def count(request: OfficerRequest, slug: str, count: str) -> HttpResponse:
    """One number that is counted, or one of its parts (?phan=split:value): how it is counted, and the cases behind it."""
    plan, chosen = plan_of(slug), counts.count(count)
    if chosen is None or not plans.is_counted(plan, legal_day()):
        raise Http404
    form, asked = chosen_question(request, plan)
    page = count_page.count_page(request.user, plan, chosen, asked, request.GET)
    if page is None:
        raise Http404
    if page["people"]:
        codes = sorted(case.code for case in page["people"])
        data = listing.named(asked) | {"cases": codes, "count": chosen.key, "part": page["part"]}
        trail.look(request, FigureEvent.COUNTED_LISTED, "indicators", data)
    return render(request, "plan/count.html", page | {"form": form})


def clauses(request: OfficerRequest, slug: str) -> HttpResponse:
    """Every clause of a plan in its own words, beside what was done; older plans stay readable."""
    return render(request, "plan/clauses.html", state_pages.clauses_page(request.user, plan_of(slug), legal_day()))


def clause(request: OfficerRequest, slug: str, number: str) -> HttpResponse:
    """One clause: its words, what it means here, who answers for it, by when, and what was done."""
    found = clause_of(slug, number)
    return render(request, "plan/clause.html", state_pages.clause_page(request.user, found, legal_day()))


def agencies(request: OfficerRequest, slug: str) -> HttpResponse:
    """Every agency with duties under a plan, and how many of them stand where."""
    return render(request, "plan/agencies.html", state_pages.agencies_page(request.user, plan_of(slug), legal_day()))


def agency(request: OfficerRequest, slug: str, agency: str) -> HttpResponse:
    """The duties of one agency: its home under the plan."""
    plan = plan_of(slug)
    page = state_pages.agency_page(request.user, plan, agency_of(agency), legal_day())
    return render(request, "plan/agency.html", page)


def timeline(request: OfficerRequest, slug: str) -> HttpResponse:
    """What is due when under a plan, and what was done when."""
    return render(request, "plan/timeline.html", state_pages.timeline_page(plan_of(slug), legal_day()))


def trend(request: OfficerRequest, slug: str) -> HttpResponse:
    """The indicators of a plan year by year, each picture with its table."""
    return render(request, "plan/trends.html", trends.trends_page(plan_of(slug)))


def areas(request: OfficerRequest, slug: str) -> HttpResponse:
    """The districts of the province with the priority that a plan gives some of their places."""
    plan = plan_of(slug)
    form, answer = area_form(request, plan)
    page = state_pages.areas_page(request.user, plan, legal_day())
    status = 422 if form and form.is_bound else 200
    return answer or render(request, "plan/areas.html", page | {"form": form}, status=status)


def plan_of(slug: str) -> Plan:
    """The plan of an address; 404 where there is none."""
    try:
        return plans.by_slug(slug)
    except Plan.DoesNotExist:
        raise Http404 from None


def clause_of(slug: str, number: str) -> Clause:
    """The clause of an address; 404 where there is none."""
    try:
        return plans.clause(plan_of(slug), number)
    except Clause.DoesNotExist:
        raise Http404 from None


def chosen_question(request: OfficerRequest, plan: Plan, **more: Any) -> tuple[Chooser, Question]:
    """The chooser as the officer filled it, and the question: theirs, or where it cannot be answered the likely one."""
    form = Chooser(request.GET, user=request.user, plan=plan, **more)
    return form, form.asked if form.is_valid() else likely_question(request, plan, **more)


def likely_question(request: OfficerRequest, plan: Plan, **more: Any) -> Question:
    """The question with which the chooser begins."""
    form = Chooser({}, user=request.user, plan=plan, **more)
    form.is_valid()
    return form.asked


def _record_codes(request: OfficerRequest, asked: Question, shown: Mapping[str, Any]) -> None:
    """Record in the trail which cases' codes this page shows."""
    listed = listing.listed(asked, shown)
    if listed["cases"]:
        trail.look(request, FigureEvent.CASES_LISTED, "indicators", listed)
