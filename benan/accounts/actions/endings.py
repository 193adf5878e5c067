"""Ending what takes two people: the role of a head or of an administrator, and the account of one who holds such a role."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import invariants, policy, states
from benan.accounts.actions import officers, roles
from benan.accounts.models import EndRequest, Membership
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.core.days import clock, legal_day
from benan.core.refusals import Refused
from benan.core.text import clean


@transaction.atomic
def ask_to_end_role(*, by, membership, until) -> EndRequest:
    """Ask that the role of a head or of an administrator end after a legal day, today at the earliest.

    It holds, and its holder counts as head, until a second person agrees (`agree_to_end`).
    """
    policy.require_right(by, P.USER_MANAGE)
    if not membership.takes_two_to_end:
        raise Refused(_("Vai trò này một người quản trị thôi giao được, không cần người thứ hai."))
    invariants.check_last_day(membership, until)
    invariants.check_office_stays_attended([membership], until, knowing=True)
    return _ask(by, membership.user, membership=membership, until=until)


@transaction.atomic
def ask_to_stop(*, by, user, why) -> EndRequest:
    """Ask that the account of a head or of an administrator be stopped; it goes on until a second person agrees."""
    policy.require_right(by, P.USER_MANAGE)
    if by == user:
        raise Refused(_("Không ai tự ngừng tài khoản của mình. Đề nghị một người quản trị khác."))
    states.check(states.STOP, user, by=by)
    if not policy.takes_two_to_stop(user):
        raise Refused(_("Tài khoản này một người quản trị ngừng được, không cần người thứ hai."))
    held = Membership.objects.holding().filter(user=user)
    invariants.check_office_stays_attended(held, legal_day(), knowing=True)
    return _ask(by, user, why=clean(why))


@transaction.atomic
def agree_to_end(*, by, request, knowing=False) -> None:
    """Agree, as the second person, to what another asked; it happens at once, on a day asked for that has passed today.

    Another administrator, a head over the role, or for the end of a role its holder. `knowing` as in `end_role`.
    """
    request = EndRequest.objects.select_for_update(of=("self",)).select_related("user", "membership").get(pk=request.pk)
    if request.membership:
        until = max(request.until, legal_day())
        roles.end_role(by=by, membership=request.membership, until=until, knowing=knowing, request=request)
    else:
        officers.stop_account(by=by, user=request.user, why=request.why, knowing=knowing, request=request)
    request.closed_at = clock()
    request.save(update_fields=["closed_at"])


@transaction.atomic
def withdraw_end(*, by, request) -> None:
    """Close a request without its effect: by who asked, or by one who might have agreed."""
    request = EndRequest.objects.select_for_update(of=("self",)).select_related("user", "membership").get(pk=request.pk)
    if by.pk != request.asked_by_id and not policy.may_agree(by, request):
        raise PermissionDenied
    if request.closed_at:
        raise Refused(_("Đề nghị này đã xong hoặc đã rút."))
    request.closed_at = clock()
    request.save(update_fields=["closed_at"])
    trail.record(by=by, event=Event.END_WITHDRAWN, on=request.user, data=_facts(request))


def _ask(by, user, **what):
    request = EndRequest.objects.create(user=user, asked_by=by, **what)
    trail.record(by=by, event=Event.END_ASKED, on=user, data=_facts(request) | {"why": request.why})
    return request


def _facts(request):
    return {
        "request": request.pk,
        "membership": request.membership_id,
        "until": request.until.isoformat() if request.until else None,
    }
