"""What figures ask of cases: why one is not counted, which agency manages it, and which steps it has, on a day.

The history of a case is read once, by `load`; everything else is asked of it without the database.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.cases.models import Case, Step
from benan.core.figures import Standing, every_row

DAY = dt.timedelta(days=1)
# A refusal to go on is not among them.
CLOSED_EARLY = (Case.Closing.DIED, Case.Closing.LEFT, Case.Closing.ERROR)
STATELESS = (Case.Nationality.STATELESS, Case.Nationality.STATELESS_RESIDENT)
# Why a case is not counted, in words.
OUTSIDE = {
    "not_beneficiary": _("ngoài đối tượng thụ hưởng của kế hoạch (II.3.a)"),
    "closed_before_answer": _("hồ sơ kết thúc trước khi có trả lời: người ấy đã mất, rời đi hoặc hồ sơ lập nhầm"),
    "joined": _("hồ sơ đã ghép vào hồ sơ khác của cùng một người"),
}


@dataclass(frozen=True, slots=True)
class StepFact:
    """A line of the history. `need`: the kind of need it is about; `replaced`: a correction took its place."""

    event: str
    key: str
    on: dt.date
    need: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What figures know of a case itself; `managers` are (agency, first day, last day or None), the latest first."""

    pk: int
    kind: str
    channel: str
    came_on: dt.date
    area_code: str
    received_by: int
    closing: str
    closed_on: dt.date | None
    nationality: str
    resides_here: bool | None
    residence_on: dt.date | None
    steps: tuple[StepFact, ...]
    managers: tuple[tuple[int, dt.date, dt.date | None], ...]
    beside: tuple["Companion", ...]
    onward: tuple["Companion", ...]

    @property
    def is_claimant(self) -> bool:
        """Whether the person says that they are a victim."""
        return self.kind == Case.Kind.CLAIMANT

    def steps_by(self, as_of: dt.date, *events: str) -> Iterator[StepFact]:
        """The steps by a day that no correction replaced, the earliest first."""
        return (step for step in self.steps if step.event in events and step.on <= as_of and not step.replaced)

    def has_step(self, as_of: dt.date, *events: str) -> bool:
        """Whether the case had such a step by a day."""
        return next(self.steps_by(as_of, *events), None) is not None

    def is_closed(self, as_of: dt.date) -> bool:
        """Whether the case had ended by a day."""
        return self.closed_on is not None and self.closed_on <= as_of

    def responsible(self, as_of: dt.date) -> int | None:
        """The agency (id) that manages the case on a day; on the day of a hand-over, the one that took over."""
        for agency, since, until in self.managers:
            if since <= as_of and (until is None or until >= as_of):
                return agency
        return None

    def exclusion(self, as_of: dt.date, *, unanswered: bool) -> str:
        """Why the case is not counted on a day: a key of OUTSIDE, or "". `unanswered`: it had no answer when it closed."""
        if self.closing == Case.Closing.JOINED:  # one person on every day, whenever that was learned
            return "joined"
        non_resident = self.nationality in STATELESS and self.resides_here is False
        if non_resident or self.nationality == Case.Nationality.FOREIGNER:
            return "not_beneficiary"
        if unanswered and self.closing in CLOSED_EARLY and self.is_closed(as_of):
            return "closed_before_answer"
        return ""

    def done_by_next_day(self, as_of: dt.date, event: str) -> Standing:
        """The standing of a step that is due by the day after the arrival."""
        done = next(self.steps_by(as_of, event), None)
        if done:
            return Standing.MET if done.on <= self.came_on + DAY else Standing.LATE
        return Standing.IN_TIME if self.came_on >= as_of - DAY else Standing.SHORT

    def days(self) -> Iterator[dt.date]:
        """Days on which what is said here may begin to be something else."""
        yield self.came_on
        yield self.came_on + 2 * DAY
        yield from (step.on for step in self.steps)
        for _agency, since, until in self.managers:
            yield since
            if until:
                yield until + DAY
        for closed_on in (self.closed_on, *(each.closed_on for each in (*self.beside, *self.onward))):
            if closed_on:
                yield closed_on


@dataclass(frozen=True, slots=True)
class Companion:
    """A case on which the figures of another depend."""

    pk: int
    kind: str
    closed_on: dt.date | None


def load(pks: Collection[int]) -> dict[int, CaseFacts]:
    """The facts of some cases, by id: each with those received together (`beside`, itself among them) and those to which
    one of these was joined (`onward`). Four queries."""
    names = ("channel", "came_on", "agency")
    about = (
        "pk",
        "team",
        "reception",
        "kind",
        "area_code",
        "closing",
        "closed_on",
        "nationality",
        "resides_here",
        "residence_on",
    )
    cases = list(
        every_row(Case).filter(pk__in=pks).values_list(*about, *(f"reception__{name}" for name in names), named=True)
    )
    companions, onward = _companions_and_targets({case.reception for case in cases})
    rows = Step.objects.filter(~Q(event="") | Q(key="need_gone"), case__in=pks).order_by("on", "pk")
    steps = defaultdict(list)
    for pk, event, key, on, need, corrected in rows.values_list(
        "case", "event", "key", "on", KT("details__need"), "corrected_by"
    ):
        steps[pk].append(StepFact(event, key, on, need or "", corrected is not None))
    members = TeamMember.objects.filter(team__in=[case.team for case in cases], part=TeamMember.Part.MANAGES)
    managers = defaultdict(list)
    for team, agency, since, until in members.order_by("-since", "-pk").values_list("team", "agency", "since", "until"):
        managers[team].append((agency, since, until))
    return {
        case.pk: CaseFacts(
            case.pk, case.kind, case.reception__channel, case.reception__came_on, case.area_code, case.reception__agency,
            case.closing, case.closed_on, case.nationality, case.resides_here, case.residence_on, tuple(steps[case.pk]),
            tuple(managers[case.team]), tuple(companions[case.reception]), tuple(onward[case.reception]),
        )
        for case in cases
    }  # fmt: skip


def depending_on(pks: Collection[int]) -> set[int]:
    """The cases whose figures depend on some cases: they, those received together with one of them, and those received
    together with one that was joined to one of them."""
    cases = every_row(Case)
    receptions = cases.filter(Q(pk__in=pks) | Q(joined_to__in=pks)).values("reception")
    return {*pks, *cases.filter(reception__in=receptions).values_list("pk", flat=True)}


def _companions_and_targets(
    receptions: Collection[int],
) -> tuple[Mapping[int, list[Companion]], Mapping[int, list[Companion]]]:
    companions, targets = defaultdict(list), defaultdict(set)
    rows = every_row(Case).filter(reception__in=receptions).order_by("pk")
    for reception, joined_to, *companion in rows.values_list("reception", "joined_to", "pk", "kind", "closed_on"):
        companions[reception].append(Companion(*companion))
        if joined_to:
            targets[reception].add(joined_to)
    wanted = set().union(*targets.values())
    found = {}
    if wanted:
        for companion in every_row(Case).filter(pk__in=wanted).values_list("pk", "kind", "closed_on"):
            found[companion[0]] = Companion(*companion)
    return companions, defaultdict(list, {key: [found[pk] for pk in sorted(pks)] for key, pks in targets.items()})
