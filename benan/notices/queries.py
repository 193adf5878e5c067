"""What the pages of the calendar show, in numbers and plan days alone: no case, no person under care."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.core import desk
from benan.core.clock_state import ClockState, of_days_left
from benan.core.days import clock
from benan.core.desk import PARTS, OpenTask
from benan.notices import due
from benan.notices.due import DAY, Due
from benan.notices.models import MailSubscription, SentNotice

Outcome = SentNotice.Outcome

WEEK = dt.timedelta(days=7)
WEEKS = (gettext_lazy("Tuần này"), gettext_lazy("Tuần sau"))
LATELY = dt.timedelta(days=30)
UNREACHABLE = "notices.unreachable"  # in the cache: since when the mail server cannot be reached, as ISO
MOST_ON_SHEET = 5  # rows of each part of the sheet, which is one page; the rest is said in words
MOST_NAMES, MOST_OF_OTHERS = 20, 2  # agencies that are late with the same, and names of what they are late with


@dataclass(frozen=True)
class CaseCounts:
    """How many tasks of cases stand on a desk, by state and day; `listed` are the most urgent of them."""

    counts: Counter[tuple[ClockState, dt.date | None]] = field(default_factory=Counter)
    listed: list[OpenTask] = field(default_factory=list)

    def of(self, state: ClockState) -> int:
        """How many there are of one state."""
        return sum(number for (each, _day), number in self.counts.items() if each == state)

    def on(self, day: dt.date) -> int:
        """How many have this day and are not overdue."""
        return sum(
            number for (state, each), number in self.counts.items() if each == day and state != ClockState.OVERDUE
        )

    @property
    def without_day(self) -> int:
        """How many have no day in law."""
        return self.of(ClockState.NONE)


def case_counts(user: User, today: dt.date) -> CaseCounts:
    """The tasks of cases that all apps have on a user's desk. Those of no case are plan days, which `due` tells in words."""
    counts: Counter[tuple[ClockState, dt.date | None]] = Counter()
    listed = []
    for part in PARTS:
        tasks = part(user, today).tasks
        counts += tasks.counts
        counts -= Counter((task.state, task.day) for task in tasks.tasks if task.case is None)
        listed += [task for task in tasks.tasks if task.case is not None]
    return CaseCounts(counts, listed)


def calendar_page(user: User, today: dt.date) -> dict[str, Any]:
    """What is due from a user and their agencies: overdue, then the weeks of the next 30 days with what is done there already."""
    own = due.agencies_of(user)
    names = agencies.names(own, today)
    found, cases = due.dues(own, today - due.BACK, today + due.AHEAD), case_counts(user, today)
    late = [each for each in found if each.day < today and not each.done]
    coming = [each for each in found if each.day >= today and not each.done]
    last, first = today + due.AHEAD, today
    weeks: list[dict[str, Any]] = []
    while first <= last:
        end = min(monday(first) + WEEK - DAY, last)
        days = [(first + n * DAY, cases.on(first + n * DAY)) for n in range((end - first).days + 1)]
        rows = [_row(each, today, names) for each in found if first <= each.day <= end]
        name = WEEKS[len(weeks)] if len(weeks) < len(WEEKS) else _("%(n)d tuần nữa") % {"n": len(weeks)}
        weeks.append(
            {"name": name, "first": first, "last": end, "rows": rows, "days": [each for each in days if each[1]]}
        )
        first = end + DAY
    return {
        "today": today, "last": last, "weeks": weeks, "late": [_row(each, today, names) for each in late],
        "late_cases": cases.of(ClockState.OVERDUE), "without_day": cases.without_day,
        "cases_until": today + desk.AHEAD - DAY, "title": _title(len(late), len(coming)),
    }  # fmt: skip


def sheet(user: User, today: dt.date) -> dict[str, Any]:
    """The sheet of a weekly meeting: the week before, this week, what is overdue, and how much each officer has."""
    own = due.agencies_of(user)
    names = agencies.names(own, today)
    begins = monday(today)
    found, cases = due.dues(own, today - due.BACK, begins + WEEK - DAY), case_counts(user, today)
    before = [each for each in found if begins - WEEK <= each.day < begins]
    days = [(begins + n * DAY, cases.on(begins + n * DAY)) for n in range(7)]
    return {
        "today": today, "agencies": [names[each] for each in own if each in names],
        "before": {"first": begins - WEEK, "last": begins - DAY, **_part(before, today, names)},
        "week": {
            "first": begins, "last": begins + WEEK - DAY, "days": [each for each in days if each[1]],
            **_part([each for each in found if each.day >= begins], today, names),
        },
        "late": _part([each for each in found if each.day < today and not each.done], today, names),
        "late_cases": cases.of(ClockState.OVERDUE), "without_day": cases.without_day, **_by_officer(user, cases),
        "elsewhere": _elsewhere(due.late_elsewhere(user, today), today),
    }  # fmt: skip


def monday(day: dt.date) -> dt.date:
    """The first day of the week of a day."""
    return day - day.weekday() * DAY


