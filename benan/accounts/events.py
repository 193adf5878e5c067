"""What the trail records of accounts, roles, signing in and contacts on call."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType, Mark


class AccountEvent(EventType):
    SIGNED_IN = "signed_in", _("đã đăng nhập"), Mark.WITHOUT_HEAD, Mark.READS
    SIGN_IN_FAILED = "sign_in_failed", _("nhập sai mật khẩu hoặc mã"), Mark.WITHOUT_HEAD, Mark.READS
    LOCK_LIFTED = "lock_lifted", _("đã bỏ thời gian chờ của một tài khoản bị nhập sai nhiều lần")
    PASSWORD_CHANGED = "password_changed", _("đã đổi mật khẩu của mình")
    SESSIONS_ENDED = "sessions_ended", _("đã đăng xuất khỏi các máy khác")
    FACTOR_SET_UP = "factor_set_up", _("đã cài ứng dụng xác thực")
    FACTOR_REPLACED = "factor_replaced", _("đã đổi điện thoại xác thực của mình")
    CODES_MADE = "codes_made", _("đã lập bộ mã dự phòng mới")
    CODES_SHOWN = "codes_shown", _("đã xem mã dự phòng của mình"), Mark.WITHOUT_HEAD
    LINK_MADE = "link_made", _("đã tạo đường dẫn đăng nhập một lần"), Mark.READS
    LINK_USED = "link_used", _("đã dùng đường dẫn đăng nhập một lần"), Mark.READS
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
    NUMBER_CHANGED = "number_changed", _("đã sửa số trực")
