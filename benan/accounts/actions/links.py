"""Links that let somebody in once: made, found and used."""

import datetime as dt
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import installation, link_digests, policy
from benan.accounts.actions import attempts
from benan.accounts.models import EntryLink, Membership, User
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.core.days import clock
from benan.core.refusals import Refused

Link = EntryLink.Kind
LINK_LIFE = {
    Link.INVITATION: dt.timedelta(days=7),
    Link.NEW_PASSWORD: dt.timedelta(days=1),
    Link.LOST_FACTOR: dt.timedelta(hours=1),
    Link.DEMO: dt.timedelta(hours=1),
}


@transaction.atomic
def make_link(*, by, user, kind) -> str:
    """Make a link that lets `user` in once; returns its secret, which is shown once and never stored.

    Nobody enters for another: an invitation is for accounts that never entered; a new password still needs the
    second factor; a lost second factor needs the password, and is confirmed by a head over the officer, or by
    another administrator where there is no such head. The program itself (`by` None) makes the very first link
    and those of a demo.
    """
    if kind == Link.DEMO and not installation.is_demo():
        raise Refused(_("Đường dẫn vào thẳng chỉ có ở bản trình diễn."))
    if by:
        _may_make_link(by, user, kind)
    if by and kind == Link.LOST_FACTOR:
        trail.record(by=by, event=Event.FACTOR_RESET, on=user)
    EntryLink.objects.filter(user=user, used_at=None).update(used_at=clock())
    secret = secrets.token_urlsafe(24)
    bound = {"user": user, "kind": kind, "made_by": by, "expires_at": clock() + LINK_LIFE[kind]}
    EntryLink.objects.create(**bound, secret_hash=link_digests.digest(secret, **bound))
    trail.record(by=by, event=Event.LINK_MADE, on=user, data={"kind": kind})
    return secret


def find_link(secret) -> EntryLink | None:
    """The unused, unexpired link of a secret, or None; a demo's opens nothing elsewhere."""
    link = (
        EntryLink.objects.select_related("user", "made_by")
        .filter(secret_hash__startswith=link_digests.found_by(secret), used_at=None, expires_at__gt=clock())
        .filter(user__is_active=True)
        .first()
    )
    if link and not link_digests.is_genuine(link, secret):
        return None
    return None if link and link.kind == Link.DEMO and not installation.is_demo() else link


def use_link(*, secret, password="") -> User:
    """Use up a link. `password` is the new one, or for a lost factor the one they have; a demo's needs none.

    A lost factor forgets the old one, its recovery codes and every session opened elsewhere. A wrong password
    counts toward the lock-out and leaves the link unused. Raises Refused.
    """
    link = find_link(secret)
    if link and link.kind == Link.LOST_FACTOR:
        if attempts.is_locked(link.user):
            raise Refused(attempts.LOCKED)
        if not link.user.check_password(password):
            attempts.count_failure(user=link.user)
            raise Refused(_("Mật khẩu không đúng."), field="password")
    return _use(link, password)


def _may_make_link(by, user, kind):
    if not user.is_active:
        raise Refused(_("Tài khoản này đã ngừng. Mở lại trước, rồi mới tạo đường dẫn."))
    if kind == Link.LOST_FACTOR:
        _may_restore(by, user)
        return
    policy.require_right(by, P.USER_MANAGE)
    if by == user:
        raise Refused(_("Không ai tự tạo đường dẫn cho mình. Đổi mật khẩu ở trang Tài khoản."))
    if kind == Link.INVITATION and user.has_usable_password():
        raise Refused(_("%(name)s đã vào và đã đặt mật khẩu.") % {"name": user})
    if kind == Link.NEW_PASSWORD and not user.has_second_factor():
        _refuse_taking_over(user)


def _may_restore(by, user):
    heads = policy.guardians(user)
    if heads and by.pk not in heads:
        raise PermissionDenied
    if not heads:
        policy.require_right(by, P.USER_MANAGE)
    if by == user:
        raise Refused(_("Không ai tự xác nhận cho mình. Đề nghị một người quản trị khác."))
    if not user.has_second_factor():
        raise Refused(_("%(name)s chưa cài bước xác thực thứ hai: đăng nhập bằng mật khẩu rồi cài.") % {"name": user})
    # Whoever may have set the password does not hand out the second factor too: that would be entering for them.
    passwords = user.entry_links.filter(kind=Link.NEW_PASSWORD, made_by=by)
    if passwords.filter(made_at__gt=user.last_login or user.made_at).exists():
        raise Refused(
            _("Đường dẫn đặt lại mật khẩu của %(name)s cũng do mình tạo. Một người khác xác nhận bước này.")
            % {"name": user}
        )


def _refuse_taking_over(user):
    """Without a second factor, a new password alone would hand over the identities that the account opens."""
    if any(seat.rights.opens_identities for seat in Membership.objects.holding().filter(user=user)):
        raise Refused(
            _(
                "%(name)s giữ vai trò được mở danh tính mà chưa cài bước xác thực thứ hai, nên chỉ vào được bằng mật "
                "khẩu của mình. Quên mật khẩu thì thôi giao các vai trò ấy, đặt lại mật khẩu, rồi giao và xác nhận lại."
            )
            % {"name": user}
        )


@transaction.atomic
def _use(link, password):
    if link is None or EntryLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock()) != 1:
        raise Refused(_("Đường dẫn này đã dùng hoặc đã hết hạn. Người đã gửi nó có thể tạo đường dẫn mới."))
    user = link.user
    if link.kind in (Link.INVITATION, Link.NEW_PASSWORD):
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), field="password1") from error
    if link.kind == Link.LOST_FACTOR:
        user.authenticator_set.all().delete()
    if link.kind != Link.DEMO:
        # The same password, salted anew, is another: sessions opened elsewhere end.
        user.set_password(password)
        user.save(update_fields=["password"])
    trail.record(by=user, event=Event.LINK_USED, on=user, data={"kind": link.kind})
    return user
