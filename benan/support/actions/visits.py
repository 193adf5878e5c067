"""Visits after return: agreed for a day, made on one."""

import datetime as dt
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.cases import steps
from benan.cases.models import Case
from benan.cases.steps import Change
from benan.core.ahead import require_near
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.needs.events import NeedEvent
from benan.protection.actions.danger import keep_office_away, record_danger
from benan.support.models import Visit
from benan.vault import access


def plan_visit(
    *, by: User, case: Case, planned_on: dt.date, agency: Agency | None = None, seen: int | None = None
) -> Visit:
    """Agree a visit for a day. An appointment: no legal limit."""
    policy.require(by, P.SUPPORT_RECORD, case)
    same = {"key": "visit_planned", "details__for": planned_on.isoformat()}
    with steps.change(case, by=by, seen=seen, repeats=same) as change:
        return _plan(change, planned_on, agency)


@transaction.atomic
def make_visit(
    *, by: User, visit: Visit, on: dt.date, safe: bool | None, danger_from: Agency | None = None, words: str = "",
    next_on: dt.date | None = None, seen: int | None = None,
) -> Visit:  # fmt: skip
    """Record a visit made: whether the person is safe, what was seen (sealed), when the next one is.

    Not safe is danger, as when it is asked about (`danger_from` as in `screening.screen`).
    """
    policy.require(by, P.SUPPORT_RECORD, visit.case)
    with steps.change(visit.case, by=by, seen=seen) as change:
        if visit.made_on:
            raise Refused(_("Lần thăm này đã được ghi."))
        change.note("visit_made", on=on, permission=P.SUPPORT_RECORD, trail_event=NeedEvent.SUPPORT_RECORDED)
        visit.made_on, visit.safe, visit.by = on, safe, by
        visit.words = access.seal_note(person_id=change.case.person_id, words=words)
        visit.save(update_fields=["made_on", "safe", "by", "words"])
        if safe is False:
            record_danger(change, on=on, danger="yes")
        if next_on:
            _plan(change, next_on, visit.agency, field="next_on")
        keep_office_away(change, on=on, danger="yes" if safe is False else "no", agency=danger_from)
    return visit


def _plan(change: Change, planned_on: dt.date, agency: Agency | None, *, field: str = "planned_on") -> Visit:
    if planned_on < legal_day():
        raise Refused(_("Ngày hẹn %(on)s đã qua.") % {"on": show(planned_on)}, field=field)
    require_near(planned_on, field=field)
    step = change.note("visit_planned", permission=P.SUPPORT_RECORD, details={"for": planned_on.isoformat()})
    return Visit.objects.create(
        case=change.case, planned_on=planned_on, by=change.by, agency=cast(Agency, agency or step.agency)
    )
