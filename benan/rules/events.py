"""What the trail records of the law's data."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType


class RulesEvent(EventType):
    DAY_CORRECTED = "day_corrected", _("đã sửa bảng ngày nghỉ")
