"""The templates that offices gave, by day."""

import datetime as dt

from django.db.models import Q, QuerySet

from benan.agencies.models import Agency
from benan.plan.models import Plan
from benan.reports.models import OfficeTemplate


def given(plan: Plan, form: str, agency: Agency) -> QuerySet[OfficeTemplate]:
    """The templates of an agency for a form, the one that counts last first; without their files,
    but with `own`: whether there is one."""
    rows = OfficeTemplate.objects.filter(plan=plan, form=form, agency=agency).defer("file").select_related("by")
    return rows.annotate(own=Q(file__isnull=False))


def in_force(plan: Plan, form: str, agency: Agency, on: dt.date) -> bytes | None:
    """The template that an agency uses on a day; None where it writes on the program's own paper."""
    found = given(plan, form, agency).filter(since__lte=on).values_list("file", flat=True).first()
    return bytes(found) if found else None


def has(plan: Plan, form: str, agency: Agency, on: dt.date) -> bool:
    """Whether an agency uses a template of its own on a day."""
    return in_force(plan, form, agency, on) is not None
