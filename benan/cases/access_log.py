"""Who looked at a case, alone or in a list: the rows of the trail, and the lines that pages show of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.audit import trail
from benan.audit.events import Mark, marked
from benan.audit.models import CASES, Event
from benan.cases.events import CaseEvent
from benan.cases.extensions import LISTS
from benan.cases.models import Case
from benan.cases.purposes import Purpose, contact_code
from benan.core.days import day_of
from benan.vault import access

MOST_CASES = 100  # named in one row


def rows(case: Case) -> QuerySet[Event]:
    """The rows of the trail that say who looked at a case, alone or in a list, opened its identity, or was told of it by a
    search; newest first."""
    return trail.about(case, marked(Mark.LOOK))


def lines(case: Case, events: Iterable[Event]) -> list[dict[str, Any]]:
    """What pages show of such rows: who, what, detail, `at` and how many `times`.

    What one officer did several times on one day is one line, at the last of these times.
    """
    listed = list(events)
    people = {user.username: user for user in User.objects.filter(username__in={row.by for row in listed})}
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in listed:
        beside = row.subject != case.trail_subject and row.event == CaseEvent.VIEWED
        detail = _("hồ sơ có liên quan đến hồ sơ này") if beside else _detail(row)
        key = row.by, row.event, detail, day_of(row.at)
        if key not in found:
            found[key] = {
                "who": str(people.get(row.by, row.by)), "what": row.label, "detail": detail, "at": row.at, "times": 0,
            }  # fmt: skip
        found[key]["times"] += 1
    return list(found.values())


def look_at_list(request: HttpRequest, where: str, cases: Iterable[Case]) -> None:
    """Have the trail record that this page lists cases: rows with the codes of up to MOST_CASES each; none for an empty list.

    `where` is the page by its URL name.
    """
    for codes in in_rows(cases):
        trail.look(request, CaseEvent.LISTED, data={"where": where, CASES: codes})


def in_rows(cases: Iterable[Case]) -> list[list[str]]:
    """The codes of some cases, in parts that one row of the trail may name."""
    codes = sorted({case.code for case in cases})
    return [codes[first : first + MOST_CASES] for first in range(0, len(codes), MOST_CASES)]


def _detail(row: Event) -> str:
    parts: list[str | Promise] = [contact_code(row)] if row.event == CaseEvent.SEARCH_MATCHED else []
    parts += [_list_label(row.data["where"])] if row.event in (CaseEvent.LISTED, CaseEvent.EXPORTED) else []
    parts += [Purpose(row.data["purpose"]).label] if row.data.get("purpose") in Purpose.values else []
    parts += [access.FIELDS.get(field, _("ghi chú")) for field in row.data.get("fields", ())]
    return ", ".join(str(part) for part in parts)


def _list_label(page: str) -> str | Promise:
    return next((each.label for each in LISTS if each.page == page), "")
