"""Which communes ever lay in an area, found by looking at every day on which some unit began."""

import functools

from benan.places.models import Level, Unit


@functools.cache
def communes_ever_in(code: str) -> set[str]:
    """The codes of communes that lay on any day in an area while it was a unit; a commune lies in itself."""
    rows = list(Unit.objects.values_list("code", "parent_code", "level", "in_force"))
    found: set[str] = set()
    for day in {span.lower for *_unit, span in rows}:
        above = {unit: (parent, level) for unit, parent, level, span in rows if day in span}
        for commune, (parent, level) in above.items():
            units = [commune, parent, above.get(parent, ("",))[0]]
            if level == Level.COMMUNE and code in units and code in above:
                found.add(commune)
    return found
