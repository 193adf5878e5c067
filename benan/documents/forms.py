"""Boxes for files, and the form of a paper for the register."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core import papers
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.documents import queries
from benan.documents.kinds import FileKind
from benan.documents.models import ABOUT, HOLDER, PARTY, REASON, Paper
from benan.documents.sizes import in_words
from benan.rules.forms import choices_of_the_law
from benan.ui.forms import DayField, Form, TextField

NAME_NOBODY = _("Ghi việc, không ghi tên người hay thông tin để nhận ra một người.")
_ENDINGS = [f".{ending}" for kind in FileKind for ending in kind.endings]


class FilesInput(forms.FileInput):
    """A box for several files; with JavaScript it lists what was chosen, with sizes (ui/static/files.js)."""

    allow_multiple_selected = True
    template_name = "documents/files_input.html"

    class Media:
        js = (Script("files.js", defer=True),)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """The files that were sent."""
        return files.getlist(name) if hasattr(files, "getlist") else []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The box and the limits that its list tells of."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-largest"] = settings.LARGEST_FILE
        context["widget"]["attrs"]["data-largest-all"] = settings.LARGEST_FILES
        context |= {"largest": in_words(settings.LARGEST_FILE), "largest_all": in_words(settings.LARGEST_FILES)}
        return context


class FilesField(forms.Field):
    """Files chosen on the officer's machine, as a list of `UploadedFile`; `most` of them.

    The page's form must be multipart (`form.is_multipart`), its view marked by `uploads.takes_files`.
    """

    widget = FilesInput

    def __init__(self, *, most: int = 0, help_text: Any = "", **kwargs: Any) -> None:
        self.most = most or settings.MOST_FILES
        super().__init__(help_text=help_text or lazy(self._allowed, str)(), **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What the browser is told of the box."""
        return {"accept": ",".join(_ENDINGS), "multiple": self.most > 1}

    def clean(self, value: Any) -> list[UploadedFile]:
        """The files. Raises ValidationError where there are too many."""
        files = list(value or [])
        super().clean(files)
        if len(files) > self.most:
            raise ValidationError(
                _now("Đã chọn %(n)s tệp, ô này nhận nhiều nhất %(most)s tệp.") % {"n": len(files), "most": self.most}
            )
        return files

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a file was chosen."""
        return bool(data)

    def _allowed(self) -> str:
        words = {"largest": in_words(settings.LARGEST_FILE), "most": self.most, "all": in_words(settings.LARGEST_FILES)}
        if self.most == 1:
            return _now("Ảnh JPEG, PNG hoặc tệp PDF, DOCX, XLSX, nhiều nhất %(largest)s.") % words
        return (
            _now(
                "Ảnh JPEG, PNG hoặc tệp PDF, DOCX, XLSX. Mỗi tệp nhiều nhất %(largest)s; mỗi lần nhiều nhất %(most)s tệp, "
                "tất cả %(all)s. Thông tin về máy, nơi chụp, người soạn được xóa khỏi bản lưu."
            )
            % words
        )


class FormWithFiles(Form):
    """A form with boxes for files: where it is refused, it says that the files have to be chosen again."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook after all has been checked
        if self.errors:
            self._ask_for_files_again()

    def refuse(self, refused: Refused) -> None:
        """Show what a verb refused, and what became of the files."""
        super().refuse(refused)
        self._ask_for_files_again()

    def _ask_for_files_again(self) -> None:
        for name, field in self.fields.items():
            sent = self.files.getlist(self.add_prefix(name)) if isinstance(field, FilesField) and self.files else []
            if sent and not self.has_error(name):
                self.add_error(name, _now("Trình duyệt không giữ tệp đã chọn (%(n)s tệp). Chọn lại rồi gửi.") % {"n": len(sent)})  # fmt: skip


