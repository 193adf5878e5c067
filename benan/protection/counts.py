"""What is counted of protection measures."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from benan.cases.counts import PERSON, by_column, of_people, of_somebody, within_period
from benan.core.counts import UNKNOWN, Count, last_known
from benan.core.figures import Question, Words, every_row
from benan.protection.models import Measure
from benan.protection.vocabulary import MEASURES
from benan.rules import vocabularies


def _kinds() -> Mapping[str, Words]:
    """Every measure that the list of the law ever had, the latest words of each."""
    keys = dict.fromkeys(entry.key for one in vocabularies.lists() if one.key == MEASURES for entry in one.entries)
    return {key: vocabularies.label(MEASURES, key) for key in keys} | {UNKNOWN: _("Chưa rõ")}


def _started(asked: Question) -> QuerySet[Measure]:
    return within_period(every_row(Measure), "started_on", asked)


def _in_force(asked: Question) -> QuerySet[Measure]:
    day = last_known(asked)
    if day is None:
        return every_row(Measure).none()
    standing = Q(ended_on=None) | Q(ended_on__gt=day)
    return every_row(Measure).filter(standing, of_somebody("case__", asked.as_of), started_on__lte=day)


_BY_MEASURE = by_column("measure", _("Biện pháp"), _kinds, "kind")
_BY_MEASURES = by_column("measure", _("Biện pháp"), _kinds, "kind", overlaps=True)
PROTECTION_COUNTS = (
    Count(
        "protection_measures_decided", _("Biện pháp bảo vệ được quyết định"), _("biện pháp"),
        (_("Tính vào ngày bắt đầu áp dụng (Nghị định 62/2012, Điều 7). Đơn vị là đơn vị quyết định."),),
        _started, "started_on", (_BY_MEASURE, *of_people()), each_row=True,
    ),
    Count(
        "persons_protected", _("Người được áp dụng biện pháp bảo vệ"), PERSON,
        (_("Người có ít nhất một biện pháp bảo vệ bắt đầu trong kỳ; mỗi người tính một lần."),),
        _started, "started_on", (_BY_MEASURES, *of_people()),
    ),
    Count(
        "persons_under_protection", _("Người đang được bảo vệ"), PERSON,
        (_("Người có ít nhất một biện pháp bảo vệ còn hiệu lực vào ngày cuối kỳ, hoặc ngày xét nếu sớm hơn."),),
        _in_force, "started_on", (_BY_MEASURES, *of_people()), at_end=True,
    ),
)  # fmt: skip
