"""Why an identity may be opened, and the code by which two offices name a person on the telephone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benan.audit.models import Event


class Purpose(models.TextChoices):
    """Why an identity is opened."""

    CONTACT = "contact", _("Liên hệ người ấy hoặc gia đình")
    VERIFY = "verify", _("Xác minh")
    SUPPORT = "support", _("Làm thủ tục hỗ trợ")
    SAFETY = "safety", _("Bảo đảm an toàn")
    PAPER = "paper", _("Lập giấy tờ")
    SAME_PERSON = "same_person", _("Xác định có phải cùng một người")
    CORRECT = "correct", _("Sửa thông tin ghi sai")


def contact_code(match: Event) -> str:
    """The code that the office that searched and the office that has the case read to each other: LH- and four digits of
    the number of the match's row of the trail."""
    return f"LH-{match.seq % 10_000:04d}"
