"""The paper of a return that was signed outside the program: its number, its day, its scan, its lines in the registers of offices."""

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.core.days import legal_day, show
from benan.core.papers import number as paper_number
from benan.core.refusals import Refused
from benan.core.text import whole_number
from benan.documents.actions.files import store
from benan.documents.actions.papers import cancel, register_incoming, register_outgoing
from benan.documents.models import PARTY, Paper
from benan.documents.queries import LARGEST_NUMBER, Series
from benan.plan import policy as plans
from benan.reports import recipients, stepping
from benan.reports.events import ReportEvent
from benan.reports.models import GIVEN, Return, ReturnStep

KIND = "report"  # of papers, in the list "paper_kinds"


@transaction.atomic
def record_paper(
    *, by: User, ret: Return, paper_no: str, paper_on: dt.date, scan: Sequence[UploadedFile] = ()
) -> Return:
    """Record number and day of the paper that was signed outside, and its scan; what was recorded before stays in the history.

    By an officer of the agency itself the paper is entered in its register of outgoing papers, unless it stands there.
    """
    stepping.require_drafter(by, ret)
    ret = stepping.locked_row(ret)
    if ret.state not in GIVEN:
        raise Refused(_("Ghi số văn bản sau khi báo cáo đã được duyệt và nộp."))
    if paper_on > legal_day():
        raise Refused(_("Ngày %s chưa đến.") % show(paper_on), field="paper_on")
    if paper_on < ret.earliest_on:
        raise Refused(
            _("Văn bản ghi số liệu đến hết ngày %(last)s, không thể ký trước ngày %(on)s.")
            % {"last": show(ret.last), "on": show(ret.earliest_on)},
            field="paper_on",
        )
    ret.paper_no, ret.paper_on = paper_number(paper_no), paper_on
    if not ret.paper_no:
        raise Refused(_("Chưa ghi số văn bản."), field="paper_no")
    if scan:
        ret.scan = store(by=by, agency=by.seats[0].agency, upload=scan[0], field="scan")
    if ret.agency_id in by.offices(P.WORK_RECORD):
        ret.paper = _outgoing(by, ret, paper_on)
    ret.save(update_fields=["paper_no", "paper_on", "scan", "paper"])
    return stepping.step(by, ret, ReturnStep.Kind.PAPER, ReportEvent.PAPER, f"{ret.paper_no}, {show(paper_on)}")


@transaction.atomic
def register_arrival(*, by: User, ret: Return) -> Return:
    """Enter a return that was given in the register of incoming papers of the agency that follows up the plan, once, and again where
    that line was cancelled."""
    office = plans.require_follow_up(by, P.RETURNS_MANAGE, ret.period.plan, legal_day())
    ret = stepping.locked_row(ret)
    if ret.state not in GIVEN:
        raise Refused(_("Báo cáo chưa nộp."))
    if ret.arrival is None or ret.arrival.cancelled_on:
        ret.arrival = register_incoming(
            by=by, agency=office, on=legal_day(), notation=ret.paper_no, kind=KIND, other_agency=ret.agency,
            about=ret.period.title, subject=ret.trail_subject,
        )  # fmt: skip
        ret.save(update_fields=["arrival"])
    return ret


def _outgoing(by: User, ret: Return, on: dt.date) -> Paper:
    """The line of the agency's register: the one that has the number and is this paper, or a new one."""
    number = whole_number(ret.paper_no.partition("/")[0], LARGEST_NUMBER)
    if number is None:
        raise Refused(_("Số văn bản bắt đầu bằng số trong sổ, ví dụ 214/BC-UBND."), field="paper_no")
    series = Series(ret.agency, Paper.Direction.OUT, on.year)
    there = series.paper(number)
    if there and there.notation == ret.paper_no and there.on == on:
        return there
    if ret.paper and ret.paper.subject == ret.trail_subject and not ret.paper.cancelled_on:
        cancel(by=by, paper=ret.paper, words=_("Số văn bản của báo cáo được ghi lại: %s.") % ret.paper_no)
    earlier = ret.replaces.paper if ret.replaces else None
    try:
        return register_outgoing(
            by=by, agency=ret.agency, on=on, number=number, notation=ret.paper_no, kind=KIND, about=ret.period.title,
            replaces=earlier, subject=ret.trail_subject,
            other_party=recipients.addressee(ret, on)[:PARTY],
        )  # fmt: skip
    except Refused as refused:
        raise Refused(refused.message, field="paper_on" if refused.field == "on" else "paper_no") from refused
