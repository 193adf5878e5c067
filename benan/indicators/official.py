"""The victims' cells of the official tables of the labour sector (Thông tư 04/2024, 02/2025/TT-BLĐTBXH): calendar years from
2025 on, sent by 15 January.

A cell is a number, a share, or None where no register has it, so that somebody types it. Rows are the districts of the last
known day of the year, communes where there are none (from 01/07/2025), and what lies in none of them, if anything does.
A victim is somebody whom a finding says to be one on the as-of day; age is that of the day of reception.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from benan.cases.models import Case
from benan.core.counts import COUNTS, Count
from benan.core.figures import Question, Words, question
from benan.indicators import counts
from benan.indicators.counts import Combination, Number
from benan.places import lying
from benan.vault.ages import Age
from benan.verification.models import Finding

VICTIM = Finding.Outcome.VICTIM.value
Numbers: TypeAlias = Mapping[str, Number]  # by key of count


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None where nobody counts ("không phát sinh")."""
        return 100 * self.numerator / self.denominator if self.denominator else None


Cell: TypeAlias = int | Share | None


@dataclass(frozen=True)
class OfficialTable:
    """One table. `rows`: the code of a unit, lying.ELSEWHERE, or the code of a line of the form → the cells by column."""

    number: str
    title: Words
    unit: Words
    columns: Mapping[str, Words]
    rows: Mapping[str, Mapping[str, Cell]]
    total: Mapping[str, Cell]
    notes: tuple[Words, ...] = ()


# Columns of Biểu 508 that count supports given, each with the kind of support.
_SUPPORTS = {
    "7": "essential", "8": "travel", "9": "medical", "10": "legal", "11": "psychological", "12": "schooling",
    "13": "vocational", "14": "job", "15": "initial_allowance", "16": "loan",
}  # fmt: skip
_SERVICES = ["6", *_SUPPORTS]
COLUMNS_508: Mapping[str, Words] = {
    "1": _("Số người được tiếp nhận: tổng số"),
    "2": _("Số người được tiếp nhận: nữ"),
    "3": _("Số người được tiếp nhận: từ 16 - 18 tuổi"),
    "4": _("Số người được tiếp nhận: dưới 16 tuổi"),
    "5": _("Số lượt người được hưởng các dịch vụ hỗ trợ: tổng số 5=(6+...+13)"),
    "5_all": _("Tổng số lượt của cả các cột 6 đến 16"),
    "6": _("Bảo vệ an toàn"),
    "7": _("Hỗ trợ nhu cầu thiết yếu"),
    "8": _("Hỗ trợ chi phí đi lại"),
    "9": _("Hỗ trợ y tế"),
    "10": _("Trợ giúp pháp lý"),
    "11": _("Hỗ trợ tâm lý"),
    "12": _("Hỗ trợ học văn hóa"),
    "13": _("Hỗ trợ học nghề"),
    "14": _("Hỗ trợ tìm việc làm"),
    "15": _("Trợ cấp khó khăn ban đầu"),
    "16": _("Hỗ trợ vay vốn"),
}
COLUMNS_510: Mapping[str, Words] = {
    "13": _("Kinh phí hỗ trợ nạn nhân bị buôn bán trở về: tổng số"),
    "14": _("Kinh phí hỗ trợ nạn nhân bị buôn bán trở về: trung ương"),
    "15": _("Kinh phí hỗ trợ nạn nhân bị buôn bán trở về: địa phương"),
    "16": _("Kinh phí hỗ trợ nạn nhân bị buôn bán trở về: các nguồn khác"),
}
CHILDREN = "trafficked_children"
COLUMNS_601: Mapping[str, Words] = {CHILDREN: _("Trẻ em bị mua bán")}
# Lines of the tables of children: in all, female, 0 to under 6, 6 to under 16.
LINES_601 = ("100", "110", "121", "122")
_CHILDREN_READ = _(
    "Cột này đếm trẻ em dưới 16 tuổi được tiếp nhận trong năm đã được xác định là nạn nhân: là cách hiểu của chương trình, vì chưa "
    "tìm được hướng dẫn ghi biểu này."
)
_AGE_UNKNOWN = _(
    "Chương trình chỉ giữ nhóm tuổi dưới 16 vào ngày tiếp nhận, nên dòng 121 và 122 do người lập biểu ghi."
)

_OF_508: Mapping[str, tuple[Combination, ...]] = {
    "persons_received": (("finding",), ("finding", "sex"), ("finding", "age")),
    "protection_measures_decided": (("finding",),),
    "supports_given": (("finding", "service"),),
}
_OF_RATE: tuple[Combination, ...] = tuple(
    (*first, *each) for first in (("finding",), ("finding", "listed")) for each in ((), ("sex",), ("age",))
)
_OF_CHILDREN: tuple[Combination, ...] = (("finding", "age"), ("finding", "age", "sex"))


def asked_of(year: int, as_of: dt.date | None = None) -> Question:
    """The question of a year, by default judged on its last day, or today."""
    return question(dt.date(year, 1, 1), dt.date(year, 12, 31), as_of)


def row_508(found: Numbers) -> dict[str, Cell]:
    """The cells of Biểu 508 for one unit, or for all; `found` has the counts of `_OF_508`.

    Column 5 is printed as the form has it, and by its side the sum of all columns of services.
    """
    received = found["persons_received"]
    supports = {column: found["supports_given"].of(finding=VICTIM, service=key) for column, key in _SUPPORTS.items()}
    services = {"6": found["protection_measures_decided"].of(finding=VICTIM)} | supports
    return {
        "1": received.of(finding=VICTIM),
        "2": received.of(finding=VICTIM, sex=Case.Sex.FEMALE.value),
        "3": received.of(finding=VICTIM, age=Age.UNDER_18.value),
        "4": received.of(finding=VICTIM, age=Age.UNDER_16.value),
        "5": sum(services[str(column)] for column in range(6, 14)),
        "5_all": sum(services.values()),
        **services,
    }


