"""Requests to end what one person does not end alone; `models` takes them in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.reasons import Reason


class EndRequest(models.Model):
    """One person asks to end the role of a head or of an administrator, or to stop their account; a second agrees."""

    class Outcome(models.TextChoices):
        """How it was closed."""

        AGREED = "agreed", _("đã đồng ý")
        DECLINED = "declined", _("không đồng ý")
        WITHDRAWN = "withdrawn", _("đã rút")

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="end_requests", verbose_name=_("cán bộ"))
    membership = models.ForeignKey(
        "accounts.Membership", models.PROTECT, null=True, related_name="+", verbose_name=_("vai trò")
    )
    until = models.DateField(_("đến hết ngày"), null=True)
    # Older rows carry typed words.
    why = models.CharField(_("vì sao"), max_length=300, blank=True, choices=Reason.choices)
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="asked_ends", verbose_name=_("người đề nghị")
    )
    asked_at = models.DateTimeField(_("đề nghị lúc"), auto_now_add=True)
    closed_at = models.DateTimeField(_("xong lúc"), null=True)
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("người trả lời")
    )
    outcome = models.CharField(_("trả lời"), max_length=10, blank=True, choices=Outcome.choices)

    class Privacy:
        public = ()
        restricted = (
            "user", "membership", "until", "why", "asked_by", "asked_at", "closed_at", "closed_by", "outcome",
        )  # fmt: skip
        identifying = ()

    class Meta:
        verbose_name = _("đề nghị thu hồi vai trò")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_request_to_end_the_same",
                fields=["user", "membership"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                violation_error_message=_("Đã có một đề nghị như vậy, đang chờ người thứ hai đồng ý."),
            ),
            models.CheckConstraint(
                name="a_request_is_not_answered_by_its_subject",
                condition=Q(closed_by=None) | ~Q(closed_by=models.F("user")),
                violation_error_message=_("Không được tự trả lời đề nghị về chính mình."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.membership_id or 'account'}"
