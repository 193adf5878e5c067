"""Changes to roles: given, confirmed and ended."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import invariants, policy, reasons, states
from benan.accounts.events import AccountEvent
from benan.accounts.models import EndRequest, Membership, User
from benan.accounts.roles import ROLES, P
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core import papers
from benan.core.ahead import require_near
from benan.core.days import clock, legal_day, show
from benan.core.refusals import Refused


@transaction.atomic
def grant_role(
    *,
    by: User | None,
    user: User,
    agency: Agency,
    role: str,
    since: dt.date,
    until: dt.date | None = None,
    paper_no: str = "",
    paper_on: dt.date | None = None,
    post: str = "",
) -> Membership:
    """Give somebody a role at an agency from a legal day on; `post`: of `Membership.Post`, where they sign for it.

    Nobody gives one to themselves, but for the first administrators, whom the program makes (`by` None). A role
    of CONFIRMED_ROLES waits for `confirm_role`.
    """
    invariants.lock_memberships(by)
    if by:
        policy.require_right(by, P.USER_MANAGE)
        if by == user:
            raise Refused(_("Không được tự giao vai trò cho mình. Đề nghị một người quản trị khác giao."))
    if agency.kind not in ROLES[role].kinds:
        raise Refused(_("Loại đơn vị này không có vai trò “%(role)s”.") % {"role": ROLES[role].name}, field="agency")
    if post and not ROLES[role].approves_papers:
        raise Refused(_("Vai trò này không duyệt văn bản của đơn vị."), field="post")
    require_near(since, field="since")
    if since not in agency.in_force:
        raise Refused(
            _("Ngày %(on)s đơn vị này chưa lập hoặc đã kết thúc hoạt động.") % {"on": show(since)}, field="since"
        )
    if until and until < since:
        raise Refused(_("Ngày kết thúc vai trò không được trước ngày bắt đầu."), field="until")
    membership = Membership.objects.create(
        user=user, agency=agency, role=role, since=since, until=until, granted_by=by,
        paper_no=papers.number(paper_no), paper_on=_day_of_paper(paper_on), post=post,
    )  # fmt: skip
    trail.record(by=by, event=AccountEvent.ROLE_GRANTED, on=user, data=_facts(membership))
    return membership


@transaction.atomic
def confirm_role(
    *, by: User, membership: Membership, paper_no: str = "", paper_on: dt.date | None = None
) -> Membership:
    """Confirm a role that opens identities, confirms such roles or manages accounts, so that it holds.

    By a head over it (`policy.heads_over`). Where no such head exists yet it takes two people who manage accounts,
    the one who gave the role and another, and the number and day of a paper. Raises Refused for one's own role, for a role
    that one gave oneself, before the officer has entered with a second factor of their own, and for who ever made
    them a link that sets a password.
    """
    invariants.lock_memberships(by)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("agency", "user")
    membership = rows.get(pk=membership.pk)
    user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
    heads = policy.heads_over(membership, policy.heads_by_agency(P.ROLE_CONFIRM))
    if by != membership.user and not policy.acts_as_head(by, P.ROLE_CONFIRM, heads):
        if heads:
            raise PermissionDenied
        policy.require_right(by, P.USER_MANAGE)
    if by == membership.user:
        raise Refused(_("Không được tự xác nhận vai trò của mình."))
    if not membership.waits_for_confirmation:
        raise Refused(_("Vai trò này đã được xác nhận."))
    if by == membership.granted_by:
        raise Refused(_("Người đã giao vai trò không được xác nhận vai trò ấy. Cần một người khác xác nhận."))
    able = heads or policy.administrators()
    states.check(states.CONFIRM, user, by=by, able=lambda: able - {membership.granted_by_id})
    membership.paper_no = papers.number(paper_no) or membership.paper_no
    membership.paper_on = _day_of_paper(paper_on) or membership.paper_on
    for field, missing in (("paper_no", not membership.paper_no), ("paper_on", not membership.paper_on)):
        if missing and not heads:
            raise Refused(
                _("Đơn vị chưa có thủ trưởng trong chương trình: ghi số và ngày văn bản giao nhiệm vụ để xác nhận."),
                field=field,
            )
    membership.confirmed_by, membership.confirmed_at = by, clock()
    membership.save(update_fields=["confirmed_by", "confirmed_at", "paper_no", "paper_on"])
    trail.record(by=by, event=AccountEvent.ROLE_CONFIRMED, on=membership.user, data=_facts(membership))
    return membership


@transaction.atomic
def end_role(
    *,
    by: User,
    membership: Membership,
    until: dt.date,
    why: str,
    knowing: bool = False,
    request: EndRequest | None = None,
) -> None:
    """End a role after a legal day. Raises Refused where it ended before: it would hold again unconfirmed.

    For a head or an administrator `request` is what another person asked, and `by` agrees (`endings`). Where it leaves
    an office with open cases without anybody, `knowing` says that the administrator was told so. The last
    administrator goes on.
    """
    invariants.lock_memberships(by)
    membership.refresh_from_db()
    data = {"membership": membership.pk, "until": until.isoformat(), "why": reasons.check(why, reasons.ENDING)}
    if request or membership.takes_two_to_end:
        asked = invariants.check_second_person(by, request, user=membership.user, membership=membership)
        data["asked_by"] = asked.asked_by.username
    else:
        policy.require_right(by, P.USER_MANAGE)
    invariants.check_last_day(membership, until)
    invariants.check_office_stays_attended([membership], until, knowing)
    membership.until = until
    membership.save(update_fields=["until"])
    trail.record(by=by, event=AccountEvent.ROLE_ENDED, on=membership.user, data=data)


def _facts(membership: Membership) -> dict[str, Any]:
    return {
        "role": membership.role, "agency": membership.agency.key, "membership": membership.pk,
        "paper_no": membership.paper_no, "paper_on": membership.paper_on.isoformat() if membership.paper_on else None,
        "post": membership.post,
    }  # fmt: skip


def _day_of_paper(day: dt.date | None) -> dt.date | None:
    if day and day > legal_day():
        raise Refused(_("Ngày văn bản (%(on)s) nằm sau hôm nay.") % {"on": show(day)}, field="paper_on")
    return day
