"""Sealing of single values: a data key per person, wrapped by a key-encryption key kept elsewhere.

The key-encryption key lies in a file of its own, never in the data folder (`manage.py init_key`).
AES-256-GCM binds each value to its context, so a sealed value moved to another person or field
does not open.
"""

import base64
import contextlib
import contextvars
import functools
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from benan.core import key_change
from benan.core.refusals import Refused
from ops import files, handover, keys

NONCE, TAG = 12, 16
BLOCK = 128  # bytes; what is sealed is as long as a multiple of it, so that its length does not tell a name
_PADDING = b"\xff"  # a byte that no UTF-8 text holds
_BEFORE = contextvars.ContextVar("the key before the change", default=False)


def key_path() -> Path | None:
    """Where the key-encryption key is: KEY_FILE, else the place `init_key` noted in the data folder."""
    return keys.key_path(settings.DATA_DIR, settings.KEY_FILE)


def has_key() -> bool:
    """Whether this installation can seal at all; without a key it receives nobody."""
    path = key_path()
    return bool(_held() or (path and os.path.exists(path)))


def create_key(path: Path) -> None:
    """Write a new key-encryption key, readable by its owner alone, on the disk when this returns.

    Raises FileExistsError.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    files.sync_folder(path.parent)


def new_data_key() -> bytes:
    """A data key for one person."""
    return secrets.token_bytes(32)


def wrap(data_key: bytes) -> bytes:
    """A data key as it is stored."""
    return aes_key_wrap(_derived("wrap"), data_key)


def unwrap(wrapped: bytes) -> bytes:
    """A stored data key, usable again. Raises Refused where another key-encryption key wrapped it."""
    for key in keys_for("wrap"):
        with contextlib.suppress(InvalidUnwrap):
            return aes_key_unwrap(key, wrapped)
    raise Refused(
        _("Khóa đang dùng không phải khóa đã mã hóa danh tính của người này. Người quản trị đặt lại đúng tệp khóa.")
    )


def seal(data_key: bytes, text: str, context: str) -> bytes:
    """Text sealed for one context, e.g. "full_name", padded to blocks."""
    words = text.encode()
    words += _PADDING * (-len(words) % BLOCK or BLOCK * (not words))
    return seal_bytes(data_key, words, context)


def seal_bytes(data_key: bytes, content: bytes, context: str) -> bytes:
    """Content sealed for one context, as long as it is: for what says its length in clear, such as a stored file."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(data_key).encrypt(nonce, content, context.encode())


def is_padded(sealed: bytes) -> bool:
    """Whether the length of a sealed value tells no more than how many blocks it takes."""
    return (len(sealed) - NONCE - TAG) % BLOCK == 0


def unseal(data_key: bytes, sealed: bytes, context: str) -> str:
    """The text again; what was sealed without padding opens too.

    Raises ValueError where the value was sealed for another person or context.
    """
    return unseal_bytes(data_key, sealed, context).rstrip(_PADDING).decode()


def unseal_bytes(data_key: bytes, sealed: bytes, context: str) -> bytes:
    """The content again. Raises ValueError where it was sealed by another key or for another context."""
    try:
        return AESGCM(data_key).decrypt(bytes(sealed[:NONCE]), bytes(sealed[NONCE:]), context.encode())
    except InvalidTag as error:
        raise ValueError("sealed for another person or context") from error


def token(kind: str, value: str) -> bytes:
    """A blind index token: equal values give equal tokens, and nobody without the key can guess them."""
    return hmac.digest(_derived("index"), f"{kind}\0{value}".encode(), hashlib.sha256)[:16]


def under_every_key(make: Callable[[], Any]) -> set:
    """The tokens that `make()` gives, and while the key is changed also those it gives under the key before."""
    found = make()
    if len(keys_for("index")) > 1:
        before = _BEFORE.set(True)
        try:
            found |= make()
        finally:
            _BEFORE.reset(before)
    return found


def keys_for(use: str) -> list[bytes]:
    """The keys of one use: the current one, by which is sealed, and while the key is changed the one before."""
    return [_derive(key, use) for key in key_change.masters(held_key())]


def _derived(use: str) -> bytes:
    return keys_for(use)[-1 if _BEFORE.get() else 0]


def held_key() -> bytes:
    """The key that this process was started with, or else what its key file says. Raises Refused where there is none."""
    if held := _held():
        return base64.b64decode(held)
    path = key_path()
    if not path or not os.path.exists(path):
        raise Refused(
            _("Máy này chưa có khóa mã hóa danh tính. Người quản trị chạy lệnh init_key và cất khóa ở nơi khác.")
        )
    return read_key(path)


def read_key(path: Path) -> bytes:
    """The key in a file; read again where the file changed. Raises Refused where it is kept badly."""
    try:
        seen = os.stat(path)
        return _read(path, (seen.st_mtime_ns, seen.st_ctime_ns), settings.DATA_DIR)
    except OSError:
        raise Refused(
            _("Máy chủ đang chạy chưa nhận khóa mã hóa. Người quản trị dừng chương trình rồi chạy lại.")
        ) from None


def _held() -> str | None:
    """The key that the starter of a web server handed over: its workers may not read the file."""
    return handover.received("key")


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: tuple, folder: Path) -> bytes:
    if fault := keys.fault(path, folder):
        raise Refused(fault)
    return base64.b64decode(path.read_bytes())


@functools.lru_cache(maxsize=16)
def _derive(master: bytes, use: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"benan/{use}".encode()).derive(master)
