"""The fields that an office may use in its own template of a report, what each means, and what a return puts in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from benan.accounts import installation
from benan.core.days import legal_day, show
from benan.core.figures import Words
from benan.plan.indicators import letter_of
from benan.plan.models import Plan
from benan.reports import issuers
from benan.reports.content import CellContent, Content, IndicatorContent, LineContent, SectionContent, UnitContent
from benan.reports.models import DENOMINATOR, NUMERATOR
from benan.reports.numbers import NONE, NOT_FILLED, fraction, said, share
from benan.reports.return_document import DEMO


@dataclass(frozen=True)
class Text:
    """A field that is written out."""

    meaning: Words
    example: str


@dataclass(frozen=True)
class Listed:
    """A field that one loops over; `most`: about how many there may be."""

    meaning: Words
    item: "Shape"
    most: int


@dataclass(frozen=True)
class Record:
    """A field with fields of its own."""

    meaning: Words
    fields: Mapping[str, "Shape"]


Shape: TypeAlias = Text | Listed | Record

_NUMBERS = {
    "so": Text(_("số của kỳ này"), "28"),
    "ky_truoc": Text(_("số của kỳ trước, trống nếu không có"), "20"),
    "cung_ky": Text(_("số cùng kỳ năm trước, trống nếu không có"), "17"),
}
_LINE = {
    "ten": Text(_("tên dòng số liệu, hoặc tên nhóm"), "Người được tiếp nhận"),
    "don_vi_tinh": Text(_("đơn vị tính"), "người"),
    **_NUMBERS,
}
_DETAILED = Record(
    _("một dòng"),
    _LINE
    | {
        "la_nhom": Text(_("“x” nếu là nhóm của dòng trên, trống nếu là dòng chính"), ""),
        "giai_trinh": Text(_("vì sao khác số chương trình đếm"), ""),
    },
)
_INDICATOR = {
    "so": Text(_("chữ của chỉ tiêu trong kế hoạch"), "a"),
    "noi_dung": Text(_("nguyên văn chỉ tiêu"), "100% số trường hợp được tiếp nhận"),
    "tu_so": Text(_("số người đã đạt"), "22"),
    "mau_so": Text(_("trên tổng số người"), "28"),
    "ty_le": Text(_("tỷ lệ, hoặc không phát sinh"), "78,6%"),
    "muc_phai_dat": Text(_("mức phải đạt"), "100%"),
    "ket_qua": Text(_("đạt, chưa đạt hoặc không phát sinh"), "chưa đạt"),
    "qua_han": Text(_("số người được giải quyết quá hạn"), "3"),
    "trong_han": Text(_("số người còn trong thời hạn, chưa tính"), "6"),
}
_SECTION = {
    "ten": Text(_("tên phần"), "Công tác chỉ đạo triển khai"),
    "loi_van": Text(_("lời văn của phần"), "UBND huyện đã ban hành kế hoạch."),
}


def fields(plan: Plan, form: str) -> Mapping[str, Shape]:
    """Every field of the templates for a form of a plan, by name."""
    stated = form_of(plan, form)
    lines = {name_of(line["key"]): str(line["name"]) for line in stated.get("lines", ())}
    sections = {name_of(each["key"]): str(each["heading"]) for each in stated.get("sections", ())}
    numbers = plan.clauses.exclude(measure="").order_by("order").values_list("number", flat=True)
    letters = {letter: _("chỉ tiêu %s") % letter for letter in map(_letter, numbers)}
    detailed = Listed(_("mọi dòng số liệu và nhóm, theo thứ tự của mẫu"), _DETAILED, 80)
    unit: dict[str, Shape] = {
        "ten": Text(_("tên đơn vị"), "UBND huyện Trảng Bom"),
        "tinh_trang": Text(_("tình trạng báo cáo"), "đã nhận"),
        "ngay_nop": Text(_("ngày nộp"), "09/11/2017"),
        "so_lieu": Record(_("số của đơn vị"), {key: Text(name, "28") for key, name in lines.items()}),
        "chi_tieu": Record(_("tử số trên mẫu số"), {key: Text(name, "22/28") for key, name in letters.items()}),
    }
    return {
        "so_van_ban": Text(_("số, ký hiệu; để dấu chấm khi chưa ghi"), "45/BC-UBND"),
        "ngay_van_ban": Text(_("địa danh và ngày văn bản"), "Trảng Bom, ngày 10 tháng 11 năm 2017"),
        "co_quan": Text(_("cơ quan báo cáo"), "Ủy ban nhân dân huyện Trảng Bom"),
        "co_quan_cap_tren": Text(_("cơ quan cấp trên; trống nếu không ghi, dấu chấm nếu chưa rõ"), ""),
        "trich_yeu": Text(_("trích yếu"), "Kết quả thực hiện Kế hoạch năm 2017"),
        "so_ke_hoach": Text(_("số kế hoạch"), "12089/KH-UBND"),
        "ten_ke_hoach": Text(_("tên kế hoạch"), "Kế hoạch thực hiện Đề án"),
        "ky": Text(_("kỳ báo cáo"), "năm 2017"),
        "tu_ngay": Text(_("ngày đầu của số liệu"), "01/11/2016"),
        "den_ngay": Text(_("ngày cuối của số liệu"), "31/10/2017"),
        "xet_den": Text(_("xét đến hết ngày"), "31/10/2017"),
        "du_lieu_gia_lap": Text(_("câu nói đây là bản trình diễn, trống ở bản thật"), DEMO),
        "nguoi_ky": Text(_("họ tên người duyệt; trống khi chưa nộp, hoặc chưa rõ ký với tư cách nào"), "Nguyễn Văn An"),
        "chuc_vu_ky": Listed(_("các dòng của thể thức ký"), Text(_("một dòng"), "CHỦ TỊCH"), 3),
        "noi_nhan": Listed(_("các nơi nhận"), Text(_("một nơi nhận"), "UBND tỉnh"), 20),
        "chi_tieu": Record(
            _("từng chỉ tiêu"), {letter: Record(name, _INDICATOR) for letter, name in letters.items()}
        ),
        "cac_chi_tieu": Listed(_("mọi chỉ tiêu"), Record(_("một chỉ tiêu"), _INDICATOR), 20),
        "so_lieu": Record(_("từng dòng số liệu"), {key: Record(name, _LINE) for key, name in lines.items()}),
        "dong_so_lieu": detailed,
        "phan": Record(_("từng phần lời văn"), {key: Record(name, _SECTION) for key, name in sections.items()}),
        "cac_phan": Listed(
            _("mọi phần, với các dòng số liệu của phần"),
            Record(_("một phần"), _SECTION | {"dong_so_lieu": Listed(detailed.meaning, _DETAILED, 20)}),
            15,
        ),
        "cac_don_vi": Listed(
            _("các đơn vị của báo cáo tổng hợp; báo cáo của một đơn vị không có"), Record(_("một đơn vị"), unit), 200
        ),
        "chua_bao_cao": Listed(_("các đơn vị chưa báo cáo"), Text(_("tên đơn vị"), "UBND huyện Tân Phú"), 200),
        "chenh_lech": Listed(
            _("chênh lệch với số liệu của chương trình"),
            Record(
                _("một chênh lệch"),
                {
                    "noi_dung": Text(_("số liệu nào"), "Người được tiếp nhận"),
                    "don_vi": Text(_("đơn vị nào"), "UBND huyện Trảng Bom"),
                    "bao_cao": Text(_("số trong báo cáo"), "28"),
                    "chuong_trinh": Text(_("số của chương trình"), "29"),
                    "giai_thich": Text(_("lý do"), "tiếp nhận sau khi nộp"),
                },
            ),
            100,
        ),
    }  # fmt: skip


def sample(shape: Shape) -> Any:
    """An example of what a field holds: two items of each list."""
    if isinstance(shape, Text):
        return shape.example
    if isinstance(shape, Listed):
        return [sample(shape.item), sample(shape.item)]
    return {name: sample(each) for name, each in shape.fields.items()}


def form_of(plan: Plan, form: str) -> Mapping[str, Any]:
    """A form of a plan by its key; {} where the plan has none of that key."""
    forms = plan.forms.values() if isinstance(plan.forms, dict) else plan.forms
    return next((each for each in forms if each["key"] == form), {})


def values(content: Content, fields: Mapping[str, Shape]) -> dict[str, Any]:
    """What a return puts in the fields, "" or nothing where it has no such figure."""
    found = _values(content)
    return {name: _completed(shape, found.get(name)) for name, shape in fields.items()}


def _completed(shape: Shape, value: Any) -> Any:
    """A value with every field of its shape."""
    if isinstance(shape, Text):
        return value or ""
    if isinstance(shape, Listed):
        return [_completed(shape.item, each) for each in value or ()]
    return {name: _completed(each, (value or {}).get(name)) for name, each in shape.fields.items()}


def _values(content: Content) -> dict[str, Any]:
    day = content.paper_on or legal_day()
    head = issuers.letterhead(content.ret.agency, day)
    lines = [line for section in content.sections for line in section.lines]
    return {
        "so_van_ban": head.number(content.paper_no),
        "ngay_van_ban": issuers.place_and_day(head.place, content.paper_on, day.year),
        "co_quan": head.agency,
        "co_quan_cap_tren": head.superior,
        "trich_yeu": content.title,
        "so_ke_hoach": content.plan.number,
        "ten_ke_hoach": content.plan.title,
        "ky": content.period_name,
        "tu_ngay": show(content.first),
        "den_ngay": show(content.last),
        "xet_den": show(content.as_of),
        "du_lieu_gia_lap": DEMO if installation.is_demo() else "",
        "nguoi_ky": content.signer,
        "chuc_vu_ky": list(head.signature(content.post)),
        "noi_nhan": list(content.recipients),
        "chi_tieu": {_letter(each.number): _indicator(each) for each in content.indicators},
        "cac_chi_tieu": [_indicator(each) for each in content.indicators],
        "so_lieu": {name_of(line.key): _line(line, line.whole) for line in lines},
        "dong_so_lieu": _detailed(lines),
        "phan": {name_of(section.key): _section(section) for section in content.sections},
        "cac_phan": [_section(section) | {"dong_so_lieu": _detailed(section.lines)} for section in content.sections],
        "cac_don_vi": [_unit(unit, content, lines) for unit in content.units],
        "chua_bao_cao": [*content.missing, *content.not_added],
        "chenh_lech": [
            {
                "noi_dung": content.names.get(each.line, each.line),
                "don_vi": each.unit or "Toàn tỉnh",
                "bao_cao": said(each.returned),
                "chuong_trinh": said(each.live),
                "giai_thich": each.why,
            }
            for each in content.differences
        ],
    }


def name_of(key: str) -> str:
    """How a field is named after a key of the plan's file."""
    return key.replace("-", "_")


