"""Facts about a person on which rights depend, each with the day from which it is true."""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from benan.cases.dated import Fact
from benan.cases.models import Case
from benan.core.days import legal_day, show
from benan.core.refusals import Refused

DATED = tuple(Fact.Name.values)


class Unstated(Enum):
    """The value of `true_from` where nobody said from when: a value equal to the present one is then no change."""

    UNSTATED = "unstated"


UNSTATED: Final = Unstated.UNSTATED
WRITTEN = {True: "yes", False: "no", None: ""}
READ = {"yes": True, "no": False, "": None}


def record_dated_facts(
    case: Case, values: Mapping[str, Any], true_from: dt.date | None | Unstated = UNSTATED
) -> list[str]:
    """Add a `Fact` for each of `values` that is dated (DATED) and differs from the last one recorded; gives their names.

    `true_from` None: always true. Does not change the columns of the case. Raises Refused for a day to come.
    """
    day = None if true_from is UNSTATED else true_from
    if day and day > legal_day():
        raise Refused(_("Ngày %(on)s nằm sau hôm nay.") % {"on": show(day)}, field="true_from")
    new = []
    for name in DATED:
        if name not in values or (true_from is UNSTATED and values[name] == getattr(case, name)):
            continue
        value = WRITTEN.get(values[name], values[name])
        last = case.facts.filter(name=name).last()
        if (last.value, last.true_from) == (value, day) if last else value == "":
            continue
        new.append(name)
        Fact.objects.create(case=case, name=name, value=value, true_from=day, recorded_on=legal_day())
    return new


def value_on(rows: Iterable[Fact], name: str, day: dt.date) -> str | bool | None:
    """The value of one fact on a day: true or false, of the nationality a class; None (of the nationality "") where it is
    not known.

    The row of the latest `true_from` holds; one recorded without it replaces all that were recorded before.
    """
    held: Fact | None = None
    for row in sorted(rows, key=lambda row: row.pk):
        if row.name != name or (row.true_from and row.true_from > day):
            continue
        if held is None or row.true_from is None or held.true_from is None or row.true_from >= held.true_from:
            held = row
    value = held.value if held else ""
    return value if name == Fact.Name.NATIONALITY else READ[value]
