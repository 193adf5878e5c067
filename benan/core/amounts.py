"""Amounts of money as people write them. A đồng has no parts; what can be read in two ways is refused."""

import re
import unicodedata

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from benan.core import text
from benan.core.refusals import Refused

LARGEST, LONGEST = 10**12 - 1, 40
_SPACES = re.compile(r"\s+")
_CURRENCY = re.compile(r"(?:^(?:vnd|vnđ)\s*|\s*(?:đ|₫|đồng|vnd|vnđ)\.?$)")
_UNITS = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "tr": 10**6, "nghìn": 10**3, "ngàn": 10**3, "k": 10**3}
_UNIT = "|".join(_UNITS)
_WHOLE = re.compile(r"[1-9][0-9]*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*")
# With a unit one or two digits after the mark are parts of it; three could as well be thousands.
_PARTS = re.compile(rf"([0-9]+)[.,]([0-9]{{1,2}}) ?({_UNIT})")
_SUM = re.compile(rf"(?:[1-9][0-9]* ?(?:{_UNIT}) ?)+")
_TERM = re.compile(rf"([0-9]+) ?({_UNIT})")


def parse(typed: str) -> int | None:
    """Whole đồng of "1.000.000", "1,000,000 đ", "1,5 triệu" or "2 triệu 500 nghìn"; None where nothing is typed.

    Marks stand between groups of three digits. Raises Refused with a sentence that shows what was typed: for
    "1.5", "1000000.00" or "1.000,5", which another would read as another amount.
    """
    shown = text.clean(typed)
    said = _SPACES.sub(" ", unicodedata.normalize("NFKC", shown)).strip().lower()
    if not said:
        return None
    amount = _read(_CURRENCY.sub("", said).strip()) if len(said) <= LONGEST else None
    words = {"typed": shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"}
    if amount is None:
        raise Refused(
            _("Không rõ “%(typed)s” là bao nhiêu đồng. Ghi đủ số đồng, ví dụ 1.000.000, hoặc 1,5 triệu.") % words
        )
    if not 0 < amount <= LARGEST:
        words["largest"] = number_format(LARGEST, use_l10n=True, force_grouping=True)
        raise Refused(_("Số tiền “%(typed)s” phải lớn hơn 0 và không quá %(largest)s đồng.") % words)
    return amount


def _read(said: str) -> int | None:
    if said == "0" or _WHOLE.fullmatch(said):
        return int(said)
    if _GROUPED.fullmatch(said):
        return int(re.sub("[., ]", "", said))
    if found := _PARTS.fullmatch(said):
        whole, part, unit = found.groups()
        return int(whole) * _UNITS[unit] + int(part.ljust(2, "0")) * _UNITS[unit] // 100
    if _SUM.fullmatch(said):
        terms = [(int(number), _UNITS[unit]) for number, unit in _TERM.findall(said)]
        units = [unit for _number, unit in terms]
        # "2 triệu 500 nghìn": each unit smaller than the one before, and each number less than a whole of it.
        falling = all(b < a for a, b in zip(units, units[1:], strict=False))
        fits = all(n * unit < before for (n, unit), before in zip(terms[1:], units, strict=False))
        if falling and fits:
            return sum(number * unit for number, unit in terms)
    return None
