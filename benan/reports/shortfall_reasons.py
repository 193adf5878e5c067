"""Why people fall short of the indicators of a return, as the cases say it today."""

from collections.abc import Iterator

from benan.core.figures import question
from benan.plan import figure_lists, indicators
from benan.reports import counted
from benan.reports.content import Content
from benan.reports.return_document import Reason


def reasons(content: Content) -> list[Reason]:
    """The reasons of each indicator whose figure is still what the return says; of others nothing is said, since the reasons
    would not be those of its figures."""
    return list(_reasons(content))


def _reasons(content: Content) -> Iterator[Reason]:
    ret = content.ret
    place = counted.PROVINCE if ret.consolidates else counted.places_of([ret.agency]).get(ret.agency_id)
    said = {each.number: (each.numerator, each.denominator) for each in content.indicators if each.counted}
    if place is None or not any(numerator != denominator for numerator, denominator in said.values()):
        return
    asked = question(content.first, content.last, content.as_of, place)
    figures = [
        found
        for found in indicators.figures(indicators.indicators(content.plan), asked)
        if said.get(found.indicator.number) == (found.total.numerator, found.total.denominator)
    ]
    numbers = {found.indicator.measure.key: found.indicator.number for found in figures}
    short = indicators.shortfalls(figures, asked)
    for key, words, whose, people in figure_lists.reason_counts(short, asked.as_of):
        yield Reason(numbers[key], words, whose, people)
