"""Reading never writes: the database itself refuses it. And what no page is called leads to no page.

For whom a request works (`core.principals`): for the entry until it is known who asks, then for the officer.
"""

from django.db import connection, transaction
from django.http import Http404

from benan.core import principals

READING = ("GET", "HEAD")


class PlainRequests:
    """Let no NUL in an address or a cookie go further: the database cannot even compare it.

    No page has such an address, so it answers 404; such a cookie none of ours is, so it is as if it had not been sent.
    Stands before the session is looked for. What is typed in forms is cleaned or refused by their fields.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class WorksForEntry:
    """Begin every request as nobody in particular, and leave no connection working for whoever asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with principals.working_for(principals.ENTRY):
            return self.get_response(request)


class WorksForOfficer:
    """Have a request that may write work for the officer who sends it. Stands after those that find out who that is.

    One that reads does so too (`GetsReadOnly`), within its transaction and at no further cost.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in READING or not request.user.is_authenticated:
            return self.get_response(request)
        with principals.working_for(principals.of_user(request.user)):
            return self.get_response(request)


class GetsReadOnly:
    """Run every GET in one READ ONLY transaction, for the officer who asks, and end it before the answer leaves.

    It is rolled back rather than committed: there is nothing to keep, and a test's own transaction
    around the request becomes writable again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in READING:
            return self.get_response(request)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SET TRANSACTION READ ONLY; SET LOCAL benan.principal = '{principals.of_user(request.user)}'"
                )
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response
