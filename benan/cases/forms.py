"""Forms about receptions and cases."""

from typing import Any, cast

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.cases.actions.minors import OUTCOMES, WHOM
from benan.cases.models import Case, Erasure, Guardianship, Reception
from benan.cases.purposes import Purpose
from benan.core.days import legal_day
from benan.places import choices
from benan.places import queries as places
from benan.rules.schema import Move
from benan.ui.forms import ChoiceCards, DayField, Form, MultiChoiceCards, Option, SeenField, TextField, TimeField
from benan.vault.access import FIELDS

Channel = Reception.Channel
_communes = lazy(lambda: [("", _("Chọn xã, phường")), *choices.communes(legal_day())], list)
_UNSURE = [("", _("Chưa rõ"))]
_OTHERS_NUMBER = _("Nhiều số thì cách nhau bằng dấu phẩy. Số của người khác thì ghi là của ai, ví dụ (mẹ).")


class SearchForm(Form):
    """What is known before a case is made. Nothing of it is kept unless a case is."""

    full_name = TextField(label=_("Họ tên hoặc tên gọi"), required=False, max_length=120,
                          help_text=_("Như người ấy nói; có dấu hay không dấu, họ trước hay tên trước, nghe sao ghi vậy "
                                      "(Than hay Thang, Rơm hay Dơm), thiếu tên đệm đều được. "
                                      "Chỉ biết tên thì ghi thêm năm sinh."))  # fmt: skip
    birth = TextField(
        label=_("Năm sinh hoặc tuổi"),
        required=False,
        max_length=80,
        help_text=_("Ví dụ 1995, khoảng 22 tuổi, dưới 18 tuổi."),
    )
    id_number = TextField(label=_("Số giấy tờ tùy thân"), required=False, max_length=80, help_text=_("Đủ các số."))
    phone = TextField(label=_("Số điện thoại"), required=False, max_length=80, help_text=_OTHERS_NUMBER)


class CarriedSearch(forms.Form):
    """What was typed into the search, carried in hidden fields so that nobody types it twice."""

    full_name = TextField(required=False, max_length=120, widget=forms.HiddenInput)
    birth = TextField(required=False, max_length=80, widget=forms.HiddenInput)
    id_number = TextField(required=False, max_length=80, widget=forms.HiddenInput)
    phone = TextField(required=False, max_length=80, widget=forms.HiddenInput)


class ArrivalForm(Form):
    """How, when and where somebody arrived; a case needs nothing else."""

    channel = ChoiceCards(label=_("Người ấy đến bằng cách nào?"), choices=Channel.choices, columns=1)
    came_on = DayField(label=_("Ngày đến"))
    came_at = TimeField(label=_("Giờ đến"), required=False, help_text=_("Ví dụ 21:40."))
    area_code = forms.ChoiceField(label=_("Tiếp nhận tại xã, phường"), choices=_communes)
    first_told_on = DayField(label=_("Ngày khai báo ở nơi đầu tiên"), required=False,
                             help_text=_("Khi cơ quan khác hoặc Đồn Biên phòng đã nhận khai báo rồi đưa đến."))  # fmt: skip
    from_country = forms.ChoiceField(label=_("Trở về từ nước"), required=False,
                                     choices=lazy(lambda: _UNSURE + places.country_choices(), list))  # fmt: skip
    sex = ChoiceCards(label=_("Giới tính"), choices=Case.Sex.choices, required=False, columns=2)
    said_birth = TextField(label=_("Năm sinh hoặc tuổi"), required=False, max_length=80,
                           help_text=_("Chừng nào cũng được, ví dụ khoảng 17 tuổi. Chưa rõ thì để trống."))  # fmt: skip
    on_paper = forms.BooleanField(label=_("Nhập từ phiếu giấy đã ghi trước đó"), required=False)

    def clean_area_code(self) -> str:
        """The commune with the day on which the list was shown: on another day its code may mean another commune."""
        return choices.meant(self.cleaned_data["area_code"], legal_day())


