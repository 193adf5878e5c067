"""From what somebody says of their birth to the earliest and latest day it may have been."""

import datetime as dt
import re

from django.utils.translation import gettext_lazy as _

from benan.core.refusals import Refused
from benan.core.text import fold

ABOUT = 2  # years either way for "khoảng"


def parse(said: str, on: dt.date) -> tuple[dt.date, dt.date] | None:
    """The range of a birth said as "12/03/1995", "3/1995", "1995", "22 tuổi", "20-25 tuổi" or "khoảng 22 tuổi".

    Ages are counted on the day `on`. None for no words. Raises Refused where the words hold no day, year or age.
    """
    words = fold(said)
    if not words:
        return None
    slack = ABOUT if re.search(r"khoang|chung|do\b|~", words) else 0
    try:
        if found := re.search(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", words):
            day = dt.date(int(found[3]), int(found[2]), int(found[1]))
            return day, day
        if found := re.search(r"(?<!\d)(\d{1,2})[/. -](\d{4})", words):
            first = dt.date(int(found[2]), int(found[1]), 1)
            return first, (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    except ValueError:
        raise Refused(_("Ngày sinh “%(said)s” không có trong lịch.") % {"said": said[:40]}, field="birth") from None
    ages = [int(age) for age in re.findall(r"(?<!\d)\d{1,3}(?!\d)", words)]
    if "tuoi" in words and ages:
        earliest = _years_before(on, max(ages) + slack + 1) + dt.timedelta(days=1)
        return earliest, _years_before(on, max(min(ages) - slack, 0))
    years = [int(year) for year in re.findall(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", words)]
    if not years:
        raise Refused(
            _("Không đọc được “%(said)s”. Ghi năm sinh (1995), ngày sinh (12/03/1995) hoặc tuổi (khoảng 22 tuổi).")
            % {"said": said[:40]},
            field="birth",
        )
    return dt.date(min(years) - slack, 1, 1), dt.date(max(years) + slack, 12, 31)


def words(said: str, span: tuple[dt.date, dt.date] | None) -> str:
    """What is sealed: the words as said, and the years where the words hold none, so that the index finds them."""
    if not span or re.search(r"(?:18|19|20)\d\d", said):
        return said
    return f"{said} (sinh khoảng {span[0].year}-{span[1].year})"


def _years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
