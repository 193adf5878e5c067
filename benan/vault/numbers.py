"""Telephone numbers and numbers of papers as people write them in one box, each as the one form it is known by.

A box may hold labels ("ĐT", "CMND"), several numbers, and whose they are ("(mẹ)", "của chồng"). A number that
belongs to somebody else, or whose owner the words leave open, is marked as not surely the person's own.
"""

import re
from collections.abc import Sequence

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

from benan.core.text import plain, unmarked

LEAST_DIGITS = 7  # a passport has the fewest, seven after its letter
VIETNAM = 84
# Numbers that everybody may ring and that are nobody's: hotlines, switchboards.
_NOBODYS = {
    PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}  # fmt: skip
# Mobile prefixes of eleven digits and what each became on 15/09/2018, without the leading 0: kế hoạch chuyển đổi mã
# mạng of the Ministry of Information and Communications, Quyết định 798/QĐ-BTTTT ngày 29/05/2018.
_MOBILES = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip
# Area codes and what each became on 11/02, 15/04 or 17/06/2017, without the leading 0: Quyết định 2036/QĐ-BTTTT ngày
# 21/11/2016. The areas of 210, 211, 218 and 219 kept theirs.
_AREAS = {
    "22": "212", "231": "213", "20": "214", "230": "215", "29": "216", "52": "232", "53": "233", "54": "234",
    "510": "235", "511": "236", "37": "237", "38": "238", "39": "239",
    "33": "203", "240": "204", "25": "205", "26": "206", "27": "207", "280": "208", "281": "209", "320": "220",
    "321": "221", "241": "222", "31": "225", "351": "226", "36": "227", "350": "228", "30": "229", "780": "290",
    "781": "291", "710": "292", "711": "293", "74": "294", "76": "296", "77": "297", "79": "299",
    "4": "24", "8": "28", "61": "251", "62": "252", "64": "254", "55": "255", "56": "256", "57": "257", "58": "258",
    "68": "259", "60": "260", "501": "261", "500": "262", "63": "263", "59": "269", "70": "270", "651": "271",
    "72": "272", "73": "273", "650": "274", "75": "275", "66": "276", "67": "277",
}  # fmt: skip
# Who a number may belong to other than the person. A word taken for one of these by mistake only makes the number
# match weakly.
_OTHERS = (
    "mẹ", "má", "u", "bố", "ba", "cha", "tía", "chồng", "vợ", "anh", "chị", "cô", "dì", "chú", "bác", "cậu", "mợ", "thím",
    "dượng", "ông", "bà", "con", "em gái", "em trai", "em ruột", "em họ", "em dâu", "em rể", "bạn", "thầy", "chủ", "nó",
    "hàng xóm", "láng giềng", "đồng nghiệp", "môi giới", "người", "gia đình", "nhà trọ", "quán", "cơ quan", "công ty",
    "trường", "giáo viên", "cán bộ", "công an", "trưởng ấp", "trưởng thôn", "luật sư", "bảo vệ", "của",
)  # fmt: skip
_SOMEBODY = re.compile(rf"\b(?:{'|'.join(_OTHERS)})\b")
_SOMEBODY_UNMARKED = re.compile(rf"\b(?:{'|'.join(unmarked(word) for word in _OTHERS)})\b")
# Words beside one's own number that hold one of those.
_OWN = re.compile(
    r"\bcủa (?:chính )?(?:em|tôi|tui|mình|cháu|bản thân)\b(?! (?:gái|trai|ruột|họ|dâu|rể))|\bchính chủ\b"
    r"|\bcua (?:chinh )?(?:em|toi|tui|minh|chau|ban than)\b(?! (?:gai|trai|ruot|ho|dau|re))|\bchinh chu\b"
    r"|\b(?:bản thân|ban than|may ban|di dong)\b|\b(?:do |bởi )?(?:công an|cong an|ca)\b[^;,]*"
)
_CAPITALISED = re.compile(r"(?<![\w.])[^\W\d_](?=[^\W\d_]*[a-zà-ỹ])[^\W\d_]*")
_LABELS = re.compile(
    "đt|đtdđ|sđt|dđ|tel|phone|mobile|zalo|viber|facebook|messenger|sim|số|điện|thoại|máy|di|động|liên|hệ|gọi|chỉ|không|nếu"
    "|khi|sau|trước|buổi|ban|sáng|trưa|chiều|tối|cũ|mới|chính|phụ|riêng|đang|dùng|mất|hết|đã|bị|của|em|tôi|tui|mình|cháu"
    "|dien|thoai|lien|he|goi|việt|nam|đồng|nai|lào|thái|lan|trung|quốc|campuchia|viettel|mobifone|vinaphone|vietnamobile"
)
_BREAK = re.compile(r"[,;\n/|]|\s(?:hoặc|hay|và|hoac|va)\s")
_DAY = re.compile(r"(?<![\d.\-])\d{1,2}([/.\-])\d{1,2}\1(?:19|20)\d\d(?![.\-]?\d)")


def telephones(box: str) -> dict[str, bool]:
    """The telephone numbers in a box, as +84912345678, each with whether it is surely the person's own.

    A number of before 2017 or 2018 is given as what it became. Where digits can be an old number of one holder and
    a new one of another, both are given, the old one as not sure.
    """
    box = re.sub(r"(?<=[^\W\d_])(?=[0+]?\d{6})", " ", _DAY.sub(_blank, plain(box)))
    spans, numbers = [], []
    for found in PhoneNumberMatcher(box, "VN", leniency=Leniency.POSSIBLE):
        if phonenumbers.number_type(found.number) not in _NOBODYS:
            spans.append((found.start, found.end))
            numbers.append(_known_as(found.number))
        box = box[: found.start] + "#" * (found.end - found.start) + box[found.end :]
    for digits in re.finditer(r"\d(?:[ .\-]?\d)+", box):
        number = re.sub(r"\D", "", digits[0])
        if len(number) >= LEAST_DIGITS:
            spans.append(digits.span())
            numbers.append(_unmatched(number))
    order = sorted(range(len(spans)), key=lambda n: spans[n])
    owned = _own(box, [spans[n] for n in order], names=True)
    result: dict[str, bool] = {}
    for n, own in zip(order, owned, strict=True):
        for number, sure in numbers[n].items():
            result[number] = result.get(number, False) or (own and sure)
    return result


