"""Forms as officers meet them: label, hint, what is wrong beside the field, answers as large cards.

Forms hold the shape of input only. What the law or the record refuses is said by a verb
(benan.core.refusals) and shown here with `Form.refuse`.
"""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import renderers
from django.template.backends.django import DjangoTemplates
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

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


class MultiChoiceCards(forms.MultipleChoiceField):
    """Several answers shown as large cards."""

    def __init__(self, *, columns: str | int = "", extra_class: str = "", **kwargs: Any) -> None:
        super().__init__(widget=CheckboxCards(columns=columns, extra_class=extra_class), **kwargs)


class TextField(forms.CharField):
    """Typed text, cleaned (benan.core.text.clean); too much of it is answered with a sentence.

    The browser is not told the limit: it would cut what is pasted without a word.
    """

    def __init__(self, *, max_length: int = 200, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(strip=False, **kwargs)
        self.limit = max_length

    def to_python(self, value: Any) -> Any:
        """The cleaned text. Raises ValidationError where it is longer than the field takes."""
        value = text.clean(super().to_python(value) or "")
        if len(value) > self.limit:
            raise ValidationError(
                _("Đã gõ %(typed)s ký tự, ô này nhận nhiều nhất %(limit)s. Rút bớt %(over)s ký tự.")
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
    """The state of the record the officer had in view (the id of its last step), carried along unseen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, label="", **kwargs)


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
    """

    recorded: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.recorded:
            self.fields[name].show_hidden_initial = True

    def told(self) -> dict:
        """The cleaned data, without those `recorded` answers that stand as they stood when the page was opened."""
        left_alone = set(self.recorded) - set(self.changed_data)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_alone}


def _missing(field: forms.Field) -> str:
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Chưa chọn câu trả lời nào.")
    return _("Chưa đánh dấu ô này.") if isinstance(field, forms.BooleanField) else _("Ô này chưa ghi.")
