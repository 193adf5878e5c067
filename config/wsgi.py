"""What the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# All of the program is read now, and garbage is no longer looked for in it: that made pages wait in the middle.
get_resolver().url_patterns  # noqa: B018, read at the first request otherwise
gc.collect()
gc.freeze()
