"""Pages for a request to erase an identity, its withdrawal, and the decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.audit import trail
from benan.cases import erasing, families
from benan.cases.actions import erasures
from benan.cases.events import CaseEvent
from benan.cases.forms import ErasureDecisionForm, ErasureForm, ErasureWithdrawalForm
from benan.cases.models import Case
from benan.cases.views import fetch, form_page, latest
from benan.ui.forms import Form

_NOTHING: dict[str, Any] = dict.fromkeys(
    ("who", "stopped", "against", "family", "request_row", "concerned", "asking", "deciding", "minor")
)


def ask(request: OfficerRequest, code: str) -> HttpResponse:
    """Request that the identity of the person of an ended case be erased."""
    case = fetch(request, code, P.CASE_CORRECT)
    form = ErasureForm(request.POST or None, initial={"seen": latest(case)})
    return _page(
        request, case, form, _("Đề nghị xóa vĩnh viễn danh tính"), _("Gửi đề nghị"),
        lambda data: erasures.ask(by=request.user, case=case, **data), _("Đã gửi đề nghị."),
        minor=families.may_be_minor(case), family=families.family_warning(case), asking=True,
        **erasing.request_page(request.user, case),
    )  # fmt: skip


def withdraw(request: OfficerRequest, code: str) -> HttpResponse:
    """Withdraw one's own request."""
    case = fetch(request, code, P.CASE_CORRECT)
    form = ErasureWithdrawalForm(request.POST or None, initial={"seen": latest(case)})
    return _page(
        request, case, form, _("Rút đề nghị xóa danh tính"), _("Rút đề nghị"),
        lambda data: erasures.withdraw(by=request.user, case=case, **data), _("Đã rút đề nghị."),
        **erasing.withdrawal_page(request.user, case),
    )  # fmt: skip


def decide(request: OfficerRequest, code: str) -> HttpResponse:
    """Decide on the undecided request."""
    case = fetch(request, code)
    page = erasing.decision_page(request.user, case)
    form = ErasureDecisionForm(request.POST or None, initial={"seen": latest(case)})
    return _page(
        request, case, form, _("Quyết định về đề nghị xóa danh tính"), _("Ghi quyết định"),
        lambda data: erasures.decide(by=request.user, case=case, **data | {"agreed": data["agreed"] == "yes"}),
        _("Đã ghi quyết định."), family=families.family_warning(case), deciding=True, **page,
    )  # fmt: skip


def _page(
    request: OfficerRequest, case: Case, form: Form, title: str, button: str, do: Callable[[dict[str, Any]], Any], done: str,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    others = [row.code for row, _name in context.get("concerned") or () if row.pk != case.pk]
    look: dict[str, Any] = {"where": request.resolver_match and request.resolver_match.url_name} | (
        {"cases": others} if others else {}
    )
    trail.look(request, CaseEvent.VIEWED, case, look)
    answer = form_page(
        request, form=form, do=do, to=case.get_absolute_url(), case=case, title=title, button=button,
        template="cases/erasure.html", **_NOTHING | context,
    )  # fmt: skip
    if answer.status_code == 302:
        messages.success(request, done)
    return answer
