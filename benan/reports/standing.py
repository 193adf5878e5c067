"""How far somebody is with one duty, as expressions of a query.

A duty has a last day in time. A file stands where the worst of its duties stands, so standings are numbers
and the worst is the greatest. NULL: the duty does not concern the file.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Greatest

from benan.accounts.models import Agency, TeamMember
from benan.accounts.roles import Kind as AgencyKind
from benan.cases.models import Due, File, Finding, Step
from benan.support.models import Assessment, Measure, Need, Provision, Referral

DAY = dt.timedelta(days=1)
# The limits under which verification runs: first the labour office, then one police or both.
VERIFYING = ("labour_intake", "verify_district", "verify_complex", "verify_province")


class Standing(IntEnum):
    """From best to worst."""

    MET = 0
    LATE = 1
    IN_TIME = 2
    SHORT = 3


MET, LATE, IN_TIME, SHORT = (Value(each.value) for each in Standing)
NOTHING = Value(None, output_field=IntegerField())


@dataclass(frozen=True)
class Duty:
    """One duty of an indicator: how far a file is with it, what is said where it is missing, whose move it then is.

    `whose` gives an agency's id. `lacks` gives keys that `name` turns into what exactly is missing; `limit` are the
    clocks of which the first ran out, and `instead` other words where it is of a certain limit.
    """

    key: str
    standing: object
    words: str
    whose: object
    lacks: object = None
    name: Callable = list
    limit: object = None
    instead: dict = field(default_factory=dict)


def everybody(model):
    """Every row of a model: figures count everybody, lists of files go through `visible_to`."""
    return model.objects.unscoped(reason="figures count everybody").order_by()


def case(*whens, default=NOTHING):
    """The first that applies; `whens` are (condition, standing)."""
    branches = [When(condition, then=then) for condition, then in whens]
    return Case(*branches, default=default, output_field=IntegerField())


def worst(duties):
    """Where a file stands: with the worst of its duties; NULL where none concerns it."""
    return Greatest(*(duty.standing for duty in duties))


def victim(as_of, path="") -> Q:
    """A finding in force on a day which says that the person is a victim; `path` leads to the finding."""
    made = {f"{path}outcome": Finding.Outcome.VICTIM, f"{path}withdrawn": False, f"{path}on__lte": as_of}
    return Q(**made) & (Q(**{f"{path}replaced_on": None}) | Q(**{f"{path}replaced_on__gt": as_of}))


def findings(as_of):
    """What had been found of a file by a day, either way."""
    return Finding.objects.filter(file=OuterRef("pk"), on__lte=as_of, withdrawn=False).order_by("on", "pk")


def recognised_beside(as_of):
    """The first day on which somebody who came together with a person was a victim; NULL where nobody was."""
    rows = Finding.objects.filter(victim(as_of)).order_by("on").values("on")
    here, on = rows.filter(file__reception=OuterRef("reception")), rows.filter(file__in=joined_on())
    return Coalesce(Subquery(here[:1]), Subquery(on[:1]))


def joined_on():
    """The files in which those of a reception go on whose own file was joined to another."""
    joined = everybody(File).filter(reception=OuterRef(OuterRef("reception"))).exclude(joined_to=None)
    return joined.values("joined_to")


def steps(as_of, *events):
    """The steps of a file by a day that no correction replaced, the earliest first."""
    # Corrections are few: asked for once, as a set, and not for every step of every file.
    replaced = Step.objects.exclude(corrects=None).values("corrects")
    rows = Step.objects.filter(file=OuterRef("pk"), event__in=events, on__lte=as_of).exclude(pk__in=replaced)
    return rows.order_by("on", "pk")


def by_next_day(event, came, as_of):
    """Something to be done at the latest on the day after the person came (`came`: the field's name)."""
    done = steps(as_of, event).values(how=case((Q(on__lte=OuterRef(came) + DAY), MET), default=LATE))
    missing = case((Q(**{f"{came}__gte": as_of - DAY}), IN_TIME), default=SHORT)
    return Coalesce(Subquery(done[:1]), missing)


def answer(as_of, stood_in):
    """A paper of Luật 66/2011, Điều 28 or a written answer, within the limits of verification.

    `stood_in` maps file ids to the clock that ran by convention on that day and has since given way to another.
    Before the labour office was told, no limit of verification runs.
    """
    found = findings(as_of).values(how=case((Exists(_overrun()), LATE), default=MET))
    open_ended = Q(due_on=None) | Q(binding=False) | Q(due_on__gte=as_of)
    running = clock(as_of).values(how=case((open_ended, IN_TIME), default=SHORT))
    overdue = [pk for pk, clock in stood_in.items() if clock.due_on and clock.due_on < as_of]
    by_convention = case((Q(pk__in=overdue), SHORT), (Q(pk__in=stood_in.keys()), IN_TIME))
    none_runs = case((Exists(steps(as_of, "labour_notified")), SHORT), default=IN_TIME)
    return Coalesce(Subquery(found[:1]), by_convention, Subquery(running[:1]), none_runs)


def clock(as_of):
    """The limit of verification that governed a file on a day, if one ran.

    The end of verification before an answer, or of the file, stops its clocks and answers nothing: what ran that
    day goes on here.
    """
    rows = Due.objects.filter(file=OuterRef("pk"), limit__in=VERIFYING, started_on__lte=as_of)
    ended = Step.objects.filter(file=OuterRef("file"), event="closed_before_answer", on=OuterRef("ended_on"))
    handed_over = Q(file__closing=File.Closing.TRANSFERRED, ended_on=F("file__closed_on"), governs=True)
    stopped = Q(ended_on__gt=as_of) | handed_over | Exists(ended)
    rows = rows.filter(Q(met_on=None) | Q(met_on__gt=as_of), Q(ended_on=None) | stopped)
    return rows.order_by(Case(When(due_on=None, then=1), default=0), "-binding", "due_on", "pk")


def whose_answer(as_of, stood_in):
    """The agency of the limit that governs an answer; of one that ran by convention, that of the limit's kind.

    Of a file that was handed to another province, the agency there.
    """
    files = {}
    for pk, one in stood_in.items():
        files.setdefault(one.limit, []).append(pk)
    theirs = [
        When(pk__in=pks, then=Subquery(Due.objects.filter(file=OuterRef("pk"), limit=limit).values("agency")[:1]))
        for limit, pks in files.items()
    ]
    governing = Subquery(clock(as_of).values("agency")[:1])
    return Coalesce(elsewhere(as_of), Case(*theirs), governing, F("responsible"), output_field=IntegerField())


def _overrun():
    """Limits that had run out before they were kept, of the file of a finding."""
    rows = Due.objects.filter(file=OuterRef("file"), limit__in=VERIFYING, binding=True)
    kept_late = Q(met_on__gt=F("due_on"), met_on__lte=OuterRef("on"))
    return rows.filter(kept_late | Q(ended_on__gt=F("due_on"), ended_on=OuterRef("on")))


def needs(as_of, **which):
    """Needs of a file recorded by a day; `left` says whether one was refused after a real offer, or is no longer there."""
    rows = everybody(Need).filter(file=OuterRef("pk"), recorded_on__lte=as_of, **which)
    offered = everybody(Provision).filter(
        need=OuterRef("pk"), outcome=Provision.Outcome.OFFERED, on__lte=OuterRef("refused_on")
    )
    # Protection is refused in a step of its own, after the warning that Nghị định 62/2012, Điều 3 asks for.
    refusal = Step.objects.filter(file=OuterRef("file"), event="protection_refused", on=OuterRef("refused_on"))
    refused = Q(refused_on__lte=as_of) & (Exists(offered) | Exists(refusal))
    # Closing a file ends its needs too, which leaves them as unmet as they were.
    ended = Step.objects.alias(need=KT("details__need")).filter(
        file=OuterRef("file"), key="need_gone", on=OuterRef("gone_on"), need=OuterRef("kind")
    )
    gone = Q(gone_on__lte=as_of) & Exists(ended)
    return rows.alias(left=Case(When(refused | gone, then=True), default=False))


@dataclass(frozen=True)
class Needed:
    """Needs of a file that one duty is about, each due on its need day.

    `day` is that day and `done` the day on which it was met, both names in `rows`; `left` says how a need counts
    that was refused or is gone.
    """

    rows: QuerySet
    day: str
    as_of: dt.date
    left: object
    done: str = "met_on"

    @property
    def standing(self):
        """Where the worst of them stands."""
        each = case(
            (Q(**{f"{self.done}__lte": self.as_of, f"{self.done}__gt": F(self.day)}), LATE),
            (Q(**{f"{self.done}__lte": self.as_of}), MET),
            (Q(left=True), self.left),
            (Q(**{f"{self.day}__lt": self.as_of}), SHORT),
            default=IN_TIME,
        )
        return Subquery(self.rows.values("file").annotate(worst=Max(each)).values("worst"))

    @property
    def missing(self):
        """The kinds of those that fall short."""
        unmet = Q(**{self.done: None}) | Q(**{f"{self.done}__gt": self.as_of})
        short = unmet & Q(left=False, **{f"{self.day}__lt": self.as_of})
        kinds = ArrayAgg("kind", filter=short, order_by=("recorded_on", "pk"))
        return Subquery(self.rows.values("file").annotate(kinds=kinds).values("kinds"))


def later_of(name, other):
    """The later of a day of a row and a day of the file around it."""
    return Greatest(F(name), OuterRef(other), output_field=DateField())


def protected_on(as_of):
    """The day on which a measure started for a need."""
    rows = everybody(Measure).filter(need=OuterRef("pk"), started_on__lte=as_of)
    return Subquery(rows.order_by("started_on").values("started_on")[:1])


def assessed(as_of, **which):
    """Whether needs were assessed with the person by a day."""
    return Exists(everybody(Assessment).filter(file=OuterRef("pk"), on__lte=as_of, **which))


def groups_asked(by):
    """The groups of needs gone through with the person by a day."""
    rows = everybody(Assessment).filter(file=OuterRef("pk"), on__lte=by)
    return ArraySubquery(rows.values(group=Func(F("groups"), function="unnest", output_field=CharField())))


def whose_move(as_of):
    """The agency whose move a file is on a day: the one responsible, or the one outside the province that took over."""
    return Coalesce(elsewhere(as_of), F("responsible"), output_field=IntegerField())


def elsewhere(as_of):
    """The agency outside the province to which a file had been handed by a day; NULL where it was not.

    The one that accepted the person; where none was referred to, the one that stands for all outside.
    """
    outside = Agency.objects.filter(kind=AgencyKind.OUTSIDE)
    accepted = everybody(Referral).filter(file=OuterRef("pk"), accepted=True, receiver__in=outside)
    accepted = accepted.filter(kind=Referral.Kind.RESIDENCE).order_by("-answered_on", "-pk")
    received = Subquery(accepted.values("receiver")[:1])
    any_outside = Subquery(outside.filter(key="outside_labour").values("pk")[:1])
    handed_over = Q(closing=File.Closing.TRANSFERRED, closed_on__lte=as_of)
    return Case(When(handed_over, then=Coalesce(received, any_outside)), output_field=IntegerField())


def responsible(as_of):
    """The agency that manages the file on a day; on the day of a hand-over, the one that took over."""
    holding = TeamMember.objects.filter(
        Q(until=None) | Q(until__gte=as_of), team=OuterRef("team"), part=TeamMember.Part.MANAGES, since__lte=as_of
    )
    return Subquery(holding.order_by("-since", "-pk").values("agency")[:1])
