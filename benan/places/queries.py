"""Places by code and day, for pages, forms and filters."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.core.reference import remembered
from benan.places.models import Country, EthnicGroup, Level, Succession, Unit, UnitQuerySet

HOME = settings.PROVINCE
EVER = DateRange(None, None)

# Each step keeps only the days that the unit spent under the one above: codes are reused.
_WITHIN = """
    WITH RECURSIVE below AS (
        SELECT code, level, in_force * %(when)s::daterange AS span
        FROM places_unit WHERE code = %(code)s AND in_force && %(when)s::daterange
        UNION
        SELECT unit.code, unit.level, unit.in_force * below.span
        FROM places_unit unit JOIN below ON unit.parent_code = below.code AND unit.in_force && below.span
    )
    SELECT DISTINCT code FROM below WHERE level = 'commune'
"""


def on(day: dt.date) -> UnitQuerySet:
    """The units of every level valid on a day, in Vietnamese order."""
    return Unit.objects.on(day)


def unit(code: str, day: dt.date) -> Unit:
    """The unit that bore a code on a day. Raises Unit.DoesNotExist, also for days before 2016."""
    return on(day).get(code=code)


def children(code: str, day: dt.date) -> UnitQuerySet:
    """The units directly under another on a day."""
    return on(day).filter(parent_code=code)


def communes(day: dt.date, district: str | None = None) -> UnitQuerySet:
    """The communes of Đồng Nai, or of one of its districts, on a day."""
    if district:
        return children(district, day)
    parents = [HOME, *children(HOME, day).values_list("code", flat=True)]
    return on(day).filter(level=Level.COMMUNE, parent_code__in=parents)


@remembered
def district_of(code: str, day: dt.date) -> str:
    """The code of the district in which a unit lies on a day, itself for a district; "" for others."""
    found = on(day).filter(code=code).first()
    if found is None or found.level == Level.DISTRICT:
        return code if found else ""
    return on(day).filter(code=found.parent_code, level=Level.DISTRICT).values_list("code", flat=True).first() or ""


@remembered
def within(code: str, when: dt.date | DateRange) -> frozenset[str]:
    """Codes of the communes that lay under a province or district on a day, or at any time in a range of days.

    A commune lies within itself. The codes are good for records whose place was noted in the same time
    (`EVER` for all): on another day a code may be another unit.
    """
    span = when if isinstance(when, DateRange) else DateRange(when, when, "[]")
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, {"code": code, "when": span})
        return frozenset(row[0] for row in cursor.fetchall())


def path(code: str, day: dt.date) -> str:
    """A place as one says it in the province, "phường Tân Phong, thành phố Biên Hòa" (see `paths`)."""
    return paths([(code, day)])[code, day]


def paths(places: Iterable[tuple[str, dt.date]]) -> dict[tuple[str, dt.date], str]:
    """The words for many places, each (code, day).

    The province is named where the place has no district, or lies in another province. A code unknown on
    its day is said to be so, since a page must show even a wrong record.
    """
    forms = _forms()
    return {(code, day): _words(code, day, forms) for code, day in set(places)}


@remembered
def _forms() -> dict[str, list[Unit]]:
    """Each code with the forms of its units, the earliest first."""
    forms = defaultdict(list)
    for row in Unit.objects.all():
        forms[row.code].append(row)
    return dict(forms)


def _words(code: str, day: dt.date, forms: Any) -> str:
    units = []
    while code:
        found = next((row for row in forms.get(code, ()) if day in row.in_force), None)
        if found is None:
            return _("mã %(code)s (không có trong danh mục ngày %(day)s)") % {"code": code, "day": show(day)}
        units.append(found)
        code = found.parent_code
    if units[-1].code == HOME and any(row.level == Level.DISTRICT for row in units):
        units.pop()
    return ", ".join(row.full_name for row in units)


def last_read(codes: Iterable[str], day: dt.date) -> dict[str, dt.date]:
    """For each code the last day, up to a given one, on which it was a unit; the given one for a code that was none."""
    found = dict.fromkeys(codes, day)
    for row in Unit.objects.filter(code__in=found, in_force__startswith__lte=day).order_by("in_force"):
        end = row.in_force.upper
        found[row.code] = min(day, end - dt.timedelta(days=1)) if end else day
    return found


def successors(code: str, day_from: dt.date, day_to: dt.date) -> list[Unit]:
    """The units that lie on a later day where a unit lay on an earlier one.

    One: the whole of it lies there. Several: it was divided or lost land, and a person has to choose.
    None: it ended without a successor of its level, as districts did on 01/07/2025. Raises
    Unit.DoesNotExist where the code was no unit on the earlier day.
    """
    codes = {unit(code, day_from).code}
    changes = Succession.objects.filter(effective_on__gt=day_from, effective_on__lte=day_to).order_by("effective_on")
    # A range ends on the first day it no longer holds, which is the day the decree takes effect.
    ended = set(
        Unit.objects.filter(in_force__endswith__gt=day_from, in_force__endswith__lte=day_to).values_list(
            "code", "in_force__endswith"
        )
    )
    for day, rows in groupby(changes, key=lambda row: row.effective_on):
        moved = defaultdict(set)
        for row in rows:
            moved[row.old_code].add(row.new_code)
        stays = {old for old in codes if (old, day) not in ended}
        codes = stays.union(*(moved[old] for old in codes))
    return list(on(day_to).filter(code__in=codes))


@remembered
def lying(code: str, noted_on: dt.date, day: dt.date) -> list[Unit]:
    """The units that lie on a day where a unit lay when its code was noted.

    A record keeps a code and the day on which it meant a unit (`noted_on`): read on another day, the code may be
    no unit, or another one. None where the unit ended without a successor, or where the code was never one.
    """
    if day <= noted_on or not on(noted_on).filter(code=code).exists():
        return list(on(day).filter(code=code))
    return successors(code, noted_on, day)


@remembered
def commune_choices(day: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The communes of Đồng Nai for a select, grouped under their districts (under the province since 01/07/2025)."""
    rows = defaultdict(list)
    for row in communes(day):
        rows[row.parent_code].append((row.code, row.full_name))
    return [(parent.full_name, rows[parent.code]) for parent in on(day).filter(code__in=rows.keys())]


@remembered
def district_choices(day: dt.date, province: str = HOME) -> list[tuple[str, str]]:
    """The districts of a province for a select; none since 01/07/2025."""
    return [(row.code, row.full_name) for row in children(province, day).filter(level=Level.DISTRICT)]


@remembered
def country_choices() -> list[tuple]:
    """All countries for a select: Việt Nam, those that occur often, the others."""
    rows = [(row.code, row.name, row.frequent) for row in Country.objects.exclude(code="VN")]
    return [
        *Country.objects.filter(code="VN").values_list("code", "name"),
        (_("Hay gặp"), [(code, name) for code, name, frequent in rows if frequent]),
        (_("Nước khác"), [(code, name) for code, name, frequent in rows if not frequent]),
    ]


@remembered
def country_name(code: str) -> str:
    """The name of a country; "" for no code."""
    return Country.objects.filter(code=code).values_list("name", flat=True).first() or "" if code else ""


@remembered
def ethnic_group_name(code: str) -> str:
    """The name of a people; "" for no code."""
    return EthnicGroup.objects.filter(code=code).values_list("name", flat=True).first() or "" if code else ""


@remembered
def ethnic_group_choices() -> list[tuple[str, str]]:
    """The 54 peoples for a select."""
    return list(EthnicGroup.objects.values_list("code", "name"))
