"""Administrative units in time, what became of them, and two short lists: peoples and countries.

Sort keys come from `core.text.sort_key` and are compared byte by byte, whatever the locale of the database.
"""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Level of a unit. Districts ended on 30/06/2025; communes hang on provinces since."""

    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã")


class Certainty(models.TextChoices):
    """How well a fact is supported; in full in data/ATTRIBUTION.md."""

    SOURCED = "sourced", _("có nguồn")
    PACKAGE = "package", _("chỉ có trong một bộ dữ liệu")
    MEMORY = "memory", _("cần xác nhận")


class UnitQuerySet(models.QuerySet):
    """Units by the day on which they are asked for."""

    def on(self, day: dt.date) -> Self:
        """The units valid on a day, each in the form it then had, in Vietnamese order."""
        return self.filter(in_force__contains=day).order_by("sort_key", "code")


class Unit(models.Model):
    """One unchanged form of a province, district or commune: a new type, name or parent is a new row.

    The parent is a code, to be read on the same day, and not a foreign key: a commune stays the same while
    its district becomes a city, so one row of a child may lie under several rows of its parent. Files keep
    a code and a day for the same reason, and rows here follow the data file (`loading.load`).
    """

    code = models.CharField(_("mã"), max_length=5)
    level = models.CharField(_("cấp"), max_length=8, choices=Level.choices)
    type = models.CharField(_("loại"), max_length=12)
    name = models.CharField(_("tên"), max_length=60)
    parent_code = models.CharField(_("mã đơn vị cấp trên"), max_length=3, blank=True)
    in_force = DateRangeField(_("từ, đến"))
    coverage_start = models.BooleanField(_("có từ trước 01/01/2016"))
    decree_in = models.CharField(_("văn bản lập"), max_length=40, blank=True)
    decree_out = models.CharField(_("văn bản kết thúc"), max_length=40, blank=True)
    lat = models.FloatField(_("vĩ độ"), null=True, blank=True)
    lon = models.FloatField(_("kinh độ"), null=True, blank=True)
    certainty = models.CharField(_("mức chắc chắn"), max_length=8, choices=Certainty.choices)
    sort_key = models.TextField(db_collation="C", editable=False)

    objects = UnitQuerySet.as_manager()

    class Privacy:
        public = (
            "code", "level", "type", "name", "parent_code", "in_force", "coverage_start", "decree_in", "decree_out",
            "lat", "lon", "certainty", "sort_key",
        )  # fmt: skip
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        ordering = ["code", "in_force"]
        constraints = [
            ExclusionConstraint(
                name="one_form_of_a_unit_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
                violation_error_message=_("Trong cùng thời gian, một mã chỉ là một đơn vị hành chính."),
            ),
            models.CheckConstraint(
                name="only_a_province_has_no_parent",
                condition=models.Q(level=Level.PROVINCE) ^ ~models.Q(parent_code=""),
                violation_error_message=_("Chỉ cấp tỉnh không có đơn vị cấp trên."),
            ),
        ]
        indexes = [models.Index(fields=["parent_code"], name="unit_by_parent")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Type and name as they stand inside a sentence, "phường Tân Phong"."""
        return f"{self.type.lower()} {self.name}"


class Succession(models.Model):
    """What a unit, or a part of it, became on the day a decree took effect.

    The old code is the unit of the day before, the new code the unit of that day; they are equal where
    only type or name changed. A part may pass while the old unit lives on.
    """

    class Share(models.TextChoices):
        """How much of the old unit passed."""

        WHOLE = "whole", _("toàn bộ")
        PART = "part", _("một phần")

    old_code = models.CharField(_("mã cũ"), max_length=5)
    new_code = models.CharField(_("mã mới"), max_length=5)
    effective_on = models.DateField(_("có hiệu lực từ ngày"))
    share = models.CharField(_("phần chuyển sang"), max_length=5, choices=Share.choices)
    decree = models.CharField(_("văn bản"), max_length=40)
    certainty = models.CharField(_("mức chắc chắn"), max_length=8, choices=Certainty.choices)

    class Privacy:
        public = ("old_code", "new_code", "effective_on", "share", "decree", "certainty")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("đơn vị kế thừa")
        ordering = ["effective_on", "old_code", "new_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["old_code", "new_code", "effective_on"],
                name="a_unit_passes_to_another_once_on_a_day",
                violation_error_message=_("Trong một ngày, một đơn vị chỉ chuyển sang một đơn vị khác một lần."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"


class Listed(models.Model):
    """An entry of a short list, in Vietnamese order."""

    code = models.CharField(_("mã"), max_length=2, primary_key=True)
    name = models.CharField(_("tên"), max_length=80)
    sort_key = models.TextField(db_collation="C", editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class EthnicGroup(Listed):
    """One of the 54 peoples of Việt Nam.

    The code is that of list 121-TCTK/PPCĐ (1979). The list of 2008 orders the peoples otherwise, so a code
    never leaves the program without the name of its list.
    """

    class Privacy:
        public = ("code", "name", "sort_key")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("dân tộc")
        ordering = ["sort_key"]


class Country(Listed):
    """A country or territory by its ISO 3166-1 code of two letters.

    `frequent` brings those that sources on trafficking from or into Việt Nam name to the top of a form; it
    says nothing about a country.
    """

    frequent = models.BooleanField(_("hay gặp"))

    class Privacy:
        public = ("code", "name", "sort_key", "frequent")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("nước, vùng lãnh thổ")
        ordering = ["sort_key"]
