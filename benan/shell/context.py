"""What every page carries: where one can go, who one is, whether this is a demo, and what must be known."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import installation
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.audit import heads
from benan.core import sealing
from benan.core.days import legal_day
from benan.core.navigation import PLACES, place_of
from benan.rules import procedures
from benan.shell import explanations


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows: nav (groups of {url, label, icon, current, on_phone}), phone_nav (four of them at
    most), me, notices, the explanation of the page, and addresses.

    Strangers get the legal day, whether this is a demo, and the address of the desk and of the search.
    """
    base = {
        "demo": installation.is_demo(),
        "legal_day": legal_day(),
        "nav": [],
        "phone_nav": [],
        "me": None,
        "notices": [],
        "home_url": reverse("shell:home"),
        "find_url": reverse("cases:find"),
        "receive_url": "",
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return base
    nav = _places(request, user)
    return base | {
        "nav": nav,
        "phone_nav": _phone_places(nav),
        "me": {
            "name": str(user),
            "agency": _agency(user),
            "account_url": reverse("mfa_index"),
            "sign_out_url": reverse("account_logout"),
        },
        "notices": list(_notices()),
        "explanation": explanations.unread(request, user),
        "receive_url": reverse("cases:search") if user.may(P.CASE_RECEIVE) else "",
    }


def _places(request: HttpRequest, user: User) -> list[list[dict[str, Any]]]:
    here = place_of(request.resolver_match.view_name) if request.resolver_match else ""
    groups: dict[int, list[dict[str, Any]]] = {}
    for place in sorted(PLACES, key=lambda each: each.place):
        if not place.permissions or any(map(user.may, place.permissions)):
            item = {
                "url": reverse(place.page),
                "label": place.label,
                "icon": place.icon,
                "current": place.page == here,
                "on_phone": place.on_phone,
            }
            groups.setdefault(place.group, []).append(item)
    return list(groups.values())


def _phone_places(nav: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    places = [item for group in nav for item in group if item["on_phone"]]
    return sorted(places, key=lambda item: item["on_phone"])[:4]


def _agency(user: User) -> str:
    seat = next(iter(user.seats), None)
    return (
        agencies.names([seat.agency_id], legal_day()).get(seat.agency_id, "") if seat else _("Chưa được giao vai trò")
    )


def _notices() -> Iterator[str]:
    if heads.failing:
        yield _(
            "Hiện không lưu được mã kiểm tra của nhật ký ra ngoài cơ sở dữ liệu (ổ đĩa đầy hoặc không "
            "ghi được tệp mã kiểm tra). Vẫn xem được "
            "hồ sơ nhưng chưa ghi được việc nào. Báo ngay cho người quản trị máy chủ."
        )
    if not sealing.has_key():
        yield _(
            "Bản cài đặt này chưa có khóa mã hóa danh tính nên chưa tiếp nhận được ai. Người quản trị "
            "chạy lệnh init_key."
        )
    if not procedures.is_covered(legal_day()):
        yield _(
            "Chương trình chưa có thủ tục của ngày hôm nay. Người đến vẫn được tiếp nhận, hỏi nguy hiểm, "
            "nhu cầu và ghi chăm sóc; "
            "việc và hạn theo luật hôm nay chưa tính được. Hồ sơ đã bắt đầu theo luật trước vẫn làm tiếp "
            "và kết thúc theo luật ấy."
        )
