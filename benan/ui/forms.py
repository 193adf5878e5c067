"""Forms as officers meet them: label, hint, what is wrong beside the field, answers as large cards.

Forms hold the shape of input only. What the law or the record refuses is said by a verb
(benan.core.refusals) and shown here with `Form.refuse`.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import renderers
from django.forms.utils import flatatt
from django.template.backends.django import DjangoTemplates
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.core import amounts, days, refusals, text

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d+)")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# Seconds are what a browser adds to a time that it fills in.
_HOUR = re.compile(r"(\d{1,2}) ?(?:(?:giờ|gio|[:.hg]) ?(\d{2}) ?(?:phút|phut|p)?(?::\d\d)?|giờ|gio|[hg])")
_PLAIN_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")


class Renderer(renderers.DjangoTemplates):
    """Every form of the program and of its packages in our templates (core/templates/forms)."""

    form_template_name = "forms/form.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The markup; that of a select without a template, which takes ten times as long over hundreds of options."""
        if template_name == forms.Select.template_name:
            return _select(context["widget"])
        return super().render(template_name, context, request)

    field_template_name = "forms/field.html"

    @cached_property
    def engine(self) -> Any:
        """Django's form templates with our tags; ours are found first."""
        ours, theirs = Path(__file__).parent / "templates", Path(renderers.__file__).parent / "templates"
        return DjangoTemplates(
            {
                "NAME": "forms",
                "DIRS": [ours, theirs],
                "APP_DIRS": True,
                "OPTIONS": {"builtins": settings.TEMPLATES[0]["OPTIONS"]["builtins"]},  # type: ignore[index]  # values of several kinds
            }
        )


@dataclass(frozen=True)
class Option:
    """The label of one answer card, with an icon of the sprite and a line of explanation."""

    label: object
    icon: str = ""
    hint: object = ""

    def __str__(self) -> str:
        return str(self.label)


class _Cards(forms.Widget):
    template_name = "forms/cards.html"

    def __init__(self, *args: Any, columns: str | int = "", extra_class: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self.extra_class = columns, extra_class

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"columns": self.columns, "extra_class": self.extra_class}
        return context


class RadioCards(_Cards, forms.RadioSelect):
    """One answer out of several cards; `columns` 1, 2 or 3, else as many as fit."""


class CheckboxCards(_Cards, forms.CheckboxSelectMultiple):
    """Any number of answers out of several cards."""


class ChoiceCards(forms.ChoiceField):
    """One answer shown as large cards; choices are (value, text) or (value, Option)."""

    def __init__(self, *, columns: str | int = "", extra_class: str = "", **kwargs: Any) -> None:
        super().__init__(widget=RadioCards(columns=columns, extra_class=extra_class), **kwargs)


