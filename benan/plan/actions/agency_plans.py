"""The plans of agencies under a plan: drafted, put before the head, approved, replaced; one verb each."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.plan import agency_plans as queries
from benan.plan import policy
from benan.plan.events import PlanEvent
from benan.plan.models import Activity, AgencyPlan, AgencyPlanStep, Clause, Plan

Kind, State = AgencyPlanStep.Kind, AgencyPlan.State
COPIED = ("clause", "what", "first", "last", "people", "partners", "money", "source", "product", "order")


@transaction.atomic
def draft(*, by: User, plan: Plan, agency: Agency, year: int | None, from_last_year: bool = False) -> AgencyPlan:
    """Begin the plan of an agency for a year of a plan, or for the whole period (`year` None).

    `from_last_year`: with the activities of the year before, their days moved by a year. Raises Refused outside the plan,
    where the agency has a plan for that time already, and where there is none of the year before.
    """
    policy.require_agency(by, P.WORK_RECORD, agency, legal_day())
    if year is not None and not plan.period.lower.year <= year <= plan.last_day.year:
        raise Refused(_("Kế hoạch %(plan)s không có năm %(year)s.") % {"plan": plan.number, "year": year})
    if not queries.has_part(plan, agency, legal_day()):
        raise Refused(_("Kế hoạch %s không giao việc cho đơn vị này.") % plan.number)
    if queries.versions(plan, agency, year).exists():
        raise Refused(_("Đơn vị đã có kế hoạch cho thời gian này; mở lại trang để xem."))
    copied: list[Activity] = []
    if from_last_year:
        before = queries.approved(plan, agency, year - 1) if year else None
        if before is None:
            raise Refused(_("Năm trước đơn vị chưa có kế hoạch được duyệt để chép lại."))
        copied = list(before.activities.select_related("clause"))
    made = AgencyPlan.objects.create(plan=plan, agency=agency, year=year)
    _copy(copied, made, years=1, same=False)
    _step(made, by, Kind.DRAFTED)
    return made


@transaction.atomic
def replace(*, by: User, agency_plan: AgencyPlan) -> AgencyPlan:
    """Begin a new version of an approved plan, with its activities; once approved it replaces that one, and both stay.

    Raises Refused where the plan is not the approved one in force.
    """
    policy.require_agency(by, P.WORK_RECORD, agency_plan.agency, legal_day())
    locked = _locked(agency_plan)
    latest = queries.versions(locked.plan, locked.agency, locked.year).first()
    if locked.state != State.APPROVED or latest != locked:
        raise Refused(_("Chỉ thay bản kế hoạch đã duyệt mới nhất; mở lại trang để xem."))
    made = AgencyPlan.objects.create(
        plan=locked.plan, agency=locked.agency, year=locked.year, version=locked.version + 1
    )
    _copy(locked.activities.select_related("clause"), made)
    _step(made, by, Kind.DRAFTED)
    return made


@transaction.atomic
def add_activity(*, by: User, agency_plan: AgencyPlan, clause: Clause, **facts: Any) -> Activity:
    """Add an activity to a plan that is still being drafted. `facts`: what, first, last, people, partners, money, source,
    product. Raises Refused for days outside the plan's, money without a source, and a clause that gives the agency no part.
    """
    locked = _open(by, agency_plan)
    _check(locked, clause, facts)
    last = locked.activities.aggregate(last=Max("order"))["last"]
    made = Activity.objects.create(agency_plan=locked, clause=clause, order=(last or 0) + 1, **facts)
    _record(locked, by, "activity_added", activity=made.pk)
    return made


@transaction.atomic
def change_activity(*, by: User, activity: Activity, clause: Clause, **facts: Any) -> Activity:
    """Change an activity of a plan that is still being drafted; as `add_activity`. Raises Refused where it was taken out."""
    locked = _open(by, activity.agency_plan)
    _still_in(locked, activity)
    _check(locked, clause, facts)
    for name, value in (facts | {"clause": clause}).items():
        setattr(activity, name, value)
    activity.save()
    _record(locked, by, "activity_changed", activity=activity.pk)
    return activity


@transaction.atomic
def remove_activity(*, by: User, activity: Activity) -> None:
    """Take an activity out of a plan that is still being drafted. Raises Refused where that was done already."""
    locked = _open(by, activity.agency_plan)
    _still_in(locked, activity)
    _record(locked, by, "activity_removed", activity=activity.pk)
    activity.delete()


@transaction.atomic
def put_before_head(*, by: User, agency_plan: AgencyPlan, words: str = "") -> AgencyPlan:
    """Give a drafted plan to the head of the agency. Raises Refused where it has no activity."""
    locked = _open(by, agency_plan)
    if not locked.activities.exists():
        raise Refused(_("Kế hoạch chưa có hoạt động nào để trình."))
    return _move(locked, by, State.BEFORE_HEAD, Kind.PUT_BEFORE_HEAD, words)


@transaction.atomic
def send_back(*, by: User, agency_plan: AgencyPlan, words: str, seen: int | None = None) -> AgencyPlan:
    """The head gives a plan back to be changed, saying what. `seen`: the last step that was in view."""
    return _move(_before_head(by, agency_plan, seen), by, State.RETURNED, Kind.RETURNED, words)


@transaction.atomic
def approve(
    *, by: User, agency_plan: AgencyPlan, words: str = "", paper_no: str = "", paper_on: dt.date | None = None,
    seen: int | None = None,
) -> AgencyPlan:  # fmt: skip
    """The head approves a plan; it replaces the version before. `paper_no`, `paper_on`: the paper, if it is signed already.

    `seen`: the last step that was in view; Raises Refused where the plan was changed since.
    """
    locked = _before_head(by, agency_plan, seen)
    _check_paper(paper_no, paper_on)
    locked.paper_no, locked.paper_on = paper_no, paper_on
    return _move(locked, by, State.APPROVED, Kind.APPROVED, words)


@transaction.atomic
def record_paper(*, by: User, agency_plan: AgencyPlan, paper_no: str, paper_on: dt.date | None) -> AgencyPlan:
    """Record number and day of the paper that was signed outside the program, once. Raises Refused before the approval."""
    policy.require_agency(by, P.WORK_RECORD, agency_plan.agency, legal_day())
    locked = _locked(agency_plan)
    if locked.state != State.APPROVED:
        raise Refused(_("Kế hoạch chưa được thủ trưởng duyệt."))
    if locked.paper_no:
        raise Refused(_("Kế hoạch này đã ghi văn bản %s; văn bản thay thế đi cùng bản kế hoạch mới.") % locked.paper_no)
    if not paper_no:
        raise Refused(_("Ghi số của văn bản đã ký."), field="paper_no")
    _check_paper(paper_no, paper_on)
    locked.paper_no, locked.paper_on = paper_no, paper_on
    return _move(locked, by, State.APPROVED, Kind.PAPER_RECORDED, "")


def _locked(agency_plan: AgencyPlan) -> AgencyPlan:
    rows = AgencyPlan.objects.select_for_update(of=("self",)).select_related("plan", "agency")
    return rows.get(pk=agency_plan.pk)


def _open(by: User, agency_plan: AgencyPlan) -> AgencyPlan:
    policy.require_agency(by, P.WORK_RECORD, agency_plan.agency, legal_day())
    locked = _locked(agency_plan)
    if not locked.is_open:
        words = _("Kế hoạch này %s nên không sửa được; mở lại trang để xem.")
        raise Refused(words % locked.get_state_display())
    return locked


def _still_in(locked: AgencyPlan, activity: Activity) -> None:
    if not locked.activities.filter(pk=activity.pk).exists():
        raise Refused(_("Hoạt động này không còn trong bản kế hoạch đang lập; mở lại trang để xem."))


def _before_head(by: User, agency_plan: AgencyPlan, seen: int | None) -> AgencyPlan:
    policy.require_agency(by, P.WORK_APPROVE, agency_plan.agency, legal_day())
    locked = _locked(agency_plan)
    if locked.state != State.BEFORE_HEAD:
        raise Refused(_("Kế hoạch này không ở bước trình thủ trưởng; mở lại trang để xem."))
    if seen is not None and locked.steps.filter(pk__gt=seen).exists():
        raise Refused(_("Kế hoạch đã được sửa và trình lại từ lúc mở trang; đọc lại rồi gửi lần nữa."))
    return locked


def _check(agency_plan: AgencyPlan, clause: Clause, facts: dict[str, Any]) -> None:
    first, last = facts["first"], facts["last"]
    if last < first:
        raise Refused(_("Ngày cuối phải từ ngày đầu trở đi."), field="last")
    for name, day in (("first", first), ("last", last)):
        if not agency_plan.first_day <= day <= agency_plan.last_day:
            raise Refused(
                _("Ngày %(day)s nằm ngoài thời gian của kế hoạch này, %(first)s đến %(last)s.")
                % {"day": show(day), "first": show(agency_plan.first_day), "last": show(agency_plan.last_day)},
                field=name,
            )
    if facts.get("money") is not None and not facts.get("source"):
        raise Refused(_("Ghi nguồn của kinh phí này."), field="source")
    if clause.plan_id != agency_plan.plan_id or clause not in queries.clauses_for(
        agency_plan.plan, agency_plan.agency, legal_day()
    ):
        raise Refused(_("Điểm %s không giao việc cho đơn vị này.") % clause.number, field="clause")


def _check_paper(paper_no: str, paper_on: dt.date | None) -> None:
    if bool(paper_no) != bool(paper_on):
        raise Refused(_("Văn bản phải có cả số và ngày."), field="paper_no" if paper_on else "paper_on")
    if paper_on and paper_on > legal_day():
        raise Refused(_("Ngày %s chưa đến.") % show(paper_on), field="paper_on")


def _copy(rows: Any, made: AgencyPlan, *, years: int = 0, same: bool = True) -> None:
    """Copy activities into a plan, their days moved by years and kept inside it; `same`: as later versions of those."""
    for row in rows:
        facts = {name: getattr(row, name) for name in COPIED}
        for name in ("first", "last"):
            facts[name] = min(max(_moved(facts[name], years), made.first_day), made.last_day)
        Activity.objects.create(agency_plan=made, root_id=row.identity if same else None, **facts)


def _moved(day: dt.date, years: int) -> dt.date:
    last_of_february = (day.month, day.day) == (2, 29)
    return dt.date(day.year + years, day.month, 28 if last_of_february and years else day.day)


def _move(agency_plan: AgencyPlan, by: User, state: str, kind: str, words: str) -> AgencyPlan:
    agency_plan.state = state
    agency_plan.save()
    _step(agency_plan, by, kind, words)
    return agency_plan


def _step(agency_plan: AgencyPlan, by: User, kind: str, words: str = "") -> None:
    AgencyPlanStep.objects.create(agency_plan=agency_plan, kind=kind, on=legal_day(), words=words, by=by)
    _record(agency_plan, by, str(kind))


def _record(agency_plan: AgencyPlan, by: User, done: str, **more: int) -> None:
    of = {"agency": agency_plan.agency.key, "year": agency_plan.year, "version": agency_plan.version}
    trail.record(
        by=by, event=PlanEvent.AGENCY_PLAN, on=f"plan:{agency_plan.plan.slug}", data=of | {"done": done} | more
    )
