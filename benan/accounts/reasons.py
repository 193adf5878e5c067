"""Why an account or a role is changed: a list to choose from, because the trail keeps the answer for ever.

Typed words would bring the names of those who complained, or of people received here, into rows that nothing erases.
"""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.core.refusals import Refused


class Reason(TextChoices):
    """One reason; its code stands on the trail."""

    LEFT = "left", _("Nghỉ việc, nghỉ hưu")
    MOVED = "moved", _("Chuyển công tác")
    LONG_LEAVE = "long_leave", _("Nghỉ dài ngày")
    REASSIGNED = "reassigned", _("Được phân công việc khác")
    WRONG_HANDS = "wrong_hands", _("Nghi người khác đăng nhập được vào tài khoản")
    MISUSE = "misuse", _("Đang xem xét việc sử dụng tài khoản")
    BY_MISTAKE = "by_mistake", _("Lập nhầm, giao nhầm")
    RETURNED = "returned", _("Trở lại làm việc")
    STOPPED_BY_MISTAKE = "stopped_by_mistake", _("Đã ngừng nhầm")
    CLEARED = "cleared", _("Đã xem xét xong, tài khoản dùng lại được")
    MISSPELT = "misspelt", _("Ghi sai, thiếu dấu hoặc thiếu chữ")
    NAME_CHANGED = "name_changed", _("Đổi họ tên theo hộ tịch")
    OTHER = "other", _("Lý do khác, nêu ở văn bản của đơn vị")


R = Reason
STOPPING = (R.LEFT, R.MOVED, R.LONG_LEAVE, R.WRONG_HANDS, R.MISUSE, R.BY_MISTAKE, R.OTHER)
ENDING = (R.REASSIGNED, R.LEFT, R.MOVED, R.LONG_LEAVE, R.WRONG_HANDS, R.MISUSE, R.BY_MISTAKE, R.OTHER)
REOPENING = (R.RETURNED, R.STOPPED_BY_MISTAKE, R.CLEARED, R.OTHER)
RENAMING = (R.MISSPELT, R.NAME_CHANGED)


def check(why: str, among: Iterable[Reason]) -> str:
    """The code of a reason of one list. Raises Refused for anything else."""
    if why not in {one.value for one in among}:
        raise Refused(_("Chọn một lý do trong danh sách."), field="why")
    return Reason(why).value


def choices(among: Iterable[Reason]) -> list[tuple[str, str | Promise]]:
    """A list of reasons for a select."""
    return [("", _("Chọn lý do")), *((one.value, one.label) for one in among)]
