"""A stored standing as plain values."""

import datetime as dt
from typing import Any, NamedTuple


class Row(NamedTuple):
    """The values of a `CaseStanding`, in the order of its columns."""

    case: int
    measure: str
    belongs_on: dt.date
    since: dt.date
    until: dt.date
    standing: int
    apart: str
    number: int
    alone: bool
    outside: str
    kind: str
    area: str
    agency: int | None
    came_on: dt.date
    due_on: dt.date | None
    missing: list[dict[str, Any]]


COLUMNS = ("case_id", *Row._fields[1:12], "agency_id", *Row._fields[13:])
