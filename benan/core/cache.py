"""Django's cache (CACHES), shared by all processes, in a table that is written aside from the request's transaction.

Values are JSON, signed with the installation's secret, which the database does not hold: a row that somebody else
wrote is passed over, and no row is ever more than data.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core import signing
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from benan.core.days import clock
from benan.core.models import Remembered

_FOR_EVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
_COLUMNS = ("value", "until")


class SignedTable(BaseCache):
    """The cache backend. A value has to be something that JSON can say."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """The values known of these keys, in one query."""
        wanted = {self.make_and_validate_key(key, version): key for key in keys}
        rows = Remembered.objects.filter(key__in=wanted, until__gt=clock())
        found = {row.key: _opened(row) for row in rows}
        return {wanted[key]: content["value"] for key, content in found.items() if content}

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value of a key, or the default."""
        return self.get_many([key], version).get(key, default)

    def set_many(self, data: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> list[str]:
        """Remember values, in one statement; what has expired is forgotten."""
        until = self._until(timeout)
        rows = [_row(self.make_and_validate_key(key, version), value, until) for key, value in data.items()]
        Remembered.objects.filter(until__lte=clock()).delete()
        Remembered.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=_COLUMNS)
        return []

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Remember a value."""
        self.set_many({key: value}, timeout, version)

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store a value unless the key has one; returns whether it was stored."""
        row = _row(self.make_and_validate_key(key, version), value, self._until(timeout))
        Remembered.objects.filter(key=row.key, until__lte=clock()).delete()
        _known, is_new = Remembered.objects.get_or_create(
            key=row.key, defaults={"value": row.value, "until": row.until}
        )
        return is_new

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value for longer; says whether there is one."""
        value = self.get(key, self, version)
        if value is not self:
            self.set(key, value, timeout, version)
        return value is not self

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; says whether there was one."""
        return Remembered.objects.filter(key=self.make_and_validate_key(key, version)).delete()[0] > 0

    def clear(self) -> None:
        """Forget everything."""
        Remembered.objects.all().delete()

    def _until(self, timeout: Any) -> dt.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return _FOR_EVER if seconds is None else clock() + dt.timedelta(seconds=seconds)


def _row(key: str, value: Any, until: dt.datetime) -> Remembered:
    signed = signing.dumps({"value": value, "until": until.timestamp()}, salt=_salt(key), compress=True)
    return Remembered(key=key, value=signed, until=until)


def _opened(row: Remembered) -> dict[str, Any] | None:
    """What was signed for this key and has not expired, or None."""
    try:
        content = signing.loads(row.value, salt=_salt(row.key))
    except (signing.BadSignature, ValueError):
        return None
    return content if content["until"] > clock().timestamp() else None


def _salt(key: str) -> str:
    return f"benan.core.cache {key}"
