"""Danger: that it was found, which offices are told, which office is kept from it, the call, and the paper that follows."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import TeamMember, User
from benan.accounts.roles import P
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency, OnCallContact
from benan.cases import steps
from benan.cases.models import Case, Step
from benan.cases.steps import Change, Paper
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.needs.actions.needs import add_needs
from benan.needs.kinds import SAFETY
from benan.protection import offices
from benan.protection.dangers import undecided
from benan.protection.models import DangerNotice

MAY_REPORT = (P.SAFETY_KEEP, P.SUPPORT_RECORD)


def report_danger(*, by: User, case: Case, on: dt.date, danger_from: Agency | None = None) -> bool:
    """Record that somebody is in danger, and nothing else; whether this was new. `danger_from` as in `record_danger`."""
    with steps.change(case, by=by) as change:
        if change.case.tracks.filter(stage__in=undecided()).exists():
            return False
        record_danger(change, on=on, danger="yes")
        keep_office_away(change, on=on, danger="yes", agency=danger_from)
        return True


def record_danger(change: Change, *, on: dt.date, danger: str) -> None:
    """The part of other verbs that records what was answered about danger ("yes", "no", "unknown"), wherever it was asked.

    Danger waits for a decision from now on, also where measures are in force (Nghị định 62/2012, Điều 10 khoản 6);
    once it does, only a decision or a reasoned refusal ends it, not a later "no" (khoản 2).
    """
    if danger not in ("yes", "no", "unknown"):
        raise Refused(_("Chọn có, không hoặc chưa rõ."), field="danger")
    for key in ("ask_danger", "ask_danger_again"):
        if change.fits(key):
            change.take(key, on=on)
            break
    if danger == "yes" and change.fits("find_need"):
        change.take("find_need", on=on)
        add_needs(change, on=on, kinds=[SAFETY])
    elif danger == "no" and change.fits("find_no_need"):
        change.take("find_no_need", on=on)
    elif danger == "yes" and change.fits("find_more_need"):
        change.take("find_more_need", on=on)


def keep_office_away(change: Change, *, on: dt.date, danger: str | None, agency: Agency | None) -> None:
    """The last part of a verb that recorded danger: keep the case from the office where whoever is the danger works.

    Whose own office it is cannot write into the case afterwards.
    """
    if agency and danger != "yes":
        raise Refused(_("Chỉ chọn cơ quan khi có nguy hiểm."), field="danger_from")
    if agency:
        permission = policy.first_allowed(change.by, MAY_REPORT, change.case)
        _keep_from(change, agency, on, permission)


@transaction.atomic
def keep_from_agency(*, by: User, case: Case, agency: Agency, on: dt.date, seen: int | None = None) -> Case:
    """Keep a case from an agency where the person who is the danger works; the agency above it gets the notice of danger.

    Only while the case is in danger; `by` needs SAFETY_KEEP on it. The agency leaves the team and cannot join it again. What it
    managed passes to the labour office of the commune, else to the agency of reception, else to the agency above. The same is
    done in the other cases of the reception: in all of them where the agency of `by` manages or received this case, else in
    those that `by` reaches with SAFETY_KEEP.
    """
    Case.objects.lock_each(Case.objects.of_reception(case.reception_id).values("pk"))
    with steps.change(case, by=by, seen=seen) as change:
        _keep_from(change, agency, on, P.SAFETY_KEEP)
    case = change.case
    case.refresh_from_db()
    return case


def record_call(
    *,
    by: User,
    case: Case,
    to: Agency | OnCallContact,
    on: dt.date,
    at: dt.time,
    words: str = "",
    seen: int | None = None,
) -> Step:
    """Record whom one rang about the danger, when, and what was agreed (sealed).

    In an emergency protection is asked for by telephone (Nghị định 62/2012, Điều 10 khoản 1).
    """
    whom: dict[str, Any] = (
        {"details": {"label": f"{to.label} {to.phone}"}} if isinstance(to, OnCallContact) else {"to_agency": to}
    )
    with steps.change(case, by=by, seen=seen, repeats={"key": "danger_called", **whom}) as change:
        return change.take("danger_called", on=on, at=at, words=words, **whom)


def record_request(
    *, by: User, case: Case, to: Agency, on: dt.date, paper_no: str, paper_on: dt.date, words: str = "",
    seen: int | None = None,
) -> Step:  # fmt: skip
    """Record the paper that asks an office for protection, before or after a call (Điều 10 khoản 1)."""
    if not paper_no.strip():
        raise Refused(_("Ghi số của văn bản đề nghị bảo vệ."), field="paper_no")
    if paper_on > legal_day():
        raise Refused(_("Ngày văn bản nằm sau hôm nay."), field="paper_on")
    with steps.change(case, by=by, seen=seen, repeats={"key": "danger_written", "to_agency": to}) as change:
        return change.take("danger_written", on=on, words=words, to_agency=to, paper=Paper(paper_no, paper_on))


def _keep_from(change: Change, agency: Agency, on: dt.date, permission: P) -> None:
    by, case = change.by, change.case
    own = policy.held_on(by, case).agencies(permission)
    if not own:
        raise PermissionDenied
    if case.team.kept_from.filter(pk=agency.pk).exists():
        return
    change.update_derived()
    if case.in_danger_since is None:
        raise Refused(
            _(
                "Hồ sơ này không có cảnh báo nguy hiểm. Ghi có nguy hiểm trước khi ghi không chia sẻ hồ sơ "
                "với một cơ quan."
            )
        )
    beside = Case.objects.of_reception(case.reception_id).filter(closed_on=None)
    if own.isdisjoint({case.agency_id, case.reception.agency_id}):
        beside = beside.filter(pk__in=Case.objects.can(by, permission).values("pk"))
    before = list(beside.values_list("pk", flat=True))  # before the act takes one's reach away
    change.note("kept_from", on=on, permission=permission, to_agency=agency)
    _take_off(change, agency)
    rows = Case.objects.of_reception(case.reception_id).filter(pk__in=before).exclude(pk=case.pk)
    for each in rows.select_related("reception", "team").order_by("pk"):
        other = Change(each, by, stale=True)
        _take_off(other, agency)
        other.update_derived()


def _take_off(change: Change, agency: Agency) -> None:
    """Keep an office from a case: off the team, told of nothing, and what it managed given to the next."""
    case, today = change.case, legal_day()
    case.team.kept_from.add(agency)
    DangerNotice.objects.of(case).filter(agency=agency).update(outcome="")
    if case.agency_id == agency.pk:
        change.entrust(_next_manager(case, agency), today)
    for part in TeamMember.Part:
        change.leave_team(part, today, agency=agency)


def _next_manager(case: Case, agency: Agency) -> Agency:
    kept = set(case.team.kept_from.values_list("pk", flat=True))
    labour = next((office for office in offices.competent(case) if office.kind == AgencyKind.LABOUR_OFFICE), None)
    for office in (labour, case.reception.agency, agency.superior):
        if office and office.pk not in kept:
            return office
    raise Refused(_("Không có cơ quan nào khác để giao hồ sơ này. Gọi cơ quan cấp trên trước."), field="danger_from")
