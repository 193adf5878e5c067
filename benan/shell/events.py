"""What the trail records of the demo."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType


class DemoEvent(EventType):
    LIFE_PLAYED = "life_played", _("đã nạp một trường hợp giả lập")
    WORK_PLAYED = "work_played", _("đã nạp việc giả lập của các đơn vị trong một ngày")
