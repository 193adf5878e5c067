"""Requests to end what one person does not end alone; `models` takes them in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EndRequest(models.Model):
    """One person asks to end the role of a head or of an administrator, or to stop their account; a second agrees."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="end_requests", verbose_name=_("cán bộ"))
    membership = models.ForeignKey(
        "accounts.Membership", models.PROTECT, null=True, related_name="+", verbose_name=_("vai trò")
    )
    until = models.DateField(_("đến hết ngày"), null=True)
    why = models.CharField(_("vì sao"), max_length=300, blank=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người đề nghị"))
    asked_at = models.DateTimeField(_("đề nghị lúc"), auto_now_add=True)
    closed_at = models.DateTimeField(_("xong lúc"), null=True)

    class Privacy:
        public = ()
        restricted = ("user", "membership", "until", "why", "asked_by", "asked_at", "closed_at")
        identifying = ()

    class Meta:
        verbose_name = _("đề nghị thôi giao")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_request_to_end_the_same",
                fields=["user", "membership"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                violation_error_message=_("Đã có một đề nghị như vậy, đang chờ người thứ hai đồng ý."),
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.membership_id or 'account'}"
