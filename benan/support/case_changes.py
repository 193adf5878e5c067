"""What support does when a case changes: stays on which limits depend, corrected days, the end of a case."""

import datetime as dt

from benan.accounts.models import TeamMember
from benan.cases import history
from benan.cases.closing import Closing
from benan.cases.models import Case, Step
from benan.cases.steps import Change
from benan.core.days import legal_day
from benan.support.models import Referral

Part = TeamMember.Part


def facts_of_stay(case: Case) -> set[str]:
    """What is known of a stay that time limits depend on. Every shelter of the plan is a cơ sở bảo trợ xã hội."""
    entered = history.current(case).filter(event="shelter_entered").order_by("on", "pk").last()
    if entered is None:
        return set()
    known = {"social_protection_facility"}
    return known | {"urgent_admission"} if entered.details.get("emergency") else known


def move_residence(case: Case, step: Step, on: dt.date) -> None:
    """The day from which the residence is known is that of the return which a corrected step recorded."""
    if step.event == "residence_established" and case.residence_on == step.on:
        case.residence_on = on
        case.save(update_fields=["residence_on"])


def end_support(closing: Closing) -> None:
    """End the track of support; who was asked and has not answered needs to know of the case no longer."""
    change = closing.change
    if change.fits("close_support"):
        details = {"closing": closing.reason}
        change.take("close_support", on=closing.on, words=closing.words, said=details, details=details)
    asked = Referral.objects.of(change.case).filter(accepted=None).values("receiver")
    change.leave_team(Part.SUPPORTS, closing.on, agency__in=asked)


def ask_receivers_again(change: Change) -> None:
    """Those who were asked and had not answered when the case ended know of it again."""
    for referral in Referral.objects.of(change.case).filter(accepted=None).select_related("receiver"):
        change.join_team(referral.receiver, Part.SUPPORTS, legal_day())
