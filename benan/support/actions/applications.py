"""Applications for schooling, vocational training and the hardship allowance (Nghị định 09/2013, Điều 23 khoản 3)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.roles import P
from benan.audit.events import Event
from benan.cases import statuses, steps
from benan.cases.models import File, Status
from benan.core.days import show
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.support.actions import needs
from benan.support.needs import APPLICATION, APPLIED, APPLIED_FOR, following

APPLICANTS = {"person": _("Người ấy"), "family": _("Gia đình người ấy")}
DECISIONS = {"granted": _("Chi hỗ trợ"), "refused": _("Không chi, đã nêu lý do")}


@transaction.atomic
def apply_for_support(*, by, file, on, kinds, applicant, seen=None):
    """Record a written application of a victim or their family: `kinds` of APPLIED_FOR; the commune's days run from here.

    A support not recorded as needed becomes a need. Recorded also after the twelve months; the law's answer says so.
    """
    policy.require(by, P.SUPPORT_RECORD, file)
    file = steps.lock(file, seen=seen, by=by, repeats={"key": APPLIED, "details__needs": sorted(kinds)})
    if not kinds or set(kinds) - set(APPLIED_FOR):
        raise Refused(_("Chọn hỗ trợ được đề nghị trong đơn."), field="kinds")
    if applicant not in APPLICANTS:
        raise Refused(_("Chọn ai làm đơn."), field="applicant")
    if file.kind != File.Kind.CLAIMANT or statuses.on(file, on) != Status.Kind.VICTIM:
        raise Refused(
            _("Đơn này của người đã được xác định là nạn nhân (Nghị định 09/2013, Điều 23); ngày %(on)s chưa phải vậy.")
            % {"on": show(on)},
            field="on",
        )
    needs.record_needs(by=by, file=file, on=on, kinds=kinds)
    # One that waits to be sent goes on waiting since its own day; both are sent together.
    waits = (last := _last(file)) is not None and last.event == APPLIED
    return steps.note(
        by=by, file=file, key=APPLIED, on=on, permission=P.SUPPORT_RECORD, event=Event.SUPPORT_STEP,
        event_key="" if waits else APPLIED,
        details={"needs": sorted(kinds), "applicant": applicant, "label": ", ".join(str(APPLIED_FOR[kind]) for kind in kinds)},
    )  # fmt: skip


@transaction.atomic
def move_application(*, by, file, act, on, paper_no="", paper_on=None, decision="", words="", seen=None):
    """Record what happened to the application: `act` of APPLICATION; a decision says `decision` of DECISIONS, by number and day."""
    policy.require(by, P.SUPPORT_RECORD, file)
    file = steps.lock(file, seen=seen, by=by)
    last = _last(file)
    if act not in following(last and last.event):
        raise Refused(_("Ghi các việc về đơn theo thứ tự: nhận đơn, gửi hồ sơ, trình, quyết định."))
    if on < last.on:
        raise Refused(
            _("Ngày %(on)s trước ngày của bước “%(step)s” (%(then)s).")
            % {"on": show(on), "step": steps.sentence(last), "then": show(last.on)},
            field="on",
        )
    details = {}
    if act == "application_decided":
        if decision not in DECISIONS:
            raise Refused(_("Chọn quyết định."), field="decision")
        if not (clean(paper_no) and paper_on):
            raise Refused(_("Cần ghi số và ngày văn bản quyết định."), field="paper_no")
        details = {"decision": decision, "label": str(DECISIONS[decision])}
    return steps.note(
        by=by, file=file, key=act, on=on, permission=P.SUPPORT_RECORD, event=Event.SUPPORT_STEP, event_key=act, words=words,
        paper_no=paper_no, paper_on=paper_on, details=details,
    )  # fmt: skip


def _last(file):
    """The last thing recorded of an application, in the order in which it was recorded."""
    return steps.current(file).filter(event__in=(APPLIED, *APPLICATION)).order_by("pk").last()
