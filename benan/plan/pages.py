"""Reads for the pages of the plan, one each; in a number of queries that grows with neither cases nor districts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.core.figures import Question
from benan.indicators import reach, rebuilding
from benan.indicators.shortfalls import Shortfalls
from benan.plan import figure_lists as lists
from benan.plan import indicators, speech
from benan.plan import queries as plans
from benan.plan.indicators import PlanIndicator
from benan.plan.models import Clause, ClauseKind, Plan
from benan.plan.periods import ReportPeriod, report_views
from benan.plan.serving import Citation, overview_citation, pages_open_to, pages_serving, plan_keys

FEW, MANY = 4, 200  # people listed beside other things, and on a page about them


def overview_page(
    user: User, asked: Question, plan: Plan, period: ReportPeriod, today: dt.date, query: str = ""
) -> dict[str, Any]:
    """The state of a plan for a question: the sentence, indicators, people, objectives, districts, dates.

    `period` is the one whose report is due next, `query` the question as it stands in the address.
    """
    clauses = list(plan.clauses.select_related("section").prefetch_related("agencies"))
    wanted = indicators.indicators_among(clauses)
    figures = indicators.figures(wanted, asked)
    totals_only = lists.is_totals_only(user, asked)
    short = Shortfalls() if totals_only else indicators.shortfalls(figures, asked, user=user, most=FEW)
    drawn = {} if totals_only else lists.drawn_one_by_one(figures, asked, user)
    tallies = [found.total for found in figures]
    unknown = totals_only and any(tally.short for tally in tallies)
    listed = lists.shortfall_lists(short, figures, asked.as_of, FEW)
    everything = reach.reach_of(user).everything
    return {
        "plan": plan,
        "asked": asked,
        "whose": speech.whose(asked),
        "sentence": speech.indicators_reached([found.reached for found in figures]),
        "missing": "" if unknown else speech.people(short.people, any(tally.denominator for tally in tallies)),
        "late": speech.lateness(tallies),
        "report_due": speech.next_report(period, today),
        "report_url": next(map(reverse, report_views), ""),
        "figures": [
            lists.figure_line(found, drawn.get(found.indicator.number), lists.indicator_url(found.indicator, query))
            for found in figures
        ],
        "count": speech.count(len(figures)),
        "figures_heading": speech.indicators_and_target([found.indicator.target for found in figures]),
        **listed,
        "totals_only": totals_only,
        "being_rebuilt": not rebuilding.is_current(),
        "objectives": objectives(plan, clauses),
        "districts": lists.districts(figures, asked) if figures and everything and not asked.area else None,
        "deadlines": next_due_days(plan, today),
        "shown": lists.cases_named(drawn, figures, listed["people"]),
        "cited": overview_citation(plan.number, clauses),
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
        "line": lists.figure_line(found, drawn.get(indicator.number), lists.indicator_url(indicator, query)),
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
        "cited": Citation(plan.number, (indicator.number,)),
    }


def objectives(plan: Plan, clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """The objectives among all clauses of a plan, with the clauses that serve each, and whether a page serves those."""
    every = {clause.pk: clause for clause in clauses}
    serving = defaultdict(list)
    for serving_pk, objective_pk in plans.serving_pairs(plan):
        serving[objective_pk].append("going" if pages_serving(every[serving_pk]) else "later")
    found = []
    for objective in (clause for clause in every.values() if ClauseKind.OBJECTIVE in clause.kinds):
        states = sorted(serving[objective.pk])
        found.append({
            "clause": objective, "states": states, "served": states.count("going"), "total": len(states),
            "words": _("%(served)s điểm đã có trang thực hiện, %(left)s điểm chưa có")
            % {"served": states.count("going"), "left": states.count("later")},
        })  # fmt: skip
    return found


def next_due_days(plan: Plan, today: dt.date) -> dict[str, Any]:
    """What the plan wants next of reports and reviews, with the days left, and how many more after those."""
    dues = plans.due_days(plan, today, plan.last_day)
    listed = [{"due": due, "left": (due.on - today).days, "soon": (due.on - today).days <= 7} for due in dues[:FEW]]
    return {"listed": listed, "more": len(dues) - len(listed)}


def clause_page(user: User, plan: Plan, clause: Clause) -> dict[str, Any]:
    """One clause of a plan: its words, who answers, by when, which pages serve it, and what it serves."""
    years = [
        (rule, [rule.due_in(year) for year in range(rule.first_year, rule.last_year + 1)])
        for rule in clause.deadlines.all()
    ]
    return {
        "plan": plan,
        "clause": clause,
        "pages": pages_open_to(user, clause),
        "served": bool(pages_serving(clause)),
        "answerable": [key.label for key in clause.answerable],
        "named": bool(clause.leads),
        "cooperating": [key.label for key in clause.cooperating],
        "deadlines": years,
        "serves": list(clause.serves.all()),
        "served_by": list(plans.clauses_serving(clause)),
        "cited": Citation(plan.number, (clause.number,)),
    }


def clauses_page(user: User, plan: Plan) -> dict[str, Any]:
    """The whole plan in its order, with the state of each clause, and the duties of one's own agency first."""
    outline = [
        (section, [(clause, bool(pages_serving(clause))) for clause in clauses])
        for section, clauses in plans.outline(plan)
    ]
    states = [served for _section, clauses in outline for _clause, served in clauses]
    keys = [key for seat in user.seats for key in plan_keys(seat.agency)]
    return {
        "plan": plan,
        "plans": plans.plans(),
        "outline": outline,
        "served": sum(states),
        "total": len(states),
        "own": [(clause, bool(pages_serving(clause))) for clause in plans.led_by(plan, *keys)] if keys else [],
    }
