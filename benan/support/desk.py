"""What support puts on the desk: visits that were agreed, referrals that wait for an answer."""

import datetime as dt
from collections import Counter
from functools import partial
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import TeamMember, User
from benan.accounts.policy import Held
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases.addresses import address
from benan.cases.desk import person_in_short, task_person
from benan.cases.models import Case, Deadline, Track
from benan.core.clock_state import ClockState, of_days_left
from benan.core.days import show
from benan.core.desk import (
    AHEAD,
    DeskPanel,
    DeskPart,
    OpenTask,
    Task,
    TaskList,
    and_more,
    count_by,
    counted,
    few,
    first,
)
from benan.core.statements import statement
from benan.needs.queries import open_needs
from benan.rules import procedures
from benan.support import queries
from benan.support.models import Referral, Visit

Part = TeamMember.Part


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Visits that were agreed, referrals that wait for an answer of one's agencies, and who is housed there."""
    return DeskPart(tasks=_visits(user, today), panels=[*_referrals_waiting(user), *_housed(user)])


def _visits(user: User, today: dt.date) -> TaskList:
    """Visits agreed for the next two weeks; those whose day has gone by come last."""
    rows = _first_visits(user.role_set, today, given=user.given)
    by_day = count_by(rows, lambda: _counted_visits(user.role_set, today, given=user.given), "planned_on")
    tasks = [
        OpenTask(
            state=_state(row.planned_on, today), day=row.planned_on, case=row.case,
            task=partial(_task, row, today),
        )
        for row in rows
    ]  # fmt: skip
    return TaskList(tasks, Counter({(_state(day, today), day): n for (day,), n in by_day.items()}))


@statement
def _first_visits(role_set: RoleSet, today: dt.date) -> QuerySet[Visit]:
    gone = ExpressionWrapper(Q(planned_on__lt=today), BooleanField())
    return first(_agreed(role_set, today).select_related("case").order_by(gone, "planned_on", "pk"))


@statement
def _counted_visits(role_set: RoleSet, today: dt.date) -> QuerySet[Visit, Any]:
    return counted(_agreed(role_set, today), "planned_on")


def _agreed(role_set: RoleSet, today: dt.date) -> QuerySet[Visit]:
    return queries.visits_to_make(role_set, role_set.offices(P.SUPPORT_RECORD), today + AHEAD)


def _referrals_waiting(user: User) -> list[DeskPanel]:
    """Who is referred to one's agencies and waits for an answer, urgent ones first: age class, sex and what is needed."""
    if not user.may(P.REFERRAL_ANSWER):
        return []
    waiting, more = and_more(_first_referrals(user.role_set, given=user.given))
    needs = open_needs(user, [row.case for row in waiting])
    called = agencies.names_by_day((row.sender_id, row.sent_on) for row in waiting)
    listed = [
        {"row": row, "case": row.case, "person": person_in_short(row.case), "needs": needs.get(row.case_id, ""),
         "sender": called[row.sender_id, row.sent_on]}
        for row in waiting
    ]  # fmt: skip
    shown = {"listed": listed, "more": more, "cases": [row.case for row in waiting]}
    return [DeskPanel("referrals", 3, "support/desk_referrals.html", shown, first=True)] if waiting else []


@statement
def _first_referrals(role_set: RoleSet) -> QuerySet[Referral]:
    rows = Referral.objects.can(role_set, P.REFERRAL_ANSWER).filter(accepted=None, case__closed_on=None)
    waiting = rows.filter(receiver__in=role_set.offices(P.REFERRAL_ANSWER)).select_related("case")
    return few(waiting.order_by("-emergency", "sent_on", "pk"))


def _housed(user: User) -> list[DeskPanel]:
    """Who stays at one's shelters, until which day the law lets them; the nearest day first."""
    housed, more = and_more(_first_housed(user.role_set, given=user.given))
    listed = [{"case": case, "person": person_in_short(case), "until": case.ends} for case in housed]
    shown = {"listed": listed, "more": more, "cases": housed}
    return [DeskPanel("housed", 35, "support/desk_housed.html", shown)] if housed else []


@statement
def _first_housed(role_set: RoleSet) -> QuerySet[Case]:
    own, stages = role_set.offices(P.CASE_VIEW), procedures.stages_marked("support", "housed")
    sheltering = TeamMember.objects.filter(agency__in=own, part=Part.SHELTERS, until=None).values("team")
    ends = Deadline.objects.open().filter(case=OuterRef("pk"), limit="shelter_stay").order_by("due_on").values("due_on")
    stays = Exists(Track.objects.filter(case=OuterRef("pk"), kind="support", stage__in=stages))
    rows = Case.objects.visible_to(role_set).filter(stays, team__in=sheltering, closed_on=None)
    return few(rows.annotate(ends=Subquery(ends[:1])).order_by(F("ends").asc(nulls_last=True), "pk"))


def _state(day: dt.date, today: dt.date) -> ClockState:
    return of_days_left((day - today).days)


def _task(visit: Visit, today: dt.date, held: Held) -> Task:
    left = (visit.planned_on - today).days
    state = _state(visit.planned_on, today)
    words = {ClockState.TODAY: _("Hôm nay"), ClockState.NONE: _("Quá ngày hẹn %(n)d ngày") % {"n": -left}}
    code = visit.case.code
    if held.any(P.SUPPORT_RECORD):
        action, url = _("Ghi lần thăm"), reverse("support:visit", args=[code, visit.pk])
    else:
        action, url = _("Mở"), address("support:reintegration", code)
    return Task(
        **task_person(visit.case), what=_("Thăm lại"), state=state, clock=words.get(state, _("Còn %(n)d ngày") % {"n": left}),
        action=action, action_url=url,
        law=_("hẹn %(on)s · lịch hẹn của tổ phụ trách, không phải thời hạn luật định") % {"on": show(visit.planned_on)},
    )  # fmt: skip
