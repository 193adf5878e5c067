"""What is counted of cases, and the splits and conditions that every count of cases shares.

`path` leads from a row to its case, "" where it is the case.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from benan.cases.dated import Status
from benan.cases.models import Case, Reception, Step
from benan.core.counts import UNKNOWN, Count, Split
from benan.core.figures import Question, Words, every_row
from benan.vault.ages import Age

PERSON, CASE_FILE, TIME = _("người"), _("hồ sơ"), _("lượt")
FINDINGS = {
    Status.Kind.VICTIM.value: _("Đã xác định là nạn nhân"),
    Status.Kind.NOT_VICTIM.value: _("Đã xác định không phải nạn nhân"),
    Status.Kind.PENDING.value: _("Chờ xác minh"),
    UNKNOWN: _("Không có kết luận riêng (người đi cùng)"),
}
AGES = {
    Age.UNDER_16.value: _("Dưới 16 tuổi, hoặc có thể dưới 16"),
    Age.UNDER_18.value: _("16, 17 tuổi, hoặc có thể chưa đủ 18"),
    Age.ADULT.value: _("Từ đủ 18 tuổi"),
    UNKNOWN: _("Chưa rõ tuổi"),
}


def values(choices: Any) -> Callable[[], Mapping[str, Words]]:
    """The values of a split from a mapping, or from choices, with UNKNOWN last."""
    listed = dict(choices)
    return lambda: {key: words for key, words in listed.items() if key} | {UNKNOWN: listed.get(UNKNOWN, _("Chưa rõ"))}


def by_column(
    key: str, name: Words, found: Callable[[], Mapping[str, Words]], column: str, *, overlaps: bool = False
) -> Split:
    """A split by a column that is never NULL."""
    return Split(key, name, found, lambda asked: F(column), overlaps)


def of_people(path: str = "case__") -> tuple[Split, ...]:
    """The splits of every count of people: sex, age on the day of reception, what they are in the matter, nationality, how they
    came, and what was found of them by the as-of day."""
    return (
        by_column("sex", _("Giới tính"), values(Case.Sex.choices), f"{path}sex"),
        by_column("age", _("Tuổi vào ngày tiếp nhận"), values(AGES), f"{path}age_class"),
        by_column("kind", _("Người ấy là"), values(Case.Kind.choices), f"{path}kind"),
        by_column("nationality", _("Quốc tịch"), values(Case.Nationality.choices), f"{path}nationality"),
        by_column("channel", _("Đến bằng cách nào"), values(Reception.Channel.choices), f"{path}reception__channel"),
        Split("finding", _("Kết luận"), values(FINDINGS), lambda asked: _finding(path, asked)),
    )


def of_somebody(path: str, as_of: dt.date) -> Q:
    """The condition on rows of a case that is counted on a day: neither joined to another, nor by then ended as opened by
    mistake."""
    joined = Q(**{f"{path}closing": Case.Closing.JOINED})
    return ~joined & ~Q(**{f"{path}closing": Case.Closing.ERROR, f"{path}closed_on__lte": as_of})


def within_period(rows: QuerySet[Any], day: str, asked: Question, path: str = "case__") -> QuerySet[Any]:
    """Of some rows those of a counted case whose day lies in the known days of the question."""
    return rows.filter(of_somebody(path, asked.as_of), **{f"{day}__range": asked.known})


def steps_of(event: str) -> Callable[[Question], QuerySet[Step]]:
    """`Count.rows`: the lines of the history with an event that no correction replaced."""
    # Asked of each line, where the newest is wanted; a join with all corrections would read every line.
    replaced = Exists(Step.objects.filter(corrects=OuterRef("pk")))
    return lambda asked: within_period(Step.objects.order_by().filter(~replaced, event=event), "on", asked)


def _finding(path: str, asked: Question) -> Coalesce:
    rows = Status.objects.filter(case=OuterRef(f"{path}pk"), since__lte=asked.as_of)
    rows = rows.filter(Q(until=None) | Q(until__gt=asked.as_of)).order_by()
    return Coalesce(Subquery(rows.values("status")[:1]), Value(UNKNOWN), output_field=CharField())


def _received(asked: Question) -> QuerySet[Case]:
    return within_period(every_row(Case), "opened_on", asked, "")


def _closed(asked: Question) -> QuerySet[Case]:
    # One that was opened by mistake is a case that ended all the same.
    return every_row(Case).exclude(closing=Case.Closing.JOINED).filter(closed_on__range=asked.known)


CASE_COUNTS = (
    Count(
        "persons_received", _("Người được tiếp nhận"), PERSON,
        (
            _("Tính vào ngày đến nơi tiếp nhận, gồm cả người chưa thành niên đi cùng và người thân thích."),
            _("Hồ sơ ghép vào hồ sơ khác của cùng một người và hồ sơ lập nhầm không tính. Địa bàn là xã, phường tiếp nhận; đơn vị là đơn vị tiếp nhận."),
        ),
        _received, "opened_on", of_people(""), path="", agency="reception__agency",
    ),
    Count(
        "children_reported", _("Trẻ em được báo cho cơ quan bảo vệ trẻ em"), PERSON,
        (_("Tính vào ngày báo người làm công tác bảo vệ trẻ em cấp xã hoặc Tổng đài quốc gia bảo vệ trẻ em; mỗi trẻ em tính một lần trong kỳ."),),
        steps_of("child_protection_told"), "on", of_people(),
    ),
    Count(
        "cases_closed", _("Hồ sơ kết thúc"), CASE_FILE,
        (_("Tính vào ngày kết thúc, theo lý do. Hồ sơ ghép vào hồ sơ khác không tính. Đơn vị là đơn vị chịu trách nhiệm."),),
        _closed, "closed_on",
        (
            by_column(
                "closing", _("Lý do kết thúc"),
                values([each for each in Case.Closing.choices if each[0] != Case.Closing.JOINED]), "closing",
            ),
            *of_people(""),
        ),
        path="", each_row=True,
    ),
)  # fmt: skip
