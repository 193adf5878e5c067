"""The calendar of the next 30 days, the sheet of the weekly meeting, and the feed that other programs read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from benan.accounts import throttle
from benan.accounts.requests import OfficerRequest
from benan.core import principals
from benan.core.days import legal_day
from benan.notices import actions, feeds, queries
from benan.notices.models import CalendarFeed
from benan.ui.pages import sent_from

FEED = "feed"  # how wrong secrets are counted
WAIT = 3600  # seconds after which a program that asked too often may ask again


def calendar(request: OfficerRequest) -> HttpResponse:
    """Everything due from the officer and their agencies, by week."""
    return render(request, "notices/calendar.html", queries.calendar_page(request.user, legal_day()))


def sheet(request: OfficerRequest) -> HttpResponse:
    """One page of paper for the weekly meeting."""
    return render(request, "notices/sheet.html", queries.sheet(request.user, legal_day()))


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The plan days of whose secret this is, for a program that cannot sign in."""
    if throttle.too_many_wrong_secrets(request, FEED):
        return HttpResponse(status=429, headers={"Retry-After": str(WAIT)})
    owner = feeds.owner_of(secret)
    if owner is None:
        throttle.count_wrong_secret(request, FEED)
        raise Http404
    # What is due is read as that officer reads it.
    with principals.working_for(principals.of_user(owner)):
        if not owner.seats:
            raise Http404
        return HttpResponse(feeds.calendar(owner, legal_day()), content_type="text/calendar; charset=utf-8")


def subscribing(request: OfficerRequest) -> HttpResponse:
    """Whether the officer's calendar can be read elsewhere; sending the form makes its address anew and shows it once."""
    context = {"feed": CalendarFeed.objects.filter(user=request.user).first()}
    if request.method == "POST":
        url = request.build_absolute_uri(reverse("notices:feed", args=[actions.make_feed(by=request.user)]))
        answer = render(request, "notices/subscribing.html", {"url": url})
        answer["Content-Location"] = reverse("notices:subscribing")
        return answer
    return render(request, "notices/subscribing.html", context)


@sent_from("notices:subscribing")
def withdraw_feed(request: OfficerRequest) -> HttpResponse:
    """Make the address of the officer's calendar good for nothing."""
    actions.withdraw_feed(by=request.user)
    messages.success(request, _("Đã thôi dùng địa chỉ lịch. Điện thoại, máy tính không đọc được lịch ấy nữa."))
    return redirect("notices:subscribing")
