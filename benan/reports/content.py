"""What a return says, as pages and papers show it: built from the stored rows in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benan.accounts import queries as accounts
from benan.accounts.models import Membership
from benan.agencies import queries as agencies
from benan.core.days import legal_day
from benan.core.figures import Tally
from benan.plan.models import Plan
from benan.reports import recipients
from benan.reports.models import DENOMINATOR, IN_TIME, LATE, NUMERATOR, Cell, Period, Return, ReturnStep


@dataclass(frozen=True)
class CellContent:
    """One figure; the names are those of `Cell`. `value` None is not filled, 0 is "không phát sinh"."""

    part: str
    words: str
    counted: int | None
    value: int | None
    reason: str
    previous: int | None
    year_before: int | None

    @property
    def corrected(self) -> bool:
        """Whether another number is reported than was counted."""
        return self.counted is not None and self.value != self.counted

    @property
    def says_something(self) -> bool:
        """Whether a page shows it: of what divides a line, not that which never arose."""
        return ":" not in self.part or self.corrected or any((self.value, self.previous, self.year_before))


@dataclass(frozen=True)
class LineContent:
    """A line of figures: the whole first, then its parts."""

    key: str
    name: str
    unit: str
    section: str
    cells: tuple[CellContent, ...]

    @property
    def whole(self) -> CellContent:
        """The figure of the whole line."""
        return self.cells[0]


@dataclass(frozen=True)
class IndicatorContent:
    """An indicator of the plan with its figures; `reached` None where nobody counts. `counted`: by the program, not typed."""

    number: str
    wording: str
    target: int
    numerator: int | None
    denominator: int | None
    late: int | None
    in_time: int | None
    reached: bool | None
    counted: bool
    name: str = ""
    cells: tuple[CellContent, ...] = ()

    @property
    def percent(self) -> str:
        """The share as 92,9%; "" where nobody counts, or nothing was filled."""
        if not self.denominator or self.numerator is None:
            return ""
        return Tally(met=self.numerator, short=self.denominator - self.numerator).percent


@dataclass(frozen=True)
class SectionContent:
    """A section: its heading, the clauses whose work it tells, the words, and the lines of figures."""

    key: str
    heading: str
    clauses: tuple[str, ...]
    words: str
    lines: tuple[LineContent, ...]


@dataclass(frozen=True)
class UnitContent:
    """A unit of which a consolidated report is made; `values` by (line or indicator, part); {} where it did not report."""

    name: str
    state_words: str
    submitted_on: dt.date | None
    values: Mapping[tuple[str, str], int | None]

    def left_empty(self, line: str) -> bool:
        """Whether it was to give the figure of a line and gave none."""
        return (line, "") in self.values and self.values[line, ""] is None


@dataclass(frozen=True)
class Difference:
    """Where a unit's return and the live figure differ; `unit` "" is the province as a whole."""

    line: str
    unit: str
    returned: int | None
    live: int | None
    why: str
    part: str = ""


@dataclass(frozen=True)
class Content:
    """Everything that a return says. `missing` are the units that did not report, `not_added` those that the plan only
    asks and that did not; `frozen_on`: the day on which it was submitted, None until
    then."""

    ret: Return
    plan: Plan
    period: Period
    period_name: str
    first: dt.date
    last: dt.date
    as_of: dt.date
    due_on: dt.date
    agency_name: str
    superior_name: str
    title: str
    sections: tuple[SectionContent, ...]
    indicators: tuple[IndicatorContent, ...]
    units: tuple[UnitContent, ...]
    missing: tuple[str, ...]
    not_added: tuple[str, ...]
    differences: tuple[Difference, ...]
    recipients: tuple[str, ...]
    signer: str
    post: str
    paper_no: str
    paper_on: dt.date | None
    frozen_on: dt.date | None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> int:
        """How many units reported."""
        return len(self.units) - len(self.missing) - len(self.not_added)

    @property
    def unfilled_by(self) -> list[tuple[str, list[str]]]:
        """The lines that some units left empty though others filled them, each with the names of these units: a sum is without them."""
        found = [(line, [unit.name for unit in self.units if unit.left_empty(line.key)]) for line in self.lines]
        return [(line.name, names) for line, names in found if names and line.whole.value is not None]

    @property
    def lines(self) -> list[LineContent]:
        """The lines of all sections, in the order of the form."""
        return [line for section in self.sections for line in section.lines]

    def figure_name(self, difference: Difference) -> str:
        """What the figure of a difference is called: the line or the indicator, and its part."""
        cells = {(line.key, cell.part): cell for line in self.lines for cell in line.cells}
        cells |= {(each.number, cell.part): cell for each in self.indicators for cell in each.cells}
        cell = cells.get((difference.line, difference.part))
        name = self.names.get(difference.line, difference.line)
        return f"{name}, {cell.words}" if cell and cell.words else name


ELSEWHERE = "Nơi khác"  # where what is counted lies in no unit that reports


