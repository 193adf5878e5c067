"""Settings of `make dev` (ops.dev), which no other data folder than its own can be opened with."""

import os

from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, DATABASES
from ops import dev

dev.require_development(DATA_DIR, os.environ)

DEBUG = True
DEFAULT_EXCEPTION_REPORTER = "django.views.debug.ExceptionReporter"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# The module of the real server gives root up once, and cannot start again.
WSGI_APPLICATION = None
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# The development server makes a thread for each request; none would use a connection that was kept.
for _entry in DATABASES.values():
    _entry["CONN_MAX_AGE"] = 0
