"""Requests to erase for good who somebody is: one officer asks, another decides; the latest of a file counts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """A request, with its reason from a list, and what was decided. Words are left out: they would outlive the erasure."""

    class Reason(models.TextChoices):
        """Why an identity is erased."""

        ASKED = "asked", _("Người ấy yêu cầu xóa")
        ERROR = "error", _("Hồ sơ lập nhầm")
        KEPT_LONG = "kept_long", _("Hết thời hạn phải lưu giữ")

    file = models.ForeignKey("cases.File", models.PROTECT, related_name="erasures", verbose_name=_("hồ sơ"))
    reason = models.CharField(_("lý do"), max_length=9, choices=Reason.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ai đề nghị")
    )
    asked_on = models.DateField(_("ngày đề nghị"))
    agreed = models.BooleanField(_("đồng ý"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ai quyết định")
    )
    decided_on = models.DateField(_("ngày quyết định"), null=True)

    class Privacy:
        public = ()
        restricted = ("file", "reason", "asked_by", "asked_on", "agreed", "decided_by", "decided_on")
        identifying = ()

    class Meta:
        verbose_name = _("đề nghị xóa danh tính")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(agreed=None), name="a_file_has_one_request_to_erase",
                violation_error_message=_("Hồ sơ này đang có một đề nghị xóa chờ quyết định."),
            ),
            models.CheckConstraint(
                name="two_people_erase_an_identity",
                condition=Q(agreed=None, decided_by=None, decided_on=None)
                | (Q(agreed__isnull=False, decided_by__isnull=False, decided_on__gte=F("asked_on")) & ~Q(decided_by=F("asked_by"))),
                violation_error_message=_("Người đề nghị xóa không tự quyết định."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.reason} {self.asked_on}"
