"""What the trail records of needs and what is given for them."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType


class NeedEvent(EventType):
    SUPPORT_RECORDED = "support_step", _("đã ghi một việc hỗ trợ")
