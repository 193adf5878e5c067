"""From what is known of a person to blind index tokens, and from two sets of facts to points of agreement.

Indexed are adjacent pairs of name syllables, the given name with a birth year, full identity numbers and
full telephone numbers. Lone syllables are not: Nguyễn alone would give the holder's name away by frequency.
i and y are one letter here (Lý, Lí).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from benan.core.sealing import token
from benan.core.text import fold

MOST_YEARS = 6  # a birth range wider than this says too little to be indexed by year
LEAST_DIGITS = 7  # a passport has the fewest, seven after its letter


@dataclass(frozen=True)
class Facts:
    """What is known or asked: names as written, birth years from and to, numbers as digits."""

    names: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Points:
    """How two sets of facts agree. `strong` alone is shown outside one's own reach."""

    id_number: bool = False
    phone: bool = False
    name: str = ""  # "same", "near" or ""
    years_apart: int | None = None

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
        """For ordering candidates."""
        name = {"same": 3, "near": 1}.get(self.name, 0)
        near_year = self.years_apart is not None and self.years_apart <= 2
        return 8 * self.id_number + 6 * self.phone + name + near_year


def syllables(name: str) -> list[str]:
    """A name's syllables, folded, i for y."""
    return re.findall(r"[a-z0-9]+", fold(name).replace("y", "i"))


def digits(number: str) -> str:
    """A number without spaces, dots or dashes; a leading +84 is 0. Nothing for what has too few digits to be anybody's."""
    number = re.sub(r"[^0-9A-Za-z+]", "", number).upper()
    if sum(letter.isdigit() for letter in number) < LEAST_DIGITS:
        return ""
    return "0" + number[3:] if number.startswith("+84") else number


def tokens(facts: Facts, *, year_slack: int = 0) -> set[bytes]:
    """The tokens of some facts; a question allows the year to be off by `year_slack`."""
    found = set()
    for name in facts.names:
        parts = syllables(name)
        found |= {token("pair", " ".join(pair)) for pair in pairwise(parts)}
        if parts and facts.years and facts.years[1] - facts.years[0] < MOST_YEARS:
            years = range(facts.years[0] - year_slack, facts.years[1] + year_slack + 1)
            found |= {token("given", f"{parts[-1]} {year}") for year in years}
    if number := digits(facts.id_number):
        found.add(token("id", number))
    if number := digits(facts.phone):
        found.add(token("phone", number))
    return found


def compare(asked: Facts, known: Facts) -> Points:
    """Where two sets of facts agree."""
    years = None
    if asked.years and known.years:
        years = max(asked.years[0] - known.years[1], known.years[0] - asked.years[1], 0)
    return Points(
        id_number=digits(asked.id_number) == digits(known.id_number) != "",
        phone=digits(asked.phone) == digits(known.phone) != "",
        name=_names(asked.names, known.names),
        years_apart=years,
    )


def _names(asked, known) -> str:
    ours, theirs = [syllables(name) for name in asked], [syllables(name) for name in known]
    if any(a and a == b for a in ours for b in theirs):
        return "same"
    if any(a and b and (a[-1] == b[-1]) and len(set(a) & set(b)) >= 2 for a in ours for b in theirs):
        return "near"
    return ""
