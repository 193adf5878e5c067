"""What officers choose for themselves: a calendar's secret address."""

import secrets

from django.db import transaction

from benan.accounts.models import User
from benan.audit import trail
from benan.core.days import clock
from benan.notices import feeds
from benan.notices.events import NoticeEvent
from benan.notices.models import CalendarFeed


@transaction.atomic
def make_feed(*, by: User) -> str:
    """Make the officer's calendar readable at a new secret, which is returned, shown once and never stored.

    The one before is good for nothing from then on.
    """
    secret = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(user=by, defaults={"secret_hash": feeds.digest(secret), "made_at": clock()})
    trail.record(by=by, event=NoticeEvent.FEED_MADE, on=by)
    return secret


@transaction.atomic
def withdraw_feed(*, by: User) -> None:
    """Have the officer's calendar be read by nobody any more."""
    if CalendarFeed.objects.filter(user=by).delete()[0]:
        trail.record(by=by, event=NoticeEvent.FEED_WITHDRAWN, on=by)