def _letter(number: str) -> str:
    letter = letter_of(number)
    return letter if letter.isidentifier() else f"so_{letter}"


def _indicator(each: IndicatorContent) -> dict[str, str]:
    filled = each.numerator is not None and each.denominator is not None
    numerator, denominator = each.numerator or 0, each.denominator or 0
    empty = NONE if filled else NOT_FILLED
    return {
        "so": letter_of(each.number),
        "noi_dung": each.wording,
        "tu_so": said(each.numerator, none="0"),
        "mau_so": said(each.denominator, none="0"),
        "ty_le": share(numerator, denominator) if denominator else empty,
        "muc_phai_dat": f"{each.target}%",
        "ket_qua": ("đạt" if each.reached else "chưa đạt") if denominator else empty,
        "qua_han": said(each.late, none="0"),
        "trong_han": said(each.in_time, none="0"),
    }


def _line(line: LineContent, cell: CellContent) -> dict[str, str]:
    return {
        "ten": cell.words if cell.part else line.name,
        "don_vi_tinh": line.unit,
        "so": said(cell.value),
        "ky_truoc": "" if cell.previous is None else said(cell.previous),
        "cung_ky": "" if cell.year_before is None else said(cell.year_before),
    }


def _detailed(lines: Sequence[LineContent]) -> list[dict[str, str]]:
    """The lines, and of their parts those that arose."""
    return [
        _line(line, cell) | {"la_nhom": "x" if cell.part else "", "giai_trinh": cell.reason}
        for line in lines
        for cell in line.cells
        if cell.value or not cell.part
    ]


def _section(section: SectionContent) -> dict[str, Any]:
    return {"ten": section.heading, "loi_van": section.words}


def _unit(unit: UnitContent, content: Content, lines: Sequence[LineContent]) -> dict[str, Any]:
    numbers = [each.number for each in content.indicators]
    return {
        "ten": unit.name,
        "tinh_trang": unit.state_words,
        "ngay_nop": show(unit.submitted_on),
        "so_lieu": {
            name_of(line.key): "" if (value := unit.values.get((line.key, ""))) is None else said(value)
            for line in lines
        },
        "chi_tieu": {
            _letter(each): fraction(unit.values.get((each, NUMERATOR)), unit.values.get((each, DENOMINATOR)))
            for each in numbers
        },
    }
