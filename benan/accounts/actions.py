"""Changes to accounts, roles, ways in and duty numbers."""

import datetime as dt
import hashlib
import secrets

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from benan.accounts import installation, policy, queries
from benan.accounts.models import ADMINISTRATORS, Agency, DutyNumber, EntryLink, LockOut, Membership, User
from benan.accounts.roles import ROLES, Kind, P
from benan.audit import trail
from benan.audit.events import Event
from benan.audit.models import Event as Line
from benan.core.days import clock, legal_day, show
from benan.core.refusals import Refused
from benan.core.text import clean

Link = EntryLink.Kind
LINK_LIFE = {
    Link.INVITATION: dt.timedelta(days=7),
    Link.NEW_PASSWORD: dt.timedelta(days=1),
    Link.LOST_FACTOR: dt.timedelta(hours=1),
    Link.DEMO: dt.timedelta(hours=1),
}
FIRST_ADMINISTRATORS = 2
LOCK_AFTER, COUNT_FOR, LOCK_FOR = 5, dt.timedelta(minutes=15), dt.timedelta(minutes=30)
LOCKED = _("Tài khoản tạm khóa vì nhập sai nhiều lần. Chờ 30 phút, hoặc nhờ người quản trị mở.")


@transaction.atomic
def make_account(*, by, username, full_name) -> tuple[User, str]:
    """Make an officer's account and the secret of the link by which they enter for the first time.

    `by` is None only for the first administrator of a new installation.
    """
    if by:
        policy.require_right(by, P.USER_MANAGE)
    user = User(username=clean(username).lower(), full_name=clean(full_name))
    user.set_unusable_password()
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from error
    user.save()
    trail.record(by=by, event=Event.ACCOUNT_MADE, on=user)
    return user, make_link(by=by, user=user, kind=Link.INVITATION)


@transaction.atomic
def correct_name(*, by, user, full_name, why) -> User:
    """Correct how an officer is called. The name before stays on the trail, with the reason."""
    policy.require_right(by, P.USER_MANAGE)
    if by == user:
        raise Refused(_("Không ai tự sửa họ tên của mình. Đề nghị một người quản trị khác sửa."))
    before, name = user.full_name, clean(full_name)
    if not name or name == before:
        raise Refused(_("Họ tên mới trống, hoặc trùng họ tên đã ghi."), field="full_name")
    user.full_name = name
    user.save(update_fields=["full_name"])
    trail.record(by=by, event=Event.NAME_CORRECTED, on=user, data={"from": before, "to": name, "why": clean(why)})
    return user


@transaction.atomic
def stop_account(*, by, user, why, knowing=False) -> None:
    """Stop an account: nobody enters by it, and whoever is in it is out at once. Its links are void.

    The roles stay as they were given and hold again once it is reopened. Nobody stops themselves, and the last
    administrator goes on; `knowing` as in `end_role`.
    """
    policy.require_right(by, P.USER_MANAGE)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if by == user:
        raise Refused(_("Không ai tự ngừng tài khoản của mình. Đề nghị một người quản trị khác."))
    if not user.is_active:
        raise Refused(_("Tài khoản này đã ngừng."))
    held = list(Membership.objects.holding().filter(user=user).select_related("agency"))
    _check_left(held, legal_day(), knowing)
    user.is_active = False
    user.save(update_fields=["is_active"])
    EntryLink.objects.filter(user=user, used_at=None).update(used_at=clock())
    # Deleted, so that none of them opens again with the account.
    open_now = [row.pk for row in Session.objects.all() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=open_now).delete()
    trail.record(by=by, event=Event.ACCOUNT_STOPPED, on=user, data={"why": clean(why)})


