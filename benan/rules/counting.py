"""Counting time as the Civil Code does: the event's day is not counted, the last day ends at 24:00, and a last
day on which offices are closed gives way to the next working day."""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benan.core.days import VIETNAM, show
from benan.core.refusals import Refused
from benan.rules.calendar import ONE_DAY, DayTable, in_words
from benan.rules.models import Certainty, TimeLimit
from benan.rules.reading import published
from benan.rules.refusals import NotInForce

Unit = TimeLimit.Unit


@dataclass(frozen=True)
class Due:
    """When a time limit ends and why.

    `on` is the last legal day, none when the law sets no time; `at` the clock time of a limit in hours.
    `counting` is the article by which time was counted, none where the Civil Code was not followed (nothing to
    count, or a stay that counts its first day); `calendar` the version of the official days used;
    `provisional` says that the days off of these years are not all announced.
    """

    on: dt.date | None
    explanation: tuple[str, ...]
    citation: str
    certainty: str
    counting: str
    calendar: str
    provisional: bool = False
    at: dt.datetime | None = None


def due(limit: TimeLimit, start: dt.date, days: DayTable, *, event: str = "") -> Due:
    """The end of a limit that an event on `start` begins.

    `start` is a day, or for a limit in hours the moment, with its time zone. `event` completes the word "Ngày"
    in the explanation. Raises `OutsideCalendar` when the count leaves the years known, `NotInForce` when no
    rule of counting covers the start.
    """
    if limit.unit == Unit.HOUR and limit.n is not None:
        return _in_hours(limit, start, days, event)
    days.within(start)
    called = f"{event} {show(start)}".strip()
    if limit.n is None:
        return _without_number(limit, start, days, called)
    if limit.direction == TimeLimit.Direction.BEFORE:
        last, sentences = _backwards(limit, start, days, called)
    else:
        last, sentences = _forwards(limit, start, days, called)
    return _answer(limit, start, days, last, sentences)


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day so many months later (earlier when negative), or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _without_number(limit: TimeLimit, start: dt.date, days: DayTable, called: str) -> Due:
    if limit.unit == Unit.AT_ONCE:
        sentence = _("Phải làm ngay, trong ngày %(called)s.") % {"called": called}
        return _answer(limit, start, days, start, [sentence])
    return _answer(limit, start, days, None, [_("Văn bản không quy định số ngày: chưa rõ thời hạn.")])


def _forwards(limit: TimeLimit, start: dt.date, days: DayTable, called: str) -> tuple[dt.date, list[str]]:
    last = _step(limit, start - ONE_DAY if limit.first_day else start, days, _number(limit))
    facts = {"called": called, "n": limit.n, "period": limit.period, "day": start.day, "last": in_words(last)}
    sentences = [_how(limit, start, last) % {**facts, "kind": days.describe(last)}]
    if limit.rolls and days.is_off(last):
        last = days.next_working(last)
        sentences.append(_("Thời hạn kết thúc vào ngày làm việc tiếp theo, %(last)s.") % {"last": in_words(last)})
    return last, sentences


def _how(limit: TimeLimit, start: dt.date, last: dt.date) -> str:
    if limit.first_day:
        return _("Tính cả ngày %(called)s; ngày cuối của %(period)s là %(last)s.")
    if limit.unit == Unit.WORKING_DAY:
        return _("Ngày %(called)s không tính; ngày làm việc thứ %(n)s là %(last)s.")
    if limit.unit == Unit.DAY:
        return _("Ngày %(called)s không tính; ngày thứ %(n)s là %(last)s, là %(kind)s.")
    if last.day == start.day:
        return _("Ngày %(called)s không tính; ngày tương ứng sau %(period)s là %(last)s, là %(kind)s.")
    return _(
        "Ngày %(called)s không tính; sau %(period)s, tháng ấy không có ngày %(day)s nên lấy ngày cuối tháng, "
        "%(last)s, là %(kind)s."
    )


def _backwards(limit: TimeLimit, start: dt.date, days: DayTable, called: str) -> tuple[dt.date, list[str]]:
    last = _step(limit, start, days, -_number(limit))
    sentence = _(
        "Chậm nhất %(period)s trước ngày %(called)s, tức là %(last)s; thời hạn tính lùi không kéo dài theo ngày nghỉ."
    )
    return last, [sentence % {"period": limit.period, "called": called, "last": in_words(last)}]


def _step(limit: TimeLimit, start: dt.date, days: DayTable, n: int) -> dt.date:
    if limit.unit == Unit.MONTH:
        return days.within(add_months(start, n))
    if limit.unit == Unit.WORKING_DAY:
        return days.working_days(start, n)
    return days.within(start + dt.timedelta(days=n))


def _in_hours(limit: TimeLimit, start: dt.date, days: DayTable, event: str) -> Due:
    if not isinstance(start, dt.datetime) or start.tzinfo is None:
        raise Refused(_("Thời hạn tính bằng giờ cần có giờ bắt đầu."))
    sign = -1 if limit.direction == TimeLimit.Direction.BEFORE else 1
    first = start.astimezone(VIETNAM)
    end = first + sign * dt.timedelta(hours=_number(limit))
    sentence = _("Tính từ lúc %(start)s (%(event)s); %(period)s kết thúc lúc %(end)s.")
    moments = {"start": _moment(first), "end": _moment(end), "period": limit.period, "event": event}
    return _answer(limit, first.date(), days, days.within(end.date()), [sentence % moments], at=end)


def _number(limit: TimeLimit) -> int:
    """How many units; only limits with a number are counted."""
    assert limit.n is not None  # noqa: S101
    return limit.n


def _moment(at: dt.datetime) -> str:
    return _("%(time)s ngày %(day)s") % {"time": at.strftime("%H:%M"), "day": show(at.date())}


def _answer(
    limit: TimeLimit,
    start: dt.date,
    days: DayTable,
    last: dt.date | None,
    sentences: list[str],
    *,
    at: dt.datetime | None = None,
) -> Due:
    if limit.note:
        sentences.append(limit.note)
    return Due(
        on=last,
        explanation=tuple(sentences),
        citation=limit.citation,
        certainty=limit.certainty,
        counting=counting_rule(days.within(start)) if limit.n and not limit.first_day else "",
        calendar=days.version,
        provisional=last is not None and any(days.is_provisional(day) for day in (start, last)),
        at=at,
    )


def counting_rule(day: dt.date) -> str:
    """The article by which a time that begins on that day is counted. Raises `NotInForce`."""
    for in_force, words in _counting_rules():
        if day in in_force:
            return words
    raise NotInForce(_("Chưa có quy tắc tính thời hạn cho ngày %(day)s.") % {"day": show(day)})


@cache
def _counting_rules() -> list[tuple[DateRange, str]]:
    law = published("limits.yaml").mapping()
    short = {row["key"].text(): row["short"].text() for row in (e.mapping() for e in law["instruments"].entries())}
    rules = []
    for entry in law["counting"].entries():
        rule = entry.fields("instrument", "in_force", "article", "certainty")
        words = f"{short[rule['instrument'].text()]}, {rule['article'].text()}"
        certainty = Certainty(rule["certainty"].text())
        if certainty != Certainty.SOURCED:
            words += f" ({certainty.label})"
        rules.append((rule["in_force"].period(), words))
    return rules
