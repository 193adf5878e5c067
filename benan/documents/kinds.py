"""The kinds of files that are stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    """What a stored file is."""

    JPEG = "jpeg", _("ảnh JPEG")
    PNG = "png", _("ảnh PNG")
    PDF = "pdf", _("tệp PDF")
    DOCX = "docx", _("tệp DOCX")
    XLSX = "xlsx", _("tệp XLSX")

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of names of such files, the usual one first."""
        return _ENDINGS.get(self.value, (self.value,))

    @property
    def media_type(self) -> str:
        """What the browser is told that it is."""
        return _MEDIA_TYPES[self.value]

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return self in (FileKind.JPEG, FileKind.PNG)


_ENDINGS = {"jpeg": ("jpg", "jpeg")}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
