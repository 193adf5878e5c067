"""Which figures an officer may ask for."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.core.days import legal_day, show
from benan.core.figures import Period, Question
from benan.core.refusals import Refused
from benan.places import queries as places


@dataclass(frozen=True)
class FigureReach:
    """The figures that somebody may ask for.

    `everything`: of every area and agency, for any days. Otherwise those of one's own units (codes) and
    agencies (ids), and the province's totals for the periods of reports, as of `day_of_totals`.
    """

    everything: bool
    units: tuple[str, ...] = ()
    agencies: tuple[int, ...] = ()

    @property
    def totals_only(self) -> bool:
        """Whether nothing may be asked for but the province's totals."""
        return not (self.everything or self.units or self.agencies)


def day_of_totals(last: dt.date, today: dt.date) -> dt.date:
    """The one day as of which everybody may see the totals of a period with that last day.

    It is the last day of a period that is over, else the last day of the month before: if totals followed the days, the
    difference between two days would tell of a single person.
    """
    return last if last < today else min(last, today.replace(day=1) - dt.timedelta(days=1))


def reach_of(user: User) -> FigureReach:
    """What a user's seats give (VI.3 of the plan, and the cases they reach)."""
    if user.may(P.FIGURES_ALL):
        return FigureReach(everything=True)
    seats = [seat for seat in user.seats if P.CASE_VIEW in seat.rights.permissions]
    units = {seat.agency.unit_code for seat in seats} - {"", places.HOME}
    return FigureReach(
        everything=False, units=tuple(sorted(units)), agencies=tuple(sorted({seat.agency_id for seat in seats}))
    )


def require(user: User, asked: Question, periods: Iterable[Period] = ()) -> None:
    """Refuse a question that goes beyond a user's reach, naming what goes beyond.

    `periods` are those of the plan's reports, of which everyone may see the province's totals as of `day_of_totals`.
    """
    own = reach_of(user)
    if own.everything:
        return
    if asked.agency and not (asked.agency.pk in own.agencies or _covers(own.units, asked.agency.unit_code)):
        raise Refused(_("Không xem được số liệu của đơn vị này."), field="agency")
    if asked.area and not asked.agency and not _covers(own.units, asked.area):
        raise Refused(_("Không xem được số liệu của địa bàn này."), field="area")
    if not asked.area and not asked.agency:
        _require_total(asked, periods)


def _require_total(asked: Question, periods: Iterable[Period]) -> None:
    if all((period.first, period.last) != (asked.first, asked.last) for period in periods):
        raise Refused(_("Số liệu toàn tỉnh chỉ xem được theo kỳ báo cáo."), field="period")
    day = day_of_totals(asked.last, legal_day())
    if asked.as_of != day:
        words = _("Số liệu toàn tỉnh của kỳ này chỉ xem được theo tình hình đến hết ngày %(day)s.") % {"day": show(day)}
        raise Refused(words, field="as_of")


def agency_of_key(key: str) -> Agency:
    """An agency by its key. Raises Refused where there is none."""
    found = Agency.objects.filter(key=key).first()
    if found is None:
        raise Refused(_("Không có đơn vị nào có khóa “%(key)s”.") % {"key": key}, field="agency")
    return found


def area_of_code(code: str, on: dt.date) -> str:
    """The code of a place in the province on a day. Raises Refused where there is none."""
    communes = places.within(code, on)
    if code != places.HOME and not (communes and communes <= places.within(places.HOME, on)):
        raise Refused(_("Ngày này tỉnh không có địa bàn nào có mã “%(code)s”.") % {"code": code}, field="area")
    return code


def _covers(units: tuple[str, ...], code: str) -> bool:
    return any(code == unit or code in places.within(unit, places.EVER) for unit in units)
