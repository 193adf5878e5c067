"""Why an identity may be opened, and what stands for a name when two offices ring each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why an identity is opened."""

    CONTACT = "contact", _("Liên hệ người ấy hoặc gia đình")
    VERIFY = "verify", _("Xác minh")
    SUPPORT = "support", _("Làm thủ tục hỗ trợ")
    SAFETY = "safety", _("Giữ an toàn")
    PAPER = "paper", _("Lập giấy tờ")
    SAME_PERSON = "same_person", _("Xem có phải cùng một người")
    CORRECT = "correct", _("Sửa điều ghi sai")


def contact_code(match) -> str:
    """What the one who asked and the holder read to each other, from the match's row of the trail."""
    return f"LH-{match.seq % 10_000:04d}"
