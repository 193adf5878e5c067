"""What the web server calls. When all of it is read, it goes on without root."""

import gc
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from ops import unprivileged

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()


def application(environ, start_response):
    """Answer one request; behind the front its address is the one the front saw, for everybody who asks for it."""
    if settings.FRONT:
        environ["REMOTE_ADDR"] = environ.get("HTTP_X_FORWARDED_FOR", "")
    return pages(environ, start_response)


# All of the program is read now, and garbage is no longer looked for in it: that made pages wait in the middle.
get_resolver().url_patterns  # noqa: B018, read at the first request otherwise
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
