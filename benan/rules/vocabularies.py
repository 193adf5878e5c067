"""The lists that the law sets (`vocabularies.yaml`): what may be chosen on a day, and the words of old codes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benan.agencies.kinds import AgencyKind
from benan.rules.models import Certainty
from benan.rules.reading import Entry, parse


@dataclass(frozen=True)
class VocabularyEntry:
    """What may be chosen from a list. Citation and certainty are the list's where the entry has none of its own.

    `decided_by`: the kinds of agencies that decide on this measure; `papers`: the kinds of paper that this issuer gives.
    """

    key: str
    label: str
    citation: str
    certainty: Certainty
    decided_by: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def unverified(self) -> bool:
        """Whether it was never checked against the text of the law."""
        return self.certainty.startswith("memory")


@dataclass(frozen=True)
class Vocabulary:
    """A list during the days on which it is in force."""

    key: str
    name: str
    citation: str
    in_force: DateRange
    entries: tuple[VocabularyEntry, ...]

    def entry(self, key: str) -> VocabularyEntry | None:
        """The entry of a code, or None where this list has none."""
        return next((entry for entry in self.entries if entry.key == key), None)


def entries(list_key: str, day: dt.date) -> tuple[VocabularyEntry, ...]:
    """What a list offers on a day; nothing where none of its periods covers the day. Raises KeyError for an unknown list."""
    return next((one.entries for one in _periods(list_key) if day in one.in_force), ())


def codes(list_key: str, day: dt.date) -> frozenset[str]:
    """The codes that a list has on a day."""
    return frozenset(entry.key for entry in entries(list_key, day))


def label(list_key: str, key: str, day: dt.date | None = None) -> str:
    """The words of a code, also of one that has ended: those of `day`, else the latest.

    Raises KeyError for a code that no period of the list has.
    """
    found = [(one, entry) for one in _periods(list_key) if (entry := one.entry(key))]
    if not found:
        raise KeyError(key)
    return next((entry.label for one, entry in found if day and day in one.in_force), found[-1][1].label)


def in_force(day: dt.date) -> list[Vocabulary]:
    """Every list in force on a day."""
    return [one for one in lists() if day in one.in_force]


def lists() -> tuple[Vocabulary, ...]:
    """Every list of `settings.VOCABULARIES`, once for each of its periods. Raises `Unreadable` with the line of a fault."""
    return _read(Path(settings.VOCABULARIES))


def _periods(list_key: str) -> list[Vocabulary]:
    found = [one for one in lists() if one.key == list_key]
    if not found:
        raise KeyError(list_key)
    return sorted(found, key=lambda one: one.in_force.lower)


@cache
def _read(file: Path) -> tuple[Vocabulary, ...]:
    found: list[Vocabulary] = []
    for entry in parse(file.read_bytes(), file.name).fields("lists")["lists"].entries():
        found.append(_vocabulary(entry, found))
    return tuple(found)


def _vocabulary(entry: Entry, before: Iterable[Vocabulary]) -> Vocabulary:
    row = entry.fields("key", "name", "citation", "certainty", "in_force", "entries")
    key, in_force = row["key"].text(), row["in_force"].period()
    for other in before:
        if other.key == key and _overlap(other.in_force, in_force):
            raise row["in_force"].fault(_("danh mục «%(key)s» đã có cho những ngày này.") % {"key": key})
    listed: list[VocabularyEntry] = []
    for value in row["entries"].entries():
        one = _entry(value, row["citation"], row["certainty"])
        if one.key in {each.key for each in listed}:
            raise value.fault(_("mã «%(key)s» được ghi hai lần.") % {"key": one.key})
        listed.append(one)
    return Vocabulary(key, row["name"].text(), row["citation"].text(), in_force, tuple(listed))


def _entry(entry: Entry, citation: Entry, certainty: Entry) -> VocabularyEntry:
    row = entry.fields("key", "label", optional=("citation", "certainty", "decided_by", "papers"))
    known = row.get("certainty", certainty).one_of(Certainty.values, _("mức chắc chắn"))
    return VocabularyEntry(
        key=row["key"].text(),
        label=row["label"].text(),
        citation=row.get("citation", citation).text(),
        certainty=Certainty(known),
        decided_by=row["decided_by"].each_of(AgencyKind.values, _("loại cơ quan")) if "decided_by" in row else (),
        papers=row["papers"].texts() if "papers" in row else (),
    )


def _overlap(one: DateRange, other: DateRange) -> bool:
    return (one.upper is None or other.lower < one.upper) and (other.upper is None or one.lower < other.upper)
