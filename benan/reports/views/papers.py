"""Files made of returns, and the page on which an office keeps its own template."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benan.accounts.requests import OfficerRequest
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.core.text import whole_number
from benan.documents.kinds import FileKind
from benan.documents.uploads import takes_files
from benan.plan.models import Plan
from benan.plan.views import plan_of
from benan.reports import field_lists, paper_policy, policy, return_pages, template_fields, templates_kept
from benan.reports.actions import papers as verbs
from benan.reports.actions.papers import PaperKind
from benan.reports.starting_template import starting_template
from benan.reports.template_forms import TemplateForm
from benan.reports.views.returns import return_of
from benan.ui.pages import may_repeat, sent_from, submit

MEDIA_TYPES = {"docx": FileKind.DOCX.media_type, "xlsx": FileKind.XLSX.media_type}


def _download(kind: PaperKind) -> Callable[..., HttpResponse]:
    @may_repeat
    @sent_from("reports:return")
    def download(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
        """A file made of a return; of an earlier one where the form says its number ("lan")."""
        number = whole_number(request.POST.get("lan", ""), 999)
        row = return_of(request, slug, period, agency, number)
        if kind == PaperKind.OWN and not return_pages.has_own_template(row):
            raise Http404
        try:
            made = verbs.make_paper(by=request.user, ret=row, kind=kind)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("reports:return", slug, period, agency)
        what = "phieu-trinh" if kind == PaperKind.NOTE else "bao-cao"
        return file_answer(made, f"{what}-{period}-{agency}.{kind.ending}")

    return download


docx = _download(PaperKind.DOCX)
xlsx = _download(PaperKind.XLSX)
note = _download(PaperKind.NOTE)
own = _download(PaperKind.OWN)


@takes_files
def office_template(request: OfficerRequest, slug: str, form: str, agency: str) -> HttpResponse:
    """The fields of templates, the one that an agency uses, and where who decides there gives another."""
    plan, office = _place(request, slug, form, agency)
    may_decide = paper_policy.decides_template(request.user, office)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    sheet = TemplateForm(request.POST or None, request.FILES or None, initial={"since": legal_day()})

    def keep(data: dict[str, Any]) -> Any:
        return verbs.keep_template(by=request.user, plan=plan, form=form, agency=office, **data)

    if request.method == "POST" and submit(sheet, keep) is not None:
        return redirect("reports:office_template", slug, form, agency)
    given = list(templates_kept.given(plan, form, office))
    context = {
        "plan": plan, "form": sheet, "form_key": form, "agency": office, "may_decide": may_decide, "given": given,
        "name": agencies.names({office.pk}, legal_day()).get(office.pk, office.key),
        "used": templates_kept.in_force(plan, form, office, legal_day()) is not None,
        "groups": field_lists.groups(template_fields.fields(plan, form)),
    }  # fmt: skip
    return render(
        request, "reports/office_template.html", context, status=422 if sheet.is_bound and sheet.errors else 200
    )


@require_safe
def start(request: OfficerRequest, slug: str, form: str, agency: str) -> HttpResponse:
    """The template to start from."""
    _plan, office = _place(request, slug, form, agency)
    return file_answer(starting_template(office, legal_day()), "mau-khoi-dau.docx")


@require_safe
def used(request: OfficerRequest, slug: str, form: str, agency: str) -> HttpResponse:
    """The template that an agency uses today."""
    plan, office = _place(request, slug, form, agency)
    found = templates_kept.in_force(plan, form, office, legal_day())
    if found is None:
        raise Http404
    return file_answer(found, f"mau-{form}-{agency}.docx")


@sent_from("reports:office_template")
def drop(request: OfficerRequest, slug: str, form: str, agency: str) -> HttpResponse:
    """Go back to the program's own paper."""
    plan, office = _place(request, slug, form, agency)
    verbs.drop_template(by=request.user, plan=plan, form=form, agency=office)
    return redirect(reverse("reports:office_template", args=[slug, form, agency]))


def _place(request: OfficerRequest, slug: str, form: str, agency: str) -> tuple[Plan, Agency]:
    """The plan and agency of an address; 404 where there is no such form, or who asks works on no return there."""
    plan = plan_of(slug)
    office = get_object_or_404(Agency, key=agency)
    today = legal_day()
    own = paper_policy.decides_template(request.user, office) or policy.drafts(request.user, office, today)
    if not template_fields.form_of(plan, form) or not own:
        raise Http404
    return plan, office


def file_answer(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)
