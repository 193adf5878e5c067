"""Pages of receiving people and of cases."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.audit import trail
from benan.cases import history, queries, reception_steps
from benan.cases.events import CaseEvent
from benan.cases.extensions import parts
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.core.refusals import SentBefore
from benan.core.statements import SOME_CODE, statement
from benan.ui.forms import Form
from benan.ui.pages import refused_before, submit

Verb = Callable[[dict[str, Any]], Any]  # called with what the form told


def fetch(request: OfficerRequest, code: str, *permissions: P) -> Case:
    """The case of a code, for an officer who may see it and holds any of `permissions` on it.

    404 where they may not see it, as for a code that does not exist; 403 where they may see it and hold none of these.
    """
    case = next(iter(_visible(request.user.role_set, given=request.user.given | {SOME_CODE: code})), None)
    if case is None:
        raise Http404
    if permissions:
        policy.require_any(request.user, permissions, case)
    return case


@statement
def _visible(role_set: RoleSet) -> QuerySet[Case]:
    return Case.objects.visible_to(role_set).select_related("reception", "agency").filter(code=SOME_CODE)


def latest(case: Case) -> int:
    """The id of the case's last step, for the field `seen` of a form; 0 where it has none."""
    return case.steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def day_at_reception(case: Case) -> dt.date:
    """The day that a form about the reception is filled in with: today, or the day of arrival for a paper form."""
    return case.reception.came_on if case.reception.on_paper else legal_day()


def erased_page(request: OfficerRequest, case: Case) -> HttpResponse:
    """The page that says that the identity was erased, and when; shown instead of a form that needs the identity."""
    context = {
        "case": case,
        "status": queries.status(case),
        "erased_on": case.erased_on,
        "danger_url": queries.danger_url(case),
    }
    return render(request, "cases/erased.html", context, status=422 if request.method == "POST" else 200)


def form_page(
    request: OfficerRequest, *, form: Form, do: Verb, to: str, case: Case, template: str = "cases/form.html",
    alone: Callable[[Form], bool] | None = None, of_erased: bool = False, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form about a case, or call its verb (`do`) and redirect to `to`.

    An officer who no longer sees the case after that is redirected elsewhere. Where the form is refused, `alone` may still
    record what cannot wait, and returns whether it did: the status is then 200, because 422 would undo it (`accounts.once`).
    For a person whose identity was erased `erased_page` is shown, except for a form that needs no identity (`of_erased`).
    """
    if case.erased_on and not of_erased:
        return erased_page(request, case)
    if request.method == "POST" and submit(form, do) is not None:
        return (
            redirect(to)
            if Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
            else _page_without_case(request, case)
        )
    if isinstance(refused_before(form), SentBefore):
        _show_later_steps(form, case)
    recorded = bool(alone and form.is_bound and not refused_before(form) and alone(form))
    shown = {"form": form, "case": case, "hint": "", **context}
    return render(request, template, shown, status=422 if form.is_bound and not recorded else 200)


def act_page(
    request: OfficerRequest,
    case: Case,
    *,
    form: Form,
    do: Verb,
    title: str | Promise,
    button: str | Promise,
    to: str = "",
    **context: Any,
) -> HttpResponse:
    """`form_page` for one act on a case, with a message once it is done; `to` is by default the case's own page."""
    trail.look(request, CaseEvent.VIEWED, case, {"where": request.resolver_match and request.resolver_match.url_name})
    answer = form_page(request, form=form, do=do, to=to or case.get_absolute_url(), case=case, title=title, button=button,
                       status=queries.status(case), **context)  # fmt: skip
    if answer.status_code == 302:
        messages.success(request, _("Đã ghi: %(what)s.") % {"what": title})
    return answer


def case_frame(request: OfficerRequest, case: Case, here: str) -> dict[str, Any]:
    """The context of every tab of a case; has the trail record the look. `here` is the URL name of the current tab."""
    trail.look(request, CaseEvent.VIEWED, case, {"where": here})
    return {"case": case, "status": queries.status(case), **queries.frame(case, here)}


def step_page(
    request: OfficerRequest, case: Case, *, form: Form, do: Verb, here: str, next_page: str, skip: str = "",
    template: str = "cases/step.html", unfolded: bool = False, **context: Any,
) -> HttpResponse:  # fmt: skip
    """`form_page` for one step of the guided reception; pages by URL name. "Để sau" leads to `skip`, by default the next page.

    Opened from the review, both lead back to it. Where the step was done, what was recorded is shown and the form is folded,
    unless something is not answered yet, or the form is to be used (`unfolded`), was sent, or was opened from the review.
    """
    others = [row["case"].code for row in context.get("related", ())]
    trail.look(request, CaseEvent.VIEWED, case, {"where": here} | ({"cases": others} if others else {}))
    way, to = reception_steps.stepper(case, here), reverse(next_page, args=[case.code])
    usual = way | {"here": here, "button": _("Lưu, sang bước %(n)d") % {"n": way["number"] + 1}}
    usual["after"] = reverse(skip, args=[case.code]) if skip else to
    recorded = reception_steps.recorded(here, case)
    in_use = unfolded or form.is_bound or from_review(request)
    open_questions = any(not answer for _question, answer in recorded)
    usual |= {"recorded": recorded, "leads_on": not in_use, "unfolded": in_use or open_questions}
    if from_review(request):
        usual["after"] = reverse(reception_steps.NOTICE, args=[case.code])
        if reception_steps.is_step(next_page):
            to, usual["button"] = usual["after"], _("Lưu, về bước xem lại")
            context.pop("button", None)
        else:  # a page that belongs to this one comes first
            to = f"{to}?{reception_steps.BACK}={reception_steps.REVIEW}"
    return form_page(request, form=form, do=do, to=to, case=case, template=template, **usual | context)


def from_review(request: OfficerRequest) -> bool:
    """Whether a page was opened from the review of the guided reception, to which it then leads back."""
    return request.GET.get(reception_steps.BACK) == reception_steps.REVIEW


def reception_page(
    request: OfficerRequest, case: Case, *, form: Form, do: Verb, here: str, next_page: str, back: str, **context: Any
) -> HttpResponse:
    """`step_page`; for an officer who may not receive on the case, `act_page` that returns to the page `back` (URL name)."""
    usual: dict[str, Any] = {"form": form, "do": do, "here": here, **context}
    if policy.allows(request.user, P.CASE_RECEIVE, case):
        return step_page(request, case, next_page=next_page, **usual)
    label, to = reception_steps.stepper(None, here)["label"], reverse(back, args=[case.code])
    return act_page(request, case, to=to, after=to, title=label, label=label, button=_("Lưu"), **usual)


def _page_without_case(request: OfficerRequest, case: Case) -> HttpResponse:
    """The page for an officer who no longer sees the case: that of an app (`on_losing_sight`), else a redirect to the desk."""
    case.refresh_from_db()
    for page in parts("on_losing_sight"):
        answer: HttpResponse | None = page(request, case)
        if answer is not None:
            return answer
    return redirect("/")


def _show_later_steps(form: Any, case: Case) -> None:
    """Show on a form the steps added since it was opened, by its own first sending too, so that it can be sent again."""
    later = case.steps.filter(pk__gt=form.cleaned_data.get("seen") or 0).select_related("by").order_by("pk")
    form.since = history.lines(later)
    form.data = form.data.copy()
    form.data["seen"] = latest(case)
