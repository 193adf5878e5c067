"""How many people are alone with what is in clear of them: a figure for whoever answers for the data, and no rows."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from benan.cases.models import File

# What somebody who knows a person may know of them, each adding to the one before.
KNOWN = (
    (_("tuổi và giới tính"), ("age_class", "sex")),
    (_("thêm xã, phường nơi tiếp nhận"), ("area_code",)),
    (_("thêm quốc tịch và nơi cư trú"), ("nationality", "residence_code")),
    (_("thêm dân tộc và hộ nghèo"), ("ethnic_code", "poor_household")),
    (_("thêm ngày đến"), ("opened_on",)),
)


def measure() -> tuple[int, list[tuple[str, int, int]]]:
    """How many files there are; and for each more that is known, how many are alone with it, and how many would be if
    nothing of the birth were in clear."""
    files = File.objects.unscoped(reason="counted, not shown").order_by()
    found, columns = [], ()
    for words, more in KNOWN:
        columns += more
        found.append((str(words), _alone(files, columns), _alone(files, columns[1:])))
    return files.count(), found


def _alone(files, columns):
    return files.values(*columns).annotate(n=Count("pk")).filter(n=1).count()
