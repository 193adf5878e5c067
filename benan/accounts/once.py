"""A form does what it asks once: after a double click, a page gone back to, or a browser that sends it again.

The page of every form carries a token, written where the CSRF token is (`csrf_token` of ui.templatetags). With its
work a form leaves a row here, in one transaction: of two sent at once the second waits for it and gets its result.
"""

import datetime as dt
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from benan.accounts import unsaved
from benan.accounts.models import SentForm
from benan.accounts.requests import OfficerRequest
from benan.accounts.views import kept
from benan.core.days import VIETNAM, clock
from benan.core.refusals import Refused, SentBefore
from benan.ui.pages import ONCE

KEPT_FOR = dt.timedelta(days=30)
_TOKEN = re.compile(r"[\w-]{20,80}", re.ASCII)


class FormsWorkOnce:
    """Let every POST of an officer's page work once, whatever the page; `ui.pages.may_repeat` exempts a view.

    The same form again leads to where the first one led. Without a token, or with other words under a used one, the
    view shows its form with what was typed (`ui.pages.submit`), and nothing is written. Stands last, for it calls
    the view itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: OfficerRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """The answer to a form, or None for what is none."""
        if request.method != "POST" or not kept.may_keep(request):
            return None
        token = request.POST.get(ONCE, "")
        # A form that comes back for correction, and one on the page of what was found, go on with this token.
        request.once = token if _TOKEN.fullmatch(token) else ""
        if getattr(view, "may_repeat", False):
            return None
        try:
            return self._answer(request, view, args, kwargs)
        except DatabaseError as error:
            if answer := unsaved.answer(request, error):
                return answer
            raise

    def _answer(
        self, request: OfficerRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        with transaction.atomic():
            row, is_first = _row(request) if request.once else (None, False)
            if row is not None and is_first:
                return _work(request, row, view, args, kwargs)
            if row is None:
                refused = Refused(_without_token())
            elif row.user_id != request.user.pk:
                refused = Refused(_of_another())
            elif row.content == _content(request):
                return _result(request, row)
            else:
                refused = SentBefore(_sent_before(row))
            answer = _refuse(request, refused, view, args, kwargs)
        # A view without a form: what it did is undone, and the fields are given back as they came.
        return answer if answer.status_code >= 400 else kept.give_back(request, refused)


def _row(request: OfficerRequest) -> tuple[SentForm, bool]:
    """The row of the form that is sent, and whether it is sent for the first time; waits while the same one works."""
    SentForm.objects.filter(user=request.user, at__lt=clock() - KEPT_FOR).delete()
    token = hashlib.sha256(f"{request.once}\n{request.path}".encode()).hexdigest()
    return SentForm.objects.get_or_create(token=token, defaults={"user": request.user, "content": _content(request)})


def _content(request: OfficerRequest) -> str:
    """What was sent, as a digest that tells nothing to whoever has not the page."""
    fields = sorted(
        (name, values) for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", ONCE)
    )
    files = sorted((name, _sum(file)) for name, sent in request.FILES.lists() for file in sent)
    return hmac.digest(request.once.encode(), json.dumps([fields, files]).encode(), "sha256").hex()


def _sum(file: UploadedFile) -> str:
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()


def _work(
    request: OfficerRequest,
    row: SentForm,
    view: Callable[..., HttpResponse],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    """The view's answer; where it did nothing, nothing of it stays, and its token goes on being good.

    A view that did its work leads on. One that answers with a page names where the result lies in Content-Location.
    """
    answer = view(request, *args, **kwargs)
    row.led_to = answer.get("Location") or answer.get("Content-Location") or ""
    row.shown_once = answer.status_code < 300
    if answer.status_code >= 400:
        transaction.set_rollback(True)
    elif row.led_to:
        row.save(update_fields=["led_to", "shown_once"])
    else:
        row.delete()
    return answer


def _result(request: OfficerRequest, row: SentForm) -> HttpResponse:
    words = _("Biểu mẫu này đã gửi lúc %(at)s. Chương trình chỉ thực hiện một lần; đây là trang kết quả của lần ấy.")
    if row.shown_once:
        words = _(
            "Biểu mẫu này đã gửi lúc %(at)s. Chương trình chỉ thực hiện một lần; trang kết quả chỉ hiện "
            "một lần nên không hiện lại. Nếu là đường dẫn đăng nhập thì tạo đường dẫn mới."
        )
    messages.info(request, words % {"at": _at(row)})
    return redirect(row.led_to)


def _refuse(
    request: OfficerRequest,
    refused: Refused,
    view: Callable[..., HttpResponse],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    """The view's form with the refusal; nothing stays of what a view does that heeds none."""
    request.once = ""
    setattr(request.POST, "refused", refused)  # noqa: B010, a name of ours on data of Django's
    answer = view(request, *args, **kwargs)
    transaction.set_rollback(True)
    return answer


def _without_token() -> str:
    return _(
        "Biểu mẫu này mở từ một trang cũ nên chưa ghi được. Nội dung đã nhập vẫn được giữ; đọc lại rồi gửi lần nữa."
    )


def _sent_before(row: SentForm) -> str:
    words = _(
        "Biểu mẫu này đã gửi lúc %(at)s và đã thực hiện một lần; lần này nội dung đã khác. Muốn sửa "
        "thì sửa ở nội dung đã ghi; nếu là một việc khác thì gửi lần nữa."
    )
    return format_html('{} <a href="{}">{}</a>', words % {"at": _at(row)}, row.led_to, _("Mở nội dung đã ghi"))


def _of_another() -> str:
    return _(
        "Biểu mẫu này đã được gửi và thực hiện dưới tên một cán bộ khác. Nội dung đã nhập vẫn được "
        "giữ; nếu là một việc khác thì gửi lần nữa."
    )


def _at(row: SentForm) -> str:
    return f"{row.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
