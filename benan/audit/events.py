"""Everything the trail can say, each with its sentence."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    """What happened. The sentence follows the name of who did it."""

    SIGNED_IN = "signed_in", _("đã đăng nhập")
    SIGN_IN_FAILED = "sign_in_failed", _("nhập sai mật khẩu hoặc mã")
    LOCKED_OUT = "locked_out", _("bị tạm khóa vì nhập sai nhiều lần")
    LOCK_LIFTED = "lock_lifted", _("đã cho một tài khoản bị nhập sai nhiều lần đăng nhập ngay")
    PASSWORD_CHANGED = "password_changed", _("đã đổi mật khẩu của mình")
    SESSIONS_ENDED = "sessions_ended", _("đã đăng xuất khỏi các máy khác")
    FACTOR_SET_UP = "factor_set_up", _("đã cài ứng dụng xác thực")
    FACTOR_REPLACED = "factor_replaced", _("đã đổi điện thoại xác thực của mình")
    CODES_MADE = "codes_made", _("đã lập bộ mã dự phòng mới")
    CODES_SHOWN = "codes_shown", _("đã xem mã dự phòng của mình")
    LINK_MADE = "link_made", _("đã tạo đường dẫn vào một lần")
    LINK_USED = "link_used", _("đã dùng đường dẫn vào một lần")
    FACTOR_RESET = "factor_reset", _("đã xác nhận để đồng nghiệp đặt lại bước xác thực thứ hai")
    ACCOUNT_MADE = "account_made", _("đã lập tài khoản")
    NAME_CORRECTED = "name_corrected", _("đã sửa họ tên của một tài khoản")
    ACCOUNT_STOPPED = "account_stopped", _("đã ngừng một tài khoản")
    ACCOUNT_REOPENED = "account_reopened", _("đã mở lại một tài khoản")
    ROLE_GRANTED = "role_granted", _("đã giao vai trò")
    ROLE_CONFIRMED = "role_confirmed", _("đã xác nhận vai trò")
    ROLE_ENDED = "role_ended", _("đã thu hồi vai trò")
    END_ASKED = "end_asked", _("đã đề nghị thu hồi vai trò hoặc ngừng tài khoản của thủ trưởng, người quản trị")
    END_WITHDRAWN = "end_withdrawn", _("đã rút đề nghị thu hồi vai trò hoặc ngừng tài khoản")
    END_DECLINED = "end_declined", _("đã không đồng ý đề nghị thu hồi vai trò hoặc ngừng tài khoản")

    FILE_VIEWED = "file_viewed", _("đã xem hồ sơ")
    FILES_LISTED = "files_listed", _("đã xem danh sách có hồ sơ")
    TRAIL_VIEWED = "trail_viewed", _("đã xem ai đã xem hồ sơ")
    IDENTITY_OPENED = "identity_opened", _("đã mở danh tính")
    IDENTITY_WRITTEN = "identity_written", _("đã ghi danh tính")
    IDENTITY_CORRECTED = "identity_corrected", _("đã sửa danh tính")
    IDENTITY_ERASED = "identity_erased", _("đã xóa vĩnh viễn danh tính")
    OLD_VALUE_OPENED = "old_value_opened", _("đã mở giá trị cũ")
    IDENTITIES_INDEXED = "identities_indexed", _("đã lập lại chỉ mục tìm danh tính")
    KEY_CHANGE_BEGUN = "key_change_begun", _("đã bắt đầu đổi khóa niêm phong")
    KEY_CHANGED = "key_changed", _("đã đổi xong khóa niêm phong")
    SEARCHED = "searched", _("đã tìm trước khi tạo")
    SEARCH_MATCHED = "search_matched", _("đã tìm và được báo là có thể đã có hồ sơ")

    FILE_STEP = "file_step", _("đã ghi một bước")
    FILE_CORRECTED = "file_corrected", _("đã sửa hồ sơ")
    FILES_JOINED = "files_joined", _("đã ghép hai hồ sơ của một người")
    SUPPORT_STEP = "support_step", _("đã ghi một việc hỗ trợ")

    FIGURES_LISTED = "figures_listed", _("đã mở danh sách hồ sơ còn thiếu của chỉ tiêu")
    REPORT_MADE = "report_made", _("đã xuất báo cáo")
    PLAN_LOADED = "plan_loaded", _("đã nạp kế hoạch")
    DAY_CORRECTED = "day_corrected", _("đã sửa bảng ngày nghỉ")
    NUMBER_CHANGED = "number_changed", _("đã sửa số trực")
    LIFE_PLAYED = "life_played", _("đã nạp một cuộc đời giả lập")


# Looks and entries, which go on while no head of the trail can be written.
LOOKING = {
    Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.CODES_SHOWN, Event.FILE_VIEWED, Event.FILES_LISTED,
    Event.TRAIL_VIEWED, Event.FIGURES_LISTED,
}  # fmt: skip
