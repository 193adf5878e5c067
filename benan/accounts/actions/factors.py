"""Second factors: set up, replaced, their recovery codes made, a code used."""

import hmac
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import factors, sessions, states
from benan.accounts.events import AccountEvent
from benan.accounts.models import User
from benan.audit import trail
from benan.core.refusals import Refused

Type = Authenticator.Type


@transaction.atomic
def set_up(*, by: User, secret: str, code: str, session: str | None = "") -> None:
    """Set up an authenticator app, or another in place of the one before in one step, with recovery codes of its own.

    Nobody else ever sees an account with a factor without one.
    `code` is what the app shows for the secret. Every other session of the account ends; `session` is the key of the
    one that goes on. The same secret sent again does nothing more.
    """
    by = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if _has(by, secret):
        return
    was_there = by.has_second_factor()
    states.check(states.REPLACE_FACTOR if was_there else states.SET_FACTOR, by, by=by)
    step = factors.step_of(secret, code)
    if step is None:
        raise Refused(_("Mã không đúng. Chờ mã mới trên điện thoại rồi nhập lại."), field="code")
    by.authenticator_set.all().delete()
    by.authenticator_set.create(type=Type.TOTP, data={"secret": factors.seal(by.pk, secret), "last_step": step})
    _make_codes(by)
    sessions.end_sessions(by, besides=session)
    trail.record(by=by, event=AccountEvent.FACTOR_REPLACED if was_there else AccountEvent.FACTOR_SET_UP, on=by)


@transaction.atomic
def make_recovery_codes(*, by: User, session: str | None = "") -> None:
    """Make recovery codes anew; those before let nobody in any more. Other sessions end, as in `set_up`."""
    by = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    by.authenticator_set.filter(type=Type.RECOVERY_CODES).delete()
    _make_codes(by)
    sessions.end_sessions(by, besides=session)
    trail.record(by=by, event=AccountEvent.CODES_MADE, on=by)


@transaction.atomic
def use_code(*, by: User, code: str) -> Authenticator | None:
    """Use a code of the app or a recovery code: the second factor it belongs to, None where it is none of them.

    Each counts once, whatever is sent at the same moment; one whose secret was sealed for another account never.
    """
    for factor in by.authenticator_set.select_for_update().order_by("-type"):
        if factors.is_own(factor) and _is_used_up(factor, code):
            return factor
    return None


@dataclass(frozen=True)
class Batch:
    """Second factors gone through: the last one, how many, how many are sealed anew, how many could not be opened."""

    last_id: int
    people: int
    changed: int
    unreadable: int


@transaction.atomic
def seal_again(*, by: None, after: int | None = 0, most: int = 200) -> Batch | None:
    """Seal the next second factors under the installation's current key (rotate_keys); None where nobody is left."""
    rows = list(Authenticator.objects.select_for_update().filter(pk__gt=after or 0).order_by("pk")[:most])
    if not rows:
        return None
    changed, unreadable = _seal([row for row in rows if not factors.is_current(row)])
    return Batch(rows[-1].pk, len(rows), changed, unreadable)


def _seal(rows: list[Authenticator]) -> tuple[int, int]:
    secrets = {row: _secret_of(row) for row in rows}
    for row, secret in secrets.items():
        if secret:
            row.data[factors.FIELDS[row.type]] = factors.seal(row.user_id, secret)
            row.save(update_fields=["data"])
    sealed = sum(map(bool, secrets.values()))
    return sealed, len(rows) - sealed


def _has(user: User, secret: str) -> bool:
    """Whether this secret is the one of the account's app already: a form sent twice at the same moment."""
    apps = [row for row in user.authenticator_set.filter(type=Type.TOTP) if factors.is_current(row)]
    return any(hmac.compare_digest(factors.unseal(row.data["secret"]), secret) for row in apps)


def _secret_of(factor: Authenticator) -> str:
    return factors.unseal(factor.data[factors.FIELDS[factor.type]]) if factors.is_own(factor) else ""


def _is_used_up(factor: Authenticator, code: str) -> bool:
    if factor.type == Type.RECOVERY_CODES:
        return factor.wrap().validate_code(code)
    step = factors.step_of(factors.unseal(factor.data["secret"]), code, after=factor.data.get("last_step", 0))
    if step is not None:
        factor.data["last_step"] = step
        factor.save(update_fields=["data"])
    return step is not None


def _make_codes(user: User) -> None:
    data = {"seed": factors.seal(user.pk, RecoveryCodes.generate_seed()), "used_mask": 0}
    user.authenticator_set.create(type=Type.RECOVERY_CODES, data=data)
