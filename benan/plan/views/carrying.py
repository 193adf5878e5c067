"""Open duties of an earlier plan, carried over to the plan that follows it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.accounts.views import form_page
from benan.agencies import queries as agencies
from benan.core.days import legal_day
from benan.plan import carrying
from benan.plan import queries as plans
from benan.plan.actions import carrying as verbs
from benan.plan.duties import ClauseDuties
from benan.plan.models import Plan
from benan.plan.plan_forms import CarryForm
from benan.plan.serving import citation
from benan.ui.pages import TooLate, leads_on


def carry(request: OfficerRequest, slug: str) -> HttpResponse:
    """The open duties of the plan that this one follows, by clause, and what became of them."""
    plan, earlier = _plans(slug)
    decided = carrying.decided(plan)
    rows = carrying.open_duties(earlier, legal_day())
    listed = [_row(row, decided, earlier) for row in rows]
    return render(
        request,
        "plan/carry.html",
        {
            "plan": plan,
            "earlier": earlier,
            "rows": listed,
            "open": sum(len(row["waiting"]) for row in listed),
            "decided": len(decided),
            "may_carry": request.user.may(P.PLAN_LOAD),
            "cited": citation(plan),
        },
    )


@leads_on
def carry_clause(request: OfficerRequest, slug: str, number: str) -> HttpResponse:
    """Say what becomes of the open duties of one clause."""
    policy.require_right(request.user, P.PLAN_LOAD)
    plan, earlier = _plans(slug)
    row = next((each for each in carrying.open_duties(earlier, legal_day()) if each.clause.number == number), None)
    if row is None:
        if not earlier.clauses.filter(number=number).exists():
            raise Http404
        words = _("Mục %s không còn nhiệm vụ nào chưa hoàn thành để chuyển tiếp.") % number
        raise TooLate(reverse("plan:carry", args=[slug]), words)
    decided = carrying.decided(plan)
    waiting = [duty for duty in row.duties if (row.clause.pk, duty.agency.pk) not in decided]
    form = CarryForm(request.POST or None, plan=plan, clause=row.clause, duties=waiting or row.duties)
    return form_page(
        request, form=form,
        do=lambda data: verbs.carry_over(by=request.user, plan=plan, clause=row.clause, **data),
        to=reverse("plan:carry", args=[slug]),
        over=_("Kế hoạch %(earlier)s, mục %(number)s") % {"earlier": earlier.number, "number": number},
        title=_("Chuyển tiếp nhiệm vụ sang kế hoạch %s") % plan.number, under=row.clause.wording,
        button=_("Ghi chuyển tiếp"),
    )  # fmt: skip


def _row(row: ClauseDuties, decided: dict[tuple[int, int], Any], earlier: Plan) -> dict[str, Any]:
    names = agencies.names_by_day([(duty.agency.pk, earlier.last_day) for duty in row.duties])
    named = [(names[duty.agency.pk, earlier.last_day], duty) for duty in row.duties]
    done = [
        (name, decided[row.clause.pk, duty.agency.pk])
        for name, duty in named
        if (row.clause.pk, duty.agency.pk) in decided
    ]
    waiting = [(name, duty) for name, duty in named if (row.clause.pk, duty.agency.pk) not in decided]
    return {"clause": row.clause, "waiting": waiting, "done": done}


def _plans(slug: str) -> tuple[Plan, Plan]:
    """A plan and the one it follows; 404 where it follows none that was loaded."""
    try:
        plan = plans.by_slug(slug)
    except Plan.DoesNotExist:
        raise Http404 from None
    earlier = carrying.followed(plan)
    if earlier is None:
        raise Http404
    return plan, earlier
