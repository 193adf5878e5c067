"""The form with which an office gives its own template."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from benan.documents.forms import FilesField, FormWithFiles
from benan.ui.forms import DayField


class TemplateForm(FormWithFiles):
    """A .docx, and the day from which it is used."""

    file = FilesField(
        label=_("Tệp mẫu (.docx)"), most=1,
        help_text=_("Tệp .docx, nhiều nhất 1 MB. Tên người soạn trong tệp được xóa khỏi bản lưu."),
    )  # fmt: skip
    since = DayField(label=_("Dùng từ ngày"))

    def clean_file(self) -> Any:
        """The one file."""
        return self.cleaned_data["file"][0]
