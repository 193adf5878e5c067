"""The figures that the program counts for the returns of a period: all units at once, by place.

A case is counted for the place where it arose, never for an agency, so that no case stands in the returns of two units.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.core import figures as base
from benan.core.counts import count as counts_of
from benan.core.days import legal_day
from benan.core.figures import Question, Tally
from benan.indicators import counts
from benan.indicators.counts import Number
from benan.plan import figure_lists, indicators, parties
from benan.plan.indicators import PlanIndicator
from benan.plan.models import Plan
from benan.reports.models import DENOMINATOR, IN_TIME, LATE, NUMERATOR, PARTS, Period

# Units whose area is counted; where districts report, the communes that lie in them are not counted again.
AREAS = (AgencyKind.DISTRICT, AgencyKind.COMMUNE)
PROVINCE = ""  # the key of the whole province among places
Key = tuple[str, str]  # a line (or the number of an indicator) and its part


@dataclass(frozen=True)
class Slot:
    """A figure that a return has: of which line and part, and what the part is called."""

    line: str
    part: str = ""
    words: str = ""


@dataclass(frozen=True)
class Counted:
    """What was counted for some days, by place (the code of a district or commune, PROVINCE) and figure."""

    first: dt.date
    last: dt.date
    by_place: Mapping[str, Mapping[Key, int]] = field(default_factory=dict)

    def of(self, place: str | None) -> Mapping[Key, int]:
        """What was counted for one place; nothing for None."""
        return {} if place is None else self.by_place.get(place, {})


def stated_indicators(plan: Plan) -> list[dict[str, object]]:
    """The indicators of a plan as a period keeps them; one that no measure counts is typed by `givers`, who answer for it."""
    rows = plan.clauses.exclude(measure="").select_related("plan").prefetch_related("agencies").order_by("order")
    return [
        {
            "number": row.number, "measure": row.measure, "wording": row.wording, "target": row.target,
            "name": str(measure.name if (measure := base.measure(row.measure)) else row.wording),
            "givers": [] if measure else row.answerable,
        }
        for row in rows
    ]  # fmt: skip


def places_of(givers: Iterable[Agency]) -> dict[int, str]:
    """The place that is counted for each giver (by id); agencies without one are left out."""
    listed = list(givers)
    kind = next((kind for kind in AREAS if any(row.kind == kind for row in listed)), None)
    return {row.pk: row.unit_code for row in listed if row.kind == kind}


def slots(period: Period, agency: Agency | None, *, has_place: bool) -> list[Slot]:
    """The figures of the return of an agency; all of them for the consolidated report (`agency` None)."""
    keys = set(parties.keys_of(agency)) if agency else set()
    found = []
    for each in period.indicators:
        counted = base.measure(each["measure"]) is not None
        if agency is None or (has_place if counted else keys.intersection(each["givers"])):
            parts = PARTS if counted else {part: PARTS[part] for part in (NUMERATOR, DENOMINATOR)}
            found += [Slot(each["number"], part, str(words)) for part, words in parts.items()]
    for line in period.lines:
        named = bool(keys.intersection(line["givers"]))
        # An agency without a place of its own counts no cases: they are those of the places.
        wanted = named if line["givers"] else has_place or not line["count"]
        if agency is None or wanted:
            found.append(Slot(line["key"]))
            found += [Slot(line["key"], part, words) for part, words in _parts(line).items()]
    return found


def _parts(line: Mapping[str, Any]) -> dict[str, str]:
    """The parts into which a line is divided, with their words: of each split that its count has, each value."""
    counting = counts_of(line["count"])
    splits = [split for split in counting.splits if split.key in line["split"]] if counting else []
    return {
        f"{split.key}:{value}": f"{split.name}: {words}"
        for split in sorted(splits, key=lambda split: line["split"].index(split.key))
        for value, words in split.values().items()
    }


def count(period: Period, first: dt.date, last: dt.date) -> Counted:
    """What the program counts from a first to a last day, for every place of the province; a fixed number of statements."""
    asked = Question(first, last, min(last, legal_day()))
    wanted = _counted_indicators(period)
    figures = indicators.figures(wanted, asked)
    _names, rows = figure_lists.tallies_by_district(figures, asked.as_of)
    found = {place: _figures(wanted, tallies) for place, tallies in rows.items() if place}
    found[PROVINCE] = _figures(wanted, [figure.total for figure in figures])
    for place, numbers in _numbers(period, asked).items():
        # What lies in no district stands in the province's figures alone.
        for of in {place, PROVINCE}:
            cells = found.setdefault(of, {})
            for key, number in numbers.items():
                cells[key] = cells.get(key, 0) + number
    return Counted(first, last, found)


def _numbers(period: Period, asked: Question) -> dict[str, dict[Key, int]]:
    """The counted lines of a period by place; one statement for each."""
    lines = [(line, counting) for line in period.lines if (counting := counts_of(line["count"]))]
    splits = sorted({split for line, _counting in lines for split in line["split"]})
    found = counts.by_district([counting for _line, counting in lines], asked, [(split,) for split in splits])
    return {
        place: {key: number for line, counting in lines for key, number in _cells(line, rows[counting.key]).items()}
        for place, rows in found.items()
    }


def _cells(line: Mapping[str, Any], number: Number) -> dict[Key, int]:
    own = {split.key for split in number.count.splits}
    parts = {
        (line["key"], f"{split}:{value}"): many
        for split in line["split"]
        if split in own
        for value, many in number.by(split).items()
    }
    return {(line["key"], ""): number.total, **parts}


def versions(period: Period) -> dict[str, int]:
    """The version of each measure by which the indicators of a period are counted now."""
    found = {each["measure"]: base.measure(each["measure"]) for each in period.indicators}
    return {key: measure.version for key, measure in found.items() if measure}


def _counted_indicators(period: Period) -> list[PlanIndicator]:
    return [
        PlanIndicator(each["number"], "", each["wording"], each["target"], measure)
        for each in period.indicators
        if (measure := base.measure(each["measure"]))
    ]


def _figures(wanted: Sequence[PlanIndicator], tallies: Sequence[Tally]) -> dict[Key, int]:
    return {
        (indicator.number, part): number
        for indicator, tally in zip(wanted, tallies, strict=True)
        for part, number in (
            (NUMERATOR, tally.numerator), (DENOMINATOR, tally.denominator), (LATE, tally.late), (IN_TIME, tally.in_time),
        )
    }  # fmt: skip