@transaction.atomic
def reopen_account(*, by, user, why) -> None:
    """Let a stopped account be used again, with the password and the second factor it had."""
    policy.require_right(by, P.USER_MANAGE)
    if user.is_active:
        raise Refused(_("Tài khoản này đang dùng."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    trail.record(by=by, event=Event.ACCOUNT_REOPENED, on=user, data={"why": clean(why)})


@transaction.atomic
def appoint_administrator(*, by, username, full_name) -> tuple[User, str]:
    """Make one of the first two administrators, from the installation's terminal (`by` None), with the secret of a link.

    Two, so that nobody ever confirms what they gave themselves. Every later one is given and confirmed like other
    roles. Raises Refused where two hold already.
    """
    holding = Membership.objects.holding().filter(role__in=ADMINISTRATORS).values("user").distinct()
    if holding.count() >= FIRST_ADMINISTRATORS:
        raise Refused(
            _("Đã có hai người quản trị. Người thứ ba do một người giao và người kia xác nhận, trong chương trình.")
        )
    user, secret = make_account(by=by, username=username, full_name=full_name)
    operator = Agency.objects.get(kind=Kind.OPERATOR)
    grant_role(by=by, user=user, agency=operator, role="administrator", since=legal_day())
    return user, secret


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
    EntryLink.objects.create(
        user=user, kind=kind, secret_hash=_hash(secret), made_by=by, expires_at=clock() + LINK_LIFE[kind]
    )
    trail.record(by=by, event=Event.LINK_MADE, on=user, data={"kind": kind})
    return secret


def find_link(secret) -> EntryLink | None:
    """The unused, unexpired link of a secret, or None; a demo's opens nothing elsewhere."""
    link = (
        EntryLink.objects.select_related("user")
        .filter(secret_hash=_hash(secret), used_at=None, expires_at__gt=clock(), user__is_active=True)
        .first()
    )
    return None if link and link.kind == Link.DEMO and not installation.is_demo() else link


def use_link(*, secret, password="") -> User:
    """Use up a link. `password` is the new one, or for a lost factor the one they have; a demo's needs none.

    A lost factor forgets the old one, its recovery codes and every session opened elsewhere. A wrong password
    counts toward the lock-out and leaves the link unused. Raises Refused.
    """
    link = find_link(secret)
    if link and link.kind == Link.LOST_FACTOR:
        if is_locked(link.user):
            raise Refused(LOCKED)
        if not link.user.check_password(password):
            count_failure(user=link.user)
            raise Refused(_("Mật khẩu không đúng."), field="password")
    return _use(link, password)


@transaction.atomic
def grant_role(*, by, user, agency, role, since, until=None, paper_no="") -> Membership:
    """Give somebody a role at an agency from a legal day on.

    Nobody gives one to themselves, but for the first administrators, whom the program makes (`by` None). A role
    that opens identities, confirms such roles or manages accounts waits for `confirm_role`.
    """
    if by:
        policy.require_right(by, P.USER_MANAGE)
        if by == user:
            raise Refused(_("Không ai tự giao vai trò cho mình. Đề nghị một người quản trị khác giao."))
    if agency.kind not in ROLES[role].kinds:
        raise Refused(_("Vai trò “%(role)s” không có ở loại đơn vị này.") % {"role": ROLES[role].name}, field="agency")
    if since not in agency.in_force:
        raise Refused(
            _("Ngày %(on)s đơn vị này chưa lập hoặc đã kết thúc hoạt động.") % {"on": show(since)}, field="since"
        )
    if until and until < since:
        raise Refused(_("Ngày thôi giữ vai trò phải từ ngày bắt đầu trở đi."), field="until")
    membership = Membership.objects.create(
        user=user, agency=agency, role=role, since=since, until=until, granted_by=by, paper_no=clean(paper_no)
    )
    data = {"role": role, "agency": agency.key, "membership": membership.pk}
    trail.record(by=by, event=Event.ROLE_GRANTED, on=user, data=data)
    return membership


@transaction.atomic
def confirm_role(*, by, membership, paper_no="") -> Membership:
    """Confirm a role that opens identities, confirms such roles or manages accounts, so that it holds.

    By a head over it (`policy.heads_over`). Where no such head exists yet it takes two people who manage accounts,
    the one who gave the role and another, and the number of a paper. Raises Refused for one's own role, and for
    a role that one gave oneself.
    """
    rows = Membership.objects.select_for_update(of=("self",)).select_related("agency", "user")
    membership = rows.get(pk=membership.pk)
    heads = policy.heads_over(membership, policy.heads_by_agency(P.ROLE_CONFIRM))
    if by != membership.user and by.pk not in heads:
        if heads:
            raise PermissionDenied
        policy.require_right(by, P.USER_MANAGE)
    if by == membership.user:
        raise Refused(_("Không ai tự xác nhận vai trò của mình."))
    if not membership.waits_for_confirmation:
        raise Refused(_("Vai trò này đã được xác nhận."))
    if by == membership.granted_by:
        raise Refused(_("Người đã giao không tự xác nhận. Cần một người khác xác nhận."))
    membership.paper_no = clean(paper_no) or membership.paper_no
    if not heads and not membership.paper_no:
        raise Refused(
            _("Đơn vị chưa có thủ trưởng trong chương trình: ghi số văn bản giao nhiệm vụ để xác nhận."),
            field="paper_no",
        )
    membership.confirmed_by, membership.confirmed_at = by, clock()
    membership.save(update_fields=["confirmed_by", "confirmed_at", "paper_no"])
    data = {"role": membership.role, "agency": membership.agency.key, "membership": membership.pk}
    trail.record(by=by, event=Event.ROLE_CONFIRMED, on=membership.user, data=data)
    return membership


@transaction.atomic
def end_role(*, by, membership, until, knowing=False) -> None:
    """End a role after a legal day. Raises Refused where it ended before: it would hold again unconfirmed.

    Where it leaves an office with open files without anybody, `knowing` says that the administrator was told so. The
    last administrator goes on.
    """
    policy.require_right(by, P.USER_MANAGE)
    if until < membership.since:
        raise Refused(_("Ngày thôi giữ vai trò phải từ ngày bắt đầu trở đi."), field="until")
    if membership.until and until > membership.until:
        raise Refused(
            _("Vai trò này đã thôi sau ngày %(on)s. Muốn giữ tiếp thì giao lại.") % {"on": show(membership.until)},
            field="until",
        )
    _check_left([membership], until, knowing)
    membership.until = until
    membership.save(update_fields=["until"])
    trail.record(by=by, event=Event.ROLE_ENDED, on=membership.user, data={"membership": membership.pk})


@transaction.atomic
def count_failure(*, user) -> None:
    """Count one wrong password or code; the fifth within a quarter of an hour shuts the account for half an hour.

    Entering, or having the lock lifted, begins the count anew. The trail is the counter: it takes one writer at
    a time, whatever the number of workers.
    """
    trail.record(by=None, event=Event.SIGN_IN_FAILED, on=user)
    lines = Line.objects.filter(subject=user.trail_subject)
    anew = lines.filter(event__in=(Event.SIGNED_IN, Event.LOCKED_OUT, Event.LOCK_LIFTED)).order_by("-seq").first()
    failures = lines.filter(event=Event.SIGN_IN_FAILED, at__gt=clock() - COUNT_FOR, seq__gt=anew.seq if anew else 0)
    if failures.count() >= LOCK_AFTER:
        LockOut.objects.create(user=user, until=clock() + LOCK_FOR)
        trail.record(by=None, event=Event.LOCKED_OUT, on=user)


@transaction.atomic
def lift_lock(*, by, user) -> None:
    """Open a shut account again before its time."""
    policy.require_right(by, P.LOCK_LIFT)
    if by == user:
        raise Refused(_("Không ai tự mở khóa cho mình."))
    LockOut.objects.running().filter(user=user).update(lifted_by=by, lifted_at=clock())
    trail.record(by=by, event=Event.LOCK_LIFTED, on=user)


def is_locked(user) -> bool:
    """Whether the account is shut at this moment."""
    return LockOut.objects.running().filter(user=user).exists()


@transaction.atomic
def add_number(*, by, desk, area_code, label, phone, from_hour, to_hour, since, until=None) -> DutyNumber:
    """List a telephone that answers for an area of the province, from a legal day on."""
    policy.require_right(by, P.NUMBER_CHANGE)
    if not area_code:
        raise Refused(_("Chọn địa bàn. Số toàn quốc đi theo chương trình."), field="area_code")
    if until and until < since:
        raise Refused(_("Ngày cuối phải từ ngày đầu trở đi."), field="until")
    number = DutyNumber.objects.create(
        desk=desk, area_code=area_code, label=clean(label), phone=clean(phone), from_hour=from_hour, to_hour=to_hour,
        in_force=DateRange(since, until, "[]"),
    )  # fmt: skip
    trail.record(by=by, event=Event.NUMBER_CHANGED, on=f"number:{number.pk}", data={"added": area_code, "desk": desk})
    return number


@transaction.atomic
def end_number(*, by, number, until) -> None:
    """Say that a listed telephone no longer answers after a legal day."""
    policy.require_right(by, P.NUMBER_CHANGE)
    number = DutyNumber.objects.select_for_update().get(pk=number.pk)
    if not number.area_code:
        raise Refused(_("Số toàn quốc đi theo chương trình, không sửa ở đây."))
    if until < number.in_force.lower:
        raise Refused(
            _("Ngày cuối phải từ ngày đầu (%(on)s) trở đi.") % {"on": show(number.in_force.lower)}, field="until"
        )
    number.in_force = DateRange(number.in_force.lower, until, "[]")
    number.save(update_fields=["in_force"])
    trail.record(by=by, event=Event.NUMBER_CHANGED, on=f"number:{number.pk}", data={"until": until.isoformat()})


def _check_left(memberships, until, knowing):
    """Refuse to leave the program without administrator, or, unknowing, an office with files without anybody."""
    if policy.leaves_no_administrator(memberships, until):
        raise Refused(_("Đây là người quản trị cuối cùng. Giao vai trò quản trị cho người khác trước."))
    left = [] if knowing else policy.emptied(memberships, until)
    if left:
        names = queries.names([agency.pk for agency, _n in left], legal_day())
        offices = "; ".join(
            str(_("%(agency)s: %(n)d hồ sơ đang mở") % {"agency": names[agency.pk], "n": n}) for agency, n in left
        )
        raise Refused(
            _("Sau ngày %(on)s không còn ai xử lý hồ sơ ở đơn vị này (%(offices)s). Giao vai trò cho người khác trước, hoặc đánh dấu là đã biết.")
            % {"on": show(until), "offices": offices},
            field="knowing",
        )  # fmt: skip


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


def _hash(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
