"""What the page of a period's report shows."""

from typing import Any

from benan.accounts.models import User
from benan.core.figures import Question
from benan.indicators import rebuilding
from benan.indicators.shortfalls import Shortfalls
from benan.plan import figure_lists as lists
from benan.plan import indicators, speech
from benan.plan.models import Plan

MOST = 200  # reasons listed


def report_page(user: User, plan: Plan, asked: Question) -> dict[str, Any]:
    """The figures of a period as its report shows them: counts with their reasons, no codes."""
    figures = indicators.figures(indicators.indicators(plan), asked)
    totals_only = lists.is_totals_only(user, asked)
    short = Shortfalls() if totals_only else indicators.shortfalls(figures, asked)
    return {
        "plan": plan,
        "asked": asked,
        "whose": speech.whose(asked),
        "figures": figures,
        "count": speech.count(len(figures)),
        "apart": [(found.indicator.letter, *row) for found in figures for row in found.figure.beside if row[1]],
        **lists.shortfall_lists(short, figures, asked.as_of, MOST),
        "totals_only": totals_only,
        "being_rebuilt": not rebuilding.is_current(),
        "districts": None if totals_only or asked.area or not figures else lists.districts(figures, asked),
    }
