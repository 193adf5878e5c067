"""Where something that has a day stands on the day of looking."""

from enum import StrEnum


class ClockState(StrEnum):
    """The states of a time limit or an appointment; pages show each by a word, a drawing and a colour."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NONE = "none"  # no day, or a day that has gone by without anything being overdue in law
    DONE = "done"
    DANGER = "danger"


SOON_DAYS = 3  # days before a day from which it is soon


def of_days_left(days: int) -> ClockState:
    """The state of an appointment so many days ahead (negative: gone by, which is not overdue in law)."""
    if days < 0:
        return ClockState.NONE
    if days == 0:
        return ClockState.TODAY
    return ClockState.SOON if days <= SOON_DAYS else ClockState.LATER
