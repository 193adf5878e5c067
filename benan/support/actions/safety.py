"""Protection measures (Nghị định 62/2012)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts.policy import held_on
from benan.accounts.roles import P
from benan.cases import steps
from benan.cases.models import Track
from benan.core.refusals import Refused
from benan.support import policy
from benan.support.models import Measure, Need
from benan.support.needs import COMPETENCE, MEASURES, SAFETY


@transaction.atomic
def start(*, by, file, on, kind, consented, unable=False, words="", seen=None) -> Measure:
    """Start a measure for the safety need, within what the deciding agency may decide (Điều 7, Điều 8 khoản 2).

    With the person's consent; who is `unable` to decide (unconscious, a small child) is protected on grounds in `words`.
    """
    if consented and unable:
        raise Refused(
            _("Đã đánh dấu cả “đồng ý” và “chưa tự quyết được”: hai điều này trái nhau. Bỏ một."), field="consented"
        )
    consented = consented or (unable and words.strip())
    file = steps.lock(file, seen=seen, by=by)
    need = Need.objects.of(file).filter(kind=SAFETY, refused_on=None, gone_on=None).order_by("-recorded_on").first()
    if need is None:
        raise Refused(_("Ghi nhận cần bảo vệ trước, rồi mới áp dụng biện pháp."))
    if kind not in MEASURES:
        raise Refused(_("Chọn biện pháp bảo vệ."), field="kind")
    seat = next((seat for seat in policy.decides(held_on(by, file)) if kind in COMPETENCE[seat.agency.kind]), None)
    if _stage(file) in ("in_force", "reviewed"):
        if seat is None:
            raise Refused(_("Biện pháp này do cơ quan khác quyết định (Nghị định 62/2012, Điều 8)."), field="kind")
        if not consented:
            raise Refused(_("Cần ghi người được bảo vệ (hoặc người đại diện) đồng ý."), field="consented")
        steps.note(by=by, file=file, key="more_measure", on=on, permission=P.SAFETY_KEEP, words=words)
    else:
        steps.take(
            by=by, file=file, move="start_measure", on=on, words=words, details={"measure": kind},
            conditions={"consent_recorded": consented, "measure_within_competence": seat is not None},
        )  # fmt: skip
    if need.met_on is None:
        need.met_on = on
        need.save(update_fields=["met_on"])
    return Measure.objects.create(file=file, need=need, kind=kind, agency=seat.agency, started_on=on)


@transaction.atomic
def refuse(*, by, file, on, warned, words="", seen=None):
    """Record that the person refuses protection, having been told that their safety is then in their own hands
    (Điều 3 khoản 1 điểm b, khoản 2 điểm b)."""
    policy.require_deciding(by, file)
    file = steps.lock(file, seen=seen, by=by)
    step = steps.take(
        by=by, file=file, move="record_refusal", on=on, words=words, conditions={"refusal_warned": warned}
    )
    Need.objects.of(file).filter(kind=SAFETY, met_on=None, refused_on=None, gone_on=None).update(refused_on=on)
    Measure.objects.of(file).filter(ended_on=None).update(ended_on=on)
    return step


@transaction.atomic
def decline(*, by, file, on, paper_no, paper_on, words, seen=None):
    """Answer in writing, with reasons, why no measure is applied (Điều 10 khoản 2)."""
    policy.require_deciding(by, file)
    return steps.take(
        by=by, file=file, move="decline_measure", on=on, words=words, seen=seen, paper=steps.Paper(no=paper_no, on=paper_on),
        conditions={"written_reason_recorded": paper_no.strip() and paper_on and words.strip()},
    )  # fmt: skip


@transaction.atomic
def say_danger(*, by, file, on, stands, words="", seen=None):
    """Record whether somebody for whom measures are in force is still in danger; the measures stay as they are.

    A measure answers the request for protection; danger ends when the person is no longer threatened (Điều 10 khoản 7).
    """
    policy.require_deciding(by, file)
    file = steps.lock(file, seen=seen, by=by)
    if not file.in_danger_since:
        raise Refused(_("Hồ sơ này không báo có nguy hiểm."))
    if _stage(file) not in steps.UNDER_MEASURES:
        raise Refused(_("Quyết định bảo vệ, hoặc trả lời bằng văn bản vì sao không, rồi mới ghi nguy hiểm đã hết hay chưa "
                        "(Nghị định 62/2012, Điều 10 khoản 2)."))  # fmt: skip
    return steps.note(by=by, file=file, key=steps.STANDS if stands else steps.OVER, on=on, permission=P.SAFETY_KEEP,
                      words=words, track=steps.PROTECTION)  # fmt: skip


@transaction.atomic
def review(*, by, file, on, words="", seen=None):
    """Look again at the measures in force (Điều 10 khoản 6)."""
    policy.require_deciding(by, file)
    return steps.take(by=by, file=file, move="review_measure", on=on, words=words, seen=seen)


@transaction.atomic
def end(*, by, file, on, words, seen=None):
    """End every measure in force, with the reason (Điều 10 khoản 7)."""
    policy.require_deciding(by, file)
    file = steps.lock(file, seen=seen, by=by)
    step = steps.take(by=by, file=file, move="end_measure", on=on, words=words,
                      conditions={"ending_reason_recorded": words.strip()})  # fmt: skip
    Measure.objects.of(file).filter(ended_on=None).update(ended_on=on)
    return step


def _stage(file):
    return Track.objects.filter(file=file, kind="protection").values_list("stage", flat=True).first()
