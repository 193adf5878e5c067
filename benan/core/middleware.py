"""Reading never writes: the database itself refuses it. And what no page is called leads to no page."""

from django.db import connection, transaction
from django.http import Http404


class PlainAddresses:
    """Answer 404 to an address with a NUL in it: no page has one, and the database cannot even compare it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)


class GetsReadOnly:
    """Run every GET in one READ ONLY transaction and end it before the answer leaves.

    It is rolled back rather than committed: there is nothing to keep, and a test's own transaction
    around the request becomes writable again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response
