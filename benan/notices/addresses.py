"""How an officer's work address is kept: sealed under the key that lies elsewhere, for their account alone."""

import contextlib

from django.utils.translation import gettext_lazy as _

from benan.core import sealing
from benan.core.refusals import Refused
from benan.notices.models import MailSubscription

USE = "notice-address"


def seal(account: int, address: str) -> bytes:
    """An address as stored for an account (id). Raises Refused without a key file."""
    return sealing.seal(sealing.keys_for(USE)[0], address, _context(account))


def unseal(row: MailSubscription) -> str:
    """The address again. Raises Refused where another key sealed it, or for another account."""
    for key in sealing.keys_for(USE):
        with contextlib.suppress(ValueError):
            return sealing.unseal(key, bytes(row.address), _context(row.user_id))
    raise Refused(
        _(
            "Khóa đang dùng không phải khóa đã mã hóa địa chỉ này. Người quản trị đặt lại đúng tệp khóa, hoặc ghi lại địa chỉ."
        )
    )


def is_current(row: MailSubscription) -> bool:
    """Whether it is sealed under the key that the installation seals with now."""
    try:
        return bool(sealing.unseal(sealing.keys_for(USE)[0], bytes(row.address), _context(row.user_id)))
    except ValueError:
        return False


def _context(account: int) -> str:
    return f"work address of account {account}"
