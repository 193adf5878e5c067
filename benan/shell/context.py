"""What every page carries: where one can go, who one is, whether this is a demo, and what must be known."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts import installation
from benan.accounts import queries as agencies
from benan.accounts.roles import P
from benan.audit import heads
from benan.cases import steps
from benan.core import sealing
from benan.core.days import legal_day
from benan.rules import procedures

# Places in their fixed order: URL name, words, drawing, permissions of which one will do (none: everybody), group.
PLACES = (
    ("shell:home", gettext_lazy("Bàn việc"), "desk", (), 0),
    ("cases:search", gettext_lazy("Tiếp nhận"), "intake", (P.FILE_RECEIVE,), 0),
    ("cases:list", gettext_lazy("Hồ sơ"), "case", (P.FILE_VIEW,), 0),
    ("support:referrals", gettext_lazy("Chuyển tuyến"), "refer", (P.REFERRAL_ANSWER,), 0),
    ("reports:plan", gettext_lazy("Kế hoạch"), "plan", (), 1),
    ("reports:report", gettext_lazy("Báo cáo kỳ"), "report", (P.REPORT_MAKE,), 1),
    ("rules:law", gettext_lazy("Luật và ngày nghỉ"), "law", (), 2),
    ("accounts:numbers", gettext_lazy("Số trực"), "phone", (), 2),
    ("accounts:confirmations", gettext_lazy("Xác nhận"), "key", (P.ROLE_CONFIRM, P.USER_MANAGE), 3),
    ("accounts:people", gettext_lazy("Tài khoản"), "people", (P.USER_MANAGE,), 3),
)


def shell(request):
    """Navigation, the officer's name, the legal day, and notices; nothing for strangers but the day."""
    base = {
        "demo": installation.is_demo(),
        "legal_day": legal_day(),
        "nav": [],
        "me": None,
        "notices": [],
        "can_receive": False,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return base
    return base | {
        "nav": _places(request, user),
        "me": {"name": str(user), "agency": _agency(user)},
        "notices": list(_notices()),
        "can_receive": user.may(P.FILE_RECEIVE),
    }


def _places(request, user):
    here = request.resolver_match.view_name if request.resolver_match else ""
    groups = {}
    for name, label, icon, permissions, group in PLACES:
        if not permissions or any(map(user.may, permissions)):
            item = {"url": reverse(name), "label": label, "icon": icon, "current": _leads_to(name, here), "count": 0}
            groups.setdefault(group, []).append(item)
    return list(groups.values())


def _leads_to(name, here):
    """Whether the page at hand belongs to a place: the place itself, or a page of a file under "Hồ sơ"."""
    if name == here or name == {"cases:receive": "cases:search", "reports:indicator": "reports:plan"}.get(here):
        return True
    inner = here.startswith(("cases:", "support:")) and here not in (
        "cases:search",
        "cases:receive",
        "cases:paper",
        "support:referrals",
    )
    return name == "cases:list" and inner or name == "accounts:people" and here.startswith("accounts:person")


def _agency(user):
    seat = next(iter(user.seats), None)
    return (
        agencies.names([seat.agency_id], legal_day()).get(seat.agency_id, "") if seat else _("Chưa được giao vai trò")
    )


def _notices():
    if heads.failing:
        yield _(
            "Nhật ký đang không có niêm cất ngoài cơ sở dữ liệu (ổ đĩa đầy hoặc không ghi được tệp niêm). Vẫn xem được; "
            "chưa ghi được việc nào. Báo ngay cho người quản trị máy chủ."
        )
    if not sealing.has_key():
        yield _(
            "Bản này chưa có khóa niêm phong danh tính nên chưa tiếp nhận được ai. Người quản trị chạy lệnh init_key."
        )
    if procedures.to_begin(steps.PROCEDURE, legal_day()).notice:
        yield _(
            "Chương trình chưa có thủ tục của ngày hôm nay. Người đến vẫn được tiếp nhận, hỏi nguy hiểm, nhu cầu và ghi chăm sóc; "
            "việc và hạn theo luật hôm nay chưa tính được. Hồ sơ đã bắt đầu theo luật trước vẫn làm tiếp và kết thúc theo luật ấy."
        )
