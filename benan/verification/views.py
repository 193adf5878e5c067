"""Pages of verification beside the acts of the procedure: the draft of a finding, its signature, an answer on paper."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases.views import act_page, fetch, latest
from benan.core.days import legal_day
from benan.rules import vocabularies
from benan.verification import actions, queries
from benan.verification.forms import AnswerForm, DraftForm, SignForm
from benan.verification.vocabulary import GROUNDS


def draft(request: OfficerRequest, code: str) -> HttpResponse:
    """The draft of a finding by an officer of the verifying police."""
    case = fetch(request, code, P.FINDING_DRAFT)
    form = DraftForm(request.POST or None, case=case, user=request.user, initial={"seen": latest(case)})
    return act_page(request, case, form=form, title=_("Dự thảo kết luận xác minh"), button=_("Trình thủ trưởng ký"),
                    do=lambda data: actions.draft_finding(by=request.user, case=case, **data),
                    hint=_("Dự thảo chưa có hiệu lực. Thủ trưởng đơn vị ký thì mới thành trả lời."),
                    article="Luật 66/2011, Điều 27; Nghị định 62/2012, Điều 5")  # fmt: skip


def sign(request: OfficerRequest, code: str) -> HttpResponse:
    """The head's signature under the draft."""
    case = fetch(request, code, P.FINDING_SIGN)
    waiting = queries.draft_of(case)
    initial = {"on": legal_day(), "certificate_on": legal_day(), "seen": latest(case)}
    form = SignForm(request.POST or None, case=case, user=request.user, initial=initial)
    if waiting and waiting.outcome != "victim":
        form.fields.pop("certificate_no")
        form.fields.pop("certificate_on")
    grounds = [vocabularies.label(GROUNDS, key, legal_day()) for key in waiting.grounds] if waiting else []
    return act_page(request, case, form=form, title=_("Ký kết luận xác minh"), button=_("Ký và trả lời"),
                    do=lambda data: actions.sign_finding(by=request.user, case=case, **data), draft=waiting, grounds=grounds,
                    template="verification/sign.html",
                    article="Luật 66/2011, Điều 24 khoản 4; TTLT 01/2014, Điều 6 khoản 3")  # fmt: skip


def answer(request: OfficerRequest, code: str) -> HttpResponse:
    """An answer on paper, recorded on behalf of the police that gave it."""
    case = fetch(request, code, P.ANSWER_RECORD)
    form = AnswerForm(
        request.POST or None, case=case, user=request.user, initial={"on": legal_day(), "seen": latest(case)}
    )

    def do(data: dict[str, Any]) -> object:
        return actions.record_answer(by=request.user, case=case, for_agency=queries.verifying_agency(case), **data)

    return act_page(request, case, form=form, do=do, title=_("Ghi nhận trả lời bằng giấy"), button=_("Ghi thay trả lời này"),
                    hint=_("Ghi thay cơ quan Công an đã trả lời bằng văn bản. Cần số và ngày của văn bản."),
                    article="Luật 66/2011, Điều 24 khoản 4")  # fmt: skip
