"""Shape of a correction of the table of official days."""

from django.utils.translation import gettext_lazy as _

from benan.core.forms import ChoiceCards, DayField, Form, TextField
from benan.rules.models import OfficialDay


class OfficialDayForm(Form):
    """What a day is, where a notice differs from the table."""

    day = DayField(label=_("Ngày nào?"))
    kind = ChoiceCards(label=_("Ngày ấy là ngày gì?"), columns=2, choices=OfficialDay.Kind.choices)
    name = TextField(label=_("Tên của ngày"), max_length=120, help_text=_("Ví dụ: Nghỉ hoán đổi, Làm bù."))
    source = TextField(label=_("Căn cứ"), max_length=200, help_text=_("Số và ngày của thông báo, hoặc điều luật."))
