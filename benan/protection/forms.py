"""Shapes of what is typed about danger and protection."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from benan.agencies.models import Agency, OnCallContact
from benan.cases.forms import CaseForm, DayForm
from benan.core.days import legal_day, show
from benan.protection import offices, queries
from benan.protection.models import Measure
from benan.protection.vocabulary import MEASURES
from benan.rules import vocabularies
from benan.rules.forms import card
from benan.ui.forms import (
    ChoiceCards,
    DayField,
    Option,
    TextField,
    TimeField,
)

DANGER = [("yes", _("Có")), ("no", _("Không")), ("unknown", _("Chưa rõ"))]


class DangerForm(CaseForm):
    """A form on which danger may be found: which of the offices that could be told the danger comes from, if any."""

    danger_from = forms.ChoiceField(
        label=_("Nếu có nguy hiểm: người gây nguy hiểm có làm việc ở cơ quan nào sau đây không?"),
        required=False,
        help_text=_(
            "Cơ quan được chọn không được báo và không xem được hồ sơ này nữa, kể cả khi đó là cơ quan "
            "mình; cơ quan cấp trên "
            "được báo thay."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("Chọn cơ quan, nếu có")), *queries.danger_offices(self.case)]
        field = cast(forms.ChoiceField, self.fields["danger_from"])
        # What somebody else recorded meanwhile is no mistake: danger is recorded all the same.
        field.choices = [*offered, *((office.pk, office.key) for office in offices.kept_from(self.case))]
        field.widget.choices = offered

    def clean_danger_from(self) -> Agency | None:
        """The agency that was chosen."""
        chosen = self.cleaned_data["danger_from"]
        return Agency.objects.filter(pk=chosen).first() if chosen else None

    @property
    def says_danger(self) -> bool:
        """Whether the answer about danger is yes, whatever else was answered."""
        return self.cleaned_data.get("danger") == "yes"


class MeasureForm(CaseForm):
    """A protection measure."""

    kind = ChoiceCards(label=_("Biện pháp"), columns=1,
                       help_text=_("Nghị định 62/2012, Điều 7. Đơn vị nào được quyết định biện pháp nào: Điều 8."))  # fmt: skip
    consented = forms.BooleanField(label=_("Người ấy hoặc người đại diện đồng ý."), required=False)
    unable = forms.BooleanField(
        label=_("Người ấy chưa tự quyết định được (bất tỉnh, trẻ nhỏ…): căn cứ ghi ở “Ghi thêm”."), required=False
    )
    on = DayField(label=_("Áp dụng từ ngày"))
    words = TextField(
        label=_("Ghi thêm"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = Measure.objects.of(self.case).filter(ended_on=None)
        since = {row.kind: _("Đang áp dụng từ ngày %(on)s.") % {"on": show(row.started_on)} for row in in_force}
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (entry.key, Option(card(entry)[1], hint=since[entry.key]) if entry.key in since else card(entry)[1])
            for entry in vocabularies.entries(MEASURES, legal_day())
        ]


class StillDangerForm(CaseForm):
    """Whether danger stands after a measure was decided on; nobody answers without choosing."""

    stands = ChoiceCards(label=_("Ngay lúc này, người ấy còn gặp nguy hiểm không?"), columns=1, choices=[
        ("yes", Option(_("Còn nguy hiểm, hoặc chưa chắc"), hint=_("Cảnh báo nguy hiểm, số điện thoại và dấu trên hồ sơ vẫn hiển thị ở mọi nơi đã được báo."))),
        ("no", Option(_("Không còn nguy hiểm"), hint=_(
            "Cảnh báo nguy hiểm kết thúc ở mọi nơi; nơi đã được báo biết là đã hết nguy hiểm. Biện pháp "
            "vẫn áp dụng đến khi có quyết định chấm dứt."))),
    ])  # fmt: skip
    on = DayField(label=_("Ngày"))
    words = TextField(label=_("Lý do"), required=False, max_length=5000, rows=3,
                      help_text=_("Được hạn chế tiếp cận như danh tính."))  # fmt: skip

    def clean_stands(self) -> bool:
        """Whether danger stands."""
        return self.cleaned_data["stands"] == "yes"


class RefusalForm(CaseForm):
    """Protection refused."""

    warned = forms.BooleanField(
        label=_(
            "Đã nói rõ: khi từ chối, người ấy tự chịu trách nhiệm về an toàn của mình, và có thể thay "
            "đổi ý kiến bất cứ lúc nào."
        ),
        required=False,
    )
    on = DayField(label=_("Ngày"))
    words = TextField(label=_("Ghi thêm"), required=False, max_length=5000, rows=3)


class NoMeasureForm(CaseForm):
    """No measure applied, with written reasons."""

    paper_no = TextField(label=_("Số văn bản trả lời"), max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"))
    words = TextField(label=_("Lý do"), max_length=5000, rows=3)
    on = DayField(label=_("Ngày trả lời"))


class CallForm(CaseForm):
    """A call about danger: to a contact on call or to an office."""

    to = forms.ChoiceField(label=_("Đã gọi cho"))
    on = DayField(label=_("Ngày gọi"))
    at = TimeField(label=_("Giờ gọi"))
    words = TextField(label=_("Nội dung đã thống nhất"), required=False, max_length=5000, rows=3,
                      help_text=_("Người thực hiện, thời gian, địa điểm. Được hạn chế tiếp cận như danh tính."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = queries.numbers_on_call(self.case, offices.kept_from(self.case))
        cast(forms.ChoiceField, self.fields["to"]).choices = [
            ("", _("Chọn nơi đã gọi")),
            (_("Số trực"), [(f"so:{row.pk}", f"{row.label} {row.phone}") for row in contacts]),
            (_("Cơ quan"), [(f"noi:{pk}", name) for pk, name in queries.danger_offices(self.case)]),
        ]

    def clean_to(self) -> Agency | OnCallContact:
        """The contact or the agency that was chosen."""
        kind, _colon, pk = self.cleaned_data["to"].partition(":")
        return OnCallContact.objects.get(pk=pk) if kind == "so" else Agency.objects.get(pk=pk)


class ProtectionRequestForm(CaseForm):
    """The paper that asks for protection."""

    to = forms.ChoiceField(label=_("Gửi cơ quan"))
    paper_no = TextField(label=_("Số văn bản đề nghị"), max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"))
    on = DayField(label=_("Ngày gửi"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["to"]).choices = [
            ("", _("Chọn cơ quan")),
            *queries.danger_offices(self.case),
        ]

    def clean_to(self) -> Agency:
        """The agency that was chosen."""
        return Agency.objects.get(pk=self.cleaned_data["to"])


class KeepFromForm(CaseForm):
    """An office that must not know."""

    agency = forms.ChoiceField(label=_("Người gây nguy hiểm làm việc ở cơ quan nào?"))
    on = DayField(label=_("Ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["agency"]).choices = [
            ("", _("Chọn cơ quan")),
            *queries.danger_offices(self.case),
        ]

    def clean_agency(self) -> Agency:
        """The agency that was chosen."""
        return Agency.objects.get(pk=self.cleaned_data["agency"])


class MeasuresEndedForm(DayForm):
    """The end of protection, with its reason."""

    words = TextField(label=_("Lý do chấm dứt"), max_length=5000, rows=3)
