"""Forms for loading plans, for the plan of the next period, and for carrying duties over."""

import base64
import datetime as dt
from typing import Any, cast

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core import yaml_nodes
from benan.core.days import legal_day
from benan.plan import agency_plans, carrying, numbering
from benan.plan.duties import AgencyDuty
from benan.plan.models import Clause, Plan
from benan.ui import forms

END = "end"


class UploadForm(forms.Form):
    """A plan file."""

    file = django_forms.FileField(
        label=gettext_lazy("Tệp kế hoạch"), help_text=gettext_lazy("Tệp YAML theo mẫu. Chưa có gì được nạp ở bước này."),
        error_messages={"required": gettext_lazy("Chưa chọn tệp."), "empty": gettext_lazy("Tệp này trống.")},
    )  # fmt: skip

    def clean_file(self) -> bytes:
        """What the file holds. Raises ValidationError where it is too long."""
        sent = self.cleaned_data["file"]
        if sent.size > yaml_nodes.MOST_BYTES:
            most = number_format(yaml_nodes.MOST_BYTES)
            raise ValidationError(_("Tệp dài quá %s byte nên không phải tệp kế hoạch.") % most)
        return sent.read()


class ConfirmForm(forms.Form):
    """That what was read is to be loaded: the file as it was sent, and what the plan said then."""

    source = django_forms.CharField(widget=django_forms.HiddenInput)
    seen = django_forms.CharField(widget=django_forms.HiddenInput, required=False)
    elsewhere = django_forms.BooleanField(
        label=gettext_lazy("Kế hoạch này của tỉnh khác; nạp để đọc, không tính số liệu."), required=False
    )

    def __init__(self, *args: Any, of_home: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_home:
            del self.fields["elsewhere"]

    def clean_source(self) -> bytes:
        """The file. Raises ValidationError where it does not come from the page before."""
        try:
            return base64.b64decode(self.cleaned_data["source"], validate=True)
        except ValueError:
            raise ValidationError(_("Tệp không đi cùng trang này; chọn lại tệp.")) from None


class NextPeriodForm(forms.Form):
    """Number, day and period of the plan that follows."""

    number = forms.TextField(label=gettext_lazy("Số, ký hiệu"), max_length=40)
    issued_on = forms.DayField(label=gettext_lazy("Ngày ban hành"))
    first = forms.DayField(label=gettext_lazy("Ngày đầu"))
    last = forms.DayField(label=gettext_lazy("Ngày cuối"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        begins = plan.last_day + dt.timedelta(days=1)
        years = plan.last_day.year - plan.period.lower.year + 1
        ends = dt.date(begins.year + years - 1, plan.last_day.month, min(plan.last_day.day, 28 if plan.last_day.month == 2 else 31))  # fmt: skip
        super().__init__(*args, initial={"first": begins, "last": ends}, **kwargs)
        self.plan = plan

    def clean_number(self) -> str:
        """The number. Raises ValidationError where no address can be made of it."""
        number: str = self.cleaned_data["number"]
        if not numbering.is_slug(numbering.slug(number, self.plan.issued_on.year, self.plan.province)):
            raise ValidationError(_("Số, ký hiệu phải có chữ cái không dấu hoặc chữ số, ví dụ 45/KH-UBND."))
        return number

    def clean(self) -> dict[str, Any]:
        """Days in their order, in the years that a plan file may name."""
        told = super().clean() or {}
        first, last, issued = told.get("first"), told.get("last"), told.get("issued_on")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải từ ngày đầu trở đi."))
        for name, day in (("first", first), ("last", last), ("issued_on", issued)):
            if day and not 2000 <= day.year <= 2099:
                self.add_error(name, _("Năm của kế hoạch nằm trong khoảng 2000 đến 2099."))
        if issued and told.get("number") == self.plan.number and issued.year == self.plan.issued_on.year:
            self.add_error("number", _("Kế hoạch mới phải có số khác, hoặc ban hành vào năm khác."))
        return told


class CarryForm(forms.Form):
    """What becomes of the open duties of one clause: the new clause, and of each agency who has the duty now."""

    to_clause = django_forms.ChoiceField(label=gettext_lazy("Chuyển sang mục"), required=False)
    reason = forms.TextField(
        label=gettext_lazy("Lý do kết thúc"), max_length=600, rows=2, required=False,
        help_text=gettext_lazy("Ghi khi nhiệm vụ của đơn vị nào kết thúc, không chuyển tiếp."),
    )  # fmt: skip
    seen = forms.SeenField()
    asked_by_law = ("reason", "to_clause")

    def __init__(self, *args: Any, plan: Plan, clause: Clause, duties: list[AgencyDuty], **kwargs: Any) -> None:
        targets = carrying.targets(plan)
        same = next((one.number for one in targets if one.number == clause.number), "")
        start = {"to_clause": same, "seen": carrying.newest(plan, clause)}
        super().__init__(*args, initial=start, **kwargs)
        self.targets = {one.number: one for one in targets}
        choices = [("", _("Không chuyển: kết thúc nhiệm vụ"))]
        choices += [(one.number, f"{one.number}. {' '.join(one.wording.split()[:14])}") for one in targets]
        cast(django_forms.ChoiceField, self.fields["to_clause"]).choices = choices
        today = legal_day()
        on = agency_plans.day_in(plan, today)
        others = carrying.everybody(plan, today)
        self.agencies = {str(duty.agency.pk): duty.agency for duty in duties}
        self.heirs: dict[str, Agency] = {}
        for key, agency in self.agencies.items():
            own = carrying.heirs(agency, plan, today)
            offered = own or others
            self.heirs |= {str(each.pk): each for each in offered}
            names = agencies.names([each.pk for each in offered] + [agency.pk], on)
            label = names.get(agency.pk) or agencies.names_by_day([(agency.pk, clause.plan.last_day)])[agency.pk, clause.plan.last_day]  # fmt: skip
            listed = [(str(each.pk), names.get(each.pk, "")) for each in offered]
            ending = [(END, _("Kết thúc, không chuyển tiếp"))]
            self.fields[f"to-{key}"] = django_forms.ChoiceField(
                label=label, choices=[*([] if len(own) == 1 else [("", _("Chọn đơn vị"))]), *listed, *ending],
                initial=str(own[0].pk) if len(own) == 1 else "", help_text=self._hint(own),
            )  # fmt: skip
        self.order_fields(["seen", "to_clause", *(f"to-{key}" for key in self.agencies), "reason"])

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        told = super().told()
        chosen = {self.agencies[key]: self.heirs.get(told[f"to-{key}"]) for key in self.agencies}
        to_clause = self.targets.get(told["to_clause"])
        return {"to_clause": to_clause, "heirs": chosen, "reason": told["reason"], "seen": told["seen"]}

    @staticmethod
    def _hint(own: list[Agency]) -> str:
        if len(own) > 1:
            return _("Đơn vị này có nhiều đơn vị kế tiếp; chọn đơn vị nhận việc.")
        return "" if own else _("Đơn vị này đã kết thúc và không có đơn vị kế tiếp trong chương trình.")
