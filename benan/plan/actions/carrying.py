"""Carrying open duties of an earlier plan over to the plan that follows it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.plan import agency_plans, carrying
from benan.plan import policy as plan_policy
from benan.plan.events import PlanEvent
from benan.plan.models import CarriedDuty, Clause, Plan


@transaction.atomic
def carry_over(
    *,
    by: User,
    plan: Plan,
    clause: Clause,
    to_clause: Clause | None,
    heirs: Mapping[Agency, Agency | None],
    reason: str = "",
    seen: int | None = None,
) -> list[CarriedDuty]:
    """Say what becomes of open duties of a clause of the plan that `plan` follows.

    `heirs`: of each agency that had the duty, who has it now under `to_clause`; None where it ended, for the `reason`.
    `seen`: the id of the last row that was in view, 0 for none. Raises Refused where the plan does not follow that one, a
    duty is not open, an agency has other successors, or the new clause gives it no part.
    """
    policy.require_right(by, P.PLAN_LOAD)
    earlier = carrying.followed(plan)
    if earlier is None or clause.plan_id != earlier.pk:
        raise Refused(_("Kế hoạch này không tiếp nối kế hoạch có điểm ấy."))
    Clause.objects.select_for_update().get(pk=clause.pk)
    if seen is not None and carrying.newest(plan, clause) != seen:
        raise Refused(_("Có người vừa ghi việc chuyển tiếp của điểm này; mở lại trang để xem."))
    today = legal_day()
    still_open = {duty.agency for duty in carrying.open_duties_of(clause, today)}
    rows = []
    for agency, heir in heirs.items():
        if agency not in still_open:
            raise Refused(_("Nhiệm vụ của đơn vị này đã hoàn thành hoặc không có trong kế hoạch trước."))
        if heir is None or to_clause is None:
            if not reason:
                raise Refused(_("Ghi lý do kết thúc nhiệm vụ."), field="reason")
            rows.append(CarriedDuty(from_agency=agency, reason=reason))
            continue
        _check(plan, agency, heir, to_clause)
        rows.append(CarriedDuty(from_agency=agency, to_clause=to_clause, to_agency=heir))
    for row in rows:
        row.plan, row.from_clause, row.on, row.by = plan, clause, today, by
        row.save()
    data = {
        "from": clause.number,
        "to": to_clause.number if to_clause else "",
        "agencies": [each.key for each in heirs],
    }
    trail.record(by=by, event=PlanEvent.DUTY_CARRIED, on=f"plan:{plan.slug}", data=data)
    return rows


def _check(plan: Plan, agency: Agency, heir: Agency, to_clause: Clause) -> None:
    today = legal_day()
    own = carrying.heirs(agency, plan, today)
    named = agencies.names([heir.pk], today).get(heir.pk, heir.key)
    if own and heir not in own:
        raise Refused(_("%s không phải đơn vị kế tiếp của đơn vị đã có nhiệm vụ này.") % named)
    on = agency_plans.day_in(plan, today)
    if to_clause.plan_id != plan.pk or not plan_policy.takes_part(to_clause, heir, on):
        raise Refused(
            _("Điểm %(number)s không giao việc cho %(name)s.") % {"number": to_clause.number, "name": named},
            field="to_clause",
        )
