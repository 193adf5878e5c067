"""The file of a plan for another period, to begin the plan that follows it."""

import datetime as dt
from dataclasses import replace

from benan.plan.document import DeadlineEntry, PeriodEntry, PlanFile
from benan.plan.report_entries import CutOffEntry, ReportEntry
from benan.plan.spans import SpanDay
from benan.plan.yaml_source import Text

FIRST, LAST = 2000, 2100  # years that a plan file may name


def moved(file: PlanFile, *, number: str, issued_on: dt.date, first: dt.date, last: dt.date) -> PlanFile:
    """A plan as it is, for a period: number, day, period and the years of deadlines and reports are new, `follows` is set.

    A rule that began with the plan begins with the new one, one that ended with it ends with that; what fell in one year
    alone keeps its distance from the nearer end.
    """
    ahead = (first.year - file.period.first.year, last.year - file.period.last.year)
    ends = (file.period.first.year, file.period.last.year)
    clauses = [
        replace(
            entry,
            deadlines=[_deadline(rule, ends, ahead) for rule in entry.deadlines],
            reports=[_report(rule, ends, ahead) for rule in entry.reports],
        )
        for entry in file.clauses
    ]
    return replace(
        file, number=Text(number), issued_on=issued_on, period=PeriodEntry(first, last), follows=file.number, clauses=clauses
    )  # fmt: skip


def _deadline(rule: DeadlineEntry, ends: tuple[int, int], ahead: tuple[int, int]) -> DeadlineEntry:
    first, last = _years(rule, ends, ahead)
    return replace(rule, first_year=first, last_year=last)


def _report(rule: ReportEntry, ends: tuple[int, int], ahead: tuple[int, int]) -> ReportEntry:
    first, last = _years(rule, ends, ahead)
    years = first - rule.first_year
    cut_offs = {
        key: CutOffEntry(_span(each.first, years), _span(each.last, years)) for key, each in rule.cut_offs.items()
    }
    return replace(
        rule, first_year=first, last_year=last, cut_offs=cut_offs, last=_span(rule.last, years),
        first=_span(rule.first, years) if rule.first else None,
    )  # fmt: skip


def _years(rule: DeadlineEntry | ReportEntry, ends: tuple[int, int], ahead: tuple[int, int]) -> tuple[int, int]:
    first, last = rule.first_year + ahead[0], rule.last_year + ahead[1]
    if rule.first_year == rule.last_year:
        to_the_end = ends[1] - rule.first_year <= rule.first_year - ends[0]
        first = last = rule.first_year + ahead[to_the_end]
    last = max(first, last)
    return min(max(first, FIRST), LAST), min(max(last, FIRST), LAST)


def _span(day: SpanDay, years: int) -> SpanDay:
    """A day of every year as it is; one day of one year so many years later."""
    if not isinstance(day, dt.date):
        return day
    year = min(max(day.year + years, FIRST), LAST - 1)
    return dt.date(year, day.month, 28) if (day.month, day.day) == (2, 29) else dt.date(year, day.month, day.day)
