"""What figures count of referrals: to whom outside the province a case was handed, and whose move it then is."""

import datetime as dt

from django.db import models
from django.db.models import F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.cases.models import Case
from benan.support.models import Referral
from tests.indicators.oracle.figures import every_row


def agency_to_act(as_of: dt.date) -> Coalesce:
    """The agency (id) whose move a case is on a day: the one in `responsible`, or the one outside that took over."""
    return Coalesce(agency_outside(as_of), F("responsible"), output_field=IntegerField())


def agency_outside(as_of: dt.date) -> models.Case:
    """The agency (id) outside the province to which a case had been handed by a day; NULL where it was not.

    The one that accepted the person; where none was referred to, the one that stands for all outside.
    """
    outside = Agency.objects.filter(kind=AgencyKind.OUTSIDE)
    accepted = every_row(Referral).filter(case=OuterRef("pk"), accepted=True, receiver__in=outside)
    accepted = accepted.filter(kind=Referral.Kind.RESIDENCE).order_by("-answered_on", "-pk")
    received = Subquery(accepted.values("receiver")[:1])
    any_outside = Subquery(outside.filter(key="outside_labour").values("pk")[:1])
    handed_over = Q(closing=Case.Closing.TRANSFERRED, closed_on__lte=as_of)
    return models.Case(When(handed_over, then=Coalesce(received, any_outside)), output_field=IntegerField())
