"""Deadlines as pages show them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from benan.cases.models import Deadline
from benan.core.clock_state import ClockState
from benan.core.days import VIETNAM, day_of, legal_day, show
from benan.core.days import clock as present


def legal_moment(today: dt.date | None = None) -> dt.datetime:
    """The present hour on the legal day (or on `today`), by which deadlines with an hour are judged."""
    return dt.datetime.combine(today or legal_day(), present().time(), tzinfo=VIETNAM)


def present_hour() -> dt.time | None:
    """The hour of the legal day at present; None where that day is fixed (BENAN_TODAY).

    A fixed day lasts as long as its installation is used, and the lives of the demo tell its hours beforehand: the clock
    does not say which of them have passed.
    """
    now = present()
    return now.time() if day_of(now) == legal_day() else None


def due_sort_key(deadline: Deadline) -> tuple[dt.date, dt.time]:
    """The key by which deadlines are sorted: day, then hour. No hour is the end of the day; no day comes last."""
    return deadline.due_on or dt.date.max, deadline.due_at or dt.time.max


def deadline_context(deadline: Deadline, today: dt.date | None = None) -> dict[str, Any]:
    """What templates need to draw a deadline: its state, words, days gone of all days, and the line about the law."""
    now = legal_moment(today)
    state = deadline.state(now)
    started, due_on = deadline.started_on, deadline.due_on
    total = (due_on - started).days if due_on else 0
    return {
        "what": deadline.label, "state": state, "clock": _words(deadline, state, now),
        "gone": max((day_of(now) - started).days, 0) if total else 0, "total": total,
        "law": " · ".join(part for part in _law(deadline) if part),
        "unverified": deadline.certainty.startswith("memory"), "deadline": deadline,
    }  # fmt: skip


def _words(deadline: Deadline, state: ClockState, now: dt.datetime) -> str:
    if deadline.due_on is None:
        return _("chưa rõ thời hạn")
    if state == ClockState.DONE:
        return _("xong %(on)s") % {"on": show(deadline.met_on or deadline.ended_on)}
    left = (deadline.due_on - day_of(now)).days
    if state == ClockState.OVERDUE:
        return (
            _("Quá hạn %(n)d ngày") % {"n": -left}
            if left
            else _("Quá hạn từ %(at)s") % {"at": f"{deadline.due_at:%H:%M}"}
        )
    if state == ClockState.NONE:
        return (
            _("đã hết từ %(n)d ngày") % {"n": -left}
            if deadline.lapses
            else _("đã %(n)d ngày, chưa thực hiện") % {"n": -left}
        )
    if deadline.due_at:
        return _("Đến %(at)s") % {"at": f"{deadline.due_at:%H:%M}"}
    return _("Hôm nay") if state == ClockState.TODAY else _("Còn %(n)d ngày") % {"n": left}


def _law(deadline: Deadline) -> Iterator[str]:
    """The parts of the line about the law: the last day, the duration and from when, the article; "" for none."""
    started = f"{deadline.started_on:%d/%m}"
    if deadline.due_at:
        yield _("hạn %(at)s ngày %(on)s") % {"at": f"{deadline.due_at:%H:%M}", "on": show(deadline.due_on)}
        begun = {"n": deadline.duration, "at": f"{deadline.started_at:%H:%M}", "on": started}
        yield _("trong %(n)s từ lúc %(at)s ngày %(on)s") % begun
    else:
        yield _("hạn %(on)s") % {"on": show(deadline.due_on)} if deadline.due_on else ""
        yield f"{deadline.duration} từ {started}" if deadline.duration else ""
    yield deadline.basis
    yield _("tính theo ngày gửi, quy ước") if deadline.convention else ""