def content(ret: Return) -> Content:
    """What a return says: of a consolidated one, also what its units said. At most ten queries."""
    period, plan = ret.period, ret.period.plan
    day = ret.paper_on or ret.submitted_on or legal_day()
    cells: dict[str, list[CellContent]] = defaultdict(list)
    for cell in Cell.objects.filter(ret=ret):
        cells[cell.line].append(cell_content(cell))
    words = dict(ret.narratives.values_list("section", "words"))
    names = agencies.names([ret.agency_id, ret.agency.superior_id], day)
    lines = [_line(line, cells[line["key"]]) for line in period.lines if cells.get(line["key"])]
    post, signer = _signer(ret)
    called = {each["number"]: each["name"] for each in period.indicators} | {line.key: line.name for line in lines}
    return Content(
        ret=ret, plan=plan, period=period, period_name=period.name, first=ret.first, last=ret.last,
        as_of=min(period.as_of, ret.counted_on),
        due_on=(period.consolidated_on if ret.consolidates else None) or period.due_on,
        agency_name=names.get(ret.agency_id, ret.agency.key), superior_name=names.get(ret.agency.superior_id or 0, ""),
        title=period.title,
        sections=tuple(
            SectionContent(
                each["key"], each["heading"], tuple(each.get("clauses", ())), words.get(each["key"], ""),
                tuple(line for line in lines if line.section == each["key"]),
            )
            for each in period.sections
        ),
        indicators=tuple(_indicator(each, cells[each["number"]]) for each in period.indicators if cells.get(each["number"])),
        units=_units(ret, day), missing=_missing(ret, day, asked=False), not_added=_missing(ret, day, asked=True), differences=_differences(ret, day),
        recipients=tuple(recipients.of_return(ret, day)), signer=signer, post=post, paper_no=ret.paper_no, paper_on=ret.paper_on,
        frozen_on=ret.frozen_on, names=called,
    )  # fmt: skip


def cell_content(cell: Cell) -> CellContent:
    """A stored figure as pages show it."""
    return CellContent(
        cell.part, cell.words, cell.counted, cell.value, cell.reason, cell.previous, cell.year_before
    )  # fmt: skip


def _line(line: Mapping[str, str], cells: Sequence[CellContent]) -> LineContent:
    return LineContent(line["key"], line["name"], line["unit"], line["section"], tuple(cells))


def _indicator(stated: Mapping[str, object], cells: Sequence[CellContent]) -> IndicatorContent:
    values = {cell.part: cell.value for cell in cells}
    numerator, denominator = values.get(NUMERATOR), values.get(DENOMINATOR)
    target = int(str(stated["target"]))
    reached = None if not denominator or numerator is None else 100 * numerator >= target * denominator
    return IndicatorContent(
        str(stated["number"]), str(stated["wording"]), target, numerator, denominator, values.get(LATE),
        values.get(IN_TIME), reached, any(cell.counted is not None for cell in cells), str(stated["name"]), tuple(cells),
    )  # fmt: skip


def _units(ret: Return, on: dt.date) -> tuple[UnitContent, ...]:
    if not ret.consolidates:
        return ()
    used = list(ret.gathered.get("returns", ()))
    rows = list(Return.objects.filter(pk__in=used).select_related("agency"))
    values: dict[int, dict[tuple[str, str], int | None]] = defaultdict(dict)
    for unit, line, part, value in Cell.objects.filter(ret__in=used).values_list("ret", "line", "part", "value"):
        values[unit][line, part] = value
    missing = list(ret.gathered.get("missing", ()))
    names = agencies.names([*(row.agency_id for row in rows), *missing], on)
    given = {row.pk: row for row in rows}
    reported = [
        UnitContent(
            names.get(row.agency_id, row.agency.key),
            str(Return.State(row.state).label),
            row.submitted_on,
            values[row.pk],
        )
        for row in (given[pk] for pk in used if pk in given)
    ]
    return (*reported, *(UnitContent(names.get(pk, ""), "chưa báo cáo", None, {}) for pk in missing))


def _missing(ret: Return, on: dt.date, *, asked: bool) -> tuple[str, ...]:
    invited = set(ret.gathered.get("invited", ()))
    missing = [pk for pk in ret.gathered.get("missing", ()) if (pk in invited) is asked]
    names = agencies.names(missing, on)
    return tuple(names.get(pk, "") for pk in missing)


def _differences(ret: Return, on: dt.date) -> tuple[Difference, ...]:
    rows = ret.gathered.get("differences", ())
    names = agencies.names([row["unit"] for row in rows], on)
    return tuple(
        Difference(row["line"], names.get(row["unit"] or 0, ""), row["returned"], row["live"], row["why"], row["part"])
        for row in rows
    )


def _signer(ret: Return) -> tuple[str, str]:
    """In which capacity (`Membership.Post`) and by whom the paper is signed: whoever approved it, where their post is known.

    Until it is approved the head's line is printed without a name; a post that is not known leaves both open.
    """
    step = ret.steps.filter(kind=ReturnStep.Kind.SUBMITTED).select_related("by").last()
    if step is None:
        return Membership.Post.HEAD, ""
    post = accounts.post_of(step.by, ret.agency, step.on)
    return post, step.by.full_name if post else ""
