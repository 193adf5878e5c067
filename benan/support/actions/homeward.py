"""The way home: referral, stay, return, visits, and the end of a file."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.models import Agency, TeamMember
from benan.accounts.roles import Kind, P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import invariants, opening, steps
from benan.cases.actions import receptions, verification
from benan.cases.models import File, Track
from benan.core import papers
from benan.core.days import clock, legal_day, show
from benan.core.refusals import Refused
from benan.places.models import Level
from benan.support.actions import danger, needs
from benan.support.models import Measure, Need, Referral, Visit
from benan.vault import access

Part, Closing, Consent = TeamMember.Part, File.Closing, Referral.Consent
# Ends that leave nothing to be finished first.
ABRUPT = {Closing.DIED, Closing.LEFT, Closing.ERROR, Closing.DECLINED}


@transaction.atomic
def refer(*, by, file, kind, receiver, on, consent, emergency=False, ground="", words="", seen=None) -> Referral:
    """Refer somebody to a shelter, to the district of residence or to a service (TT 35/2013, Điều 16 khoản 3).

    The receiver sees the file from now on, so that it can answer. `consent` is what the person, or who represents them,
    said to it, with the `ground` (sealed). A no is recorded and nobody is asked. Who cannot decide is referred only in
    an `emergency`, to a shelter: it admits at once (Nghị định 20/2021, Điều 28 khoản 2).
    """
    policy.require(by, P.REFERRAL_SEND, file)
    file = steps.lock(file, seen=seen, by=by, repeats={"key": "referral_sent", "to_agency": receiver})
    _check_consent(consent, emergency, kind, ground)
    if receiver.kind not in RECEIVERS[kind]:
        raise Refused(_("Nơi này không nhận loại chuyển tuyến ấy. Chọn nơi nhận khác."), field="receiver")
    _check_attended(receiver)
    if file.team.members.filter(agency=receiver, until=None, part=_PART[kind]).exists():
        raise Refused(_("Nơi này đang phụ trách hồ sơ rồi."), field="receiver")
    refused = consent == Consent.REFUSED
    step = steps.note(
        by=by, file=file, key="referral_refused" if refused else "referral_sent", on=on, permission=P.REFERRAL_SEND,
        to_agency=receiver, words=ground, details={"kind": kind, "consent": consent, "emergency": emergency},
    )  # fmt: skip
    answer = {"accepted": False, "answered_on": on, "answered_by": by} if refused else {}
    referral = Referral.objects.create(
        file=file, kind=kind, sender=step.agency, receiver=receiver, consent=consent, emergency=emergency, sent_on=on,
        sent_by=by, words=access.seal_note(person_id=file.person_id, words=words),
        reason=access.seal_note(person_id=file.person_id, words=ground) if refused else None, **answer,
    )  # fmt: skip
    if not refused:
        steps.join_team(file, receiver, Part.SUPPORTS, on)
    return referral


@transaction.atomic
def accept(*, by, referral, on, paper_no="", seen=None) -> Referral:
    """Accept a referral: the receiver takes its part on the team, in place of the seat from which it answered."""
    paper_no = papers.number(paper_no)
    referral, permission = _answerable(by, referral, on, paper_no)
    file = steps.lock(referral.file, seen=seen, by=by)
    referral.accepted, referral.answered_on, referral.answered_by, referral.paper_no = True, on, by, paper_no
    referral.save(update_fields=["accepted", "answered_on", "answered_by", "paper_no"])
    _take_part(file, referral, on)
    steps.note(by=by, file=file, key="referral_accepted", on=on, permission=permission, details={"kind": referral.kind})
    steps.after_change(file)
    return referral


@transaction.atomic
def decline(*, by, referral, on, reason, paper_no="", seen=None) -> Referral:
    """Decline a referral, in writing, with the reason; the receiver leaves the team."""
    paper_no = papers.number(paper_no)
    referral, permission = _answerable(by, referral, on, paper_no)
    file = steps.lock(referral.file, seen=seen, by=by)
    if not reason.strip():
        raise Refused(_("Từ chối chuyển tuyến cần ghi lý do."), field="reason")
    referral.accepted, referral.answered_on, referral.answered_by, referral.paper_no = False, on, by, paper_no
    referral.reason = access.seal_note(person_id=file.person_id, words=reason)
    referral.save(update_fields=["accepted", "answered_on", "answered_by", "paper_no", "reason"])
    steps.note(by=by, file=file, key="referral_declined", on=on, permission=permission, details={"kind": referral.kind})
    steps.leave_team(file, Part.SUPPORTS, on, agency=referral.receiver)
    return referral


@transaction.atomic
def arrive(*, by, referral, on, grounds="", seen=None) -> Referral:
    """Record that the person arrived where they were referred: into the shelter, or at the place of residence.

    `grounds` for a stay: "care" (needs care and wishes to stay) or "child" (a child without support), Luật
    66/2011, Điều 24 khoản 3; in an emergency also "urgent". In an emergency a safe place comes before every answer and
    every decision (Nghị định 62/2012, Điều 10 khoản 5): who is there has been taken in. A district of residence takes over the file; one outside the province cannot, so the
    sender keeps it until it is closed as transferred.
    """
    policy.require(by, P.SUPPORT_RECORD, referral.file)
    file = steps.lock(referral.file, seen=seen, by=by)
    urgent = referral.emergency and referral.accepted is None
    if not (referral.accepted or urgent) or referral.arrived_on:
        raise Refused(_("Ghi đến nơi sau khi nơi nhận đã nhận lời, một lần."))
    if urgent and on < referral.sent_on:
        raise Refused(_("Ngày đến nơi trước ngày chuyển (%(then)s).") % {"then": show(referral.sent_on)}, field="on")
    if not urgent and on < referral.answered_on:
        raise Refused(
            _("Ngày đến nơi trước ngày nhận lời (%(then)s).") % {"then": show(referral.answered_on)}, field="on"
        )
    if urgent:
        referral.accepted, referral.answered_on, referral.answered_by = True, on, by
        referral.save(update_fields=["accepted", "answered_on", "answered_by"])
        _take_part(file, referral, on)
    if referral.kind == Referral.Kind.SHELTER:
        asked = Track.objects.filter(file=file, kind="support").exists()
        steps.take(
            by=by, file=file, move="enter_shelter" if asked else "enter_shelter_first", on=on,
            details={"grounds": grounds, "emergency": referral.emergency},
            conditions={"stay_grounds_recorded": grounds in grounds_of_stay(referral)},
        )  # fmt: skip
    else:
        steps.note(by=by, file=file, key="arrived", on=on, permission=P.SUPPORT_RECORD)
    referral.arrived_on = on
    referral.save(update_fields=["arrived_on"])
    if referral.kind == Referral.Kind.RESIDENCE and referral.receiver.kind != Kind.OUTSIDE:
        steps.entrust(file, referral.receiver, on)
    return referral


@transaction.atomic
def record_minutes(*, by, file, on, paper_no, words="", seen=None):
    """Record the minutes of an emergency admission, made at once (Nghị định 20/2021, Điều 28 khoản 2 điểm a, bước 1)."""
    return _admission(
        by, file, on, "admission_minutes", "admission_minuted", words, seen, paper_no=paper_no, paper_on=on
    )


@transaction.atomic
def complete_admission(*, by, file, on, words="", seen=None):
    """Record that the papers of an emergency admission are complete (Điều 27 khoản 3, Điều 28 khoản 2 điểm b)."""
    return _admission(by, file, on, "admission_file", "admission_completed", words, seen)


@transaction.atomic
def leave_shelter(*, by, file, on, words="", seen=None):
    """Record that the person left the shelter."""
    file = steps.lock(file, seen=seen, by=by)
    step = steps.take(by=by, file=file, move="leave_shelter", on=on, words=words)
    steps.leave_team(file, Part.SHELTERS, on)
    return step


@transaction.atomic
def return_home(*, by, file, on, residence_code, safety_assessed=False, assessment_no="", assessment_on=None, words="",
                seen=None):  # fmt: skip
    """Record that the person is back where they live: the residence is established from this day.

    For a minor the safety of returning must have been assessed (Nghị định 09/2013, Điều 21 khoản 3), and in writing
    where the family did the harm (Nghị định 56/2017, Điều 32 khoản 3).
    """
    file = steps.lock(file, seen=seen, by=by)
    residence_code = invariants.unit_on(on, residence_code, *Level, field="residence_code").code
    assessment_no = papers.number(assessment_no, field="assessment_no")
    adult = not file.may_be_under(18, on)
    if not adult and steps.harmed_by_family(file) and not (assessment_no.strip() and assessment_on):
        raise Refused(NO_ASSESSMENT, field="assessment_no")
    step = steps.take(by=by, file=file, move="return_home", on=on, words=words, details={"residence": residence_code},
                      paper=steps.Paper(no=assessment_no, on=assessment_on),
                      conditions={"minor_safety_assessed": adult or safety_assessed})  # fmt: skip
    receptions.record_facts(
        by=by, file=file, permission=P.SUPPORT_RECORD, residence_code=residence_code, residence_on=on
    )
    steps.leave_team(file, Part.SHELTERS, on)
    return step


@transaction.atomic
def start_reintegration(*, by, file, on, plan_made, words="", seen=None):
    """Begin support for reintegration, on a plan made with the person (Thông tư 35/2013, Điều 15)."""
    return steps.take(
        by=by, file=file, move="start_reintegration", on=on, words=words, seen=seen,
        conditions={"recognised_as_victim": file.recognised_on, "plan_recorded": plan_made},
    )  # fmt: skip


@transaction.atomic
def start_following(*, by, file, on, words="", seen=None):
    """Pass from support to following up."""
    return steps.take(by=by, file=file, move="start_following", on=on, words=words, seen=seen)


@transaction.atomic
def plan_visit(*, by, file, planned_on, agency=None, seen=None) -> Visit:
    """Agree a visit for a day. An appointment: no legal limit."""
    policy.require(by, P.SUPPORT_RECORD, file)
    same = {"key": "visit_planned", "details__for": planned_on.isoformat()}
    file = steps.lock(file, seen=seen, by=by, repeats=same)
    if planned_on < legal_day():
        raise Refused(_("Ngày hẹn %(on)s đã qua.") % {"on": show(planned_on)}, field="planned_on")
    steps.note(by=by, file=file, key="visit_planned", permission=P.SUPPORT_RECORD,
               details={"for": planned_on.isoformat()})  # fmt: skip
    return Visit.objects.create(
        file=file, planned_on=planned_on, by=by, agency=agency or steps.agency_on(by, file, P.SUPPORT_RECORD)
    )


@transaction.atomic
def make_visit(*, by, visit, on, safe, danger_from=None, words="", next_on=None, seen=None) -> Visit:
    """Record a visit made: whether the person is safe, what was seen (sealed), when the next one is.

    Not safe is danger, as when it is asked about (`danger_from` as in `needs.screen`).
    """
    policy.require(by, P.SUPPORT_RECORD, visit.file)
    file = steps.lock(visit.file, seen=seen, by=by)
    if visit.made_on:
        raise Refused(_("Lần thăm này đã được ghi."))
    steps.note(by=by, file=file, key="visit_made", on=on, permission=P.SUPPORT_RECORD, event=Event.SUPPORT_STEP)
    visit.made_on, visit.safe, visit.by = on, safe, by
    visit.words = access.seal_note(person_id=file.person_id, words=words)
    visit.save(update_fields=["made_on", "safe", "by", "words"])
    if safe is False:
        needs.ask_danger(by=by, file=file, on=on, danger="yes")
    if next_on:
        plan_visit(by=by, file=file, planned_on=next_on, agency=visit.agency)
    if danger_from and safe is not False:
        raise Refused(_("Chỉ chọn cơ quan này khi có nguy hiểm."), field="danger_from")
    if danger_from:
        danger.keep_from(by=by, file=file, agency=danger_from, on=on, just_told=True)
    return visit


@transaction.atomic
def close(*, by, file, on, closing, needs_gone=False, words="", seen=None) -> File:
    """End a file, with its reason and outcome.

    While needs are open, a measure is in force or an answer is awaited it does not end, but for death, departure,
    the person's own wish or a mistake, which end those too; `needs_gone` records that the person needs none of what
    is open any more. A referral not answered by then asks nothing any more. Whoever may end a file is never kept
    from it by a step that only others could take.
    """
    policy.require(by, P.FILE_CLOSE, file)
    file = steps.lock(file, seen=seen, by=by)
    steps.require_open(file)
    if closing not in Closing.values or closing == Closing.JOINED:
        raise Refused(_("Chọn lý do kết thúc."), field="closing")
    acts = steps.current(file).filter(of_entry=False).exclude(key__in=steps.AFTER_THE_END)
    last = acts.order_by("-on").first()
    if last and on < last.on:
        raise Refused(
            _("Ngày %(on)s trước ngày của bước “%(step)s” (%(then)s).")
            % {"on": show(on), "step": steps.sentence(last), "then": show(last.on)},
            field="on",
        )
    stages = dict(Track.objects.filter(file=file).values_list("kind", "stage"))
    _check_ends(by, file, stages, closing, needs_gone)
    opening.step_in(by, file, on)
    if needs_gone:
        _record_gone(by, file, on)
    if closing in ABRUPT and stages.get("verification") in _BEFORE_ANSWER:
        verification.close_verification(by=by, file=file, on=on, reason=closing)
    if "support" in stages and stages["support"] != "support_closed":
        steps.take(by=by, file=file, move="close_support", on=on, words=words, details={"closing": closing},
                   conditions={"support_closing_reason_recorded": True})  # fmt: skip
    Need.objects.of(file).filter(met_on=None, refused_on=None, gone_on=None).update(gone_on=on)
    Measure.objects.of(file).filter(ended_on=None).update(ended_on=on)
    # Who was asked and has not answered needs to know of the file no longer.
    asked = Referral.objects.of(file).filter(accepted=None).values("receiver")
    steps.leave_team(file, Part.SUPPORTS, on, agency__in=asked)
    file.closed_on, file.closing = on, closing
    file.save(update_fields=["closed_on", "closing"])
    steps.note(by=by, file=file, key="closed", on=on, permission=P.FILE_CLOSE, details={"closing": closing})
    file.dues.filter(met_on=None, ended_on=None).update(ended_on=on)
    trail.record(by=by, event=Event.FILE_STEP, on=file, data={"step": "closed", "closing": closing})
    return file


@transaction.atomic
def reopen(*, by, file, words, seen=None) -> File:
    """Open again a file that ended by mistake, with the reason: what the end stopped goes on.

    Raises Refused while the person has another open file.
    """
    policy.require(by, P.FILE_CLOSE, file)
    file = steps.lock(file, seen=seen, by=by)
    if file.is_open or file.joined_to_id:
        raise Refused(_("Hồ sơ này chưa kết thúc, hoặc đã ghép vào hồ sơ khác."))
    if not words.strip():
        raise Refused(_("Ghi vì sao hồ sơ này kết thúc nhầm."), field="words")
    opening.require_none_open(file.person_id, by=by, but=file)
    opening.step_in(by, file, legal_day())
    ended = steps.current(file).filter(on=file.closed_on)
    own = ended.filter(key="need_gone").values_list("details__need", flat=True)
    Need.objects.of(file).filter(gone_on=file.closed_on).exclude(kind__in=list(own)).update(gone_on=None)
    if not ended.filter(event__in=("protection_ended", "protection_refused")).exists():
        Measure.objects.of(file).filter(ended_on=file.closed_on).update(ended_on=None)
    for referral in Referral.objects.of(file).filter(accepted=None).select_related("receiver"):
        steps.join_team(file, referral.receiver, Part.SUPPORTS, legal_day())
    opening.take_back_the_end(by, file)
    opening.open_again(file)
    steps.note(by=by, file=file, key="reopened", permission=P.FILE_CLOSE, words=words,
               event=Event.FILE_CORRECTED)  # fmt: skip
    return file


def grounds_of_stay(referral) -> dict:
    """The grounds on which somebody may stay at a shelter; urgency is one only in an emergency."""
    return {key: words for key, words in GROUNDS_OF_STAY.items() if key != "urgent" or referral.emergency}


NO_ASSESSMENT = _(
    "Cha, mẹ, người giám hộ hoặc người thân là người gây hại: cần số và ngày bản đánh giá an toàn trước khi về."
)
GROUNDS_OF_STAY = {
    "care": _("Cần chăm sóc sức khỏe, tâm lý và muốn lưu trú"),
    "child": _("Trẻ em không nơi nương tựa"),
    "urgent": _("Cần bảo vệ khẩn cấp: cần nơi an toàn ngay"),
}
RECEIVERS = {
    Referral.Kind.SHELTER: {Kind.SHELTER},
    Referral.Kind.RESIDENCE: {Kind.LABOUR_OFFICE, Kind.OUTSIDE},
    Referral.Kind.SERVICE: {
        Kind.SHELTER,
        Kind.WOMENS_UNION,
        Kind.CHILD_PROTECTION,
        Kind.BANK,
        Kind.PARTNER,
        Kind.OUTSIDE,
    },
}
_PART = {
    Referral.Kind.SHELTER: Part.SHELTERS,
    Referral.Kind.RESIDENCE: Part.MANAGES,
    Referral.Kind.SERVICE: Part.SUPPORTS,
}
_ANSWERING = (P.REFERRAL_ANSWER, P.ANSWER_RECORD)
_BEFORE_ANSWER = {"received", "notified", "taken", "requested", "verifying", "reported_up", "verifying_province"}


def _check_consent(consent, emergency, kind, ground):
    if consent not in Consent.values or consent == Consent.AGREED:
        raise Refused(_("Chọn người ấy hoặc người đại diện trả lời thế nào."), field="consent")
    if emergency and kind != Referral.Kind.SHELTER:
        raise Refused(_("Khẩn cấp chỉ dành cho chuyển đến cơ sở lưu trú."), field="emergency")
    if consent == Consent.UNABLE and not emergency:
        raise Refused(
            _("Không khẩn cấp thì cần người ấy hoặc người đại diện đồng ý trước khi chuyển."), field="consent"
        )
    if consent in (Consent.UNABLE, Consent.REFUSED) and not ground.strip():
        raise Refused(
            _("Ghi căn cứ: vì sao chưa tự quyết được, hoặc người ấy nói gì khi không đồng ý."), field="ground"
        )


def _take_part(file, referral, on):
    """The receiver takes its part on the team, in place of the seat from which it answered."""
    if _PART[referral.kind] != Part.SUPPORTS:
        steps.leave_team(file, Part.SUPPORTS, on, agency=referral.receiver)
    steps.join_team(file, referral.receiver, _PART[referral.kind], on)


def _admission(by, file, on, limit, event, words, seen, **paper):
    file = steps.lock(file, seen=seen, by=by)
    if not file.dues.filter(limit=limit, met_on=None, ended_on=None).exists():
        raise Refused(_("Không có lần tiếp nhận khẩn cấp nào đang chờ giấy tờ này."))
    return steps.note(by=by, file=file, key=event, on=on, permission=P.SUPPORT_RECORD, words=words, event_key=event,
                      **paper)  # fmt: skip


def _answerable(by, referral, on, paper_no):
    """The referral, locked, and the permission with which one answers it: the receiver's, or that of recording for it."""
    policy.require_any(by, _ANSWERING, referral.file)
    File.objects.lock_each([referral.file_id])
    referral = Referral.objects.of(referral.file).select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if referral is None:
        raise Refused(_("Lần chuyển này vừa chuyển sang hồ sơ đã ghép. Mở hồ sơ ấy để trả lời."))
    if referral.accepted is not None:
        raise Refused(_("Lần chuyển này đã được trả lời ngày %(on)s.") % {"on": show(referral.answered_on)})
    if on < referral.sent_on:
        raise Refused(_("Ngày trả lời trước ngày chuyển (%(then)s).") % {"then": show(referral.sent_on)}, field="on")
    held = policy.held_on(by, referral.file)
    if referral.receiver_id in held.agencies(P.REFERRAL_ANSWER):
        return referral, P.REFERRAL_ANSWER
    if not held.any(P.ANSWER_RECORD):
        raise Refused(_("Việc này của nơi nhận."))
    if not paper_no.strip():
        raise Refused(_("Khi ghi thay, cần số văn bản của nơi trả lời."), field="paper_no")
    return referral, P.ANSWER_RECORD


