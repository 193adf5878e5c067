"""How fast passwords and codes may be guessed: a growing delay for each account, whatever the address.

Tries from browsers that never signed in to the account share one count. A browser that did (`devices`), a page open to
somebody signed in, and a link for one account each have a count of their own, so that guesses from elsewhere never
delay the officer. A name that is no account's is answered and counted like any other. An address never waits by
itself: behind one stands a whole province. Where too many tries fail from one, the delay of each name begins there
with its second failure.

Counted on a connection of its own: a request that is refused does not undo its count.
"""

import datetime as dt
import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from benan.accounts import devices
from benan.accounts.events import AccountEvent
from benan.accounts.models import EntryLink, FailedAttempts, User
from benan.accounts.requests import OfficerRequest
from benan.audit import trail
from benan.audit.models import Event as Line
from benan.core.addresses import client_address
from benan.core.days import VIETNAM, clock
from benan.core.refusals import Refused

FREE, FREE_WHERE_MANY_FAIL = 5, 2  # failures with which the first delay begins; from an address beyond its budget
OWN_MISTAKES = 2  # failures of which an officer is not told: everybody mistypes
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=5), dt.timedelta(minutes=15)
FORGOTTEN_AFTER = dt.timedelta(hours=12)  # without another failure
ADDRESS_BUDGET, ADDRESS_WINDOW = 300, dt.timedelta(hours=1)
ASIDE, MINUTE = "aside", 60
Result = TypeVar("Result")
_UNKNOWN_NAMES = 256  # counts shared by all names that are no account's


class MustWait(Refused):
    """A delay is not over, and how long it lasts: for those who are known already, never for who typed a name."""

    def __init__(self, until: dt.datetime) -> None:
        seconds = math.ceil((until - clock()).total_seconds())
        words = _(
            "Nhập sai nhiều lần liên tiếp nên phải chờ %(n)s giây nữa; trong thời gian chờ, nhập đúng "
            "cũng chưa đăng nhập được."
        )
        if seconds > MINUTE:
            words = _(
                "Nhập sai nhiều lần liên tiếp nên phải chờ đến %(at)s; trong thời gian chờ, nhập đúng cũng "
                "chưa đăng nhập được. Cần đăng "
                "nhập ngay thì gọi người quản trị chương trình: người ấy mở trang tài khoản này, bấm “Cho "
                "đăng nhập ngay”."
            )
        at = until.astimezone(VIETNAM) + dt.timedelta(seconds=MINUTE - 1)
        super().__init__(words % {"n": max(seconds, 1), "at": f"{at:%H:%M}"})


@dataclass(frozen=True)
class Attempt:
    """One try at a password or a code: which count it goes to, whose account it is, from where.

    `ends_count` where succeeding means that the officer is certain, so that the count begins anew.
    """

    counter: str
    what: str
    user: User | None = None
    address: str = ""
    ends_count: bool = True


def password_at_sign_in(request: HttpRequest, typed: str) -> Attempt:
    """A password sent with a name, which may be no account's. It does not end the count: a code follows."""
    user = User.objects.filter(username=typed.lower()).first()
    if user is None:
        counter = f"unknown:{_keyed(typed)[0] % _UNKNOWN_NAMES}"
    else:
        counter = _sign_in_counter(request, user)
    return Attempt(counter, "password", user, client_address(request), ends_count=False)


def code_at_sign_in(request: HttpRequest, user: User) -> Attempt:
    """A code after the right password."""
    return Attempt(_sign_in_counter(request, user), "code", user, client_address(request))


def of_signed_in(request: OfficerRequest, what: str) -> Attempt:
    """A password or a code asked again of somebody signed in."""
    return Attempt(f"inside:{request.user.pk}", what, request.user, client_address(request))


def tried(attempt: Attempt, check: Callable[[], Result | None], password: str | None = None) -> Result | None:
    """What `check()` gives, None where that is nothing. Raises MustWait without a look while the delay is not over.

    Counted as failed before it is looked at and given back after, so that guesses at one moment are each counted. With
    a password the answer takes as long either way.
    """
    failures, wait_until = _count(attempt)
    if wait_until:
        if password is not None:
            make_password(password)
        raise MustWait(wait_until)
    try:
        result = check()
    except Refused:
        _give_back(attempt)
        raise
    if result:
        _forget(attempt) if attempt.ends_count else _give_back(attempt)
        return result
    _tell(attempt, failures)
    return None


def is_password_of(user: User, password: str) -> bool:
    """Whether it is the account's password, asked for by a link that only its holder knows; counted apart.

    Raises MustWait.
    """
    attempt = Attempt(f"link:{user.pk}", "password", user)
    return bool(tried(attempt, lambda: user.check_password(password), password))


def delay_after(failures: int, free: int = FREE) -> dt.timedelta:
    """How long after so many failures nothing more is looked at."""
    return min(FIRST_WAIT * 2 ** min(failures - free, 20), LONGEST_WAIT) if failures >= free else dt.timedelta()


def guessed_at() -> QuerySet[FailedAttempts, dict[str, Any]]:
    """Accounts (`user`) that have to wait after each failure, wherever: how many (`count`), the latest (`at`) first."""
    waits = Q(failures__gte=FREE) | Q(wait_until__gt=clock())
    rows = FailedAttempts.objects.using(ASIDE).filter(waits, user__isnull=False, last__gt=clock() - FORGOTTEN_AFTER)
    return rows.values("user").annotate(count=Sum("failures"), at=Max("last")).order_by("-at")


