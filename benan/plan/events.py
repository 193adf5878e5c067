"""What the trail records of plans."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType


class PlanEvent(EventType):
    LOADED = "plan_loaded", _("đã nạp kế hoạch")
    PROGRESS = "progress_recorded", _("đã ghi tiến độ nhiệm vụ của kế hoạch")
    FIGURE_TYPED = "figure_typed", _("đã ghi tay số liệu của chỉ tiêu")
    AREA_MARKED = "area_marked", _("đã đánh dấu địa bàn ưu tiên")
    AREA_ENDED = "area_ended", _("đã bỏ dấu địa bàn ưu tiên")
    AGENCY_PLAN = "agency_plan", _("đã lập, sửa, trình, duyệt kế hoạch của đơn vị")
    DUTY_CARRIED = "duty_carried", _("đã chuyển tiếp hoặc kết thúc nhiệm vụ của kế hoạch trước")
