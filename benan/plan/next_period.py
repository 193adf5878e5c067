"""The file of a plan for another period, to begin the plan that follows it."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from benan.core.days import show
from benan.plan.document import DeadlineEntry, PeriodEntry, PlanFile
from benan.plan.models.plans import last_day_in_time
from benan.plan.report_entries import CutOffEntry, ReportEntry
from benan.plan.spans import SpanDay
from benan.plan.yaml_source import Text

FIRST, LAST = 2000, 2100  # years that a plan file may name


@dataclass(frozen=True)
class _Frame:
    """When a plan was issued, and its first and last year."""

    issued_on: dt.date
    first: int
    last: int

    def first_due_year(self, rule: DeadlineEntry | ReportEntry) -> int:
        """The first year of the plan in which something may still be due after the plan was issued; the year after its last where none."""
        years = range(self.first, min(self.last, LAST) + 1)
        return next((year for year in years if _due_in(rule, year) >= self.issued_on), self.last + 1)


def moved(file: PlanFile, *, number: str, issued_on: dt.date, first: dt.date, last: dt.date) -> PlanFile:
    """A plan as it is, for a period: number, day, period and the years of deadlines and reports are new, `follows` is set.

    A rule that began with the plan begins with the new one, one that ended with it ends with that; what fell in one year
    alone keeps its distance from the nearer end. What is due every year since the plan was issued, which may be later than its
    first year, is due every year of the new one since that is issued.
    """
    old = _Frame(file.issued_on, file.period.first.year, file.period.last.year)
    new = _Frame(issued_on, first.year, last.year)
    clauses = [
        replace(
            entry,
            deadlines=[_deadline(rule, old, new) for rule in entry.deadlines],
            reports=[_report(rule, old, new) for rule in entry.reports],
        )
        for entry in file.clauses
    ]
    return replace(
        file, number=Text(number), issued_on=issued_on, period=PeriodEntry(first, last), follows=file.number, clauses=clauses
    )  # fmt: skip


def begun_earlier(file: PlanFile, after: PlanFile) -> list[str]:
    """What is due every year and begins in the first year of a moved plan (`after`), though it began later in the one moved."""
    pairs = zip(_yearly(file), _yearly(after), strict=True)
    years = (file.period.first.year, after.period.first.year)
    return [
        new.what if isinstance(new, DeadlineEntry) else _("Báo cáo %s") % new.name.replace("{year}", str(years[1]))
        for old, new in pairs
        if _recurs(old) and old.first_year > years[0] and new.first_year == years[1]
    ]


def note(file: PlanFile, after: PlanFile) -> str:
    """What the owner of a moved plan has to look at, in sentences."""
    said = [
        _(
            "Soạn từ kế hoạch %(number)s: số, ngày ban hành, thời gian, năm của thời hạn và kỳ báo cáo theo giai đoạn mới."
        )
        % {"number": file.number}
    ]
    if begun := begun_earlier(file, after):
        told = {
            "first": after.period.first.year, "before": file.period.first.year, "issued": show(file.issued_on),
            "what": "; ".join(begun),
        }  # fmt: skip
        said.append(
            _(
                "Có ngay từ năm đầu %(first)s: %(what)s. Kế hoạch trước ban hành ngày %(issued)s nên năm đầu %(before)s không có. "
                "Nếu văn bản mới quy định khác thì sửa first_year."
            )
            % told
        )
    return "\n".join(said)


def _yearly(file: PlanFile) -> list[DeadlineEntry | ReportEntry]:
    found: list[DeadlineEntry | ReportEntry] = []
    for entry in file.clauses:
        found += entry.deadlines
        found += entry.reports
    return found


def _recurs(rule: DeadlineEntry | ReportEntry) -> bool:
    return rule.first_year < rule.last_year


def _due_in(rule: DeadlineEntry | ReportEntry, year: int) -> dt.date:
    """The last day in time in a year."""
    day, month = rule.before or rule.by or (31, 12)
    if (day, month) == (29, 2):
        day = 28
    return last_day_in_time(year, month, day, before=rule.before is not None)


def _deadline(rule: DeadlineEntry, old: _Frame, new: _Frame) -> DeadlineEntry:
    first, last = _years(rule, old, new)
    return replace(rule, first_year=first, last_year=last)


def _report(rule: ReportEntry, old: _Frame, new: _Frame) -> ReportEntry:
    first, last = _years(rule, old, new)
    years = first - rule.first_year
    cut_offs = {
        key: CutOffEntry(_span(each.first, years), _span(each.last, years)) for key, each in rule.cut_offs.items()
    }
    return replace(
        rule, first_year=first, last_year=last, cut_offs=cut_offs, last=_span(rule.last, years),
        first=_span(rule.first, years) if rule.first else None,
    )  # fmt: skip


def _years(rule: DeadlineEntry | ReportEntry, old: _Frame, new: _Frame) -> tuple[int, int]:
    to_the_first, to_the_last = new.first - old.first, new.last - old.last
    first, last = rule.first_year + to_the_first, rule.last_year + to_the_last
    if not _recurs(rule):
        is_nearer_the_end = old.last - rule.first_year <= rule.first_year - old.first
        first = last = rule.first_year + (to_the_last if is_nearer_the_end else to_the_first)
    elif rule.first_year == old.first_due_year(rule):
        first = new.first_due_year(rule)
    last = max(first, last)
    return min(max(first, FIRST), LAST), min(max(last, FIRST), LAST)


def _span(day: SpanDay, years: int) -> SpanDay:
    """A day of every year as it is; one day of one year so many years later."""
    if not isinstance(day, dt.date):
        return day
    year = min(max(day.year + years, FIRST), LAST - 1)
    return dt.date(year, day.month, 28) if (day.month, day.day) == (2, 29) else dt.date(year, day.month, day.day)
