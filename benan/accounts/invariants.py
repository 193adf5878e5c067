"""What has to stay true of accounts and roles, whichever verb changes them."""

import contextlib
import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import EndRequest, Membership, User
from benan.agencies import queries as agencies
from benan.core.days import legal_day, show
from benan.core.refusals import Refused

CLOSED = _("Đề nghị này đã được giải quyết hoặc đã rút.")
LOCK = 7_305_002  # advisory lock of who holds which role: one change at a time, until its transaction ends


def lock_memberships(by: User | None) -> None:
    """Let nobody else change who holds which role until the verb ends; first in each that counts who is left.

    What `by` may do is asked anew: it may have changed while they waited.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if by:
        with contextlib.suppress(AttributeError):
            del by.seats


def check_last_day(membership: Membership, until: dt.date) -> None:
    """Refuse a last day on which a role cannot end, or by which it would hold again unconfirmed.

    The role of a head or of an administrator never ends in the past: whoever was over it stays so until today.
    """
    if until < membership.since:
        raise Refused(_("Ngày kết thúc vai trò không được trước ngày bắt đầu."), field="until")
    if membership.until and until > membership.until:
        raise Refused(
            _("Vai trò này đã kết thúc sau ngày %(on)s. Cần tiếp tục thì giao lại.") % {"on": show(membership.until)},
            field="until",
        )
    if membership.takes_two_to_end and until < legal_day():
        raise Refused(
            _("Không kết thúc vai trò thủ trưởng, quản trị vào một ngày đã qua. Ghi từ hôm nay (%(on)s) trở đi.")
            % {"on": show(legal_day())},
            field="until",
        )


def check_second_person(
    by: User, request: EndRequest | None, *, user: User, membership: Membership | None = None
) -> EndRequest:
    """Refuse to end alone what takes two people: `request`, given back, is what another asked and `by` now answers."""
    if request is None or (request.user_id, request.membership) != (user.pk, membership):
        raise Refused(
            _("Thu hồi vai trò hoặc ngừng tài khoản của thủ trưởng, của người quản trị cần hai người: một "
              "người đề nghị, một người khác đồng ý.")
        )  # fmt: skip
    if request.closed_at:
        raise Refused(CLOSED)
    if by.pk == request.asked_by_id:
        raise Refused(_("Người đã đề nghị không được tự đồng ý. Cần một người khác trả lời."))
    if by.pk == request.user_id:
        raise Refused(_("Không được tự trả lời đề nghị về chính mình. Cần một người khác trả lời."))
    if not policy.may_agree(by, request):
        raise PermissionDenied
    return request


def check_office_stays_attended(memberships: Collection[Membership], until: dt.date, knowing: bool) -> None:
    """Refuse to leave the program without administrator, or, unknowing, an office with cases without anybody."""
    if policy.administrators_left(memberships, until) == 0:
        raise Refused(_("Đây là người quản trị cuối cùng. Giao vai trò quản trị cho người khác trước."))
    left = [] if knowing else policy.emptied(memberships, until)
    if left:
        names = agencies.names([agency.pk for agency, _n in left], legal_day())
        offices = "; ".join(
            str(_("%(agency)s: %(n)d hồ sơ đang mở") % {"agency": names[agency.pk], "n": n}) for agency, n in left
        )
        raise Refused(
            _("Sau ngày %(on)s không còn ai xử lý hồ sơ ở đơn vị này (%(offices)s). Giao vai trò cho người "
              "khác trước, hoặc đánh dấu là đã biết.")
            % {"on": show(until), "offices": offices},
            field="knowing",
        )  # fmt: skip
