"""Pages on which agencies record what they did under a plan."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.accounts.views import form_page
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.days import legal_day, show
from benan.core.papers import number as paper_number
from benan.core.text import whole_number
from benan.documents.uploads import takes_files
from benan.places import queries as places
from benan.plan import agency_plans, policy
from benan.plan import queries as plans
from benan.plan.actions import progress as verbs
from benan.plan.models import Activity, Clause, Plan, PriorityArea, Progress
from benan.plan.work_forms import AreaForm, EndAreaForm, ProgressForm, TypedFigureForm
from benan.ui.pages import TooLate, leads_on, submit

LARGEST_ID = 2**63 - 1  # of a row


@takes_files
@leads_on
def progress(request: OfficerRequest, slug: str, number: str, agency: str) -> HttpResponse:
    """Record what an agency has done of one clause; with ?thay= instead of an earlier line, ?hoat-dong= chooses an activity."""
    clause, office = _place(request, slug, number, agency)
    earlier = _earlier(request, clause, office)
    chosen = _activity(request, clause, office)
    form = ProgressForm(request.POST or None, request.FILES or None, clause=clause, agency=office, activity=chosen)
    return form_page(
        request, form=form,
        do=lambda data: verbs.record_progress(
            by=request.user, clause=clause, agency=office, files=data.pop("evidence"), instead_of=earlier, **data
        ),
        to=reverse("plan:clause", args=[slug, number]),
        over=_name(office), title=_("Ghi tiến độ mục %s") % number,
        under=clause.product or "", button=_("Ghi tiến độ"),
    )  # fmt: skip


@leads_on
def typed_figure(request: OfficerRequest, slug: str, number: str, agency: str) -> HttpResponse:
    """Record an indicator that the program cannot count."""
    clause, office = _place(request, slug, number, agency)
    if request.method != "POST" and not clause.measure:
        raise TooLate(_page(clause), _("Mục %s không có chỉ tiêu mà đơn vị ghi số liệu.") % number)
    return form_page(
        request, form=TypedFigureForm(request.POST or None),
        do=lambda data: verbs.type_figure(by=request.user, clause=clause, agency=office, **data),
        to=reverse("plan:clause", args=[slug, number]),
        over=_name(office), title=_("Ghi số liệu của chỉ tiêu %s") % number,
        under=_("Chương trình chưa có cách đếm chỉ tiêu này."), button=_("Ghi số liệu"),
    )  # fmt: skip


def area_form(request: OfficerRequest, plan: Plan) -> tuple[AreaForm | None, HttpResponse | None]:
    """The form that gives a place priority, for who may; and where to go on to once it was sent."""
    if not any(P.RETURNS_MANAGE in seat.rights.permissions for seat in request.user.seats):
        return None, None
    form = AreaForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda data: _mark(request, plan, data)) is not None:
        return form, redirect("plan:areas", plan.slug)
    return form, None


@leads_on
def end_area(request: OfficerRequest, slug: str, pk: int) -> HttpResponse:
    """Say until when a place has priority."""
    area = get_object_or_404(PriorityArea.objects.select_related("plan"), pk=pk, plan__slug=slug)
    policy.require_follow_up(request.user, P.RETURNS_MANAGE, area.plan, legal_day())
    if request.method != "POST" and area.until:
        words = _("Dấu ưu tiên của địa bàn này đã bỏ, có hiệu lực đến hết %s.") % show(area.until)
        raise TooLate(reverse("plan:areas", args=[slug]), words)
    return form_page(
        request, form=EndAreaForm(request.POST or None),
        do=lambda data: verbs.end_area(by=request.user, area=area, **data),
        to=reverse("plan:areas", args=[slug]),
        title=_("Bỏ dấu ưu tiên của %s") % places.path(area.unit_code, legal_day()), button=_("Bỏ dấu ưu tiên"),
    )  # fmt: skip


def agency_of(key: str) -> Agency:
    """The agency of an address; 404 where there is none."""
    return get_object_or_404(Agency, key=key)


def _place(request: OfficerRequest, slug: str, number: str, agency: str) -> tuple[Clause, Agency]:
    try:
        clause = plans.clause(plans.by_slug(slug), number)
    except (Plan.DoesNotExist, Clause.DoesNotExist):
        raise Http404 from None
    office = agency_of(agency)
    policy.require_agency(request.user, P.WORK_RECORD, office, legal_day())
    takes_part = policy.takes_part(clause, office, min(legal_day(), clause.plan.last_day))
    if request.method != "POST" and not takes_part:  # of what was typed meanwhile the verb says why
        raise TooLate(_page(clause), _("Mục %s không giao việc cho đơn vị này.") % number)
    return clause, office


def _earlier(request: OfficerRequest, clause: Clause, office: Agency) -> Progress | None:
    key = whole_number(request.GET.get("thay", ""), LARGEST_ID)
    if key is None:
        return None
    earlier = get_object_or_404(Progress, clause=clause, agency=office, pk=key)
    if request.method != "POST" and earlier.set_aside_by_id:
        raise TooLate(_page(clause), _("Lần ghi này đã được thay bằng lần ghi khác."))
    return earlier


def _activity(request: OfficerRequest, clause: Clause, office: Agency) -> int | None:
    """The id of the activity that the address chooses, in the version of the agency's plan that is in force now."""
    key = whole_number(request.GET.get("hoat-dong", ""), LARGEST_ID)
    if key is None:
        return None
    chosen = get_object_or_404(Activity, agency_plan__agency=office, pk=key)
    still_open = {each.identity: each.pk for each in agency_plans.open_activities(clause, office, legal_day())}
    if request.method != "POST" and chosen.identity not in still_open:
        raise TooLate(_page(clause), _("Hoạt động này đã hoàn thành hoặc không còn trong kế hoạch đã duyệt."))
    return still_open.get(chosen.identity)


def _page(clause: Clause) -> str:
    return reverse("plan:clause", args=[clause.plan.slug, clause.number])


def _mark(request: OfficerRequest, plan: Plan, data: dict) -> PriorityArea:
    paper = paper_number(data.pop("paper_no"))
    return verbs.mark_area(by=request.user, plan=plan, paper_no=paper, **data)


def _name(office: Agency) -> str:
    return agencies.names([office.pk], legal_day()).get(office.pk, office.key)
