"""From what is known of a person to blind index tokens, and from two sets of facts to points of agreement.

Indexed are whole names, pairs of name syllables that stand side by side (whichever comes first), the family with the
given name, the given name with a birth year, full identity numbers and full telephone numbers. Lone syllables and pairs
that many share are not: Nguyễn, or Nguyễn Thị, would give the holder's name away by frequency. Whole names are indexed
as they are spelled (i and y are one letter: Lý, Lí), pairs and given names as they are heard in the south.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from benan.core.sealing import token
from benan.core.text import fold, sound
from benan.vault.numbers import papers, telephones

MOST_YEARS = 6  # a birth range wider than this says too little to be indexed by year, or to agree with another
NEAR_YEARS = 2  # a question allows the year to be off by this much
# Scripts that leave no space between words (Thai, Lao, Myanmar, Khmer, Chinese, Japanese, Korean): there each letter
# with its marks is a syllable.
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
             (0x20000, 0x3FFFD))  # fmt: skip
# Family names and middle words that many bear, as they are heard: two of them beside each other, before the given name,
# are no pair of the index.
_OFTEN = frozenset(
    sound(word)
    for word in [
        "nguien",
        "tran",
        "le",
        "pham",
        "hoang",
        "huinh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "li",
        "thi",
        "van",
        "huu",
        "minh",
        "quoc",
        "duc",
        "xuan",
        "ngoc",
        "thanh",
        "kim",
        "mi",
        "thu",
        "hong",
        "bich",
        "nhu",
        "hoai",
        "phuong",
        "tuiet",
        "dinh",
        "cong",
        "anh",
    ]
)
_FILLERS = {"thi", "van"}  # most women and many men bear one: it tells nobody from another
LEAST_WEIGHT = 4  # a name near with a birth year near, or a name alike unless the birth year says otherwise
_WEIGHTS = {"same": 6, "alike": 4, "near": 2, "": 0}
_BETWEEN_NAMES = re.compile(r"[,;/()\uff0c\u3001\uff08\uff09]")
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_RANGE = re.compile(r"\(sinh khoảng (\d{4})-(\d{4})\)$")


@dataclass(frozen=True)
class ComparedIdentity:
    """What is known or asked: names as written, birth years from and to, boxes of numbers as written."""

    names: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    id_number: str = ""
    phone: str = ""

    @cached_property
    def spoken(self) -> list[list[str]]:
        """The syllables of each name."""
        return [parts for name in self.names for each in _BETWEEN_NAMES.split(name) if (parts := syllables(each))]

    @cached_property
    def papers(self) -> dict[str, bool]:
        """The numbers of papers (`numbers.papers`)."""
        return papers(self.id_number)

    @cached_property
    def telephones(self) -> dict[str, bool]:
        """The numbers of telephones (`numbers.telephones`)."""
        return telephones(self.phone)


@dataclass(frozen=True)
class Points:
    """How two sets of facts agree. `strong` alone is shown outside one's own reach."""

    id_number: bool = False
    phone: bool = False
    name: str = ""  # "same", "alike" (heard the same, or a part is missing), "near" or ""
    years_apart: int | None = None  # None where either range is too wide to agree
    anothers_number: bool = False  # a number is the same, but one side says that it belongs to somebody else

    @property
    def strong(self) -> bool:
        """A full identity number, a full telephone number, or the whole name with the birth year."""
        return self.id_number or self.phone or (self.name == "same" and self.years_apart == 0)

    @property
    def told_elsewhere(self) -> "Points":
        """What makes it strong and nothing else: how far a guessed year or name is off would tell the true one."""
        if self.id_number or self.phone:
            return Points(id_number=self.id_number, phone=self.phone)
        return Points(name="same", years_apart=0) if self.strong else Points()

    @property
    def weight(self) -> int:
        """For ordering candidates: whoever has less than `LEAST_WEIGHT` is none."""
        number = 16 * self.id_number + 12 * self.phone + 2 * self.anothers_number
        if self.years_apart is None:
            return number + _WEIGHTS[self.name]
        year = 3 if self.years_apart == 0 else 2 if self.years_apart <= NEAR_YEARS else -1
        return number + _WEIGHTS[self.name] + year


def syllables(name: str) -> list[str]:
    """A name's syllables, folded, i for y; letters of scripts without spaces one by one."""
    found: list[str] = []
    joined = False
    for letter in fold(name).replace("y", "i"):
        mark = unicodedata.category(letter).startswith("M")
        if mark and found:
            found[-1] += letter
        elif letter.isalnum():
            alone = any(first <= ord(letter) <= last for first, last in _UNSPACED)
            if joined and not alone:
                found[-1] += letter
            else:
                found.append(letter)
            joined = not alone
        else:
            joined = False
    return found


def with_years(words: str, years: tuple[int, int] | None) -> str:
    """The words of a birth as they are sealed: with the years they mean, where the years in them are not those."""
    return words if years is None or years_in(words) == years else f"{words} (sinh khoảng {years[0]}-{years[1]})"


