"""How many cases can be told from all others by the columns that are not sealed; numbers only, no rows."""

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from benan.cases.models import Case, CaseQuerySet

# What somebody who knows a person may know of them, each adding to the one before.
KNOWN = (
    (_("tuổi và giới tính"), ("age_class", "sex")),
    (_("thêm xã, phường nơi tiếp nhận"), ("area_code",)),
    (_("thêm quốc tịch và nơi cư trú"), ("nationality", "residence_code")),
    (_("thêm dân tộc và hộ nghèo"), ("ethnic_code", "poor_household")),
    (_("thêm ngày đến"), ("opened_on",)),
)


def count_unique_cases() -> tuple[int, list[tuple[str, int, int]]]:
    """The number of cases; and for each entry of KNOWN, with the columns of the entries before it, its words, the number of
    cases with which no other case agrees in all of them, and that number without the class of age."""
    cases = Case.objects.unscoped(reason="counted, not shown").order_by()
    found: list[tuple[str, int, int]] = []
    columns: tuple[str, ...] = ()
    for words, more in KNOWN:
        columns += more
        found.append((str(words), _alone(cases, columns), _alone(cases, columns[1:])))
    return cases.count(), found


def _alone(cases: CaseQuerySet, columns: Sequence[str]) -> int:
    return cases.values(*columns).annotate(n=Count("pk")).filter(n=1).count()
