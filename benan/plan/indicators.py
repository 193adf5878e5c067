"""The indicators of a plan that the program can count: the plan gives number, words and target, a measure the figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benan.accounts.models import User
from benan.core import figures as base
from benan.core.figures import Figure, IndicatorMeasure, Question, Tally, Words
from benan.indicators import counting
from benan.indicators import shortfalls as short
from benan.indicators.shortfalls import ShortCase, Shortfalls
from benan.plan.models import Clause, Plan


@dataclass(frozen=True)
class PlanIndicator:
    """An indicator as its clause states it; `section` is the number of the heading above it, `target` in percent."""

    number: str
    section: str
    wording: str
    target: int
    measure: IndicatorMeasure

    @property
    def letter(self) -> str:
        """As the plan calls it among its indicators: đ for II.2.đ."""
        return letter_of(self.number)

    @property
    def name(self) -> Words:
        """In a few words."""
        return self.measure.name

    @property
    def of(self) -> Words:
        """Of whom it is a share."""
        return self.measure.of


@dataclass(frozen=True)
class IndicatorFigure:
    """The figure of one indicator of a plan."""

    indicator: PlanIndicator
    figure: Figure

    @property
    def total(self) -> Tally:
        """All who are counted."""
        return self.figure.total

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where nobody counts."""
        return self.total.reaches(self.indicator.target) if self.total.denominator else None


def letter_of(number: str) -> str:
    """The last part of a clause's number: đ of II.2.đ."""
    return number.rpartition(".")[2]


def indicators(plan: Plan) -> list[PlanIndicator]:
    """The indicators of a plan in its order, without those by a measure that the program does not have."""
    return indicators_among(plan.clauses.exclude(measure="").select_related("section"))


def indicators_among(clauses: Iterable[Clause]) -> list[PlanIndicator]:
    """The indicators that some clauses state, in their order (with `section` loaded)."""
    return [
        PlanIndicator(clause.number, clause.section.number, clause.wording, clause.target, measure)
        for clause in clauses
        if clause.measure and clause.target and (measure := base.measure(clause.measure))
    ]


def figures(wanted: Sequence[PlanIndicator], asked: Question) -> list[IndicatorFigure]:
    """The figure of each indicator."""
    found = counting.figures([each.measure for each in wanted], asked)
    return [IndicatorFigure(*each) for each in zip(wanted, found, strict=True)]


def shortfalls(
    figures: Sequence[IndicatorFigure], asked: Question, *, user: User | None = None, most: int = 0
) -> Shortfalls:
    """Who falls short of some indicators: counts, and at most so many of those whom `user` may see."""
    return short.shortfalls([each.figure for each in figures], asked, user, most)


def cases_falling_short(figures: Sequence[IndicatorFigure], asked: Question, user: User) -> dict[str, list[ShortCase]]:
    """The cases that fall short of each indicator, by its number, with codes and aliases of those `user` may see."""
    found = {each.indicator.number: short.cases_falling_short(each.indicator.measure, asked) for each in figures}
    return short.with_names(found, user)
