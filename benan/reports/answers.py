"""Answers remembered until something changes: the same figures, without working out every file again for each reader.

The trail says whether anything changed: every verb leaves its row there, in its own transaction, and looks change
nothing. What is remembered are counts and ids; who may see which file is asked anew each time.
"""

import hashlib
from dataclasses import replace
from functools import partial

from django.core.cache import cache

from benan.audit.events import Event
from benan.audit.models import Event as Trail
from benan.cases.models import File
from benan.core.days import legal_day
from benan.reports import measures
from benan.reports.figures import Figure, Question
from benan.reports.shortfalls import Short, shortfalls

KEPT = 60 * 60  # seconds, for what no verb changes: places and names of agencies
# Rows of the trail after which every figure is what it was before.
CHANGING_NOTHING = (
    Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.LINK_MADE, Event.LINK_USED, Event.FILE_VIEWED, Event.TRAIL_VIEWED,
    Event.IDENTITY_OPENED, Event.OLD_VALUE_OPENED, Event.SEARCHED, Event.SEARCH_MATCHED, Event.FIGURES_LISTED,
    Event.REPORT_MADE,
)  # fmt: skip


def figures(asked: Question) -> list[Figure]:
    """The five figures (`measures.figures`)."""
    # An indicator is made of functions, which are no matter for a cache.
    work_out = lambda: [replace(one, indicator=None) for one in measures.figures(asked)]  # noqa: E731
    kept = _remembered(asked, {"figures": work_out})["figures"]
    indicators = measures.INDICATORS.values()
    return [replace(one, indicator=indicator) for one, indicator in zip(kept, indicators, strict=True)]


def short(figures: list[Figure], asked: Question, user=None) -> dict[str, list[Short]]:
    """Who falls short in each of some figures (`shortfalls`), by its number, seen through `user`'s reach."""
    found = _remembered(asked, {figure.indicator.number: partial(shortfalls, figure, asked) for figure in figures})
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
