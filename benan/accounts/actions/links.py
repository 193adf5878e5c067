"""Links that let somebody in once: made, found and used."""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import installation, link_digests, policy, sessions, states, throttle
from benan.accounts.events import AccountEvent
from benan.accounts.installation import trail_of_command
from benan.accounts.models import EntryLink, User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core.days import clock
from benan.core.refusals import Refused

Link = EntryLink.Kind
NO_PASSWORD = _("Mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại.")
NOT_USABLE = _("Đường dẫn này đã dùng hoặc đã hết hạn. Người đã gửi có thể tạo đường dẫn mới.")
LINK_LIFE: dict[str, dt.timedelta] = {
    Link.INVITATION: dt.timedelta(days=7),
    Link.NEW_PASSWORD: dt.timedelta(days=1),
    Link.LOST_FACTOR: dt.timedelta(hours=1),
    Link.DEMO: dt.timedelta(hours=1),
}


@transaction.atomic
def make_link(*, by: User | None, user: User, kind: str, command: str = "") -> str:
    """Make a link that lets `user` in once; returns its secret, which is shown once and never stored.

    Nobody enters for another: from which state of the account, and after which other links, each is made stands in
    `states`. A lost second factor is confirmed by a head over the officer, or by another administrator where there
    is no such head: at that moment every session of the account ends and no browser is known to it any more
    (`devices`), for whoever has the telephone may have them too. A command on the server (`by` None) makes those of
    administrators it appoints and of a demo.
    """
    if kind == Link.DEMO and not installation.is_demo():
        raise Refused(_("Đường dẫn đăng nhập không cần mật khẩu chỉ có ở bản trình diễn."))
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if kind != Link.DEMO:
        able = _who_may(by, user, kind)
        states.check(states.MAKING[kind], user, by=by, able=able)
    if by and kind == Link.LOST_FACTOR:
        sessions.end_sessions(user)
        trail.record(by=by, event=AccountEvent.FACTOR_RESET, on=user)
    user.entry_links.make_void()
    secret = secrets.token_urlsafe(24)
    bound: dict[str, Any] = {"user": user, "kind": kind, "made_by": by, "expires_at": clock() + LINK_LIFE[kind]}
    link = EntryLink.objects.create(**bound, secret_hash=link_digests.digest(secret, **bound))
    trail.record(
        by=by, event=AccountEvent.LINK_MADE, on=user, data={"kind": kind, "link": link.pk, **trail_of_command(command)}
    )
    return secret


def find_link(secret: str) -> EntryLink | None:
    """The unused, unexpired link of a secret, or None; a demo's opens nothing elsewhere."""
    link = (
        EntryLink.objects.usable()
        .select_related("user", "made_by")
        .filter(secret_hash__startswith=link_digests.beginning_of_digest(secret), user__is_active=True)
        .first()
    )
    if link and not link_digests.is_genuine(link, secret):
        return None
    return None if link and link.kind == Link.DEMO and not installation.is_demo() else link


def use_link(*, secret: str, password: str = "", address: str = "") -> User:
    """Use up a link. `password` is the new one, or for a lost factor the one they have; a demo's needs none.

    The trail says who made it, when, and from which network address it was used. A new password ends every session
    opened elsewhere, a lost factor also forgets the old one and its recovery codes. A wrong password is counted (`throttle`) and leaves the link
    unused. Raises Refused.
    """
    link = find_link(secret)
    if link and link.kind == Link.LOST_FACTOR and not throttle.is_password_of(link.user, password):
        raise Refused(NO_PASSWORD, field="password")
    if link is None:
        raise Refused(NOT_USABLE)
    return _use(link, password, address)


def _who_may(by: User | None, user: User, kind: str) -> Callable[[], set[int]]:
    """Refuse a link that `by` may not make; gives who may (ids), to be asked only where another refusal names them."""
    heads = policy.guardians(user) if kind == Link.LOST_FACTOR else set()
    if by and not policy.acts_as_head(by, P.FACTOR_RESET, heads):
        if heads:
            raise PermissionDenied
        policy.require_right(by, P.USER_MANAGE)
    if by == user:
        raise Refused(
            _("Không được tự xác nhận cho mình. Đề nghị một người quản trị khác.")
            if kind == Link.LOST_FACTOR
            else _("Không được tự tạo đường dẫn cho mình. Đổi mật khẩu ở trang Tài khoản của tôi.")
        )
    return lambda: heads or policy.administrators()


@transaction.atomic
def _use(link: EntryLink, password: str, address: str) -> User:
    user = User.objects.select_for_update(no_key=True).get(pk=link.user_id)
    if EntryLink.objects.usable().filter(pk=link.pk).update(used_at=clock(), used_from=address) != 1:
        raise Refused(NOT_USABLE)
    if link.kind != Link.DEMO:
        # Asked again: the account may have become more than it was when the link was made.
        states.check(states.USING[link.kind], user, by=link.made_by)
    if link.kind in states.SETS_PASSWORD:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), field="password1") from error
    if link.kind == Link.LOST_FACTOR:
        user.authenticator_set.all().delete()
    if link.kind != Link.DEMO:
        # The same password, salted anew, is another: no browser is known any more.
        user.set_password(password)
        user.save(update_fields=["password"])
        sessions.end_sessions(user)
    data = {
        "kind": link.kind, "link": link.pk, "made_by": link.made_by.username if link.made_by else "",
        "made_at": link.made_at.isoformat(), "address": address,
    }  # fmt: skip
    trail.record(by=user, event=AccountEvent.LINK_USED, on=user, data=data)
    return user
