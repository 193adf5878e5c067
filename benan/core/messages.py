"""Sentences for the next page, carried by a cookie of this host alone."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class Messages(CookieStorage):
    """Django's signed cookie under our name; it is gone once the page has shown them."""

    cookie_name = settings.MESSAGES_COOKIE_NAME
