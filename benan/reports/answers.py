"""Answers remembered until something changes: the same figures, without working out every file again for each reader.

The trail says whether anything changed: every verb leaves its row there, in its own transaction, and looks change
nothing. What is remembered are counts and ids; who may see which file is asked anew each time.
"""

import datetime as dt
import hashlib
from dataclasses import asdict, replace
from functools import partial

from django.core.cache import cache

from benan.audit.events import Event
from benan.audit.models import Event as Trail
from benan.cases.models import File
from benan.core.days import legal_day
from benan.reports import measures
from benan.reports.figures import Figure, Question, Tally
from benan.reports.shortfalls import Reason, Short, shortfalls

KEPT = 60 * 60  # seconds, for what no verb changes: places and names of agencies
# Rows of the trail after which every figure is what it was before.
CHANGING_NOTHING = (
    Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.LINK_MADE, Event.LINK_USED, Event.FILE_VIEWED, Event.TRAIL_VIEWED,
    Event.IDENTITY_OPENED, Event.OLD_VALUE_OPENED, Event.SEARCHED, Event.SEARCH_MATCHED, Event.FIGURES_LISTED,
    Event.FILES_LISTED, Event.REPORT_MADE,
)  # fmt: skip


def figures(asked: Question) -> list[Figure]:
    """The five figures (`measures.figures`)."""

    def work_out():
        return [_written(one) for one in measures.figures(asked)]

    kept = _remembered(asked, {"figures": work_out})["figures"]
    return [_figure(one, indicator) for one, indicator in zip(kept, measures.INDICATORS.values(), strict=True)]


def short(figures: list[Figure], asked: Question, user=None) -> dict[str, list[Short]]:
    """Who falls short in each of some figures (`shortfalls`), by its number, seen through `user`'s reach."""

    def work_out(figure):
        return [_written(row) for row in shortfalls(figure, asked)]

    kept = _remembered(asked, {figure.indicator.number: partial(work_out, figure) for figure in figures})
    found = {number: [_short(row) for row in rows] for number, rows in kept.items()}
    if user is None:
        return found
    files = {row.file for rows in found.values() for row in rows}
    names = File.objects.visible_to(user).filter(pk__in=files).values("pk", "code", "alias")
    named = {each.pop("pk"): each for each in names}
    return {number: [replace(row, **named.get(row.file, {})) for row in rows] for number, rows in found.items()}


def _remembered(asked, wanted):
    """Each answer wanted for a question, name → how it is worked out, from the cache or worked out now."""
    changed = Trail.objects.exclude(event__in=CHANGING_NOTHING).order_by("-seq").values_list("seq", flat=True).first()
    facts = (asked.first, asked.last, asked.as_of, asked.area, asked.agency and asked.agency.pk, legal_day(), changed)
    state = hashlib.sha256(repr(facts).encode()).hexdigest()
    keys = {f"answers:{state}:{name}": name for name in wanted}
    kept = cache.get_many(keys)
    new = {key: wanted[name]() for key, name in keys.items() if key not in kept}
    cache.set_many(new, KEPT)
    return {name: (kept | new)[key] for key, name in keys.items()}


def _written(one) -> dict:
    """A figure, or a file that falls short, as JSON can say it; keys that are numbers stay numbers."""
    if isinstance(one, Figure):
        tallies = {name: list(_tallies(getattr(one, name)).items()) for name in ("by_place", "by_kind")}
        return {"total": asdict(one.total), **tallies, "apart": one.apart, "short": one.short}
    reasons = [asdict(each) | {"words": str(each.words), "due_on": _day(each.due_on)} for each in one.reasons]
    reasons = [each | {"missing": list(map(str, each["missing"]))} for each in reasons]
    return {"file": one.file, "place": one.place, "reasons": reasons}


def _figure(kept, indicator) -> Figure:
    by_place, by_kind = ({key: Tally(**row) for key, row in kept[name]} for name in ("by_place", "by_kind"))
    return Figure(indicator, Tally(**kept["total"]), by_place, by_kind, kept["apart"], tuple(kept["short"]))


def _short(kept) -> Short:
    reasons = (
        Reason(
            **each
            | {"missing": tuple(each["missing"]), "due_on": each["due_on"] and dt.date.fromisoformat(each["due_on"])}
        )
        for each in kept["reasons"]
    )
    return Short(kept["file"], kept["place"], tuple(reasons))


def _tallies(by_key):
    return {key: asdict(tally) for key, tally in by_key.items()}


def _day(day):
    return day and day.isoformat()