class IdentityForm(Form):
    """Who the person is, each part only if they want to say it."""

    recorded = ("sex", "nationality", "resides_here", "ethnic_code")

    full_name = TextField(label=_("Họ và tên"), required=False, max_length=120)
    other_names = TextField(
        label=_("Tên gọi khác"), required=False, max_length=200, help_text=_("Nhiều tên thì cách nhau bằng dấu phẩy.")
    )
    said_birth = TextField(label=_("Ngày sinh, năm sinh hoặc tuổi"), required=False, max_length=80)
    sex = ChoiceCards(label=_("Giới tính"), choices=Case.Sex.choices, required=False, columns=2)
    nationality = ChoiceCards(label=_("Quốc tịch"), choices=Case.Nationality.choices, required=False, columns=1)
    resides_here = ChoiceCards(label=_("Người ấy cư trú trong tỉnh không?"), required=False, columns=3,
                               choices=[("yes", _("Có")), ("no", _("Không")), ("", _("Chưa rõ"))])  # fmt: skip
    ethnic_code = forms.ChoiceField(
        label=_("Dân tộc"), required=False, choices=lazy(lambda: _UNSURE + places.ethnic_group_choices(), list)
    )
    id_number = TextField(label=_("Số giấy tờ tùy thân"), required=False, max_length=80)
    phone = TextField(label=_("Số điện thoại"), required=False, max_length=80, help_text=_OTHERS_NUMBER)
    residence = TextField(label=_("Nơi cư trú, như người ấy nói"), required=False, max_length=300, rows=2)
    stay = TextField(label=_("Nơi đang ở"), required=False, max_length=300, rows=2)
    contact = TextField(label=_("Người thân có thể gọi"), required=False, max_length=300, rows=2,
                        help_text=_("Hỏi trước: gọi người này có an toàn cho người ấy không?"))  # fmt: skip
    declined = forms.BooleanField(label=_("Người ấy chưa muốn nói mình là ai."), required=False)
    seen = SeenField()


class CompanionForm(Form):
    """Somebody who came along, or nobody."""

    NOBODY = "nobody"

    kind = ChoiceCards(label=_("Người đi cùng là ai?"), columns=1, choices=[
        (Case.Kind.MINOR, Option(Case.Kind.MINOR.label, "minor", _("Dưới 18 tuổi, đi cùng người khai là nạn nhân."))),
        (Case.Kind.RELATIVE, Option(Case.Kind.RELATIVE.label, "relative", _("Cần được hỏi về an toàn."))),
        (NOBODY, Option(_("Không có ai đi cùng"), "none")),
    ])  # fmt: skip
    full_name = TextField(label=_("Tên gọi"), required=False, max_length=120)
    said_birth = TextField(label=_("Năm sinh hoặc tuổi"), required=False, max_length=80)
    sex = ChoiceCards(label=_("Giới tính"), choices=Case.Sex.choices, required=False, columns=2)
    seen = SeenField()


class GuardianshipForm(Form):
    """Whether the family did the harm, and who represents."""

    harm = ChoiceCards(label=_("Cha, mẹ, người giám hộ hoặc người thân có phải người gây hại không?"), columns=3,
                       choices=Guardianship.Harm.choices,
                       help_text=_("Hỏi riêng người ấy, trước khi gọi hay báo bất cứ ai trong gia đình."))  # fmt: skip
    representative = ChoiceCards(label=_("Ai đại diện cho người ấy?"), columns=2, choices=Guardianship.Representative.choices,
                                 required=False, help_text=_("Chưa hỏi được thì để trống. Ở cơ sở mà không có ai thì cơ sở cử người giám hộ."))  # fmt: skip
    apart = forms.BooleanField(
        label=_("Người đại diện được chọn không phải người gây hại và không ở cùng người gây hại."), required=False
    )
    words = TextField(label=_("Họ tên, số điện thoại của người đại diện"), required=False, max_length=2000, rows=2,
                      help_text=_("Được niêm phong như danh tính."))  # fmt: skip
    on = DayField(label=_("Ngày hỏi"))
    seen = SeenField()


class ChildProtectionForm(Form):
    """Which office for child protection was told, and the outcome."""

    whom = ChoiceCards(label=_("Đã báo cho ai?"), columns=1, choices=list(WHOM.items()))
    outcome = ChoiceCards(label=_("Đến giờ ra sao?"), columns=1, choices=list(OUTCOMES.items()))
    on = DayField(label=_("Ngày báo"))
    at = TimeField(label=_("Giờ báo"), required=False)
    words = TextField(label=_("Người nhận tin, điều đã nói"), required=False, max_length=2000, rows=2,
                      help_text=_("Được niêm phong như danh tính."))  # fmt: skip
    seen = SeenField()


