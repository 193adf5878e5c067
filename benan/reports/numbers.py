"""Numbers of reports as papers write them."""

from benan.core.figures import Tally

NONE = "không phát sinh"
SAME = "-"  # nothing arose, where a table has no room for the words
NOT_FILLED = "chưa có số liệu"


def said(value: int | None, *, none: str = NONE) -> str:
    """A figure with dots between thousands; nothing arose, or nobody has filled it, in words."""
    if value is None:
        return NOT_FILLED
    return f"{value:,}".replace(",", ".") if value else none


def fraction(numerator: int | None, denominator: int | None) -> str:
    """So many of so many; "-" where nobody counts, "" where nothing was filled."""
    if numerator is None or denominator is None:
        return ""
    return f"{said(numerator, none='0')}/{said(denominator)}" if denominator else SAME


def share(numerator: int, denominator: int) -> str:
    """The share in percent, 78,6%. `denominator` is not 0."""
    return Tally(met=numerator, short=denominator - numerator).percent
