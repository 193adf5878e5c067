"""What the trail records of reports."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType, Mark


class ReportEvent(EventType):
    MADE = "report_made", _("đã xuất báo cáo"), Mark.READS
    PERIOD_OPENED = "report_period_opened", _("đã mở kỳ báo cáo")
    FILLED = "return_filled", _("đã ghi số liệu, lời văn của báo cáo")
    REFRESHED = "return_counted_again", _("đã lấy lại số liệu của báo cáo")
    PUT_BEFORE_HEAD = "return_put_before_head", _("đã trình báo cáo lên thủ trưởng")
    GIVEN_BACK = "return_given_back", _("đã chuyển báo cáo lại người soạn")
    SUBMITTED = "return_submitted", _("đã duyệt và nộp báo cáo")
    ACCEPTED = "return_accepted", _("đã nhận báo cáo")
    SENT_BACK = "return_sent_back", _("đã trả lại báo cáo")
    INVITED = "return_invited", _("đã mời bổ sung báo cáo")
    REPLACING = "return_replacing", _("đã lập báo cáo thay thế")
    PAPER = "return_paper", _("đã ghi số văn bản của báo cáo")
    CONSOLIDATED = "return_consolidated", _("đã tổng hợp báo cáo")
    TEMPLATE_KEPT = "report_template_kept", _("đã đổi mẫu báo cáo của đơn vị")
    CELLS_TYPED = "official_cells_typed", _("đã ghi số của biểu thống kê")
