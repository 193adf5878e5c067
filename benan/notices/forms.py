"""Shape of what an officer chooses to be sent."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from benan.ui.forms import Form, MultiChoiceCards, Option, TextField

REMINDERS, DIGEST = "reminders", "digest"


class LettersForm(Form):
    """A work address, and which letters go there."""

    asked_by_law = ("letters",)  # one of them, as the verb says

    address = TextField(
        label=_("Địa chỉ thư công vụ"),
        max_length=254,
        keys="email",
        help_text=_("Ví dụ lan.nt@dongnai.gov.vn. Chỉ dùng để gửi các thư dưới đây."),
    )
    letters = MultiChoiceCards(
        label=_("Thư muốn nhận"), columns=1, required=False,
        choices=[
            (REMINDERS, Option(_("Nhắc việc của kế hoạch"), hint=_("Trước 7 ngày, trước 1 ngày, đúng ngày, sau 1 ngày, rồi mỗi tuần khi còn quá hạn."))),
            (DIGEST, Option(_("Thư đầu tuần"), hint=_("Thứ Hai, từ 7 giờ: việc của kế hoạch, và số việc của hồ sơ đến hạn, quá hạn."))),
        ],
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """The address, and whether each letter was chosen."""
        chosen = self.cleaned_data["letters"]
        return {"address": self.cleaned_data["address"], "reminders": REMINDERS in chosen, "digest": DIGEST in chosen}
