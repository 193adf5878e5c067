"""Who falls short, of what, since when it is late, and whose move it is. Codes only for those who may see the cases."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case as Choice
from django.db.models import Count, F, Min, Q, QuerySet, Sum, Value, When

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.cases.addresses import address
from benan.cases.aliases import emblem
from benan.cases.codes import shown
from benan.cases.models import Case
from benan.core import figures as base
from benan.core.figures import Duty, Figure, IndicatorMeasure, Question, Standing, Words
from benan.indicators import counting
from benan.indicators.models import CaseStanding, KeptQuestion

NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class ShortfallReason:
    """One duty that is missing: the words, what exactly is missing, the agency (id) whose move it is.

    `due_on` is the day on which a limit of the law ran out, where there is one.
    """

    duty: str
    words: Words
    missing: tuple[str, ...]
    agency: int | None
    due_on: dt.date | None = None

    def __str__(self) -> str:
        return f"{self.words}: {'; '.join(self.missing)}" if self.missing else str(self.words)

    def late_by(self, on: dt.date) -> int:
        """Days since the limit ran out."""
        return max((on - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True)
class ShortCase:
    """One case that falls short; `code` and `alias` are empty until filled in by `with_names` for somebody who may see it."""

    case: int
    place: str | int | None
    reasons: tuple[ShortfallReason, ...]
    code: str = ""
    alias: str = ""

    @property
    def shown_code(self) -> str:
        """The code as it is written."""
        return shown(self.code)

    @property
    def url(self) -> str:
        """The case's page."""
        return address("cases:case", self.code)

    @property
    def emblem(self) -> str:
        """The drawing beside the alias."""
        return emblem(self.alias)


class ReasonKey(NamedTuple):
    """A duty that is missing: the keys of its measure, its own, that of the limit that ran out where words differ by it; and
    the agency (id) whose move it is."""

    measure: str
    duty: str
    limit: str
    agency: int | None

    @property
    def words(self) -> Words:
        """What is said of it."""
        duty = next(
            duty for each in base.measures if each.key == self.measure for duty in each.duties if duty.key == self.duty
        )
        return duty.instead.get(self.limit, duty.words)


ANYBODY = ReasonKey("", "", "", None)  # under which different people are counted, whatever they miss


class ListedCase(NamedTuple):
    """A case whose code may be told, with its reasons by key of the measure."""

    row: ShortCase
    reasons: list[tuple[str, ShortfallReason]]


@dataclass(frozen=True)
class Shortfalls:
    """Who falls short in some figures: how many different people; the first of those who may be seen, and how many more; in how
    many cases of the others each duty is missing, in the order of the measures and their duties."""

    people: int = 0
    listed: Sequence[ListedCase] = ()
    more: int = 0
    unseen: Sequence[tuple[ReasonKey, int]] = ()


def shortfalls(found: Sequence[Figure], asked: Question, user: User | None, most: int) -> Shortfalls:
    """Who falls short in some figures, with at most so many of those whom a user may see: the latest first."""
    measures = [figure.measure for figure in found if figure.total.short]
    if not measures:
        return Shortfalls()
    rows = _rows(measures, asked)
    seen = policy.reach(user, P.CASE_VIEW, team="case__team", area="case__area_code") if user else NOBODY
    kept = _kept(asked) if seen == NOBODY or len(found) > 1 else None
    if len(found) == 1:
        people = found[0].total.short
    else:
        people = kept[ANYBODY] if kept and len(found) == len(base.measures) else _people(rows)
    if user is None or seen == NOBODY:
        return Shortfalls(people, unseen=_in_order(_reason_counts(rows) if kept is None else kept, measures))
    visible = rows.filter(seen)
    listed = _first(visible, measures, asked, user, most)
    if not seen:
        return Shortfalls(people, listed, people - len(listed))
    unseen = _in_order(_reason_counts(rows.exclude(seen)), measures)
    return Shortfalls(people, listed, _people(visible) - len(listed), unseen)


def cases_falling_short(measure: IndicatorMeasure, asked: Question) -> list[ShortCase]:
    """Every case that falls short of a measure, the longest waiting first, without its name; one query."""
    rows = _rows([measure], asked).order_by("came_on", "case", "belongs_on")
    found: dict[int, tuple[str | int | None, list[dict[str, Any]]]] = {}
    for case, area, agency, due_on, missing in rows.values_list("case", "area", "agency", "due_on", "missing"):
        found.setdefault(case, (area if measure.by_area else agency, []))[1].extend(_with_day(missing, due_on))
    return [ShortCase(case, place, _reasons(missing, measure.duties)) for case, (place, missing) in found.items()]


def with_names(short: Mapping[str, Sequence[ShortCase]], user: User) -> dict[str, list[ShortCase]]:
    """The same lists with the codes and aliases of those cases that a user may see."""
    cases = {row.case for rows in short.values() for row in rows}
    names = Case.objects.visible_to(user).filter(pk__in=cases).values("pk", "code", "alias")
    named = {each.pop("pk"): each for each in names}
    return {key: [replace(row, **named.get(row.case, {})) for row in rows] for key, rows in short.items()}


def reason_keys(measure: IndicatorMeasure, missing: Sequence[dict[str, Any]]) -> Iterator[ReasonKey]:
    """Each duty that a case misses, from what its rows in a measure say by the day of belonging."""
    for duty, (first, *_more) in _by_duty(missing, measure.duties):
        limit = first.get("limit", "")
        yield ReasonKey(measure.key, duty.key, limit if limit in duty.instead else "", first.get("agency"))