class PaperForm(FormWithFiles):
    """A paper for the register. Without a number it is given the next one of its series; `next_number` is this year's."""

    asked_by_law = ("kind", "about", "other_agency")

    number = forms.IntegerField(label=_("Số trong sổ"), required=False, min_value=1, max_value=999_999,
                                widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}))  # fmt: skip
    on = DayField(label=_("Ngày văn bản"))
    notation = TextField(label=_("Ký hiệu"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Loại văn bản"), required=False,
                             choices=choices_of_the_law("paper_kinds", blank=_("Chọn loại văn bản")))  # fmt: skip
    other_agency = forms.ChoiceField(label=_("Nơi nhận"), required=False)
    other_party = TextField(label=_("Nơi nhận khác"), required=False, max_length=PARTY,
                            help_text=_("Ghi khi nơi ấy không có trong danh sách."))  # fmt: skip
    about = TextField(label=_("Trích yếu"), required=False, max_length=ABOUT, rows=2, help_text=NAME_NOBODY)
    replaces = TextField(label=_("Thay thế văn bản"), required=False, max_length=60,
                         help_text=_("Số, ký hiệu của văn bản đi đã ban hành có sai sót, như 45/BC-UBND. Cả hai được giữ trong sổ."))  # fmt: skip
    scan = FilesField(label=_("Bản chụp văn bản đã ký"), required=False, most=1)
    marking = forms.ChoiceField(label=_("Độ mật"), required=False, choices=Paper.Marking.choices,
                                help_text=_("Văn bản mật có dãy số riêng, chỉ ghi số, ngày, độ mật và người giữ."))  # fmt: skip
    holder = TextField(label=_("Người giữ văn bản mật"), required=False, max_length=HOLDER)

    def __init__(self, *args: Any, user: User, agency: Agency, direction: str, next_number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.agency = user, agency
        self.fields["number"].help_text = _now(
            "Để trống thì chương trình lấy số tiếp theo của sổ. Số tiếp theo của năm nay là %(next)s."
        ) % {"next": f"{next_number:02d}"}
        offered = [(str(row.pk), row.name) for row in agencies.at_work_on(legal_day()).exclude(pk=agency.pk)]
        cast(forms.ChoiceField, self.fields["other_agency"]).choices = [("", _now("Chọn cơ quan")), *offered]
        if direction == Paper.Direction.OUT:
            self.fields["notation"].help_text = _now("Phần sau số, như BC-UBND.")
        else:
            del self.fields["replaces"]
            self.fields["number"].label = _now("Số đến")
            self.fields["on"].label = _now("Ngày đến")
            self.fields["notation"].label = _now("Số, ký hiệu của văn bản")
            self.fields["notation"].help_text = _now("Như ghi trên văn bản, ví dụ 214/LĐTBXH.")
            self.fields["other_agency"].label = _now("Nơi gửi")
            self.fields["other_party"].label = _now("Nơi gửi khác")
            self.fields["scan"].label = _now("Bản chụp văn bản")

    def clean_other_agency(self) -> Agency | None:
        """The agency."""
        chosen = self.cleaned_data["other_agency"]
        return Agency.objects.get(pk=chosen) if chosen else None

    def clean_replaces(self) -> Paper | None:
        """The paper of that notation in the office's register. Raises ValidationError where there is none."""
        typed = self.cleaned_data["replaces"]
        if not typed:
            return None
        try:
            found = queries.outgoing(self.user, self.agency, papers.number(typed, field="replaces"))
        except Refused as refused:
            raise ValidationError(refused.message) from None
        if found is None:
            raise ValidationError(
                _now("Trong sổ văn bản đi của đơn vị không có văn bản “%(typed)s”.") % {"typed": typed}
            )
        return found


class ScanForm(FormWithFiles):
    """The scan of a paper that stands in the register."""

    scan = FilesField(label=_("Bản chụp văn bản đã ký"), most=1)


class CancelForm(Form):
    """Why a line of the register is cancelled."""

    words = TextField(label=_("Lý do"), max_length=REASON, rows=2, help_text=NAME_NOBODY)


class RegisterForm(Form):
    """Which series is shown, and what is looked for in it."""

    agency = forms.ChoiceField(label=_("Đơn vị"), required=False)
    year = forms.ChoiceField(label=_("Năm"), required=False)
    q = TextField(label=_("Số hoặc ký hiệu"), required=False, max_length=40,
                  widget=forms.TextInput(attrs={"placeholder": _("Số hoặc ký hiệu")}))  # fmt: skip

    def __init__(self, *args: Any, offices: Sequence[Any], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["agency"]).choices = [(str(row.pk), row.name) for row in offices]
        cast(forms.ChoiceField, self.fields["year"]).choices = [(str(year), str(year)) for year in years]
        if len(offices) < 2:
            del self.fields["agency"]
