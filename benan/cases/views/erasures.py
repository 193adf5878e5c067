"""Asking to erase who somebody is, taking that back, and deciding on it."""

from django.contrib import messages
from django.utils.translation import gettext as _

from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases import erasing, queries
from benan.cases.actions import erasures
from benan.cases.forms import ErasureDecisionForm, ErasureForm, ErasureWithdrawalForm
from benan.cases.views import fetch, form_page, latest

_NOTHING = dict.fromkeys(
    ("who", "stopped", "against", "family", "request_row", "concerned", "asking", "deciding", "minor")
)


def ask(request, code):
    """Ask that the identity of an ended file be erased."""
    file = fetch(request, code, P.FILE_CORRECT)
    form = ErasureForm(request.POST or None, initial={"seen": latest(file)})
    return _page(
        request, file, form, _("Đề nghị xóa vĩnh viễn danh tính"), _("Gửi đề nghị"),
        lambda data: erasures.ask(by=request.user, file=file, **data), _("Đã gửi đề nghị."),
        minor=queries.may_be_minor(file), family=queries.family_warning(file), asking=True,
        **erasing.request_page(request.user, file),
    )  # fmt: skip


def withdraw(request, code):
    """Take back one's own request."""
    file = fetch(request, code, P.FILE_CORRECT)
    form = ErasureWithdrawalForm(request.POST or None, initial={"seen": latest(file)})
    return _page(
        request, file, form, _("Rút đề nghị xóa danh tính"), _("Rút đề nghị"),
        lambda data: erasures.withdraw(by=request.user, file=file, **data), _("Đã rút đề nghị."),
        **erasing.withdrawal_page(request.user, file),
    )  # fmt: skip


def decide(request, code):
    """Decide on the request that waits."""
    file = fetch(request, code)
    page = erasing.decision_page(request.user, file)
    form = ErasureDecisionForm(request.POST or None, initial={"seen": latest(file)})
    return _page(
        request, file, form, _("Quyết định về đề nghị xóa danh tính"), _("Ghi quyết định"),
        lambda data: erasures.decide(by=request.user, file=file, **data | {"agreed": data["agreed"] == "yes"}),
        _("Đã ghi quyết định."), family=queries.family_warning(file), deciding=True, **page,
    )  # fmt: skip


def _page(request, file, form, title, button, do, done, **context):
    others = [row.code for row, _name in context.get("concerned") or () if row.pk != file.pk]
    look = {"where": request.resolver_match.url_name} | ({"files": others} if others else {})
    trail.look(request, Event.FILE_VIEWED, file, look)
    answer = form_page(
        request, form=form, do=do, to=file.get_absolute_url(), file=file, title=title, button=button,
        template="cases/erasure.html", **_NOTHING | context,
    )  # fmt: skip
    if answer.status_code == 302:
        messages.success(request, done)
    return answer
