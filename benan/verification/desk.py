"""What verification puts on the desk: cases that are new to an office, findings to sign, and drafts that were returned."""

import datetime as dt
from collections import Counter
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import Membership, User
from benan.accounts.policy import Held
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases import acts
from benan.cases.addresses import address
from benan.cases.desk import task_person
from benan.cases.models import Case, Track
from benan.cases.queries import status
from benan.core.clock_state import ClockState
from benan.core.days import show
from benan.core.desk import (
    Decision,
    DeskPanel,
    DeskPart,
    OpenTask,
    Task,
    TaskList,
    and_more,
    few,
    first,
    total_of,
)
from benan.core.statements import SOMEBODY, statement
from benan.rules import procedures
from benan.verification.models import Finding
from benan.verification.vocabulary import RETURNED

# The acts by which an office takes what is new to it, and who may.
TAKEN_BY = {P.NOTICE_TAKE: "take_notice", P.REQUEST_RECEIVE: "receive_request"}


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Cases that are new to an office, findings to sign, and drafts that were returned."""
    decisions, more = _findings_to_sign(user)
    panels = [DeskPanel("new", 30, "verification/desk_new.html", _new_cases(user))]
    return DeskPart(tasks=_returned_drafts(user, today), decisions=decisions, more_decisions=more, panels=panels)


def _new_cases(user: User) -> dict[str, Any]:
    """Cases whose notice nobody at one's labour office has taken yet, or whose request no police has noted."""
    found, more = [], 0
    for permission, key in TAKEN_BY.items():
        if not user.may(permission):
            continue
        rows, left = and_more(_first_new(user.role_set, permission, key, given=user.given))
        more += left
        found += [(row, acts.page_of(key, row.case.code)) for row in rows]
    names = agencies.names_by_day(_received(row.case) for row, _url in found)
    listed = [
        {
            "case": row.case,
            "since": row.since,
            "url": url,
            "status": status(row.case),
            "agency": names[_received(row.case)],
        }
        for row, url in found
    ]
    return {"listed": listed, "more": more, "cases": [row.case for row, _url in found]}


@statement
def _first_new(role_set: RoleSet, permission: P, key: str) -> QuerySet[Track]:
    move, cases = procedures.moves()[key], Case.objects.can(role_set, permission).filter(closed_on=None)
    tracks = Track.objects.filter(kind=move.track, stage__in=move.sources, case__in=cases)
    return few(tracks.select_related("case", "case__reception").order_by("-since", "-pk"))


def _findings_to_sign(user: User) -> tuple[list[Decision], int]:
    """Drafts of findings of the user's office that wait for their signature, and how many more."""
    if not user.may(P.FINDING_SIGN):
        return [], 0
    rows, more = and_more(_first_drafts(user.role_set, given=user.given | {SOMEBODY: user.pk}))
    words = _("Ký kết luận xác minh")
    found = [Decision(words, reverse("verification:sign", args=[row.case.code]), row.case) for row in rows]
    return found, more


@statement
def _first_drafts(role_set: RoleSet) -> QuerySet[Finding]:
    cases = Case.objects.can(role_set, P.FINDING_SIGN).filter(closed_on=None)
    waiting = Finding.objects.filter(on=None, withdrawn=False, returned=None, case__in=cases)
    drafts = waiting.filter(agency__in=role_set.offices(P.FINDING_SIGN)).exclude(drafted_by=SOMEBODY)
    return few(drafts.select_related("case").order_by("pk"))


def _returned_drafts(user: User, today: dt.date) -> TaskList:
    """Drafts that the head returned: their authors' to mend, or anybody's of the office where the author has left it."""
    if not user.may(P.FINDING_DRAFT):
        return TaskList()
    rows = _first_returned(user.role_set, today, given=user.given | {SOMEBODY: user.pk})
    tasks = [OpenTask(state=ClockState.NONE, case=row.case, task=partial(_to_mend, row)) for row in rows]
    return TaskList(tasks, Counter({(ClockState.NONE, None): total_of(rows)}))


@statement
def _first_returned(role_set: RoleSet, today: dt.date) -> QuerySet[Finding]:
    cases = Case.objects.can(role_set, P.FINDING_DRAFT).filter(closed_on=None)
    holding = Membership.objects.holding(today).filter(user=OuterRef("drafted_by"), agency=OuterRef("agency"))
    returned = Finding.objects.filter(
        Q(drafted_by=SOMEBODY) | ~Exists(holding), on=None, withdrawn=False, returned__isnull=False, case__in=cases,
        agency__in=role_set.offices(P.FINDING_DRAFT),
    )  # fmt: skip
    return first(returned.select_related("case", "returned__by").order_by("returned"))


def _to_mend(draft: Finding, _held: Held) -> Task:
    line = draft.returned
    assert line is not None  # noqa: S101, asked for in `_first_returned`
    return Task(
        **task_person(draft.case), what=_("Sửa dự thảo kết luận bị trả lại"), state=ClockState.NONE,
        clock=_("từ %(on)s") % {"on": f"{line.on:%d/%m}"},
        law=_("%(by)s trả lại ngày %(on)s · %(why)s")
        % {"by": line.by, "on": show(line.on), "why": RETURNED[line.details["reason"]]},
        action=_("Sửa dự thảo"), action_url=address("verification:draft", draft.case.code),
    )  # fmt: skip


def _received(case: Case) -> tuple[int, dt.date]:
    return case.reception.agency_id, case.reception.came_on
