"""The calendar of the next 30 days, and the sheet of the weekly meeting."""

from django.http import HttpResponse
from django.shortcuts import render

from benan.accounts.requests import OfficerRequest
from benan.core.days import legal_day
from benan.notices import queries


def calendar(request: OfficerRequest) -> HttpResponse:
    """Everything due from the officer and their agencies, by week."""
    return render(request, "notices/calendar.html", queries.calendar_page(request.user, legal_day()))


def sheet(request: OfficerRequest) -> HttpResponse:
    """One page of paper for the weekly meeting."""
    return render(request, "notices/sheet.html", queries.sheet(request.user, legal_day()))
