"""Making the report of a period."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core.figures import Question
from benan.indicators import reach
from benan.plan.actions.listing import named
from benan.plan.models import Plan
from benan.plan.periods import ReportPeriod
from benan.reports.events import ReportEvent
from benan.reports.report import report_as_docx


@transaction.atomic
def make_report(*, by: User, plan: Plan, period: ReportPeriod, asked: Question) -> bytes:
    """The report of a period as a .docx file: counts with reasons, no codes, no identities.

    Raises PermissionDenied without the right to make reports, and Refused where the question goes beyond the reach of
    `by`.
    """
    seat = by.seat(P.REPORT_MAKE)
    if seat is None:
        raise PermissionDenied
    reach.require(by, asked)
    made = report_as_docx(seat=seat, plan=plan, period=period, asked=asked)
    trail.record(by=by, event=ReportEvent.MADE, on=f"plan:{plan.slug}", data=named(asked) | {"period": period.key})
    return made
