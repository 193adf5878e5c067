"""Every permission and every role, on one screen. A permission is NOUN_VERB; a role says what it is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.agencies.kinds import AgencyKind


class P(StrEnum):
    """What one may be allowed to do."""

    CASE_VIEW = "case_view"
    CASE_RECEIVE = "case_receive"
    CASE_CORRECT = "case_correct"
    CASE_CLOSE = "case_close"
    IDENTITY_OPEN = "identity_open"
    IDENTITY_WRITE = "identity_write"
    IDENTITY_ERASE = "identity_erase"
    NOTICE_TAKE = "notice_take"
    REQUEST_SEND = "request_send"
    ANSWER_RECORD = "answer_record"
    REQUEST_RECEIVE = "request_receive"
    FINDING_DRAFT = "finding_draft"
    FINDING_SIGN = "finding_sign"
    NEED_ASSESS = "need_assess"
    SUPPORT_RECORD = "support_record"
    SAFETY_KEEP = "safety_keep"
    REFERRAL_SEND = "referral_send"
    REFERRAL_ANSWER = "referral_answer"
    FIGURES_ALL = "figures_all"
    REPORT_MAKE = "report_make"
    WORK_RECORD = "work_record"
    WORK_APPROVE = "work_approve"
    RETURNS_MANAGE = "returns_manage"
    PLAN_LOAD = "plan_load"
    CALENDAR_CORRECT = "calendar_correct"
    USER_MANAGE = "user_manage"
    LOCK_LIFT = "lock_lift"
    NUMBER_CHANGE = "number_change"
    ROLE_CONFIRM = "role_confirm"
    FACTOR_RESET = "factor_reset"


@dataclass(frozen=True)
class Role:
    """What somebody does at an agency: permissions, how far they reach, and at which kinds of agency.

    `by_area` roles reach every case of the membership's area; the others only cases on whose team their
    agency stands.
    """

    key: str
    name: str | Promise
    description: str | Promise
    permissions: frozenset[P]
    kinds: frozenset[AgencyKind]
    by_area: bool = False

    @property
    def opens_identities(self) -> bool:
        """Whether who holds it may open identities."""
        return P.IDENTITY_OPEN in self.permissions

    @property
    def takes_a_second_person(self) -> bool:
        """Whether it holds only once somebody else has confirmed it: one administrator alone gives no such right."""
        return bool(self.permissions & CONFIRMED) or (self.by_area and P.CASE_VIEW in self.permissions)

    @property
    def approves_papers(self) -> bool:
        """Whether who holds it approves papers of the agency, as its head or a deputy."""
        return P.WORK_APPROVE in self.permissions

    @property
    def works_on_cases(self) -> bool:
        """Whether who holds it can do an agency's own part of a case: receive, verify, manage, shelter, support."""
        return bool(self.permissions & {P.SUPPORT_RECORD, P.REQUEST_RECEIVE})


# What one administrator alone gives nobody, and seeing the cases of a whole area: through an account of their own making
# they would have it themselves.
CONFIRMED = frozenset(
    {P.IDENTITY_OPEN, P.CASE_CLOSE, P.IDENTITY_ERASE, P.CALENDAR_CORRECT, P.USER_MANAGE, P.ROLE_CONFIRM}
)


def _role(
    key: str,
    name: str | Promise,
    description: str | Promise,
    permissions: Iterable[P],
    kinds: Iterable[AgencyKind],
    **more: Any,
) -> Role:
    return Role(key, name, description, frozenset(permissions), frozenset(kinds), **more)


_FRONT = {AgencyKind.COMMUNE, AgencyKind.POLICE_COMMUNE}
_POLICE = {AgencyKind.POLICE_DISTRICT, AgencyKind.POLICE_PROVINCE}
_CARE = {
    P.CASE_VIEW, P.IDENTITY_OPEN, P.SUPPORT_RECORD, P.SAFETY_KEEP, P.REFERRAL_ANSWER, P.WORK_RECORD,
}  # fmt: skip

