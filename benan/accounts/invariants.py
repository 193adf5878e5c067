"""What has to stay true of accounts and roles, whichever verb changes them."""

from django.utils.translation import gettext_lazy as _

from benan.accounts import policy, queries
from benan.core.days import legal_day, show
from benan.core.refusals import Refused


def check_office_stays_attended(memberships, until, knowing):
    """Refuse to leave the program without administrator, or, unknowing, an office with files without anybody."""
    if policy.leaves_no_administrator(memberships, until):
        raise Refused(_("Đây là người quản trị cuối cùng. Giao vai trò quản trị cho người khác trước."))
    left = [] if knowing else policy.emptied(memberships, until)
    if left:
        names = queries.names([agency.pk for agency, _n in left], legal_day())
        offices = "; ".join(
            str(_("%(agency)s: %(n)d hồ sơ đang mở") % {"agency": names[agency.pk], "n": n}) for agency, n in left
        )
        raise Refused(
            _("Sau ngày %(on)s không còn ai xử lý hồ sơ ở đơn vị này (%(offices)s). Giao vai trò cho người khác trước, hoặc đánh dấu là đã biết.")
            % {"on": show(until), "offices": offices},
            field="knowing",
        )  # fmt: skip
