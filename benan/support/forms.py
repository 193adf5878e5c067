"""Shapes of what is typed about needs and support."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from benan.accounts import queries as agencies
from benan.cases.models import Fact, File
from benan.core.days import legal_day
from benan.core.forms import (
    AmountField,
    ChoiceCards,
    DayField,
    Form,
    MultiChoiceCards,
    Option,
    SeenField,
    TextField,
    TimeField,
)
from benan.places import choices
from benan.places import queries as places
from benan.rules import entitlements
from benan.support.actions.applications import APPLICANTS, DECISIONS
from benan.support.actions.homeward import GROUNDS_OF_STAY, NO_ASSESSMENT
from benan.support.models import Provision, Referral
from benan.support.needs import APPLIED_FOR, ASSESSED, GROUPS, INITIAL, KINDS, MEASURES, SAFETY

_KNOWN = [("yes", _("Có")), ("no", _("Không")), ("", _("Chưa rõ"))]
_DANGER = [("yes", _("Có")), ("no", _("Không")), ("unknown", _("Chưa rõ"))]
NONE = "none"


class DangerForm(Form):
    """A form on which danger may be found: which of these offices (id, name) the danger comes from, if any."""

    danger_from = forms.ChoiceField(
        label=_("Nếu có nguy hiểm: người gây nguy hiểm có làm ở cơ quan nào sau đây không?"),
        required=False,
        help_text=_(
            "Cơ quan được chọn không được báo và không thấy hồ sơ này nữa, kể cả khi đó là cơ quan mình; cơ quan cấp trên "
            "được báo thay."
        ),
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["danger_from"].choices = [("", _("Không, hoặc chưa biết")), *offices]

    @property
    def says_danger(self) -> bool:
        """Whether the answer about danger is yes, whatever else was answered."""
        return self.cleaned_data.get("danger") == "yes"


class NowForm(DangerForm):
    """Danger and needs, now."""

    danger = ChoiceCards(label=_("Ngay lúc này, người ấy có đang gặp nguy hiểm không?"), columns=3, choices=_DANGER,
                         help_text=_("Có người đi theo, đe dọa, đang tìm; bị thương; nói đến việc làm hại bản thân."))  # fmt: skip
    needs = MultiChoiceCards(label=_("Lúc này người ấy cần gì?"), columns=2, required=False,
                             help_text=_("Hỏi, đừng đoán. Người ấy có quyền từ chối từng thứ. Chưa hỏi được, hoặc người ấy "
                                         "không nói, thì để trống: việc hỏi còn ở Bàn việc."), choices=[
        *((key, Option(kind.label, kind.icon)) for key, kind in INITIAL.items()), (NONE, Option(_("Không cần gì thêm"), "none")),
    ])  # fmt: skip
    on = DayField(label=_("Ngày hỏi"))
    words = TextField(
        label=_("Ghi thêm"), required=False, max_length=5000, rows=2, help_text=_("Được niêm phong như danh tính.")
    )
    seen = SeenField()
    field_order = ["danger", "danger_from", "needs", "on", "words"]

    def clean_needs(self):
        """Either needs or "nothing more"; None where needs were not asked about."""
        chosen = self.cleaned_data["needs"]
        if NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Đã chọn “Không cần gì thêm” cùng với nhu cầu khác. Bỏ một bên."))
        return [key for key in chosen if key != NONE] if chosen else None


class GivenForm(Form):
    """What was given tonight, of what was needed; `needs` are all, of which those stand on the form that are open.

    One that was answered meanwhile stands there again where it was sent, so that the verb can say so of it.
    """

    given = MultiChoiceCards(label=_("Đã trao những gì?"), required=False, columns=2)
    refused = MultiChoiceCards(label=_("Đã đề nghị mà người ấy từ chối?"), required=False, columns=2)
    on = DayField(label=_("Ngày"))
    seen = SeenField()

    def __init__(self, *args, needs, **kwargs):
        super().__init__(*args, **kwargs)
        sent = {*self.data.getlist("given"), *self.data.getlist("refused")} if self.is_bound else ()
        choices = [
            (str(need.pk), Option(need.label, INITIAL[need.kind].icon if need.kind in INITIAL else ""))
            for need in needs
            if need.is_open or str(need.pk) in sent
        ]
        self.fields["given"].choices = self.fields["refused"].choices = choices

    def clean(self):
        """A thing is given or refused, not both."""
        both = set(self.cleaned_data.get("given", ())) & set(self.cleaned_data.get("refused", ()))
        if both:
            raise forms.ValidationError(_("Một thứ không thể vừa được trao vừa bị từ chối. Bỏ một bên."))
        return self.cleaned_data


class AssessForm(DangerForm):
    """An assessment of needs with the person."""

    recorded = ("poor_household", "financial_difficulty", "cannot_pay_travel")

    groups = MultiChoiceCards(label=_("Đã cùng người ấy hỏi qua những nhóm nào?"), choices=list(GROUPS.items()), required=False,
                              columns=2, help_text=_("Đánh dấu cả nhóm đã hỏi mà người ấy không cần."))  # fmt: skip
    needs = MultiChoiceCards(label=_("Người ấy cần gì?"), required=False, columns=2,
                             choices=[(key, kind.label) for key, kind in ASSESSED.items() if key != SAFETY])  # fmt: skip
    danger = ChoiceCards(label=_("Người ấy hoặc người thân có đang gặp nguy hiểm không?"), required=False, columns=2,
                         choices=[*_DANGER, ("", _("Chưa hỏi lần này"))])  # fmt: skip
    advice_asked = forms.BooleanField(label=_("Đã hỏi có cần tư vấn dịch vụ sức khỏe, tâm lý không"), required=False)
    poor_household = ChoiceCards(label=_("Thuộc hộ nghèo không?"), required=False, columns=3, choices=_KNOWN,
                                 help_text=_("Trợ cấp khó khăn ban đầu, học văn hóa tùy vào điều này (Luật 66/2011, Điều 37, 38)."))  # fmt: skip
    financial_difficulty = ChoiceCards(label=_("Thuộc hộ cận nghèo, hoặc đang hưởng trợ cấp xã hội hằng tháng?"), required=False,
                                       columns=3, choices=_KNOWN,
                                       help_text=_("Trợ giúp pháp lý tùy vào điều này (Luật Trợ giúp pháp lý 2017, Điều 7 khoản 7)."))  # fmt: skip
    cannot_pay_travel = ChoiceCards(label=_("Muốn về nhà mà không có tiền tàu xe, tiền ăn đi đường?"), required=False, columns=3,
                                    choices=_KNOWN, help_text=_("Hỗ trợ chi phí đi lại tùy vào điều này (Luật 66/2011, Điều 33)."))  # fmt: skip
    on = DayField(label=_("Ngày đánh giá"))
    words = TextField(label=_("Mong muốn và điểm mạnh, như người ấy nói"), required=False, max_length=20_000, rows=4,
                      help_text=_("Được niêm phong như danh tính."))  # fmt: skip
    seen = SeenField()
    field_order = ["groups", "needs", "danger", "danger_from", "advice_asked"]


class FactForm(Form):
    """One thing known of the person, and from which day it is true."""

    value = ChoiceCards(label="", columns=3, required=False)
    true_from = DayField(label=_("Đúng từ ngày"), required=False,
                         help_text=_("Để trống nếu vẫn luôn như vậy. Có ngày thì điều đã ghi trước vẫn đúng cho những ngày trước đó."))  # fmt: skip
    seen = SeenField()

    def __init__(self, *args, name, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].label = Fact.Name(name).label
        self.fields["value"].choices = File.Nationality.choices if name == Fact.Name.NATIONALITY else _KNOWN


class ProvideForm(Form):
    """One thing offered, refused, begun or given."""

    outcome = ChoiceCards(label=_("Kết quả"), choices=Provision.Outcome.choices, columns=2)
    on = DayField(label=_("Ngày"))
    agency = forms.ChoiceField(label=_("Đơn vị hỗ trợ"))
    amount = AmountField(
        label=_("Số tiền (đồng)"), required=False, help_text=_("Khi hỗ trợ bằng tiền, ví dụ 1.000.000 hoặc 1,5 triệu.")
    )
    words = TextField(
        label=_("Ghi thêm"), required=False, max_length=5000, rows=3, help_text=_("Được niêm phong như danh tính.")
    )
    seen = SeenField()

    ground = TextField(label=_("Căn cứ, khi số tiền thấp hơn mức tối thiểu"), required=False, max_length=2000, rows=2,
                       help_text=_("Chỉ ghi khi chương trình báo số tiền thấp hơn mức tối thiểu. Được niêm phong."))  # fmt: skip
    field_order = ["outcome", "on", "agency", "amount", "ground", "words"]

    def __init__(self, *args, team, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = team
        if not any(floor.need == KINDS[kind].right for floor in entitlements.floors()):
            del self.fields["ground"]


class ApplyForm(Form):
    """A written application for support."""

    kinds = MultiChoiceCards(label=_("Đơn đề nghị hỗ trợ gì?"), choices=list(APPLIED_FOR.items()), columns=1)
    applicant = ChoiceCards(label=_("Ai làm đơn?"), choices=list(APPLICANTS.items()), columns=2)
    on = DayField(label=_("Ngày UBND cấp xã nhận đơn"))
    seen = SeenField()


class ApplicationForm(Form):
    """What happened to an application."""

    decision = ChoiceCards(label=_("Quyết định"), choices=list(DECISIONS.items()), columns=2)
    on = DayField(label=_("Ngày"))
    paper_no = TextField(label=_("Số văn bản"), required=False, max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"), required=False)
    words = TextField(
        label=_("Ghi thêm"), required=False, max_length=5000, rows=3, help_text=_("Được niêm phong như danh tính.")
    )
    seen = SeenField()

    def __init__(self, *args, act, **kwargs):
        super().__init__(*args, **kwargs)
        if act != "application_decided":
            del self.fields["decision"]


class WhyForm(Form):
    """Why something is taken back or ended."""

    words = TextField(label=_("Vì sao"), max_length=5000, rows=3, help_text=_("Được niêm phong như danh tính."))
    seen = SeenField()


class MeasureForm(Form):
    """A protection measure."""

    kind = ChoiceCards(label=_("Biện pháp"), choices=list(MEASURES.items()), columns=1,
                       help_text=_("Nghị định 62/2012, Điều 7. Đơn vị nào được quyết định biện pháp nào: Điều 8."))  # fmt: skip
    consented = forms.BooleanField(label=_("Người ấy hoặc người đại diện đồng ý."), required=False)
    unable = forms.BooleanField(
        label=_("Người ấy chưa tự quyết được (bất tỉnh, trẻ nhỏ…): căn cứ ghi ở “Ghi thêm”."), required=False
    )
    on = DayField(label=_("Áp dụng từ ngày"))
    words = TextField(
        label=_("Ghi thêm"), required=False, max_length=5000, rows=3, help_text=_("Được niêm phong như danh tính.")
    )
    seen = SeenField()


class StillDangerForm(Form):
    """Whether danger stands after a measure was decided on; nobody answers without choosing."""

    stands = ChoiceCards(label=_("Ngay lúc này, người ấy còn gặp nguy hiểm không?"), columns=1, choices=[
        ("yes", Option(_("Còn nguy hiểm, hoặc chưa chắc"), hint=_("Báo đỏ, số gọi và dấu trên hồ sơ vẫn giữ ở mọi nơi đã được báo."))),
        ("no", Option(_("Không còn nguy hiểm"), hint=_(
            "Báo đỏ được gỡ ở mọi nơi; nơi đã được báo thấy đã hết. Biện pháp vẫn áp dụng đến khi có quyết định chấm dứt."))),
    ])  # fmt: skip
    on = DayField(label=_("Ngày"))
    words = TextField(label=_("Vì sao"), required=False, max_length=5000, rows=3,
                      help_text=_("Được niêm phong như danh tính."))  # fmt: skip
    seen = SeenField()

    def clean_stands(self):
        """Whether danger stands."""
        return self.cleaned_data["stands"] == "yes"


class RefuseSafetyForm(Form):
    """Protection refused."""

    warned = forms.BooleanField(
        label=_(
            "Đã nói rõ: khi từ chối, người ấy tự chịu trách nhiệm về an toàn của mình, và có thể đổi ý bất cứ lúc nào."
        ),
        required=False,
    )
    on = DayField(label=_("Ngày"))
    words = TextField(label=_("Ghi thêm"), required=False, max_length=5000, rows=3)
    seen = SeenField()


class DeclineSafetyForm(Form):
    """No measure applied, with written reasons."""

    paper_no = TextField(label=_("Số văn bản trả lời"), max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"))
    words = TextField(label=_("Lý do"), max_length=5000, rows=3)
    on = DayField(label=_("Ngày trả lời"))
    seen = SeenField()


class CallForm(Form):
    """A call about danger. `numbers` and `offices` are choices of whom: "so:1" a duty number, "noi:2" an office."""

    to = forms.ChoiceField(label=_("Đã gọi cho"))
    on = DayField(label=_("Ngày gọi"))
    at = TimeField(label=_("Giờ gọi"), widget=forms.TextInput(attrs={"class": "ngan"}))
    words = TextField(label=_("Đã thống nhất điều gì"), required=False, max_length=5000, rows=3,
                      help_text=_("Ai làm gì, lúc nào, ở đâu. Được niêm phong như danh tính."))  # fmt: skip
    seen = SeenField()

    def __init__(self, *args, numbers, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [
            ("", _("Chọn nơi đã gọi")),
            (_("Số trực"), [(f"so:{row.pk}", f"{row.label} {row.phone}") for row in numbers]),
            (_("Cơ quan"), [(f"noi:{pk}", name) for pk, name in offices]),
        ]


class RequestForm(Form):
    """The paper that asks for protection."""

    to = forms.ChoiceField(label=_("Gửi cơ quan"))
    paper_no = TextField(label=_("Số văn bản đề nghị"), max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"))
    on = DayField(label=_("Ngày gửi"))
    seen = SeenField()

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Chọn cơ quan")), *offices]


class KeepFromForm(Form):
    """An office that must not know."""

    agency = forms.ChoiceField(label=_("Người gây nguy hiểm làm ở cơ quan nào?"))
    on = DayField(label=_("Ngày"))
    seen = SeenField()

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", _("Chọn cơ quan")), *offices]


class DayForm(Form):
    """The day of an act, and sealed words."""

    on = DayField(label=_("Ngày"))
    words = TextField(
        label=_("Ghi thêm"), required=False, max_length=5000, rows=3, help_text=_("Được niêm phong như danh tính.")
    )
    seen = SeenField()


class EndSafetyForm(DayForm):
    """The end of protection, with its reason."""

    words = TextField(label=_("Vì sao chấm dứt"), max_length=5000, rows=3)


class ReferForm(Form):
    """A referral."""

    kind = ChoiceCards(label=_("Chuyển đến"), choices=Referral.Kind.choices, columns=3)
    receiver = forms.ChoiceField(label=_("Nơi nhận"))
    emergency = forms.BooleanField(
        label=_("Khẩn cấp: cần nơi an toàn ngay, giấy tờ làm sau."), required=False,
        help_text=_("Chỉ với cơ sở lưu trú. Cơ sở tiếp nhận ngay, lập biên bản, hoàn thiện hồ sơ sau "
                    "(Nghị định 20/2021, Điều 28 khoản 2; trước 01/07/2021: chưa kiểm chứng)."),
    )  # fmt: skip
    consent = ChoiceCards(
        label=_("Người ấy hoặc người đại diện trả lời thế nào?"), columns=2,
        choices=[choice for choice in Referral.Consent.choices if choice[0] != Referral.Consent.AGREED],
        help_text=_("Không đồng ý thì ghi lại và không chuyển. Chưa tự quyết được thì chỉ chuyển khi khẩn cấp."),
    )  # fmt: skip
    ground = TextField(
        label=_("Căn cứ"), required=False, max_length=5000, rows=2,
        help_text=_("Vì sao chưa tự quyết được, hoặc người ấy nói gì. Được niêm phong như danh tính."),
    )  # fmt: skip
    on = DayField(label=_("Ngày chuyển"))
    words = TextField(
        label=_("Điều nơi nhận cần biết"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=_("Được niêm phong như danh tính."),
    )
    seen = SeenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = (("shelter", _("Cơ sở lưu trú")), ("labour_office", _("Phòng LĐ-TB&XH nơi cư trú")), ("womens_union", _("Đoàn thể, dịch vụ")),
                 ("child_protection", _("Bảo vệ trẻ em")), ("social_bank", _("Ngân hàng")), ("outside", _("Ngoài tỉnh")))  # fmt: skip
        rows = list(agencies.agencies(legal_day(), kind__in=[kind for kind, _label in kinds]))
        self.fields["receiver"].choices = [("", _("Chọn nơi nhận")), *(
            (label, [(row.pk, row.name) for row in rows if row.kind == kind]) for kind, label in kinds
        )]  # fmt: skip


class AnswerForm(Form):
    """The answer to a referral."""

    on = DayField(label=_("Ngày trả lời"))
    paper_no = TextField(label=_("Số văn bản trả lời"), required=False, max_length=60)
    seen = SeenField()


class DeclineForm(AnswerForm):
    """A referral declined, with its reason."""

    reason = TextField(
        label=_("Lý do từ chối"),
        max_length=5000,
        rows=3,
        help_text=_("Thông tư 35/2013, Điều 16 khoản 3. Được niêm phong."),
    )
    field_order = ["reason", "on", "paper_no"]


class ArriveForm(Form):
    """Arrival where somebody was referred."""

    on = DayField(label=_("Ngày đến nơi"))
    grounds = ChoiceCards(label=_("Căn cứ lưu trú"), choices=list(GROUNDS_OF_STAY.items()), columns=1)
    seen = SeenField()


class MinutesForm(DayForm):
    """The minutes of an emergency admission."""

    paper_no = TextField(label=_("Số biên bản"), max_length=60)
    field_order = ["paper_no", "on", "words"]


class ReturnForm(DayForm):
    """Back at the place of residence."""

    residence_code = forms.ChoiceField(label=_("Nơi cư trú"), choices=lazy(lambda: _homes(), list))
    safety_assessed = forms.BooleanField(
        label=_("Người chưa thành niên: đã đánh giá an toàn trước khi về."), required=False
    )
    assessment_no = TextField(label=_("Số bản đánh giá an toàn (Mẫu số 03)"), max_length=60,
                              error_messages={"required": NO_ASSESSMENT})  # fmt: skip
    assessment_on = DayField(label=_("Ngày bản đánh giá"))
    field_order = ["residence_code", "on", "safety_assessed", "assessment_no", "assessment_on", "words"]

    def clean_residence_code(self):
        """The place as it was offered."""
        return choices.meant(self.cleaned_data["residence_code"], legal_day())


class ReintegrateForm(DayForm):
    """The start of reintegration."""

    plan_made = forms.BooleanField(label=_("Đã cùng người ấy lập kế hoạch hỗ trợ hòa nhập."), required=False)
    field_order = ["plan_made", "on", "words"]


class PlanVisitForm(Form):
    """An appointment."""

    planned_on = DayField(label=_("Hẹn ngày"), help_text=_("Lịch hẹn, không phải hạn luật."))
    seen = SeenField()


class VisitForm(DangerForm):
    """A visit made."""

    on = DayField(label=_("Ngày thăm"))
    safe = ChoiceCards(
        label=_("Người ấy an toàn?"),
        columns=3,
        choices=[("yes", _("An toàn")), ("no", _("Không an toàn")), ("unknown", _("Chưa rõ"))],
    )
    words = TextField(
        label=_("Điều thấy và nghe"),
        required=False,
        max_length=20_000,
        rows=5,
        help_text=_("Được niêm phong như danh tính."),
    )
    next_on = DayField(label=_("Hẹn lần sau"), required=False)
    seen = SeenField()
    field_order = ["on", "safe", "danger_from", "words", "next_on"]

    @property
    def says_danger(self) -> bool:
        """Whether the person is not safe, whatever else was answered."""
        return self.cleaned_data.get("safe") == "no"


class CloseForm(DayForm):
    """The end of a file."""

    closing = ChoiceCards(
        label=_("Vì sao kết thúc?"),
        columns=1,
        choices=[choice for choice in File.Closing.choices if choice[0] != "joined"],
    )
    needs_gone = forms.BooleanField(
        label=_("Những nhu cầu còn mở: đã hỏi, người ấy không còn cần"), required=False,
        help_text=_("Mỗi nhu cầu được ghi là không còn cần. Không đánh dấu khi nhu cầu vẫn còn mà chưa đáp ứng được."),
    )  # fmt: skip
    field_order = ["closing", "needs_gone", "on", "words"]


class ReopenForm(Form):
    """Why a file should not have ended."""

    words = TextField(label=_("Vì sao hồ sơ này kết thúc nhầm"), max_length=2000, rows=3,
                      help_text=_("Được niêm phong như danh tính."))  # fmt: skip
    seen = SeenField()


def _homes():
    """Communes of the province by district, then the other provinces; those that have ended say until when."""
    day = legal_day()
    others = [choice for choice in choices.provinces(day) if choice[0] != places.HOME]
    return [("", _("Chọn nơi cư trú")), *choices.communes(day), (str(_("Ngoài tỉnh")), others)]
