"""Which explanations of pages an officer has read: a cookie of each browser, with names of pages and no more."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from benan.accounts.models import User
from benan.core.explanations import EXPLANATIONS

_KEPT_FOR = 2 * 365 * 24 * 60 * 60  # seconds


def unread(request: HttpRequest, user: User) -> dict[str, str] | None:
    """The explanation of the page at hand, with the address to which "Đã hiểu" is sent; None where it was read or there is none.

    Nothing is said over an answer to what was sent: leaving it would lose it.
    """
    page = request.resolver_match.view_name if request.resolver_match else ""
    text = next((str(each.text) for each in EXPLANATIONS if each.page == page), "")
    if not text or request.method != "GET" or page in _read(request, user):
        return None
    return {"page": page, "text": text, "url": reverse("shell:explained")}


def mark_read(request: HttpRequest, user: User, page: str, response: HttpResponse) -> None:
    """Have the browser remember that the user has read the explanation of a page; a page that has none is ignored."""
    known = {each.page for each in EXPLANATIONS}
    response.set_cookie(
        _cookie(user), ".".join(sorted((_read(request, user) | {page}) & known)), max_age=_KEPT_FOR, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def _read(request: HttpRequest, user: User) -> set[str]:
    return set(request.COOKIES.get(_cookie(user), "").split("."))


def _cookie(user: User) -> str:
    return f"da-doc-{user.pk}"
