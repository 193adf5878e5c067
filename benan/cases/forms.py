"""Forms about receptions and cases."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.cases import in_charge, listing, opening
from benan.cases.actions.minors import OUTCOMES, WHOM
from benan.cases.models import Case, Erasure, Guardianship, Reception
from benan.cases.purposes import Purpose
from benan.cases.reception_answers import LANGUAGES
from benan.core.days import legal_day
from benan.places import choices
from benan.places import queries as places
from benan.rules.schema import Move
from benan.ui.forms import (
    AnswerCards,
    ChoiceCards,
    DayField,
    Form,
    MultiChoiceCards,
    Option,
    SeenField,
    TextField,
    TimeField,
)
from benan.vault.access import FIELDS

Channel = Reception.Channel
_UNASKED = [("", _("Chưa ghi"))]
_AGES = _("Ví dụ 15 tuổi, 2005, 12/03/2005, khoảng 17 tuổi, dưới 18 tuổi. Chưa rõ thì để trống.")
_OTHERS_NUMBER = _("Nhiều số thì cách nhau bằng dấu phẩy. Số của người khác thì ghi là của ai, ví dụ (mẹ).")


class SearchForm(Form):
    """What is known before a case is made. Nothing of it is kept unless a case is."""

    full_name = TextField(label=_("Họ tên hoặc tên gọi"), required=False, max_length=120,
                          help_text=_("Ghi như người ấy nói: có dấu hoặc không dấu, họ trước hoặc tên trước, thiếu tên đệm "
                                      "đều được; nghe thế nào ghi thế ấy (Than hay Thang, Rơm hay Dơm). "
                                      "Chỉ biết tên thì ghi thêm năm sinh."))  # fmt: skip
    birth = TextField(
        label=_("Năm sinh hoặc tuổi"),
        required=False,
        max_length=80,
        help_text=_AGES,
    )
    id_number = TextField(
        label=_("Số giấy tờ tùy thân"), required=False, max_length=80, help_text=_("Ghi đủ các chữ số.")
    )
    phone = TextField(label=_("Số điện thoại"), required=False, max_length=80, help_text=_OTHERS_NUMBER)


class CarriedSearch(forms.Form):
    """What was typed into the search, carried in hidden fields so that nobody types it twice."""

    full_name = TextField(required=False, max_length=120, widget=forms.HiddenInput)
    birth = TextField(required=False, max_length=80, widget=forms.HiddenInput)
    id_number = TextField(required=False, max_length=80, widget=forms.HiddenInput)
    phone = TextField(required=False, max_length=80, widget=forms.HiddenInput)


class ArrivalForm(Form):
    """How, when and where somebody arrived; a case needs nothing else."""

    another = forms.BooleanField(label=_("Đây là một người khác"), required=False)
    channel = ChoiceCards(label=_("Người ấy đến bằng cách nào?"), choices=Channel.choices, columns=1)
    came_on = DayField(label=_("Ngày đến"))
    came_at = TimeField(label=_("Giờ đến"), required=False, help_text=_("Ví dụ 21:40."))
    area_code = forms.ChoiceField(label=_("Tiếp nhận tại xã, phường"))
    first_told_on = DayField(label=_("Ngày khai báo ở nơi đầu tiên"), required=False,
                             help_text=_("Ghi khi cơ quan khác hoặc Đồn Biên phòng đã nhận khai báo rồi đưa người ấy đến."))  # fmt: skip
    from_country = forms.ChoiceField(label=_("Trở về từ nước"), required=False,
                                     choices=lazy(lambda: _UNASKED + places.country_choices(), list))  # fmt: skip
    sex = AnswerCards(label=_("Giới tính"), choices=Case.Sex.choices, required=False, columns=2)
    said_birth = TextField(label=_("Năm sinh hoặc tuổi"), required=False, max_length=80, help_text=_AGES)  # fmt: skip
    on_paper = forms.BooleanField(label=_("Nhập từ phiếu giấy đã ghi trước đó"), required=False)

    def __init__(self, *args: Any, near: str, just: Case | None = None, **kwargs: Any) -> None:
        """`near` is the unit (code) of the office that receives: the communes of its district come first. `just`: the case that
        the officer opened a moment ago; whether this is somebody else is then asked."""
        super().__init__(*args, **kwargs)
        if just:
            self.fields["another"].help_text = opening.said_of(just)
        else:
            del self.fields["another"]
        offered = choices.communes(legal_day(), near)
        cast(forms.ChoiceField, self.fields["area_code"]).choices = [("", _("Chọn xã, phường")), *offered]

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
    said_birth = TextField(label=_("Ngày sinh, năm sinh hoặc tuổi"), required=False, max_length=80, help_text=_AGES)
    sex = AnswerCards(label=_("Giới tính"), choices=Case.Sex.choices, required=False, columns=2)
    nationality = AnswerCards(label=_("Quốc tịch"), choices=Case.Nationality.choices, required=False, columns=1)
    resides_here = AnswerCards(label=_("Người ấy cư trú trong tỉnh không?"), required=False, columns=3,
                               choices=[("yes", _("Có")), ("no", _("Không"))])  # fmt: skip
    ethnic_code = forms.ChoiceField(
        label=_("Dân tộc"), required=False, choices=lazy(lambda: _UNASKED + places.ethnic_group_choices(), list)
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

    kind = ChoiceCards(label=_("Có ai đi cùng không?"), columns=1, choices=[
        (NOBODY, Option(_("Không có ai đi cùng"), "none")),
        (Case.Kind.MINOR, Option(Case.Kind.MINOR.label, "minor", _("Dưới 18 tuổi, đi cùng người khai là nạn nhân."))),
        (Case.Kind.RELATIVE, Option(Case.Kind.RELATIVE.label, "relative", _("Người này cũng cần được hỏi về an toàn."))),
    ])  # fmt: skip
    full_name = TextField(label=_("Tên gọi"), required=False, max_length=120)
    said_birth = TextField(label=_("Năm sinh hoặc tuổi"), required=False, max_length=80, help_text=_AGES)
    sex = AnswerCards(label=_("Giới tính"), choices=Case.Sex.choices, required=False, columns=2)
    seen = SeenField()


class GuardianshipForm(Form):
    """Whether the family did the harm, and who represents."""

    harm = ChoiceCards(label=_("Cha, mẹ, người giám hộ hoặc người thân có phải người gây hại không?"), columns=3,
                       choices=Guardianship.Harm.choices,
                       help_text=_("Hỏi riêng người ấy trước khi gọi hoặc báo bất cứ ai trong gia đình."))  # fmt: skip
    representative = ChoiceCards(label=_("Người đại diện của người ấy là ai?"), columns=2, choices=Guardianship.Representative.choices,
                                 required=False, help_text=_("Chưa hỏi được thì để trống. Người đang ở cơ sở mà không có người đại diện thì cơ sở cử "
                                                             "người giám hộ."))  # fmt: skip
    apart = forms.BooleanField(
        label=_("Người đại diện được chọn không phải người gây hại và không ở cùng người gây hại."), required=False
    )
    words = TextField(label=_("Họ tên, số điện thoại của người đại diện"), required=False, max_length=2000, rows=2,
                      help_text=_("Được hạn chế tiếp cận như danh tính."))  # fmt: skip
    on = DayField(label=_("Ngày hỏi"))
    seen = SeenField()


class ChildProtectionForm(Form):
    """Which office for child protection was told, and the outcome."""

    whom = ChoiceCards(label=_("Đã báo cho nơi nào?"), columns=1, choices=list(WHOM.items()))
    outcome = ChoiceCards(label=_("Kết quả đến lúc này"), columns=1, choices=list(OUTCOMES.items()))
    on = DayField(label=_("Ngày báo"))
    at = TimeField(label=_("Giờ báo"), required=False)
    words = TextField(label=_("Người nhận tin, nội dung đã báo"), required=False, max_length=2000, rows=2,
                      help_text=_("Được hạn chế tiếp cận như danh tính."))  # fmt: skip
    seen = SeenField()


class WordsForm(Form):
    """The person's own words."""

    own_words = TextField(label=_("Lời của người ấy"), required=False, max_length=20_000, rows=12,
                          help_text=_("Ghi đúng lời người ấy nói, không hỏi dồn dập. Trẻ em hoặc người không tự viết được thì cán "
                                      "bộ ghi lại."))  # fmt: skip
    declined = forms.BooleanField(label=_("Người ấy chưa muốn kể."), required=False)
    seen = SeenField()