def _check_attended(receiver):
    """Refuse a shelter where nobody is left to answer, where another one has somebody: there the answer will come."""
    today = legal_day()
    empty = list(policy.unattended(kind=Kind.SHELTER, in_force__contains=today).values_list("pk", flat=True))
    others = Agency.objects.filter(kind=Kind.SHELTER, in_force__contains=today).exclude(pk__in=empty)
    if receiver.pk not in empty or not others.exists():
        return
    numbers = agencies.desk_of(receiver.pk, today, clock().time())
    whom = _("gọi %(who)s") % {"who": numbers[0]} if numbers else _("gọi điện cho nơi ấy")
    raise Refused(
        _("Nơi này hiện không có ai trả lời trong chương trình. Chọn nơi nhận khác, hoặc %(whom)s rồi nhờ người quản trị giao vai trò cho nơi ấy.")
        % {"whom": whom},
        field="receiver",
    )  # fmt: skip


def _check_ends(by, file, stages, closing, needs_gone):
    if closing == Closing.IMMIGRATION and stages.get("verification") != "outside":
        raise Refused(_("Ghi bước chuyển theo thủ tục đối với người nước ngoài trước khi kết thúc."), field="closing")
    if closing in ABRUPT or closing in (Closing.TRANSFERRED, Closing.IMMIGRATION):
        return
    if closing == Closing.ACCOMPANIED and file.kind == File.Kind.CLAIMANT:
        raise Refused(_("Lý do này dành cho hồ sơ của người đi cùng."), field="closing")
    if file.kind == File.Kind.CLAIMANT and stages.get("verification") in _BEFORE_ANSWER:
        raise Refused(_("Việc xác minh chưa có kết luận. Hồ sơ chưa kết thúc được."))
    if closing == Closing.NOT_VICTIM and not _told(by, file, stages.get("verification")):
        raise Refused(_("Báo kết quả cho người ấy và giới thiệu tiếp trước khi kết thúc."), field="closing")
    if closing == Closing.REINTEGRATED and not file.recognised_on:
        raise Refused(_("Hòa nhập là kết thúc của người đã được xác định là nạn nhân."), field="closing")
    still = _open_needs(file)
    if closing != Closing.NOT_VICTIM and still and not needs_gone:
        raise Refused(
            _("Còn nhu cầu chưa xong: %(needs)s. Ghi kết quả từng nhu cầu, hoặc ghi người ấy không còn cần.")
            % {"needs": ", ".join(str(need.label) for need in still)}
        )
    if Measure.objects.of(file).filter(ended_on=None).exists() and policy.allows(by, P.SAFETY_KEEP, file):
        raise Refused(_("Đang áp dụng biện pháp bảo vệ. Ghi chấm dứt biện pháp trước khi kết thúc."))


def _told(by, file, stage):
    """Whether the person was told that they are no victim; who may not take that step says it by this end."""
    return stage == "not_victim_told" or (stage == "not_victim" and not policy.allows(by, P.REQUEST_SEND, file))


def _record_gone(by, file, on):
    for need in _open_needs(file):
        steps.note(by=by, file=file, key="need_gone", on=on, permission=P.FILE_CLOSE,
                   details={"need": need.kind, "label": str(need.label)})  # fmt: skip
        need.gone_on = on
        need.save(update_fields=["gone_on"])


def _open_needs(file):
    return Need.objects.of(file).filter(met_on=None, refused_on=None, gone_on=None)
