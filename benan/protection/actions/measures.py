"""Protection measures (Nghị định 62/2012)."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.accounts.policy import held_on
from benan.cases import invariants, steps
from benan.cases.models import Case, Step
from benan.cases.steps import Change, Paper
from benan.core.days import show
from benan.core.refusals import Refused
from benan.needs.kinds import SAFETY
from benan.needs.models import UNMET, Need
from benan.protection import policy
from benan.protection.dangers import under_measures
from benan.protection.models import Measure
from benan.protection.vocabulary import MEASURES, measures_decided_by
from benan.rules import vocabularies


def start(
    *, by: User, case: Case, on: dt.date, kind: str, consented: bool, unable: bool = False, words: str = "",
    seen: int | None = None,
) -> Measure:  # fmt: skip
    """Start a measure for the safety need, within what the deciding agency may decide on that day (Điều 7, Điều 8 khoản 2).

    A measure that is in force is not started again. With the person's consent; who is `unable` to decide (unconscious, a small child) is protected on grounds in `words`.
    """
    if consented and unable:
        raise Refused(_("Đã đánh dấu cả “đồng ý” và “chưa tự quyết định được”. Bỏ một trong hai."), field="consented")
    consented = bool(consented or (unable and words.strip()))
    with steps.change(case, by=by, seen=seen) as change:
        case = change.case
        safety = Need.objects.of(case).filter(kind=SAFETY, refused_on=None, gone_on=None)
        need = safety.order_by("-recorded_on").first()
        if need is None:
            raise Refused(_("Ghi nhận cần bảo vệ trước khi áp dụng biện pháp."))
        invariants.check_day(case, on)
        if kind not in vocabularies.codes(MEASURES, on):
            raise Refused(_("Chọn biện pháp bảo vệ."), field="kind")
        if standing := Measure.objects.of(case).filter(kind=kind, ended_on=None).first():
            raise Refused(
                _(
                    "Biện pháp này đã được áp dụng từ ngày %(on)s và đang có hiệu lực. Muốn ghi việc xem xét lại thì dùng mục rà soát."
                )
                % {"on": show(standing.started_on)},
                field="kind",
            )
        seats = policy.deciding_seats(held_on(by, case))
        seat = next((seat for seat in seats if kind in measures_decided_by(seat.agency.kind, on)), None)
        if change.fits("more_measure"):
            if seat is None:
                raise Refused(
                    _("Biện pháp này thuộc thẩm quyền của cơ quan khác (Nghị định 62/2012, Điều 8)."), field="kind"
                )
            if not consented:
                raise Refused(_("Cần ghi người được bảo vệ (hoặc người đại diện) đồng ý."), field="consented")
            change.take("more_measure", on=on, words=words)
        else:
            said = {"consented": consented, "competent": seat is not None}
            change.take("start_measure", on=on, words=words, said=said, details={"measure": kind})
            if seat is None:  # the condition of the act has refused it
                raise PermissionDenied
        if need.met_on is None:
            need.met_on = on
            need.save(update_fields=["met_on"])
        return Measure.objects.create(case=case, need=need, kind=kind, agency=seat.agency, started_on=on)


def refuse(*, by: User, case: Case, on: dt.date, warned: bool, words: str = "", seen: int | None = None) -> Step:
    """Record that the person refuses protection, having been told that their safety is then in their own hands
    (Điều 3 khoản 1 điểm b, khoản 2 điểm b)."""
    policy.require_deciding(by, case)
    with steps.change(case, by=by, seen=seen) as change:
        step = change.take("record_refusal", on=on, words=words, said={"warned": warned})
        standing = Need.objects.of(change.case).filter(UNMET).filter(kind=SAFETY)
        standing.update(refused_on=on)
        end_measures(change, on)
        return step


def decline(
    *, by: User, case: Case, on: dt.date, paper_no: str, paper_on: dt.date, words: str, seen: int | None = None
) -> Step:
    """Answer in writing, with reasons, why no measure is applied (Điều 10 khoản 2)."""
    policy.require_deciding(by, case)
    with steps.change(case, by=by, seen=seen) as change:
        said = {"written_reason": paper_no.strip() and paper_on and words.strip()}
        return change.take("decline_measure", on=on, words=words, paper=Paper(paper_no, paper_on), said=said)


def say_danger(*, by: User, case: Case, on: dt.date, stands: bool, words: str = "", seen: int | None = None) -> Step:
    """Record whether somebody for whom measures are in force is still in danger; the measures stay as they are.

    A measure answers the request for protection; danger ends when the person is no longer threatened (Điều 10 khoản 7).
    """
    policy.require_deciding(by, case)
    with steps.change(case, by=by, seen=seen) as change:
        if not change.case.in_danger_since:
            raise Refused(_("Hồ sơ này không có cảnh báo nguy hiểm."))
        if not change.case.tracks.filter(stage__in=under_measures()).exists():
            raise Refused(_("Quyết định bảo vệ, hoặc trả lời bằng văn bản lý do không áp dụng, trước khi ghi còn nguy hiểm "
                            "hay không (Nghị định 62/2012, Điều 10 khoản 2)."))  # fmt: skip
        return change.take("danger_stands" if stands else "danger_over", on=on, words=words)


def review(*, by: User, case: Case, on: dt.date, words: str = "", seen: int | None = None) -> Step:
    """Look again at the measures in force (Điều 10 khoản 6)."""
    policy.require_deciding(by, case)
    with steps.change(case, by=by, seen=seen) as change:
        return change.take("review_measure", on=on, words=words)


def end(*, by: User, case: Case, on: dt.date, words: str, seen: int | None = None) -> Step:
    """End every measure in force, with the reason (Điều 10 khoản 7)."""
    policy.require_deciding(by, case)
    with steps.change(case, by=by, seen=seen) as change:
        step = change.take("end_measure", on=on, words=words, said={"reason": words.strip()})
        end_measures(change, on)
        return step


def end_measures(change: Change, on: dt.date) -> None:
    """The part of other verbs that ends the measures in force."""
    Measure.objects.of(change.case).filter(ended_on=None).update(ended_on=on)
