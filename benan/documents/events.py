"""What the trail records of stored files and of the registers of papers."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType, Mark


class DocumentEvent(EventType):
    FILE_STORED = "file_stored", _("đã lưu một tệp"), Mark.READS
    FILE_OPENED = "file_opened", _("đã mở một tệp"), Mark.WITHOUT_HEAD, Mark.READS
    PAPER_REGISTERED = "paper_registered", _("đã ghi một văn bản vào sổ"), Mark.READS
    PAPER_CANCELLED = "paper_cancelled", _("đã gạch một văn bản ghi nhầm trong sổ"), Mark.READS
    SCAN_ATTACHED = "scan_attached", _("đã kèm bản chụp vào văn bản trong sổ"), Mark.READS
    REGISTER_VIEWED = "register_viewed", _("đã xem sổ văn bản"), Mark.WITHOUT_HEAD, Mark.READS
