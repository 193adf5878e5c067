"""Pages of verification beside the acts of the procedure: the draft of a finding, its signature, an answer on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases import queries as cases
from benan.cases.models import Case
from benan.cases.views import act_page, fetch, latest
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.ui.pages import may_repeat
from benan.verification import actions, queries
from benan.verification.forms import AnswerForm, DraftForm, ReturnForm, SignForm
from benan.verification.models import Finding

SECONDS = 5 * 60  # for how long opened words are shown
_SIGNED = ("answer_no", "on", "certificate_no", "certificate_on")


def draft(request: OfficerRequest, code: str) -> HttpResponse:
    """The draft of a finding by an officer of the verifying police; begins with what the draft before it says."""
    case = fetch(request, code, P.FINDING_DRAFT)
    found = queries.draft_page(request.user, case, P.FINDING_DRAFT)
    form = DraftForm(request.POST or None, case=case, user=request.user, initial=_begun(case, found))
    return act_page(request, case, form=form, do=lambda data: actions.draft_finding(by=request.user, case=case, **data),
                    **found, **_of_draft())  # fmt: skip


@may_repeat
def open_draft(request: OfficerRequest, code: str) -> HttpResponse:
    """The same page with the sealed words of the draft before it; the trail has the row before they are shown."""
    case = fetch(request, code, P.FINDING_DRAFT)
    found = queries.draft_page(request.user, case, P.FINDING_DRAFT)
    opened = _opened(request, case, found["draft"])
    if opened is None:
        return redirect("verification:draft", code)
    initial = _begun(case, found) | {"reasons": opened.reasons, "opened": True}
    form = DraftForm(case=case, user=request.user, initial=initial)
    context = {**found, **_of_draft(), "form": form, "opened": opened}
    return _shown(request, case, context | {"send_to": reverse("verification:draft", args=[code])})


def sign(request: OfficerRequest, code: str) -> HttpResponse:
    """The head's signature under the draft."""
    case = fetch(request, code, P.FINDING_SIGN)
    found = queries.draft_page(request.user, case, P.FINDING_SIGN)
    form = SignForm(
        request.POST or None, case=case, user=request.user, waiting=found["draft"], initial=_signing(case, {})
    )
    return act_page(request, case, form=form, do=lambda data: actions.sign_finding(by=request.user, case=case, **data),
                    **found, **_of_signature())  # fmt: skip


@may_repeat
def read_draft(request: OfficerRequest, code: str) -> HttpResponse:
    """The page of the signature with the sealed words opened for five minutes; the trail has the row before they are shown."""
    case = fetch(request, code, P.FINDING_SIGN)
    found = queries.draft_page(request.user, case, P.FINDING_SIGN)
    waiting = found["draft"] if found["draft"] and not found["draft"].returned else None
    opened = _opened(request, case, waiting, own_words=True)
    if opened is None:
        return redirect("verification:sign", code)
    initial = _signing(case, {name: request.POST[name] for name in _SIGNED if request.POST.get(name)})
    form = SignForm(case=case, user=request.user, waiting=waiting, initial=initial)
    context = {**found, **_of_signature(), "form": form, "opened": opened, "seconds": SECONDS}
    answer = _shown(request, case, context)
    answer["Refresh"] = f"{SECONDS}; url={reverse('verification:sign', args=[code])}"
    return answer


def return_draft(request: OfficerRequest, code: str) -> HttpResponse:
    """The draft goes back to its author."""
    case = fetch(request, code, P.FINDING_SIGN)
    form = ReturnForm(request.POST or None, case=case, user=request.user, initial={"seen": latest(case)})
    return act_page(request, case, form=form, title=_("Trả lại dự thảo để sửa"), button=_("Trả lại để sửa"),
                    do=lambda data: actions.return_draft(by=request.user, case=case, **data), template="verification/return.html",
                    hint=_("Người dự thảo thấy lý do trên Bàn việc và ở trang dự thảo. Thời hạn trả lời vẫn tính tiếp."),
                    **queries.draft_page(request.user, case, P.FINDING_SIGN))  # fmt: skip


def answer(request: OfficerRequest, code: str) -> HttpResponse:
    """An answer on paper, recorded on behalf of the police that gave it."""
    case = fetch(request, code, P.ANSWER_RECORD)
    form = AnswerForm(
        request.POST or None, case=case, user=request.user, initial={"on": legal_day(), "seen": latest(case)}
    )

    def do(data: dict[str, Any]) -> object:
        return actions.record_answer(by=request.user, case=case, for_agency=queries.verifying_agency(case), **data)

    return act_page(request, case, form=form, do=do, title=_("Ghi nhận văn bản trả lời bằng giấy"), button=_("Ghi thay trả lời này"),
                    hint=_("Ghi thay cơ quan Công an đã trả lời bằng văn bản. Cần số và ngày của văn bản."),
                    article="Luật 66/2011, Điều 24 khoản 4")  # fmt: skip


def _of_draft() -> dict[str, Any]:
    return {
        "title": _("Dự thảo kết luận xác minh"),
        "button": _("Trình thủ trưởng ký"),
        "template": "verification/draft.html",
        "hint": _("Dự thảo chưa có hiệu lực. Sau khi thủ trưởng đơn vị ký mới là văn bản trả lời."),
        "article": "Luật 66/2011, Điều 27; Nghị định 62/2012, Điều 5",
    }


def _of_signature() -> dict[str, Any]:
    return {
        "title": _("Ký kết luận xác minh"),
        "button": _("Ký và trả lời"),
        "template": "verification/sign.html",
        "article": "Luật 66/2011, Điều 24 khoản 4; TTLT 01/2014, Điều 6 khoản 3",
    }


def _begun(case: Case, found: dict[str, Any]) -> dict[str, Any]:
    """What the form of a draft begins with: the draft before it, but for its sealed words."""
    before = found["draft"]
    said = {"outcome": before.outcome, "grounds": before.grounds, "sources": before.sources} if before else {}
    return said | {"seen": latest(case), "opened": not (before and before.reasons)}


def _signing(case: Case, typed: dict[str, str]) -> dict[str, Any]:
    return {"on": legal_day(), "certificate_on": legal_day(), "seen": latest(case)} | typed


def _opened(
    request: OfficerRequest, case: Case, draft: Finding | None, *, own_words: bool = False
) -> actions.OpenedDraft | None:
    """The sealed words of a draft; None where there is nothing to open, or where a message says why it stays closed."""
    if request.method != "POST" or case.erased_on or draft is None:
        return None
    try:
        return actions.open_draft(by=request.user, case=case, finding=draft, own_words=own_words)
    except Refused as refused:
        messages.error(request, refused.message)
        return None


def _shown(request: OfficerRequest, case: Case, context: dict[str, Any]) -> HttpResponse:
    """A page with opened words, which is no form that was sent."""
    usual = {"case": case, "status": cases.status(case), "hint": ""}
    return render(request, context["template"], usual | context)
