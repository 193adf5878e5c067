"""The page of an error, which needs nothing of the apps above."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error (handler500).

    The database may be what failed, so it is not asked; a legal day that is set is a demo's.
    """
    return HttpResponseServerError(render_to_string("500.html", {"demo": bool(settings.BENAN_TODAY)}))