class WordsForm(Form):
    """The person's own words."""

    own_words = TextField(label=_("Lời của người ấy"), required=False, max_length=20_000, rows=12,
                          help_text=_("Ghi đúng lời họ nói, không hỏi dồn. Trẻ em hoặc người không tự viết được thì cán bộ ghi lại."))  # fmt: skip
    declined = forms.BooleanField(label=_("Người ấy chưa muốn kể."), required=False)
    seen = SeenField()


class RightsForm(Form):
    """Rights explained."""

    explained = forms.BooleanField(
        label=_("Tôi đã nói cho người ấy biết các quyền này, bằng lời họ hiểu."), required=True
    )
    language = ChoiceCards(label=_("Nói bằng"), required=False, columns=3, choices=[
        ("", _("Tiếng Việt")), ("interpreter", _("Qua phiên dịch")), ("sign", _("Ngôn ngữ ký hiệu")),
    ])  # fmt: skip
    on = DayField(label=_("Ngày"))
    seen = SeenField()


class NoticeForm(Form):
    """The notice to the labour office."""

    how = ChoiceCards(label=_("Đã báo bằng cách nào?"), columns=1, choices=[
        ("call", Option(_("Gọi điện"), "phone")), ("program", Option(_("Báo qua chương trình"), "desk")),
        ("paper", Option(_("Văn bản"), "report")),
    ])  # fmt: skip
    on = DayField(label=_("Ngày báo"))
    at = TimeField(label=_("Giờ báo"), required=False)
    words = TextField(label=_("Ghi thêm"), required=False, max_length=2000, rows=3)
    seen = SeenField()


class CaseForm(Form):
    """A form about a case for one officer. Its cleaned data are the verb's arguments.

    `move` is the act of the procedure; only the form of an act has it. `seen` is the last line of the history when the page was
    opened: verbs refuse where others wrote since.
    """

    move: Move
    seen = SeenField()

    def __init__(self, *args: Any, case: Case, user: User, move: Move | None = None, **kwargs: Any) -> None:
        self.case, self.user = case, user
        if move is not None:
            self.move = move
        super().__init__(*args, **kwargs)


class DayForm(CaseForm):
    """The day of an act, and sealed words."""

    on = DayField(label=_("Ngày"))
    words: TextField | None = TextField(  # None in a form without it
        label=_("Ghi thêm"), required=False, max_length=5000, rows=3, help_text=_("Được niêm phong như danh tính.")
    )
    field_order = ["on"]


class OpenForm(Form):
    """The purpose of opening an identity, and which fields."""

    purpose = ChoiceCards(label=_("Mục đích"), choices=Purpose.choices, columns=1)
    fields_wanted = MultiChoiceCards(
        label=_("Mục cần xem"), choices=[*FIELDS.items(), ("notes", _("Lời ghi trong diễn biến"))], columns=2
    )
    old = forms.BooleanField(label=_("Cả giá trị cũ đã được sửa"), required=False)


class CorrectDayForm(Form):
    """The right day of a step."""

    on = DayField(label=_("Ngày đúng"))
    words = TextField(label=_("Vì sao ngày cũ sai"), max_length=2000, rows=3)
    seen = SeenField()


class RemarkForm(DayForm):
    """Words added to the history."""

    words = TextField(
        label=_("Ghi thêm vào diễn biến"), max_length=20_000, rows=6, help_text=_("Được niêm phong như danh tính.")
    )
    field_order = ["words", "on"]


class JoinForm(Form):
    """The other case of the same person."""

    code = TextField(
        label=_("Mã hồ sơ kia"), max_length=20,
        help_text=_("Hồ sơ kia kết thúc và trỏ về hồ sơ này; kết luận, nhu cầu, hỗ trợ, biện pháp theo người ấy sang đây."),
    )  # fmt: skip
    seen = SeenField()


class UnjoinForm(Form):
    """Why two cases are not one person's."""

    words = TextField(label=_("Vì sao hai hồ sơ không phải của một người"), max_length=2000, rows=3,
                      help_text=_("Được niêm phong như danh tính."))  # fmt: skip
    seen = SeenField()


