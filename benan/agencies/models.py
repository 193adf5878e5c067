"""Agencies, their names by day, and the contacts that are on call for an area."""

import datetime as dt
import re

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from benan.agencies.kinds import AgencyKind
from benan.places.models import Certainty


class Agency(models.Model):
    """An agency or association with a duty; its names are dated (`AgencyName`)."""

    key = models.SlugField(_("khóa"), max_length=60, unique=True)
    kind = models.CharField(_("loại"), max_length=30, choices=AgencyKind.choices)
    unit_code = models.CharField(_("mã đơn vị hành chính"), max_length=5, blank=True)
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("cấp trên"))
    in_force = DateRangeField(_("hoạt động"))
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", verbose_name=_("kế tiếp")
    )

    class Privacy:
        public = ("key", "kind", "unit_code", "superior", "in_force")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("cơ quan, đơn vị")
        ordering = ["key"]
        indexes = [models.Index(fields=["kind", "unit_code"], name="agency_by_kind_and_unit")]

    def __str__(self) -> str:
        return self.key


class AgencyName(models.Model):
    """What an agency is called during a time."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên"), max_length=160)
    sort_key = models.CharField(max_length=2000)
    in_force = DateRangeField(_("từ, đến"))

    class Privacy:
        public = ("agency", "name", "sort_key", "in_force")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("tên đơn vị")
        constraints = [
            ExclusionConstraint(
                name="one_name_of_an_agency_at_a_time",
                expressions=[("agency", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
                violation_error_message=_("Trong cùng thời gian, một đơn vị chỉ có một tên."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class OnCallContact(models.Model):
    """A telephone that answers, for an area, between two hours of the day, during a time.

    Without an area it answers for the whole country. The same hour twice means day and night.
    """

    class Desk(models.TextChoices):
        """Who answers."""

        LABOUR = "labour_office", _("Phòng LĐ-TB&XH")
        POLICE = "police", _("Công an")
        CHILD = "child_protection", _("Bảo vệ trẻ em")
        SHELTER = "shelter", _("Cơ sở lưu trú")
        HOTLINE = "hotline", _("Đường dây nóng")

    desk = models.CharField(_("nơi trực"), max_length=20, choices=Desk.choices)
    area_code = models.CharField(_("địa bàn"), max_length=5, blank=True, help_text=_("mã tỉnh, huyện hoặc xã"))
    label = models.CharField(_("tên nơi trực"), max_length=120)
    phone = models.CharField(_("số điện thoại"), max_length=30)
    from_hour = models.TimeField(_("từ giờ"))
    to_hour = models.TimeField(_("đến giờ"))
    in_force = DateRangeField(_("từ, đến"))
    certainty = models.CharField(_("mức chắc chắn"), max_length=8, choices=Certainty.choices, default=Certainty.SOURCED)

    class Privacy:
        public = ("desk", "area_code", "label", "phone", "from_hour", "to_hour", "in_force", "certainty")
        restricted = ()
        identifying = ()

    class Meta:
        verbose_name = _("số trực")
        ordering = ["desk", "area_code", "from_hour"]
        constraints = [
            ExclusionConstraint(
                name="a_number_is_listed_once_for_its_hours",
                expressions=[
                    ("desk", RangeOperators.EQUAL),
                    ("area_code", RangeOperators.EQUAL),
                    ("phone", RangeOperators.EQUAL),
                    ("from_hour", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Số này đã có ở địa bàn này, cùng giờ, trong cùng thời gian."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.phone}"

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return re.sub(r"[ .()-]", "", self.phone)

    @property
    def hours(self) -> str:
        """The hours between which it answers, in words."""
        if self.from_hour == self.to_hour:
            return str(_("cả ngày đêm"))
        return _("%(from)s đến %(to)s") % {"from": f"{self.from_hour:%H:%M}", "to": f"{self.to_hour:%H:%M}"}

    def answers_at(self, time: dt.time) -> bool:
        """Whether it answers at an hour of the day."""
        if self.from_hour < self.to_hour:
            return self.from_hour <= time < self.to_hour
        return time >= self.from_hour or time < self.to_hour