def reason_counts(measures: Sequence[IndicatorMeasure], asked: Question) -> Counter[ReasonKey]:
    """In how many cases each duty is missing, counted; and under `ANYBODY` how many different people fall short."""
    rows = _rows(measures, asked)
    return _reason_counts(rows) + Counter({ANYBODY: _people(rows)})


def _rows(measures: Sequence[IndicatorMeasure], asked: Question) -> QuerySet[CaseStanding]:
    """The standings that make cases fall short."""
    return counting.rows_asked(measures, asked).filter(apart="", outside="", standing=Standing.SHORT)


def _people(rows: QuerySet[CaseStanding]) -> int:
    return rows.aggregate(people=Count("case", distinct=True))["people"]


def _first(
    rows: QuerySet[CaseStanding], measures: Sequence[IndicatorMeasure], asked: Question, user: User, most: int
) -> list[ListedCase]:
    """The first cases: those whose limit ran out first, then by the first measure of which they fall short."""
    place = Choice(*(When(measure=measure.key, then=Value(place)) for place, measure in enumerate(measures)))
    cases = rows.values("case").annotate(
        due=Min("due_on", filter=Q(due_on__lt=asked.as_of)), place=Min(place), came=Min("came_on")
    )
    first = cases.order_by(F("due").asc(nulls_last=True), "place", "came", "case").values_list("case", flat=True)[:most]
    listed = {pk: ListedCase(ShortCase(pk, None, ()), []) for pk in first}
    for pk, code, alias in Case.objects.visible_to(user).filter(pk__in=listed).values_list("pk", "code", "alias"):
        listed[pk] = ListedCase(ShortCase(pk, None, (), code, alias), [])
    missing: dict[tuple[str, int], list[dict[str, Any]]] = {}
    wanted = rows.filter(case__in=list(listed)).order_by("belongs_on")
    for measure, case, due_on, some in wanted.values_list("measure", "case", "due_on", "missing"):
        missing.setdefault((measure, case), []).extend(_with_day(some, due_on))
    for each in measures:
        for pk, line in listed.items():
            line.reasons.extend((each.key, one) for one in _reasons(missing.get((each.key, pk), ()), each.duties))
    return list(listed.values())


def _kept(asked: Question) -> Counter[ReasonKey] | None:
    """What `reason_counts` says of a question about the province, where it is kept; one query."""
    first, last = asked.known
    if asked.area or asked.agency:
        return None
    rows = KeptQuestion.objects.filter(first=first, last=last, as_of=asked.as_of)
    cells = rows.values_list(*(f"reasons__{name}" for name in ReasonKey._fields))
    found = [(ReasonKey(*key), cases) for *key, cases in cells.annotate(Sum("reasons__cases")).order_by()]
    return Counter({key: cases for key, cases in found if cases}) if found else None


def _reason_counts(rows: QuerySet[CaseStanding]) -> Counter[ReasonKey]:
    """In how many cases each duty is missing. Of cases with one day of belonging, those that miss the same are counted at once."""
    found: Counter[ReasonKey] = Counter()
    measures = {measure.key: measure for measure in base.measures}
    alone = rows.filter(alone=True).values_list("measure", "missing").annotate(Count("case"))
    for measure, missing, cases in alone:
        found.update(dict.fromkeys(reason_keys(measures[measure], missing), cases))
    each = rows.filter(alone=False).order_by("measure", "case", "belongs_on").values_list("measure", "case", "missing")
    for (measure, _case), some in groupby(each, key=itemgetter(0, 1)):
        found.update(reason_keys(measures[measure], [one for *_of, missing in some for one in missing]))
    return found


def _in_order(counts: Counter[ReasonKey], measures: Sequence[IndicatorMeasure]) -> list[tuple[ReasonKey, int]]:
    """The counts of some measures, in the order of these and of their duties."""
    order = [(measure.key, duty.key) for measure in measures for duty in measure.duties]
    place = {key: number for number, key in enumerate(order)}
    wanted = [(key, cases) for key, cases in counts.items() if (key.measure, key.duty) in place]
    return sorted(wanted, key=lambda each: (place[each[0].measure, each[0].duty], each[0].limit, each[0].agency or 0))


def _by_duty(missing: Sequence[dict[str, Any]], duties: Sequence[Duty]) -> Iterator[tuple[Duty, list[dict[str, Any]]]]:
    """What is missing by duties, in their order, whatever day each part belongs to."""
    for duty in duties:
        if some := [one for one in missing if one["duty"] == duty.key]:
            yield duty, some


def _reasons(missing: Sequence[dict[str, Any]], duties: Sequence[Duty]) -> tuple[ShortfallReason, ...]:
    return tuple(_reason(some, duty) for duty, some in _by_duty(missing, duties))


def _reason(missing: Sequence[dict[str, Any]], duty: Duty) -> ShortfallReason:
    first, lacks = missing[0], [key for one in missing for key in one.get("lacks", ())]
    lowered = tuple(name[:1].lower() + name[1:] for name in map(str, duty.name(lacks)))
    words = duty.instead.get(first.get("limit", ""), duty.words)
    return ShortfallReason(duty.key, words, lowered, first.get("agency"), first.get("due_on"))


def _with_day(missing: Iterable[dict[str, Any]], due_on: dt.date | None) -> Iterator[dict[str, Any]]:
    """What is missing, with the day on which its limit ran out where it has one."""
    return (one | {"due_on": due_on} if "limit" in one else one for one in missing)
