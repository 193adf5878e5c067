"""What the trail records of identities and their keys."""

from django.utils.translation import gettext_lazy as _

from benan.audit.events import EventType, Mark


class VaultEvent(EventType):
    IDENTITY_OPENED = "identity_opened", _("đã mở danh tính"), Mark.READS, Mark.LOOK
    IDENTITY_WRITTEN = "identity_written", _("đã ghi danh tính")
    IDENTITY_CORRECTED = "identity_corrected", _("đã sửa danh tính")
    IDENTITY_ERASED = "identity_erased", _("đã xóa vĩnh viễn danh tính")
    OLD_VALUE_OPENED = "old_value_opened", _("đã mở giá trị cũ"), Mark.READS, Mark.LOOK
    IDENTITIES_INDEXED = "identities_indexed", _("đã lập lại chỉ mục tìm danh tính")
    KEY_CHANGE_BEGUN = "key_change_begun", _("đã bắt đầu đổi khóa mã hóa")
    KEY_CHANGED = "key_changed", _("đã đổi xong khóa mã hóa")
