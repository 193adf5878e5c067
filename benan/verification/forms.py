"""Shapes of what is typed about verification."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from benan.accounts.policy import held_on
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.cases import acts
from benan.cases.forms import CaseForm, DayForm
from benan.core.days import legal_day
from benan.places import choices
from benan.rules.forms import choices_of_the_law
from benan.ui.forms import ChoiceCards, DayField, MultiChoiceCards, TextField
from benan.verification import queries
from benan.verification.models import Finding
from benan.verification.vocabulary import CLOSED_EARLY, COMPLEXITY, GROUNDS, ISSUERS, ONWARD, RETURNED, SOURCES

Basis = Finding.Basis


class NoticeTakenForm(DayForm):
    """The day on which the notice was taken."""

    words = None


class ProofForm(DayForm):
    """A paper of article 28."""

    basis = ChoiceCards(
        label=_("Giấy tờ nào?"), columns=1, choices=[(b.value, b.label) for b in Basis if b != Basis.ANSWER]
    )
    issuer = forms.ChoiceField(label=_("Cơ quan cấp"), choices=choices_of_the_law(ISSUERS, blank=_("Chọn cơ quan")),
                               help_text=_("Nếu cần, ghi tên đầy đủ của cơ quan ở ô “Ghi thêm”: ô ấy được hạn chế tiếp cận."))  # fmt: skip
    certificate_no = TextField(label=_("Số"), max_length=60)
    certificate_on = DayField(label=_("Ngày của giấy"))
    field_order = ["basis", "issuer", "certificate_no", "certificate_on", "on", "words"]


class RequestForm(DayForm):
    """The written request to the police."""

    to_unit = forms.ChoiceField(label=_("Công an huyện nào?"),
                                help_text=_("Nơi người ấy cư trú, hoặc nơi người ấy khai xảy ra vụ việc; có thể ngoài tỉnh."))  # fmt: skip
    paper_no = TextField(label=_("Số công văn"), max_length=60)
    paper_on = DayField(label=_("Ngày công văn"))
    field_order = ["to_unit", "paper_no", "paper_on", "on", "words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        police = self.case.team.kept_from.filter(kind=AgencyKind.POLICE_DISTRICT)
        kept = set(police.values_list("unit_code", flat=True))
        cast(forms.ChoiceField, self.fields["to_unit"]).choices = [
            (group, [one for one in members if one[0] not in kept] if isinstance(members, list) else members)
            for group, members in _districts()
        ]

    def clean_to_unit(self) -> str:
        """The district as it was offered."""
        return choices.meant(self.cleaned_data["to_unit"], legal_day())


class PaperArrivalForm(DayForm):
    """A request or report received; for an office that answers on paper, with that paper."""

    words = None
    arrival_no = TextField(label=_("Số đến"), max_length=60)
    paper_no = TextField(label=_("Số văn bản của nơi ấy"), required=False, max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"), required=False)
    field_order = ["arrival_no", "on", "paper_no", "paper_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_agency = _recorded_for(self)
        if self.for_agency is None:
            del self.fields["paper_no"], self.fields["paper_on"]

    def clean(self) -> dict[str, Any]:
        """What was typed, and the office on whose behalf it is recorded."""
        return self.cleaned_data | {"for_agency": self.for_agency}


class ReportUpForm(DayForm):
    """The report to the provincial police."""

    reason = ChoiceCards(label=_("Lý do báo cáo Công an tỉnh"), choices=choices_of_the_law(COMPLEXITY), columns=1)
    paper_no = TextField(label=_("Số báo cáo"), required=False, max_length=60)
    paper_on = DayField(label=_("Ngày báo cáo"), required=False)
    field_order = ["reason", "paper_no", "paper_on", "on", "words"]

    def clean(self) -> dict[str, Any]:
        """What was typed, and the office on whose behalf it is recorded."""
        return self.cleaned_data | {"for_agency": _recorded_for(self)}


class DraftForm(CaseForm):
    """The draft of a finding. `opened`: the argument of the draft before was filled in; `reasons` None where it was not and
    stays."""

    asked_by_law = ("grounds", "sources")
    outcome = ChoiceCards(label=_("Kết luận"), choices=Finding.Outcome.choices, columns=2)
    grounds = MultiChoiceCards(label=_("Căn cứ xác định"), choices=choices_of_the_law(GROUNDS), required=False, columns=1,
                               help_text=_("Bắt buộc khi kết luận là nạn nhân: Luật 66/2011, Điều 27; Nghị định 62/2012, "
                                           "Điều 5 khoản 1, 3."))  # fmt: skip
    sources = MultiChoiceCards(label=_("Nguồn tài liệu, chứng cứ"), choices=choices_of_the_law(SOURCES), required=False, columns=1,
                               help_text=_("Bắt buộc khi kết luận là nạn nhân: Nghị định 62/2012, Điều 5 khoản 2."))  # fmt: skip
    reasons = TextField(
        label=_("Lập luận"),
        required=False,
        max_length=20_000,
        rows=6,
        help_text=_("Được hạn chế tiếp cận như danh tính."),
    )
    opened = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What was typed."""
        data = self.cleaned_data
        if not data.pop("opened", False) and not data.get("reasons"):
            data["reasons"] = None
        return data