class AnswerCards(ChoiceCards):
    """One answer about a person, with "Chưa rõ" as the last card; it is given as "", and no card is chosen beforehand.

    Whoever leaves the question alone gives "" too: where that differs, the form lists the field in `recorded`.
    """

    UNSURE = "unsure"

    def __init__(self, *, choices: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(choices=self.with_unsure(choices), **kwargs)

    @classmethod
    def with_unsure(cls, choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """The choices with "Chưa rõ" after them, in place of one without a key."""
        return [*(choice for choice in choices if choice[0]), (cls.UNSURE, gettext_lazy("Chưa rõ"))]

    def clean(self, value: Any) -> Any:
        """The key of the answer, "" for "Chưa rõ"."""
        value = super().clean(value)
        return "" if value == self.UNSURE else value


class MultiChoiceCards(forms.MultipleChoiceField):
    """Several answers shown as large cards."""

    def __init__(self, *, columns: str | int = "", extra_class: str = "", **kwargs: Any) -> None:
        super().__init__(widget=CheckboxCards(columns=columns, extra_class=extra_class), **kwargs)


@dataclass(frozen=True)
class MatrixRow:
    """One question of a matrix: its key and label, and what was answered before, in words."""

    key: str
    label: object
    before: str = ""


class Matrix(forms.Widget):
    """A table of questions in groups, with one radio button for each possible answer; as blocks at 360 px.

    `groups` (label, rows) and `columns` (key, label) are set by the form; the last column, with the key "", is the answer of
    nobody and is chosen until another one is.
    """

    template_name = "forms/matrix.html"
    use_fieldset = True
    groups: Sequence[tuple[object, Sequence[MatrixRow]]] = ()
    columns: Sequence[tuple[str, object]] = ()

    def id_for_label(self, id_: str) -> str:
        """None: the label is the legend of the table."""
        return ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The table with the answers of `value`."""
        context = super().get_context(name, value, attrs)
        answers = value or {}
        numbers = itertools.count()
        context["widget"] |= {
            "columns": self.columns,
            "groups": [
                (label, [(row, f"{name}-{row.key}", next(numbers), answers.get(row.key, "")) for row in rows])
                for label, rows in self.groups
            ],
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """The answers that were sent, by key of the row; rows without one are left out."""
        sent = ((row.key, data.get(f"{name}-{row.key}")) for _label, rows in self.groups for row in rows)
        return {key: answer for key, answer in sent if answer}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """False: a table without an answer is sent as nothing."""
        return False


class MatrixField(forms.Field):
    """The answers of a matrix, by key of the row; rows that nobody answered are left out."""

    widget = Matrix

    def clean(self, value: Any) -> dict[str, str]:
        """The answers. Raises ValidationError where one is no column of the table."""
        if not set(value.values()) <= {key for key, _label in self.widget.columns}:
            raise ValidationError(_("Lựa chọn đã gửi không có trong bảng. Chọn lại."))
        return value


class TextField(forms.CharField):
    """Typed text, cleaned (benan.core.text.clean); too much of it is answered with a sentence.

    The browser is not told the limit: it would cut what is pasted without a word. It neither keeps what is typed, to offer
    it for the next person, nor sends it anywhere to have its spelling checked. `keys` is the keyboard of a telephone
    (HTML's inputmode).
    """

    def __init__(self, *, max_length: int = 200, rows: int = 0, keys: str = "text", **kwargs: Any) -> None:
        self.limit, self.keys = max_length, keys
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(strip=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What the browser is told of the box."""
        said = {"autocomplete": "off", "spellcheck": "false", "inputmode": self.keys}
        return {**super().widget_attrs(widget), **said}

    def to_python(self, value: Any) -> Any:
        """The cleaned text. Raises ValidationError where it is longer than the field takes."""
        value = text.clean(super().to_python(value) or "")
        if len(value) > self.limit:
            raise ValidationError(
                _("Đã nhập %(typed)s ký tự, ô này nhận nhiều nhất %(limit)s. Bớt %(over)s ký tự.")
                % {
                    "typed": number_format(len(value)),
                    "limit": number_format(self.limit),
                    "over": number_format(len(value) - self.limit),
                }
            )
        return value


class DayField(forms.Field):
    """A day as people type it: 09/11/2017, 9-11-2017, 09112017 or 2017-11-09; gives a date."""

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off", "inputmode": "text"})

    def prepare_value(self, value: Any) -> Any:
        """A date as 09/11/2017; what was typed stays as it was typed."""
        return days.show(value) if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> Any:
        """The date, or None. Raises ValidationError with a sentence that names what was typed."""
        if isinstance(value, dt.date) or value in self.empty_values:
            return value or None
        typed = text.plain(value)
        if not typed:
            return None
        shown = typed if len(typed) <= 30 else f"{typed[:30]}…"
        if found := _ISO_DAY.fullmatch(typed):
            year, month, day = found.groups()
        elif found := _DAY.fullmatch(typed) or _PLAIN_DAY.fullmatch(typed):
            day, month, year = found.groups()
        else:
            raise ValidationError(
                _("“%(typed)s” không phải là một ngày. Ghi ngày/tháng/năm, ví dụ 09/11/2017.") % {"typed": shown}
            )
        if len(year) != 4:
            raise ValidationError(_("Ngày %(typed)s: năm cần đủ bốn chữ số, ví dụ 09/11/2017.") % {"typed": shown})
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise ValidationError(
                _("Ngày %(typed)s: năm %(year)s nằm ngoài khoảng %(first)s đến %(last)s.")
                % {"typed": shown, "year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
            )
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(_("Ngày %(typed)s không có trong lịch.") % {"typed": shown}) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another day was typed."""
        return super().has_changed(days.show(initial) if isinstance(initial, dt.date) else initial, data)


class AmountField(forms.Field):
    """An amount of money as people write it (benan.core.amounts); gives whole đồng."""

    widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off", "inputmode": "text"})

    def to_python(self, value: Any) -> Any:
        """The amount, or None. Raises ValidationError with a sentence that shows what was typed."""
        if isinstance(value, int) or value in self.empty_values:
            return value or None
        try:
            return amounts.parse(value)
        except refusals.Refused as refused:
            raise ValidationError(refused.message) from None


class TimeField(forms.TimeField):
    """An hour as people type it, from whatever keyboard: 21:40, 21h40, 21.40, 9h, 9 giờ 15; gives a time."""

    widget = forms.TimeInput(attrs={"class": "short", "autocomplete": "off", "inputmode": "text"})

    def to_python(self, value: Any) -> Any:
        """The time, or None. Raises ValidationError with a sentence that names what was typed."""
        if not isinstance(value, str) or value in self.empty_values:
            return value or None
        typed = text.plain(value)
        if not typed:
            return None
        if found := _HOUR.fullmatch(typed.lower()):
            hour, minute = int(found[1]), int(found[2] or 0)
            if hour < 24 and minute < 60:
                return dt.time(hour, minute)
        shown = typed if len(typed) <= 30 else f"{typed[:30]}…"
        raise ValidationError(
            _("“%(typed)s” không phải là một giờ trong ngày. Ghi giờ:phút, ví dụ 21:40.") % {"typed": shown}
        )


class SeenField(forms.IntegerField):
    """The state of the record the officer had in view (the id of its last step), carried along unseen.

    What is missing or no number is `UNKNOWN`, the id of no step: the verb then answers that the record is to be read again.
    """

    UNKNOWN = -1

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, label="", **kwargs)

    def clean(self, value: Any) -> int:
        """The id, or UNKNOWN."""
        try:
            seen = super().clean(value)
        except ValidationError:
            return self.UNKNOWN
        return self.UNKNOWN if seen is None else seen


class Says(forms.BaseForm):
    """Sentences for what is missing, for any form class; needs `fields`."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field)
            if field.error_messages.get("invalid_choice") == forms.ChoiceField.default_error_messages["invalid_choice"]:
                # What was sent is a number of the database, never words: a choice is not typed.
                field.error_messages["invalid_choice"] = _(
                    "Lựa chọn đã gửi không còn trong danh sách, có thể vì đã đổi từ lúc mở trang. Chọn lại."
                )

    def refuse(self, refused: refusals.Refused) -> None:
        """Show what a verb refused, at its field when this form has it, else above all fields."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)


class Form(Says, forms.Form):
    """The form all pages use. The browser does not check it: the page answers in our words.

    `recorded` names the fields that begin with what the record says. The page carries along what that was, so that
    an answer the officer left alone is not written (`told`): the record may have moved on since.
    `asked_by_law` names fields that may be left empty in some cases only: they are not called optional.
    """

    recorded: tuple[str, ...] = ()
    asked_by_law: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.recorded:
            self.fields[name].show_hidden_initial = True
        for name in self.asked_by_law:
            setattr(self.fields[name], "asked_by_law", True)  # noqa: B010, asked of the field by its template

    def told(self) -> dict:
        """The cleaned data, without those `recorded` answers that stand as they stood when the page was opened."""
        left_alone = set(self.recorded) - set(self.changed_data)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_alone}


def _select(widget: dict[str, Any]) -> str:
    options = []
    for group, members, _index in widget["optgroups"]:
        listed = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((str(one["value"]), " selected" if one["selected"] else "", one["label"]) for one in members),
        )
        options.append(format_html('<optgroup label="{}">{}</optgroup>', group, listed) if group else listed)
    joined = format_html_join("", "{}", ((each,) for each in options))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), joined)


def _missing(field: forms.Field) -> str:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Chưa chọn câu trả lời.")
    return _("Chưa đánh dấu ô này.") if isinstance(field, forms.BooleanField) else _("Ô này còn để trống.")
