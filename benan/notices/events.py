"""What the trail records of letters and of the calendar's feed: that they were chosen, never where they go."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType


class NoticeEvent(EventType):
    FEED_MADE = "feed_made", _("đã lập địa chỉ lịch của mình")
    FEED_WITHDRAWN = "feed_withdrawn", _("đã thôi dùng địa chỉ lịch của mình")