class ErasureForm(Form):
    """Who asks that an identity be erased, when that came in, and the paper."""

    reason = ChoiceCards(label=_("Ai yêu cầu xóa, hoặc vì sao xóa?"), columns=1, choices=[
        (Erasure.Reason.ASKED, Option(Erasure.Reason.ASKED.label, hint=_("Người từ đủ 18 tuổi tự yêu cầu."))),
        (Erasure.Reason.REPRESENTED, Option(Erasure.Reason.REPRESENTED.label, hint=_(
            "Với người chưa đủ 18 tuổi: cha, mẹ, người giám hộ hoặc người đại diện khác, không phải người gây hại; hỏi cả ý "
            "kiến của người ấy."))),
        (Erasure.Reason.AUTHORITY, Erasure.Reason.AUTHORITY.label),
        (Erasure.Reason.ERROR, Option(Erasure.Reason.ERROR.label, hint=_("Không cần văn bản yêu cầu."))),
        (Erasure.Reason.KEPT_LONG, Option(Erasure.Reason.KEPT_LONG.label, hint=_(
            "Chương trình không biết thời hạn này. Ghi số và ngày của văn bản cho biết thời hạn đã hết."))),
    ])  # fmt: skip
    received_on = DayField(label=_("Ngày nhận yêu cầu"), help_text=_("Hồ sơ lập nhầm: ngày biết là nhầm."))
    paper_no = TextField(
        label=_("Số của đơn hoặc văn bản yêu cầu"), required=False, max_length=60,
        help_text=_("Cần có, trừ hồ sơ lập nhầm. Đơn không có số thì ghi số đến của đơn vị; không ghi tên người."),
    )  # fmt: skip
    paper_on = DayField(label=_("Ngày của đơn hoặc văn bản"), required=False)
    seen = SeenField()


class ErasureWithdrawalForm(Form):
    """The withdrawal of a request; it has no field but `seen`."""

    seen = SeenField()


class ErasureDecisionForm(Form):
    """What is decided, on which paper; declined, why."""

    agreed = ChoiceCards(label=_("Quyết định"), columns=1, choices=[
        ("yes", Option(_("Đồng ý: xóa vĩnh viễn ngay"), hint=_("Không ai lấy lại được, kể cả người quản trị."))),
        ("no", _("Không đồng ý")),
    ])  # fmt: skip
    declined = forms.ChoiceField(
        label=_("Nếu không đồng ý: vì sao?"), required=False, choices=[("", _("Chọn lý do")), *Erasure.Declined.choices]
    )
    decision_no = TextField(
        label=_("Số của quyết định hoặc văn bản trả lời"), required=False, max_length=60,
        help_text=_("Đồng ý thì cần số và ngày của quyết định."),
    )  # fmt: skip
    decision_on = DayField(label=_("Ngày của quyết định hoặc văn bản trả lời"), required=False)
    seen = SeenField()


class AssignForm(Form):
    """An agency to put on the team of a case, and its part."""

    agency = forms.ChoiceField(label=_("Đơn vị"))
    part = ChoiceCards(
        label=_("Phần việc"),
        columns=2,
        choices=[("supports", _("Cùng hỗ trợ")), ("receives", _("Tiếp nhận, thăm nom"))],
    )
    seen = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = agencies.at_work_on(legal_day()).exclude(kind__in=("operator", "outside"))
        field = cast("forms.ChoiceField", self.fields["agency"])
        field.choices = [("", _("Chọn đơn vị")), *((row.pk, row.name) for row in rows)]


class CloseForm(DayForm):
    """The end of a case."""

    closing = ChoiceCards(
        label=_("Vì sao kết thúc?"),
        columns=1,
        choices=[choice for choice in Case.Closing.choices if choice[0] != "joined"],
    )
    needs_gone = forms.BooleanField(
        label=_("Những nhu cầu còn mở: đã hỏi, người ấy không còn cần"), required=False,
        help_text=_("Mỗi nhu cầu được ghi là không còn cần. Không đánh dấu khi nhu cầu vẫn còn mà chưa đáp ứng được."),
    )  # fmt: skip
    field_order = ["closing", "needs_gone", "on", "words"]


class ReopenForm(CaseForm):
    """Why a case should not have ended."""

    words = TextField(label=_("Vì sao hồ sơ này kết thúc nhầm"), max_length=2000, rows=3,
                      help_text=_("Được niêm phong như danh tính."))  # fmt: skip
