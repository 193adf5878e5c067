"""The law as the program holds it: instruments, time limits, procedures, official days."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from benan.accounts.requests import OfficerRequest
from benan.accounts.roles import P
from benan.core.days import legal_day
from benan.rules import procedures, vocabularies
from benan.rules.calendar import ONE_DAY, DayTable
from benan.rules.limits import LimitTable
from benan.rules.models import Instrument, OfficialDay
from benan.rules.schema import Procedure, ProcedureTrack


def law(request: OfficerRequest) -> HttpResponse:
    """What is in force on the legal day, each number with its article and how well it is known."""
    today = legal_day()
    limits = LimitTable.load()
    context = {
        "today": today,
        "instruments": Instrument.objects.filter(in_force__contains=today),
        "procedures": [_procedure(version, today, limits) for version in _latest(today)],
        "vocabularies": vocabularies.in_force(today),
        "may_correct": request.user.may(P.CALENDAR_CORRECT),
    }
    return render(request, "rules/law.html", context | _days(request.GET.get("nam", ""), today))


def _latest(today: dt.date) -> Iterable[Procedure]:
    """Of every procedure of the law the version in force, else the last one begun, else the first to come."""
    found = {}
    for version in procedures.versions():
        if version.key == procedures.UNCOVERED:
            continue
        if version.key not in found or version.in_force.lower <= today:
            found[version.key] = version
    return found.values()


def _procedure(version: Procedure, today: dt.date, limits: LimitTable) -> dict[str, Any]:
    last = version.in_force.upper and version.in_force.upper - ONE_DAY
    day = min(max(today, version.in_force.lower), last or today)
    return {
        "version": version,
        "last": last,
        "over": last and today > last,
        "streams": [_stream(version, track) for track in version.tracks.values()],
        "tracks": [(track.label, _duties(version, key, limits, day)) for key, track in version.tracks.items()],
        "sources": Instrument.objects.filter(key__in=[key for key, _articles in version.sources]),
    }


def _stream(version: Procedure, track: ProcedureTrack) -> dict[str, Any]:
    stations = version.stations(track.key, [])
    drawn = [{"key": each.key, "label": each.label, "state": each.state, "under": ""} for each in stations]
    return {"key": track.key, "label": track.label, "stations": drawn}


def _duties(version: Procedure, track: str, limits: LimitTable, day: dt.date) -> list[dict[str, Any]]:
    return [
        {"label": duty.label, "whose": version.agencies[duty.whose], "limit": limits.on(duty.limit, day)}
        for duty in version.duties
        if duty.track == track
    ]


def _days(asked: str, today: dt.date) -> dict[str, Any]:
    table = DayTable.load()
    year = next((each for each in table.years if str(each) == asked), today.year)
    return {
        "year": year,
        "years": [each for each in (year - 1, year + 1) if each in table.years],
        "official": OfficialDay.objects.filter(day__year=year).select_related("corrected_by"),
    }
