"""Correcting an official day, with the deadlines that depend on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.cases.actions.calendar import correct_official_day
from benan.core.days import show
from benan.rules.forms import OfficialDayForm
from benan.ui.pages import submit


def correct(request: OfficerRequest) -> HttpResponse:
    """Correct one official day; the deadlines of open cases that span it are computed again in the same transaction."""
    policy.require_right(request.user, P.CALENDAR_CORRECT)
    form = OfficialDayForm(request.POST or None)
    if request.method == "POST":
        touched = submit(form, lambda data: [correct_official_day(by=request.user, **data)])
        if touched is not None:
            day = form.cleaned_data["day"]
            words = {"day": show(day), "n": touched[0]}
            messages.success(request, _("Đã sửa ngày %(day)s. Đã tính lại thời hạn của %(n)d hồ sơ đang mở.") % words)
            return redirect(f"{reverse('rules:law')}?nam={day.year}")
    return render(request, "rules/correct.html", {"form": form}, status=422 if form.is_bound else 200)
