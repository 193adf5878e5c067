"""A look is on the trail before its bytes leave."""

from collections.abc import Callable

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from benan.audit import heads
from benan.audit.trail import record

SHOWS = (200, 422)  # answers that show the page itself


class LooksAreRecorded:
    """After the page is rendered and its reading transaction has ended, write what it showed; then send it.

    If the trail cannot be written the page is withheld and 503 is answered instead. Where only the head of the trail
    cannot be written, the page is sent with a notice (shell.context): made again for that, the first time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        looks = getattr(request, "looks", [])
        if not looks or response.status_code not in SHOWS:
            return response
        marked = heads.failing
        try:
            with transaction.atomic():
                for each in looks:
                    record(by=request.user, **each)
        except DatabaseError:
            return render(request, "503.html", status=503)
        return self.get_response(request) if heads.failing and not marked and request.method == "GET" else response
