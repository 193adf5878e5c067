"""Reading never writes: the database itself refuses it."""

from django.db import connection, transaction


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
