"""Forms of periods and returns."""

import re
from collections.abc import Mapping
from typing import Any, cast

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.core import text
from benan.documents.forms import FilesField, FormWithFiles
from benan.reports.actions.returns import Filled, Written
from benan.reports.content import Content
from benan.reports.models import Cell, Kind, Return
from benan.reports.proposing import amount
from benan.ui import forms

LARGEST = 10**15


class FigureField(django_forms.Field):
    """A number as people write it, 18960 or 18.960; None where nothing is typed."""

    widget = django_forms.TextInput(attrs={"class": "short", "autocomplete": "off", "inputmode": "numeric"})

    def prepare_value(self, value: Any) -> Any:
        """With points between thousands; what was typed stays as it was typed."""
        return amount(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """The number, or None. Raises ValidationError with a sentence that shows what was typed."""
        if isinstance(value, int) or value in self.empty_values:
            return value if isinstance(value, int) else None
        typed = text.plain(str(value))
        if not typed:
            return None
        if (
            not re.fullmatch(r"\d{1,16}|\d{1,3}(?:[. ]\d{3})+", typed)
            or (number := int(re.sub(r"\D", "", typed))) > LARGEST
        ):
            raise ValidationError(
                _("“%(typed)s” không phải số. Ghi chữ số, ví dụ 0, 28 hoặc 18.960.") % {"typed": typed[:30]}
            )
        return number


class ChangesForm(forms.Form):
    """A form that tells only what somebody changed, with what they had in view: its fields have `show_hidden_initial`."""

    def now_stands(self, now: Mapping[str, Any]) -> None:
        """Remember what stands in some fields, so that saving again goes through."""
        data = cast(QueryDict, self.data).copy()
        for name, value in now.items():
            data[self[name].html_initial_name] = self.fields[name].prepare_value(value)
        self.data = data

    def _seen(self, name: str) -> Any:
        sent = self.data.get(self[name].html_initial_name)
        try:
            return self.fields[name].to_python(sent)
        except ValidationError:
            return None


class ReturnForm(ChangesForm):
    """The figures and the text of a return: `c-` and `r-` with the id of a cell, `n-` with the key of a section.

    A figure that was counted has a reason beside it.
    """

    def __init__(self, *args: Any, ret: Return, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ret = ret
        self.cells = {(cell.line, cell.part): cell for cell in ret.cells.all()}
        for cell in self.cells.values():
            if not ret.consolidates:
                self._figure(cell)
        words = dict(ret.narratives.values_list("section", "words"))
        for section in ret.period.sections:
            if section["key"] in words:
                self.fields[f"n-{section['key']}"] = forms.TextField(
                    label=section["heading"], max_length=20_000, rows=_height(words[section["key"]]), required=False,
                    initial=words[section["key"]],
                    show_hidden_initial=True,
                )  # fmt: skip

    def _figure(self, cell: Cell) -> None:
        names = {line["key"]: line["name"] for line in self.ret.period.lines}
        name = " ".join(filter(None, [names.get(cell.line, _("Chỉ tiêu %s") % cell.line), cell.words]))
        field = FigureField(label=name, required=False, initial=cell.value, show_hidden_initial=True)
        field.widget.attrs["aria-label"] = name
        self.fields[f"c-{cell.pk}"] = field
        if cell.counted is not None:
            reason = forms.TextField(
                label=_("Giải trình: %s") % name,
                max_length=500,
                required=False,
                initial=cell.reason,
                show_hidden_initial=True,
            )
            reason.widget.attrs["aria-label"] = reason.label
            self.fields[f"r-{cell.pk}"] = reason

    def told(self) -> dict[str, Any]:
        """The arguments of the verb: what was changed."""
        changed = set(self.changed_data)
        given = self.cleaned_data
        figures = {
            cell.pk: Filled(given.get(f"c-{cell.pk}"), given.get(f"r-{cell.pk}") or "", self._seen(f"c-{cell.pk}"))
            for cell in self.cells.values()
            if changed & {f"c-{cell.pk}", f"r-{cell.pk}"}
        }
        texts = {
            name[2:]: Written(given[name], self._seen(name) or "") for name in changed if name.startswith("n-")
        }  # fmt: skip
        return {"figures": figures, "texts": texts}

    def rows(self, found: Content) -> dict[str, list[tuple[Any, Any, Any]]]:
        """The figures of each line or indicator (its key), each with its two boxes; without boxes where it may not be changed."""
        lines: list[tuple[str, tuple[Any, ...]]] = [(each.number, each.cells) for each in found.indicators]
        lines += [(line.key, line.cells) for line in found.lines]
        return {
            key: [(cell, self._box("c", key, cell.part), self._box("r", key, cell.part)) for cell in cells]
            for key, cells in lines
        }

    def _box(self, kind: str, line: str, part: str) -> Any:
        cell = self.cells.get((line, part))
        name = f"{kind}-{cell.pk}" if cell else ""
        return self[name] if name in self.fields else None


def _height(words: str) -> int:
    """How many rows show some words without scrolling, within reason."""
    wrapped = sum(1 + len(line) // 90 for line in words.splitlines())
    return min(max(wrapped + 1, 3), 12)


class RequestedPeriodForm(forms.Form):
    """A period that a superior asked for."""

    kind = forms.ChoiceCards(label=gettext_lazy("Loại kỳ"), choices=Kind.choices)
    name = forms.TextField(
        label=gettext_lazy("Tên kỳ"),
        max_length=120,
        help_text=gettext_lazy(
            "Như trong trích yếu: quý II năm 2020. Không ghi tên người, vụ việc: mọi đơn vị báo cáo đều đọc được."
        ),
    )
    first = forms.DayField(label=gettext_lazy("Số liệu từ ngày"))
    last = forms.DayField(label=gettext_lazy("Đến hết ngày (chốt số liệu)"))
    due_on = forms.DayField(label=gettext_lazy("Đơn vị nộp chậm nhất"))
    ground = forms.TextField(
        label=gettext_lazy("Văn bản yêu cầu"), max_length=120,
        help_text=gettext_lazy("Số và ký hiệu, không ghi lời khác: 214/UBND-VX."),
    )  # fmt: skip


class SeenForm(forms.Form):
    """A button: with the last step that was in view."""

    seen = forms.SeenField()


class WordsForm(SeenForm):
    """What is said to who goes on with a return."""

    words = forms.TextField(
        label=gettext_lazy("Ý kiến"), max_length=2000, rows=4,
        help_text=gettext_lazy("Nêu rõ mục, số nào và phải sửa gì. Không ghi tên, mã hồ sơ hay chuyện riêng của một người."),
    )  # fmt: skip


class PutForm(forms.Form):
    """What the drafter wants the head to know."""

    words = forms.TextField(
        label=gettext_lazy("Vấn đề cần thủ trưởng cho ý kiến"), max_length=2000, rows=3, required=False
    )


class PaperForm(FormWithFiles):
    """Number and day of the paper that was signed outside."""

    paper_no = forms.TextField(
        label=gettext_lazy("Số, ký hiệu"), max_length=40, help_text=gettext_lazy("Ví dụ 214/BC-UBND.")
    )
    paper_on = forms.DayField(label=gettext_lazy("Ngày văn bản"))
    scan = FilesField(label=gettext_lazy("Bản chụp đã ký, đóng dấu"), required=False, most=1)


class ConsolidateForm(forms.Form):
    """The act of consolidating; with the box, units that did not report are named on its face."""

    with_missing = django_forms.BooleanField(
        label=gettext_lazy("Tổng hợp khi chưa đủ đơn vị"), required=False,
        help_text=gettext_lazy("Báo cáo tổng hợp nêu tên những đơn vị chưa nộp."),
    )  # fmt: skip
