"""What accounts put on the desk: roles to confirm, and requests to end one."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import queries
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.core.desk import Decision, DeskPart


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Roles that wait for this user's confirmation, and requests that wait for their answer."""
    if not (user.may(P.ROLE_CONFIRM) or user.may(P.USER_MANAGE)):
        return DeskPart()
    page, found = reverse("accounts:confirmations"), []
    if waiting := queries.waiting_for(user):
        found.append(Decision(_("%(n)d vai trò chờ xác nhận") % {"n": len(waiting)}, page))
    if asked := [each for each in queries.end_requests(user) if each["may"]]:
        words = _("%(n)d đề nghị thu hồi vai trò, ngừng tài khoản chờ đồng ý")
        found.append(Decision(words % {"n": len(asked)}, page))
    return DeskPart(decisions=found)
