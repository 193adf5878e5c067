"""What figures count of needs: those recorded by a day, how far they are met, and what was asked of the person."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import CharField, Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT

from benan.cases.models import Step
from benan.needs.models import Assessment, Need, Provision
from tests.indicators.oracle.figures import IN_TIME, LATE, MET, SHORT, choose, every_row


def needs_by(as_of: dt.date, **which: Any) -> QuerySet[Need]:
    """Needs of a case recorded by a day; `left` says whether one was refused after a real offer, or is no longer there."""
    rows = every_row(Need).filter(case=OuterRef("pk"), recorded_on__lte=as_of, **which)
    offered = every_row(Provision).filter(
        need=OuterRef("pk"), outcome=Provision.Outcome.OFFERED, on__lte=OuterRef("refused_on")
    )
    # Protection is refused in a step of its own, after the warning that Nghị định 62/2012, Điều 3 asks for.
    refusal = Step.objects.filter(case=OuterRef("case"), event="protection_refused", on=OuterRef("refused_on"))
    refused = Q(refused_on__lte=as_of) & (Exists(offered) | Exists(refusal))
    # Closing a case ends its needs too, which leaves them as unmet as they were.
    ended = Step.objects.alias(need=KT("details__need")).filter(
        case=OuterRef("case"), key="need_gone", on=OuterRef("gone_on"), need=OuterRef("kind")
    )
    gone = Q(gone_on__lte=as_of) & Exists(ended)
    return rows.alias(left=models.Case(When(refused | gone, then=True), default=False))


@dataclass(frozen=True)
class CountedNeeds:
    """Needs of a case that one duty is about, each due on its need day.

    `rows` are of `needs_by`; `day` is the need day and `done` the day on which it was met, both names in `rows`;
    `left` is the standing of a need that was refused or is gone.
    """

    rows: QuerySet[Need]
    day: str
    as_of: dt.date
    left: Combinable
    done: str = "met_on"

    @property
    def standing(self) -> Subquery:
        """Where the worst of them stands; NULL where there is none."""
        each = choose(
            (Q(**{f"{self.done}__lte": self.as_of, f"{self.done}__gt": F(self.day)}), LATE),
            (Q(**{f"{self.done}__lte": self.as_of}), MET),
            (Q(left=True), self.left),
            (Q(**{f"{self.day}__lt": self.as_of}), SHORT),
            default=IN_TIME,
        )
        return Subquery(self.rows.values("case").annotate(worst=Max(each)).values("worst"))

    @property
    def missing(self) -> Subquery:
        """The kinds of those that fall short."""
        unmet = Q(**{self.done: None}) | Q(**{f"{self.done}__gt": self.as_of})
        short = unmet & Q(left=False, **{f"{self.day}__lt": self.as_of})
        kinds = ArrayAgg("kind", filter=short, order_by=("recorded_on", "pk"))
        return Subquery(self.rows.values("case").annotate(kinds=kinds).values("kinds"))


def assessed_by(as_of: dt.date, **which: Any) -> Exists:
    """Whether needs were assessed with the person by a day."""
    return Exists(every_row(Assessment).filter(case=OuterRef("pk"), on__lte=as_of, **which))


def groups_asked_by(as_of: dt.date | OuterRef) -> ArraySubquery:
    """The groups of needs gone through with the person by a day, as an array."""
    rows = every_row(Assessment).filter(case=OuterRef("pk"), on__lte=as_of)
    return ArraySubquery(rows.values(group=Func(F("groups"), function="unnest", output_field=CharField())))
