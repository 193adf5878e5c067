"""Ending what takes two people: the role of a head or of an administrator, and the account of one who holds such a role."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import invariants, policy, reasons, states
from benan.accounts.actions import officers, roles
from benan.accounts.events import AccountEvent
from benan.accounts.models import EndRequest, Membership, User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core.days import clock, legal_day
from benan.core.refusals import Refused

Outcome = EndRequest.Outcome


@transaction.atomic
def ask_to_end_role(*, by: User, membership: Membership, until: dt.date, why: str) -> EndRequest:
    """Ask that the role of a head or of an administrator end after a legal day, today at the earliest.

    It holds, and its holder counts as head, until a second person agrees (`agree_to_end`).
    """
    invariants.lock_memberships(by)
    policy.require_right(by, P.USER_MANAGE)
    if not membership.takes_two_to_end:
        raise Refused(_("Vai trò này chỉ cần một người quản trị thu hồi, không cần người thứ hai."))
    invariants.check_last_day(membership, until)
    invariants.check_office_stays_attended([membership], until, knowing=True)
    return _ask(by, membership.user, membership=membership, until=until, why=reasons.check(why, reasons.ENDING))


@transaction.atomic
def ask_to_stop(*, by: User, user: User, why: str) -> EndRequest:
    """Ask that the account of a head or of an administrator be stopped; it goes on until a second person agrees."""
    invariants.lock_memberships(by)
    policy.require_right(by, P.USER_MANAGE)
    if by == user:
        raise Refused(_("Không được tự ngừng tài khoản của mình. Đề nghị một người quản trị khác."))
    states.check(states.STOP, user, by=by)
    if not policy.takes_two_to_stop(user):
        raise Refused(_("Tài khoản này chỉ cần một người quản trị ngừng, không cần người thứ hai."))
    held = list(Membership.objects.holding().filter(user=user))
    invariants.check_office_stays_attended(held, legal_day(), knowing=True)
    return _ask(by, user, why=reasons.check(why, reasons.STOPPING))


@transaction.atomic
def agree_to_end(*, by: User, request: EndRequest, knowing: bool = False) -> EndRequest:
    """Agree, as the second person, to what another asked; it happens at once, on a day asked for that has passed today.

    Another administrator, or a head over the role; never whom it concerns. `knowing` as in `end_role`.
    """
    invariants.lock_memberships(by)
    request = _locked(request)
    why = request.why if request.why in reasons.Reason.values else reasons.Reason.OTHER  # words typed before
    if request.membership:
        until = max(request.until or legal_day(), legal_day())
        roles.end_role(by=by, membership=request.membership, until=until, why=why, knowing=knowing, request=request)
    else:
        officers.stop_account(by=by, user=request.user, why=why, knowing=knowing, request=request)
    return _close(by, request, Outcome.AGREED)


@transaction.atomic
def decline_end(*, by: User, request: EndRequest) -> EndRequest:
    """Say, as one who might have agreed, that what another asked is not to be done."""
    request = _locked(request)
    invariants.check_second_person(by, request, user=request.user, membership=request.membership)
    _close(by, request, Outcome.DECLINED)
    trail.record(by=by, event=AccountEvent.END_DECLINED, on=request.user, data=_facts(request))
    return request


@transaction.atomic
def withdraw_end(*, by: User, request: EndRequest) -> EndRequest:
    """Take back what one asked oneself."""
    request = _locked(request)
    if by.pk != request.asked_by_id:
        raise PermissionDenied
    if request.closed_at:
        raise Refused(invariants.CLOSED)
    _close(by, request, Outcome.WITHDRAWN)
    trail.record(by=by, event=AccountEvent.END_WITHDRAWN, on=request.user, data=_facts(request))
    return request


def _locked(request: EndRequest) -> EndRequest:
    rows = EndRequest.objects.select_for_update(of=("self",)).select_related("user", "membership__agency")
    return rows.get(pk=request.pk)


def _close(by: User, request: EndRequest, outcome: Outcome) -> EndRequest:
    request.closed_at, request.closed_by, request.outcome = clock(), by, outcome
    request.save(update_fields=["closed_at", "closed_by", "outcome"])
    return request


def _ask(by: User, user: User, **what: Any) -> EndRequest:
    request = EndRequest.objects.create(user=user, asked_by=by, **what)
    trail.record(by=by, event=AccountEvent.END_ASKED, on=user, data=_facts(request) | {"why": request.why})
    return request


def _facts(request: EndRequest) -> dict[str, Any]:
    return {
        "request": request.pk,
        "membership": request.membership_id,
        "until": request.until.isoformat() if request.until else None,
    }
