"""What is kept for papers made of returns: the templates of offices, and cells of official tables that no register has."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.plan.models import Plan


class OfficeTemplate(models.Model):
    """The .docx into which an agency's returns of a form are written from a day on; without a file, the program's own paper.

    Rows are only added: the latest of the latest day counts. The file is kept in clear, since a template says nothing about
    anybody.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("kế hoạch"))
    form = models.SlugField(_("mẫu báo cáo"), max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    since = models.DateField(_("từ ngày"))
    file = models.BinaryField(_("tệp"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người tải lên"))
    at = models.DateTimeField(_("lúc"), auto_now_add=True)

    class Privacy:
        public = ("plan", "form", "agency", "since", "file", "by", "at")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("mẫu báo cáo của đơn vị")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["plan", "form", "agency"], name="templates_of_an_office")]

    def __str__(self) -> str:
        return f"{self.form} {self.since}"


class TypedCell(models.Model):
    """A cell of an official table that somebody typed, since no register has it. The latest row of a cell counts.

    `row` is the code of a unit or of a line of the form; `value` null: what was typed is taken back.
    """

    table = models.CharField(_("biểu"), max_length=20)
    year = models.PositiveSmallIntegerField(_("năm"))
    row = models.CharField(_("dòng"), max_length=20)
    column = models.CharField(_("cột"), max_length=30)
    value = models.DecimalField(_("số"), max_digits=16, decimal_places=3, null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    at = models.DateTimeField(_("lúc"), auto_now_add=True)

    class Privacy:
        public = ("table", "year", "row", "column", "by", "at")
        restricted = ("value",)
        identifying = ()

    class Meta:
        verbose_name = _("ô ghi tay của biểu thống kê")
        ordering = ["pk"]
        indexes = [models.Index(fields=["table", "year"], name="typed_cells_of_a_table")]
        constraints = [
            models.CheckConstraint(
                name="a_typed_cell_is_not_negative", condition=Q(value=None) | Q(value__gte=0),
                violation_error_message=_("Số không được âm."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}"