def table_508(year: int, as_of: dt.date | None = None) -> OfficialTable:
    """Biểu 508/PCTNXH-Sở of a year."""
    combinations = {each for combined in _OF_508.values() for each in combined}
    rows = _rows(_counts(_OF_508), asked_of(year, as_of), combinations, row_508)
    return OfficialTable(
        "508/PCTNXH-Sở",
        _("Nạn nhân bị mua bán trở về được hưởng các dịch vụ tái hòa nhập cộng đồng"),
        _("người"),
        COLUMNS_508,
        rows,
        _sum(rows.values()),
        (
            _("Biểu in sẵn công thức 5=(6+...+13) dù có đến cột 16; tổng của cả các cột 6 đến 16 ghi bên cạnh."),
            _(
                "Cách đếm sau đây là cách hiểu của chương trình, vì chưa tìm được hướng dẫn ghi biểu này. Cột 1 đến 4: chỉ người được "
                "tiếp nhận trong năm đã được xác định là nạn nhân. Cột 6 đến 16: của những người ấy, mỗi lần hỗ trợ là một lượt. Trợ "
                "giúp pháp lý gồm cả hỗ trợ làm giấy tờ; phiên dịch và gọi người thân không có cột trong biểu này."
            ),
        ),
    )  # fmt: skip


def rate_508(found: Numbers, **values: str) -> Share:
    """Indicator 508 (Thông tư 04/2024): victims given at least one service in the year, of the victims received in it; `values`:
    of one sex or age. `found` is of `numbers_of_rate`."""
    given = found["persons_supported"].of(finding=VICTIM, listed="yes", **values)
    return Share(given, found["persons_received"].of(finding=VICTIM, **values))


def numbers_of_rate(asked: Question) -> Numbers:
    """The counts of indicator 508 for a question: in all, by sex and by age."""
    return counts.numbers(_counts(("persons_received", "persons_supported")), asked, _OF_RATE)


def table_510(year: int, as_of: dt.date | None = None) -> OfficialTable:
    """Columns 13 to 16 of Biểu 510/PCTNXH-Sở, in million đồng: to be typed, since what was paid has no source of money."""
    nothing: Mapping[str, Cell] = dict.fromkeys(COLUMNS_510)
    units = lying.on(asked_of(year, as_of).known[1]).units
    return OfficialTable(
        "510/PCTNXH-Sở",
        _("Kinh phí phòng, chống tệ nạn xã hội"),
        _("triệu đồng"),
        COLUMNS_510,
        dict.fromkeys(units, nothing),
        nothing,
        (_("Khoản hỗ trợ ghi trong hồ sơ chưa có nguồn kinh phí, nên các cột này do người lập biểu ghi."),),
    )


def table_601(year: int, as_of: dt.date | None = None) -> OfficialTable:
    """The column "Trẻ em bị mua bán" of Biểu 601-602/TE-Sở: victims received in the year who were under 16."""
    received = counts.numbers(_counts(("persons_received",)), asked_of(year, as_of), _OF_CHILDREN)["persons_received"]
    return _children(
        "601-602/TE-Sở", _("Trẻ em có hoàn cảnh đặc biệt"), _("người"), lambda sex: _under_16(received, sex)
    )


def table_603(year: int, as_of: dt.date | None = None) -> OfficialTable:
    """The same column of Biểu 603/TE-Sở: the share of them who were supported by the as-of day."""
    wanted = ("persons_received", "persons_received_and_supported")
    found = counts.numbers(_counts(wanted), asked_of(year, as_of), _OF_CHILDREN)
    received, supported = (found[key] for key in wanted)
    return _children(
        "603/TE-Sở",
        _("Trẻ em có hoàn cảnh đặc biệt được chăm sóc, hỗ trợ"),
        "%",
        lambda sex: Share(_under_16(supported, sex), _under_16(received, sex)),
    )


def _children(number: str, title: Words, unit: Words, cell: Callable[[str], Cell]) -> OfficialTable:
    cells: dict[str, Cell] = {"100": cell(""), "110": cell(Case.Sex.FEMALE.value)}
    rows = {line: {CHILDREN: cells.get(line)} for line in LINES_601}
    return OfficialTable(number, title, unit, COLUMNS_601, rows, rows["100"], (_CHILDREN_READ, _AGE_UNKNOWN))


def _under_16(number: Number, sex: str) -> int:
    values = {"finding": VICTIM, "age": Age.UNDER_16.value}
    return number.of(**values, sex=sex) if sex else number.of(**values)


def _counts(keys: Iterable[str]) -> list[Count]:
    return [count for count in COUNTS if count.key in keys]


def _rows(
    wanted: Iterable[Count],
    asked: Question,
    combinations: Iterable[Combination],
    row: Callable[[Numbers], dict[str, Cell]],
) -> dict[str, dict[str, Cell]]:
    """A row for each unit, and for what lies in none where it is not empty."""
    found = {unit: row(numbers) for unit, numbers in counts.by_district(wanted, asked, combinations).items()}
    if not any(found[lying.ELSEWHERE].values()):
        del found[lying.ELSEWHERE]
    return found


def _sum(rows: Iterable[Mapping[str, Cell]]) -> dict[str, Cell]:
    total: dict[str, Cell] = {}
    for row in rows:
        for column, cell in row.items():
            before = total.get(column, 0)
            total[column] = before + cell if isinstance(before, int) and isinstance(cell, int) else None
    return total
