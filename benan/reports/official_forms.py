"""The official tables of the labour sector by year: under which circular they stand, to whom they go by when, how they are laid out.

The circulars before 2025 (Thông tư 15/2019/TT-BLĐTBXH and earlier) are known to the program by name alone, not their forms.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from benan.core.figures import Words
from benan.indicators import official
from benan.indicators.official import OfficialTable

Sum = Sequence[str]


@dataclass(frozen=True)
class Form:
    """One table as it is printed.

    `columns`: the number of each column with its heading, those of other work too; `groups`: headings over columns, from the top,
    each with the number of its first and last column. `sums`: columns that are sums of others; `counted`: what the program
    answers for, by column. `made`: the table of a year. `whole`: cells are whole numbers.
    """

    key: str
    title: Words
    first: Words
    receiver: Words
    columns: Mapping[str, Words]
    made: Callable[[int], OfficialTable]
    groups: Sequence[Sequence[tuple[Words, str, str]]] = ()
    printed: Mapping[str, str] | None = None
    sums: Mapping[str, Sum] | None = None
    lines: Mapping[str, Words] | None = None
    whole: bool = True


@dataclass(frozen=True)
class Version:
    """The forms that stand from a year on, and the circular that brought them. `due`: day and month of the year after.

    `doubt`: what was not verified of them, in brief, beside what is said of circular, receiver and day; `caveat`: the same as
    sentences. "" where nothing is doubted.
    """

    first_year: int
    last_year: int | None
    circular: Words
    forms: tuple[Form, ...]
    due: tuple[int, int] = (15, 1)
    doubt: Words = ""
    caveat: Words = ""

    def due_on(self, year: int) -> dt.date:
        """The day by which the tables of a year are received."""
        day, month = self.due
        return dt.date(year + 1, month, day)

    def doubted(self, words: Words) -> str:
        """What is said of these forms, with what was not verified of it."""
        return f"{words} ({self.doubt})" if self.doubt else str(words)


_SERVICES = [str(column) for column in range(6, 17)]
_OF_508 = {
    "1": _("Tổng số"), "2": _("Nữ"), "3": _("Từ 16 - 18 tuổi"), "4": _("Dưới 16 tuổi"), "5": _("Tổng số"),
    "6": _("Bảo vệ an toàn"), "7": _("Hỗ trợ nhu cầu thiết yếu"), "8": _("Hỗ trợ chi phí đi lại"), "9": _("Hỗ trợ y tế"),
    "10": _("Trợ giúp pháp lý"), "11": _("Hỗ trợ tâm lý"), "12": _("Hỗ trợ học văn hóa"), "13": _("Hỗ trợ học nghề"),
    "14": _("Hỗ trợ tìm việc làm"), "15": _("Trợ cấp khó khăn ban đầu"), "16": _("Hỗ trợ vay vốn"),
}  # fmt: skip
_SOURCES = (_("Trung ương"), _("Địa phương"), _("Từ các nguồn khác"))
_OF_510 = {
    "1": _("Tổng cộng"),
    "2": _("Tổng"), **dict(zip(("3", "4", "5"), _SOURCES, strict=True)),
    "6": _("Tổng"), **dict(zip(("7", "8", "9"), _SOURCES, strict=True)), **dict(zip(("10", "11", "12"), _SOURCES, strict=True)),
    "13": _("Tổng"), **dict(zip(("14", "15", "16"), _SOURCES, strict=True)),
}  # fmt: skip
_LINES = {
    "100": _("Tổng số"), "110": _("Nữ"), "121": _("Từ 0 đến dưới 6 tuổi"), "122": _("Từ 6 đến dưới 16 tuổi"),
}  # fmt: skip
_SOCIAL_EVILS, _CHILDREN = _("Cục Phòng, chống tệ nạn xã hội"), _("Cục Trẻ em")
_OF_CHILDREN = {official.CHILDREN: _("Trẻ em bị mua bán")}

VERSIONS = (
    Version(
        2025, None, _("Thông tư số 02/2025/TT-BLĐTBXH ngày 10/01/2025 của Bộ trưởng Bộ Lao động - Thương binh và Xã hội"),
        (
            Form(
                "508", _("Nạn nhân bị mua bán trở về được hưởng các dịch vụ tái hòa nhập cộng đồng"), _("Quận/huyện"),
                _SOCIAL_EVILS, _OF_508, official.table_508,
                groups=(
                    (
                        (_("Số người được tiếp nhận"), "1", "4"),
                        (_("Số lượt người được hưởng các dịch vụ hỗ trợ"), "5", "16"),
                    ),
                ),
                printed={"5": "5=(6+...+13)"}, sums={"5": _SERVICES[:8], "5_all": _SERVICES},
            ),
            Form(
                "510", _("Kinh phí phòng, chống tệ nạn xã hội"), _("Quận, huyện"), _SOCIAL_EVILS, _OF_510, official.table_510,
                groups=(
                    ((_("Kinh phí phòng, chống tệ nạn xã hội"), "1", "16"),),
                    (
                        ("", "1", "1"), (_("Kinh phí Phòng, chống mại dâm"), "2", "5"), (_("Kinh phí cai nghiện ma túy"), "6", "12"),
                        (_("Kinh phí hỗ trợ nạn nhân bị buôn bán trở về"), "13", "16"),
                    ),
                    (
                        ("", "1", "6"), (_("Kinh phí quản lý NN (Sở LĐTBXH)"), "7", "9"),
                        (_("Kinh phí hoạt động của các cơ sở cai nghiện"), "10", "12"), ("", "13", "16"),
                    ),
                ),
                sums={"13": ("14", "15", "16")}, whole=False,
            ),
            Form(
                "601", _("Trẻ em có hoàn cảnh đặc biệt"), _("Chỉ tiêu"), _CHILDREN, _OF_CHILDREN, official.table_601,
                lines=_LINES,
            ),
            Form(
                "603", _("Trẻ em có hoàn cảnh đặc biệt được chăm sóc, hỗ trợ"), _("Chỉ tiêu"), _CHILDREN, _OF_CHILDREN,
                official.table_603, lines=_LINES, whole=False,
            ),
        ),
        doubt=_("chưa kiểm chứng sau 01/03/2025"),
        caveat=_(
            "Mẫu biểu lấy theo Thông tư số 02/2025/TT-BLĐTBXH đã đọc. Bộ Lao động - Thương binh và Xã hội kết thúc hoạt động từ "
            "01/03/2025; biểu thay thế của Bộ Y tế và nơi nhận sau ngày ấy chưa tìm được. Hỏi lại mẫu biểu, nơi nhận và ngày gửi "
            "trước khi gửi."
        ),
    ),
)  # fmt: skip


def version_of(year: int) -> Version | None:
    """The forms of a year; None where they are not known."""
    return next(
        (each for each in VERSIONS if each.first_year <= year and (each.last_year is None or year <= each.last_year)),
        None,
    )


def form_of(year: int, key: str) -> tuple[Version, Form] | None:
    """One form of a year by its key, 508; None where there is none."""
    version = version_of(year)
    form = next((each for each in version.forms if each.key == key), None) if version else None
    return (version, form) if version and form else None
