"""The indicators of a plan year by year, for everybody. They are counted once a day, the year that runs as often as asked: as of
the last day of the month before."""

import datetime as dt
from typing import Any

from benan.core.figures import question
from benan.indicators import reach
from benan.plan import charts, indicators, periods
from benan.plan import queries as plans
from benan.plan.models import Plan, YearFigure
from benan.plan.serving import citation


def keep(today: dt.date, anew: bool) -> int:
    """Count every begun year of the plan that runs on a legal day, or was the last to; returns how many years were counted.

    A year that was counted on the day is left, unless it still runs or all are wanted `anew`.
    """
    plan = plans.latest(today)
    if plan is None:
        return 0
    wanted = indicators.indicators(plan)
    clauses = dict(plan.clauses.values_list("number", "pk"))
    counted = set(YearFigure.objects.filter(clause__plan=plan, counted_on=today).values_list("year", flat=True))
    years = [each for each in years_of(plan, today) if anew or each.year not in counted or each.last >= today]
    for each in years:
        asked = question(each.first, each.last, reach.day_of_totals(each.last, today))
        for found in indicators.figures(wanted, asked):
            YearFigure.objects.update_or_create(
                clause_id=clauses[found.indicator.number], year=each.year,
                defaults={
                    "first": each.first, "last": each.last, "numerator": found.total.numerator,
                    "denominator": found.total.denominator, "late": found.total.late, "counted_on": today,
                },
            )  # fmt: skip
    return len(years)


def years_of(plan: Plan, today: dt.date) -> list[periods.ReportPeriod]:
    """The years of a plan of which something may be shown to everybody, as its yearly reports count them, or else calendar
    years."""
    years = [each for each in periods.periods(plan, today) if each.kind == periods.YEAR]
    return [each for each in years if each.first <= reach.day_of_totals(each.last, today)]


def trends_page(plan: Plan) -> dict[str, Any]:
    """Each indicator of a plan: its years as a picture and as a table."""
    rows: dict[int, list[YearFigure]] = {}
    for row in YearFigure.objects.filter(clause__plan=plan).select_related("clause"):
        rows.setdefault(row.clause_id, []).append(row)
    named = {each.number: each for each in indicators.indicators(plan)}
    found = [
        (
            named[years[0].clause.number],
            years,
            charts.shares([(row.year, row.numerator, row.denominator) for row in years]),
        )
        for years in rows.values()
        if years[0].clause.number in named
    ]
    counted = max((row.counted_on for years in rows.values() for row in years), default=None)
    return {"plan": plan, "indicators": found, "counted_on": counted, "cited": citation(plan, *named)}
