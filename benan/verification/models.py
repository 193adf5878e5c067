"""What was found of whether a person is a victim."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.cases.models import Case, Step


class Finding(models.Model):
    """The answer to whether a person is a victim: an existing paper, or an authority's finding.

    Drafted by an officer, in force once a head signed it (or, for an office that answers on paper, once the
    paper is recorded). Never edited afterwards: a later one replaces it and both remain. A draft that the head returned waits
    for its author, who writes another; `returned` is the line of the history that says so.
    """

    class Outcome(models.TextChoices):
        """What was found; a negative outcome is a normal one."""

        VICTIM = "victim", _("Là nạn nhân")
        NOT_VICTIM = "not_victim", _("Không phải nạn nhân")

    class Basis(models.TextChoices):
        """What it rests on: one of the four kinds of paper (Luật 66/2011, Điều 28), or a written answer."""

        DISTRICT_POLICE = "district_police", _("Giấy xác nhận của Công an cấp huyện (khoản 1)")
        RESCUER = "rescuer", _("Giấy xác nhận của cơ quan giải cứu (khoản 2)")
        PROCEEDINGS = "proceedings", _("Giấy xác nhận của cơ quan điều tra, Viện kiểm sát, Tòa án (khoản 3)")
        FOREIGN = "foreign", _("Giấy tờ của cơ quan nước ngoài đã hợp pháp hóa lãnh sự (khoản 4)")
        ANSWER = "answer", _("Văn bản trả lời xác minh")

    case = models.ForeignKey(Case, models.PROTECT, related_name="findings", verbose_name=_("hồ sơ"))
    outcome = models.CharField(_("kết luận"), max_length=10, choices=Outcome.choices)
    basis = models.CharField(_("dựa trên"), max_length=16, choices=Basis.choices)
    grounds = ArrayField(models.CharField(max_length=30), verbose_name=_("căn cứ xác định"), default=list, blank=True)
    sources = ArrayField(
        models.CharField(max_length=30), verbose_name=_("nguồn tài liệu, chứng cứ"), default=list, blank=True
    )
    reasons = models.BinaryField(_("lập luận hạn chế tiếp cận"), null=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan kết luận"))
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người dự thảo"))
    drafted_at = models.DateTimeField(_("dự thảo lúc"), auto_now_add=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("người ký"))
    on = models.DateField(_("ngày kết luận"), null=True)
    answer_no = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    certificate_no = models.CharField(_("số giấy xác nhận"), max_length=60, blank=True)
    certificate_on = models.DateField(_("ngày giấy xác nhận"), null=True)
    issuer = models.CharField(_("cơ quan cấp giấy"), max_length=15, blank=True)
    replaced_on = models.DateField(_("được thay ngày"), null=True)
    withdrawn = models.BooleanField(_("dự thảo đã rút"), default=False)
    returned = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+", verbose_name=_("trả lại để sửa"))

    class Privacy:
        public = ()
        restricted = (
            "case", "outcome", "basis", "grounds", "sources", "agency", "drafted_by", "drafted_at", "signed_by", "on",
            "answer_no", "certificate_no", "certificate_on", "issuer", "replaced_on", "withdrawn",
            "returned",
        )  # fmt: skip
        identifying = ("reasons",)

    class Meta:
        verbose_name = _("kết luận")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(on=None, withdrawn=False), name="a_case_has_one_finding_in_draft",
                violation_error_message=_("Hồ sơ này đang có một dự thảo kết luận chờ ký."),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(on__isnull=False, replaced_on=None), name="a_case_has_one_finding_in_force",
            ),
            models.CheckConstraint(
                name="a_victim_has_a_certificate_by_number_and_day",
                condition=~Q(outcome="victim") | Q(on=None) | (~Q(certificate_no="") & Q(certificate_on__isnull=False)),
                violation_error_message=_("Kết luận là nạn nhân cần số và ngày của giấy xác nhận."),
            ),
            models.CheckConstraint(
                name="a_certificate_is_not_later_than_its_finding",
                condition=Q(on=None) | Q(certificate_on=None) | Q(certificate_on__lte=F("on")),
                violation_error_message=_("Ngày giấy xác nhận không thể sau ngày ghi nhận kết luận."),
            ),
            models.CheckConstraint(
                name="a_returned_draft_is_not_signed", condition=Q(returned=None) | Q(on=None),
                violation_error_message=_("Dự thảo đã trả lại để sửa thì không ký."),
            ),
            models.CheckConstraint(
                name="a_finding_is_replaced_after_it_was_made",
                condition=Q(replaced_on=None) | Q(replaced_on__gte=F("on")),
                violation_error_message=_("Kết luận sau không thể có ngày trước kết luận mà nó thay."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["on"], condition=Q(on__isnull=False, withdrawn=False), name="findings_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.on}"

    @property
    def decided_on(self) -> dt.date:
        """The day from which a finding holds; a draft has none. Raises ValueError for a draft."""
        if self.on is None:
            raise ValueError("a draft has no day")
        return self.on