class SignForm(CaseForm):
    """The head's signature under a draft (`waiting`), which the head says to have read."""

    draft = MultiChoiceCards(label=_("Trước khi ký"), columns=1)
    answer_no = TextField(
        label=_("Số văn bản trả lời"),
        max_length=60,
        help_text=_("Bắt buộc: Luật 66/2011, Điều 24 khoản 4 (trả lời bằng văn bản)."),
    )
    on = DayField(label=_("Ngày trả lời"))
    certificate_no = TextField(
        label=_("Số giấy xác nhận nạn nhân"),
        max_length=60,
        help_text=_("Bắt buộc khi là nạn nhân: Luật 66/2011, Điều 24 khoản 4; TTLT 01/2014, Điều 6 khoản 3 điểm b."),
    )
    certificate_on = DayField(label=_("Ngày giấy xác nhận"))

    def __init__(self, *args: Any, waiting: Finding | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = cast(MultiChoiceCards, self.fields["draft"])
        if waiting:
            read.choices = [(str(waiting.pk), _("Đã đọc căn cứ, nguồn chứng cứ và lập luận của dự thảo này"))]
        read.error_messages |= {
            "invalid_choice": _("Dự thảo đã được viết lại từ lúc mở trang. Đọc bản mới rồi đánh dấu lại.")
            if waiting
            else _("Dự thảo này không còn chờ ký ở đơn vị mình."),
            "required": _("Đọc dự thảo, rồi đánh dấu ô này trước khi ký."),
        }
        if waiting and waiting.outcome != Finding.Outcome.VICTIM:
            del self.fields["certificate_no"], self.fields["certificate_on"]

    def clean_draft(self) -> int:
        """The draft (id) that was read."""
        return int(self.cleaned_data["draft"][0])


class ReturnForm(CaseForm):
    """Why a draft goes back to its author."""

    reason = ChoiceCards(label=_("Vì sao trả lại?"), choices=list(RETURNED.items()), columns=1)
    words = TextField(
        label=_("Cần sửa gì"),
        max_length=5000,
        rows=4,
        help_text=_("Người dự thảo đọc được lời này. Được hạn chế tiếp cận như danh tính."),
    )


class AnswerForm(CaseForm):
    """An answer on paper, recorded on behalf of the police."""

    outcome = ChoiceCards(label=_("Văn bản trả lời"), choices=Finding.Outcome.choices, columns=2)
    paper_no = TextField(label=_("Số văn bản trả lời"), max_length=60)
    paper_on = DayField(label=_("Ngày văn bản trả lời"))
    on = DayField(label=_("Ngày nhận được"))
    certificate_no = TextField(
        label=_("Số giấy xác nhận nạn nhân"), required=False, max_length=60, help_text=_("Khi là nạn nhân.")
    )
    certificate_on = DayField(label=_("Ngày giấy xác nhận"), required=False)
    words = TextField(label=_("Ghi thêm"), required=False, max_length=5000, rows=3)


class OutcomeToldForm(DayForm):
    """The negative outcome told, and where to next."""

    onward = ChoiceCards(label=_("Đã giới thiệu đến nơi nào?"), choices=list(ONWARD.items()), columns=1)
    field_order = ["onward", "on", "words"]


class ImmigrationForm(DayForm):
    """Passed on to the foreigners' procedure."""

    paper_no = TextField(label=_("Số văn bản"), required=False, max_length=60)
    paper_on = DayField(label=_("Ngày văn bản"), required=False)


class CloseEarlyForm(DayForm):
    """Verification ended before an answer."""

    reason = ChoiceCards(label=_("Lý do kết thúc việc xác minh"), choices=list(CLOSED_EARLY.items()), columns=1)
    field_order = ["reason", "on", "words"]


def _districts() -> list[Any]:
    """All districts that the country has had, under their provinces, the own province first."""
    return [("", _("Chọn huyện")), *choices.districts(legal_day())]


def _recorded_for(form: CaseForm) -> Agency | None:
    """The office on whose behalf an officer records a move; None where it is their own office's."""
    held, tracks = held_on(form.user, form.case), acts.tracks_of(form.case)
    behalf = acts.on_behalf(held, form.move, acts.holder_of(form.move, tracks))
    return queries.verifying_agency(form.case) if behalf else None
