"""Shapes of what is typed about needs and what was given."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from benan.cases.forms import CaseForm
from benan.cases.models import Case, Fact
from benan.needs.actions.applications import APPLICANTS, DECISIONS
from benan.needs.kinds import APPLIED_FOR, INITIAL, KINDS
from benan.needs.models import Need, Provision
from benan.rules import entitlements
from benan.ui.forms import (
    AmountField,
    AnswerCards,
    ChoiceCards,
    DayField,
    MultiChoiceCards,
    Option,
    TextField,
)

KNOWN = [("yes", _("Có")), ("no", _("Không"))]


class GivenForm(CaseForm):
    """What was given tonight, of what was needed; `needs` are all, of which those stand on the form that are open.

    One that was answered meanwhile stands there again where it was sent, so that the verb can say so of it.
    """

    given = MultiChoiceCards(label=_("Đã hỗ trợ những gì?"), required=False, columns=2)
    refused = MultiChoiceCards(label=_("Những hỗ trợ đã đề nghị mà người ấy từ chối"), required=False, columns=2)
    on = DayField(label=_("Ngày"))

    def __init__(self, *args: Any, needs: Iterable[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = (
            {*self.data.getlist("given"), *self.data.getlist("refused")} if isinstance(self.data, QueryDict) else set()
        )
        choices = [
            (str(need.pk), Option(need.label, INITIAL[need.kind].icon if need.kind in INITIAL else ""))
            for need in needs
            if need.is_open or str(need.pk) in sent
        ]
        for name in ("given", "refused"):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A thing is given or refused, not both."""
        both = set(self.cleaned_data.get("given", ())) & set(self.cleaned_data.get("refused", ()))
        if both:
            raise forms.ValidationError(_("Một khoản hỗ trợ không thể vừa đã cấp vừa bị từ chối. Bỏ một trong hai."))
        return self.cleaned_data


class FactForm(CaseForm):
    """One thing known of the person, and from which day it is true."""

    value = AnswerCards(label="", columns=3)
    true_from = DayField(label=_("Có giá trị từ ngày"), required=False,
                         help_text=_("Để trống nếu từ trước đến nay vẫn như vậy. Nếu ghi ngày thì thông tin đã ghi trước vẫn áp "
                                     "dụng cho những ngày trước đó."))  # fmt: skip

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = Fact.Name(name).label
        cast(forms.ChoiceField, self.fields["value"]).choices = AnswerCards.with_unsure(
            Case.Nationality.choices if name == Fact.Name.NATIONALITY else KNOWN
        )


class ProvideForm(CaseForm):
    """One thing offered, refused, begun or given."""

    outcome = ChoiceCards(label=_("Kết quả"), choices=Provision.Outcome.choices, columns=2)
    on = DayField(label=_("Ngày"))
    agency = forms.ChoiceField(label=_("Đơn vị hỗ trợ"))
    amount = AmountField(
        label=_("Số tiền (đồng)"), required=False, help_text=_("Khi hỗ trợ bằng tiền, ví dụ 1.000.000 hoặc 1,5 triệu.")
    )
    words = TextField(
        label=_("Ghi thêm"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )
    ground = TextField(label=_("Căn cứ, khi số tiền thấp hơn mức tối thiểu"), required=False, max_length=2000, rows=2,
                       help_text=_("Chỉ ghi khi chương trình báo số tiền thấp hơn mức tối thiểu. Được hạn chế tiếp cận."))  # fmt: skip
    field_order = ["outcome", "on", "agency", "amount", "ground", "words"]

    def __init__(self, *args: Any, team: list[tuple[int, str]], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["agency"]).choices = team
        if not any(floor.need == KINDS[kind].right for floor in entitlements.floors()):
            del self.fields["ground"]


class ApplyForm(CaseForm):
    """A written application for support."""

    kinds = MultiChoiceCards(label=_("Nội dung đề nghị hỗ trợ"), choices=list(APPLIED_FOR.items()), columns=1)
    applicant = ChoiceCards(label=_("Người làm đơn"), choices=list(APPLICANTS.items()), columns=2)
    on = DayField(label=_("Ngày UBND cấp xã nhận đơn"))


class ApplicationForm(CaseForm):
    """What happened to an application."""

    decision = ChoiceCards(label=_("Quyết định"), choices=list(DECISIONS.items()), columns=2)
    on = DayField(label=_("Ngày"))
    paper_no = TextField(label=_("Số văn bản"), required=False, max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"), required=False)
    words = TextField(
        label=_("Ghi thêm"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.move.key != "application_decided":
            del self.fields["decision"]


class WhyForm(CaseForm):
    """Why something is taken back or ended."""

    words = TextField(label=_("Lý do"), max_length=5000, rows=3, help_text=_("Được hạn chế tiếp cận như danh tính."))
