"""The WSGI application of the web workers, which give up root once all of the program is loaded (decision 0017)."""

import gc
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from ops import unprivileged

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer one request; behind the front REMOTE_ADDR is the address that the front saw."""
    if settings.FRONT:
        environ["REMOTE_ADDR"] = environ.get("HTTP_X_FORWARDED_FOR", "")
    return django_application(environ, start_response)


# Loaded now and not by the first request; and left out of later garbage collections, which interrupted requests.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()

# What is read later: code, templates, languages, files of the pages.
unprivileged.drop_root(
    [
        *(os.__file__, django.__file__, settings.BASE_DIR / "manage.py"),
        *(Path(settings.STATIC_ROOT), settings.HEADS_FILE.parent),
    ],
    written=[path for path in [settings.HEADS_FILE] if path.exists()],
)
unprivileged.end_with_parent()
