"""The measures by the numbers that plan 12089 gives them."""

from benan.indicators import counting
from benan.indicators.measures import MEASURES

INDICATORS = dict(zip(("II.2.a", "II.2.b", "II.2.c", "II.2.d", "II.2.đ"), MEASURES, strict=True))
LETTERS = {measure.key: number[-1] for number, measure in INDICATORS.items()}


def five_figures(asked):
    """The figures of the five measures for a question."""
    return [counting.figure(measure, asked) for measure in MEASURES]
