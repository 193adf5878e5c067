"""The base of every count: what is counted, on which day, and by what it is divided.

A count says how many people, or how many times, something happened in a period; a measure (`core.figures`) says how many of
those whom a duty concerns were served. Both are asked the same `Question`. Of what happened after its as-of day nothing is
counted. Place is the commune of reception, agency the one whose work it was; a case that was joined to another is the same
person and is counted in that one.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from benan.core.figures import Question, Words
from benan.core.registry import Registry

UNKNOWN = ""  # the value of every split for what is not known, or does not apply


@dataclass(frozen=True)
class Split:
    """By what a count is divided.

    `values` gives each value with its words, in the order in which they are shown; UNKNOWN is among them. `by` gives the
    expression of the value of a row, never NULL. `overlaps`: a person may have several of the values, so that the parts add up
    to more than the whole.
    """

    key: str
    name: Words
    values: Callable[[], Mapping[str, Words]]
    by: Callable[[Question], Any]
    overlaps: bool = False


@dataclass(frozen=True)
class Count:
    """One thing that is counted, whichever report asks for it; a plan names it by its key.

    `rows` gives the rows of a question's period by its as-of day, of every area and agency. `path` leads from a row to its case
    ("" where it is the case), `agency` to the agency whose work it was. One unit is a person, in practice a case; a row where
    `each_row` says so. `day`: the field that says when it happened. `at_end`: what stands on the last known day of the
    period, not what happened in it.
    """

    key: str
    name: Words
    unit: Words
    definition: tuple[Words, ...]
    rows: Callable[[Question], QuerySet[Any]]
    day: str
    splits: tuple[Split, ...]
    path: str = "case__"
    agency: str = "agency"
    each_row: bool = False
    at_end: bool = False

    def split(self, key: str) -> Split:
        """The split of a key. Raises KeyError where the count is not divided so."""
        for split in self.splits:
            if split.key == key:
                return split
        raise KeyError(key)


COUNTS: Registry[Count] = Registry()


def count(key: str) -> Count | None:
    """The count of a key, or None where the program has none."""
    return next((each for each in COUNTS if each.key == key), None)


def last_known(asked: Question) -> dt.date | None:
    """The last day of a period of which something is known; None where the as-of day is before the period."""
    first, last = asked.known
    return last if first <= last else None
