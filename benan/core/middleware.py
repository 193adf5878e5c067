"""What holds for every request and every answer, whatever the page.

Reading never writes: the database itself refuses it. What no page is called leads to no page. No answer is kept.
For whom a request works (`core.principals`): for the entry until it is known who asks, then for the officer.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from benan.core import principals, reference

READING = ("GET", "HEAD")
METHODS = (*READING, "POST")
# What no page of ours uses is switched off, so that nothing put into a page could use it.
UNUSED = ("camera", "microphone", "geolocation", "display-capture", "midi", "payment", "usb", "serial", "hid",
          "bluetooth", "publickey-credentials-get", "screen-wake-lock", "idle-detection", "browsing-topics")  # fmt: skip
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    # Not even on the disk of the officer's own machine; files of pages say themselves how long they are good.
    "Cache-Control": "no-store",
}


class SafeAnswers:
    """Tell the browser on every answer what it must not do, and have it forget all when somebody is signed out.

    Cookies are left to those who set them: that of a session is ended with it, that of a known device outlives it.
    The other headers of this kind are Django's and django-csp's (config/settings.py). Stands before all that answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None and session["max-age"] == 0:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class PlainRequests:
    """Let no method that pages do not have, and no NUL in an address or a cookie, go further.

    With another method a page would be drawn outside the transaction that only reads. A NUL the database cannot even
    compare.
    No page has such an address, so it answers 404; such a cookie none of ours is, so it is as if it had not been sent.
    Stands before the session is looked for. What is typed in forms is cleaned or refused by their fields.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class WorksForEntry:
    """Begin every request as nobody in particular, and leave no connection working for whoever asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with principals.working_for(principals.ENTRY):
            return self.get_response(request)


class WorksForOfficer:
    """Have a request that may write work for the officer who sends it. Stands after those that find out who that is.

    One that reads does so too (`GetsReadOnly`), within its transaction and at no further cost.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READING or not request.user.is_authenticated:
            return self.get_response(request)
        with principals.working_for(principals.of_user(request.user)), reference.asked_once():
            return self.get_response(request)


class GetsReadOnly:
    """Run every GET in one READ ONLY transaction, for the officer who asks, and end it before the answer leaves.

    It is committed, for psycopg forgets what it has prepared with every ROLLBACK. Within a transaction of its caller, as
    in tests, it is rolled back: only so the outer one becomes writable again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in READING:
            return self.get_response(request)
        within_another = connection.in_atomic_block
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SET TRANSACTION READ ONLY; SET LOCAL benan.principal = '{principals.of_user(request.user)}'; "
                    + reference.READ_VERSION
                )
                cursor.nextset()
                cursor.nextset()
                version = str(cursor.fetchone()[0])
            with reference.standing_at(version):
                response = self.get_response(request)
            if within_another:
                transaction.set_rollback(True)
        return response
