"""Who answers the telephone."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import policy, queries
from benan.accounts.actions import numbers
from benan.accounts.forms import LastDayForm, NumberForm
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.accounts.views import form_page
from benan.agencies.models import OnCallContact
from benan.core.days import clock, legal_day
from benan.places import queries as places


def listing(request: OfficerRequest) -> HttpResponse:
    """Every duty number, and who answers now."""
    now, today = clock(), legal_day()
    near = {places.district_of(seat.agency.unit_code, today) for seat in request.user.seats} - {""}
    rows = queries.contacts_page(today, now.time(), near)
    context = {"rows": rows, "now": now, "may_change": request.user.may(P.NUMBER_CHANGE)}
    return render(request, "accounts/numbers.html", context)


def add(request: OfficerRequest) -> HttpResponse:
    """List one more telephone."""
    policy.require_right(request.user, P.NUMBER_CHANGE)
    form = NumberForm(request.POST or None, initial={"since": legal_day()})
    return form_page(
        request,
        form=form,
        do=lambda data: numbers.add_number(by=request.user, **data),
        to=reverse("accounts:numbers"),
        title=_("Thêm số điện thoại trực"),
        under=_("Cán bộ tiếp nhận thấy số này ngay trên trang tiếp nhận, đúng địa bàn và đúng giờ."),
        button=_("Thêm số trực"),
    )


def end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say on which day a telephone answers last."""
    policy.require_right(request.user, P.NUMBER_CHANGE)
    number = get_object_or_404(OnCallContact, pk=pk)
    form = LastDayForm(request.POST or None, initial={"until": legal_day()})
    return form_page(
        request,
        form=form,
        do=lambda data: numbers.end_number(by=request.user, number=number, **data),
        to=reverse("accounts:numbers"),
        over=number.label,
        title=_("Ngừng sử dụng số %(phone)s") % {"phone": number.phone},
        button=_("Ngừng sử dụng"),
    )
