"""What is due from agencies under a plan. The apps above, which know their plans and returns, contribute it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from benan.accounts.models import User
from benan.core.days import due_words
from benan.core.registry import Registry

DAY = dt.timedelta(days=1)
AHEAD = dt.timedelta(days=30)  # shown as coming
BACK = dt.timedelta(days=365)  # how long something not done stays overdue


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing that an agency (id) has to have done by the end of a day.

    `key` names it for good, whoever asks and whatever its words become: "return:nam-2017:district-737". `what` begins
    with a verb and speaks of the plan alone, never of a case or a person, for it is sent by mail; `law` is the plan and
    the clause. `title` is what somebody typed about it, which may name a person: it stands on pages, and is never sent.
    `url` is the page where it is done. `within_year`: the plan names the year alone. `on_desk` is false where its source puts it on
    the desk itself.
    """

    key: str
    day: dt.date
    agency: int
    what: str
    law: str
    url: str
    done: bool = False
    on_desk: bool = True
    title: str = ""
    within_year: bool = False

    @property
    def on_pages(self) -> str:
        """What it is as pages say it to who signed in."""
        return f"{self.what}: {self.title}" if self.title else self.what

    @property
    def due_words(self) -> str:
        """By when, in words."""
        return due_words(self.day, within_year=self.within_year)


# Each of agencies (ids), the first and the last day: what falls due from them within, done or not.
DUES: Registry[Callable[[Collection[int], dt.date, dt.date], Iterable[Due]]] = Registry()


# Each of a user and a day: the agencies (ids) whose work the user follows up, each before the office that drafts for it.
FOLLOWED: Registry[Callable[[User, dt.date], Iterable[int]]] = Registry()


def agencies_of(user: User) -> list[int]:
    """The agencies (ids) where a user has a role, in the order of the roles."""
    return list(dict.fromkeys(seat.agency_id for seat in user.seats))


def dues(agencies: Collection[int], first: dt.date, last: dt.date) -> list[Due]:
    """What falls due from agencies (ids) from one day to another, both included, by day."""
    found = [due for source in DUES for due in source(agencies, first, last)] if agencies else []
    return sorted(found, key=lambda due: (due.day, due.what, due.agency, due.key))


def open_dues(agencies: Collection[int], today: dt.date, ahead: dt.timedelta = AHEAD) -> list[Due]:
    """What agencies (ids) have not done yet: overdue for a year at most, or due within `ahead`."""
    return [due for due in dues(agencies, today - BACK, today + ahead) if not due.done]


def late_elsewhere(user: User, today: dt.date) -> list[Due] | None:
    """What other agencies, whose work a user follows up, are late with for a year at most; each thing once, where the office
    that drafts for an agency has it too. None for who follows up nobody."""
    followed = dict.fromkeys(agency for source in FOLLOWED for agency in source(user, today))
    if not followed:
        return None
    own = set(agencies_of(user))
    order = {agency: place for place, agency in enumerate(followed) if agency not in own}
    late = [each for each in dues(list(order), today - BACK, today - DAY) if not each.done]
    found: dict[str, Due] = {}
    for each in sorted(late, key=lambda one: order[one.agency]):
        found.setdefault(each.key, each)
    return list(found.values())
