"""The note by which a return is put before the head of its agency ("phiếu trình"): what to look at, and room for the answer."""

from collections.abc import Iterator

from docx.shared import Cm

from benan.accounts import installation
from benan.core.days import legal_day, show
from benan.plan.indicators import letter_of
from benan.reports import issuers
from benan.reports.content import CellContent, Content
from benan.reports.document import Paper
from benan.reports.models import ReturnStep
from benan.reports.numbers import NONE, NOT_FILLED, fraction, said, share
from benan.reports.return_document import DEMO


def submission_note_as_docx(content: Content, step: ReturnStep | None = None) -> bytes:
    """The note as a .docx file. `step`: when it was put before the head, by whom and with which words; None before that."""
    day = step.on if step else legal_day()
    head = issuers.letterhead(content.ret.agency, day)
    paper = Paper(day)
    paper.head(head, number="", place_and_day=issuers.place_and_day(head.place, step.on if step else None, day.year))
    paper.title("PHIẾU TRÌNH", f"Duyệt báo cáo: {content.title}")
    if installation.is_demo():
        paper.text(DEMO, bold=True)
    paper.text(f"Kính gửi: {(head.head or 'Thủ trưởng').capitalize()} {head.agency}", bold=True)
    due = content.period.due_words if content.period.within_year else f"chậm nhất ngày {show(content.due_on)}"
    paper.text(
        f"1. Dự thảo báo cáo {content.period_name}, số liệu từ ngày {show(content.first)} đến ngày {show(content.last)}, xét đến "
        f"hết ngày {show(content.as_of)}; phải nộp {due}."
    )
    paper.text("2. Kết quả chính:", keep=True)
    _results(paper, content)
    paper.text(f"3. Số khác số chương trình đếm: {'; '.join(_corrected(content)) or 'không có'}.")
    paper.text(f"4. Chưa có số liệu: {'; '.join(_empty(content)) or 'không có'}.")
    if content.missing:
        paper.text(f"5. Đơn vị chưa báo cáo: {'; '.join(content.missing)}.")
    if content.not_added:
        paper.text(f"Được đề nghị báo cáo, chưa gửi: {'; '.join(content.not_added)}.")
    if step and step.words:
        paper.text(f"Ý kiến của người trình: {step.words}")
    paper.text("Ý kiến của thủ trưởng:", bold=True, keep=True)
    paper.lines_to_fill(3)
    paper.signatures(("NGƯỜI TRÌNH", step.by.full_name if step else ""), (head.head or issuers.BLANK, ""))
    return paper.bytes()


def _results(paper: Paper, content: Content) -> None:
    rows: list[list[object]] = []
    for each in content.indicators:
        of, met = each.denominator, each.numerator
        shown = NOT_FILLED if of is None or met is None else f"{fraction(met, of)}, {share(met, of)}" if of else NONE
        rows.append([letter_of(each.number), each.name or each.wording, shown])
    lines = [line for section in content.sections for line in section.lines]
    rows += [[n, f"{line.name} ({line.unit})", said(line.whole.value)] for n, line in enumerate(lines, start=1)]
    paper.table(["TT", "Nội dung", "Kết quả"], rows, [Cm(1.2), Cm(10.4), Cm(4.4)])


def _cells(content: Content) -> Iterator[tuple[str, CellContent]]:
    """Each figure with its name."""
    for indicator in content.indicators:
        for cell in indicator.cells:
            yield f"chỉ tiêu {letter_of(indicator.number)}, {cell.words}", cell
    for section in content.sections:
        for line in section.lines:
            for cell in line.cells:
                yield f"{line.name}, {cell.words}" if cell.part else line.name, cell


def _corrected(content: Content) -> Iterator[str]:
    return (
        f"{name}: chương trình {said(cell.counted)}, báo cáo {said(cell.value)} ({cell.reason})"
        for name, cell in _cells(content)
        if cell.corrected
    )


def _empty(content: Content) -> Iterator[str]:
    return (name for name, cell in _cells(content) if cell.value is None)
