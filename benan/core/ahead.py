"""Days that are still to come: an appointment, the beginning of a role."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from benan.core.days import legal_day, show
from benan.core.refusals import Refused

FURTHEST = dt.timedelta(days=366)


def require_near(on: dt.date, *, field: str) -> None:
    """Refuse a day more than twelve months after the legal day: nothing here is arranged so long before, and a year is
    easily mistyped."""
    if on > (last := legal_day() + FURTHEST):
        raise Refused(
            _(
                "Ngày %(on)s quá xa: chỉ ghi được đến ngày %(last)s, không quá 12 tháng kể từ hôm nay. Xem lại năm đã ghi."
            )
            % {"on": show(on), "last": show(last)},
            field=field,
        )
