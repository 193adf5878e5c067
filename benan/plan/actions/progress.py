"""Recording what was done under a plan: one verb each."""

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.documents.actions.files import store_all
from benan.plan import agency_plans, policy
from benan.plan import queries as plans
from benan.plan.events import PlanEvent
from benan.plan.models import Activity, Clause, PriorityArea, Progress, TypedFigure
from benan.plan.models.plans import Plan


@transaction.atomic
def record_progress(
    *,
    by: User,
    clause: Clause,
    agency: Agency,
    on: dt.date,
    state: str,
    words: str,
    deadline: str = "",
    money: int | None = None,
    files: Sequence[UploadedFile] = (),
    activity: Activity | None = None,
    instead_of: Progress | None = None,
) -> Progress:
    """Record what an agency has done of a duty by a day; `instead_of` is set aside by it.

    `activity`: the one of its own plan that was worked on. `deadline`: key and year of the deadline that it meets; `files`: evidence. Raises
    Refused for a day in the future or outside the plan, and
    where the clause gives the agency no part.
    """
    today = legal_day()
    policy.require_agency(by, P.WORK_RECORD, agency, today)
    if on > today:
        raise Refused(_("Ngày %s chưa đến; ghi ngày đã làm.") % show(on), field="on")
    if on < clause.plan.period.lower:
        raise Refused(_("Ngày %s trước khi kế hoạch bắt đầu.") % show(on), field="on")
    if not policy.takes_part(clause, agency, min(on, clause.plan.last_day)):
        raise Refused(_("Điểm %s không giao việc cho đơn vị này.") % clause.number)
    if deadline and deadline not in plans.open_deadlines(clause, agency):
        raise Refused(_("Thời hạn này không có hoặc đã ghi hoàn thành."), field="deadline")
    if activity and activity not in agency_plans.open_activities(clause, agency, on):
        raise Refused(_("Hoạt động này không có trong kế hoạch đã duyệt hoặc đã hoàn thành."), field="activity")
    row = Progress.objects.create(
        clause=clause, agency=agency, on=on, state=state, words=words, deadline=deadline, money=money, activity=activity,
        by=by,
    )  # fmt: skip
    kept = store_all(by=by, agency=_keeper(by, agency), uploads=files, field="evidence")
    link = Progress.files.through
    link.objects.bulk_create(link(progress=row, storedfile=file) for file in kept)
    if instead_of:
        set_aside = Progress.objects.filter(pk=instead_of.pk, clause=clause, agency=agency, set_aside_by=None).update(
            set_aside_by=row
        )
        if not set_aside:
            raise Refused(_("Dòng này đã được thay bằng dòng khác; mở lại trang để xem."))
    data = {"clause": clause.number, "agency": agency.key, "on": on.isoformat(), "state": state}
    trail.record(by=by, event=PlanEvent.PROGRESS, on=f"plan:{clause.plan.slug}", data=data)
    return row


@transaction.atomic
def type_figure(
    *,
    by: User,
    clause: Clause,
    agency: Agency,
    first: dt.date,
    last: dt.date,
    numerator: int,
    denominator: int,
    words: str,
) -> TypedFigure:
    """Record an indicator that the program cannot count, as the agency counted it for some days.

    Raises Refused where the agency does not answer for the clause, the days are in the wrong order or in the future, or
    more are reached than there are.
    """
    today = legal_day()
    policy.require_agency(by, P.WORK_RECORD, agency, today)
    if not clause.measure or not policy.takes_part(clause, agency, min(last, clause.plan.last_day)):
        raise Refused(_("Đơn vị này không ghi số liệu của điểm %s.") % clause.number)
    if last < first:
        raise Refused(_("Ngày cuối phải từ ngày đầu trở đi."), field="last")
    if first > today:
        raise Refused(_("Ngày %s chưa đến.") % show(first), field="first")
    if numerator > denominator:
        raise Refused(_("Số đã đạt không được lớn hơn tổng số."), field="numerator")
    row = TypedFigure.objects.create(
        clause=clause, agency=agency, first=first, last=last, numerator=numerator, denominator=denominator, words=words,
        by=by,
    )  # fmt: skip
    data = {"clause": clause.number, "agency": agency.key, "numerator": numerator, "denominator": denominator}
    trail.record(by=by, event=PlanEvent.FIGURE_TYPED, on=f"plan:{clause.plan.slug}", data=data)
    return row


@transaction.atomic
def mark_area(*, by: User, plan: Plan, unit_code: str, why: str, since: dt.date, paper_no: str = "") -> PriorityArea:
    """Give a place of the province priority under a plan, for one reason. Raises Refused for a place it does not have."""
    policy.require_follow_up(by, P.RETURNS_MANAGE, plan, legal_day())
    area = PriorityArea.objects.create(plan=plan, unit_code=unit_code, why=why, since=since, paper_no=paper_no, by=by)
    data = {"area": unit_code, "why": why, "since": since.isoformat()}
    trail.record(by=by, event=PlanEvent.AREA_MARKED, on=f"plan:{plan.slug}", data=data)
    return area


@transaction.atomic
def end_area(*, by: User, area: PriorityArea, until: dt.date) -> PriorityArea:
    """Say until which day a place has priority. Raises Refused before the day on which it began, and where it was said."""
    policy.require_follow_up(by, P.RETURNS_MANAGE, area.plan, legal_day())
    area = PriorityArea.objects.select_for_update(of=("self",)).select_related("plan").get(pk=area.pk)
    if area.until:
        raise Refused(_("Dấu ưu tiên của địa bàn này đã bỏ, có hiệu lực đến hết %s.") % show(area.until))
    if until < area.since:
        raise Refused(_("Ngày cuối phải từ %s trở đi.") % show(area.since), field="until")
    area.until = until
    area.save(update_fields=["until"])
    data = {"area": area.unit_code, "why": area.why, "until": until.isoformat()}
    trail.record(by=by, event=PlanEvent.AREA_ENDED, on=f"plan:{area.plan.slug}", data=data)
    return area


def _keeper(by: User, agency: Agency) -> Agency:
    """The office at which somebody keeps files of an agency: the agency itself, or the office that drafts for it."""
    return next((seat.agency for seat in by.seats if seat.agency_id == agency.pk), by.seats[0].agency)
