"""Reads for the pages of the plan, one each; in a number of queries that grows with neither cases nor districts."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.core.figures import Question
from benan.indicators import reach, rebuilding
from benan.indicators.shortfalls import Shortfalls
from benan.plan import figure_lists as lists
from benan.plan import indicators, speech, state_pages
from benan.plan import queries as plans
from benan.plan.indicators import PlanIndicator
from benan.plan.models import ClauseKind, Plan
from benan.plan.periods import ReportPeriod, report_views
from benan.plan.serving import citation, overview_citation

FEW, MANY = 4, 200  # people listed beside other things, and on a page about them


def overview_page(
    user: User, asked: Question, plan: Plan, period: ReportPeriod, today: dt.date, query: str = ""
) -> dict[str, Any]:
    """The state of a plan for a question: the sentence, indicators, people, objectives, districts, dates.

    `period` is the one whose report is due next, `query` the question as it stands in the address.
    """
    clauses = plans.remembered_clauses(plan)
    wanted = indicators.indicators_among(clauses)
    figures = indicators.figures(wanted, asked)
    totals_only = lists.is_totals_only(user, asked)
    short = Shortfalls() if totals_only else indicators.shortfalls(figures, asked, user=user, most=FEW)
    drawn = {} if totals_only else lists.drawn_one_by_one(figures, asked, user)
    tallies = [found.total for found in figures]
    unknown = totals_only and any(tally.short for tally in tallies)
    listed = lists.shortfall_lists(short, figures, asked.as_of, FEW)
    everything = reach.reach_of(user).everything
    state = state_pages.duties_overview(plan, today)
    return {
        "plan": plan,
        "asked": asked,
        "whose": speech.whose(asked),
        "sentence": speech.indicators_reached([found.reached for found in figures]),
        "missing": "" if unknown else speech.people(short.people, any(tally.denominator for tally in tallies)),
        "late": speech.lateness(tallies),
        "duties_late": speech.duties_late(state["states"]),
        "report_due": speech.next_report(period, today),
        "report_url": next((reverse(view, args=[plan.slug]) for view in report_views), ""),
        "figures": [
            lists.figure_line(
                found, drawn.get(found.indicator.number), lists.indicator_url(plan, found.indicator, query)
            )
            for found in figures
        ],
        "count": speech.count(len(figures)),
        "figures_heading": speech.indicators_and_target([found.indicator.target for found in figures]),
        **listed,
        "totals_only": totals_only,
        "being_rebuilt": not rebuilding.is_current(),
        "objectives": state_pages.objective_rows(
            [clause for clause in clauses if ClauseKind.OBJECTIVE in clause.kinds], state["states_by_objective"]
        ),
        **state,
        "districts": lists.districts(figures, asked) if figures and everything and not asked.area else None,
        "deadlines": next_due_days(plan, today),
        "shown": lists.cases_named(drawn, figures, listed["people"]),
        "cited": overview_citation(plan, clauses),
    }


def indicator_page(
    user: User, plan: Plan, wanted: Sequence[PlanIndicator], indicator: PlanIndicator, asked: Question, query: str = ""
) -> dict[str, Any]:
    """One of a plan's indicators (`wanted`): the fraction, who falls short of what, and what stands beside it."""
    (found,) = indicators.figures([indicator], asked)
    totals_only = lists.is_totals_only(user, asked)
    short = Shortfalls() if totals_only else indicators.shortfalls([found], asked, user=user, most=MANY)
    drawn = {} if totals_only else lists.drawn_one_by_one([found], asked, user)
    tally, listed = found.total, lists.shortfall_lists(short, [found], asked.as_of, MANY)
    counts = [
        (_("Đã được hỗ trợ đủ"), tally.numerator),
        (_("trong đó hoàn thành quá hạn"), tally.late),
        (_("Chưa được hỗ trợ đủ"), tally.short),
        (_("Còn trong thời hạn, chưa tính"), tally.in_time),
    ]
    return {
        "plan": plan,
        "line": lists.figure_line(found, drawn.get(indicator.number), lists.indicator_url(plan, indicator, query)),
        "asked": asked,
        "whose": speech.whose(asked),
        "definition": indicator.measure.definition,
        "counts": counts,
        "beside": found.figure.beside,
        **listed,
        "totals_only": totals_only,
        "being_rebuilt": not rebuilding.is_current(),
        "every_indicator": speech.every_indicator(len(wanted)),
        "shown": lists.cases_named(drawn, [found], listed["people"]),
        "cited": citation(plan, indicator.number),
    }


def next_due_days(plan: Plan, today: dt.date) -> dict[str, Any]:
    """What the plan wants next of reports and reviews, with the days left, and how many more after those."""
    dues = plans.due_days(plan, today, plan.last_day + plans.AFTERWARDS)
    listed = [{"due": due, "left": (due.on - today).days, "soon": (due.on - today).days <= 7} for due in dues[:FEW]]
    return {"listed": listed, "more": len(dues) - len(listed)}
