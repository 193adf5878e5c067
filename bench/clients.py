"""Officers at their browsers: signed in with password and code, one connection each, over loopback."""

import http.client
import secrets
import time
import urllib.parse
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from benan.accounts import factors
from benan.accounts.middleware import DEMO
from benan.accounts.models import User
from benan.accounts.sessions import SessionStore
from benan.ui.pages import ONCE

TOKEN = "x" * 32  # a token that the cookie and the form share is what the check compares
IDLE = 1  # seconds after which a connection is not used again: the server closes those that wait
PASSWORD, SECRET = "một câu dài để đo", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def session_of(user: User) -> str:
    """The key of a new session such as the one-time link of a demo begins."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[DEMO] = True
    session.create()
    return str(session.session_key)


def give_factors(user: User) -> None:
    """Give somebody the password and the authenticator app of measurements."""
    user.set_password(PASSWORD)
    user.save()
    user.authenticator_set.all().delete()
    user.authenticator_set.create(type="totp", data={"secret": factors.seal(user.pk, SECRET)})


def code() -> str:
    """What the authenticator app shows now. A code works once."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@dataclass(frozen=True)
class Answer:
    """A page as it came: status, where it leads, its bytes, and the seconds it took."""

    status: int
    location: str
    body: bytes
    seconds: float


class Browser:
    """One officer's browser on one connection; not to be shared between threads. `session` is the key of a session."""

    def __init__(self, port: int, session: str = "") -> None:
        self._port = port
        self._cookies = {settings.CSRF_COOKIE_NAME: TOKEN}
        if session:
            self._cookies[settings.SESSION_COOKIE_NAME] = session
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0

    def get(self, path: str) -> Answer:
        """Ask for a page. Raises OSError or http.client.HTTPException where no answer came."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, **fields: Any) -> Answer:
        """Send a form; a list is sent as that many fields of one name."""
        tokens = {"csrfmiddlewaretoken": TOKEN, ONCE: secrets.token_hex(16)}
        body = urllib.parse.urlencode(tokens | fields, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, username: str) -> None:
        """Ask for everything a browser asks for from the first page to the desk. Raises RuntimeError where it fails."""
        at = self.get("/").location
        self.get(at)
        at = self.post(at, login=username, password=PASSWORD).location
        self.get(at)
        answer = self.post(at, code=code())
        first = self.get("/")
        for _n in range(2):  # who has no desk begins elsewhere: the plan, and of it the one that runs
            first = self.get(first.location) if first.location else first
        if (answer.status, first.status) != (302, 200):
            raise RuntimeError(f"{username}: {answer.status} {answer.location}, {first.status} {first.location}")

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        began = time.perf_counter()
        if began > self._used + IDLE:
            self.close()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        try:
            self._connection.request(method, path, body, headers)
            page = self._connection.getresponse()
            answer = Answer(page.status, page.getheader("Location", ""), page.read(), time.perf_counter() - began)
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self._used = time.perf_counter()
        for each in page.headers.get_all("Set-Cookie", ()):
            name, value = each.split(";")[0].split("=", 1)
            if name == settings.SESSION_COOKIE_NAME:
                self._cookies[name] = value
        return answer
