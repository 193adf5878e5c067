"""What letters say: plan days and numbers alone, so that nothing about a case or a person leaves by mail."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.core.clock_state import ClockState
from benan.core.days import show
from benan.notices import due, queries
from benan.notices.due import DAY, Due
from benan.notices.models import SentNotice


@dataclass(frozen=True)
class Letter:
    """A letter and what it tells (`keys` of SentNotice); `secret` is the one that it carries, "" for none."""

    kind: SentNotice.Kind
    keys: tuple[str, ...]
    subject: str
    body: str
    secret: str = ""


def reminder_key(one: Due, today: dt.date) -> str:
    """Which reminder of something due is the latest by a day; "" before the first.

    They come 7 days before, 1 day before, on the day, the day after, and then weekly.
    """
    left = (one.day - today).days
    if left > 7:
        return ""
    if left >= 0:
        slot = -next(days for days in (0, 1, 7) if left <= days)
    else:
        slot = 1 + (-left - 1) // 7 * 7
    return f"{one.key}:{one.agency}:{one.day}:{slot:+d}"


def confirmation(key: str, secret: str) -> Letter:
    """The letter that asks whether the address is the officer's."""
    lines = [
        _("Địa chỉ này vừa được ghi làm nơi nhận thư nhắc việc của chương trình Bến An."),
        _("Đúng là của mình thì mở đường dẫn sau trong 7 ngày, đăng nhập rồi bấm Xác nhận:"),
        settings.SITE_URL + reverse("notices:confirm", args=[secret]),
        "",
        _("Không phải của mình thì bỏ qua thư này: chưa xác nhận thì không có thư nào khác được gửi đến."),
    ]
    return Letter(
        SentNotice.Kind.CONFIRMATION, (key,), _("Bến An: xác nhận nơi nhận thư nhắc việc"), "\n".join(lines), secret
    )


def reminder(wanted: Mapping[str, Due], today: dt.date) -> Letter:
    """One letter for all reminders of a day, by key."""
    names = agencies.names([each.agency for each in wanted.values()], today)
    lines = [_("Việc của kế hoạch đến hạn hoặc quá hạn:"), "", *_listed(list(wanted.values()), today, names), *_end()]
    return Letter(SentNotice.Kind.REMINDER, tuple(wanted), _("Bến An: nhắc việc của kế hoạch"), "\n".join(lines))


def digest(user: User, today: dt.date) -> Letter:
    """What an officer has before them in a week: the plan's days in words, the deadlines of cases in numbers."""
    own, begins = due.agencies_of(user), queries.monday(today)
    ends, names = begins + 6 * DAY, agencies.names(own, today)
    found, cases = due.open_dues(own, today), queries.case_counts(user, today)
    parts = (
        (_("Quá hạn:"), [each for each in found if each.day < today]),
        (_("Trong tuần này:"), [each for each in found if today <= each.day <= ends]),
        (_("Sau đó, trong 30 ngày tới:"), [each for each in found if each.day > ends]),
    )
    lines = [
        _("Tuần từ %(first)s đến %(last)s.") % {"first": show(begins), "last": show(ends)},
        "",
        _("VIỆC CỦA KẾ HOẠCH"),
    ]
    for title, rows in parts:
        lines += [title, *_listed(rows, today, names)] if rows else []
    if not found:
        lines.append(_("Không có việc đến hạn trong 30 ngày tới."))
    this_week = sum(cases.on(today + n * DAY) for n in range((ends - today).days + 1))
    counts = {"late": cases.of(ClockState.OVERDUE), "week": this_week}
    lines += ["", _("VIỆC CỦA HỒ SƠ"), _("Quá hạn: %(late)d. Đến hạn trong tuần này: %(week)d.") % counts, *_end()]
    return Letter(SentNotice.Kind.DIGEST, (digest_key(today),), _("Bến An: việc trong tuần"), "\n".join(lines))


def digest_key(today: dt.date) -> str:
    """Of which week a digest is: its Monday."""
    return queries.monday(today).isoformat()


def _listed(found: Sequence[Due], today: dt.date, names: Mapping[int, str]) -> list[str]:
    lines = []
    for one in sorted(found, key=lambda each: (each.day, each.what)):
        agency = f" · {names[one.agency]}" if len(names) > 1 and one.agency in names else ""
        lines.append(f"- {one.what} ({queries.in_words(one, today)})")
        lines.append(f"  {one.due_words} · {one.law}{agency}")
    return lines


def _end() -> list[str]:
    """Where to go on, and how to have no more letters."""
    site = settings.SITE_URL
    return [
        "",
        _("Xem và làm, sau khi đăng nhập: %(url)s") % {"url": site + reverse("notices:calendar")},
        _("Không muốn nhận thư này nữa: mở %(url)s rồi bấm Thôi nhận thư.")
        % {"url": site + reverse("notices:letters")},
    ]
