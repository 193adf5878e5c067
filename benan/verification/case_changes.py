"""What verification does when a case changes: events, corrected days, and the end of a case."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.roles import P
from benan.cases import acts, invariants
from benan.cases.closing import ABRUPT, Closing
from benan.cases.models import Case, Step
from benan.core.refusals import Refused
from benan.rules.deadlines import RecordedEvent
from benan.verification import actions
from benan.verification.models import Finding

_ANSWERS = {"answered_victim", "answered_not_victim"}


def certificate_event(case: Case) -> list[RecordedEvent]:
    """The day of the certificate of a victim, from which some limits run."""
    found = case.findings.filter(replaced_on=None, outcome=Finding.Outcome.VICTIM, on__isnull=False).first()
    return [RecordedEvent("confirmed", found.certificate_on)] if found and found.certificate_on else []


def move_finding(case: Case, step: Step, on: dt.date) -> None:
    """The finding that a corrected step made goes with it, and with it the end of the one it replaced."""
    own = case.findings.filter(on=step.on, withdrawn=False)
    if step.event == "proof_found":
        finding = own.exclude(basis=Finding.Basis.ANSWER).first()
    else:
        finding = own.filter(basis=Finding.Basis.ANSWER).first() if step.event in _ANSWERS else None
    if finding is None:
        return
    invariants.check_certificate(finding.certificate_on, on, field="on")
    finding.on = on
    finding.save(update_fields=["on"])
    if finding.replaced_on is None:
        case.findings.filter(replaced_on=step.on).update(replaced_on=on)


def check_closing(closing: Closing) -> None:
    """Refuse to end a case while an answer is awaited, or before the person was told of it, but for ends that wait for
    nothing."""
    case, reason, stage = closing.change.case, closing.reason, closing.stages.get("verification")
    if reason == Case.Closing.IMMIGRATION and stage != "outside":
        raise Refused(_("Ghi việc chuyển theo thủ tục đối với người nước ngoài trước khi kết thúc."), field="closing")
    if closing.waits_for_nothing:
        return
    if case.kind == Case.Kind.CLAIMANT and _awaits_answer(closing):
        raise Refused(_("Việc xác minh chưa có kết luận nên chưa kết thúc được hồ sơ."))
    if reason == Case.Closing.NOT_VICTIM and not _told(closing, stage):
        raise Refused(_("Báo kết quả cho người ấy và giới thiệu tiếp trước khi kết thúc."), field="closing")
    if reason == Case.Closing.REINTEGRATED and not case.recognised_on:
        raise Refused(_("Lý do hòa nhập chỉ dùng cho người đã được xác định là nạn nhân."), field="closing")


def end_verification(closing: Closing) -> None:
    """End the track before an answer where the case ends abruptly."""
    if closing.reason in ABRUPT and _awaits_answer(closing):
        actions.end_before_answer(closing.change, on=closing.on, reason=closing.reason)


def _awaits_answer(closing: Closing) -> bool:
    """Whether verification may still be ended before an answer."""
    tracks = acts.tracks_of(closing.change.case)
    move = acts.move_of(closing.change.case, "close_verification", tracks)
    return bool("verification" in tracks and move and acts.is_at_source(move, tracks))


def _told(closing: Closing, stage: str | None) -> bool:
    """Whether the person was told that they are no victim; who may not take that step says it by this end."""
    if stage != "not_victim":
        return stage == "not_victim_told"
    return not policy.allows(closing.change.by, P.REQUEST_SEND, closing.change.case)
