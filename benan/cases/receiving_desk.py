"""What those who receive people find on the desk: receptions left unfinished, and what to know outside office hours."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import OnCallContact
from benan.cases import reception_steps
from benan.cases.models import Case, Step
from benan.core.days import clock
from benan.core.desk import AHEAD, DeskPanel, and_more, few
from benan.core.statements import statement
from benan.rules.calendar import DayTable

OPENS, CLOSES = dt.time(7), dt.time(17)  # office hours


def panels(user: User, today: dt.date) -> list[DeskPanel]:
    """The panels of somebody who may receive people; none for others."""
    seat = user.seat(P.CASE_RECEIVE)
    if seat is None:
        return []
    found = []
    time = clock().time()
    if is_closed(today, time):
        numbers = agencies.contacts_near(seat.agency, today, time)
        police = [number for number in numbers if number.desk == OnCallContact.Desk.POLICE][:1]
        night = {"numbers": numbers, "police": police[0] if police else None}
        found.append(DeskPanel("night", 1, "cases/desk_night.html", night, first=True))
    if unfinished := _unfinished(user, today):
        found.append(DeskPanel("unfinished", 2, "cases/desk_unfinished.html", unfinished, first=True))
    return found


def is_closed(day: dt.date, time: dt.time) -> bool:
    """Whether offices are closed: outside office hours, at week-ends and on days off."""
    return not OPENS <= time < CLOSES or DayTable.load().seems_off(day)


def _unfinished(user: User, today: dt.date) -> dict[str, Any] | None:
    """Receptions of the last two weeks by one's offices of which the district was not told yet, the latest first, each with
    the step that comes next."""
    begun, more = and_more(_first_begun(user.role_set, today, given=user.given))
    steps: dict[int, list[Step]] = {case.pk: [] for case in begun}
    for step in Step.objects.filter(case__in=begun) if begun else ():
        steps[step.case_id].append(step)
    held = policy.held_on_each(user, begun)
    listed = []
    for case in begun:
        if left := reception_steps.left_over(held[case.pk], case, steps[case.pk]):
            count = _("còn %(n)d bước") % {"n": len(left)}
            listed.append({"case": case, "label": left[0]["label"], "url": left[0]["url"], "left": count})
    return {"listed": listed, "more": more, "cases": [one["case"] for one in listed]} if listed else None


@statement
def _first_begun(role_set: RoleSet, today: dt.date) -> QuerySet[Case]:
    told = Step.objects.filter(case=OuterRef("pk"), key__in=reception_steps.keys_of(reception_steps.NOTICE))
    rows = Case.objects.can(role_set, P.CASE_RECEIVE).filter(
        reception__agency__in=role_set.offices(P.CASE_RECEIVE), closed_on=None, opened_on__gt=today - AHEAD, kind=Case.Kind.CLAIMANT,
    )  # fmt: skip
    return few(rows.exclude(Exists(told)).select_related("reception").order_by("-opened_on", "-pk"))
