"""Referrals: sent with consent, answered by the receiver, ended by the arrival (Thông tư 35/2013, Điều 16 khoản 3)."""

import datetime as dt
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import TeamMember, User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.cases import steps
from benan.cases.models import Case
from benan.core import papers
from benan.core.days import clock, legal_day, show
from benan.core.refusals import Refused
from benan.support.models import Referral
from benan.support.vocabulary import PARTS, RECEIVERS
from benan.vault import access

Part, Consent = TeamMember.Part, Referral.Consent
_ANSWERING = (P.REFERRAL_ANSWER, P.ANSWER_RECORD)


def refer(
    *, by: User, case: Case, kind: str, receiver: Agency, on: dt.date, consent: str, emergency: bool = False,
    ground: str = "", words: str = "", seen: int | None = None,
) -> Referral:  # fmt: skip
    """Refer somebody to a shelter, to the district of residence or to a service (TT 35/2013, Điều 16 khoản 3).

    The receiver sees the case from now on, so that it can answer. `consent` is what the person, or who represents them,
    said to it, with the `ground` (sealed). A no is recorded and nobody is asked. Who cannot decide is referred only in
    an `emergency`, to a shelter: it admits at once (Nghị định 20/2021, Điều 28 khoản 2).
    """
    policy.require(by, P.REFERRAL_SEND, case)
    same = {"key": "referral_sent", "to_agency": receiver}
    with steps.change(case, by=by, seen=seen, repeats=same) as change:
        case = change.case
        _check_consent(consent, emergency, kind, ground)
        if receiver.kind not in RECEIVERS[kind]:
            raise Refused(_("Nơi này không tiếp nhận loại chuyển tuyến ấy. Chọn nơi nhận khác."), field="receiver")
        _check_attended(receiver)
        if case.team.members.filter(agency=receiver, until=None, part=PARTS[kind]).exists():
            raise Refused(_("Nơi này đã đang phụ trách hồ sơ."), field="receiver")
        refused = consent == Consent.REFUSED
        line: dict[str, Any] = {"to_agency": receiver, "words": ground, "on": on,
                "details": {"kind": kind, "consent": consent, "emergency": emergency}}  # fmt: skip
        if refused:
            step = change.note("referral_refused", permission=P.REFERRAL_SEND, **line)
        else:
            step = change.take("referral_sent", **line)
        answer = {"accepted": False, "answered_on": on, "answered_by": by} if refused else {}
        referral = Referral.objects.create(
            case=case, kind=kind, sender=cast(Agency, step.agency), receiver=receiver, consent=consent, emergency=emergency, sent_on=on,
            sent_by=by, words=access.seal_note(person_id=case.person_id, words=words),
            reason=access.seal_note(person_id=case.person_id, words=ground) if refused else None, **answer,
        )  # fmt: skip
        if not refused:
            change.join_team(receiver, Part.SUPPORTS, on)
        return referral


@transaction.atomic
def accept(*, by: User, referral: Referral, on: dt.date, paper_no: str = "", seen: int | None = None) -> Referral:
    """Accept a referral: the receiver takes its part on the team, in place of the seat from which it answered."""
    paper_no = papers.number(paper_no)
    referral, permission = _answerable(by, referral, on, paper_no)
    with steps.change(referral.case, by=by, seen=seen) as change:
        _answer(referral, accepted=True, on=on, by=by, paper_no=paper_no)
        take_part(change, referral, on)
        change.note("referral_accepted", on=on, permission=permission, details={"kind": referral.kind})
    return referral


@transaction.atomic
def decline(
    *, by: User, referral: Referral, on: dt.date, reason: str, paper_no: str = "", seen: int | None = None
) -> Referral:
    """Decline a referral, in writing, with the reason; the receiver leaves the team."""
    paper_no = papers.number(paper_no)
    referral, permission = _answerable(by, referral, on, paper_no)
    with steps.change(referral.case, by=by, seen=seen) as change:
        if not reason.strip():
            raise Refused(_("Từ chối chuyển tuyến cần ghi lý do."), field="reason")
        sealed = access.seal_note(person_id=change.case.person_id, words=reason)
        _answer(referral, accepted=False, on=on, by=by, paper_no=paper_no, reason=sealed)
        change.note("referral_declined", on=on, permission=permission, details={"kind": referral.kind})
        change.leave_team(Part.SUPPORTS, on, agency=referral.receiver)
    return referral


