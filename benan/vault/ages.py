"""What may be known of an age outside the vault: a class on a day, and five years in which somebody was born.

The law asks whether somebody is, or may be, under 16 or under 18, so it is the least age possible that counts. In clear
is the class on the day of arrival alone. The earliest and latest day of the birth are sealed; `access.age_class`
answers for another day, and `access.first_year_of_birth_class` with the five years.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from benan.core.refusals import Refused

BORN = "born"  # of a sealed value: a `Birth`, beside the words of the birth, and shown to nobody
OLDEST = 110  # years
YEARS = 5  # of a group of birth years, from one that is divisible by it


class Age(models.TextChoices):
    """The class of the least age somebody may be of on a day."""

    UNDER_16 = "under_16", _("dưới 16 tuổi hoặc có thể dưới 16 tuổi")
    UNDER_18 = "under_18", _("16, 17 tuổi hoặc có thể chưa đủ 18 tuổi")
    ADULT = "adult", _("đủ 18 tuổi")
    UNKNOWN = "", _("chưa rõ tuổi")


# Answers of the vault for a day on which nobody with that birth can have come; never stored.
NOT_BORN, TOO_OLD = "not_born", "too_old"


@dataclass(frozen=True)
class Birth:
    """The earliest and latest day of a birth. Raises Refused where they are in the wrong order."""

    earliest: dt.date
    latest: dt.date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise Refused(_("Ngày sinh sớm nhất phải trước ngày sinh muộn nhất."), field="born")

    @classmethod
    def read(cls, text: str) -> "Birth":
        """The birth that `str()` wrote."""
        return cls(*(dt.date.fromisoformat(day) for day in text.split("/")))

    def __str__(self) -> str:
        return f"{self.earliest.isoformat()}/{self.latest.isoformat()}"

    @property
    def years(self) -> int | None:
        """The first year of the five in which the whole range lies; None for a range that no five years hold."""
        first, last = (day.year // YEARS * YEARS for day in (self.earliest, self.latest))
        return first if first == last else None

    def age_class(self, on: dt.date) -> str:
        """An `Age`, NOT_BORN or TOO_OLD."""
        if self.earliest > on:
            return NOT_BORN
        least = on.year - self.latest.year - ((on.month, on.day) < (self.latest.month, self.latest.day))
        if least > OLDEST:
            return TOO_OLD
        return Age.UNDER_16 if least < 16 else Age.UNDER_18 if least < 18 else Age.ADULT
