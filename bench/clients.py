"""Officers at their browsers: sessions made in the database, pages asked for over loopback, one connection each."""

import http.client
import secrets
import time
import urllib.parse
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from benan.accounts.middleware import DEMO
from benan.accounts.sessions import SessionStore
from benan.ui.pages import ONCE

TOKEN = "x" * 32  # a token that the cookie and the form share is what the check compares


def session_of(user) -> str:
    """The key of a new session such as the one-time link of a demo begins."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[DEMO] = True
    session.create()
    return session.session_key


@dataclass(frozen=True)
class Answer:
    """A page as it came: status, where it leads, its bytes, and the seconds it took."""

    status: int
    location: str
    body: bytes
    seconds: float


class Browser:
    """One officer's browser on one connection; not to be shared between threads."""

    def __init__(self, port, session):
        self._port = port
        self._headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"}
        self._connection = None

    def get(self, path) -> Answer:
        """Ask for a page. Raises OSError or http.client.HTTPException where no answer came."""
        return self._ask("GET", path, None, self._headers)

    def post(self, path, **fields) -> Answer:
        """Send a form; a list is sent as that many fields of one name."""
        tokens = {"csrfmiddlewaretoken": TOKEN, ONCE: secrets.token_hex(16)}
        body = urllib.parse.urlencode(tokens | fields, doseq=True)
        return self._ask("POST", path, body, self._headers | {"Content-Type": "application/x-www-form-urlencoded"})

    def close(self):
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method, path, body, headers):
        began = time.perf_counter()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            self._connection.request(method, path, body, headers)
            page = self._connection.getresponse()
            answer = Answer(page.status, page.getheader("Location", ""), page.read(), time.perf_counter() - began)
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        return answer
