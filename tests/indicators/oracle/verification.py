"""What figures count of verification: what was found of a case by a day, and how far the answer is."""

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from benan.cases.models import Case, Deadline, Step
from benan.rules.deadlines import RunningLimit
from benan.verification.models import Finding
from tests.indicators.oracle.cases import cases_joined_into, has_step
from tests.indicators.oracle.figures import IN_TIME, LATE, MET, SHORT, choose

# The limits under which verification runs: first the labour office, then one police or both.
VERIFYING = ("labour_intake", "verify_district", "verify_complex", "verify_province")


def is_victim(as_of: dt.date, path: str = "") -> Q:
    """A finding in force on a day which says that the person is a victim; `path` leads to the finding."""
    made = {f"{path}outcome": Finding.Outcome.VICTIM, f"{path}withdrawn": False, f"{path}on__lte": as_of}
    return Q(**made) & (Q(**{f"{path}replaced_on": None}) | Q(**{f"{path}replaced_on__gt": as_of}))


def findings_by(as_of: dt.date) -> QuerySet[Finding]:
    """What had been found of a case by a day, either way, the earliest first."""
    return Finding.objects.filter(case=OuterRef("pk"), on__lte=as_of, withdrawn=False).order_by("on", "pk")


def companion_recognised_on(as_of: dt.date) -> Coalesce:
    """The first day on which somebody who came together with a person was a victim; NULL where nobody was."""
    rows = Finding.objects.filter(is_victim(as_of)).order_by("on").values("on")
    here, joined = rows.filter(case__reception=OuterRef("reception")), rows.filter(case__in=cases_joined_into())
    return Coalesce(Subquery(here[:1]), Subquery(joined[:1]))


def answer_standing(as_of: dt.date, by_convention: Mapping[int, RunningLimit]) -> Coalesce:
    """The standing of a paper of Luật 66/2011, Điều 28 or a written answer, within the limits of verification.

    `by_convention` maps case ids to the clock that ran by convention on that day and has since given way to another.
    Before the labour office was told, no limit of verification runs.
    """
    found = findings_by(as_of).values(how=choose((Exists(_overrun()), LATE), default=MET))
    open_ended = Q(due_on=None) | Q(binding=False) | Q(due_on__gte=as_of)
    running = verification_clock(as_of).values(how=choose((open_ended, IN_TIME), default=SHORT))
    overdue = [pk for pk, clock in by_convention.items() if clock.due_on and clock.due_on < as_of]
    conventional = choose((Q(pk__in=overdue), SHORT), (Q(pk__in=by_convention.keys()), IN_TIME))
    none_runs = choose((has_step(as_of, "labour_notified"), SHORT), default=IN_TIME)
    return Coalesce(Subquery(found[:1]), conventional, Subquery(running[:1]), none_runs)


def verification_clock(as_of: dt.date) -> QuerySet[Deadline]:
    """The limit of verification that governed a case on a day first, if one ran.

    The end of verification before an answer, or of the case, stops its clocks and answers nothing: what ran that
    day goes on here.
    """
    rows = Deadline.objects.filter(case=OuterRef("pk"), limit__in=VERIFYING, started_on__lte=as_of)
    ended = Step.objects.filter(case=OuterRef("case"), event="closed_before_answer", on=OuterRef("ended_on"))
    handed_over = Q(case__closing=Case.Closing.TRANSFERRED, ended_on=F("case__closed_on"), governs=True)
    stopped = Q(ended_on__gt=as_of) | handed_over | Exists(ended)
    rows = rows.filter(Q(met_on=None) | Q(met_on__gt=as_of), Q(ended_on=None) | stopped)
    return rows.order_by(models.Case(When(due_on=None, then=1), default=0), "-binding", "due_on", "pk")


def answering_agency(as_of: dt.date, by_convention: Mapping[int, RunningLimit]) -> Coalesce:
    """The agency (id) of the limit that governs an answer; of one that ran by convention, that of the limit's kind.

    Where no limit runs, the agency in `responsible`.
    """
    cases: dict[str, list[int]] = {}
    for pk, clock in by_convention.items():
        cases.setdefault(clock.limit, []).append(pk)
    theirs = [
        When(pk__in=pks, then=Subquery(Deadline.objects.filter(case=OuterRef("pk"), limit=limit).values("agency")[:1]))
        for limit, pks in cases.items()
    ]
    governing = Subquery(verification_clock(as_of).values("agency")[:1])
    return Coalesce(models.Case(*theirs), governing, F("responsible"), output_field=IntegerField())


def _overrun() -> QuerySet[Deadline]:
    """Limits that had run out before they were kept, of the case of a finding."""
    rows = Deadline.objects.filter(case=OuterRef("case"), limit__in=VERIFYING, binding=True)
    kept_late = Q(met_on__gt=F("due_on"), met_on__lte=OuterRef("on"))
    return rows.filter(kept_late | Q(ended_on__gt=F("due_on"), ended_on=OuterRef("on")))
