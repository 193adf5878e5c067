"""Corrections: a wrong day is replaced by a new line; the old one stays readable."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import TeamMember
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import invariants, joining, steps
from benan.cases.models import File, Finding, Step
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.rules import procedures
from benan.vault import access


@transaction.atomic
def correct_day(*, by, step, on, words, seen=None) -> Step:
    """Correct the day of a step. Clocks are reckoned anew; why it was wrong is sealed with the correction.

    The day of reception moves the files of all who came together with it. Raises Refused where the order of events
    breaks.
    """
    policy.require(by, P.FILE_CORRECT, step.file)
    if step.event == "received":
        File.objects.lock_each(File.objects.together(step.file.reception_id).values("pk"))
    file = steps.lock(step.file, seen=seen, by=by)
    if hasattr(step, "corrected_by"):
        raise Refused(_("Dòng này đã được sửa. Sửa dòng mới nhất."))
    if not step.event:
        raise Refused(_("Dòng này không làm hạn nào chạy nên không sửa ngày. Ghi thêm một dòng để nói rõ."))
    if step.event == "received" and step.details.get("joined_from"):
        raise Refused(
            _("Ngày đến này thuộc hồ sơ ĐN-%(code)s đã ghép vào đây. Tách hai hồ sơ rồi sửa ở hồ sơ ấy.")
            % {"code": step.details["joined_from"]}
        )
    if on == step.on:
        raise Refused(_("Ngày mới trùng ngày đã ghi."), field="on")
    if not words.strip():
        raise Refused(_("Ghi vì sao ngày cũ sai."), field="words")
    _check(file, step, on)
    row = Step.objects.create(
        **{name: getattr(step, name) for name in _CARRIED},
        on=on, by=by, agency=step.agency, corrects=step, note=access.seal_note(person_id=file.person_id, words=words),
    )  # fmt: skip
    if step.event == "received":
        _move_reception(file, on)
    file.tracks.filter(kind=step.track, stage=step.stage, since=step.on).update(since=on)
    _move_finding(file, step, on)
    _move_residence(file, step, on)
    steps.after_change(file)
    data = {"step": step.pk, "from": step.on.isoformat(), "to": on.isoformat()}
    trail.record(by=by, event=Event.FILE_CORRECTED, on=file, data=data)
    return row


@transaction.atomic
def assign(*, by, file, part, agency, user=None, on=None, seen=None) -> TeamMember:
    """Say who at an agency is in charge of its part of a file, or put a supporting agency on the team.

    Without `user`, whoever is in charge stays so.
    """
    policy.require(by, P.NEED_ASSESS, file)
    file = steps.lock(file, seen=seen, by=by)
    on = on or legal_day()
    member = steps.join_team(file, agency, part, on, user=user)
    if user is not None and member.user_id != user.pk:
        member.user = user
        member.save(update_fields=["user"])
    steps.note(by=by, file=file, key="assign", permission=P.NEED_ASSESS, to_agency=agency, details={"part": part})
    return member


@transaction.atomic
def remark(*, by, file, on, words, seen=None) -> Step:
    """Add sealed words to a file's history."""
    if not words.strip():
        raise Refused(_("Chưa có chữ nào để ghi."), field="words")
    row = steps.note(by=by, file=file, key="remark", on=on, permission=P.FILE_VIEW, words=words, seen=seen)
    joining.require_not_joined(by, row.file)
    return row


_CARRIED = (
    "file", "track", "key", "event", "stage", "at", "for_agency", "to_agency", "to_unit", "paper_no", "paper_on",
    "details", "procedure",
)  # fmt: skip
_ANSWERS = {"answered_victim", "answered_not_victim"}


def _move_reception(file, on):
    reception = file.reception
    invariants.check_arrival(reception, on, steps.sentence)
    _begin_under(file, procedures.to_begin(steps.PROCEDURE, on))
    reception.came_on = on
    invariants.check_reception(reception, field="on")
    reception.save(update_fields=["came_on"])
    beside = File.objects.together(reception)
    for each in [file, *beside.exclude(pk=file.pk).select_related("team").order_by("pk")]:
        each.reception, each.opened_on = reception, on
        if each.age_class:
            each.age_class = access.age_class(person_id=each.person_id, on=on) or each.age_class
        invariants.check_person(each)
        each.save(update_fields=["opened_on", "age_class"])
        if each != file:
            steps.after_change(each)


def _move_finding(file, step, on):
    """The finding that a corrected step made goes with it, and with it the end of the one it replaced."""
    own = file.findings.filter(on=step.on, withdrawn=False)
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
        file.findings.filter(replaced_on=step.on).update(replaced_on=on)


def _begin_under(file, procedure):
    """Have the verification begin under the procedure of its new first day; refused where that knows no such stage."""
    track = file.tracks.get(kind="verification")
    if procedures.for_track(track) is procedure:
        return
    if track.stage not in procedure.tracks[track.kind].stages:
        raise Refused(
            _("Ngày này thuộc thủ tục “%(label)s”, không có giai đoạn mà hồ sơ đã đến.") % {"label": procedure.label},
            field="on",
        )
    track.procedure, track.version = procedure.key, procedure.in_force.lower
    track.save(update_fields=["procedure", "version"])


def _move_residence(file, step, on):
    """The day from which the residence is known is that of the return which a corrected step recorded."""
    if step.event == "residence_established" and file.residence_on == step.on:
        file.residence_on = on
        file.save(update_fields=["residence_on"])


def _check(file, step, on):
    if step.event == "received":
        invariants.check_not_ahead(on)
    else:
        invariants.check_day(file, on)
    invariants.check_order(file, steps.procedure_of(file, step.track), step.event, on, step=step)
