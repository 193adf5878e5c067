"""Reads for the pages of verification, and what the case's own page shows of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import TeamMember, User
from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.cases.acts import Offer
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.verification.models import Finding


def verifying_agency(case: Case) -> Agency | None:
    """The police that verifies now: the province's once it was reported up."""
    rows = case.team.members.filter(part=TeamMember.Part.VERIFIES, until=None).select_related("agency").order_by("-pk")
    return rows[0].agency if rows else None


def draft_of(case: Case) -> Finding | None:
    """The finding that waits for a signature."""
    return case.findings.filter(on=None, withdrawn=False).select_related("drafted_by").first()


def answer_offers(held: Held, case: Case, holder: str) -> list[Offer]:
    """The buttons of an answer that is awaited: sign, draft, record an answer on paper."""
    draft = draft_of(case)
    sits = {permission for seat in held.seats if seat.agency.kind == holder for permission in seat.rights.permissions}
    address = lambda page: reverse(f"verification:{page}", args=[case.code])  # noqa: E731
    offered = []
    if P.FINDING_SIGN in sits and draft:
        offered.append(Offer(_("Ký kết luận xác minh"), address("sign")))
    if P.FINDING_DRAFT in sits:
        words = _("Dự thảo lại kết luận") if draft else _("Dự thảo kết luận xác minh")
        offered.append(Offer(words, address("draft")))
    if held.any(P.ANSWER_RECORD):
        offered.append(Offer(_("Ghi nhận trả lời bằng giấy"), address("answer")))
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
