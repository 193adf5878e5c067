"""Reads for the page of one number that is counted: its parts, and the cases behind it."""

from collections.abc import Mapping
from typing import Any

from django.utils.http import urlencode

from benan.accounts.models import User
from benan.core.counts import Count, Split
from benan.core.figures import Question
from benan.indicators import counts, rebuilding
from benan.plan import figure_lists, speech
from benan.plan.models import Plan

MANY = 200  # cases listed
PART = "phan"  # the parameter of an address that names a part: "split:value"


def count_page(
    user: User, plan: Plan, count: Count, asked: Question, query: Mapping[str, str]
) -> dict[str, Any] | None:
    """The number, its parts and the cases behind it, of the part that a query names; None where there is no such part.

    Who sees nothing but the province's totals sees neither parts nor cases.
    """
    part = query.get(PART, "")
    split, value = _part(count, part)
    totals_only = figure_lists.is_totals_only(user, asked)
    if part and (split is None or totals_only):
        return None
    chosen = {split.key: value} if split else {}
    number = counts.numbers([count], asked, [] if totals_only else None)[count.key]
    behind = None if totals_only else counts.cases(count, asked, user, MANY, **chosen)
    return {
        "plan": plan,
        "count": count,
        "asked": asked,
        "whose": speech.whose(asked),
        "number": number.of(**chosen),
        "part": part,
        "part_name": f"{split.name}: {split.values()[value]}" if split else "",
        "of": number.total,
        "splits": [] if totals_only else [_rows(each, number, query) for each in count.splits],
        "whole_url": _url(query, ""),
        "people": behind.listed if behind else [],
        "more": behind.more if behind else 0,
        "unseen": behind.unseen if behind else 0,
        "totals_only": totals_only,
        "being_rebuilt": not rebuilding.is_current(),
    }


def _part(count: Count, part: str) -> tuple[Split | None, str]:
    """The split and the value that a part names."""
    key, colon, value = part.partition(":")
    found = next((split for split in count.splits if split.key == key), None)
    return (found, value) if found and colon and value in found.values() else (None, "")


def _rows(split: Split, number: counts.Number, query: Mapping[str, str]) -> dict[str, Any]:
    """A split with those of its values that arise, each with the address of its page."""
    rows = [
        (words, many, _url(query, f"{split.key}:{value}"))
        for value, words in split.values().items()
        if (many := number.of(**{split.key: value}))
    ]
    return {"name": split.name, "overlaps": split.overlaps, "rows": rows}


def _url(query: Mapping[str, str], part: str) -> str:
    """The address of this page with the same question and another part."""
    kept = {name: value for name, value in query.items() if name != PART} | ({PART: part} if part else {})
    return f"?{urlencode(kept)}"
