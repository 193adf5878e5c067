"""What became of a role or a request that somebody answered meanwhile, for those who might have answered it."""

import datetime as dt

from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.end_requests import EndRequest
from benan.accounts.models import Membership, User
from benan.accounts.roles import P
from benan.core.days import VIETNAM


def sentence_on_role(user: User, pk: int) -> str:
    """What became of a role that waited for this person, or that they gave or confirmed; "" where it concerns others."""
    rows = Membership.objects.exclude(user=user).select_related("confirmed_by", "agency__superior__superior__superior")
    row = rows.filter(pk=pk).first()
    if row is None or row.waits_for_confirmation:
        return ""
    over = policy.heads_over(row, policy.heads_by_agency(P.ROLE_CONFIRM))
    able = over | {row.granted_by_id, row.confirmed_by_id}
    if user.pk not in able and (over or not user.may(P.USER_MANAGE)):
        return ""
    if row.confirmed_at is None:
        return _("Vai trò này không còn chờ xác nhận.")
    return _("Vai trò này đã được xác nhận: %(name)s, lúc %(at)s.") % {
        "name": row.confirmed_by, "at": _shown(row.confirmed_at),
    }  # fmt: skip


def sentence_on_ending(user: User, pk: int) -> str:
    """That a request to end a role or an account is closed, for who asked or may have agreed; "" for others."""
    row = EndRequest.objects.exclude(closed_at=None).filter(pk=pk).first()
    if row is None or row.closed_at is None or not (row.asked_by_id == user.pk or policy.may_agree(user, row)):
        return ""
    return _("Đề nghị này đã được trả lời hoặc đã rút lúc %(at)s.") % {"at": _shown(row.closed_at)}


def _shown(moment: dt.datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