def years_in(words: str) -> tuple[int, int] | None:
    """The birth years that sealed words mean: those added by `with_years`, else the four-digit years in them."""
    if added := _RANGE.search(words):
        return int(added[1]), int(added[2])
    years = [int(year) for year in _YEAR.findall(words)]
    return (min(years), max(years)) if years else None


def tokens(facts: ComparedIdentity, *, question: bool = False) -> set[bytes]:
    """The tokens of some facts; a question allows the year to be off and the given name to come first."""
    found = set()
    for spelled in facts.spoken:
        parts = _heard(spelled)
        if len(parts) > 1:
            found.add(token("name", " ".join(sorted(spelled))))
            found |= {token(kind, " ".join(sorted(pair))) for kind, pair in _pairs(parts, question)}
        if facts.years and _narrow(facts.years):
            slack = NEAR_YEARS if question else 0
            given = {parts[0], parts[-1]} if question else {parts[-1]}
            years = range(facts.years[0] - slack, facts.years[1] + slack + 1)
            found |= {token("given", f"{name} {year}") for name in given for year in years}
    found |= {token("id", number) for number in papers(facts.id_number)}
    return found | {token("phone", number) for number in telephones(facts.phone)}


def compare(asked: ComparedIdentity, known: ComparedIdentity) -> Points:
    """Where two sets of facts agree. Numbers agree in full only where neither side says they are somebody else's."""
    years = None
    if asked.years and known.years:
        years = max(asked.years[0] - known.years[1], known.years[0] - asked.years[1], 0)
        years = years if years or (_narrow(asked.years) and _narrow(known.years)) else None
    paper, anothers_paper = _agree(asked.papers, known.papers)
    phone, anothers_phone = _agree(asked.telephones, known.telephones)
    return Points(
        id_number=paper,
        phone=phone,
        name=_names(asked.spoken, known.spoken, years),
        years_apart=years,
        anothers_number=anothers_paper or anothers_phone,
    )


def _pairs(parts: list[str], question: bool) -> list[tuple[str, tuple[str, str]]]:
    """The pairs of a name that few share: those with the given name, and those before it that are not both of _OFTEN.

    They are of different kinds, since Nguyễn … Vân is rare and Nguyễn Văn … is not; a question may be in any order, so
    it asks for both.
    """
    before, with_given = list(pairwise(parts[:-1])), [(parts[-2], parts[-1]), (parts[0], parts[-1])]
    if question:
        return [(kind, pair) for kind in ("pair", "given_pair") for pair in before + with_given]
    return [("pair", pair) for pair in before if not _OFTEN.issuperset(pair)] + [
        ("given_pair", pair) for pair in with_given
    ]


def _narrow(years: tuple[int, int] | None) -> bool:
    return years is not None and years[1] - years[0] < MOST_YEARS


def _agree(ours: dict[str, bool], theirs: dict[str, bool]) -> tuple[bool, bool]:
    """Whether two boxes hold the same number, surely of the person on both sides; and else whether at all."""
    same = ours.keys() & theirs.keys()
    sure = any(ours[number] and theirs[number] for number in same)
    return sure, bool(same) and not sure


def _names(asked: list[list[str]], known: list[list[str]], years_apart: int | None) -> str:
    """How two boxes of names agree at best, in whatever order the syllables come.

    A name is the same as it is spelled; alike as it is heard, or where one leaves out a part but not the given name;
    near with the same given name and one syllable more (Thị or Văn only for somebody of the same age), or a lone given
    name of somebody born about then.
    """
    pairs = [(a, b) for a in asked for b in known]
    if any(len(a) > 1 and sorted(a) == sorted(b) for a, b in pairs):
        return "same"
    if any(_alike(*sorted(pair, key=len)) for pair in pairs):
        return "alike"
    if any(_near(a, b, same_year=years_apart == 0) for a, b in pairs):
        return "near"
    near_year = years_apart is not None and years_apart <= NEAR_YEARS
    lone = near_year and any(1 in (len(a), len(b)) and sound(a[-1]) == sound(b[-1]) for a, b in pairs)
    return "near" if lone else ""


def _near(asked: list[str], known: list[str], *, same_year: bool) -> bool:
    """Whether the given name is one as it is heard, and one syllable more."""
    a, b = _heard(asked), _heard(known)
    if b[-1] not in (a[0], a[-1]):
        return False
    common = Counter(a) & Counter(b)
    fillers = {sound(part) for part in _FILLERS.intersection(asked, known)}
    return common.total() >= 2 and (same_year or not fillers.issuperset(common - Counter(b[-1:])))


def _alike(shorter: list[str], longer: list[str]) -> bool:
    """Whether two names are one as they are heard, or the shorter lacks some part that is not the given name."""
    heard, whole = _heard(shorter), _heard(longer)
    if len(heard) < 2 or Counter(heard) - Counter(whole):
        return False
    given = whole[-1]
    telling = [part for part in shorter if part not in _FILLERS or sound(part) == given]
    return len(heard) == len(whole) or (given in heard and len(telling) >= 2)


def _heard(spelled: list[str]) -> list[str]:
    return [sound(part) for part in spelled]