def since_entry(user: User) -> tuple[int, dt.datetime | None, Line | None]:
    """What the trail knows of since the officer last signed in.

    How many failures in a row, at least; when the latest was; the row of the link that was used last.
    """
    events = (AccountEvent.SIGNED_IN, AccountEvent.SIGN_IN_FAILED, AccountEvent.LINK_USED)
    lines = Line.objects.filter(subject=user.trail_subject, event__in=events).order_by("-seq")[:20]
    new = list(takewhile(lambda line: line.event != AccountEvent.SIGNED_IN, lines))
    failed = [line for line in new if line.event == AccountEvent.SIGN_IN_FAILED]
    used = [line for line in new if line.event == AccountEvent.LINK_USED and line.data["kind"] != EntryLink.Kind.DEMO]
    count = max((line.data.get("count", 1) for line in failed), default=0)
    return count, failed[0].at if failed else None, used[0] if used else None


def too_many_wrong_secrets(request: HttpRequest, what: str) -> bool:
    """Whether too many secrets of addresses of one sort (`what`) were wrong from where a request comes, within the hour."""
    return _too_many_from(client_address(request), what)


def count_wrong_secret(request: HttpRequest, what: str) -> None:
    """Count one more. A request that reads cannot tell the trail of it."""
    if address := client_address(request):
        _count_address(address, what)


def begin_anew(user: User) -> int:
    """Forget every failure of an account; gives how many counts there were."""
    return FailedAttempts.objects.using(ASIDE).filter(user=user).delete()[0]


def delete_old() -> None:
    """Delete the counts that no longer count."""
    FailedAttempts.objects.using(ASIDE).filter(last__lt=clock() - FORGOTTEN_AFTER).delete()


def _sign_in_counter(request: HttpRequest, user: User) -> str:
    device = devices.known_device(request, user)
    return f"device:{user.pk}:{device}" if device else f"account:{user.pk}"


def _count(attempt: Attempt) -> tuple[int, dt.datetime | None]:
    """Count one failure more and begin its delay; gives their number, 0 and its end while a delay runs."""
    free = FREE_WHERE_MANY_FAIL if _too_many_from(attempt.address) else FREE
    now = clock()
    with transaction.atomic(using=ASIDE):
        row, is_first = _locked(attempt.counter, attempt.user, now)
        if is_first:
            return row.failures, None
        if row.wait_until > now:
            return 0, row.wait_until
        row.failures = 1 if row.last < now - FORGOTTEN_AFTER else row.failures + 1
        row.last, row.wait_until = now, now + delay_after(row.failures, free)
        row.save(using=ASIDE)
    return row.failures, None


def _give_back(attempt: Attempt) -> None:
    with transaction.atomic(using=ASIDE):
        row = _rows(attempt.counter).select_for_update().first()
        if row is None:
            return
        row.failures, row.wait_until = row.failures - 1, clock()
        row.save(using=ASIDE) if row.failures > 0 else row.delete(using=ASIDE)


def _forget(attempt: Attempt) -> None:
    _rows(attempt.counter).delete()


def _tell(attempt: Attempt, failures: int) -> None:
    """Note failures under a name, and those of an address beyond its budget: the first, then each doubling.

    A guesser cannot fill the trail, and every burst stands there. A name that is no account's is noted without it.
    """
    if _is_doubling(failures):
        data = {"what": attempt.what, "count": failures, "from": attempt.address}
        trail.record(by=None, event=AccountEvent.SIGN_IN_FAILED, on=attempt.user or "", data=data)
    if attempt.address:
        of_address = _count_address(attempt.address)
        if of_address % ADDRESS_BUDGET == 0 and _is_doubling(of_address // ADDRESS_BUDGET):
            data = {"count": of_address, "from": attempt.address}
            trail.record(by=None, event=AccountEvent.SIGN_IN_FAILED, data=data)


def _count_address(address: str, what: str = "address") -> int:
    now = clock()
    with transaction.atomic(using=ASIDE):
        row, is_first = _locked(_address_counter(address, what), None, now)
        if not is_first:
            if row.since < now - ADDRESS_WINDOW:
                row.failures, row.since = 0, now
            row.failures, row.last = row.failures + 1, now
            row.save(using=ASIDE)
    return row.failures


def _too_many_from(address: str, what: str = "address") -> bool:
    if not address:  # a command, or a connection without an address
        return False
    rows = _rows(_address_counter(address, what))
    return rows.filter(failures__gte=ADDRESS_BUDGET, since__gte=clock() - ADDRESS_WINDOW).exists()


def _locked(counter: str, user: User | None, now: dt.datetime) -> tuple[FailedAttempts, bool]:
    """(The row of a count, whether it was made now, with its first failure)."""
    defaults = {"user": user, "failures": 1, "since": now, "last": now, "wait_until": now}
    return FailedAttempts.objects.using(ASIDE).select_for_update().get_or_create(counter=counter, defaults=defaults)


def _rows(counter: str) -> QuerySet[FailedAttempts]:
    return FailedAttempts.objects.using(ASIDE).filter(counter=counter)


def _address_counter(address: str, what: str = "address") -> str:
    """A keyed hash of the address; of IPv6 the network that one subscriber has."""
    ip = ipaddress.ip_address(address)
    subscriber = str(ip)
    if ip.version == 6:
        subscriber = str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return f"{what}:{_keyed(subscriber).hex()[:32]}"


def _keyed(text: str) -> bytes:
    return salted_hmac("benan/throttle", text, algorithm="sha256").digest()


def _is_doubling(number: int) -> bool:
    return number & (number - 1) == 0
