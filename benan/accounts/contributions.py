"""What accounts contribute to the navigation and to the desk."""

from django.utils.translation import gettext_lazy as _

from benan.accounts import desk
from benan.accounts.events import AccountEvent
from benan.accounts.roles import P
from benan.audit.events import EVENTS
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place

EVENTS.add(AccountEvent)
PLACES.add(
    Place("accounts:numbers", _("Số trực"), "phone", place=80, group=2),
    Place(
        "accounts:confirmations", _("Xác nhận"), "key", place=90, group=3, permissions=(P.ROLE_CONFIRM, P.USER_MANAGE)
    ),
    Place("accounts:people", _("Quản lý tài khoản"), "people", place=100, group=3, permissions=(P.USER_MANAGE,)),
)
PAGES_OF_PLACES.add(("accounts:person", "accounts:people"))
PARTS.add(desk.desk_part)
