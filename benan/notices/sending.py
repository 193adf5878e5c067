"""Sends letters, each thing once: it is written down as being sent before the letter leaves, and never taken up again unless
the mail server said that it refuses it.
"""

import contextlib
import datetime as dt
import secrets
import smtplib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet

from benan.accounts.installation import is_demo
from benan.accounts.models import User
from benan.core.days import clock
from benan.core.refusals import Refused
from benan.notices import addresses, due, letters
from benan.notices.letters import Letter
from benan.notices.models import MailSubscription, SentNotice
from benan.notices.queries import UNREACHABLE, confirmation_digest
from ops import files

Kind, Outcome = SentNotice.Kind, SentNotice.Outcome
DEMO_FOLDER = "thu"  # of the data folder of a demo: letters as files
FROM_HOUR = 7  # of Việt Nam, from which reminders and digests are sent
LATEST_DIGEST = 1  # weekday until which a digest that Monday did not send still goes out: Tuesday
SECRET_LIFE = dt.timedelta(days=7)
MOST_ATTEMPTS, AGAIN_AFTER = 5, dt.timedelta(minutes=55)
MOST_CONFIRMATIONS = 5  # of an officer in a day
LONGEST_RUN = 60  # seconds after which the rest is left to the next run
REMEMBERED = dt.timedelta(days=2 * 365)  # how long it is known what was sent, which is longer than anything is overdue
SERVER_IS_AWAY = dt.timedelta(days=3)


class Unreachable(Exception):
    """No mail server answers: nothing was claimed, and the next run tries again."""


def sends_mail() -> bool:
    """Whether letters go anywhere: to a server, or in a demo into a folder."""
    return settings.SENDS_MAIL or is_demo()


def send_due(today: dt.date, hour: int, tell: Callable[[Counter[str]], object] = lambda _counts: None) -> Counter[str]:
    """Send what is due on a day at an hour, and count what became of each letter; call `tell` after each officer.

    The counts are by outcome; "unreadable" are addresses that this key does not open, "left" officers for the next run.
    Raises Unreachable.
    """
    counts: Counter[str] = Counter()
    SentNotice.objects.filter(at__lt=clock() - REMEMBERED).delete()
    rows = list(MailSubscription.objects.filter(user__is_active=True).order_by("pk").values_list("pk", flat=True))
    began, server = time.monotonic(), _connection()
    try:
        for number, pk in enumerate(rows):
            if time.monotonic() - began > LONGEST_RUN:
                counts["left"] = len(rows) - number
                break
            for row in MailSubscription.objects.select_related("user").filter(pk=pk):
                for letter in _wanted(row, today, hour):
                    counts[_send(server, row, letter)] += 1
            tell(counts)
    finally:
        with contextlib.suppress(OSError):
            server.close()
    return counts


def _connection() -> BaseEmailBackend:
    if settings.SENDS_MAIL or not is_demo():
        return get_connection()
    folder = settings.DATA_DIR / DEMO_FOLDER
    files.private_folder(folder)
    return get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)


def _wanted(row: MailSubscription, today: dt.date, hour: int) -> Iterator[Letter]:
    """The letters that an officer has not had yet; only one thing goes to an address that is not confirmed."""
    user = row.user
    if row.confirmed_at is None:
        key = row.asked_at.isoformat()
        if _free(user, Kind.CONFIRMATION, [key]) and not _asked_too_often(user):
            yield letters.confirmation(key, secrets.token_urlsafe(24))
        return
    if hour < FROM_HOUR or not user.seats:
        return
    if row.reminders:
        found = {letters.reminder_key(one, today): one for one in due.open_dues(due.agencies_of(user), today)}
        found.pop("", None)
        if free := _free(user, Kind.REMINDER, found):
            yield letters.reminder({key: found[key] for key in free}, today)
    if row.digest and today.weekday() <= LATEST_DIGEST and _free(user, Kind.DIGEST, [letters.digest_key(today)]):
        yield letters.digest(user, today)


def _free(user: User, kind: str, keys: Iterable[str]) -> list[str]:
    """Those of some keys that were never told, or refused by the server an hour ago and not too often."""
    keys = list(keys)
    taken = set(_taken(user, kind, keys).values_list("key", flat=True))
    return [key for key in keys if key not in taken]


def _taken(user: User, kind: str, keys: Iterable[str]) -> QuerySet[SentNotice]:
    may_again = Q(outcome=Outcome.REFUSED, at__lte=clock() - AGAIN_AFTER)
    return SentNotice.objects.filter(user=user, kind=kind, key__in=keys).exclude(may_again)


def _asked_too_often(user: User) -> bool:
    rows = SentNotice.objects.filter(user=user, kind=Kind.CONFIRMATION, at__gt=clock() - dt.timedelta(days=1))
    return rows.count() >= MOST_CONFIRMATIONS


def _send(server: BaseEmailBackend, row: MailSubscription, letter: Letter) -> str:
    """Send one letter; gives what became of it."""
    try:
        address = addresses.unseal(row)
    except Refused:
        return "unreadable"
    _open(server)
    if not _claim(row, letter):
        return "taken"
    headers = {"Auto-Submitted": "auto-generated"}
    message = EmailMessage(letter.subject, letter.body, to=[address], connection=server, headers=headers)
    outcome = Outcome.SENDING
    try:
        server.send_messages([message])
        outcome = Outcome.SENT
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError, ValueError):
        outcome = Outcome.REFUSED
    except OSError:
        pass  # the server may have taken it before it fell silent
    if outcome != Outcome.SENT:
        with contextlib.suppress(OSError):
            server.close()
    told = SentNotice.objects.filter(user=row.user, kind=letter.kind, key__in=letter.keys)
    told.update(outcome=outcome, at=clock())
    if outcome == Outcome.REFUSED:
        told.filter(attempts__gte=MOST_ATTEMPTS).update(outcome=Outcome.GIVEN_UP)
    return outcome


def _open(server: BaseEmailBackend) -> None:
    """Raises Unreachable, before anything is claimed."""
    try:
        server.open()
    except OSError:
        since = cache.get(UNREACHABLE) or clock().isoformat()
        cache.set(UNREACHABLE, since, SERVER_IS_AWAY.total_seconds())
        raise Unreachable from None
    cache.delete(UNREACHABLE)


@transaction.atomic
def _claim(row: MailSubscription, letter: Letter) -> bool:
    """Write down that a letter is being sent; False where another run does, or the officer decided otherwise meanwhile."""
    same = {"pk": row.pk, "asked_at": row.asked_at, "confirmed_at": row.confirmed_at}
    now = clock()
    found = MailSubscription.objects.select_for_update(no_key=True).filter(**same).first()
    if found is None or _taken(row.user, letter.kind, letter.keys):
        return False
    if letter.secret:
        found.secret_hash, found.secret_until = confirmation_digest(letter.secret), now + SECRET_LIFE
        found.save(update_fields=["secret_hash", "secret_until"])
    for key in letter.keys:
        told, is_new = SentNotice.objects.get_or_create(
            user=row.user, kind=letter.kind, key=key, defaults={"outcome": Outcome.SENDING, "attempts": 1, "at": now}
        )
        if not is_new:
            told.outcome, told.attempts, told.at = Outcome.SENDING, told.attempts + 1, now
            told.save(update_fields=["outcome", "attempts", "at"])
    return True
