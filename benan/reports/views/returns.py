"""The pages of one return: its figures and text, the sheet for the head, and each step."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.requests import OfficerRequest
from benan.accounts.views import form_page
from benan.core.days import legal_day
from benan.documents.uploads import takes_files
from benan.plan.views import plan_of
from benan.reports import return_pages, stepping
from benan.reports.actions import returns as verbs
from benan.reports.actions import signed
from benan.reports.forms import PaperForm, PutForm, ReturnForm, SeenForm, WordsForm
from benan.reports.models import Return
from benan.ui import forms
from benan.ui.pages import submit


def ret(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """A return; who drafts it fills it here."""
    row = return_of(request, slug, period, agency)
    may = return_pages.acts(request.user, row, legal_day())
    if request.method == "POST" and not return_pages.drafts(request.user, row, legal_day()):
        raise PermissionDenied
    form = ReturnForm(request.POST or None, ret=row) if may["fill"] or request.method == "POST" else None
    if form and request.method == "POST":
        if submit(form, lambda data: _fill(request, row, form, data)) is not None:
            return redirect("reports:return", slug, period, agency)
        row = return_of(request, slug, period, agency)
    return _shown(request, row, form)


def earlier(request: OfficerRequest, slug: str, period: str, agency: str, number: int) -> HttpResponse:
    """One of several returns that an agency gave for a period."""
    return _shown(request, return_of(request, slug, period, agency, number), None)


def before_head(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """The sheet with which a return is put before the head; the drafter puts it there, the head reads it."""
    row = return_of(request, slug, period, agency)
    page = return_pages.head_page(request.user, row, legal_day())
    if request.method == "POST" and not return_pages.drafts(request.user, row, legal_day()):
        raise PermissionDenied
    form = PutForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda data: verbs.put_before_head(by=request.user, ret=row, **data)):
        return redirect("reports:return", slug, period, agency)
    if form.is_bound and not page["may"]["put"]:
        return _shown(request, return_of(request, slug, period, agency), form)
    status = 422 if form.is_bound else 200
    return render(request, "reports/before_head.html", page | {"form": form}, status=status)


def submit_return(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """The head approves and submits."""
    return _pressed(
        request, slug, period, agency, "decide", lambda row, seen: verbs.submit(by=request.user, ret=row, seen=seen)
    )


def give_back(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """The head gives the return back to the drafter."""
    return _said(request, slug, period, agency, "decide", verbs.give_back, _("Chuyển lại người soạn"))


def refresh(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """Count the figures of a draft anew."""
    return _pressed(request, slug, period, agency, "fill", lambda row, _seen: verbs.refresh(by=request.user, ret=row))


def accept(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """The agency that follows up the plan accepts."""
    return _pressed(
        request, slug, period, agency, "accept", lambda row, seen: verbs.accept(by=request.user, ret=row, seen=seen)
    )


def send_back(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """The agency that follows up the plan sends back with remarks, or invites to add."""
    row = return_of(request, slug, period, agency)
    title = _("Mời bổ sung báo cáo") if row.invited else _("Trả lại báo cáo")
    return _said(request, slug, period, agency, "send_back", verbs.send_back, title)


def replace(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """Begin a return that mends an error of one that was submitted."""
    return _said(request, slug, period, agency, "replace", verbs.replace, _("Lập báo cáo thay thế"))


def arrival(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """Enter the return in the register of incoming papers of the agency that follows up the plan."""
    return _pressed(
        request, slug, period, agency, "arrive", lambda row, _seen: signed.register_arrival(by=request.user, ret=row)
    )


@takes_files
def paper(request: OfficerRequest, slug: str, period: str, agency: str) -> HttpResponse:
    """Record number and day of the paper that was signed outside."""
    row = return_of(request, slug, period, agency)
    if past := _past(request, row, "paper"):
        return past
    return form_page(
        request, form=PaperForm(request.POST or None, request.FILES or None),
        do=lambda data: signed.record_paper(by=request.user, ret=row, **data),
        to=reverse("reports:return", args=[slug, period, agency]),
        over=row.period.name, title=_("Ghi số văn bản đã ký"),
        under=_("Chương trình không ký thay: ghi số, ngày của bản đã ký và đóng dấu."), button=_("Ghi số văn bản"),
    )  # fmt: skip


def return_of(request: OfficerRequest, slug: str, period: str, agency: str, number: int | None = None) -> Return:
    """The return of an address; 404 where there is none, or who asks may not read it."""
    row = return_pages.find(request.user, plan_of(slug), period, agency, legal_day(), number)
    if row is None:
        raise Http404
    return row


def _fill(request: OfficerRequest, row: Return, form: ReturnForm, data: dict[str, Any]) -> Return:
    try:
        return verbs.fill(by=request.user, ret=row, **data)
    except verbs.Overtaken as overtaken:
        form.now_stands(dict(overtaken.now))
        raise


def _shown(request: OfficerRequest, row: Return, form: forms.Form | None, status: int = 200) -> HttpResponse:
    page = return_pages.return_page(request.user, row, legal_day())
    boxes = form.rows(page["said"]) if isinstance(form, ReturnForm) else {}
    page |= {"form": form, "boxes": boxes, "unfilled": _unfilled(boxes, page["empty"])}
    status = 422 if form is not None and form.is_bound else status
    return render(request, "reports/return.html", page, status=status)


def _unfilled(boxes: Mapping[str, Any], empty: Mapping[str, str]) -> list[tuple[str, Any]]:
    """The names of figures that nobody has filled, each with its box; none where nothing may be changed."""
    found = {key: next((box for cell, box, _reason in boxes.get(key, ()) if cell.value is None), None) for key in empty}
    return [(empty[key], box) for key, box in found.items() if box]


def _pressed(
    request: OfficerRequest, slug: str, period: str, agency: str, act: str, do: Callable[[Return, int], Return]
) -> HttpResponse:
    """One button without a field; a refusal is shown on the return's page. Whoever opens its address is led to the button."""
    row = return_of(request, slug, period, agency)
    if request.method != "POST":
        page = "reports:before_head" if act == "decide" else "reports:return"
        return _past(request, row, act) or redirect(page, slug, period, agency)
    form = SeenForm(request.POST)
    if submit(form, lambda data: do(row, data["seen"])) is not None:
        return redirect("reports:return", slug, period, agency)
    return _shown(request, return_of(request, slug, period, agency), form)


def _past(request: OfficerRequest, row: Return, act: str) -> HttpResponse | None:
    """To the page of a return, with why, for the address of a step that is not to be taken now, or by whom asks; else None.

    What somebody sends there goes on to the verb, which refuses it. Raises PermissionDenied where the step is another's.
    """
    if return_pages.acts(request.user, row, legal_day())[act]:
        return None
    if request.method == "POST":
        if not return_pages.takes(request.user, row, act, legal_day()):
            raise PermissionDenied
        return None
    messages.info(request, return_pages.why_not(request.user, row, act, legal_day()))
    return redirect("reports:return", row.period.plan.slug, row.period.key, row.slug)


def _said(
    request: OfficerRequest, slug: str, period: str, agency: str, act: str, do: Callable[..., Return], title: str
) -> HttpResponse:
    """A step that takes words."""
    row = return_of(request, slug, period, agency)
    if past := _past(request, row, act):
        return past
    return form_page(
        request, form=WordsForm(request.POST or None, initial={"seen": stepping.last_step(row)}), do=lambda data: do(by=request.user, ret=row, **data),
        to=reverse("reports:return", args=[slug, period, agency]), over=row.period.name, title=title, button=title,
    )  # fmt: skip
