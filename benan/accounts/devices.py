"""Browsers in which an account has signed in before, so that guesses from elsewhere do not delay it there.

A signed cookie says so and nothing else: the password and the second factor are asked as everywhere. It stops counting
when the password or the second factor of the account changes, when somebody confirms that the factor is lost, and when
the sealing key changes: what it says is made with that key, so that a copy of everything else cannot make one.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from benan.accounts.models import EntryLink, User
from benan.core import sealing

# Over HTTPS a browser takes it from nowhere else: the name says so to it.
COOKIE, PATH = "__Secure-known_device" if settings.HTTPS else "known_device", "/cua/"
LIFE = 180 * 24 * 60 * 60
ACCOUNTS = 20  # of one browser, the latest


def known_device(request: HttpRequest, user: User) -> str:
    """The number of the browser, if the account has signed in there; else nothing."""
    device, marks = _read(request)
    mark = marks.get(str(user.pk))
    return device if mark and sealing.has_key() and constant_time_compare(mark, _mark(device, user)) else ""


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note in the browser that the account signed in there, with both factors."""
    if not sealing.has_key():
        return
    device, marks = _read(request)
    device = device or secrets.token_hex(8)
    marks.pop(str(user.pk), None)
    latest = {**dict(list(marks.items())[1 - ACCOUNTS :]), str(user.pk): _mark(device, user)}
    value = signing.dumps([device, latest], salt=COOKIE)
    response.set_cookie(
        COOKIE, value, max_age=LIFE, path=PATH, secure=settings.HTTPS, httponly=True, samesite="Lax",
    )  # fmt: skip


def _read(request: HttpRequest) -> tuple[str, dict[str, str]]:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=LIFE)
    except signing.BadSignature:
        return "", {}


def _mark(device: str, user: User) -> str:
    factor = user.authenticator_set.filter(type="totp").values_list("pk", flat=True).first()
    lost = user.entry_links.filter(kind=EntryLink.Kind.LOST_FACTOR).aggregate(last=Max("pk"))["last"]
    return sealing.token(COOKIE, f"{device} {user.pk} {factor} {lost} {user.password}").hex()
