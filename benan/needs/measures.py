"""What figures ask of needs: those recorded by a day, how far they are met, and what was asked of the person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from benan.cases.measures import DAY, CaseFacts
from benan.core.figures import Standing, every_row
from benan.needs.models import Assessment, Need, Provision


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A need. `left_on`: the day from which it counts as refused after a real offer, or as no longer there."""

    pk: int
    kind: str
    phase: str
    granted: str
    recorded_on: dt.date
    met_on: dt.date | None
    left_on: dt.date | None

    def standing(
        self, day: dt.date, as_of: dt.date, *, left: Standing | None, done: dt.date | None = None
    ) -> Standing | None:
        """Where the need stands on a day, due on its need day `day` and met on `done`; `left` where it was left."""
        if done and done <= as_of:
            return Standing.LATE if done > day else Standing.MET
        if self.left_on and self.left_on <= as_of:
            return left
        return Standing.SHORT if day < as_of else Standing.IN_TIME


@dataclass(frozen=True, slots=True)
class AssessmentFact:
    """An assessment of needs with the person."""

    on: dt.date
    groups: tuple[str, ...]
    safety_asked: bool
    advice_asked: bool


@dataclass(frozen=True, slots=True)
class NeedsFacts:
    """The needs of a case in the order in which they were recorded, and its assessments."""

    needs: tuple[NeedFact, ...]
    assessments: tuple[AssessmentFact, ...]

    def recorded(self, as_of: dt.date, *, kinds: Collection[str] = (), phase: str = "") -> Iterator[NeedFact]:
        """The needs recorded by a day, of some kinds or of a phase."""
        for need in self.needs:
            if need.recorded_on <= as_of and (not kinds or need.kind in kinds) and phase in ("", need.phase):
                yield need

    def assessed(self, as_of: dt.date) -> Iterator[AssessmentFact]:
        """The assessments by a day."""
        return (one for one in self.assessments if one.on <= as_of)

    def groups_asked(self, as_of: dt.date) -> set[str]:
        """The groups of needs gone through with the person by a day."""
        return {group for one in self.assessed(as_of) for group in one.groups}

    def days(self) -> Iterator[dt.date]:
        """Days on which what is said here may begin to be something else."""
        for need in self.needs:
            yield need.recorded_on
            yield need.recorded_on + DAY
            yield from (day for day in (need.met_on, need.left_on) if day)
        yield from (one.on for one in self.assessments)


def load(cases: Mapping[int, CaseFacts]) -> dict[int, NeedsFacts]:
    """The facts of some cases, by id. Three queries."""
    names = ("pk", "kind", "phase", "granted", "recorded_on", "met_on", "refused_on", "gone_on")
    needs = list(every_row(Need).filter(case__in=cases).order_by("recorded_on", "pk").values_list("case", *names))
    refused = [row[1] for row in needs if row[7]]
    offered: dict[int, dt.date] = {}
    if refused:
        offers = every_row(Provision).filter(need__in=refused, outcome=Provision.Outcome.OFFERED)
        for need, on in offers.order_by("-on").values_list("need", "on"):
            offered[need] = on
    facts = defaultdict(list)
    for case, pk, kind, phase, granted, recorded_on, met_on, refused_on, gone_on in needs:
        left = _left_on(cases[case], kind, refused_on, gone_on, offered.get(pk))
        facts[case].append(NeedFact(pk, kind, phase, granted, recorded_on, met_on, left))
    assessments = defaultdict(list)
    asked = ("case", "on", "groups", "safety_asked", "advice_asked")
    for case, on, groups, *more in every_row(Assessment).filter(case__in=cases).values_list(*asked):
        assessments[case].append(AssessmentFact(on, tuple(groups), *more))
    return {pk: NeedsFacts(tuple(facts[pk]), tuple(assessments[pk])) for pk in cases}


def _left_on(
    case: CaseFacts, kind: str, refused_on: dt.date | None, gone_on: dt.date | None, offered_on: dt.date | None
) -> dt.date | None:
    """From which day a need counts as left: a refusal needs an offer before it, or the warning that Nghị định 62/2012,
    Điều 3 asks for; closing a case ends its needs too, which leaves them as unmet as they were."""
    days: list[dt.date] = []
    if refused_on and (
        (offered_on and offered_on <= refused_on)
        or any(step.event == "protection_refused" and step.on == refused_on for step in case.steps)
    ):
        days.append(refused_on)
    if gone_on and any(s.key == "need_gone" and s.on == gone_on and s.need == kind for s in case.steps):
        days.append(gone_on)
    return min(days, default=None)


def worst(standings: Iterable[Standing | None]) -> Standing | None:
    """The worst of some standings; None where there is none."""
    return max((each for each in standings if each is not None), default=None)
