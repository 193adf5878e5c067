"""Kinds of agency, as the plan and the law name them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgencyKind(TextChoices):
    """What an agency is."""

    PPC = "ppc", _("UBND tỉnh")
    STEERING = "bcd138", _("Ban Chỉ đạo 138")
    LABOUR_DEPARTMENT = "labour_department", _("Sở LĐ-TB&XH")
    LABOUR_OFFICE = "labour_office", _("Phòng LĐ-TB&XH")
    DISTRICT = "district", _("UBND cấp huyện")
    COMMUNE = "commune", _("UBND cấp xã")
    POLICE_PROVINCE = "police_province", _("Công an tỉnh")
    POLICE_DISTRICT = "police_district", _("Công an cấp huyện")
    POLICE_COMMUNE = "police_commune", _("Công an cấp xã")
    SHELTER = "shelter", _("Cơ sở lưu trú")
    WOMENS_UNION = "womens_union", _("Hội Liên hiệp Phụ nữ")
    PROCURACY = "procuracy", _("Viện Kiểm sát nhân dân")
    HEALTH_DEPARTMENT = "health_department", _("Sở Y tế")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    INFORMATION = "information_department", _("Sở Thông tin và Truyền thông")
    CHILD_PROTECTION = "child_protection", _("Dịch vụ bảo vệ trẻ em")
    BANK = "social_bank", _("Ngân hàng Chính sách xã hội")
    PARTNER = "partner", _("Cơ quan, đoàn thể phối hợp")
    OUTSIDE = "outside", _("Đơn vị ngoài tỉnh")
    OPERATOR = "operator", _("Bộ phận quản trị")
