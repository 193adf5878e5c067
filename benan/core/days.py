"""The legal day and how days are shown. The clock (sessions, codes, trail) is never moved."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def legal_day() -> dt.date:
    """The day on which the law is applied now: today in Việt Nam, or BENAN_TODAY in a demo installation.

    Whether it is one is asked of the database (settings.MAY_MOVE_DAY): neither a variable nor a file makes a demo.
    """
    if settings.BENAN_TODAY and _may_be_moved():
        return dt.date.fromisoformat(settings.BENAN_TODAY)
    return dt.datetime.now(VIETNAM).date()


def clock() -> dt.datetime:
    """The present moment, in Việt Nam's time."""
    return dt.datetime.now(VIETNAM)


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment on the clock of Việt Nam; the database gives moments of UTC."""
    return moment.astimezone(VIETNAM).date()


def show(day: dt.date | None) -> str:
    """A day as people write it here, 09/11/2017; nothing for no day."""
    return day.strftime("%d/%m/%Y") if day else ""


def show_with_weekday(day: dt.date) -> str:
    """A day for planning, "Thứ Năm, 09/11/2017"."""
    return f"{WEEKDAYS[day.weekday()]}, {show(day)}"


def due_words(day: dt.date, *, within_year: bool = False) -> str:
    """By when something is due, "chậm nhất 14/11/2017"; with `within_year` that a plan names the year alone, at the end of
    which the program reminds."""
    if within_year:
        told = {"year": day.year, "day": show(day)}
        return _("trong năm %(year)s, kế hoạch không nêu ngày (chương trình nhắc đến hết %(day)s)") % told
    return _("chậm nhất %s") % show(day)


_moves: set[bool] = set()  # the answer, once it was yes: a demo never becomes real


def _may_be_moved() -> bool:
    if not _moves and import_string(settings.MAY_MOVE_DAY)():
        _moves.add(True)
    return bool(_moves)
