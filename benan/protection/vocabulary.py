"""Protection measures, and which kinds of agencies decide on which (Nghị định 62/2012, Điều 7, Điều 8 khoản 2)."""

import datetime as dt

from benan.rules import vocabularies

MEASURES = "protection_measures"  # the list of vocabularies.yaml


def measures_decided_by(kind: str, day: dt.date) -> dict[str, str]:
    """The measures, with their labels, on which an agency of a kind decides on a day."""
    return {entry.key: entry.label for entry in vocabularies.entries(MEASURES, day) if kind in entry.decided_by}


def deciding_kinds(day: dt.date) -> frozenset[str]:
    """The kinds of agencies that decide on any measure on a day."""
    return frozenset(kind for entry in vocabularies.entries(MEASURES, day) for kind in entry.decided_by)
