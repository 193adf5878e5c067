"""Answers remembered until something changes: the same figures, without working out every case again for each reader.

The trail says whether anything changed: every verb leaves its row there, in its own transaction, and looks change
nothing. What is remembered are counts and ids; who may see which case is asked anew each time.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from django.core.cache import cache

from benan.accounts.models import User
from benan.audit.events import Mark, marked
from benan.audit.models import Event as Trail
from benan.cases.models import Case
from benan.core import figures as base
from benan.core.days import legal_day
from benan.core.figures import Figure, IndicatorMeasure, Question, Tally
from benan.indicators import shortfalls
from benan.indicators.shortfalls import ShortCase, ShortfallReason

KEPT = 60 * 60  # seconds, for what no verb changes: places and names of agencies


def figures(measures: Sequence[IndicatorMeasure], asked: Question) -> list[Figure]:
    """The figure of each measure, in the same order."""

    def work_out() -> list[dict]:
        return [_figure_as_json(base.figure(measure, asked)) for measure in measures]

    name = f"figures {[measure.key for measure in measures]}"
    kept = _remembered(asked, {name: work_out})[name]
    return [_figure_from_json(one, measure) for one, measure in zip(kept, measures, strict=True)]


def cases_falling_short(
    figures: Iterable[Figure], asked: Question, user: User | None = None
) -> dict[str, list[ShortCase]]:
    """The cases that fall short in each of some figures, by the key of its measure.

    Those that `user` may see have their codes and aliases filled in; without a user none has.
    """

    def work_out(figure: Figure) -> list[dict]:
        return [_short_case_as_json(row) for row in shortfalls.cases_falling_short(figure, asked)]

    kept = _remembered(asked, {figure.measure.key: partial(work_out, figure) for figure in figures})
    found = {key: [_short_case_from_json(row) for row in rows] for key, rows in kept.items()}
    if user is None:
        return found
    cases = {row.case for rows in found.values() for row in rows}
    names = Case.objects.visible_to(user).filter(pk__in=cases).values("pk", "code", "alias")
    named = {each.pop("pk"): each for each in names}
    return {key: [replace(row, **named.get(row.case, {})) for row in rows] for key, rows in found.items()}


def _remembered(asked: Question, wanted: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Each answer wanted for a question, name → how it is worked out, from the cache or worked out now."""
    changed = Trail.objects.exclude(event__in=marked(Mark.READS)).order_by("-seq").values_list("seq", flat=True).first()
    agency = asked.agency and asked.agency.pk
    facts = (asked.first, asked.last, asked.as_of, asked.area, agency, legal_day(), changed)
    keys = {f"answers:{hashlib.sha256(repr((*facts, name)).encode()).hexdigest()}": name for name in wanted}
    kept = cache.get_many(keys)
    new = {key: wanted[name]() for key, name in keys.items() if key not in kept}
    cache.set_many(new, KEPT)
    return {name: (kept | new)[key] for key, name in keys.items()}


def _figure_as_json(figure: Figure) -> dict:
    """A figure as JSON can say it; keys that are numbers stay numbers."""
    tallies = {
        name: [[key, asdict(tally)] for key, tally in getattr(figure, name).items()] for name in ("by_place", "by_kind")
    }
    return {"total": asdict(figure.total), **tallies, "apart": figure.apart, "short": figure.short}


def _figure_from_json(kept: dict, measure: IndicatorMeasure) -> Figure:
    by_place, by_kind = ({key: Tally(**row) for key, row in kept[name]} for name in ("by_place", "by_kind"))
    return Figure(measure, Tally(**kept["total"]), by_place, by_kind, kept["apart"], tuple(kept["short"]))


def _short_case_as_json(row: ShortCase) -> dict:
    reasons = [
        asdict(each)
        | {
            "words": str(each.words),
            "missing": list(map(str, each.missing)),
            "due_on": each.due_on and each.due_on.isoformat(),
        }
        for each in row.reasons
    ]
    return {"case": row.case, "place": row.place, "reasons": reasons}


def _short_case_from_json(kept: dict) -> ShortCase:
    reasons = (
        ShortfallReason(
            **each
            | {"missing": tuple(each["missing"]), "due_on": each["due_on"] and dt.date.fromisoformat(each["due_on"])}
        )
        for each in kept["reasons"]
    )
    return ShortCase(kept["case"], kept["place"], tuple(reasons))
