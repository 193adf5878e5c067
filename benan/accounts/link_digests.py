"""What is stored of the secret of an entry link: enough to find its row, and to know that the program wrote it.

The first half finds the row by the secret. The second binds the secret to the account, the kind, the maker and the
end, under the installation's secret, which the database does not hold: a row written or moved by anybody else opens
nothing.
"""

import datetime as dt

from django.utils.crypto import constant_time_compare, salted_hmac

from benan.accounts.models import EntryLink, User

HALF = 32  # hexadecimal digits


def beginning_of_digest(secret: str) -> str:
    """How `secret_hash` of the link with this secret begins."""
    return _half("find", secret)


def digest(secret: str, *, user: User, kind: str, made_by: User | None, expires_at: dt.datetime) -> str:
    """What is stored of the secret of a new link."""
    end = expires_at.astimezone(dt.UTC).isoformat()
    return beginning_of_digest(secret) + _half("bind", f"{secret}\n{user.pk}\n{kind}\n{made_by and made_by.pk}\n{end}")


def is_genuine(link: EntryLink, secret: str) -> bool:
    """Whether the program made this row for this secret, as it stands."""
    expected = digest(secret, user=link.user, kind=link.kind, made_by=link.made_by, expires_at=link.expires_at)
    return constant_time_compare(expected, link.secret_hash)


def _half(use: str, text: str) -> str:
    return salted_hmac(f"benan.accounts.link {use}", text, algorithm="sha256").hexdigest()[:HALF]
