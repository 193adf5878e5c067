"""What the support regime of Luật 66/2011 grants to whom, with the article and the reason; and what stands beside it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.core.reference import remembered
from benan.rules.calendar import ONE_DAY
from benan.rules.models import Certainty, Entitlement
from benan.rules.reading import Entry, published
from benan.rules.refusals import NotInForce

Answer = Entitlement.Answer
NAMED_BY_ARTICLE_32 = (
    Entitlement.Nationality.CITIZEN,
    Entitlement.Nationality.STATELESS_RESIDENT,
    Entitlement.Nationality.FOREIGNER,
)


@dataclass(frozen=True)
class Grant:
    """The answer to one need: yes, no or unknown, its article and why; `missing` names facts not known yet.

    `missing` is not repeated in `why`.
    """

    answer: Answer
    citation: str
    why: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """Another text under which a need may be met, beside the regime; `certainty` says how well it is known."""

    person: tuple[str, ...]
    status: tuple[str, ...]
    need: tuple[str, ...]
    citation: str
    why: str
    certainty: Certainty
    in_force: DateRange
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    answer: Answer = Answer.YES


@dataclass(frozen=True)
class Floor:
    """The least amount of money, in đồng, that may be given for a need on the days of `in_force`."""

    need: str
    amount: int
    citation: str
    in_force: DateRange


class EntitlementTable:
    """All answers to all needs."""

    def __init__(self, rows: Iterable[Entitlement]) -> None:
        self._rows: dict[tuple[str, str, str, str], list[Entitlement]] = {}
        for row in rows:
            self._rows.setdefault((row.person, row.status, row.nationality, row.need), []).append(row)

    @classmethod
    @remembered
    def load(cls) -> "EntitlementTable":
        """The table as it stands in the database."""
        return cls(Entitlement.objects.all())

    def granted(
        self,
        person: str,
        status: str,
        nationality: str,
        need: str,
        facts: Mapping[str, bool | None],
        on: dt.date,
        found: dt.date | None = None,
    ) -> Grant:
        """What a person is granted for a need that they have on a day.

        `found` is the day on which the victim was identified: whoever was while the regime was in force stays under
        it (Luật 53/2024, Điều 63). `status` of a minor or relative is that of the person they belong to;
        `nationality` may be "unknown"; `facts` maps names to true or false, and what it does not name is not known.
        Raises `NotInForce`.
        """
        if nationality != "unknown":
            return _weighed(self._row(person, status, nationality, need, _day_of_law(on, found)), facts)
        every = [self.granted(person, status, each, need, facts, on, found) for each in NAMED_BY_ARTICLE_32]
        if len({grant.answer for grant in every}) == 1:
            return every[0]
        return Grant(
            Answer.UNKNOWN,
            every[0].citation,
            _("Chế độ hỗ trợ được quy định theo quốc tịch của người ấy."),
            ("nationality",),
        )

    def _row(self, person: str, status: str, nationality: str, need: str, on: dt.date) -> Entitlement:
        for row in self._rows.get((person, status, nationality, need), ()):
            if on in row.in_force:
                return row
        sentence = _("Chương trình chưa có quy định về «%(need)s» áp dụng cho ngày %(day)s.")
        raise NotInForce(sentence % {"need": Entitlement.Need(need).label, "day": show(on)})


def grounds(
    person: str, status: str, need: str, facts: Mapping[str, bool | None], on: dt.date
) -> list[tuple[Grant, Certainty]]:
    """Other grounds that hold on a day, or may once more is known, each with how well it is known; never counted."""
    found = []
    for row in other_grounds():
        if person in row.person and status in row.status and need in row.need and on in row.in_force:
            grant = _weighed(row, facts)
            if grant.answer != Answer.NO:
                found.append((grant, row.certainty))
    return found


@cache
def other_grounds() -> tuple[Ground, ...]:
    """The other grounds of `entitlements.yaml`."""
    top = published("entitlements.yaml").mapping()
    return tuple(_ground(entry, top["facts"].mapping()) for entry in top["grounds"].entries())


@cache
def floors() -> tuple[Floor, ...]:
    """The least amounts of `entitlements.yaml`."""
    rows = [
        entry.fields("need", "amount", "citation", "in_force")
        for entry in published("entitlements.yaml").mapping()["floors"].entries()
    ]
    return tuple(
        Floor(
            need=row["need"].one_of(Entitlement.Need.values, _("nhu cầu")),
            amount=row["amount"].amount(),
            citation=row["citation"].text(),
            in_force=row["in_force"].period(),
        )
        for row in rows
    )


def floor(need: str, on: dt.date) -> Floor | None:
    """The least amount for a need on a day; None where the program knows of none."""
    return next((row for row in floors() if row.need == need and on in row.in_force), None)


@cache
def considered() -> tuple[str, ...]:
    """The needs for which the law says that support is considered (được xem xét), and not that it is given."""
    return published("entitlements.yaml").mapping()["considered"].each_of(Entitlement.Need.values, _("nhu cầu"))


def once(need: str) -> str:
    """The article under which a need is supported once and no more; "" where none says so."""
    row = Entitlement.objects.filter(need=need, none_of__contains=["given_before"]).order_by("-in_force").first()
    return row.citation if row else ""


@cache
def fact_labels() -> dict[str, str]:
    """The facts that an entitlement may depend on, in words."""
    return {name: entry.text() for name, entry in published("entitlements.yaml").mapping()["facts"].mapping().items()}


def _day_of_law(on: dt.date, found: dt.date | None) -> dt.date:
    """The day whose text answers: the need's own, but for a victim found under the regime no later than its last."""
    regime = published("entitlements.yaml").mapping()["in_force"].period()
    return min(on, regime.upper - ONE_DAY) if found and found < regime.upper else on


