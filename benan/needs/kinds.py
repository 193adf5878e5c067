"""Every kind of need: what it is called, which right it is under the law, and which indicators of the plan count it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NeedKind:
    """A kind of need. `right` is the key under which `rules.entitlements` knows it ("" where the law names none);
    `group` the group of II.2.d it belongs to; `advice` whether II.2.đ counts it."""

    key: str
    label: str | Promise
    right: str = ""
    group: str = ""
    advice: bool = False
    icon: str = "case"


# The eight groups that indicator II.2.d names, in the plan's own order.
GROUPS = {
    "counselling": _("Tư vấn"),
    "medical": _("Y tế"),
    "health_care": _("Chăm sóc sức khỏe"),
    "education": _("Giáo dục"),
    "legal": _("Hỗ trợ pháp lý"),
    "treatment": _("Hỗ trợ chữa trị"),
    "vocational": _("Dạy nghề"),
    "job": _("Tạo việc làm"),
}

INITIAL = {
    kind.key: kind
    for kind in (
        NeedKind("food", _("Ăn, uống"), "essential", icon="bowl"),
        NeedKind("clothes", _("Quần áo, đồ vệ sinh"), "essential", icon="shirt"),
        NeedKind("lodging", _("Chỗ nghỉ"), "essential", icon="bed"),
        NeedKind("first_aid", _("Khám, sơ cứu"), icon="med"),
        NeedKind("interpreter", _("Phiên dịch"), icon="talk"),
        NeedKind("call_family", _("Gọi người thân"), icon="phone"),
        NeedKind("child_care", _("Chăm sóc trẻ đi cùng"), "essential", icon="minor"),
    )
}

ASSESSED = {
    kind.key: kind
    for kind in (
        NeedKind("essential", _("Ăn, ở, đồ dùng thiết yếu"), "essential"),
        NeedKind("travel", _("Chi phí về nơi cư trú"), "travel"),
        NeedKind("counselling", _("Tham vấn, tư vấn"), "", "counselling"),
        NeedKind("psychological", _("Hỗ trợ tâm lý"), "psychological", "counselling"),
        NeedKind("medical", _("Khám, chữa bệnh"), "medical", "medical"),
        NeedKind("health_care", _("Chăm sóc sức khỏe"), "", "health_care"),
        NeedKind("schooling", _("Học văn hóa"), "schooling", "education"),
        NeedKind("legal_aid", _("Trợ giúp pháp lý"), "legal_aid", "legal"),
        NeedKind("treatment", _("Chữa trị, phục hồi"), "", "treatment"),
        NeedKind("vocational", _("Học nghề"), "vocational", "vocational"),
        NeedKind("job", _("Việc làm"), "", "job"),
        NeedKind("initial_allowance", _("Trợ cấp khó khăn ban đầu"), "initial_allowance"),
        NeedKind("loan", _("Vay vốn"), "loan", "job"),
        NeedKind("health_advice", _("Tư vấn về sức khỏe"), "", advice=True),
        NeedKind("psych_advice", _("Tư vấn về tâm lý"), "", advice=True),
        NeedKind("papers", _("Giấy tờ tùy thân, hộ khẩu")),
        NeedKind("safety", _("Bảo vệ an toàn")),
    )
}

KINDS = INITIAL | ASSESSED
SAFETY = "safety"
LAWFUL = tuple(key for key, kind in KINDS.items() if kind.right)
# What must be known of the person before the law's answer is, as it stands after "cần biết"; by the name of the fact.
ASKED_ABOUT = {
    "nationality": _("quốc tịch"),
    "poor_household": _("có thuộc hộ nghèo không"),
    "financial_difficulty": _("có thuộc hộ cận nghèo hoặc đang hưởng trợ cấp xã hội hằng tháng không"),
    "cannot_pay_travel": _(
        "có muốn về nơi cư trú mà không có khả năng chi trả tiền tàu xe, tiền ăn trong thời gian đi đường không"
    ),
}
ASKED_FACTS = (
    "poor_household",
    "financial_difficulty",
    "cannot_pay_travel",
)  # that rights depend on and an assessment asks
FAMILY = {"call_family", "travel"}  # met by calling the family, or by going back to it
# Nghị định 09/2013, Điều 23 khoản 3: asked for in writing, within twelve months; loans are not (Điều 24).
APPLIED_FOR = {key: ASSESSED[key].label for key in ("schooling", "vocational", "initial_allowance")}
APPLIED = "support_applied"
# What happens to an application, in this order; its receipt at the labour office need not be recorded.
APPLICATION = ("application_sent", "application_received", "application_submitted", "application_decided")
ADVICE = tuple(key for key, kind in ASSESSED.items() if kind.advice)


def groups_of(kinds: Iterable[str]) -> list[str]:
    """The groups of II.2.d (keys of GROUPS) to which some needs belong."""
    return sorted({KINDS[kind].group for kind in kinds} - {""})


def following(event: str | None) -> tuple[str, ...]:
    """What may come next of an application after its last event, None before any; nothing after the decision."""
    if event is None or event == APPLICATION[-1]:
        return ()
    if event == APPLIED:
        return APPLICATION[:1]
    after = APPLICATION[APPLICATION.index(event) + 1 :]
    return after[:2] if event == APPLICATION[0] else after[:1]