def papers(box: str) -> dict[str, bool]:
    """The numbers of papers in a box, letters in front kept (B1234567), each with whether it is the person's own."""
    box = _DAY.sub(_blank, plain(box))
    spans, numbers = [], []
    for found in re.finditer(
        r"(?<![^\W\d_])([A-Za-z]{1,2}[ .\-]?)?(\d[\dA-Za-z]*(?:[ .\-]+\d[\dA-Za-z]*)*)", _unglued(box)
    ):
        letters = re.sub(r"[^A-Z]", "", (found[1] or "").upper())
        letters = "" if letters in _NOT_OF_A_PAPER else letters
        for number in _parted(re.split(r"[ .\-]+", found[2])):
            if sum(letter.isdigit() for letter in number) >= LEAST_DIGITS and len(set(number)) > 1:
                spans.append(found.span())
                numbers.append(letters + number.upper())
                letters = ""
    owned = _own(_unglued(box), spans, names=False)  # places of issue are names
    result: dict[str, bool] = {}
    for number, own in zip(numbers, owned, strict=True):
        result[number] = result.get(number, False) or own
    return result


_NOT_OF_A_PAPER = {"SO", "HC", "CC", "ID", "NO", "PP", "VA", "LA", "CM"}
_LENGTHS = (9, 12)  # giấy chứng minh nhân dân, thẻ căn cước


def _unglued(box: str) -> str:
    """The box with labels set apart from the number they are glued to: CMND270123456."""
    return re.sub(r"([^\W\d_]{3,})(?=\d)", r"\1 ", box)


def _parted(groups: list[str]) -> list[str]:
    """Groups of digits as the numbers they make: 270 123 456 is one, 270123456 075195001234 two."""
    if len(groups) == 1 or len("".join(groups)) in _LENGTHS:
        return ["".join(groups)]
    for first in range(1, len(groups)):
        if len("".join(groups[:first])) in _LENGTHS:
            return ["".join(groups[:first]), *_parted(groups[first:])]
    if sum(len(group) >= LEAST_DIGITS for group in groups) > 1:
        return groups
    return ["".join(groups)]


def _known_as(number: PhoneNumber) -> dict[str, bool]:
    """What a number as dialled is known by, each with whether that is sure."""
    today = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.country_code != VIETNAM:
        return {today: True}
    old = str(number.national_number)
    mobile = _MOBILES.get(old[:3]) if len(old) == 10 else None
    renumbered = [f"+84{mobile}{old[3:]}"] if mobile else [
        f"+84{new}{old[len(area):]}" for area, new in _AREAS.items()
        if old.startswith(area) and len(old) == len(area) + (8 if len(area) == 1 else 7) and old[len(area)] in "23456789"
    ]  # fmt: skip
    if not renumbered:
        return {today: phonenumbers.is_valid_number(number) and len(set(old)) > 1}
    if phonenumbers.is_valid_number(number):
        return {today: True} | dict.fromkeys(renumbered, False)
    return dict.fromkeys(renumbered, True)


def _unmatched(number: str) -> dict[str, bool]:
    """A number that is no Vietnamese one as it stands: of another country written without +, or digits known as such."""
    for digits, country in ((number, "VN"), (f"+{number.removeprefix('00')}", None)):
        try:
            read = phonenumbers.parse(digits, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(read):
            return _known_as(read)
    return {number: False}


def _own(box: str, spans: Sequence[tuple[int, int]], *, names: bool) -> list[bool]:
    """For each number at a span of the box, whether nothing beside it says that it belongs to somebody else."""
    if not spans:
        return []
    beside: list[list[str]] = [[] for _ in spans]
    edges = [0, *[edge for span in spans for edge in span], len(box)]
    gaps = [box[start:end] if start < end else "" for start, end in zip(edges[::2], edges[1::2], strict=True)]
    beside[0].append(gaps[0])
    beside[-1].append(gaps[-1])
    heading = gaps[0]
    for n, gap in enumerate(gaps[1:-1]):
        bracketed = " ".join(re.findall(r"\([^()]*\)", gap))
        rest = re.sub(r"\([^()]*\)", " ", gap)
        parts = _BREAK.split(f" {rest} ", maxsplit=1)
        left, right = (parts[0], parts[1]) if len(parts) == 2 else (rest, rest)
        beside[n] += [bracketed, left]
        # "mẹ: 0912…, 0987…" speaks of both, until other words do.
        heading = right if re.search(r"[^\W\d_]{2}", right) else heading
        beside[n + 1].append(heading)
    return [not _somebody_else(" ".join(words), names) for words in beside]


def _somebody_else(words: str, names: bool) -> bool:
    """Whether words beside a number say that it is not the person's own; with `names`, a name says so too."""
    if names and any(word[0].isupper() and not _LABELS.fullmatch(word.lower()) for word in _CAPITALISED.findall(words)):
        return True
    words = _OWN.sub(" ", re.sub(r"\s+", " ", words.lower()))
    return bool(_SOMEBODY.search(words) or (words.isascii() and _SOMEBODY_UNMARKED.search(words)))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