_CONDITIONS = ("all_of", "any_of", "none_of")


def _ground(entry: Entry, facts: Mapping[str, Entry]) -> Ground:
    row = entry.fields("person", "status", "need", "citation", "why", "certainty", "in_force", optional=_CONDITIONS)
    return Ground(
        person=row["person"].each_of(Entitlement.Person.values, _("loại người")),
        status=row["status"].each_of(Entitlement.Status.values, _("tình trạng")),
        need=row["need"].each_of(Entitlement.Need.values, _("nhu cầu")),
        citation=row["citation"].text(),
        why=row["why"].text(),
        certainty=Certainty(row["certainty"].one_of(Certainty.values, _("mức chắc chắn"))),
        in_force=row["in_force"].period(),
        **{name: row[name].each_of(facts, _("điều")) for name in _CONDITIONS if name in row},  # type: ignore[arg-type]
    )


def _weighed(row: Any, facts: Mapping[str, bool | None]) -> Grant:
    if row.answer != Answer.YES:
        return Grant(Answer(row.answer), row.citation, row.why)
    false = [name for name in row.all_of if facts.get(name) is False]
    missing = [name for name in row.all_of if facts.get(name) is None]
    if row.any_of and not any(facts.get(name) for name in row.any_of):
        unknown = [name for name in row.any_of if facts.get(name) is None]
        missing += unknown
        false += [] if unknown else row.any_of
    against = [name for name in row.none_of if facts.get(name)]
    if against:
        words = _("%(why)s Không còn được hưởng, vì: %(facts)s.")
        return Grant(Answer.NO, row.citation, words % {"why": row.why, "facts": _in_words(against)})
    if false:
        words = _("%(why)s Điều kiện chưa đáp ứng: %(facts)s.")
        return Grant(Answer.NO, row.citation, words % {"why": row.why, "facts": _in_words(false)})
    if missing:
        return Grant(Answer.UNKNOWN, row.citation, row.why, tuple(missing))
    return Grant(Answer.YES, row.citation, row.why)


def _in_words(names: Iterable[str]) -> str:
    labels = fact_labels()
    return "; ".join(labels[name] for name in names)
