"""A return, or the consolidated report, as an administrative document on the day of its paper.

It names no person of a case. Small numbers are printed, because the paper stays between agencies; it says so.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.shared import Cm

from benan.accounts import installation
from benan.core.days import legal_day, show
from benan.plan.indicators import letter_of
from benan.reports import issuers
from benan.reports.content import ELSEWHERE, Content, IndicatorContent, LineContent, SectionContent, UnitContent
from benan.reports.document import Paper
from benan.reports.models import DENOMINATOR, NUMERATOR
from benan.reports.numbers import NONE, NOT_FILLED, SAME, fraction, said, share

DEMO = "Dữ liệu giả lập: mọi người và mọi số liệu ở đây không có thật."
MOST_COLUMNS = 11  # lines in one table of the annex
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")


@dataclass(frozen=True)
class Reason:
    """Why so many people fall short of an indicator (its number), and whose move it is."""

    indicator: str
    words: str
    whose: str
    people: int


def return_as_docx(content: Content, reasons: Sequence[Reason] = ()) -> bytes:
    """The paper of a return as a .docx file. `reasons`: of those who fall short of its indicators, where they are known."""
    day = content.paper_on or legal_day()
    head = issuers.letterhead(content.ret.agency, day)
    paper = Paper(day)
    place_and_day = issuers.place_and_day(head.place, content.paper_on, day.year)
    paper.head(head, number=head.number(content.paper_no), place_and_day=place_and_day)
    paper.title("BÁO CÁO", content.title)
    if installation.is_demo():
        paper.text(DEMO, bold=True)
    _opening(paper, content, head)
    parts = iter(_ROMANS)
    if content.indicators:
        paper.heading(f"{next(parts)}. KẾT QUẢ CÁC CHỈ TIÊU{_sections(content.indicators)}")
        for indicator in content.indicators:
            _indicator(paper, indicator, [each for each in reasons if each.indicator == indicator.number])
    paper.heading(f"{next(parts)}. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")
    _tasks(paper, content)
    for name, units in content.unfilled_by:
        paper.text(f"{name}: số cộng không gồm {len(units)} đơn vị chưa ghi số: {'; '.join(units)}.")
    if content.units and content.indicators:
        paper.heading(f"{next(parts)}. CHỈ TIÊU THEO ĐƠN VỊ")
        _units_by_indicator(paper, content)
    if content.differences:
        paper.heading(f"{next(parts)}. CHÊNH LỆCH VỚI SỐ LIỆU CỦA CHƯƠNG TRÌNH")
        _differences(paper, content)
    paper.text(
        "Báo cáo có những số liệu nhỏ nên chỉ lưu hành giữa các cơ quan có nhiệm vụ trong kế hoạch, không công bố./.",
        keep=True,
    )
    paper.foot(recipients=content.recipients, signer=head.signature(content.post), name=content.signer)
    if content.units:
        _annex(paper, content, head)
    return paper.bytes()


def _opening(paper: Paper, content: Content, head: issuers.Letterhead) -> None:
    plan = content.plan
    about = plan.title.removeprefix("Kế hoạch ")
    paper.text(
        f"Thực hiện Kế hoạch số {plan.number} ngày {show(plan.issued_on)} của {issuers.in_full(plan.issuer)} {about}, "
        f"{head.agency} báo cáo kết quả {content.period_name} như sau:"
    )
    paper.text(
        f"Số liệu tính từ ngày {show(content.first)} đến ngày {show(content.last)}, xét đến hết ngày {show(content.as_of)}"
        f"{_frozen(content)}. Dòng không phát sinh được ghi “{NONE}”."
    )
    if content.units:
        paper.text(f"Báo cáo tổng hợp từ {content.given} trên {len(content.units)} đơn vị.")
    if content.missing:
        paper.text(
            f"Chưa có báo cáo của {len(content.missing)} đơn vị, số liệu dưới đây không gồm các đơn vị này: "
            f"{'; '.join(content.missing)}.",
            bold=True,
        )
    if content.not_added:
        paper.text(f"Được đề nghị báo cáo, chưa gửi: {'; '.join(content.not_added)}.")
    if content.differences:
        paper.text(
            f"Có {len(content.differences)} chỗ số báo cáo khác số liệu của chương trình, nêu cùng giải thích ở phần chênh lệch."
        )


def _frozen(content: Content) -> str:
    counted = f"; chương trình đếm ngày {show(content.ret.counted_on)}"
    return f"{counted}; chốt ngày {show(content.frozen_on)}" if content.frozen_on else f"{counted}; số liệu chưa chốt"


def _sections(wanted: Iterable[IndicatorContent]) -> str:
    """Under which headings of the plan its indicators stand."""
    sections = ", ".join(dict.fromkeys(each.number.rpartition(".")[0] for each in wanted))
    return f" (MỤC {sections} CỦA KẾ HOẠCH)" if sections else ""


def _indicator(paper: Paper, indicator: IndicatorContent, reasons: Sequence[Reason]) -> None:
    paper.text(f"{letter_of(indicator.number)}) {indicator.wording}", bold=True, keep=True)
    paper.text(_result(indicator))
    if indicator.in_time:
        paper.text(f"Còn trong thời hạn, chưa tính: {said(indicator.in_time)} người.")
    for cell in indicator.cells:
        if cell.corrected:
            paper.text(
                f"Chương trình đếm được {said(cell.counted)} ({cell.words}); báo cáo ghi {said(cell.value)}: {cell.reason}."
            )
    short = (indicator.denominator or 0) - (indicator.numerator or 0)
    if not (short and indicator.counted and reasons):
        return
    several = " (có người chưa được hỗ trợ đủ vì nhiều lý do)" if sum(each.people for each in reasons) > short else ""
    paper.text(f"Còn {said(short)} người chưa được hỗ trợ đủ{several}, gồm:", keep=True)
    for n, each in enumerate(reasons, start=1):
        whose = f" (việc của {each.whose})" if each.whose else ""
        paper.text(f"- {each.words}: {said(each.people)} người{whose}{'.' if n == len(reasons) else ';'}")


def _result(indicator: IndicatorContent) -> str:
    """The result of an indicator in a sentence."""
    if indicator.denominator is None or indicator.numerator is None:
        return f"Kết quả: {NOT_FILLED}."
    if not indicator.denominator:
        return f"Kết quả: {NONE}."
    words = (
        f"Kết quả: {fraction(indicator.numerator, indicator.denominator)} người, đạt "
        f"{share(indicator.numerator, indicator.denominator)}; mức phải đạt {indicator.target}%: "
        f"{'đạt' if indicator.reached else 'chưa đạt'}."
    )
    late = f" Trong đó {said(indicator.late)} người được giải quyết quá hạn." if indicator.late else ""
    return words + late


def _tasks(paper: Paper, content: Content) -> None:
    """Each section of the narrative with the figures of its lines."""
    for n, section in enumerate(content.sections, start=1):
        clauses = f" (mục {', '.join(section.clauses)})" if section.clauses else ""
        paper.text(f"{n}. {section.heading}{clauses}", bold=True, keep=True)
        words = [line.strip() for line in section.words.splitlines() if line.strip()]
        for line in words:
            paper.text(line)
        if section.lines:
            _lines(paper, section)
        elif not words:
            paper.text("Không có nội dung báo cáo.")


def _lines(paper: Paper, section: SectionContent) -> None:
    """The lines of a section as a table: the whole, then the parts that arose; earlier periods where they are known."""
    cells = [cell for line in section.lines for cell in line.cells]
    apart = any(cell.previous != cell.year_before for cell in cells)  # of a year both are the year before
    earlier = [
        (title, field)
        for title, field in (("Kỳ trước", "previous"), ("Cùng kỳ năm trước", "year_before"))
        if any(getattr(cell, field) is not None for cell in cells) and (apart or field == "year_before")
    ]
    rows: list[Sequence[object]] = []
    bold = set()
    for n, line in enumerate(section.lines, start=1):
        for cell in line.cells:
            if cell.part and not cell.value:
                continue
            if not cell.part:
                bold.add(len(rows))
            name = f"- {cell.words}" if cell.part else line.name
            rows.append(
                ["" if cell.part else n, name, line.unit, said(cell.value)]
                + [said(getattr(cell, field)) if getattr(cell, field) is not None else "" for _title, field in earlier]
            )
    widths: list[int] = [Cm(1.1), Cm(10.1 - 3.1 * len(earlier)), Cm(1.7), Cm(3.1), *[Cm(3.1)] * len(earlier)]
    paper.table(
        ["TT", "Nội dung", "Đơn vị tính", "Kỳ này", *(title for title, _field in earlier)], rows, widths, bold=bold
    )
    for words in _corrections(section.lines):
        paper.text(words)


def _corrections(lines: Iterable[LineContent]) -> Iterator[str]:
    """Where the report says another number than the program counted, and why."""
    for line in lines:
        for cell in line.cells:
            if cell.corrected:
                name = f"{line.name}, {cell.words}" if cell.part else line.name
                yield f"{name}: chương trình đếm được {said(cell.counted)}, báo cáo ghi {said(cell.value)}: {cell.reason}."


def _units_by_indicator(paper: Paper, content: Content) -> None:
    """The fraction of each indicator by unit; units where nothing arose are only counted."""
    numbers = [each.number for each in content.indicators]
    rows = [
        (unit.name, [_unit_fraction(unit.values, number) for number in numbers])
        for unit in content.units
        if any(unit.values.get((number, DENOMINATOR)) for number in numbers)
    ]
    table = [[n, name, *cells] for n, (name, cells) in enumerate(rows, start=1)]
    table.append(["", "Cộng", *(fraction(each.numerator, each.denominator) for each in content.indicators)])
    width = Cm(9.4 / len(numbers))
    paper.text("Mỗi ô là tử số trên mẫu số; dấu “-” là không phát sinh.")
    paper.table(
        ["TT", "Đơn vị", *map(letter_of, numbers)], table, [Cm(1.2), Cm(5.4), *[width] * len(numbers)], bold={len(rows)}
    )
    zeros = sum(_reports_none(unit, numbers) for unit in content.units)
    if zeros:
        paper.text(f"{zeros} đơn vị {'khác ' if rows else ''}đã báo cáo không phát sinh ở mọi chỉ tiêu.")


def _reports_none(unit: UnitContent, numbers: Iterable[str]) -> bool:
    """Whether a unit has indicators to report, and nothing arose in any of them."""
    values = [unit.values.get((number, DENOMINATOR)) for number in numbers]
    return any(value is not None for value in values) and not any(values)


def _unit_fraction(values: Mapping[tuple[str, str], int | None], number: str) -> str:
    return fraction(values.get((number, NUMERATOR)), values.get((number, DENOMINATOR)))


def _differences(paper: Paper, content: Content) -> None:
    rows = [
        [
            n, content.figure_name(each), each.unit or ELSEWHERE, "" if each.returned is None else said(each.returned),
            said(each.live), each.why,
        ]
        for n, each in enumerate(content.differences, start=1)
    ]  # fmt: skip
    heads = ["TT", "Nội dung", "Đơn vị", "Báo cáo", "Chương trình", "Giải thích"]
    widths = [Cm(1), Cm(3.7), Cm(3.2), Cm(1.9), Cm(2.4), Cm(3.8)]
    paper.table(heads, rows, widths, left=(1, 2, 5))


def _annex(paper: Paper, content: Content, head: issuers.Letterhead) -> None:
    """What each unit reported, line by line, on sheets that lie on their side."""
    day = show(content.paper_on) or "……"
    paper.annex(
        "PHỤ LỤC", f"Số liệu của từng đơn vị {content.period_name}",
        f"(Kèm theo Báo cáo số {content.paper_no or '……'} ngày {day} của {head.agency})",
    )  # fmt: skip
    arising = [line for line in content.lines if any(unit.values.get((line.key, "")) for unit in content.units)]
    tables = math.ceil(len(arising) / MOST_COLUMNS)
    size = math.ceil(len(arising) / max(tables, 1))
    for start in range(0, len(arising), size or 1):
        shown = arising[start : start + size]
        figures = [[_unit_value(unit, line) for line in shown] for unit in content.units]
        figures.append([said(line.whole.value) for line in shown])
        names = [(str(n), _unit_name(unit)) for n, unit in enumerate(content.units, start=1)]
        rows = [[*name, *row] for name, row in zip([*names, ("", "Cộng")], figures, strict=True)]
        needed = [max(1.4, 0.6 + 0.19 * max(map(len, column))) for column in zip(*figures, strict=True)]
        widths: list[int] = [Cm(1), Cm(6), *(Cm(17.6 * each / sum(needed)) for each in needed)]
        heads = ["TT", "Đơn vị", *(f"{line.name} ({line.unit})" for line in shown)]
        paper.table(heads, rows, widths, left=(1,), bold={len(rows) - 1}, size=10)
    paper.text(f"Dấu “{SAME}” là không phát sinh; ô trống là đơn vị không có dòng ấy, chưa ghi hoặc chưa báo cáo.")
    if nothing := [line.name for line in content.lines if line.whole.value == 0]:
        paper.text(f"Không đơn vị nào phát sinh: {'; '.join(nothing)}.")
    if unsaid := [line.name for line in content.lines if line.whole.value is None]:
        paper.text(f"Chưa đơn vị nào ghi: {'; '.join(unsaid)}.")


def _unit_name(unit: UnitContent) -> str:
    return unit.name if unit.values else f"{unit.name} ({unit.state_words})"


def _unit_value(unit: UnitContent, line: LineContent) -> str:
    value = unit.values.get((line.key, ""))
    return "" if value is None else said(value, none=SAME)
