"""Records about somebody who is or may be under 18: who represents them, and that child protection was told."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.cases import deadlines, steps
from benan.cases.models import Case, Guardianship, Step
from benan.core.days import show
from benan.core.refusals import Refused

Harm, Representative = Guardianship.Harm, Guardianship.Representative
FAMILY = {Representative.PARENT, Representative.GUARDIAN, Representative.RELATIVE}


def record_guardianship(
    *, by: User, case: Case, on: dt.date, harm: str, representative: str = "", apart: bool = False, words: str = "",
    seen: int | None = None,
) -> Guardianship:  # fmt: skip
    """Record whether a parent, guardian or relative did the harm, and who represents; `words` (a name) are sealed.

    `representative` empty: not asked yet. `apart`: the representative did not do the harm and does not live with whoever did;
    where the family did the harm, one of the family is refused without it.
    Nghị định 56/2017, Điều 27 khoản 1 điểm h, Điều 31, 32; Nghị định 09/2013, Điều 19 khoản 3 điểm b.
    """
    with steps.change(case, by=by, seen=seen) as change:
        case = change.case
        if not case.may_be_under(18, on):
            raise Refused(
                _("Ngày %(on)s người này đã đủ 18 tuổi: người ấy tự quyết định, không cần người đại diện.")
                % {"on": show(on)}
            )
        if harm == Harm.YES and representative in FAMILY and not apart:
            raise Refused(
                _("Người gây hại không được làm người đại diện. Chọn cơ sở hoặc người khác; nếu “%(who)s” được "
                  "chọn không phải người gây "
                  "hại và không ở cùng người ấy thì đánh dấu ô xác nhận.") % {"who": Representative(representative).label},
                field="representative",
            )  # fmt: skip
        new = harm == Harm.YES and not deadlines.harmed_by_family(case)
        row = Guardianship.objects.create(case=case, harm=harm, representative=representative, on=on, by=by)
        change.note(
            "guardianship",
            on=on,
            permission=P.CASE_RECEIVE,
            words=words,
            event=deadlines.RELATIVE_HARM if new else "",
            details={"harm": harm, "representative": representative},
        )
        return row


def tell_child_protection(
    *, by: User, case: Case, on: dt.date, whom: str, outcome: str, at: dt.time | None = None, words: str = "",
    seen: int | None = None,
) -> Step:  # fmt: skip
    """Record that the child-protection officer of the commune, or the national line, was told (`whom`), and the `outcome`.

    It may be recorded again when the outcome changes. Nghị định 56/2017, Điều 25 khoản 1, Điều 26, Điều 31, Điều 32.
    """
    with steps.change(case, by=by, seen=seen) as change:
        if not change.case.may_be_under(16, on):
            raise Refused(
                _("Ngày %(on)s người này đã đủ 16 tuổi, không áp dụng thủ tục bảo vệ trẻ em.") % {"on": show(on)}
            )
        details = {"label": str(WHOM[whom]), "outcome": outcome}
        step = change.take("child_protection_told", on=on, at=at, words=words, details=details)
        if outcome in SAFE:
            change.note("child_protection_result", on=on, at=at, permission=P.CASE_RECEIVE, event="child_made_safe",
                        details={"label": str(OUTCOMES[outcome])})  # fmt: skip
        return step


WHOM = {
    "commune": _("Người làm công tác bảo vệ trẻ em cấp xã"),
    "line": _("Tổng đài điện thoại quốc gia bảo vệ trẻ em"),
}
OUTCOMES = {
    "waiting": _("Đã nhận tin (Mẫu số 01), chưa có kết quả đánh giá"),
    "no_danger": _("Đã đánh giá (Mẫu số 02): chưa cần can thiệp khẩn cấp"),
    "intervened": _("Đã can thiệp khẩn cấp, trẻ ở nơi an toàn"),
    "separated": _("Đã có quyết định tạm cách ly khỏi cha mẹ, người chăm sóc (Mẫu số 07)"),
}
SAFE = {"no_danger", "intervened", "separated"}