def _part(found: list[Due], today: dt.date, names: dict[int, str]) -> dict[str, Any]:
    rows = [_row(each, today, names) for each in found[:MOST_ON_SHEET]]
    return {"rows": rows, "more": len(found) - len(rows), "done": sum(each.done for each in found), "all": len(found)}


def _elsewhere(late: list[Due] | None, today: dt.date) -> dict[str, Any] | None:
    """What others are late with: how much and the names of the oldest, by agency, those that are late with the same together."""
    if late is None:
        return None
    by_agency: dict[int, list[Due]] = defaultdict(list)
    for each in sorted(late, key=lambda one: (one.day, one.what)):
        by_agency[each.agency].append(each)
    names = agencies.names(by_agency, today)
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for agency, own in by_agency.items():
        alike[tuple(each.what for each in own)].append(names.get(agency, ""))
    rows = sorted(alike.items(), key=lambda row: (-len(row[0]), -len(row[1])))
    return {
        "all": len(late), "agencies": len(by_agency), "rows": [
            {"names": who[:MOST_NAMES], "more_names": len(who[MOST_NAMES:]), "each": len(what), "what": what[:MOST_OF_OTHERS],
             "more": len(what[MOST_OF_OTHERS:])}
            for what, who in rows[:MOST_ON_SHEET]
        ], "more": sum(len(who) for _what, who in rows[MOST_ON_SHEET:]),
    }  # fmt: skip


def _row(one: Due, today: dt.date, names: dict[int, str]) -> dict[str, Any]:
    agency = names.get(one.agency, "") if len(names) > 1 else ""
    return {"due": one, "state": state_of(one, today), "clock": in_words(one, today), "agency": agency}


def state_of(one: Due, today: dt.date) -> ClockState:
    """Where something due stands on a day; overdue under the plan, which sets the day."""
    left = (one.day - today).days
    if one.done:
        return ClockState.DONE
    return ClockState.OVERDUE if left < 0 else of_days_left(left)


def in_words(one: Due, today: dt.date) -> str:
    """Đã xong, Còn 3 ngày, Hôm nay, Quá hạn 2 ngày."""
    left = (one.day - today).days
    if one.done or not left:
        return _("Đã xong") if one.done else _("Hôm nay")
    return _("Còn %(n)d ngày") % {"n": left} if left > 0 else _("Quá hạn %(n)d ngày") % {"n": -left}


def _title(late: int, coming: int) -> str:
    if not late and not coming:
        return _("30 ngày tới không có việc của kế hoạch đến hạn.")
    parts = [_("%(n)d việc của kế hoạch quá hạn") % {"n": late}] if late else []
    parts += [_("%(n)d việc của kế hoạch đến hạn trong 30 ngày tới") % {"n": coming}] if coming else []
    return _("Có %(what)s.") % {"what": ", ".join(parts)}


def _by_officer(user: User, cases: CaseCounts) -> dict[str, Any]:
    """How many tasks of the listed ones each officer in charge has: overdue, and all."""
    officers = policy.officers_in_charge(user, P.CASE_VIEW, {task.case.team_id for task in cases.listed})
    rows: dict[str, list[int]] = {}
    for task in cases.listed:
        officer = officers.get(task.case.team_id)
        row = rows.setdefault(str(officer) if officer else "", [0, 0])
        row[0] += task.state == ClockState.OVERDUE
        row[1] += 1
    named = sorted((-row[0], -row[1], name, row) for name, row in rows.items() if name)
    nobody = rows.get("", [0, 0])
    return {
        "officers": [(name, *row) for *_order, name, row in named[:MOST_ON_SHEET]],
        "more_officers": max(len(named) - MOST_ON_SHEET, 0), "nobody": nobody if nobody[1] else None,
        "unlisted": cases.counts.total() - len(cases.listed),
    }  # fmt: skip


def confirmation_digest(secret: str) -> str:
    """What is stored of the secret in a letter that asks for a confirmation."""
    return salted_hmac("benan.notices.address", secret, algorithm="sha256").hexdigest()


def address_waiting_for(user: User, secret: str) -> MailSubscription | None:
    """The officer's own address that this secret confirms; None for any other secret, or one whose time is over."""
    rows = MailSubscription.objects.filter(user=user, confirmed_at=None, secret_until__gt=clock())
    return rows.filter(secret_hash=confirmation_digest(secret)).first()


def sendings(now: dt.datetime) -> dict[str, Any]:
    """How letters fared of late, for administrators: how many of each outcome, and since when no server answers."""
    rows = SentNotice.objects.filter(at__gt=now - LATELY).values_list("outcome").annotate(Count("pk"))
    found = dict(rows.order_by())
    counts = [(Outcome(key).label, found[key]) for key in Outcome.values if key in found]
    failed = sum(found.get(key, 0) for key in (Outcome.REFUSED, Outcome.GIVEN_UP))
    since = cache.get(UNREACHABLE)
    return {"counts": counts, "failed": failed, "unreachable": since and dt.datetime.fromisoformat(since)}
