"""In which units of the province the communes of records lie on a day, whatever was divided and merged since they were noted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benan.core.reference import remembered
from benan.places import queries
from benan.places.models import Level, Succession, Unit

ELSEWHERE = ""  # outside the province's units, unknown, or divided among several


@dataclass(frozen=True)
class Lying:
    """Where communes lie on a day.

    `eras`: the first days of the times in which every code means one unit; a record belongs to the era of the day on which its
    code was noted. `communes`: era and code → the communes of the day that lie there. `above`: each commune of the province
    on the day → its district, itself where there are none. `units`: the districts of the day, or the communes, in Vietnamese
    order.
    """

    eras: tuple[dt.date, ...]
    communes: Mapping[tuple[int, str], frozenset[str]]
    above: Mapping[str, str]
    units: tuple[str, ...]

    def unit(self, era: int, code: str) -> str:
        """The unit (of `units`) in which what a code meant lies whole, or ELSEWHERE."""
        found = {self.above.get(commune, ELSEWHERE) for commune in self.communes.get((era, code), ())}
        return found.pop() if len(found) == 1 else ELSEWHERE

    def within(self, area: str) -> Iterator[tuple[tuple[int, ...], list[str]]]:
        """The codes of what lies whole in a commune or district, each once, with the eras in which they mean something there."""
        eras: dict[str, list[int]] = defaultdict(list)
        for (era, code), communes in sorted(self.communes.items()):
            if communes and all(area in (commune, self.above.get(commune)) for commune in communes):
                eras[code].append(era)
        found: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for code, those in eras.items():
            found[tuple(those)].append(code)
        return iter(found.items())


@remembered
def on(day: dt.date) -> Lying:
    """Where the communes of all records lie on a day. Three queries."""
    forms = list(Unit.objects.filter(level=Level.COMMUNE).values_list("code", "in_force"))
    eras = tuple(sorted({span.lower for _code, span in forms}))
    ended = {(code, span.upper) for code, span in forms if span.upper}
    moved: dict[dt.date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for old, new, effective_on in Succession.objects.values_list("old_code", "new_code", "effective_on"):
        moved[effective_on][old].add(new)
    below = list(queries.children(queries.HOME, day).values_list("code", "level"))
    above = {code: code for code, level in below if level == Level.COMMUNE}
    districts = {code for code, level in below if level == Level.DISTRICT}
    lower = queries.on(day).filter(parent_code__in=districts).values_list("code", "parent_code")
    above |= dict(lower)
    there = {code for code, span in forms if day in span}
    communes = {}
    for code, span in forms:
        for number, first in enumerate(eras):
            if first in span:
                communes[number, code] = _followed(code, first, day, moved, ended) & there
    return Lying(eras, communes, above, tuple(code for code, _level in below))


@remembered
def within(area: str, day: dt.date) -> tuple[Lying, tuple[tuple[tuple[int, ...], list[str]], ...]]:
    """Where communes lie on a day, and what lies in an area (`Lying.within`); of an area that is no unit then, on the last day
    up to it on which it was one."""
    there = on(queries.last_read([area], day)[area])
    return there, tuple(there.within(area))


def _followed(
    code: str,
    since: dt.date,
    day: dt.date,
    moved: Mapping[dt.date, Mapping[str, set[str]]],
    ended: set[tuple[str, dt.date]],
) -> frozenset[str]:
    """What became of a unit by a later day, as `queries.successors` says; a unit that came later, what it is then."""
    codes = {code}
    for effective_on in sorted(each for each in moved if since < each <= day):
        stays = {old for old in codes if (old, effective_on) not in ended}
        codes = stays.union(*(moved[effective_on].get(old, set()) for old in codes))
    return frozenset(codes)
