"""Applications for schooling, vocational training and the hardship allowance (Nghị định 09/2013, Điều 23 khoản 3)."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.cases import history, statuses, steps
from benan.cases.models import Case, Status, Step
from benan.cases.steps import Paper
from benan.core.days import show
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.needs import queries
from benan.needs.actions.needs import add_needs
from benan.needs.events import NeedEvent
from benan.needs.kinds import APPLIED, APPLIED_FOR, following

APPLICANTS = {"person": _("Người ấy"), "family": _("Gia đình người ấy")}
DECISIONS = {"granted": _("Chi hỗ trợ"), "refused": _("Không chi hỗ trợ, đã nêu lý do")}


def apply_for_support(
    *, by: User, case: Case, on: dt.date, kinds: Collection[str], applicant: str, seen: int | None = None
) -> Step:
    """Record a written application of a victim or their family: `kinds` of APPLIED_FOR; the commune's days run from here.

    A support not recorded as needed becomes a need. Recorded also after the twelve months; the law's answer says so.
    """
    policy.require(by, P.SUPPORT_RECORD, case)
    same = {"key": APPLIED, "details__needs": sorted(kinds)}
    with steps.change(case, by=by, seen=seen, repeats=same) as change:
        case = change.case
        if not kinds or set(kinds) - set(APPLIED_FOR):
            raise Refused(_("Chọn hỗ trợ được đề nghị trong đơn."), field="kinds")
        if applicant not in APPLICANTS:
            raise Refused(_("Chọn người làm đơn."), field="applicant")
        if case.kind != Case.Kind.CLAIMANT or statuses.status_on(case, on) != Status.Kind.VICTIM:
            raise Refused(
                _(
                    "Đơn này chỉ dành cho người đã được xác định là nạn nhân (Nghị định 09/2013, Điều 23); vào "
                    "ngày %(on)s người ấy chưa được xác định là nạn nhân."
                )
                % {"on": show(on)},
                field="on",
            )
        add_needs(change, on=on, kinds=kinds)
        # One that waits to be sent goes on waiting since its own day; both are sent together.
        waits = (last := queries.last_application_event(case)) is not None and last.event == APPLIED
        labels = ", ".join(str(APPLIED_FOR[kind]) for kind in kinds)
        return change.take(
            APPLIED, on=on, event="" if waits else None, trail_event=NeedEvent.SUPPORT_RECORDED,
            details={"needs": sorted(kinds), "applicant": applicant, "label": labels},
        )  # fmt: skip


def move_application(
    *,
    by: User,
    case: Case,
    act: str,
    on: dt.date,
    paper_no: str = "",
    paper_on: dt.date | None = None,
    decision: str = "",
    words: str = "",
    seen: int | None = None,
) -> Step:
    """Record what happened to the application: `act` of APPLICATION; a decision says `decision` of DECISIONS, by number and day."""
    policy.require(by, P.SUPPORT_RECORD, case)
    with steps.change(case, by=by, seen=seen) as change:
        last = queries.last_application_event(change.case)
        if last is None or act not in following(last.event):
            raise Refused(_("Ghi các việc giải quyết đơn theo thứ tự: nhận đơn, gửi hồ sơ, trình, quyết định."))
        if on < last.on:
            raise Refused(
                _("Ngày %(on)s trước ngày của bước “%(step)s” (%(then)s).")
                % {"on": show(on), "step": history.sentence(last), "then": show(last.on)},
                field="on",
            )
        details = {}
        if act == "application_decided":
            if decision not in DECISIONS:
                raise Refused(_("Chọn quyết định."), field="decision")
            if not (clean(paper_no) and paper_on):
                raise Refused(_("Cần ghi số và ngày văn bản quyết định."), field="paper_no")
            details = {"decision": decision, "label": str(DECISIONS[decision])}
        return change.take(act, on=on, words=words, paper=Paper(paper_no, paper_on), details=details,
                           trail_event=NeedEvent.SUPPORT_RECORDED)  # fmt: skip
