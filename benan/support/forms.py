"""Shapes of what is typed about support: needs and danger asked about together, referral, stay, return, visits, programmes."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.cases import families
from benan.cases.forms import CaseForm, DayForm
from benan.core.days import legal_day
from benan.needs.forms import KNOWN
from benan.needs.kinds import ASKED_FACTS, ASSESSED, GROUPS, INITIAL, KINDS, SAFETY, groups_of
from benan.places import choices
from benan.places import queries as places
from benan.protection.forms import DANGER, DangerForm
from benan.rules.forms import choices_of_the_law
from benan.support.models import Enrolment, Referral
from benan.support.vocabulary import NO_ASSESSMENT, PROGRAMMES, STAY_GROUNDS
from benan.ui.forms import (
    AnswerCards,
    ChoiceCards,
    DayField,
    Matrix,
    MatrixField,
    MatrixRow,
    MultiChoiceCards,
    Option,
    TextField,
)

NONE = "none"


class ScreeningForm(DangerForm):
    """Danger and needs, now."""

    danger = ChoiceCards(label=_("Ngay lúc này, người ấy có đang gặp nguy hiểm không?"), columns=3, choices=DANGER,
                         help_text=_("Có người đi theo, đe dọa, đang tìm; bị thương; nói đến việc làm hại bản thân."))  # fmt: skip
    needs = MultiChoiceCards(label=_("Lúc này người ấy cần gì?"), columns=2, required=False,
                             help_text=_("Hỏi, đừng đoán. Người ấy có quyền từ chối từng thứ. Chưa hỏi được, hoặc người ấy "
                                         "không nói, thì để trống: việc hỏi còn ở Bàn việc."), choices=[
        *((key, Option(kind.label, kind.icon)) for key, kind in INITIAL.items()), (NONE, Option(_("Không cần gì thêm"), "none")),
    ])  # fmt: skip
    on = DayField(label=_("Ngày hỏi"))
    words = TextField(
        label=_("Ghi thêm"),
        required=False,
        max_length=5000,
        rows=2,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )
    field_order = ["danger", "danger_from", "needs", "on", "words"]

    def clean_needs(self) -> list[str] | None:
        """Either needs or "nothing more"; None where needs were not asked about."""
        chosen = self.cleaned_data["needs"]
        if NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Đã chọn “Không cần gì thêm” cùng với nhu cầu khác. Bỏ một bên."))
        return [key for key in chosen if key != NONE] if chosen else None


class AssessmentForm(DangerForm):
    """An assessment of needs with the person."""

    recorded = ASKED_FACTS

    answers = MatrixField(
        label=_("Đã hỏi những gì, và người ấy cần gì?"), required=False,
        help_text=_("Nhóm nào có ít nhất một dòng được trả lời thì tính là đã hỏi. Nhu cầu đang có mà nay chọn “Không cần” thì "
                    "ghi là không còn cần từ ngày đánh giá."),
    )  # fmt: skip
    danger = ChoiceCards(label=_("Người ấy hoặc người thân có đang gặp nguy hiểm không?"), required=False, columns=2,
                         choices=[*DANGER, ("", _("Chưa hỏi lần này"))])  # fmt: skip
    poor_household = AnswerCards(label=_("Thuộc hộ nghèo không?"), required=False, columns=3, choices=KNOWN,
                                 help_text=_("Trợ cấp khó khăn ban đầu, học văn hóa tùy vào điều này (Luật 66/2011, Điều 37, 38)."))  # fmt: skip
    financial_difficulty = AnswerCards(label=_("Thuộc hộ cận nghèo, hoặc đang hưởng trợ cấp xã hội hằng tháng?"), required=False,
                                       columns=3, choices=KNOWN,
                                       help_text=_("Trợ giúp pháp lý tùy vào điều này (Luật Trợ giúp pháp lý 2017, Điều 7 khoản 7)."))  # fmt: skip
    cannot_pay_travel = AnswerCards(label=_("Muốn về nhà mà không có tiền tàu xe, tiền ăn đi đường?"), required=False, columns=3,
                                    choices=KNOWN, help_text=_("Hỗ trợ chi phí đi lại tùy vào điều này (Luật 66/2011, Điều 33)."))  # fmt: skip
    on = DayField(label=_("Ngày đánh giá"))
    words = TextField(label=_("Mong muốn và điểm mạnh, như người ấy nói"), required=False, max_length=20_000, rows=4,
                      help_text=_("Được hạn chế tiếp cận như danh tính."))  # fmt: skip
    field_order = ["words", "answers", "danger", "danger_from"]

    def __init__(self, *args: Any, before: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = cast(Matrix, self.fields["answers"].widget)
        table.columns = [("yes", _("Cần")), ("no", _("Không cần")), ("", _("Chưa hỏi"))]
        kinds = [kind for kind in ASSESSED.values() if kind.key != SAFETY]
        parts = [(label, [kind for kind in kinds if kind.group == group]) for group, label in GROUPS.items()]
        parts.append((_("Tư vấn sức khỏe, tâm lý"), [kind for kind in kinds if kind.advice]))
        parts.append((_("Khác"), [kind for kind in kinds if not (kind.group or kind.advice)]))
        table.groups = [
            (label, [MatrixRow(kind.key, kind.label, before.get(kind.key, "")) for kind in rows])
            for label, rows in parts
        ]

    def clean(self) -> dict[str, Any]:
        """Instead of the answers: the groups that were asked about, what is needed, and what is not."""
        data = self.cleaned_data
        answers = data.pop("answers", {})
        return data | {
            "groups": groups_of(answers), "advice_asked": any(KINDS[kind].advice for kind in answers),
            "needs": [kind for kind, answer in answers.items() if answer == "yes"],
            "not_needed": [kind for kind, answer in answers.items() if answer == "no"],
        }  # fmt: skip


class ReferForm(CaseForm):
    """A referral."""

    kind = ChoiceCards(label=_("Chuyển đến"), choices=Referral.Kind.choices, columns=3)
    receiver = forms.ChoiceField(label=_("Nơi nhận"))
    emergency = forms.BooleanField(
        label=_("Khẩn cấp: cần nơi an toàn ngay, giấy tờ hoàn thiện sau."), required=False,
        help_text=_("Chỉ áp dụng khi chuyển đến cơ sở lưu trú. Cơ sở tiếp nhận ngay, lập biên bản, hoàn thiện hồ "
                    "sơ sau (Nghị định 20/2021, Điều 28 khoản 2; trước 01/07/2021: chưa kiểm chứng)."),
    )  # fmt: skip
    consent = ChoiceCards(
        label=_("Ý kiến của người ấy hoặc người đại diện"), columns=2,
        choices=[choice for choice in Referral.Consent.choices if choice[0] != Referral.Consent.AGREED],
        help_text=_("Không đồng ý thì ghi lại và không chuyển. Chưa tự quyết định được thì chỉ chuyển khi khẩn cấp."),
    )  # fmt: skip
    ground = TextField(
        label=_("Căn cứ"), required=False, max_length=5000, rows=2,
        help_text=_("Lý do người ấy chưa tự quyết định được, hoặc ý kiến của người ấy. Được hạn chế tiếp cận như "
                    "danh tính."),
    )  # fmt: skip
    on = DayField(label=_("Ngày chuyển"))
    words = TextField(
        label=_("Thông tin nơi nhận cần biết"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (("shelter", _("Cơ sở lưu trú")), ("labour_office", _("Phòng LĐ-TB&XH nơi cư trú")), ("womens_union", _("Đoàn thể, dịch vụ")),
                 ("child_protection", _("Bảo vệ trẻ em")), ("social_bank", _("Ngân hàng")), ("outside", _("Ngoài tỉnh")))  # fmt: skip
        self.initial.setdefault("emergency", self.case.in_danger_since is not None)
        today = legal_day()
        offered = agencies.at_work_on(today, kind__in=[kind for kind, _label in kinds])
        offered = offered.exclude(pk__in=self.case.team.kept_from.values("pk"))
        rows = agencies.near_first(offered, self.case.agency.unit_code, today)
        cast(forms.ChoiceField, self.fields["receiver"]).choices = [("", _("Chọn nơi nhận")), *(
            (label, [(row.pk, row.name) for row in rows if row.kind == kind]) for kind, label in kinds
        )]  # fmt: skip

    def clean_receiver(self) -> Agency:
        """The agency that was chosen."""
        return Agency.objects.get(pk=self.cleaned_data["receiver"])


class ReferralAnswerForm(CaseForm):
    """The answer to a referral."""

    on = DayField(label=_("Ngày trả lời"))
    paper_no = TextField(label=_("Số văn bản trả lời"), required=False, max_length=60)


class ReferralDeclinedForm(ReferralAnswerForm):
    """A referral declined, with its reason."""

    reason = TextField(
        label=_("Lý do từ chối"),
        max_length=5000,
        rows=3,
        help_text=_("Thông tư 35/2013, Điều 16 khoản 3. Được hạn chế tiếp cận."),
    )
    field_order = ["reason", "on", "paper_no"]


class ArrivalForm(CaseForm):
    """Arrival where somebody was referred."""

    on = DayField(label=_("Ngày đến nơi"))
    grounds = ChoiceCards(label=_("Căn cứ lưu trú"), choices=choices_of_the_law(STAY_GROUNDS), columns=1)


class MinutesForm(DayForm):
    """The minutes of an emergency admission."""

    paper_no = TextField(label=_("Số biên bản"), max_length=60)
    field_order = ["paper_no", "on", "words"]


class ReturnForm(DayForm):
    """Back at the place of residence."""

    residence_code = forms.ChoiceField(label=_("Nơi cư trú"))
    safety_assessed = forms.BooleanField(
        label=_("Người chưa thành niên: đã đánh giá mức độ an toàn trước khi về."), required=False
    )
    assessment_no = TextField(label=_("Số bản đánh giá an toàn (Mẫu số 03)"), max_length=60,
                              error_messages={"required": NO_ASSESSMENT})  # fmt: skip
    assessment_on = DayField(label=_("Ngày bản đánh giá"))
    field_order = ["residence_code", "on", "safety_assessed", "assessment_no", "assessment_on", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["residence_code"]).choices = _homes(self.case.agency.unit_code)
        if not families.family_did_harm(self.case):
            del self.fields["assessment_no"], self.fields["assessment_on"]

    def clean_residence_code(self) -> str:
        """The place as it was offered."""
        return choices.meant(self.cleaned_data["residence_code"], legal_day())


class ReintegrateForm(DayForm):
    """The start of reintegration."""

    plan_made = forms.BooleanField(label=_("Đã cùng người ấy lập kế hoạch hỗ trợ hòa nhập."), required=False)
    field_order = ["plan_made", "on", "words"]


class PlanVisitForm(CaseForm):
    """An appointment."""

    planned_on = DayField(label=_("Hẹn ngày"), help_text=_("Lịch hẹn, không phải thời hạn luật định."))


class VisitForm(DangerForm):
    """A visit made."""

    on = DayField(label=_("Ngày thăm"))
    safe = ChoiceCards(
        label=_("Người ấy có an toàn không?"),
        columns=3,
        choices=[("yes", _("An toàn")), ("no", _("Không an toàn")), ("unknown", _("Chưa rõ"))],
    )
    words = TextField(
        label=_("Nội dung thăm, nắm tình hình"),
        required=False,
        max_length=20_000,
        rows=5,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )
    next_on = DayField(label=_("Hẹn lần sau"), required=False)
    field_order = ["on", "safe", "danger_from", "words", "next_on"]

    @property
    def says_danger(self) -> bool:
        """Whether the person is not safe, whatever else was answered."""
        return self.cleaned_data.get("safe") == "no"


class JoinProgrammeForm(DayForm):
    """An economic or social programme that the person takes part in."""

    programme = ChoiceCards(
        label=_("Người ấy tham gia chương trình nào?"), choices=choices_of_the_law(PROGRAMMES), columns=2,
        help_text=_("Mỗi lần ghi một chương trình. Tham gia chương trình không thay cho hỗ trợ theo nhu cầu."),
    )  # fmt: skip
    on = DayField(label=_("Tham gia từ ngày"))
    office = forms.ChoiceField(label=_("Nơi thực hiện"), required=False)
    place = TextField(
        label=_("Nơi khác, nếu không có trong danh mục"), required=False, max_length=200,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )  # fmt: skip
    paper_no = TextField(label=_("Số hợp đồng, quyết định hoặc danh sách, nếu có"), required=False, max_length=60)
    consent = ChoiceCards(
        label=_("Ý kiến của người ấy hoặc người đại diện về việc ghi vào hồ sơ"), columns=2,
        choices=Enrolment.Consent.choices, help_text=_("Không đồng ý thì không ghi."),
    )  # fmt: skip
    field_order = ["programme", "on", "office", "place", "paper_no", "consent", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (
            (_("Ngân hàng Chính sách xã hội"), ("social_bank",)),
            (_("Phòng LĐ-TB&XH"), ("labour_office",)),
            (_("UBND cấp xã"), ("commune",)),
            (_("UBND cấp huyện"), ("district",)),
            (_("Sở, ban, ngành, đoàn thể"), (
                "labour_department", "health_department", "department", "womens_union", "partner", "child_protection",
            )),
        )  # fmt: skip
        today = legal_day()
        offered = agencies.at_work_on(today, kind__in=[kind for _label, each in kinds for kind in each])
        rows = agencies.near_first(offered, self.case.agency.unit_code, today)
        cast(forms.ChoiceField, self.fields["office"]).choices = [("", _("Chọn nơi thực hiện")), *(
            (label, [(row.pk, row.name) for row in rows if row.kind in each]) for label, each in kinds
        )]  # fmt: skip

    def clean_office(self) -> Agency | None:
        """The agency that was chosen."""
        chosen = self.cleaned_data["office"]
        return Agency.objects.get(pk=chosen) if chosen else None


class EndProgrammeForm(DayForm):
    """How taking part in a programme ended."""

    outcome = ChoiceCards(label=_("Kết thúc thế nào?"), choices=Enrolment.Outcome.choices, columns=2)
    on = DayField(label=_("Kết thúc ngày"))
    field_order = ["outcome", "on", "words"]


def _homes(near: str) -> list[Any]:
    """Communes of the province by district, that of the unit `near` (a code) first, then the other provinces; those that
    have ended say until when."""
    day = legal_day()
    others = [choice for choice in choices.provinces(day) if choice[0] != places.HOME]
    return [("", _("Chọn nơi cư trú")), *choices.communes(day, near), (str(_("Ngoài tỉnh")), others)]
