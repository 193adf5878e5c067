"""The calendar that other programs read: plan days of an officer's agencies as iCalendar (RFC 5545), nothing else."""

import datetime as dt
import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from benan.accounts.models import User
from benan.core.days import clock
from benan.notices import due
from benan.notices.due import DAY, Due
from benan.notices.models import CalendarFeed

BEFORE, AFTER = dt.timedelta(days=60), dt.timedelta(days=365)


def digest(secret: str) -> str:
    """What is stored of the secret of an address."""
    return salted_hmac("benan.notices.feed", secret, algorithm="sha256").hexdigest()


def owner_of(secret: str) -> User | None:
    """The officer whose calendar has this secret; None where it was withdrawn. One without a role has nothing to read."""
    feed = CalendarFeed.objects.select_related("user").filter(secret_hash=digest(secret)).first()
    return feed.user if feed else None


def calendar(user: User, today: dt.date) -> bytes:
    """The plan days of the officer's agencies, from 60 days back to a year ahead."""
    made = Calendar()
    made.add("prodid", "-//Ben An//Lich viec//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Bến An: việc của kế hoạch"))
    for each in due.dues(due.agencies_of(user), today - BEFORE, today + AFTER):
        made.add_component(_event(each))
    return made.to_ical()


def _event(one: Due) -> Event:
    event = Event()
    name = hashlib.sha256(f"{one.key}\n{one.agency}".encode()).hexdigest()[:32]
    event.add("uid", f"{name}@ben-an")
    event.add("dtstamp", clock().astimezone(dt.UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + DAY)
    event.add("summary", _("Đã xong: %(what)s") % {"what": one.what} if one.done else one.what)
    event.add("description", f"{one.due_words} · {one.law}" if one.within_year else one.law)
    event.add("url", settings.SITE_URL + one.url)
    event.add("transp", "TRANSPARENT")
    return event
