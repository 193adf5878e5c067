"""What is known of a person that rights depend on, with the day from which it is true."""

from django.utils.translation import gettext_lazy as _

from benan.cases.dated import Fact
from benan.core.days import legal_day, show
from benan.core.refusals import Refused

DATED = tuple(Fact.Name.values)
UNSTATED = object()  # of `true_from`: nobody said from when, which for a value that is already there changes nothing
_WRITTEN = {True: "yes", False: "no", None: ""}
_READ = {"yes": True, "no": False, "": None}


def record(file, values, true_from=UNSTATED) -> list[str]:
    """Add rows for the dated ones among `values` that say something new; gives the names that changed a past or
    present day. The file's own columns are the caller's."""
    day = None if true_from is UNSTATED else true_from
    if day and day > legal_day():
        raise Refused(_("Ngày %(on)s nằm sau hôm nay.") % {"on": show(day)}, field="true_from")
    new = []
    for name in DATED:
        if name not in values or (true_from is UNSTATED and values[name] == getattr(file, name)):
            continue
        value = _WRITTEN.get(values[name], values[name])
        last = file.facts.filter(name=name).last()
        if (last.value, last.true_from) == (value, day) if last else value == "":
            continue
        new.append(name)
        Fact.objects.create(file=file, name=name, value=value, true_from=day, recorded_on=legal_day())
    return new


def on(rows, name, day):
    """What one thing was on a day: true, false or a class; None (for a class "") where it is not known of that day.

    The row of the latest `true_from` holds; one recorded without it replaces all that were recorded before.
    """
    held = None
    for row in sorted(rows, key=lambda row: row.pk):
        if row.name != name or (row.true_from and row.true_from > day):
            continue
        if held is None or row.true_from is None or held.true_from is None or row.true_from >= held.true_from:
            held = row
    value = held.value if held else ""
    return value if name == Fact.Name.NATIONALITY else _READ[value]