ROLES = {
    role.key: role
    for role in (
        _role(
            "receiver",
            _("Cán bộ tiếp nhận"),
            _(
                "Tiếp nhận người tự đến, ghi nhu cầu và hỗ trợ ban đầu, báo Phòng LĐ-TB&XH, chuyển đến nơi lưu trú, "
                "thăm người đã trở về nơi cư trú; kết thúc hồ sơ mà đơn vị mình quản lý, "
                "hoặc đã tiếp nhận khi đơn vị quản lý không còn ai có quyền ấy."
            ),
            _CARE | {P.CASE_RECEIVE, P.CASE_CLOSE, P.IDENTITY_WRITE, P.REFERRAL_SEND},
            _FRONT,
        ),
        _role(
            "caseworker",
            _("Cán bộ quản lý hồ sơ"),
            _(
                "Nhận thông báo, tìm giấy tờ hoặc đề nghị xác minh, đánh giá nhu cầu, hỗ trợ, chuyển tuyến, "
                "ghi thay cơ quan trả lời bằng văn bản giấy, sửa sai sót và kết thúc hồ sơ."
            ),
            _CARE
            | {
                P.CASE_RECEIVE,
                P.CASE_CORRECT,
                P.CASE_CLOSE,
                P.IDENTITY_WRITE,
                P.NOTICE_TAKE,
                P.REQUEST_SEND,
                P.ANSWER_RECORD,
                P.NEED_ASSESS,
                P.REFERRAL_SEND,
            },
            {AgencyKind.LABOUR_OFFICE},
        ),
        _role(
            "investigator",
            _("Cán bộ xác minh"),
            _("Nhận công văn đề nghị, xác minh, báo cáo Công an tỉnh khi phức tạp, dự thảo kết luận."),
            {P.CASE_VIEW, P.IDENTITY_OPEN, P.REQUEST_RECEIVE, P.FINDING_DRAFT, P.SAFETY_KEEP, P.WORK_RECORD},
            _POLICE,
        ),
        _role(
            "police_head",
            _("Thủ trưởng Công an"),
            _(
                "Ký kết luận xác minh, quyết định bảo vệ, duyệt kế hoạch và báo cáo của đơn vị, xác nhận vai trò được "
                "mở danh tính và việc đặt lại bước xác thực của đơn vị."
            ),
            {
                P.CASE_VIEW,
                P.IDENTITY_OPEN,
                P.FINDING_SIGN,
                P.SAFETY_KEEP,
                P.WORK_APPROVE,
                P.ROLE_CONFIRM,
                P.FACTOR_RESET,
            },
            _POLICE,
        ),
        _role(
            "head",
            _("Thủ trưởng đơn vị"),
            _(
                "Xem hồ sơ của đơn vị, duyệt kế hoạch và báo cáo của đơn vị, quyết định bảo vệ (UBND cấp xã, Phòng "
                "LĐ-TB&XH, cơ sở lưu trú), xác nhận vai "
                "trò được mở danh tính và việc đặt lại bước xác thực của đơn vị; quyết định xóa danh tính trong hồ "
                "sơ đã kết thúc mà đơn vị quản lý."
            ),
            {P.CASE_VIEW, P.SAFETY_KEEP, P.WORK_APPROVE, P.ROLE_CONFIRM, P.FACTOR_RESET, P.IDENTITY_ERASE},
            set(AgencyKind) - _POLICE - {AgencyKind.OPERATOR},
        ),
        _role(
            "carer",
            _("Cán bộ cơ sở"),
            _("Trả lời chuyển tuyến, tiếp nhận người đến lưu trú, ghi nhu cầu và hỗ trợ tại cơ sở."),
            _CARE | {P.NEED_ASSESS, P.REFERRAL_SEND},
            {AgencyKind.SHELTER},
        ),
        _role(
            "supporter",
            _("Cán bộ cùng hỗ trợ"),
            _(
                "Xem hồ sơ mà đơn vị mình cùng hỗ trợ, không mở danh tính; ghi nguy hiểm, nhu cầu và việc hỗ "
                "trợ đã làm."
            ),
            {P.CASE_VIEW, P.SUPPORT_RECORD, P.WORK_RECORD},
            {AgencyKind.WOMENS_UNION, AgencyKind.BANK, AgencyKind.PARTNER, AgencyKind.CHILD_PROTECTION},
        ),
        _role(
            "department",
            _("Chuyên viên Sở LĐ-TB&XH, Sở Y tế"),
            _(
                "Theo dõi hồ sơ toàn tỉnh mà không mở danh tính, xem số liệu, nạp kế hoạch, mở kỳ báo cáo, nhận và tổng "
                "hợp báo cáo của các đơn vị, sửa bảng ngày nghỉ; kết thúc hồ sơ, quyết định xóa danh tính khi đơn vị "
                "quản lý và đơn vị tiếp nhận không còn ai có quyền ấy; quyết định xóa danh tính của người có hồ sơ do nhiều đơn vị quản lý."
            ),
            {
                P.CASE_VIEW,
                P.CASE_CLOSE,
                P.IDENTITY_ERASE,
                P.FIGURES_ALL,
                P.REPORT_MAKE,
                P.WORK_RECORD,
                P.RETURNS_MANAGE,
                P.PLAN_LOAD,
                P.CALENDAR_CORRECT,
            },
            {AgencyKind.LABOUR_DEPARTMENT, AgencyKind.HEALTH_DEPARTMENT},
            by_area=True,
        ),
        _role(
            "leader",
            _("Lãnh đạo tỉnh"),
            _("Xem tình hình kế hoạch và số liệu toàn tỉnh, không xem hồ sơ."),
            {P.FIGURES_ALL, P.REPORT_MAKE, P.WORK_RECORD},
            {AgencyKind.PPC, AgencyKind.STEERING},
        ),
        _role(
            "member",
            _("Cán bộ đơn vị có nhiệm vụ trong kế hoạch"),
            _(
                "Xem kế hoạch, nhiệm vụ của đơn vị và số liệu chung; ghi tiến độ, lập kế hoạch và báo cáo của đơn vị; "
                "không xem hồ sơ."
            ),
            {P.WORK_RECORD},
            set(AgencyKind) - {AgencyKind.OPERATOR},
        ),
        _role(
            "administrator",
            _("Quản trị"),
            _(
                "Lập tài khoản, giao vai trò, bỏ thời gian chờ khi nhập sai, quản lý số điện thoại trực; "
                "không xem hồ sơ và không được tự giao vai trò cho mình."
            ),
            {P.USER_MANAGE, P.LOCK_LIFT, P.NUMBER_CHANGE},
            set(AgencyKind),
        ),
    )
}
