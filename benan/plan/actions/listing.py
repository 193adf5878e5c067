"""What leaves a line in the trail when figures are read: cases listed by their codes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from benan.accounts.models import User
from benan.audit import trail
from benan.core.figures import Period, Question
from benan.indicators import reach
from benan.indicators.events import FigureEvent
from benan.indicators.shortfalls import ShortCase
from benan.plan import indicators
from benan.plan.indicators import IndicatorFigure


@transaction.atomic
def list_short(
    *, by: User, figures: Sequence[IndicatorFigure], asked: Question, periods: Iterable[Period] = ()
) -> dict[str, list[ShortCase]]:
    """The cases that fall short of each indicator, by its number, with codes for those `by` may see.

    `periods` are those of the plan's reports. Raises Refused where the question goes beyond the reach of `by`.
    """
    reach.require(by, asked, periods)
    found = indicators.cases_falling_short(figures, asked, by)
    trail.record(by=by, event=FigureEvent.CASES_LISTED, on="indicators", data=listed(asked, found))
    return found


def named(asked: Question) -> dict[str, str]:
    """A question as the trail keeps it."""
    return {
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "as_of": asked.as_of.isoformat(),
        "area": asked.area,
        "agency": asked.agency.key if asked.agency else "",
    }


def listed(asked: Question, found: Mapping[str, Sequence[ShortCase]]) -> dict[str, Any]:
    """What the trail keeps of a list: the question, the codes that were shown, and under which indicator each."""
    codes = {number: [row.code for row in rows if row.code] for number, rows in found.items()}
    short = {number: shown for number, shown in codes.items() if shown}
    return named(asked) | {"cases": sorted({code for shown in short.values() for code in shown}), "short": short}
