"""The tables of this app, made equal to the files in data/."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from benan.core.text import sort_key
from benan.places.models import Country, EthnicGroup, Succession, Unit

DATA = Path(__file__).parent / "data"


class Loaded(NamedTuple):
    """What loading did to one table, in rows."""

    what: str
    added: int
    changed: int
    removed: int

    def __str__(self) -> str:
        return f"{self.what}: thêm {self.added}, sửa {self.changed}, bỏ {self.removed}"


@transaction.atomic
def load() -> list[Loaded]:
    """Make units, successions, peoples and countries equal to the data files; a second run changes nothing.

    Rows that no file has any more go: nothing points at a unit (files keep code and day). A people or a
    country that is still pointed at raises ProtectedError.
    """
    return [
        _match(Unit, map(_unit, _rows("units")), key=lambda row: (row.code, row.in_force.lower)),
        _match(
            Succession,
            map(_succession, _rows("successions")),
            key=lambda row: (row.old_code, row.new_code, row.effective_on),
        ),
        _match(EthnicGroup, map(_ethnic_group, _rows("ethnic_groups")), key=lambda row: row.code),
        _match(Country, map(_country, _rows("countries")), key=lambda row: row.code),
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _only(model: type[Model], row: dict[str, str]) -> dict[str, Any]:
    names = {field.name for field in model._meta.concrete_fields}
    return {name: value for name, value in row.items() if name in names}


def _unit(row: dict[str, str]) -> Unit:
    last = dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    name = row["name"]
    return Unit(
        **_only(Unit, row)
        | {
            "in_force": DateRange(dt.date.fromisoformat(row["valid_from"]), last and last + dt.timedelta(days=1)),
            "coverage_start": row["valid_from_kind"] == "coverage_start",
            "lat": float(row["lat"]) if row["lat"] else None,
            "lon": float(row["lon"]) if row["lon"] else None,
            # Quận 2 stands before Quận 12.
            "sort_key": sort_key(name.zfill(2) if name.isdigit() else name),
        }
    )


def _succession(row: dict[str, str]) -> Succession:
    return Succession(**_only(Succession, row) | {"effective_on": dt.date.fromisoformat(row["effective_on"])})


def _ethnic_group(row: dict[str, str]) -> EthnicGroup:
    return EthnicGroup(**_only(EthnicGroup, row), sort_key=sort_key(row["name"]))


def _country(row: dict[str, str]) -> Country:
    return Country(**_only(Country, row), sort_key=sort_key(row["name"]), frequent=bool(row["role"]))


def _match(model: type[Any], wanted: Iterable[Any], *, key: Any) -> Loaded:
    """Make a table hold the wanted rows and no others; rows are the same when their keys are."""
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    present = {key(row): row for row in model.objects.all()}
    added, changed = [], []
    for row in wanted:
        old = present.pop(key(row), None)
        if old is None:
            added.append(row)
        elif any(getattr(row, name) != getattr(old, name) for name in fields):
            row.pk = old.pk
            changed.append(row)
    # In this order, so that a corrected day of effect never meets the row it replaces.
    model.objects.filter(pk__in=[row.pk for row in present.values()]).delete()
    if changed:
        model.objects.bulk_update(changed, fields)
    model.objects.bulk_create(added)
    return Loaded(str(model._meta.verbose_name), len(added), len(changed), len(present))
