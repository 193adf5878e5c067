"""Pages of the plans that agencies make under a plan."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.accounts.views import form_page
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.core.papers import number as paper_number
from benan.core.text import whole_number
from benan.plan import agency_plan_pages as pages
from benan.plan import agency_plans as queries
from benan.plan import policy
from benan.plan import queries as plans
from benan.plan.actions import agency_plans as verbs
from benan.plan.agency_plan_forms import ActivityForm, ApprovalForm, PaperForm, WordsForm, written
from benan.plan.models import Activity, AgencyPlan, Plan
from benan.plan.speech import time_of
from benan.ui.forms import Form
from benan.ui.pages import TooLate, leads_on, sent_from, submit


def everybody(request: OfficerRequest, slug: str, year: int | None = 0) -> HttpResponse:
    """The plans of all agencies for a year; without one in the address, for the year of today."""
    plan = _plan(slug)
    chosen = queries.day_in(plan, legal_day()).year if year == 0 else year
    _require_year(plan, chosen)
    return render(request, "plan/agency_plans.html", pages.everybody_page(plan, chosen, legal_day()))


def agency_plan(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """The plan of an agency for a year, ready for print; ?ban= shows an earlier version."""
    return _page(request, *_place(slug, agency, year))


@sent_from("plan:agency_plan")
def draft(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """Begin a plan, empty or with the activities of the year before."""
    plan, office, year = _place(slug, agency, year)
    copied = request.POST.get("chep") == "1"
    return _do(request, plan, office, year, lambda: verbs.draft(
        by=request.user, plan=plan, agency=office, year=year, from_last_year=copied
    ))  # fmt: skip


@sent_from("plan:agency_plan")
def replace(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """Begin the version that is to replace the approved one."""
    plan, office, year = _place(slug, agency, year)
    made = _latest(plan, office, year)
    return _do(request, plan, office, year, lambda: verbs.replace(by=request.user, agency_plan=made))


@sent_from("plan:agency_plan")
def put_before_head(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """Put a drafted plan before the head."""
    plan, office, year = _place(slug, agency, year)
    made = _latest(plan, office, year)
    return _do(request, plan, office, year, lambda: verbs.put_before_head(by=request.user, agency_plan=made))


@leads_on
def add_activity(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """Add an activity; ?muc= chooses its clause."""
    made = _drafted(request, slug, agency, year)
    form = ActivityForm(
        request.POST or None, agency_plan=made, initial={"clause": request.GET.get("muc", ""), "last": made.last_day}
    )
    return form_page(
        request, form=form, do=lambda data: verbs.add_activity(by=request.user, agency_plan=made, **data),
        to=_address(made), over=_title(made), title=_("Thêm hoạt động"), button=_("Thêm hoạt động"),
    )  # fmt: skip


@leads_on
def change_activity(request: OfficerRequest, slug: str, agency: str, year: int | None, pk: int) -> HttpResponse:
    """Change an activity."""
    made = _drafted(request, slug, agency, year)
    activity = _activity(made, pk)
    if activity is None:
        _lead_on(request, made, _("Hoạt động này không còn trong bản kế hoạch đang lập."))
    form = ActivityForm(request.POST or None, agency_plan=made, initial=written(activity) if activity else None)
    activity = activity or Activity(pk=pk, agency_plan=made)  # the verb says that it is gone
    return form_page(
        request, form=form, do=lambda data: verbs.change_activity(by=request.user, activity=activity, **data),
        to=_address(made), over=_title(made), title=_("Sửa hoạt động"), button=_("Lưu hoạt động"),
    )  # fmt: skip


@sent_from("plan:change_activity")
def remove_activity(request: OfficerRequest, slug: str, agency: str, year: int | None, pk: int) -> HttpResponse:
    """Take an activity out."""
    made = _drafted(request, slug, agency, year)
    activity = _activity(made, pk) or Activity(pk=pk, agency_plan=made)
    return _do(
        request, made.plan, made.agency, made.year, lambda: verbs.remove_activity(by=request.user, activity=activity)
    )


@leads_on
def approve(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """The head approves what was put before them."""
    made = _before_head(request, slug, agency, year)
    form = ApprovalForm(request.POST or None, initial={"seen": _last_step(made)})
    return form_page(
        request, form=form, to=_address(made), over=_title(made), title=_("Duyệt kế hoạch của đơn vị"), button=_("Duyệt kế hoạch"),
        do=lambda data: verbs.approve(
            by=request.user, agency_plan=made, **data | {"paper_no": paper_number(data["paper_no"])}
        ),
        under=_contents(made),
    )  # fmt: skip


@leads_on
def send_back(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """The head gives the plan back with words."""
    made = _before_head(request, slug, agency, year)
    form = WordsForm(request.POST or None, initial={"seen": _last_step(made)})
    return form_page(
        request, form=form, do=lambda data: verbs.send_back(by=request.user, agency_plan=made, **data),
        to=_address(made), over=_title(made), title=_("Trả lại để sửa"), button=_("Trả lại"), under=_contents(made),
    )  # fmt: skip


@leads_on
def paper(request: OfficerRequest, slug: str, agency: str, year: int | None) -> HttpResponse:
    """Record number and day of the paper that was signed."""
    plan, office, year = _place(slug, agency, year)
    made = queries.approved(plan, office, year) or _latest(plan, office, year)
    if made.paper_no or made.state != AgencyPlan.State.APPROVED:
        _lead_on(request, made)
    policy.require_agency(request.user, P.WORK_RECORD, office, legal_day())
    return form_page(
        request, form=PaperForm(request.POST or None), to=_address(made), over=_title(made),
        do=lambda data: verbs.record_paper(
            by=request.user, agency_plan=made, paper_no=paper_number(data["paper_no"]), paper_on=data["paper_on"]
        ),
        title=_("Ghi văn bản đã ký"), button=_("Ghi văn bản"),
    )  # fmt: skip


def _page(
    request: OfficerRequest, plan: Plan, office: Agency, year: int | None, form: Form | None = None
) -> HttpResponse:
    chosen = whole_number(request.GET.get("ban", ""), 999)
    page = pages.agency_plan_page(request.user, plan, office, year, legal_day(), chosen)
    status = 422 if form and form.errors else 200
    return render(request, "plan/agency_plan.html", page | {"refused": form}, status=status)


def _do(request: OfficerRequest, plan: Plan, office: Agency, year: int | None, verb: Callable[[], Any]) -> HttpResponse:
    """Call a verb that asks for no words, and go back to the plan; say there why it refuses."""
    form = Form(request.POST)
    if submit(form, lambda _data: verb() or True) is None:
        return _page(request, plan, office, year, form)
    return redirect("plan:agency_plan", plan.slug, office.key, year)


def _plan(slug: str) -> Plan:
    try:
        return plans.by_slug(slug)
    except Plan.DoesNotExist:
        raise Http404 from None


def _place(slug: str, agency: str, year: int | None) -> tuple[Plan, Agency, int | None]:
    plan = _plan(slug)
    _require_year(plan, year)
    return plan, get_object_or_404(Agency, key=agency), year


def _require_year(plan: Plan, year: int | None) -> None:
    if year is not None and year not in queries.years(plan):
        raise Http404


def _latest(plan: Plan, office: Agency, year: int | None) -> AgencyPlan:
    return get_object_or_404(queries.versions(plan, office, year)[:1])


def _drafted(request: OfficerRequest, slug: str, agency: str, year: int | None) -> AgencyPlan:
    made = _latest(*_place(slug, agency, year))
    if not made.is_open:
        _lead_on(request, made)
    policy.require_agency(request.user, P.WORK_RECORD, made.agency, legal_day())
    return made


def _before_head(request: OfficerRequest, slug: str, agency: str, year: int | None) -> AgencyPlan:
    made = _latest(*_place(slug, agency, year))
    if made.state != AgencyPlan.State.BEFORE_HEAD:
        _lead_on(request, made)
    policy.require_agency(request.user, P.WORK_APPROVE, made.agency, legal_day())
    return made


def _lead_on(request: OfficerRequest, made: AgencyPlan, words: str = "") -> None:
    """Lead who opens a step that is over to the plan, if they may read it. Of what was typed meanwhile the verb says why not."""
    if request.method != "POST" and policy.reads_agency_plan(request.user, made, legal_day()):
        raise TooLate(_address(made), words or pages.what_happened(made))


def _activity(made: AgencyPlan, pk: int) -> Activity | None:
    return made.activities.select_related("clause", "agency_plan__agency").filter(pk=pk).first()


def _last_step(made: AgencyPlan) -> int | None:
    return made.steps.order_by("-pk").values_list("pk", flat=True).first()


def _contents(made: AgencyPlan) -> str:
    listed = list(Activity.objects.filter(agency_plan=made))
    money = sum(each.money or 0 for each in listed)
    words = _("%(many)d hoạt động, %(money)s đồng dự kiến; mở kế hoạch để đọc từng hoạt động trước khi quyết định.")
    return words % {"many": len(listed), "money": _grouped(money)}


def _grouped(money: int) -> str:
    return f"{money:,}".replace(",", ".")


def _title(made: AgencyPlan) -> str:
    name = agencies.names([made.agency_id], legal_day()).get(made.agency_id, made.agency.key)
    told = {"name": name, "when": time_of(made.year), "version": made.version}
    return _("%(name)s · kế hoạch %(when)s, bản %(version)d") % told


def _address(made: AgencyPlan) -> str:
    return reverse("plan:agency_plan", args=[made.plan.slug, made.agency.key, made.year])
