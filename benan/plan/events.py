"""What the trail records of plans."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType


class PlanEvent(EventType):
    LOADED = "plan_loaded", _("đã nạp kế hoạch")
