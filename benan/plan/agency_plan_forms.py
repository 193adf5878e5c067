"""Forms of the plans of agencies."""

from typing import Any, cast

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from benan.core.days import legal_day, show
from benan.plan import agency_plans
from benan.plan.models import Activity, AgencyPlan, Clause
from benan.ui import forms


class ClauseField(django_forms.ModelChoiceField):
    """One clause, chosen by its number and the first words."""

    def label_from_instance(self, obj: Clause) -> str:
        """Number and first words."""
        words = obj.wording.split()
        return f"{obj.number}. {' '.join(words[:14])}{'…' if len(words) > 14 else ''}"


class ActivityForm(forms.Form):
    """An activity of an agency's plan."""

    clause = ClauseField(
        label=_("Mục của kế hoạch"), queryset=Clause.objects.none(), empty_label=None, to_field_name="number"
    )
    what = forms.TextField(label=_("Hoạt động"), max_length=600, rows=3)
    first = forms.DayField(label=_("Từ ngày"))
    last = forms.DayField(label=_("Đến ngày"))
    people = forms.TextField(
        label=_("Người thực hiện"), max_length=300, help_text=_("Bộ phận, chức danh hoặc cán bộ của đơn vị."),
    )  # fmt: skip
    partners = forms.TextField(label=_("Đơn vị phối hợp"), max_length=300, required=False)
    money = forms.AmountField(
        label=_("Kinh phí dự kiến"), required=False, help_text=_("Đồng, ví dụ 12.500.000. Không cần kinh phí thì để trống."),
    )  # fmt: skip
    source = forms.TextField(
        label=_("Nguồn kinh phí"), max_length=200, required=False, help_text=_("Ghi khi có kinh phí, ví dụ kinh phí thường xuyên."),
    )  # fmt: skip
    product = forms.TextField(label=_("Sản phẩm dự kiến"), max_length=300, required=False)
    asked_by_law = ("source",)

    def __init__(self, *args: Any, agency_plan: AgencyPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = agency_plans.clauses_for(agency_plan.plan, agency_plan.agency, legal_day())
        field = cast(ClauseField, self.fields["clause"])
        field.queryset = Clause.objects.filter(pk__in=[each.pk for each in listed])
        span = {"first": show(agency_plan.first_day), "last": show(agency_plan.last_day)}
        self.fields["first"].help_text = _("Trong thời gian của kế hoạch này: %(first)s đến %(last)s.") % span


def written(activity: Activity) -> dict[str, Any]:
    """What an activity says, as its form begins with it."""
    names = ("what", "first", "last", "people", "partners", "money", "source", "product")
    return {name: getattr(activity, name) for name in names} | {"clause": activity.clause.number}


class WordsForm(forms.Form):
    """Why a plan is given back."""

    words = forms.TextField(label=_("Nội dung cần sửa"), max_length=1000, rows=3)
    seen = forms.SeenField()


class PaperForm(forms.Form):
    """Number and day of the paper signed outside the program."""

    paper_no = forms.TextField(label=_("Số văn bản"), max_length=60, help_text=_("Ví dụ 45/KH-VKS."))
    paper_on = forms.DayField(label=_("Ngày văn bản"))


class ApprovalForm(forms.Form):
    """The approval of the head; the paper may be signed and numbered already."""

    words = forms.TextField(label=_("Ý kiến"), max_length=1000, rows=2, required=False)
    paper_no = forms.TextField(
        label=_("Số văn bản đã ký"), max_length=60, required=False,
        help_text=_("Duyệt ở đây không thay chữ ký. Văn bản ký xong thì ghi số, ngày; chưa ký thì ghi sau."),
    )  # fmt: skip
    paper_on = forms.DayField(label=_("Ngày văn bản"), required=False)
    seen = forms.SeenField()