def take_part(change: steps.Change, referral: Referral, on: dt.date) -> None:
    """The receiver takes its part on the team, in place of the seat from which it answered."""
    if PARTS[referral.kind] != Part.SUPPORTS:
        change.leave_team(Part.SUPPORTS, on, agency=referral.receiver)
    change.join_team(referral.receiver, PARTS[referral.kind], on)


def _answer(referral: Referral, *, accepted: bool, on: dt.date, by: User, **more: Any) -> None:
    values = {"accepted": accepted, "answered_on": on, "answered_by": by, **more}
    for name, value in values.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(values))


def _check_consent(consent: str, emergency: bool, kind: str, ground: str) -> None:
    if consent not in Consent.values or consent == Consent.AGREED:
        raise Refused(_("Chọn ý kiến của người ấy hoặc người đại diện."), field="consent")
    if emergency and kind != Referral.Kind.SHELTER:
        raise Refused(_("Chỉ chuyển khẩn cấp đến cơ sở lưu trú."), field="emergency")
    if consent == Consent.UNABLE and not emergency:
        raise Refused(
            _("Không khẩn cấp thì cần người ấy hoặc người đại diện đồng ý trước khi chuyển."), field="consent"
        )
    if consent in (Consent.UNABLE, Consent.REFUSED) and not ground.strip():
        raise Refused(
            _("Ghi căn cứ: lý do người ấy chưa tự quyết định được, hoặc ý kiến của người ấy khi không đồng ý."),
            field="ground",
        )


def _answerable(by: User, referral: Referral, on: dt.date, paper_no: str) -> tuple[Referral, P]:
    """The referral, locked, and the permission with which one answers it: the receiver's, or that of recording for it."""
    policy.require_any(by, _ANSWERING, referral.case)
    Case.objects.lock_each([referral.case_id])
    locked: Referral | None = (
        Referral.objects.of(referral.case).select_for_update(of=("self",)).filter(pk=referral.pk).first()
    )
    if locked is None:
        raise Refused(_("Lần chuyển tuyến này vừa được chuyển sang hồ sơ đã ghép. Mở hồ sơ ấy để trả lời."))
    if locked.accepted is not None:
        raise Refused(_("Lần chuyển tuyến này đã được trả lời ngày %(on)s.") % {"on": show(locked.answered_on)})
    if on < locked.sent_on:
        raise Refused(_("Ngày trả lời trước ngày chuyển (%(then)s).") % {"then": show(locked.sent_on)}, field="on")
    held = policy.held_on(by, locked.case)
    if locked.receiver_id in held.agencies(P.REFERRAL_ANSWER):
        return locked, P.REFERRAL_ANSWER
    if not held.any(P.ANSWER_RECORD):
        raise Refused(_("Việc này do nơi nhận thực hiện."))
    if not paper_no.strip():
        raise Refused(_("Khi ghi thay, phải ghi số văn bản của nơi trả lời."), field="paper_no")
    return locked, P.ANSWER_RECORD


def _check_attended(receiver: Agency) -> None:
    """Refuse a shelter where nobody is left to answer, where another one has somebody: there the answer will come."""
    today = legal_day()
    empty = list(policy.unattended(kind=AgencyKind.SHELTER, in_force__contains=today).values_list("pk", flat=True))
    others = Agency.objects.filter(kind=AgencyKind.SHELTER, in_force__contains=today).exclude(pk__in=empty)
    if receiver.pk not in empty or not others.exists():
        return
    numbers = agencies.contact_of(receiver.pk, today, clock().time())
    whom = _("gọi %(who)s") % {"who": numbers[0]} if numbers else _("gọi điện cho nơi ấy")
    raise Refused(
        _("Nơi này hiện không có ai trả lời trong chương trình. Chọn nơi nhận khác, hoặc %(whom)s rồi "
          "nhờ người quản trị giao vai trò cho nơi ấy.")
        % {"whom": whom},
        field="receiver",
    )  # fmt: skip
