"""What this app answers when the law, the calendar or a file gives no answer."""

from benan.core.refusals import Refused


class NotInForce(Refused):
    """No rule is in force on the day asked about."""


class OutsideCalendar(Refused):
    """A day lies outside the years for which the official days are known."""


class Unreadable(Refused):
    """A data file cannot be understood; the sentence names the file and the line."""
