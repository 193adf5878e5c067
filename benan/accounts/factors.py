"""How the secret of a second factor is kept: sealed under the key that lies elsewhere, for one account.

The secret of an authenticator app and the seed of recovery codes are stored as "account.sealed". Copied to the row of
another account they do not count there, and nobody opens them without the key file.
"""

import base64
import contextlib

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.core import sealing
from benan.core.refusals import Refused

USE = "second-factor"
FIELDS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def seal(account: int, text: str) -> str:
    """A secret as stored for an account, given by its id. Raises Refused without a key file."""
    sealed = sealing.seal(sealing.keys_for(USE)[0], text, _context(account))
    return f"{account}.{base64.b64encode(sealed).decode()}"


def unseal(stored: str) -> str:
    """The secret again, whosever it is. Raises Refused where another key sealed it, or for another account."""
    for key in sealing.keys_for(USE):
        with contextlib.suppress(ValueError):
            return _unsealed(key, stored)
    raise Refused(
        _("Khóa đang dùng không phải khóa đã mã hóa bước xác thực này. Người quản trị đặt lại đúng tệp khóa.")
    )


def is_own(factor: Authenticator) -> bool:
    """Whether its secret was sealed for the account at which it stands."""
    return factor.data[FIELDS[factor.type]].startswith(f"{factor.user_id}.")


def is_current(factor: Authenticator) -> bool:
    """Whether its secret is sealed for its account under the key that the installation seals with now."""
    try:
        return is_own(factor) and bool(_unsealed(sealing.keys_for(USE)[0], factor.data[FIELDS[factor.type]]))
    except ValueError:
        return False


def step_of(secret: str, code: str, after: int = 0) -> int | None:
    """The half-minute whose code this is, if it is a present one later than `after`."""
    steps = (step for step in yield_hotp_counters_from_time() if step > after)
    return next(
        (
            step
            for step in steps
            if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
        ),
        None,
    )


def codes_left(user: User) -> int | None:
    """How many recovery codes are not used yet, counted without opening any; None where none were made."""
    row = user.authenticator_set.filter(type=Authenticator.Type.RECOVERY_CODES).first()
    return settings.MFA_RECOVERY_CODE_COUNT - row.data["used_mask"].bit_count() if row else None


def _context(account: int | str) -> str:
    return f"second factor of account {account}"


def _unsealed(key: bytes, stored: str) -> str:
    account, _dot, sealed = stored.partition(".")
    return sealing.unseal(key, base64.b64decode(sealed), _context(account))
