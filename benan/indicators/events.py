"""What the trail records of figures."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType, Mark


class FigureEvent(EventType):
    CASES_LISTED = (
        "figures_listed",
        _("đã mở danh sách hồ sơ chưa được hỗ trợ đủ của chỉ tiêu"),
        Mark.WITHOUT_HEAD,
        Mark.READS,
        Mark.LOOK,
    )
    COUNTED_LISTED = (
        "figures_counted",
        _("đã mở danh sách hồ sơ đã được đếm"),
        Mark.WITHOUT_HEAD,
        Mark.READS,
        Mark.LOOK,
    )
