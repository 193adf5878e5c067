"""A form that could not be saved because something is full is refused whole, with a page that says so."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from psycopg import errors

from benan.accounts.views import kept
from benan.audit.heads import HeadNotWritten
from benan.core.refusals import Refused


class RefusedWhole:
    """Answer for a view outside of `once.FormsWorkOnce` (entry, account) whose transaction was taken back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page, or None for another error."""
        return answer(request, error)


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """A page of status 503 with what was typed, or None where the error is not about missing space.

    The transaction must have ended already. Words of success that the view left for the next page are dropped.
    """
    if not isinstance(error, HeadNotWritten) and not isinstance(error.__cause__, errors.DiskFull):
        return None
    list(messages.get_messages(request))
    refused = Refused(
        _(
            "Máy chủ không ghi được nhật ký (ổ đĩa đầy hoặc không ghi được tệp mã kiểm tra), nên chưa "
            "lưu nội dung vừa gửi. "
            "Báo ngay cho người quản trị máy chủ; khi máy chủ ghi được thì gửi lại. Người đang cần giúp "
            "đỡ thì giúp trước, "
            "giấy tờ ghi sau."
        )
    )
    if request.method == "POST" and kept.may_keep(request):
        return kept.give_back(request, refused, status=503)
    return render(request, "accounts/unsaved.html", {"refused": refused}, status=503)
