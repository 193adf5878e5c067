"""Figures as pages and reports show them: one indicator as a row, who falls short, and the districts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.figures import Question, Tally
from benan.core.reference import remembered
from benan.indicators import reach
from benan.indicators.shortfalls import ShortCase, Shortfalls
from benan.places import queries as places
from benan.places.models import Level, Unit
from benan.plan import indicators
from benan.plan.indicators import IndicatorFigure, PlanIndicator
from benan.plan.models import Plan

MOST_DOTS = 40  # people drawn one by one; more are a bar
BAR = 231


@dataclass(frozen=True)
class ShortfallLine:
    """A case that falls short, with (letter of the indicator, words, days late, name of the agency) of each reason."""

    row: ShortCase
    reasons: list[tuple[str, str, int, str]]


def figure_line(found: IndicatorFigure, short: Sequence[ShortCase] | None, url: str) -> dict[str, Any]:
    """One indicator as the pages draw it: fraction, share, and people as dots or, where they are many, as a bar.

    `short` are those who fall short, or None where they may not be told apart.
    """
    tally, many = found.total, is_drawn_as_bar(found)
    served = BAR * tally.numerator / tally.denominator if many else 0
    drawn = () if many else short or ()
    rings = [{"url": row.url, "label": f"{row.alias} {row.shown_code}"} if row.code else {} for row in drawn]
    return {
        "indicator": found.indicator,
        "tally": tally,
        "reached": found.reached,
        "url": url,
        "bar": (f"{served:.1f}", f"{BAR - served:.1f}") if many else None,
        "rings": rings if short is not None else tally.short,
        "companions": _companions(found),
    }


def is_drawn_as_bar(found: IndicatorFigure) -> bool:
    """Whether an indicator counts more people than are drawn one by one."""
    return found.total.denominator > MOST_DOTS


def indicator_url(plan: Plan, indicator: PlanIndicator, query: str = "") -> str:
    """The page of one indicator of a plan, keeping the question (`query`: as after ? in an address)."""
    url = reverse("plan:indicator", args=[plan.slug, indicator.number])
    return f"{url}?{query}" if query else url


def is_totals_only(user: User, asked: Question) -> bool:
    """Whether a user sees no more of the answer than the province's totals."""
    return not reach.reach_of(user).everything and not asked.area and not asked.agency


def shortfall_lists(short: Shortfalls, figures: Iterable[IndicatorFigure], on: dt.date, most: int) -> dict[str, Any]:
    """Who falls short of some indicators: people who may be seen, at most so many counts of the others, and how many of both
    were left out."""
    letters = {found.indicator.measure.key: found.indicator.letter for found in figures}
    names = agencies.names({reason.agency for line in short.listed for _key, reason in line.reasons}, on)
    people = [
        ShortfallLine(
            line.row,
            [
                (letters[key], str(reason), reason.late_by(on), names.get(reason.agency or 0, ""))
                for key, reason in line.reasons
            ],
        )
        for line in short.listed
    ]
    others = [(letters[key], words, whose, n) for key, words, whose, n in reason_counts(short, on)]
    return {
        "people": people,
        "unseen": others[:most],
        "more_people": short.more,
        "more_unseen": sum(n for *_rest, n in others[most:]),
    }


def reason_counts(short: Shortfalls, on: dt.date) -> list[tuple[str, str, str, int]]:
    """Of those whose cases may not be seen: the key of the measure, for what, whose move it is, and how many; most first."""
    names = agencies.names({key.agency for key, _n in short.unseen}, on)
    counts: Counter[tuple[str, str, str]] = Counter()
    for key, n in short.unseen:
        counts[key.measure, str(key.words), names.get(key.agency or 0, "")] += n
    return [(*key, n) for key, n in counts.most_common()]


def drawn_one_by_one(figures: Iterable[IndicatorFigure], asked: Question, user: User) -> dict[str, list[ShortCase]]:
    """Who falls short of the indicators that draw people one by one, by number, with the codes of those who may be seen."""
    return indicators.cases_falling_short([found for found in figures if not is_drawn_as_bar(found)], asked, user)


def cases_named(
    drawn: Mapping[str, Sequence[ShortCase]], figures: Iterable[IndicatorFigure], people: Iterable[ShortfallLine]
) -> dict[str, list[ShortCase]]:
    """The cases whose codes stand on a page, by the number of the indicator: drawn one by one, or listed as `people`."""
    listed: dict[str, list[ShortCase]] = defaultdict(list)
    for line in people:
        for letter in {letter for letter, *_reason in line.reasons}:
            listed[letter].append(line.row)
    numbers = {found.indicator.number: found.indicator.letter for found in figures}
    return {number: [*drawn.get(number, listed[letter])] for number, letter in numbers.items()}


def districts(figures: Sequence[IndicatorFigure], asked: Question) -> dict[str, Any]:
    """Tallies of each district by indicator, from the same figures; those where nothing arose are only counted."""
    names, rows = tallies_by_district(figures, asked.as_of)
    arising = {code: cells for code, cells in rows.items() if any(cell.denominator for cell in cells)}
    return {
        "rows": [(code, names.get(code, _("Nơi khác")), cells) for code, cells in arising.items()],
        "idle": len(names.keys() - arising.keys()),
    }


def tallies_by_district(
    figures: Sequence[IndicatorFigure], on: dt.date
) -> tuple[dict[str, str], dict[str, list[Tally]]]:
    """The districts of a day by name (communes where there are none), and the tallies of each by its code; "" for elsewhere."""
    names, district_of = _districts_of_places(figures, on)
    rows = {code: [Tally()] * len(figures) for code in names}
    for column, found in enumerate(figures):
        for place, tally in found.figure.by_place.items():
            cells = rows.setdefault(district_of.get(place, ""), [Tally()] * len(figures))
            cells[column] += tally
    return names, rows


def _districts_of_places(
    figures: Sequence[IndicatorFigure], on: dt.date
) -> tuple[dict[str, str], dict[str | int | None, str]]:
    """The districts of a day by name, and to which of them each place of the figures belongs."""
    names, above = _districts_and_communes(on)
    unit_of = _units_of_agencies()
    found: dict[str | int | None, str] = {}
    for key in {place for figure in figures for place in figure.figure.by_place}:
        unit = key if isinstance(key, str) else unit_of.get(key or 0)
        if unit is not None:
            found[key] = unit if unit in names else above.get(unit, "")
    return dict(names), found


@remembered
def _districts_and_communes(on: dt.date) -> tuple[dict[str, str], dict[str, str]]:
    """The districts of a day by name, communes where there are none; and which of them each commune's code ever lay in, for it may
    outlive its district and is counted where it lay while these stood."""
    names = dict(places.district_choices(on)) or {unit.code: unit.full_name for unit in places.communes(on)}
    communes = Unit.objects.filter(level=Level.COMMUNE, parent_code__in=names)
    return names, dict(communes.order_by("in_force").values_list("code", "parent_code"))


@remembered
def _units_of_agencies() -> dict[int, str]:
    return dict(Agency.objects.values_list("pk", "unit_code"))


def _companions(found: IndicatorFigure) -> tuple[int, int] | None:
    """Of relatives and minors who came along: how many were served, of how many; None where they are not shown."""
    if not found.indicator.measure.with_companions:
        return None
    rows = [tally for kind, tally in found.figure.by_kind.items() if kind != "claimant"]
    return sum(row.numerator for row in rows), sum(row.denominator for row in rows)
