"""Units for a select in a form where the day is typed too: those of a day, and those that had ended by then.

A value is a code, with the day on which the unit took its name where a later unit bears the code under another
name ("26014.2016-01-01"). Forms in which only type or parent changed are one choice.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.core.reference import remembered
from benan.places.models import Level, Unit
from benan.places.queries import HOME, district_of

ONE_DAY = dt.timedelta(days=1)


@remembered
def communes(day: dt.date, near: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """The communes that Đồng Nai has had up to a day, under their districts or the province; the district of the unit
    `near` (a code) first."""
    districts = Unit.objects.filter(level=Level.DISTRICT, parent_code=HOME).values("code")
    rows = Unit.objects.filter(Q(parent_code__in=districts) | Q(parent_code=HOME), level=Level.COMMUNE)
    return _grouped(rows, day, district_of(near, day) if near else HOME)


@remembered
def districts(day: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The districts that the country has had up to a day, under their provinces, the own province first."""
    rows = Unit.objects.filter(level=Level.DISTRICT)
    return _grouped(rows, day, HOME)


@remembered
def provinces(day: dt.date) -> list[tuple[str, str]]:
    """The provinces and cities that the country has had up to a day."""
    return [(value, _called(forms[-1], day)) for value, forms in _known(Unit.objects.filter(level=Level.PROVINCE), day)]


@remembered
def meant(value: str, day: dt.date) -> str:
    """A value with the day on which the unit took its name, as it was offered for a day."""
    if not value or "." in value:
        return value
    forms = next((forms for own, forms in _known(Unit.objects.filter(code=value), day) if own == value), None)
    return f"{value}.{forms[0].in_force.lower}" if forms else value


@remembered
def chosen(value: str, on: dt.date) -> Unit | None:
    """The unit of a value in its form of a day; None where it was not there, or under another name."""
    named, row = _named(value), Unit.objects.on(on).filter(code=value.partition(".")[0]).first()
    return row if row and (named is None or named.name == row.name) else None


def told(value: str, levels: Iterable[str]) -> str:
    """The unit of a value with the days between which it bore its name, to say that it does not fit; "" for none."""
    code = value.partition(".")[0]
    named = _named(value) or Unit.objects.filter(code=code).order_by("in_force").last()
    if named is None or named.level not in levels:
        return ""
    forms = list(Unit.objects.filter(code=code, name=named.name).order_by("in_force"))
    unit, first, end = forms[-1].full_name, show(forms[0].in_force.lower), forms[-1].in_force.upper
    if end is None:
        return _("%(unit)s (từ %(first)s)") % {"unit": unit, "first": first}
    return _("%(unit)s (từ %(first)s đến %(last)s)") % {"unit": unit, "first": first, "last": show(end - ONE_DAY)}


@remembered
def _named(value: str) -> Unit | None:
    code, _point, since = value.partition(".")
    return Unit.objects.filter(code=code, in_force__startswith=since).first() if since else None


def _known(units: QuerySet[Unit], day: dt.date) -> list[tuple[str, list[Unit]]]:
    """Values of units that began by a day, each with its forms under one name, in Vietnamese order."""
    rows = units.filter(in_force__startswith__lte=day).order_by("code", "in_force")
    found = {}
    for code, lives in groupby(rows, key=lambda row: row.code):
        names = [list(each) for _name, each in groupby(lives, key=lambda row: row.name)]
        for forms in names[:-1]:
            found[f"{code}.{forms[0].in_force.lower}"] = forms
        found[code] = names[-1]
    return sorted(found.items(), key=lambda item: (item[1][-1].sort_key, item[0]))


def _grouped(units: QuerySet[Unit], day: dt.date, first: str) -> list[tuple[str, list[tuple[str, str]]]]:
    known = _known(units, day)
    above: dict[str, list[Unit]] = {}
    for row in Unit.objects.filter(code__in={forms[-1].parent_code for _value, forms in known}).order_by("in_force"):
        if row.in_force.lower <= day:
            above.setdefault(row.code, []).append(row)
    groups: dict[Unit, list[tuple[str, str]]] = {}
    for value, forms in known:
        last = min(day, forms[-1].in_force.upper - ONE_DAY) if forms[-1].in_force.upper else day
        parents = above.get(forms[-1].parent_code, [])
        parent = next(row for row in parents if last in row.in_force)
        if parents[-1].name == parent.name:
            parent = parents[-1]  # called as it is called last: its communes of all times stand together
        groups.setdefault(parent, []).append((value, _called(forms[-1], day)))
    order = sorted(groups, key=lambda row: (day not in row.in_force, row.code != first, row.sort_key))
    return [(_called(parent, day), groups[parent]) for parent in order]


def _called(form: Unit, day: dt.date) -> str:
    end = form.in_force.upper
    if end is None or end > day:
        return form.full_name
    return _("%(unit)s (đến %(last)s)") % {"unit": form.full_name, "last": show(end - ONE_DAY)}
