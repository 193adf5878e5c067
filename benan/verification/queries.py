"""Reads for the pages of verification, and what the case's own page shows of it."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import TeamMember, User
from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.cases import history
from benan.cases.acts import Offer, answers_on_paper
from benan.cases.models import Case
from benan.core.days import legal_day, show
from benan.rules import vocabularies
from benan.vault import access
from benan.verification.models import Finding
from benan.verification.vocabulary import GROUNDS, RETURNED, SOURCES


def verifying_agency(case: Case) -> Agency | None:
    """The police that verifies now: the province's once it was reported up."""
    rows = case.team.members.filter(part=TeamMember.Part.VERIFIES, until=None).select_related("agency").order_by("-pk")
    return rows[0].agency if rows else None


def draft_of(case: Case) -> Finding | None:
    """The draft of a finding that waits for a signature, or that was returned to its author."""
    return case.findings.filter(on=None, withdrawn=False).select_related("drafted_by", "returned__by").first()


def draft_page(user: User, case: Case, permission: P) -> dict[str, Any]:
    """The draft of one's own office, what it rests on, and what of it is sealed; `draft` None where there is none."""
    draft, held = draft_of(case), policy.held_on(user, case)
    if draft is None or draft.agency_id not in held.agencies(permission):
        return {"draft": None}
    today, known = legal_day(), access.known_fields(case.person_id)
    return {
        "draft": draft,
        "grounds": [vocabularies.label(GROUNDS, key, today) for key in draft.grounds],
        "sources": [vocabularies.label(SOURCES, key, today) for key in draft.sources],
        "papers": _papers(case),
        "returned_for": RETURNED.get(draft.returned.details["reason"], "") if draft.returned else "",
        "has_own_words": access.OWN_WORDS in known,
        "draft_is_sealed": draft.reasons or draft.returned_id,
        "may_open": draft.agency_id in held.agencies(P.IDENTITY_OPEN)
        and bool(draft.reasons or draft.returned_id or access.OWN_WORDS in known),
    }


def _papers(case: Case) -> list[tuple[dt.date, str, str]]:
    """The papers that the history names: day, what was done, numbers."""
    found = []
    for row in history.current(case).order_by("on", "pk"):
        words = [_("số %(no)s ngày %(on)s") % {"no": row.paper_no, "on": show(row.paper_on)}] if row.paper_no else []
        if row.details.get("arrival_no"):
            words.append(_("số đến %(no)s") % {"no": row.details["arrival_no"]})
        if words:
            found.append((row.on, history.sentence(row), ", ".join(words)))
    return found


def answer_offers(held: Held, case: Case, holder: str) -> list[Offer]:
    """The buttons of an answer that is awaited: sign, draft, record an answer on paper."""
    draft = draft_of(case)
    sits = {permission for seat in held.seats if seat.agency.kind == holder for permission in seat.rights.permissions}
    address = lambda page: reverse(f"verification:{page}", args=[case.code])  # noqa: E731
    offered = []
    if P.FINDING_SIGN in sits and draft and not draft.returned_id:
        offered.append(Offer(_("Ký kết luận xác minh"), address("sign"), usual=True))
    if P.FINDING_DRAFT in sits:
        words = _("Dự thảo lại kết luận") if draft else _("Dự thảo kết luận xác minh")
        words = _("Sửa dự thảo bị trả lại") if draft and draft.returned_id else words
        offered.append(Offer(words, address("draft"), usual=not draft or bool(draft.returned_id)))
    if held.any(P.ANSWER_RECORD):
        usual = answers_on_paper(case, holder)
        offered.append(Offer(_("Ghi nhận văn bản trả lời bằng giấy"), address("answer"), usual=usual))
    return offered


def findings_panel(user: User, case: Case, held: Held) -> dict[str, Any]:
    """The findings of a case: (finding, name of its agency). A draft is read only at the office that wrote it."""
    own = held.agencies()
    rows = [
        row
        for row in case.findings.filter(withdrawn=False).select_related("drafted_by", "signed_by")
        if row.on or row.agency_id in own
    ]
    names = agencies.names_by_day((row.agency_id, row.on or legal_day()) for row in rows)
    return {"findings": [(row, names[row.agency_id, row.on or legal_day()]) for row in rows]}
