"""What each kind of agency is called."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import Kind

KINDS = {
    Kind.PPC: _("UBND tỉnh"),
    Kind.STEERING: _("Ban Chỉ đạo 138"),
    Kind.LABOUR_DEPARTMENT: _("Sở LĐ-TB&XH"),
    Kind.LABOUR_OFFICE: _("Phòng LĐ-TB&XH"),
    Kind.DISTRICT: _("UBND cấp huyện"),
    Kind.COMMUNE: _("UBND cấp xã"),
    Kind.POLICE_PROVINCE: _("Công an tỉnh"),
    Kind.POLICE_DISTRICT: _("Công an cấp huyện"),
    Kind.POLICE_COMMUNE: _("Công an cấp xã"),
    Kind.SHELTER: _("Cơ sở lưu trú"),
    Kind.WOMENS_UNION: _("Hội Liên hiệp Phụ nữ"),
    Kind.PROCURACY: _("Viện Kiểm sát nhân dân"),
    Kind.INFORMATION: _("Sở Thông tin và Truyền thông"),
    Kind.CHILD_PROTECTION: _("Dịch vụ bảo vệ trẻ em"),
    Kind.BANK: _("Ngân hàng Chính sách xã hội"),
    Kind.PARTNER: _("Cơ quan, đoàn thể phối hợp"),
    Kind.OUTSIDE: _("Đơn vị ngoài tỉnh"),
    Kind.OPERATOR: _("Bộ phận quản trị"),
}
