"""What the trail records of cases and the search before one is opened."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType, Mark


class CaseEvent(EventType):
    VIEWED = "case_viewed", _("đã xem hồ sơ"), Mark.WITHOUT_HEAD, Mark.READS, Mark.LOOK
    LISTED = "cases_listed", _("đã xem danh sách có hồ sơ"), Mark.WITHOUT_HEAD, Mark.READS, Mark.LOOK
    EXPORTED = "cases_exported", _("đã tải về danh sách có hồ sơ"), Mark.READS, Mark.LOOK
    ACCESS_LOG_VIEWED = (
        "trail_viewed",
        _("đã xem danh sách người đã xem hồ sơ"),
        Mark.WITHOUT_HEAD,
        Mark.READS,
        Mark.LOOK,
    )
    SEARCHED = "searched", _("đã tìm trước khi tạo"), Mark.READS
    SEARCH_MATCHED = "search_matched", _("đã tìm và được báo có thể đã có hồ sơ"), Mark.READS, Mark.LOOK
    STEP_RECORDED = "case_step", _("đã ghi một bước")
    CORRECTED = "case_corrected", _("đã sửa hồ sơ")
    JOINED = "cases_joined", _("đã ghép hai hồ sơ của một người")
