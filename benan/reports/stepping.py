"""Parts of verbs of `actions`: whose return it is to change, its locked row, and the line that a step leaves."""

from typing import Any

from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.plan import policy as plans
from benan.reports.events import ReportEvent
from benan.reports.models import Return, ReturnStep


def require_drafter(by: User, ret: Return) -> None:
    """Refuse (403) who does not draft a return, or the consolidated report."""
    if ret.consolidates:
        plans.require_follow_up(by, P.RETURNS_MANAGE, ret.period.plan, legal_day())
    else:
        plans.require_agency(by, P.WORK_RECORD, ret.agency, legal_day())


def locked_row(ret: Return) -> Return:
    """The row of a return as it stands, locked until the transaction ends."""
    rows = Return.objects.select_for_update(of=("self",)).select_related("period__plan", "agency", "replaces")
    return rows.get(pk=ret.pk)


def require_seen(ret: Return, seen: int | None) -> None:
    """Refuse where a step was taken after the last one that was in view (`seen`: its id; None where nobody looked at a page)."""
    if seen is not None and last_step(ret) != seen:
        raise Refused(_("Báo cáo đã có bước mới từ khi mở trang. Xem lại báo cáo rồi quyết định."))


def last_step(ret: Return) -> int:
    """The id of the last step of a return, 0 where there is none."""
    return ret.steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def step(
    by: User, ret: Return, kind: ReturnStep.Kind, event: ReportEvent, words: str, content: dict[str, Any] | None = None
) -> Return:
    """Write down a step of a return, in its history and on the trail."""
    ReturnStep.objects.create(ret=ret, kind=kind, by=by, on=legal_day(), words=words, content=content or {})
    return recorded(by, ret, event, {})


def recorded(by: User, ret: Return, event: ReportEvent, data: dict[str, Any]) -> Return:
    """Record on the trail what was done with a return."""
    named = {"period": ret.period.key, "agency": ret.slug, "number": ret.number}
    trail.record(by=by, event=event, on=f"plan:{ret.period.plan.slug}", data=named | data)
    return ret
