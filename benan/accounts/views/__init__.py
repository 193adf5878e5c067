"""Pages of accounts, ways in and duty numbers."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from benan.accounts.models import User
from benan.ui.forms import Form
from benan.ui.pages import submit


def form_page(
    request: HttpRequest,
    *,
    form: Form,
    do: Callable[[dict[str, Any]], Any],
    to: str,
    over: str | User = "",
    under: str = "",
    warnings: Iterable[str] = (),
    **context: Any,
) -> HttpResponse:
    """Show a form, or send it to one verb and go on to the page `to`."""
    if request.method == "POST" and submit(form, do) is not None:
        return redirect(to)
    context |= {"form": form, "back": to, "over": over, "under": under, "warnings": warnings}
    return render(request, "accounts/form.html", context, status=422 if form.is_bound else 200)
