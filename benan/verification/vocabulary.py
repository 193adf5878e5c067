"""What is chosen in verification: the names of the lists that the law sets, and the lists that are the program's own."""

from django.utils.translation import gettext_lazy as _

from benan.cases.models import Case

# Lists of vocabularies.yaml (benan.rules.vocabularies).
GROUNDS, SOURCES, COMPLEXITY, ISSUERS = "victim_grounds", "evidence_sources", "complexity", "issuers"

# No law lists the following.
ONWARD = {
    "police": _("Cơ quan Công an, về việc khác"),
    "social": _("Trợ giúp xã hội tại nơi cư trú"),
    "legal": _("Trung tâm trợ giúp pháp lý"),
    "health": _("Cơ sở y tế"),
    "family": _("Gia đình đón"),
    "none": _("Người ấy không cần"),
}
RETURNED = {
    "grounds": _("Căn cứ xác định chưa đủ hoặc chưa đúng"),
    "sources": _("Nguồn tài liệu, chứng cứ chưa đủ"),
    "reasons": _("Lập luận chưa rõ"),
    "verify": _("Cần xác minh thêm"),
    "other": _("Lý do khác"),
}
CLOSED_EARLY = {
    Case.Closing.DIED: _("Người ấy đã mất"),
    Case.Closing.LEFT: _("Người ấy rời đi, không liên lạc được"),
    Case.Closing.DECLINED: _("Người ấy không muốn tiếp tục"),
    Case.Closing.ERROR: _("Lập nhầm"),
}
