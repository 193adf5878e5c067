"""What the trail records of reports."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType, Mark


class ReportEvent(EventType):
    MADE = "report_made", _("đã xuất báo cáo"), Mark.READS
