"""Every kind of need: what it is called, which right it is under the law, and which indicators of the plan count it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of need. `right` is the key under which `rules.entitlements` knows it ("" where the law names none);
    `group` the group of II.2.d it belongs to; `advice` whether II.2.đ counts it."""

    key: str
    label: str
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
        Kind("food", _("Ăn, uống"), "essential", icon="bowl"),
        Kind("clothes", _("Quần áo, đồ vệ sinh"), "essential", icon="shirt"),
        Kind("lodging", _("Chỗ nghỉ"), "essential", icon="bed"),
        Kind("first_aid", _("Khám, sơ cứu"), icon="med"),
        Kind("interpreter", _("Phiên dịch"), icon="talk"),
        Kind("call_family", _("Gọi người thân"), icon="phone"),
        Kind("child_care", _("Trẻ đi cùng cần chăm"), "essential", icon="minor"),
    )
}

ASSESSED = {
    kind.key: kind
    for kind in (
        Kind("essential", _("Ăn, ở, đồ dùng thiết yếu"), "essential"),
        Kind("travel", _("Chi phí về nơi cư trú"), "travel"),
        Kind("counselling", _("Tham vấn, tư vấn"), "", "counselling"),
        Kind("psychological", _("Hỗ trợ tâm lý"), "psychological", "counselling"),
        Kind("medical", _("Khám, chữa bệnh"), "medical", "medical"),
        Kind("health_care", _("Chăm sóc sức khỏe"), "", "health_care"),
        Kind("schooling", _("Học văn hóa"), "schooling", "education"),
        Kind("legal_aid", _("Trợ giúp pháp lý"), "legal_aid", "legal"),
        Kind("treatment", _("Chữa trị, phục hồi"), "", "treatment"),
        Kind("vocational", _("Học nghề"), "vocational", "vocational"),
        Kind("job", _("Việc làm"), "", "job"),
        Kind("initial_allowance", _("Trợ cấp khó khăn ban đầu"), "initial_allowance"),
        Kind("loan", _("Vay vốn"), "loan", "job"),
        Kind("health_advice", _("Tư vấn dịch vụ sức khỏe"), "", advice=True),
        Kind("psych_advice", _("Tư vấn dịch vụ tâm lý"), "", advice=True),
        Kind("papers", _("Giấy tờ tùy thân, hộ khẩu")),
        Kind("safety", _("Bảo vệ an toàn")),
    )
}

KINDS = INITIAL | ASSESSED
SAFETY = "safety"
LAWFUL = tuple(key for key, kind in KINDS.items() if kind.right)
FAMILY = {"call_family", "travel"}  # met by calling the family, or by going back to it
# Nghị định 09/2013, Điều 23 khoản 3: asked for in writing, within twelve months; loans are not (Điều 24).
APPLIED_FOR = {key: ASSESSED[key].label for key in ("schooling", "vocational", "initial_allowance")}
APPLIED = "support_applied"
# What happens to an application, in this order; its receipt at the labour office need not be recorded.
APPLICATION = ("application_sent", "application_received", "application_submitted", "application_decided")
ADVICE = tuple(key for key, kind in ASSESSED.items() if kind.advice)

# Nghị định 62/2012, Điều 7: eight measures; Điều 8 khoản 2: who decides which.
MEASURES = {
    "secret_evidence": _("Giữ bí mật việc cung cấp chứng cứ, tài liệu"),
    "secret_life": _("Giữ bí mật đời tư, nơi ở, nơi làm việc, học tập"),
    "guard": _("Bố trí lực lượng canh gác, đi cùng"),
    "limit_contact": _("Hạn chế đi lại, tiếp xúc vì an toàn"),
    "refuge": _("Bố trí nơi tạm lánh"),
    "relocate": _("Đổi nơi ở, nơi làm việc, học tập"),
    "deter": _("Răn đe, ngăn chặn hành vi xâm hại"),
    "closed_trial": _("Đề nghị xét xử kín"),
}
_CIVIL = {"secret_evidence", "secret_life", "limit_contact", "refuge"}
COMPETENCE = {
    "commune": _CIVIL,
    "police_commune": _CIVIL,
    "labour_office": _CIVIL,
    "shelter": _CIVIL,
    "police_district": set(MEASURES) - {"closed_trial"},
    "police_province": set(MEASURES) - {"closed_trial"},
}


def following(event) -> tuple[str, ...]:
    """What may come next of an application after its last event, None before any; nothing after the decision."""
    if event is None or event == APPLICATION[-1]:
        return ()
    if event == APPLIED:
        return APPLICATION[:1]
    after = APPLICATION[APPLICATION.index(event) + 1 :]
    return after[:2] if event == APPLICATION[0] else after[:1]
