"""Asking to erase who somebody is, and deciding on it."""

from django.contrib import messages
from django.utils.translation import gettext as _

from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.cases.actions import erasures
from benan.cases.forms import ErasureDecisionForm, ErasureForm
from benan.cases.views import fetch, form_page, latest
from benan.core.days import show


def ask(request, code):
    """Ask that the identity of an ended file be erased."""
    file = fetch(request, code, P.FILE_CORRECT)
    form = ErasureForm(request.POST or None, initial={"seen": latest(file)})
    return _page(request, file, form, _("Đề nghị xóa vĩnh viễn danh tính"), _("Gửi đề nghị"),
                 lambda data: erasures.ask(by=request.user, file=file, **data), _("Đã gửi đề nghị."),
                 hint=_("Thủ trưởng đơn vị quản lý hồ sơ quyết định. Khi đồng ý, khóa, chỉ mục và mọi giá trị niêm phong của "
                        "người ấy bị hủy, cả ở những hồ sơ đã ghép; hạn, diễn biến và số liệu giữ nguyên."))  # fmt: skip


def decide(request, code):
    """Decide on the request that waits."""
    file = fetch(request, code, P.IDENTITY_ERASE)
    form = ErasureDecisionForm(request.POST or None, initial={"seen": latest(file)})
    row = file.erasures.filter(agreed=None).select_related("asked_by").first()
    hint = _("Không có đề nghị nào đang chờ.") if row is None else (
        _("%(who)s đề nghị ngày %(on)s. Lý do: %(why)s. Xóa rồi thì không lấy lại được; bản sao cũ hết hạn thì mới trọn vẹn.")
        % {"who": row.asked_by, "on": show(row.asked_on), "why": row.get_reason_display()}
    )  # fmt: skip
    return _page(request, file, form, _("Quyết định xóa danh tính"), _("Ghi quyết định"),
                 lambda data: erasures.decide(by=request.user, file=file, agreed=data["agreed"] == "yes", seen=data["seen"]),
                 _("Đã ghi quyết định."), hint=hint)  # fmt: skip


def _page(request, file, form, title, button, do, done, **context):
    trail.look(request, Event.FILE_VIEWED, file, {"where": request.resolver_match.url_name})
    answer = form_page(
        request, form=form, do=do, to=file.get_absolute_url(), file=file, title=title, button=button, **context
    )
    if answer.status_code == 302:
        messages.success(request, done)
    return answer
