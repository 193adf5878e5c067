"""Requests to erase an identity for good: one officer asks, another decides; the latest of a case counts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """A request, with its reason from a list and its paper, and what was decided.

    Words are left out: they would outlive the erasure. `across` says that the person had cases of several offices when
    it was asked, so that the request is shown on the desk of those who work by area.
    """

    class Reason(models.TextChoices):
        """Who asks that an identity be erased, or why an office does."""

        ASKED = "asked", _("Người ấy yêu cầu xóa")
        REPRESENTED = "represented", _("Người đại diện của người ấy yêu cầu xóa")
        AUTHORITY = "authority", _("Cơ quan có thẩm quyền yêu cầu xóa")
        ERROR = "error", _("Hồ sơ lập nhầm")
        KEPT_LONG = "kept_long", _("Đã hết thời hạn phải lưu giữ, theo văn bản")

    class Declined(models.TextChoices):
        """Why it is declined (Nghị định 13/2023, Điều 16 khoản 2, and what an office has to find out first)."""

        DUTY = "duty", _("Dữ liệu còn cần cho nhiệm vụ của cơ quan nhà nước")
        PENDING = "pending", _("Vụ việc hoặc vụ án còn đang được giải quyết")
        PROTECTED = "protected", _("Người ấy còn cần được bảo vệ")
        KEPT = "kept", _("Chưa hết thời hạn phải lưu giữ")
        UNPROVEN = "unproven", _("Chưa rõ người yêu cầu có quyền yêu cầu")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="erasures", verbose_name=_("hồ sơ"))
    reason = models.CharField(_("người yêu cầu, lý do"), max_length=11, choices=Reason.choices)
    received_on = models.DateField(_("ngày nhận yêu cầu"))
    paper_no = models.CharField(_("số văn bản yêu cầu"), max_length=40, blank=True)
    paper_on = models.DateField(_("ngày văn bản yêu cầu"), null=True)
    across = models.BooleanField(_("người ấy có hồ sơ của nhiều đơn vị"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người đề nghị")
    )
    asked_on = models.DateField(_("ngày đề nghị"))
    withdrawn_on = models.DateField(_("rút ngày"), null=True)
    agreed = models.BooleanField(_("đồng ý"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người quyết định")
    )
    decided_on = models.DateField(_("ngày quyết định"), null=True)
    decision_no = models.CharField(_("số văn bản quyết định"), max_length=40, blank=True)
    decision_on = models.DateField(_("ngày văn bản quyết định"), null=True)
    declined = models.CharField(_("lý do không đồng ý"), max_length=9, choices=Declined.choices, blank=True)

    class Privacy:
        public = ()
        restricted = (
            "case", "reason", "received_on", "paper_no", "paper_on", "across", "asked_by", "asked_on", "withdrawn_on", "agreed",
            "decided_by", "decided_on", "decision_no", "decision_on", "declined",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("đề nghị xóa danh tính")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(agreed=None, withdrawn_on=None), name="a_case_has_one_request_to_erase",
                violation_error_message=_("Hồ sơ này đang có một đề nghị xóa chờ quyết định."),
            ),
            models.CheckConstraint(
                name="two_people_erase_an_identity",
                condition=Q(agreed=None, decided_by=None, decided_on=None)
                | (Q(agreed__isnull=False, decided_by__isnull=False, decided_on__gte=F("asked_on")) & ~Q(decided_by=F("asked_by"))),
                violation_error_message=_("Người đề nghị xóa không tự quyết định."),
            ),
            models.CheckConstraint(
                name="what_was_withdrawn_is_not_decided",
                condition=Q(withdrawn_on=None) | Q(agreed=None),
                violation_error_message=_("Đề nghị xóa này đã được rút."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reason} {self.asked_on}"
