"""Changes to accounts: making, renaming, stopping and reopening them."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import invariants, policy, reasons, states
from benan.accounts.actions import links, roles
from benan.accounts.events import AccountEvent
from benan.accounts.installation import trail_of_command
from benan.accounts.models import ADMINISTRATORS, CONFIRMED_ROLES, EndRequest, EntryLink, Membership, User
from benan.accounts.roles import P
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core.days import clock, legal_day
from benan.core.refusals import Refused
from benan.core.text import clean

FIRST_ADMINISTRATORS = 2


@transaction.atomic
def make_account(*, by: User | None, username: str, full_name: str, command: str = "") -> tuple[User, str]:
    """Make an officer's account and the secret of the link by which they enter for the first time.

    `by` is None only for administrators appointed by a `command` on the server.
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
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:  # somebody else made one of that name at the same moment
        raise Refused(User._meta.get_field("username").error_messages["unique"], field="username") from error
    trail.record(by=by, event=AccountEvent.ACCOUNT_MADE, on=user, data=trail_of_command(command))
    return user, links.make_link(by=by, user=user, kind=EntryLink.Kind.INVITATION, command=command)


@transaction.atomic
def correct_name(*, by: User, user: User, full_name: str, why: str) -> User:
    """Correct how an officer is called. The trail says that it was done and why; the name before stays on the account."""
    policy.require_right(by, P.USER_MANAGE)
    if by == user:
        raise Refused(_("Không được tự sửa họ tên của mình. Đề nghị một người quản trị khác sửa."))
    why = reasons.check(why, reasons.RENAMING)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before, name = user.full_name, clean(full_name)
    if not name or name == before:
        raise Refused(_("Họ tên mới còn để trống, hoặc trùng họ tên đã ghi."), field="full_name")
    user.full_name, user.former_names = name, [*user.former_names, before]
    user.save(update_fields=["full_name", "former_names"])
    trail.record(by=by, event=AccountEvent.NAME_CORRECTED, on=user, data={"why": why})
    return user


@transaction.atomic
def stop_account(
    *,
    by: User | None,
    user: User,
    why: str = "",
    knowing: bool = False,
    request: EndRequest | None = None,
    command: str = "",
) -> None:
    """Stop an account: nobody enters by it, and whoever is in it is out at once. Its links are void.

    The roles stay as they were given and hold again once it is reopened. Nobody stops themselves, and the last
    administrator goes on; `knowing` as in `end_role`. Where it takes two people, `request` is what another asked. A
    `command` on the server (`by` None) stops any account alone, the last administrator's too.
    """
    invariants.lock_memberships(by)
    data = {"why": reasons.check(why, reasons.STOPPING)} if by else trail_of_command(command)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if by == user:
        raise Refused(_("Không được tự ngừng tài khoản của mình. Đề nghị một người quản trị khác."))
    if by and (request or policy.takes_two_to_stop(user)):
        asked = invariants.check_second_person(by, request, user=user)
        data["asked_by"] = asked.asked_by.username
    elif by:
        policy.require_right(by, P.USER_MANAGE)
    states.check(states.STOP, user, by=by)
    if by:
        held = list(Membership.objects.holding().filter(user=user).select_related("agency"))
        invariants.check_office_stays_attended(held, legal_day(), knowing)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.entry_links.make_void()
    # Deleted, so that none of them opens again with the account.
    user.sessions.all().delete()
    trail.record(by=by, event=AccountEvent.ACCOUNT_STOPPED, on=user, data=data)


@transaction.atomic
def reopen_account(*, by: User, user: User, why: str) -> None:
    """Let a stopped account be used again, with the password and the second factor it had.

    Roles of CONFIRMED_ROLES wait for somebody else to confirm them, as if `by` had just given them.
    """
    invariants.lock_memberships(by)
    policy.require_right(by, P.USER_MANAGE)
    why = reasons.check(why, reasons.REOPENING)
    confirmed = user.memberships.not_over().filter(role__in=CONFIRMED_ROLES).select_for_update()
    waiting = list(confirmed.values_list("pk", flat=True))
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    states.check(states.REOPEN, user, by=by)
    Membership.objects.filter(pk__in=waiting).update(
        granted_by=by, granted_at=clock(), confirmed_by=None, confirmed_at=None
    )
    user.is_active = True
    user.save(update_fields=["is_active"])
    trail.record(by=by, event=AccountEvent.ACCOUNT_REOPENED, on=user, data={"why": why, "waiting": waiting})


@transaction.atomic
def appoint_administrator(*, by: None, username: str, full_name: str, command: str = "") -> tuple[User, str]:
    """Make one of two administrators by a command on the server (`by` None), with the secret of a link.

    Two, so that nobody ever confirms what they gave themselves; every later one is given and confirmed like other
    roles. Raises Refused while two can work, or have a link by which they can begin to. One appointed before who never
    entered gets a new link.
    """
    invariants.lock_memberships(by)
    appointed = Membership.objects.standing().filter(role__in=ADMINISTRATORS, granted_by=None).select_related("user")
    awaited = {row.user for row in appointed if states.state_of(row.user) == states.State.INVITED}
    for user in awaited:
        if user.username == clean(username).lower():
            return user, links.make_link(by=by, user=user, kind=EntryLink.Kind.INVITATION, command=command)
    coming = {user.pk for user in awaited if user.entry_links.usable().exists()}
    if len(policy.administrators() | coming) >= FIRST_ADMINISTRATORS:
        raise Refused(
            _(
                "Đã có hai người quản trị. Người quản trị thứ ba do một người giao vai trò và người kia xác "
                "nhận, trong chương trình."
            )
        )
    user, secret = make_account(by=by, username=username, full_name=full_name, command=command)
    operator = Agency.objects.get(kind=AgencyKind.OPERATOR)
    roles.grant_role(by=by, user=user, agency=operator, role="administrator", since=legal_day())
    return user, secret
