"""Where copied cases stand in the measures."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from benan.indicators import history, standings
from benan.indicators.models import CaseStanding
from benan.indicators.rows import COLUMNS
from bench.copies import Named, Offices
from bench.loading import copy_rows
from bench.moulds import Mould


def write_standings(database: Any, copies: Iterable[Named]) -> None:
    """Write where the cases of copies stand in every measure, once all else of them is written.

    Copies of one mould on the same days stand alike: the first of them is judged.
    """
    offices, alike = Offices(), defaultdict[tuple[Mould, int], list[Named]](list)
    for named in copies:
        alike[named.copy.mould, named.copy.later].append(named)
    judged = {
        key: [named for named in some if _replaced(some[0], named, offices) is None] for key, some in alike.items()
    }
    rows = defaultdict[int, list[Any]](list)
    for one in history.load([pk for some in judged.values() for named in some for pk in named.cases]).values():
        rows[one.case.pk] = list(standings.rows_of(one))
    with database.cursor() as cursor:
        copy_rows(cursor, CaseStanding, COLUMNS, _standing_rows(alike.values(), rows, offices))


def _standing_rows(alike: Iterable[list[Named]], judged: dict[int, list[Any]], offices: Offices) -> Iterator[list[Any]]:
    for first, *others in alike:
        for named in (first, *others):
            new = _replaced(first, named, offices)
            for old, case in zip(first.cases, named.cases, strict=True):
                for row in judged[case if new is None else old]:
                    moved = row if new is None else row._replace(
                        case=case, area=new.get(row.area, row.area), agency=new.get(row.agency, row.agency),
                        missing=[one | {"agency": new.get(one["agency"])} if "agency" in one else one for one in row.missing],
                    )  # fmt: skip
                    yield [*moved[:-1], json.dumps(moved[-1])]


def _replaced(first: Named, named: Named, offices: Offices) -> dict[Any, Any] | None:
    """Of the places and agencies of a first copy, those of another like it; None for itself, and where two become one."""
    if named is first:
        return None
    found: dict[Any, Any] = {}
    mould = first.copy.mould
    pairs: list[tuple[Any, Any]] = [(first.copy.place(code), named.copy.place(code)) for code in mould.areas]
    pairs += [(offices.agency(pk, first.copy), offices.agency(pk, named.copy)) for pk in mould.agencies]
    for old, new in pairs:
        if found.setdefault(old, new) != new:
            return None
    return found
