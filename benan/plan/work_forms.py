"""Forms in which agencies record what they did under a plan."""

from typing import Any, cast

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from benan.agencies.models import Agency
from benan.core.days import legal_day, show
from benan.documents.forms import FilesField, FormWithFiles
from benan.places import queries as places
from benan.plan import agency_plans
from benan.plan import queries as plans
from benan.plan.models import Activity, Clause, PriorityArea, Progress
from benan.ui import forms


class ActivityField(django_forms.ModelChoiceField):
    """An activity of an agency's own plan; those of several years may have the same title."""

    def label_from_instance(self, obj: Activity) -> str:
        """Its title and its last day."""
        return _("%(what)s (đến %(day)s)") % {"what": obj.what, "day": show(obj.last)}


class ProgressForm(FormWithFiles):
    """What an agency has done of a duty; `activity` is the id of the one that is chosen first."""

    on = forms.DayField(label=_("Ngày"), help_text=_("Ngày làm xong hoặc ngày của tình hình đang ghi."))
    state = forms.ChoiceCards(label=_("Tình trạng"), choices=Progress.State.choices)
    words = forms.TextField(
        label=_("Kết quả"), max_length=2000, rows=4,
        help_text=_("Việc đã làm, số lượng, sản phẩm. Không ghi tên, mã hồ sơ hay chuyện riêng của một người."),
    )  # fmt: skip
    activity = ActivityField(
        label=_("Hoạt động trong kế hoạch của đơn vị"), queryset=Activity.objects.none(), required=False,
        empty_label=_("Không thuộc hoạt động nào"), error_messages={
            "invalid_choice": _("Hoạt động này đã hoàn thành hoặc không còn trong kế hoạch đã duyệt; mở lại trang để xem.")
        },
    )  # fmt: skip
    deadline = django_forms.ChoiceField(
        label=_("Thời hạn đã hoàn thành"), required=False,
        error_messages={"invalid_choice": _("Thời hạn này không có hoặc đã ghi hoàn thành.")},
    )  # fmt: skip
    money = forms.AmountField(label=_("Kinh phí đã chi"), required=False, help_text=_("Đồng, ví dụ 12.500.000."))
    evidence = FilesField(label=_("Minh chứng"), required=False)

    def __init__(self, *args: Any, clause: Clause, agency: Agency, activity: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": legal_day(), "activity": activity}, **kwargs)
        open_deadlines = plans.open_deadlines(clause, agency)
        if open_deadlines or self.data.get("deadline"):  # what was chosen and is gone meanwhile is said, not left out
            choices = [("", _("Không phải thời hạn nào")), *open_deadlines.items()]
            cast(django_forms.ChoiceField, self.fields["deadline"]).choices = choices
        else:
            del self.fields["deadline"]
        planned = agency_plans.open_activities(clause, agency, legal_day())
        if planned or self.data.get("activity"):
            rows = Activity.objects.filter(pk__in=[each.pk for each in planned])
            cast(django_forms.ModelChoiceField, self.fields["activity"]).queryset = rows
        else:
            del self.fields["activity"]


class TypedFigureForm(forms.Form):
    """An indicator that the program cannot count, as the agency counted it."""

    first = forms.DayField(label=_("Từ ngày"))
    last = forms.DayField(label=_("Đến ngày"))
    numerator = django_forms.IntegerField(label=_("Số đã đạt"), min_value=0, max_value=100_000_000)
    denominator = django_forms.IntegerField(label=_("Trên tổng số"), min_value=0, max_value=100_000_000)
    words = forms.TextField(
        label=_("Cách đếm, nguồn số liệu"), max_length=1000, rows=3,
        help_text=_("Đếm từ sổ nào, văn bản nào. Tổng số bằng 0 là không phát sinh."),
    )  # fmt: skip


class AreaForm(forms.Form):
    """A place to which the plan gives priority."""

    unit_code = django_forms.ChoiceField(label=_("Địa bàn"))
    why = forms.ChoiceCards(label=_("Lý do ưu tiên"), choices=PriorityArea.Why.choices)
    since = forms.DayField(label=_("Từ ngày"))
    paper_no = forms.TextField(label=_("Văn bản"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": legal_day()}, **kwargs)
        today = legal_day()
        groups = places.commune_choices(today)
        cast(django_forms.ChoiceField, self.fields["unit_code"]).choices = groups


class EndAreaForm(forms.Form):
    """Until when a place has priority."""

    until = forms.DayField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"until": legal_day()}, **kwargs)