class RightsForm(Form):
    """Rights explained."""

    explained = forms.BooleanField(
        label=_("Tôi đã giải thích các quyền này cho người ấy, bằng lời người ấy hiểu được."), required=True
    )
    language = ChoiceCards(label=_("Giải thích bằng"), columns=3, choices=LANGUAGES)
    on = DayField(label=_("Ngày"))
    seen = SeenField()


class NoticeForm(Form):
    """The notice to the labour office."""

    how = ChoiceCards(label=_("Hình thức báo"), columns=1, choices=[
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
        label=_("Ghi thêm"),
        required=False,
        max_length=5000,
        rows=3,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )
    field_order = ["on"]


class OpenForm(Form):
    """The purpose of opening an identity, and which fields."""

    purpose = ChoiceCards(label=_("Mục đích"), choices=Purpose.choices, columns=1)
    fields_wanted = MultiChoiceCards(
        label=_("Mục cần xem"), choices=[*FIELDS.items(), ("notes", _("Ghi chú trong diễn biến"))], columns=2
    )
    old = forms.BooleanField(label=_("Xem cả giá trị cũ đã được sửa"), required=False)


class CorrectDayForm(Form):
    """The right day of a step."""

    on = DayField(label=_("Ngày đúng"))
    words = TextField(label=_("Lý do ngày cũ sai"), max_length=2000, rows=3)
    seen = SeenField()


class RemarkForm(DayForm):
    """Words added to the history."""

    words = TextField(
        label=_("Ghi thêm vào diễn biến"),
        max_length=20_000,
        rows=6,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )
    field_order = ["words", "on"]


class JoinForm(Form):
    """The other case of the same person."""

    code = TextField(
        label=_("Mã của hồ sơ kia"), max_length=20,
        help_text=_("Hồ sơ kia được kết thúc và dẫn về hồ sơ này; kết luận, nhu cầu, hỗ trợ và biện pháp bảo vệ "
                    "của người ấy được chuyển sang hồ sơ này."),
    )  # fmt: skip
    seen = SeenField()


class UnjoinForm(Form):
    """Why two cases are not one person's."""

    words = TextField(label=_("Lý do hai hồ sơ không phải của một người"), max_length=2000, rows=3,
                      help_text=_("Được hạn chế tiếp cận như danh tính."))  # fmt: skip
    seen = SeenField()


class ErasureForm(Form):
    """Who asks that an identity be erased, when that came in, and the paper."""

    asked_by_law = ("paper_no", "paper_on")
    reason = ChoiceCards(label=_("Người yêu cầu xóa, hoặc lý do xóa"), columns=1, choices=[
        (Erasure.Reason.ASKED, Option(Erasure.Reason.ASKED.label, hint=_("Người từ đủ 18 tuổi tự yêu cầu."))),
        (Erasure.Reason.REPRESENTED, Option(Erasure.Reason.REPRESENTED.label, hint=_(
            "Với người chưa đủ 18 tuổi: cha, mẹ, người giám hộ hoặc người đại diện khác, không phải là "
            "người gây hại; hỏi cả ý "
            "kiến của người ấy."))),
        (Erasure.Reason.AUTHORITY, Erasure.Reason.AUTHORITY.label),
        (Erasure.Reason.ERROR, Option(Erasure.Reason.ERROR.label, hint=_("Không cần văn bản yêu cầu."))),
        (Erasure.Reason.KEPT_LONG, Option(Erasure.Reason.KEPT_LONG.label, hint=_(
            "Chương trình không có thời hạn này. Ghi số và ngày của văn bản nêu rõ thời hạn lưu giữ đã hết."))),
    ])  # fmt: skip
    received_on = DayField(label=_("Ngày nhận yêu cầu"), help_text=_("Hồ sơ lập nhầm: ghi ngày phát hiện lập nhầm."))
    paper_no = TextField(
        label=_("Số của đơn hoặc văn bản yêu cầu"), required=False, max_length=60,
        help_text=_("Bắt buộc, trừ hồ sơ lập nhầm. Đơn không có số thì ghi số đến của đơn vị; không ghi tên người."),
    )  # fmt: skip
    paper_on = DayField(label=_("Ngày của đơn hoặc văn bản"), required=False)
    seen = SeenField()


class ErasureWithdrawalForm(Form):
    """The withdrawal of a request; it has no field but `seen`."""

    seen = SeenField()


class ErasureDecisionForm(Form):
    """What is decided, on which paper; declined, why."""

    agreed = ChoiceCards(label=_("Quyết định"), columns=1, choices=[
        ("yes", Option(_("Đồng ý: xóa vĩnh viễn ngay"), hint=_("Sau khi xóa không ai khôi phục được, kể cả người quản trị."))),
        ("no", _("Không đồng ý")),
    ])  # fmt: skip
    declined = forms.ChoiceField(
        label=_("Lý do, nếu không đồng ý"), required=False, choices=[("", _("Chọn lý do")), *Erasure.Declined.choices]
    )
    decision_no = TextField(
        label=_("Số của quyết định hoặc văn bản trả lời"), required=False, max_length=60,
        help_text=_("Nếu đồng ý thì phải ghi số và ngày của quyết định."),
    )  # fmt: skip
    decision_on = DayField(label=_("Ngày của quyết định hoặc văn bản trả lời"), required=False)
    seen = SeenField()


class AssignForm(CaseForm):
    """An agency to put on the team of a case, and its part."""

    agency = forms.ChoiceField(label=_("Đơn vị"))
    part = ChoiceCards(
        label=_("Vai trò của đơn vị"),
        columns=2,
        choices=[("supports", _("Cùng hỗ trợ")), ("receives", _("Tiếp nhận, thăm lại"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = legal_day()
        offered = agencies.at_work_on(today).exclude(kind__in=("operator", "outside"))
        offered = offered.exclude(pk__in=self.case.team.kept_from.values("pk"))
        rows = agencies.near_first(offered, self.case.agency.unit_code, today)
        field = cast("forms.ChoiceField", self.fields["agency"])
        field.choices = [("", _("Chọn đơn vị")), *((row.pk, row.name) for row in rows)]


class InChargeForm(CaseForm):
    """The officer in charge of a case at one of the `offices` where the user sits, or nobody in particular."""

    seat = ChoiceCards(label=_("Giao cho ai?"), columns=1)

    def __init__(self, *args: Any, offices: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {office.pk: office for office in offices}
        self.seats = {str(seat.pk): seat for seat in in_charge.workers_at(self.offices)}
        names = agencies.names(self.offices, legal_day())
        label = lambda name, office: f"{name} · {names[office]}" if len(names) > 1 else str(name)  # noqa: E731
        cast("forms.ChoiceField", self.fields["seat"]).choices = [
            *((key, label(seat.user, seat.agency_id)) for key, seat in self.seats.items()),
            *((f"nobody-{pk}", label(_("Không giao cho cán bộ nào"), pk)) for pk in self.offices),
        ]

    def clean(self) -> dict[str, Any]:
        """The seat, or none, and its agency."""
        data, chosen = self.cleaned_data, self.cleaned_data.get("seat")
        if chosen:
            seat = self.seats.get(chosen)
            office = seat.agency_id if seat else int(chosen.removeprefix("nobody-"))
            data |= {"seat": seat, "agency": self.offices[office]}
        return data


class CloseForm(DayForm):
    """The end of a case."""

    closing = ChoiceCards(
        label=_("Lý do kết thúc"),
        columns=1,
        choices=[choice for choice in Case.Closing.choices if choice[0] != "joined"],
    )
    needs_gone = forms.BooleanField(
        label=_("Đối với những nhu cầu chưa xong: đã hỏi và người ấy không còn cần"), required=False,
        help_text=_("Mỗi nhu cầu ấy được ghi là không còn cần. Không đánh dấu nếu nhu cầu vẫn còn mà chưa đáp "
                    "ứng được."),
    )  # fmt: skip
    field_order = ["closing", "needs_gone", "on", "words"]


class ReopenForm(CaseForm):
    """Why a case should not have ended."""

    words = TextField(label=_("Lý do hồ sơ này bị kết thúc nhầm"), max_length=2000, rows=3,
                      help_text=_("Được hạn chế tiếp cận như danh tính."))  # fmt: skip


class ListForm(Form):
    """What is asked of the list of cases, in the address of the page. A state that there is not lists all."""

    MINE = "toi"
    han = forms.ChoiceField(label=_("Hạn"), required=False, choices=[
        ("", _("Mọi thời hạn")), *((key, label) for key, (label, _states) in listing.DUE.items())])  # fmt: skip
    dia_ban = forms.ChoiceField(label=_("Nơi tiếp nhận"), required=False, choices=lazy(lambda: [
         ("", _("Mọi địa bàn")), *listing.areas(legal_day())], list))  # fmt: skip
    giai_doan = forms.ChoiceField(label=_("Giai đoạn"), required=False, choices=lazy(lambda: [
        ("", _("Mọi giai đoạn")), *listing.stage_choices()], list))  # fmt: skip
    phu_trach = forms.ChoiceField(label=_("Phụ trách"), required=False, choices=[
        ("", _("Mọi cán bộ phụ trách")), (MINE, _("Hồ sơ tôi phụ trách"))])  # fmt: skip
    xep = forms.ChoiceField(label=_("Xếp theo"), required=False,
                            choices=[(key, label) for key, (label, _order) in listing.ORDERS.items()])  # fmt: skip

    @property
    def state(self) -> str:
        """The key of the state asked for."""
        wanted = self.data.get("trang-thai", "mo")
        return wanted if wanted in listing.STATES else "tat-ca"

    @property
    def asked(self) -> listing.ListQuestion:
        """The question of a valid form."""
        told = self.cleaned_data
        track, _colon, stage = told["giai_doan"].partition(":")
        mine = told["phu_trach"] == self.MINE
        return listing.ListQuestion(self.state, told["han"], told["dia_ban"], track, stage, told["xep"], mine)

    @property
    def is_filtered(self) -> bool:
        """Whether less than all cases of the state is asked for."""
        return any(self.data.get(name) for name in self.fields if name != "xep")

    def states(self) -> list[dict[str, Any]]:
        """The states as tabs: label, query of the address, whether it is the one shown."""
        return [
            {"label": label, "query": self.query(state), "current": state == self.state}
            for state, (label, _which) in listing.STATES.items()
        ]

    def query(self, state: str = "") -> str:
        """What the address carries of the question, for another state or this one."""
        kept = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return urlencode({"trang-thai": state or self.state} | kept)
