"""Twenty thousand cases over five years: the demo's lives, copied over the days, communes and names of a province."""

import datetime as dt
import random

from benan.core.days import legal_day
from benan.places import queries as places
from bench import bulk

FIRST = dt.date(2016, 1, 4)
OPEN_SHARE = 0.1
LATEST = 25  # days by which an open case may be older than its mould


def fill(cases, *, tell) -> int:
    """Write copies until so many cases stand, the same ones for the same moulds; returns how many were written."""
    draw, today = random.Random(2016), legal_day()  # noqa: S311, the same province each time
    moulds = bulk.moulds()
    closed = [mould for mould in moulds if mould.is_closed]
    working = [mould for mould in moulds if not mould.is_closed]
    homes = _homes(today)
    made = 0
    while made < cases:
        copies = []
        for number in range(made, min(made + 2000, cases)):
            if draw.random() < OPEN_SHARE:
                mould, later = draw.choice(working), -draw.randrange(LATEST)
            else:
                mould = draw.choice(closed)
                first, last = mould.span
                later = draw.randint((FIRST - first).days, (today - last).days)
            copies.append(bulk.Copy(mould, later, *draw.choice(homes), number=number))
        made += sum(len(pks) for pks in bulk.write(copies))
        tell(f"  {made} hồ sơ")
    return made


def _homes(today):
    """The communes that stood through the whole time, each with its district."""
    lasting = set(places.communes(FIRST).values_list("code", flat=True))
    rows = places.communes(today).filter(code__in=lasting).values_list("parent_code", "code")
    return [(district, commune) for district, commune in rows if len(district) == 3]
