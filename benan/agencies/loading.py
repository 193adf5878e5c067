"""From data: the agencies that the plan names, those that every district and commune has, the national numbers."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from benan.agencies.models import Agency, AgencyName, OnCallContact
from benan.core.text import sort_key
from benan.places.models import Level, Succession, Unit

DATA = Path(__file__).parent / "data"
DAY_AND_NIGHT = dt.time(0)


@cache
def keys() -> tuple[str, ...]:
    """The keys of the agencies that are not those of a district or commune."""
    return tuple(entry["key"] for entry in yaml.safe_load((DATA / "agencies.yaml").read_text())["agencies"])


@transaction.atomic
def load() -> str:
    """Add or update every agency and national number; idempotent, removes no agency. Returns one sentence."""
    before = Agency.objects.count()
    _agencies(yaml.safe_load((DATA / "agencies.yaml").read_text()))
    _national_numbers(yaml.safe_load((DATA / "numbers.yaml").read_text())["numbers"])
    now, numbers = Agency.objects.count(), OnCallContact.objects.filter(area_code="").count()
    return f"Đơn vị: {now} ({now - before} mới). Số điện thoại toàn quốc: {numbers}."


def _agencies(spec: dict[str, Any]) -> None:
    made: dict[str, Agency] = {}
    for entry in spec["agencies"]:
        span = DateRange(spec["from"], _after(entry.get("until")))
        unit = spec["province"] if entry["kind"] != "outside" else ""
        made[entry["key"]] = _agency(entry["key"], entry["kind"], unit, made.get(entry.get("superior")), span)
        _names(made[entry["key"]], [(entry["name"], span)])
    for entry in spec["agencies"]:
        made[entry["key"]].successors.set(made[key] for key in entry.get("successors", ()))
    districts = _lives(Unit.objects.filter(level=Level.DISTRICT, parent_code=spec["province"]))
    for forms in districts:
        for entry in spec["of_each_district"]:
            _of_unit(entry, forms, made)
    codes = {forms[0].code for forms in districts} | {spec["province"]}
    for forms in _lives(Unit.objects.filter(level=Level.COMMUNE, parent_code__in=codes)):
        for entry in spec["of_each_commune"]:
            _of_unit(entry, forms, made)


def _lives(units: QuerySet[Unit]) -> list[list[Unit]]:
    """Rows of one unit through its renamings, as lists.

    A new list begins where a code passed to another unit, and where a commune came directly under the province:
    from that day it has a district's tasks and another superior.
    """
    renamed = set(
        Succession.objects.filter(share=Succession.Share.WHOLE).values_list("old_code", "new_code", "effective_on")
    )
    lives: list[list[Unit]] = []
    last: dict[str, list[Unit]] = {}
    for row in units.order_by("code", "in_force"):
        life = last.get(row.code)
        same_level = life is not None and len(life[-1].parent_code) == len(row.parent_code)
        if life is not None and same_level and (row.code, row.code, row.in_force.lower) in renamed:
            life.append(row)
        else:
            last[row.code] = [row]
            lives.append(last[row.code])
    return lives


def _of_unit(entry: dict[str, Any], forms: list[Unit], made: dict[str, Agency]) -> None:
    first, end = forms[0], forms[-1].in_force.upper
    if limit := _after(entry.get("until")):
        end = min(end or limit, limit)
    key = f"{entry['key']}-{first.code}" + ("" if first.coverage_start else f"-{first.in_force.lower.year}")
    superior = made.get(entry["superior"]) or made.get(f"{entry['superior']}-{forms[-1].parent_code}")
    superior = superior or made[entry.get("superior_after_districts", "ppc")]
    spans = [
        (form, DateRange(form.in_force.lower, min(filter(None, (form.in_force.upper, end)), default=None)))
        for form in forms
    ]
    spans = [(form, span) for form, span in spans if span.upper is None or span.lower < span.upper]
    if not spans:
        return
    agency = _agency(key, entry["kind"], first.code, superior, DateRange(first.in_force.lower, end))
    _names(agency, [(entry["name"].format(unit=form.full_name), span) for form, span in spans])
    made[key] = agency


def _agency(key: str, kind: str, unit_code: str, superior: Agency | None, span: DateRange) -> Agency:
    values = {"kind": kind, "unit_code": unit_code, "superior": superior, "in_force": span}
    return Agency.objects.update_or_create(key=key, defaults=values)[0]


def _names(agency: Agency, wanted: Iterable[tuple[str, DateRange]]) -> None:
    have = {(row.name, row.in_force.lower, row.in_force.upper) for row in agency.names.all()}
    if have != {(name, span.lower, span.upper) for name, span in wanted}:
        agency.names.all().delete()
        AgencyName.objects.bulk_create(
            AgencyName(agency=agency, name=name, sort_key=sort_key(name), in_force=span) for name, span in wanted
        )


def _national_numbers(entries: Iterable[dict[str, Any]]) -> None:
    wanted = {
        (entry["desk"], entry["label"], entry["phone"], entry["certainty"], entry["from"], _after(entry.get("until")))
        for entry in entries
    }
    listed = OnCallContact.objects.filter(area_code="")
    if wanted != {(n.desk, n.label, n.phone, n.certainty, n.in_force.lower, n.in_force.upper) for n in listed}:
        listed.delete()
        OnCallContact.objects.bulk_create(
            OnCallContact(
                desk=desk, label=label, phone=phone, certainty=certainty, in_force=DateRange(since, end),
                from_hour=DAY_AND_NIGHT, to_hour=DAY_AND_NIGHT,
            )
            for desk, label, phone, certainty, since, end in wanted
        )  # fmt: skip


def _after(day: dt.date | None) -> dt.date | None:
    return day + dt.timedelta(days=1) if day else None
