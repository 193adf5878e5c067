"""What figures ask of protection: the day on which a need of safety was met."""

import datetime as dt
from collections.abc import Iterable

from benan.core.figures import every_row
from benan.needs.kinds import SAFETY
from benan.needs.measures import NeedsFacts
from benan.protection.models import Measure


def load(needs: Iterable[NeedsFacts]) -> dict[int, dt.date]:
    """The first day on which a measure started for each need of safety among some needs, by its id. One query, where there
    are such needs."""
    safety = [need.pk for one in needs for need in one.needs if need.kind == SAFETY]
    if not safety:
        return {}
    rows = every_row(Measure).filter(need__in=safety).order_by("-started_on")
    return dict(rows.values_list("need", "started_on"))
