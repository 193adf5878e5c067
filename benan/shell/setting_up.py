"""What is still to be set up in a new installation, for who manages its accounts."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import installation
from benan.accounts.models import ADMINISTRATORS, Membership, User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import OnCallContact
from benan.core import sealing
from benan.core.days import legal_day
from benan.places import queries as places
from benan.plan import queries as plans

FEW = 3  # offices that are named; the rest are counted


def steps_left(user: User) -> list[dict[str, str]]:
    """What is not there yet, each with the page or the command that mends it; nothing in a demo."""
    if not user.may(P.USER_MANAGE) or installation.is_demo():
        return []
    today = legal_day()
    found = []
    if not sealing.has_key():
        found.append(_typed(_("Khóa mã hóa danh tính: chưa có khóa thì chưa tiếp nhận được ai."), "init_key ĐƯỜNG_DẪN"))
    if Membership.objects.holding().filter(role__in=ADMINISTRATORS).values("user").distinct().count() < 2:
        words = "add_administrator TÊN_ĐĂNG_NHẬP 'HỌ VÀ TÊN'"
        found.append(_typed(_("Người quản trị thứ hai: mỗi vai trò quan trọng cần hai người giao và xác nhận."), words))
    if plans.latest(today) is None and plans.coming(today) is None:
        found.append(_typed(_("Kế hoạch của tỉnh."), "load_plan TỆP"))
    numbers = OnCallContact.objects.exclude(area_code="").filter(in_force__contains=today)
    if not numbers.exists():
        found.append(
            _opened(
                _("Số điện thoại trực trong tỉnh, để cán bộ tiếp nhận biết gọi ai và giờ nào."), "accounts:add_number"
            )
        )
    return found + [_opened(words, "accounts:people") for words in _offices(today)]


def _offices(today: dt.date) -> Iterator[str]:
    """Which labour offices lack a head or a caseworker, and which districts a receiver; while there are districts."""
    offices = list(agencies.at_work_on(today, kind=AgencyKind.LABOUR_OFFICE))
    held = list(Membership.objects.holding().select_related("agency"))
    headed = {row.agency_id for row in held if P.ROLE_CONFIRM in row.rights.permissions}
    managed = {row.agency_id for row in held if P.NOTICE_TAKE in row.rights.permissions}
    communes = {row.agency.unit_code for row in held if P.CASE_RECEIVE in row.rights.permissions}
    received = set(places.on(today).filter(code__in=communes).values_list("parent_code", flat=True))
    wanted = (
        (_("Thủ trưởng đơn vị, để xác nhận vai trò. Còn thiếu: %(offices)s."), [o for o in offices if o.pk not in headed]),
        (_("Cán bộ quản lý hồ sơ. Còn thiếu: %(offices)s."),
         [o for o in offices if o.pk not in managed]),
        (_("Cán bộ tiếp nhận ở xã, phường. Còn thiếu ở địa bàn của: %(offices)s."),
         [o for o in offices if o.unit_code not in received]),
    )  # fmt: skip
    if not offices and not communes:
        yield _("Cán bộ tiếp nhận ở xã, phường: chưa có ai.")
    for words, missing in wanted:
        if missing:
            yield words % {"offices": _named(missing)}


def _named(offices: "Sequence[agencies.NamedAgency]") -> str:
    names = ", ".join(office.name for office in offices[:FEW])
    more = len(offices) - FEW
    return _("%(names)s và %(n)d đơn vị nữa") % {"names": names, "n": more} if more > 0 else names


def _typed(what: str, words: str) -> dict[str, str]:
    return {"what": what, "command": installation.command(words), "url": ""}


def _opened(what: str, page: str) -> dict[str, str]:
    return {"what": what, "command": "", "url": reverse(page)}
