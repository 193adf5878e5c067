"""How Vietnamese plans count their clauses: I, II … then 1, 2 … then a, b, c, d, đ, e, g."""

import re

from django.conf import settings

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
SLUG, LONGEST_SLUG = r"(?:tinh-[0-9]{2}-)?[A-Z0-9]+(?:-[A-Z0-9]+)*-[0-9]{4}", 60
LETTERS = "abcdđeghiklmnopqrstuvxy"
_NUMBER = re.compile(rf"(?:{'|'.join(sorted(ROMANS, key=len, reverse=True))})(?:\.[1-9][0-9]?)?(?:\.[{LETTERS}])?")


def is_number(text: str) -> bool:
    """Whether a text is a number of a heading or clause, such as VI, IV.3 or II.1.đ."""
    return _NUMBER.fullmatch(text) is not None


def slug(number: str, year: int, province: str) -> str:
    """How addresses name a plan: 12089-KH-UBND-2016; another province's with its code, tinh-46-59-KH-UBND-2026."""
    own = re.sub(r"[^A-Z0-9]+", "-", number.upper().replace("Đ", "D")).strip("-")
    return f"{own}-{year}" if province == settings.PROVINCE else f"tinh-{province}-{own}-{year}"


def is_slug(text: str) -> bool:
    """Whether addresses can name a plan so; a number without Latin letters and digits gives no such text."""
    return re.fullmatch(SLUG, text) is not None and len(text) <= LONGEST_SLUG


def order(number: str) -> str:
    """A key that sorts numbers as the plan counts them: II.1.đ gives 02.01.05."""
    return ".".join(f"{_position(part):02}" for part in number.split("."))


def missing(numbers: list[str]) -> list[str]:
    """Numbers passed over: I.1.b where there are I.1.a and I.1.c."""
    found: dict[str, dict[int, str]] = {}
    for number in numbers:
        above, _dot, last = number.rpartition(".")
        found.setdefault(above, {})[_position(last)] = last
    return [
        f"{above}.{_name(position, like=siblings[max(siblings)])}".lstrip(".")
        for above, siblings in found.items()
        for position in range(1, max(siblings))
        if position not in siblings
    ]


def _position(part: str) -> int:
    if part.isdecimal():
        return int(part)
    return ROMANS.index(part) + 1 if part in ROMANS else LETTERS.index(part) + 1


def _name(position: int, like: str) -> str:
    if like.isdecimal():
        return str(position)
    return ROMANS[position - 1] if like in ROMANS else LETTERS[position - 1]
