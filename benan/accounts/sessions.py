"""Sessions as they are stored (SESSION_ENGINE): a copy of the database opens none of them.

A row stands under the hash of its key, and what it holds is sealed by a key made of that key and of SECRET_KEY. So
whoever reads the rows knows no cookie and no content, and whoever writes some makes no session.
"""

import datetime as dt
import hashlib
import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from benan.accounts.models import Session, User
from benan.core import sealing
from benan.core.days import clock

logger = logging.getLogger(__name__)
CONTEXT = "session"
PROVED = "proved_at_the_first_step"  # in a session: a mark of the password that was right there


class SessionStore(db.SessionStore):
    """Django's sessions in the database, under hashed keys and sealed."""

    @classmethod
    def get_model_class(cls) -> type[Session]:  # type: ignore[override]  # a model of our own
        """The model with the account beside."""
        return Session

    def exists(self, session_key: str) -> bool:
        """Whether a session of that key is stored."""
        return _row(session_key).exists()

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session of that key, by default this one."""
        key = session_key or self.session_key
        if key:
            _row(key).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:  # type: ignore[override]  # a model of our own
        """The row to store."""
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # private to Django
        return Session(
            session_key=_digest(key),
            session_data=sealing.seal(_key(key), self.serializer().dumps(data).decode("latin-1"), CONTEXT),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
        )

    def decode(self, session_data: bytes) -> dict[str, Any]:  # type: ignore[override]  # our rows hold bytes
        """What a row holds; nothing where it was sealed by another key."""
        try:
            return self.serializer().loads(
                sealing.unseal(_key(self.session_key), session_data, CONTEXT).encode("latin-1")
            )
        except ValueError:
            logger.warning("a session was sealed by another key")
            return {}

    def _get_session_from_db(self) -> Session | None:
        row = _row(self.session_key).filter(expire_date__gt=clock()).first()
        if row is None:
            self._session_key = None
        return row


def times_of_other_sessions(user: User, besides: str | None) -> list[dt.datetime]:
    """When each other session of an account was last noted to be at work, the latest first."""
    rows = user.sessions.exclude(session_key=_digest(besides)).filter(expire_date__gt=clock())
    ends = rows.order_by("-expire_date").values_list("expire_date", flat=True)
    return [end - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE) for end in ends]


def end_sessions(user: User, besides: str | None = "") -> None:
    """End every session of an account, but the one of this key."""
    user.sessions.exclude(session_key=_digest(besides)).delete()


def delete_expired() -> None:
    """Delete the sessions whose time is over."""
    Session.objects.filter(expire_date__lt=clock()).delete()


def _row(key: str | None) -> QuerySet[Session]:
    return Session.objects.filter(session_key=_digest(key))


def _digest(key: str | None) -> str:
    return hashlib.sha256((key or "").encode()).hexdigest()


def _key(key: str | None) -> bytes:
    return salted_hmac("benan/session", key or "", secret=settings.SECRET_KEY, algorithm="sha256").digest()
