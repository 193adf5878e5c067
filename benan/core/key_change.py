"""Changing the key-encryption key while the program goes on: begun, known to every process, ended.

From the beginning on every process seals with the new key, whichever of the two it holds, and opens with either.
After the end one that still holds the old key neither opens nor seals anything, until it is started with the new one.
"""

import functools
import hashlib
import time
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.db import connections
from django.utils.translation import gettext_lazy as _

from benan.core.models import KeyChange
from benan.core.refusals import Refused

KNOWN_AFTER = 2  # seconds after which every process has seen the row


def masters(held: bytes) -> list[bytes]:
    """The key to seal with, and while a change is under way the other one. Raises Refused for a key of before."""
    change = _row(connections["aside"].settings_dict["NAME"], int(time.monotonic()))
    if change is None:
        return [held]
    current, new_key, old_key = change
    if _mark(held) == current:
        other = _open(held, old_key)
        return [held, other] if other else [held]
    new = _open(held, new_key)
    if new is None or _mark(new) != current:
        raise Refused(_("Khóa mã hóa đã đổi. Người quản trị khởi động lại chương trình với tệp khóa mới (KEY_FILE)."))
    return [new, held]


def begin(old: bytes, new: bytes) -> None:
    """Have every process seal with the new key from now on, within `KNOWN_AFTER` seconds."""
    values = {"current": _mark(new), "new_key": _close(old, new), "old_key": _close(new, old)}
    KeyChange.objects.update_or_create(pk=1, defaults=values)
    _row.cache_clear()


def under_way() -> bool:
    """Whether a change began and did not end."""
    return KeyChange.objects.filter(pk=1, new_key__isnull=False).exists()


def end() -> None:
    """Take the old key away: nothing is opened with it any more."""
    KeyChange.objects.filter(pk=1).update(new_key=None, old_key=None)
    _row.cache_clear()


def is_current(key: bytes) -> bool:
    """Whether this is the key that the last change led to."""
    return KeyChange.objects.filter(pk=1, current=_mark(key)).exists()


@functools.lru_cache(maxsize=1)
def _row(_database: Any, _second: int) -> tuple[str, bytes | None, bytes | None] | None:
    """The row as it was within the last second."""
    row = KeyChange.objects.filter(pk=1).first()
    if row is None:
        return None
    return row.current, bytes(row.new_key) if row.new_key else None, bytes(row.old_key) if row.old_key else None


def _mark(key: bytes) -> str:
    """What tells a key from another and gives neither away."""
    return hashlib.sha256(_derived(key, "mark")).hexdigest()


def _close(under: bytes, key: bytes) -> bytes:
    return aes_key_wrap(_derived(under, "change"), key)


def _open(under: bytes, closed: bytes | None) -> bytes | None:
    """A key closed under another, or None where it was not."""
    try:
        return closed and aes_key_unwrap(_derived(under, "change"), closed)
    except InvalidUnwrap:
        return None


def _derived(key: bytes, use: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"benan/{use}".encode()).derive(key)
