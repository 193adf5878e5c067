"""The end of a case, and opening it again."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases.actions import closing
from benan.cases.forms import CloseForm, ReopenForm
from benan.cases.views import act_page, fetch, latest
from benan.core.days import legal_day


def close(request: OfficerRequest, code: str) -> HttpResponse:
    """End a case."""
    case = fetch(request, code, P.CASE_CLOSE)
    form = CloseForm(
        request.POST or None, case=case, user=request.user, initial={"on": legal_day(), "seen": latest(case)}
    )
    return act_page(request, case, form=form, do=lambda data: closing.close(by=request.user, case=case, **data),
                    title=_("Kết thúc hồ sơ"), button=_("Kết thúc hồ sơ"),
                    hint=_("Hồ sơ kết thúc vẫn đọc được. Nếu người ấy trở lại thì lập hồ sơ mới cho người ấy."))  # fmt: skip


def reopen(request: OfficerRequest, code: str) -> HttpResponse:
    """Open again a case that ended by mistake."""
    case = fetch(request, code, P.CASE_CLOSE)
    form = ReopenForm(request.POST or None, case=case, user=request.user, initial={"seen": latest(case)})
    return act_page(request, case, form=form, do=lambda data: closing.reopen(by=request.user, case=case, **data),
                    title=_("Mở lại hồ sơ kết thúc nhầm"), button=_("Mở lại hồ sơ"),
                    hint=_("Nhu cầu, biện pháp bảo vệ và thời hạn đã dừng khi kết thúc hồ sơ thì tiếp tục như trước."))  # fmt: skip
