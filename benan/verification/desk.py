"""What verification puts on the desk: cases that are new to an office, and findings to sign."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.cases import acts
from benan.cases.models import Case, Track
from benan.cases.queries import status
from benan.core.desk import Decision, DeskPanel, DeskPart, first_few
from benan.rules import procedures
from benan.verification.models import Finding

# The acts by which an office takes what is new to it, and who may.
TAKEN_BY = {P.NOTICE_TAKE: "take_notice", P.REQUEST_RECEIVE: "receive_request"}


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Cases that are new to an office, and findings to sign."""
    decisions, more = _findings_to_sign(user)
    panels = [DeskPanel("new", 30, "verification/desk_new.html", _new_cases(user))]
    return DeskPart(decisions=decisions, more_decisions=more, panels=panels)


def _new_cases(user: User) -> dict[str, Any]:
    """Cases whose notice nobody at one's labour office has taken yet, or whose request no police has noted."""
    found, more = [], 0
    for permission, key in TAKEN_BY.items():
        if not user.may(permission):
            continue
        move, cases = procedures.moves()[key], Case.objects.can(user, permission).filter(closed_on=None)
        tracks = Track.objects.filter(kind=move.track, stage__in=move.sources, case__in=cases)
        rows, left = first_few(tracks.select_related("case", "case__reception").order_by("-since", "-pk"))
        more += left
        found += [(row, acts.page_of(key, row.case.code)) for row in rows]
    names = agencies.names_by_day(_received(row.case) for row, _url in found)
    listed = [
        {
            "case": row.case,
            "since": row.since,
            "url": url,
            "status": status(row.case),
            "agency": names[_received(row.case)],
        }
        for row, url in found
    ]
    return {"listed": listed, "more": more, "cases": [row.case for row, _url in found]}


def _findings_to_sign(user: User) -> tuple[list[Decision], int]:
    """Drafts of findings that wait for this user's signature, and how many more."""
    if not user.may(P.FINDING_SIGN):
        return [], 0
    cases = Case.objects.can(user, P.FINDING_SIGN).filter(closed_on=None)
    drafts = Finding.objects.filter(on=None, withdrawn=False, case__in=cases)
    rows, more = first_few(drafts.select_related("case", "case__reception").order_by("pk"))
    words = _("Ký kết luận xác minh")
    found = [Decision(words, reverse("verification:sign", args=[row.case.code]), row.case) for row in rows]
    return found, more


def _received(case: Case) -> tuple[int, dt.date]:
    return case.reception.agency_id, case.reception.came_on
