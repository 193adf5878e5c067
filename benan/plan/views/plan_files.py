"""Loading plans from files, the plan of the next period, and plans side by side."""

import base64
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.core.days import legal_day
from benan.core.figures import measure
from benan.core.refusals import Refused
from benan.documents.uploads import takes_files
from benan.places.queries import HOME
from benan.plan import carrying, comparing, document, next_period, written
from benan.plan import policy as plan_policy
from benan.plan import queries as plans
from benan.plan.actions import loading
from benan.plan.comparing import Difference
from benan.plan.document import PlanFile
from benan.plan.models import Plan
from benan.plan.plan_forms import ConfirmForm, NextPeriodForm, UploadForm
from benan.plan.serving import citation, unknown_pages
from benan.ui.pages import may_repeat, sent_from, submit

FILE = "ke-hoach.yaml"  # how messages name what was uploaded


def every(request: OfficerRequest) -> HttpResponse:
    """Every plan that was loaded: running, coming, ended, of other provinces."""
    today = legal_day()
    groups: dict[str, list[tuple[Plan, bool]]] = {"running": [], "coming": [], "ended": [], "elsewhere": []}
    for plan in plans.plans():
        sort = "running" if today in plan.period else "coming" if today < plan.period.lower else "ended"
        groups[sort if plan.province == HOME else "elsewhere"].append((plan, carrying.followed(plan) is not None))
    titles = {
        "running": _("Đang thực hiện"), "coming": _("Sắp thực hiện"), "ended": _("Đã kết thúc"), "elsewhere": _("Của tỉnh khác"),
    }  # fmt: skip
    listed = [(titles[key], rows) for key, rows in groups.items() if rows]
    context = {"groups": listed, "may_load": request.user.may(P.PLAN_LOAD), "count": sum(map(len, groups.values()))}
    return render(request, "plan/every.html", context)


@takes_files
@may_repeat
def load(request: OfficerRequest) -> HttpResponse:
    """Choose a plan file, and read what loading it would change; nothing is loaded yet."""
    policy.require_right(request.user, P.PLAN_LOAD)
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "plan/load.html", {"form": form}, status=422 if form.is_bound else 200)
    source = form.cleaned_data["file"]
    return _preview(request, form, source)


@sent_from("plan:load")
def confirm(request: OfficerRequest) -> HttpResponse:
    """Load what was read on the page before."""
    policy.require_right(request.user, P.PLAN_LOAD)
    form = ConfirmForm(request.POST)
    loaded = submit(form, lambda data: loading.load(by=request.user, path=FILE, **data))
    if loaded is None:
        source = form.cleaned_data.get("source") if hasattr(form, "cleaned_data") else None
        if not source:
            upload = UploadForm()
            return render(request, "plan/load.html", {"form": upload, "refused": form}, status=422)
        return _preview(request, UploadForm(), source, refused=form)
    words = _("Đã nạp kế hoạch %(number)s: %(added)d điểm thêm mới, %(changed)d điểm thay đổi.")
    told = {"number": loaded.plan.number, "added": len(loaded.added), "changed": len(loaded.changed)}
    messages.success(request, words % told)
    return redirect("plan:clauses", loaded.plan.slug)


def compare(request: OfficerRequest, slug: str, other: str = "") -> HttpResponse:
    """Two plans clause by clause; without the second, which there are to choose from."""
    plan = _plan(slug)
    if not other:
        others = plans.plans().exclude(pk=plan.pk)
        return render(request, "plan/compare.html", {"plan": plan, "others": others, "cited": citation(plan)})
    second = _plan(other)
    found = comparing.compare(written.as_file(plan), written.as_file(second))
    return render(request, "plan/compare.html", _differences(found) | {"plan": plan, "other": second})


@may_repeat
def next_plan(request: OfficerRequest, slug: str) -> HttpResponse:
    """The file of a plan for the next period, to be changed and then loaded."""
    policy.require_right(request.user, P.PLAN_LOAD)
    plan = _plan(slug)
    form = NextPeriodForm(request.POST or None, plan=plan)
    if not form.is_valid():
        return render(
            request, "plan/next_plan.html", {"form": form, "plan": plan, "cited": citation(plan)},
            status=422 if form.is_bound else 200,
        )  # fmt: skip
    before = written.as_file(plan)
    file = next_period.moved(before, **form.cleaned_data)
    headers = {"Content-Disposition": f'attachment; filename="{file.slug()}.yaml"'}
    made = written.as_yaml(file, note=next_period.note(before, file))
    return HttpResponse(made, content_type="application/yaml; charset=utf-8", headers=headers)


def _preview(
    request: OfficerRequest, form: UploadForm, source: bytes, refused: ConfirmForm | None = None
) -> HttpResponse:
    """What a file would change, with its form of confirmation; or what is wrong in it, line by line."""
    try:
        file = document.read(source, FILE)
    except document.InvalidPlan as invalid:
        return render(request, "plan/load.html", {"form": form, "problems": invalid.problems}, status=422)
    try:
        plan_policy.require_owner(request.user, file.slug(), file.number)
    except Refused as refusal:
        context = {"form": form, "refused": refused, "refusal": "" if refused else refusal}
        return render(request, "plan/load.html", context, status=422)
    found = comparing.of_file(file)
    start = {"source": base64.b64encode(source).decode(), "seen": comparing.state_of(file.slug())}
    context = _differences(found) | {
        "form": form,
        "file": file,
        "known": Plan.objects.filter(slug=file.slug()).first(),
        "elsewhere": file.province != HOME,
        "notes": _notes(file),
        "confirm": ConfirmForm(initial=start, of_home=file.province == HOME),
        "refused": refused,
    }
    return render(request, "plan/load.html", context, status=422 if refused else 200)


def _differences(found: comparing.Comparison) -> dict[str, Any]:
    return {
        "found": found,
        "added": found.of(Difference.ONLY_AFTER),
        "changed": found.of(Difference.CHANGED),
        "kept": found.of(Difference.ONLY_BEFORE),
        "same": found.of(Difference.SAME),
    }


def _notes(file: PlanFile) -> list[str]:
    """What a file likely forgot, and what the program cannot count or show."""
    found = [_("Kế hoạch không có số %s; kiểm tra xem có bỏ sót không.") % number for number in file.passed_over()]
    for entry in file.clauses:
        if entry.indicator and measure(entry.indicator.measure) is None:
            found.append(_("Chỉ tiêu %s chưa có cách đếm; đơn vị chịu trách nhiệm ghi số liệu.") % entry.number)
    pages = unknown_pages([(entry.number, entry.pages) for entry in file.clauses])
    found += [
        _("Điểm %(number)s nêu trang “%(key)s” mà chương trình không có.") % {"number": n, "key": k} for n, k in pages
    ]
    if file.follows and not Plan.objects.filter(province=file.province, number=file.follows).exists():
        found.append(_("Chưa nạp kế hoạch %s mà kế hoạch này tiếp nối.") % file.follows)
    return found


def _plan(slug: str) -> Plan:
    try:
        return plans.by_slug(slug)
    except Plan.DoesNotExist:
        raise Http404 from None
