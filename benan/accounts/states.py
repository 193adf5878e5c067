"""The states of an account and the acts that lead from one to another, on one page.

The state follows from facts that stand elsewhere: whether the account is in use, whether it has a password, whether it
has a second factor. Every verb on accounts, links and confirmations asks `check` before it changes anything.

The one rule behind the table: a link that sets somebody's password is as strong as every role which that person holds or
is about to hold. So whoever controls the account of another, while a role of CONFIRMED_ROLES holds there, got so far by
acts of at least two people. Three things keep it true:

- A role of CONFIRMED_ROLES holds only while its officer has a second factor (`MembershipQuerySet.holding`), and is
  confirmed only then: no confirmation is ever given before the first entry.
- An account without a second factor, on which such a role stands, gets no link that sets a password (`not_standing`).
- Whoever made one link for somebody never does what would complete it, whatever happened since (`never_after`).
- Who reopens a stopped account gives its roles of CONFIRMED_ROLES anew: they wait until somebody else confirms, those of
  administrators made on the server too. What two people or the server ended, one does not bring back.

Ending the role of a head or of an administrator, or stopping their account, takes two people (`actions.endings`). The
commands on the server, where `by` is None, stand outside: they make the first two administrators and replace one. Where
one administrator is left and reopens the account of the other, the server appoints a third, who confirms.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import CONFIRMED_ROLES, EntryLink, User
from benan.core.refusals import Refused

Link = EntryLink.Kind
SETS_PASSWORD: frozenset[str] = frozenset({Link.INVITATION, Link.NEW_PASSWORD})
FEW = 5  # people who are named; an office has no more


class State(TextChoices):
    """Where an account stands."""

    INVITED = "invited", _("chưa đăng nhập lần nào")
    PASSWORD_ONLY = "password_only", _("có mật khẩu, chưa cài bước xác thực thứ hai")
    WORKING = "working", _("đã cài bước xác thực thứ hai")
    STOPPED = "stopped", _("đã ngừng")


def state_of(user: User) -> State:
    """The state of an account now. People of a demo work without a password."""
    if not user.is_active:
        return State.STOPPED
    if user.has_second_factor():
        return State.WORKING
    return State.PASSWORD_ONLY if user.has_usable_password() else State.INVITED


INVITED, PASSWORD_ONLY, WORKING, STOPPED = State.INVITED, State.PASSWORD_ONLY, State.WORKING, State.STOPPED
IN_USE = frozenset({INVITED, PASSWORD_ONLY, WORKING})
_STOPPED = {STOPPED: _("Tài khoản của %(name)s đã ngừng. Mở lại tài khoản trước.")}
_ENTERED = _("%(name)s đã đăng nhập và đã đặt mật khẩu.")
_NEVER_ENTERED = _("%(name)s chưa đăng nhập lần nào. Tạo đường dẫn đăng nhập lần đầu.")
_NO_FACTOR = _("%(name)s chưa cài bước xác thực thứ hai: đăng nhập bằng mật khẩu rồi cài ứng dụng xác thực.")
_RESTORED = _(
    "Chị/anh đã xác nhận việc mất điện thoại của %(name)s nên không được tạo đường dẫn đặt mật khẩu cho người ấy."
)
_SET_PASSWORD_NO_FACTOR = _(
    "Chị/anh đã tạo đường dẫn đặt mật khẩu cho %(name)s nên không được xác nhận việc mất điện thoại của người ấy."
)
_SET_PASSWORD_NO_ROLE = _(
    "Chị/anh đã tạo đường dẫn đặt mật khẩu cho %(name)s nên không được xác nhận vai trò của người ấy."
)
_MUST_ENTER = _(
    "%(name)s chưa đăng nhập bằng bước xác thực thứ hai của chính mình nên chưa xác nhận được. Nhắc người ấy đặt "
    "mật khẩu, cài ứng dụng xác thực, rồi xác nhận."
)


@dataclass(frozen=True)
class Act:
    """One act on an account.

    `begins`: the states from which it is possible, the others with their sentence in `otherwise`. `leads_to`: the state
    after it, None where that stays. `people`: how many take part besides the owner, where a role of CONFIRMED_ROLES is
    concerned. `not_standing`: the states in which no role of CONFIRMED_ROLES may stand. `never_after`: the links whose
    makers never do this act for the same person, as `after_link` tells them.
    """

    who: str
    begins: frozenset[State]
    leads_to: State | None = None
    people: int = 1
    not_standing: frozenset[State] = frozenset()
    never_after: frozenset[str] = frozenset()
    after_link: str | Promise = ""
    otherwise: dict[State, str | Promise] = field(default_factory=dict)


INVITE = Act(
    who="an administrator other than the owner; the server for the administrators it appoints",
    begins=frozenset({INVITED}),
    not_standing=frozenset({INVITED}),
    never_after=frozenset({Link.LOST_FACTOR}),
    after_link=_RESTORED,
    otherwise={PASSWORD_ONLY: _ENTERED, WORKING: _ENTERED, **_STOPPED},
)
USE_INVITATION = Act(
    who="whoever has the link",
    begins=frozenset({INVITED}),
    leads_to=PASSWORD_ONLY,
    not_standing=frozenset({INVITED}),
    otherwise=INVITE.otherwise,
)
NEW_PASSWORD = Act(
    who="an administrator other than the owner; without a second factor it is the invitation again",
    begins=frozenset({PASSWORD_ONLY, WORKING}),
    not_standing=frozenset({PASSWORD_ONLY}),
    never_after=frozenset({Link.LOST_FACTOR}),
    after_link=_RESTORED,
    otherwise={INVITED: _NEVER_ENTERED, **_STOPPED},
)
USE_NEW_PASSWORD = Act(
    who="whoever has the link; the second factor is still asked for",
    begins=frozenset({PASSWORD_ONLY, WORKING}),
    not_standing=frozenset({PASSWORD_ONLY}),
    otherwise=NEW_PASSWORD.otherwise,
)
SET_FACTOR = Act(
    who="whoever signed in with the password (allauth)", begins=frozenset({PASSWORD_ONLY}), leads_to=WORKING
)
REPLACE_FACTOR = Act(
    who="the owner, having entered the password or the old code once more",
    begins=frozenset({WORKING}),
    otherwise={INVITED: _NO_FACTOR, PASSWORD_ONLY: _NO_FACTOR, **_STOPPED},
)
LOST_FACTOR = Act(
    who="a head over the officer; where there is none, another administrator",
    begins=frozenset({WORKING}),
    people=2,  # with the one who would have had to set the password
    never_after=SETS_PASSWORD,
    after_link=_SET_PASSWORD_NO_FACTOR,
    otherwise={INVITED: _NO_FACTOR, PASSWORD_ONLY: _NO_FACTOR, **_STOPPED},
)
USE_LOST_FACTOR = Act(
    who="whoever has the link and knows the password",
    begins=frozenset({WORKING}),
    leads_to=PASSWORD_ONLY,
    otherwise=LOST_FACTOR.otherwise,
)
CONFIRM = Act(
    who="a head over the role; where there is none, an administrator; never who gave the role",
    begins=frozenset({WORKING}),
    people=2,  # with the one who gave the role
    never_after=SETS_PASSWORD,
    after_link=_SET_PASSWORD_NO_ROLE,
    otherwise={INVITED: _MUST_ENTER, PASSWORD_ONLY: _MUST_ENTER, **_STOPPED},
)
STOP = Act(
    who="an administrator; for a head or an administrator a second person agrees; the server at once",
    begins=IN_USE,
    leads_to=STOPPED,
    people=2,
    otherwise={STOPPED: _("Tài khoản này đã ngừng.")},
)
_RUNNING = _("Tài khoản này đang dùng.")
REOPEN = Act(
    who="an administrator; the state before comes back, and roles of CONFIRMED_ROLES wait for another person",
    begins=frozenset({STOPPED}),
    people=2,  # with the one who confirms
    otherwise=dict.fromkeys(IN_USE, _RUNNING),
)

MAKING: dict[str, Act] = {Link.INVITATION: INVITE, Link.NEW_PASSWORD: NEW_PASSWORD, Link.LOST_FACTOR: LOST_FACTOR}
USING: dict[str, Act] = {
    Link.INVITATION: USE_INVITATION,
    Link.NEW_PASSWORD: USE_NEW_PASSWORD,
    Link.LOST_FACTOR: USE_LOST_FACTOR,
}


def check(act: Act, user: User, *, by: User | None, able: Callable[[], set[int]] | None = None) -> None:
    """Refuse an act on an account for its state, for a role that stands on it, or for a link that `by` once made.

    `by` is who acts, or who made the link that is used; None for a command on the server, to which the last two do
    not apply. `able` gives those (ids) who might do the act, so that the refusal names who else does it.
    """
    state = state_of(user)
    if state not in act.begins:
        raise Refused(act.otherwise[state] % {"name": user})
    if by and state in act.not_standing and holds_confirmed_role(user):
        raise Refused(
            _(
                "%(name)s giữ vai trò đã được xác nhận mà chưa cài bước xác thực thứ hai, nên chỉ đăng nhập được bằng "
                "mật khẩu của mình. Quên mật khẩu thì thu hồi các vai trò ấy, tạo đường dẫn, rồi giao và xác nhận lại."
            )
            % {"name": user}
        )
    if by and has_made_link(by, user, act.never_after):
        raise Refused(f"{act.after_link % {'name': user}} {_others(act, user, able() if able else set())}")


def holds_confirmed_role(user: User) -> bool:
    """Whether a role of CONFIRMED_ROLES stands on the account, confirmed or appointed, begun or not."""
    return user.memberships.lasting().filter(role__in=CONFIRMED_ROLES).exists()


def has_made_link(by: User, user: User, kinds: Iterable[str]) -> bool:
    """Whether a person ever made a link of some kinds for another, used or not."""
    return user.entry_links.filter(kind__in=kinds, made_by=by).exists()


def people_who_may(act: Act, user: User, able: set[int]) -> QuerySet[User]:
    """Of some people (ids), the first few who may do an act for somebody: others, who never made a link against it."""
    makers = set(user.entry_links.filter(kind__in=act.never_after).values_list("made_by", flat=True))
    return User.objects.filter(pk__in=able - makers - {user.pk}).order_by("username")[:FEW]


def _others(act: Act, user: User, able: set[int]) -> str | Promise:
    found = people_who_may(act, user, able)
    if not found:
        return _("Chưa ai khác làm được việc này: cần thủ trưởng của đơn vị hoặc thêm một người quản trị.")
    return _("Người làm được việc này: %(names)s.") % {"names": ", ".join(map(str, found))}
