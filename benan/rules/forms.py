"""Shape of a correction of the table of official days; the lists of the law as choices of a field."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.core.days import legal_day
from benan.rules import vocabularies
from benan.rules.models import OfficialDay
from benan.rules.vocabularies import VocabularyEntry
from benan.ui.forms import ChoiceCards, DayField, Form, Option, TextField

Choice = tuple[str, str | Promise | Option]


def choices_of_the_law(list_key: str, *, blank: str | Promise = "") -> Callable[[], list[Choice]]:
    """For `choices` of a field: what a list of the law offers on the legal day on which the form is built.

    `blank` stands first, where nothing is chosen yet.
    """

    def offered() -> list[Choice]:
        first: list[Choice] = [("", blank)] if blank else []
        return [*first, *map(card, vocabularies.entries(list_key, legal_day()))]

    return offered


def card(entry: VocabularyEntry) -> Choice:
    """An entry as a choice, with a line under it where it was never checked against the law."""
    return entry.key, Option(entry.label, hint=_("chưa kiểm chứng")) if entry.unverified else entry.label


class OfficialDayForm(Form):
    """What a day is, where a notice differs from the table."""

    day = DayField(label=_("Ngày"))
    kind = ChoiceCards(label=_("Loại ngày"), columns=2, choices=OfficialDay.Kind.choices)
    name = TextField(label=_("Tên của ngày"), max_length=120, help_text=_("Ví dụ: Nghỉ hoán đổi, Làm bù."))
    source = TextField(label=_("Căn cứ"), max_length=200, help_text=_("Số và ngày của thông báo, hoặc điều luật."))
