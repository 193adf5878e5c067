"""What figures count of protection: the day on which a need of safety was met."""

import datetime as dt

from django.db.models import OuterRef, Subquery

from benan.protection.models import Measure
from tests.indicators.oracle.figures import every_row


def protected_on(as_of: dt.date) -> Subquery:
    """The first day, up to a day, on which a measure started for a need; NULL where none did."""
    rows = every_row(Measure).filter(need=OuterRef("pk"), started_on__lte=as_of)
    return Subquery(rows.order_by("started_on").values("started_on")[:1])
