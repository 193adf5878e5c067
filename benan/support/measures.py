"""What figures ask of referrals: to whom outside the province a case was handed."""

from collections.abc import Mapping

from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.cases.measures import CaseFacts
from benan.cases.models import Case
from benan.core.figures import every_row
from benan.support.models import Referral


def load(cases: Mapping[int, CaseFacts]) -> dict[int, int | None]:
    """The agency (id) outside the province to which each case that was handed over went, by the id of the case.

    The one that accepted the person; where none was referred to, the one that stands for all outside. Two queries where a
    case was handed over.
    """
    handed_over = [pk for pk, case in cases.items() if case.closing == Case.Closing.TRANSFERRED]
    if not handed_over:
        return {}
    outside = dict(Agency.objects.filter(kind=AgencyKind.OUTSIDE).values_list("key", "pk"))
    accepted = every_row(Referral).filter(case__in=handed_over, accepted=True, receiver__in=outside.values())
    accepted = accepted.filter(kind=Referral.Kind.RESIDENCE).order_by("answered_on", "pk")
    any_outside = outside.get("outside_labour")
    found: dict[int, int | None] = dict.fromkeys(handed_over, any_outside)
    found.update(accepted.values_list("case", "receiver"))
    return found
