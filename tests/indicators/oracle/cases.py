"""Expressions that figures use to count cases: why one is not counted, which agency manages it, which steps it has."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import TeamMember
from benan.agencies.models import Agency
from benan.cases.models import Case, Step
from tests.indicators.oracle.figures import IN_TIME, LATE, MET, SHORT, Question, choose, every_row
from tests.indicators.oracle.places import communes_ever_in

DAY = dt.timedelta(days=1)
# A refusal to go on is not among them.
CLOSED_EARLY = (Case.Closing.DIED, Case.Closing.LEFT, Case.Closing.ERROR)
STATELESS = (Case.Nationality.STATELESS, Case.Nationality.STATELESS_RESIDENT)
# Why a case is not counted, in words.
OUTSIDE = {
    "not_beneficiary": _("ngoài đối tượng thụ hưởng của kế hoạch (II.3.a)"),
    "closed_before_answer": _("hồ sơ khép trước khi có trả lời: đã mất, rời đi hoặc lập nhầm"),
    "joined": _("hồ sơ đã ghép vào hồ sơ khác của cùng một người"),
}


def exclusion_reason(as_of: dt.date, *, unanswered: Combinable | Q) -> models.Case:
    """The expression for why a case is not counted on a day: a key of OUTSIDE, or "" where it is.

    `unanswered` is the condition that it had no answer when it closed.
    """
    foreign = Q(nationality=Case.Nationality.FOREIGNER) | Q(nationality__in=STATELESS, resides_here=False)
    return models.Case(
        # One person on every day, whenever that was learned.
        When(closing=Case.Closing.JOINED, then=Value("joined")),
        When(foreign, then=Value("not_beneficiary")),
        When(unanswered, closing__in=CLOSED_EARLY, closed_on__lte=as_of, then=Value("closed_before_answer")),
        default=Value(""),
        output_field=CharField(),
    )


def received_where_asked(people: QuerySet[Case], asked: Question) -> QuerySet[Case]:
    """Of some cases, those received in the area and by the agency asked for."""
    if asked.area:
        people = people.filter(area_code__in=communes_ever_in(asked.area))
    return people.filter(reception__agency=asked.agency) if asked.agency else people


def managed_where_asked(people: QuerySet[Case], asked: Question) -> QuerySet[Case]:
    """Of some cases (with `responsible`), those whose responsible agency is of the area, or is the agency, asked for."""
    if asked.area:
        units = {asked.area, *communes_ever_in(asked.area)}
        agencies = Agency.objects.filter(unit_code__in=units).values_list("pk", flat=True)
        people = people.filter(Q(responsible__in=list(agencies)))
    return people.filter(Q(responsible=asked.agency.pk)) if asked.agency else people


def responsible_agency(as_of: dt.date) -> Subquery:
    """The agency (id) that manages a case on a day; on the day of a hand-over, the one that took over."""
    holding = TeamMember.objects.filter(
        Q(until=None) | Q(until__gte=as_of), team=OuterRef("team"), part=TeamMember.Part.MANAGES, since__lte=as_of
    )
    return Subquery(holding.order_by("-since", "-pk").values("agency")[:1])


def steps_by(as_of: dt.date, *events: str) -> QuerySet[Step]:
    """The steps of a case by a day that no correction replaced, the earliest first."""
    # Corrections are few: asked for once, as a set, and not for every step of every case.
    replaced = Step.objects.exclude(corrects=None).values("corrects")
    rows = Step.objects.filter(case=OuterRef("pk"), event__in=events, on__lte=as_of).exclude(pk__in=replaced)
    return rows.order_by("on", "pk")


def has_step(as_of: dt.date, *events: str) -> Exists:
    """Whether a case had such a step by a day."""
    return Exists(steps_by(as_of, *events))


def done_by_next_day(event: str, came: str, as_of: dt.date) -> Coalesce:
    """The expression for the standing (`figures.Standing`) of a step that is due by the day after the arrival (`came`: the name
    of its field)."""
    done = steps_by(as_of, event).values(how=choose((Q(on__lte=OuterRef(came) + DAY), MET), default=LATE))
    missing = choose((Q(**{f"{came}__gte": as_of - DAY}), IN_TIME), default=SHORT)
    return Coalesce(Subquery(done[:1]), missing)


def cases_joined_into() -> QuerySet[Case, dict[str, Any]]:
    """The ids (`joined_to`) of the cases to which cases of the same reception were joined; for use in a subquery of a query
    over cases."""
    joined = every_row(Case).filter(reception=OuterRef(OuterRef("reception"))).exclude(joined_to=None)
    return joined.values("joined_to")
