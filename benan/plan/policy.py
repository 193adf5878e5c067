"""Who may do what under a plan. What is done and planned under it may be read by every officer."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.places.queries import HOME
from benan.plan import parties
from benan.plan.models import AgencyPlan, Clause, Plan, Progress


def agencies_for(user: User, permission: P, on: dt.date) -> QuerySet[Agency]:
    """The agencies for which a user acts with a permission: their own, and for a labour office its district's People's
    Committee, whose papers it drafts."""
    offices = [seat.agency for seat in user.seats if permission in seat.rights.permissions]
    if permission == P.WORK_APPROVE:
        return Agency.objects.filter(pk__in=[office.pk for office in offices])
    return parties.drafted_for(offices, on)


def acting_for(user: User, permission: P, on: dt.date) -> list[Agency]:
    """The same agencies as this process knows them; nobody may change them."""
    offices = [seat.agency for seat in user.seats if permission in seat.rights.permissions]
    if permission == P.WORK_APPROVE:
        return list(dict.fromkeys(offices))
    return list(dict.fromkeys(agency for _office, agency in parties.drafters_of(offices, on)))


def require_agency(user: User, permission: P, agency: Agency, on: dt.date) -> None:
    """Refuse (403) what is done for an agency by somebody who may not act for it."""
    if not agencies_for(user, permission, on).filter(pk=agency.pk).exists():
        raise PermissionDenied


def reads_agency_plan(user: User, agency_plan: AgencyPlan, on: dt.date) -> bool:
    """Whether a user reads a version of an agency's plan: everybody the approved one, others those who work on it."""
    if agency_plan.state == AgencyPlan.State.APPROVED:
        return True
    working = agencies_for(user, P.WORK_RECORD, on) | agencies_for(user, P.WORK_APPROVE, on)
    return working.filter(pk=agency_plan.agency_id).exists()


def require_follow_up(user: User, permission: P, plan: Plan, on: dt.date) -> Agency:
    """The agency that follows up a plan, where the user acts for it with a permission. Raises PermissionDenied (403)."""
    for agency in parties.members(plan, plan.follow_up, on):
        if any(permission in seat.rights.permissions for seat in user.seats if seat.agency_id == agency.pk):
            return agency
    raise PermissionDenied


def follows_up(user: User, permission: P, plan: Plan, on: dt.date) -> bool:
    """Whether a user acts with a permission for the agency that follows up a plan on a day, or for its successor."""
    try:
        require_follow_up(user, permission, plan, on)
    except PermissionDenied:
        return False
    return True


def require_owner(user: User | None, slug: str, number: str) -> None:
    """Refuse a file that would change a stored plan of another number, or one of the province that another agency than the user's
    follows up; `user` is None for the program itself."""
    known = Plan.objects.filter(slug=slug).first()
    if known is None:
        return
    if known.number != number:
        words = _(
            "Số %(number)s trùng địa chỉ với kế hoạch %(known)s đã nạp; đó là hai kế hoạch khác nhau. Đặt số khác."
        )
        raise Refused(words % {"number": number, "known": known.number})
    today = legal_day()
    if user is not None and known.province == HOME and not follows_up(user, P.PLAN_LOAD, known, today):
        told = {"number": known.number, "agency": parties.name(known.follow_up, min(today, known.last_day))}
        raise Refused(_("Kế hoạch %(number)s do %(agency)s theo dõi; chỉ đơn vị ấy nạp lại được kế hoạch này.") % told)


def evidence(user: User) -> Q:
    """The condition on stored files that are evidence of progress: one's own agencies', and of the agency that follows up
    the plan, and of those who see the whole province's figures, everybody's."""
    if user.may(P.FIGURES_ALL):
        return Q(pk__in=Progress.files.through.objects.values("storedfile"))
    offices = agencies_for(user, P.WORK_RECORD, legal_day()) | agencies_for(user, P.WORK_APPROVE, legal_day())
    own = Progress.files.through.objects.filter(progress__agency__in=offices)
    return Q(pk__in=own.values("storedfile"))


def takes_part(clause: Clause, agency: Agency, on: dt.date) -> bool:
    """Whether a clause gives an agency a part on a day, as lead or in cooperation."""
    return agency in parties.whole(clause.plan, [*clause.answerable, *clause.cooperating], on)
