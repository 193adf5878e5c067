"""Parsing of what somebody says of their birth into the earliest and latest day it may have been.

Every word must be understood; what is not is refused with examples, so that a bound, an age in months or the age of
somebody else is never read as an age in years.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from benan.core.days import show
from benan.core.refusals import Refused
from benan.core.text import plain, unmarked
from benan.vault.ages import OLDEST
from benan.vault.tracing import with_years

Span = tuple[dt.date, dt.date]  # the earliest and the latest day
Point = tuple[dt.date, dt.date, str]  # a day, month or year: its first and last day, and the unit of a doubt about it

ABOUT = 2  # years, or months of an infant, either way for "khoảng"
_DAYS = re.compile(
    r"(?<!\d)(?:(?P<year>(?:18|19|20)\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"|(?P<day_2>\d\d?)(?P<sign>[/. -])(?P<month_2>\d\d?)(?P=sign)(?P<year_2>\d{4})"
    r"|(?P<day_3>\d\d)(?P<month_3>\d\d)(?P<year_3>(?:18|19|20)\d\d)"
    r"|(?P<month_4>\d\d?)[/. -](?P<year_4>\d{4})|(?P<year_5>(?:18|19|20)\d\d))(?!\d)"
)
_DIGITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_ENDINGS = _DIGITS | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_DIGIT, _ENDING = "|".join(_DIGITS), "|".join(_ENDINGS)
# Read only with its marks: without them năm mươi (50) and nam, mười (a boy of ten) are the same letters.
_WRITTEN = re.compile(
    rf"\b(?:(?:(?P<tens>{_DIGIT}) mươi|(?P<ten>mười))(?: (?P<ending>{_ENDING}))?|(?P<digit>{_DIGIT}))"
    r"(?= (?:tuổi|tháng|tuần|đến|tới|mấy)\b)"
)
# Words that are others without their marks, and signs.
_MARKED = (
    (r"\b(?:trông|nhìn|cỡ|tầm|độ)\b", "khoảng"), (r"\bngoái\b", "năm ngoái"), (r"\bnăm (?=\d+ tuổi)", "hồi "),
    (r"<=|≤", " tối đa "), (r">=|≥", " ít nhất "), (r"<", " dưới "), (r">", " trên "), (r"\?", ", khoảng, "),
)  # fmt: skip
_SAID = (
    (r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " "),
    (r"\b(?:dau|giua|cuoi) (?=nam|thang)|\bgiua (?=\d+(?: tuoi)? va )", ""),
    (r"\b(?:ngay )?(\d\d?)(?: thang |[/-])(\d\d?) nam (\d{4})\b", r"\1/\2/\3"),
    (r"\bthang (\d\d?)(?:/| nam | )(\d{4})\b", r"\1/\2"),
    (r"\b(?:co le|co ve|nghe noi|hinh nhu|chac la|chac|uoc chung)\b", "khoang"),
    (r"\bnam ngoai\b", "hoi"),
    (r"\bnam nay\b|\bnam (?=(?:18|19|20)\d\d)", ""),
    (r"\bsinh\b|\b(?=co \w+ (?:dua )?con\b)", ","),
)
_UNITS = (
    ("thang tuoi", "months"),
    ("tuan tuoi", "weeks"),
    ("ngay tuoi", "days"),
    ("tuoi", "years"),
    ("thang", "months"),
)
_ABOUT = {"khoang", "chung", "do", "uoc", "~"}
_EMPTY = {"de", "nu", "ngay", "vao", "la", "em", "chau", "chi", "anh", "minh", "be", "noi", "khai", "nay", "hien", "duoc",
          "roi", "tron", "nguoi", "ay", "trong"}  # fmt: skip
_TO = r"(?:den|toi|-|hoac|hay|va)"
_LESS = r"(?:duoi|chua du|chua den|chua toi|chua|nho hon|it hon)"
_MORE = r"(?:tren|hon|qua|da qua|lon hon|it nhat|toi thieu|tu du|da du|du|tu)"
_AGE = r"(?P<low>\d{1,3})(?: (?P<unit>years|months|weeks|days))?"
_HIGH = r"(?P<high>\d{1,3})(?: (?P<high_unit>years|months|weeks|days))?"
# How an age is said, and how the lowest and highest are made of the number or numbers said; None is no bound.
_AGES = (
    (rf"{_AGE}(?: ruoi)?", lambda low, high: (low, low)),
    (rf"(?:tu )?(?:du |tren )?{_AGE} {_TO} {_HIGH}", lambda low, high: (low, high)),
    (rf"(?:tu |tu du |tren |du )?{_AGE}(?: {_TO})? {_LESS} {_HIGH}", lambda low, high: (low, high - 1)),
    (rf"{_LESS} {_AGE}", lambda low, high: (0, low - 1)),
    (
        rf"(?:toi da|nhieu nhat|khong qua) {_AGE}|(?:tu )?{_AGE.replace('<', '<at_')} tro xuong",
        lambda low, high: (0, low),
    ),
    (rf"(?:{_MORE} )?{_AGE} tro len|{_MORE} {_AGE.replace('<', '<at_')}", lambda low, high: (low, None)),
    (rf"(?:gan|sap)(?: du)? {_AGE}", lambda low, high: (max(low - ABOUT, 0), low - 1)),
    (rf"ngoai {_AGE}", lambda low, high: (low, low + 9) if low % 10 == 0 else (low, None)),
    (r"(?P<low>\d0) may(?: (?P<unit>years))?", lambda low, high: (low, low + 9)),
)
# The whole answer is a number that is an age and no year of two digits ("62") and no months of an infant ("8").
_NUMBER_ALONE = re.compile(r"(?:(?:khoang|chung) )?[1-4]\d")
_BARE = (
    r"(?:duoi|chua|nho|it|toi|nhieu|khong|tren|hon|qua|da|lon|du|gan|sap|ngoai|\d0 may)\b.*"  # an age without "tuổi"
)
_CHILDREN = r"co (?:\d+|mot|hai|ba|bon|nam|sau) (?:dua )?con(?: nho| gai| trai)*"


def parse(said: str, on: dt.date, field: str = "birth") -> Span | None:
    """The range of a birth said as a day, month or year ("12/03/1995", "trước 2000"), or as an age on the day `on`
    ("22 tuổi", "22", "20-25 tuổi", "khoảng 22 tuổi", "dưới 18 tuổi", "8 tháng tuổi").

    None for no words; of several parts all hold. Raises Refused, at `field`, where a word is not understood, where
    the parts contradict each other, and for a birth after `on` or more than 110 years before it.
    """
    if not plain(said):
        return None
    shown = {"said": said.strip()[:40], "on": show(on)}
    try:
        spans = _birth_ranges(_readable(said), on)
    except (ValueError, OverflowError):
        raise Refused(_("Ngày sinh “%(said)s” không có trong lịch.") % shown, field=field) from None
    if not spans:
        raise Refused(
            _("Không đọc được “%(said)s”. Ghi năm sinh đủ bốn chữ số (1995), ngày sinh (12/03/1995) hoặc tuổi (15 tuổi, khoảng 22 tuổi, "
              "từ 20 đến 25 tuổi, dưới 18 tuổi, 8 tháng tuổi).") % shown,
            field=field,
        )  # fmt: skip
    earliest, latest = max(span[0] for span in spans), min(span[1] for span in spans)
    if earliest > on:
        raise Refused(_("Ngày sinh sau ngày đến tiếp nhận. Ghi lại năm sinh hoặc tuổi."), field=field)
    if earliest > latest:
        raise Refused(
            _("Trong “%(said)s” các phần không khớp nhau vào ngày %(on)s. Chỉ ghi thông tin chắc chắn nhất.") % shown,
            field=field,
        )
    if latest < _oldest(on):
        raise Refused(_("Tuổi này trên 110. Ghi lại năm sinh hoặc tuổi."), field=field)
    return earliest, min(latest, on)


def words_to_seal(said: str, span: Span | None) -> str:
    """The words as said, to be sealed, with the years of the parsed range added where they do not name just those."""
    return with_years(said, (span[0].year, span[1].year) if span else None)


def _readable(said: str) -> str:
    """The words in lower case without marks, with numbers as digits and known phrases in one form."""
    words = re.sub(r"\s+", " ", plain(said).lower()).replace("@", "#")  # @ marks the places of days (`_point`)
    words = _WRITTEN.sub(_number, words)
    for turn, form in _MARKED:
        words = re.sub(turn, form, words)
    words = unmarked(words)
    if _NUMBER_ALONE.fullmatch(words):
        words += " tuoi"
    for turn, form in _SAID:
        words = re.sub(turn, form, words)
    return words


def _birth_ranges(words: str, on: dt.date) -> list[Span]:
    """The range of dates that each part of the words means; no range at all where one part is not understood.

    Raises ValueError for a day that no calendar has.
    """
    points: list[Point] = []
    spans: list[Span] = []
    parts: list[tuple[str, int, bool]] = []
    about, children = 0, False
    for part in re.split(r"[,;()\n]|\.(?:\s|$)", _DAYS.sub(lambda found: _point(found, points), words)):
        for unit_said, unit in _UNITS:
            part = re.sub(rf"\b{unit_said}\b", unit, part)
        tokens = re.findall(r"@\d+|\d+|[a-z]+|\S", part)
        kept = " ".join(token for token in tokens if token not in _EMPTY | _ABOUT)
        doubt = ABOUT if set(tokens) & _ABOUT else 0
        if kept in ("", "nam"):  # "khoảng" by itself speaks of all parts
            about = max(about, doubt)
        else:
            parts.append((kept, doubt, "trong khoang" in part))
    for kept, doubt, within in parts:
        if children:  # whose age follows the number of children is not clear
            return []
        if re.fullmatch(_CHILDREN, kept):
            children = True
            continue
        doubt = max(doubt, about)
        span = _aged(kept, doubt, within, on) or _born(kept, doubt, within, on, points)
        if span is None:
            return []
        spans.append(span)
    return spans


def _aged(kept: str, doubt: int, within: bool, on: dt.date) -> Span | None:
    """The range of a birth said as an age."""
    for pattern, bounds in _AGES:
        if not (found := re.fullmatch(pattern, kept)):
            continue
        part = found.groupdict()
        unit, high_unit = part["unit"] or part.get("at_unit"), part.get("high_unit")
        if unit and high_unit and unit != high_unit:
            return None
        unit = unit or high_unit or ("years" if re.fullmatch(_BARE, kept) else None)
        low, high = bounds(int(part["low"] or part["at_low"]), int(part.get("high") or 0))
        if unit is None or (high is not None and high < low):
            return None
        # "trong khoảng 20 đến 25": the range is itself the doubt.
        doubt = 0 if within and part.get("high") else doubt
        earliest = _oldest(on) if high is None else _before(on, **{unit: high + doubt + 1}) + dt.timedelta(days=1)
        return earliest, _before(on, **{unit: max(low - doubt, 0)})
    if found := re.fullmatch(r"(\d{1,2}) years (\d{1,2}) months", kept):
        return _aged(f"{12 * int(found[1]) + int(found[2])} months", doubt, within, on)
    return None


def _born(kept: str, doubt: int, within: bool, on: dt.date, points: Sequence[Point]) -> Span | None:
    """The range of a birth said as days, months or years."""
    numbers = [int(number) for number in re.findall(r"@(\d+)", kept)]
    chosen = [points[number] for number in numbers]
    said = re.sub(r"@\d+", "@", kept)
    if not chosen:
        return None
    earliest, latest, unit = chosen[0][0], chosen[-1][1], chosen[0][2]
    if doubt and not (within and len(chosen) > 1):
        earliest, latest = _before(earliest, **{unit: doubt}), _before(latest, **{unit: -doubt})
    if re.fullmatch(rf"@|(?:tu )?@ {_TO} @", said):
        return earliest, latest
    if said == "truoc @":
        return _oldest(on), earliest - dt.timedelta(days=1) if not doubt else latest
    if re.fullmatch(r"(?:tu )?@ tro ve truoc", said):
        return _oldest(on), latest
    if said == "sau @":
        return latest + dt.timedelta(days=1) if not doubt else earliest, dt.date.max
    return (
        (earliest, dt.date.max)
        if re.fullmatch(r"tu @(?: tro di| den nay| den| tro lai day| tro ve sau)?", said)
        else None
    )


def _point(found: re.Match[str], points: list[Point]) -> str:
    """Add a day, month or year found in the words to `points`; gives what replaces it in the words: "@" and its index."""
    part = {name.split("_")[0]: int(value) for name, value in found.groupdict().items() if value and name != "sign"}
    first = dt.date(part["year"], part.get("month", 1), part.get("day", 1))
    last_month = part.get("month", 12)
    last = (
        first if "day" in part else first.replace(month=last_month, day=calendar.monthrange(first.year, last_month)[1])
    )
    points.append((first, last, "months" if "month" in part else "years"))
    return f" @{len(points) - 1} "


def _number(found: re.Match[str]) -> str:
    if found["digit"]:
        return str(_DIGITS[found["digit"]])
    return str(10 * _DIGITS.get(found["tens"], 1) + _ENDINGS.get(found["ending"], 0))


def _oldest(on: dt.date) -> dt.date:
    return _before(on, years=OLDEST + 1) + dt.timedelta(days=1)


def _before(day: dt.date, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> dt.date:
    """The day so much earlier; the last day of the month where that month is too short."""
    year, month = divmod(12 * day.year + day.month - 1 - 12 * years - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last)) - dt.timedelta(days=7 * weeks + days)
