"""What the trail records of letters and of the calendar's feed: that they were chosen, never where they go."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType


class NoticeEvent(EventType):
    LETTERS_CHOSEN = "letters_chosen", _("đã ghi nơi nhận thư nhắc việc của mình")
    ADDRESS_CONFIRMED = "address_confirmed", _("đã xác nhận nơi nhận thư nhắc việc của mình")
    LETTERS_WITHDRAWN = "letters_withdrawn", _("đã thôi nhận thư nhắc việc")
    FEED_MADE = "feed_made", _("đã lập địa chỉ lịch của mình")
    FEED_WITHDRAWN = "feed_withdrawn", _("đã thôi dùng địa chỉ lịch của mình")
