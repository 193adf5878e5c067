"""What the report of a period says: fractions, shortfalls as counts with reasons, districts, who is counted apart.

It names no case and no person. Small numbers are printed, because the paper stays between agencies; it says so.
"""

from collections.abc import Sequence

from docx.shared import Cm

from benan.accounts import installation
from benan.accounts.models import Membership
from benan.core.days import legal_day, show
from benan.core.figures import Question, Tally
from benan.indicators import rebuilding
from benan.plan import figure_lists, indicators, speech
from benan.plan.indicators import IndicatorFigure, PlanIndicator
from benan.plan.models import Plan
from benan.plan.periods import ReportPeriod
from benan.reports import issuers, recipients
from benan.reports.document import Paper

NONE = "không phát sinh"


def report_as_docx(*, seat: Membership, plan: Plan, period: ReportPeriod, asked: Question) -> bytes:
    """The report as a .docx file, issued by the agency of a seat on the legal day."""
    today = legal_day()
    wanted = indicators.indicators(plan)
    figures = indicators.figures(wanted, asked)
    reasons = figure_lists.reason_counts(indicators.shortfalls(figures, asked), asked.as_of)
    agency = seat.agency
    head = issuers.letterhead(agency, today)
    paper = Paper(today)
    paper.head(head, number=head.number(), place_and_day=issuers.place_and_day(head.place, None, today.year))
    whose, headings = speech.whose(asked), iter(("I", "II", "III", "IV"))
    paper.title("BÁO CÁO", f"Kết quả thực hiện Kế hoạch {plan.number} {period.name}{whose}")
    if installation.is_demo():
        paper.text("Dữ liệu giả lập: mọi người và mọi số liệu ở đây không có thật.", bold=True)
    _bases(paper, plan)
    paper.text(f"{head.agency} báo cáo kết quả thực hiện Kế hoạch {plan.number} {period.name}{whose} như sau:")
    paper.text(
        f"Số liệu{whose} tính từ ngày {show(asked.first)} đến ngày {show(asked.last)}, xét đến hết ngày {show(asked.as_of)}. "
        "Đơn vị tính là người, mỗi người một hồ sơ. Người còn trong thời hạn thì chưa tính vào chỉ tiêu."
    )
    if not rebuilding.is_current():
        paper.text(
            "Số liệu đang được tính lại: những con số dưới đây có thể chưa đúng với quy định hiện hành.", bold=True
        )
    paper.heading(f"{next(headings)}. KẾT QUẢ CÁC CHỈ TIÊU{_sections(wanted)}")
    for found in figures:
        _figure(
            paper, found, [(words, whose, n) for key, words, whose, n in reasons if key == found.indicator.measure.key]
        )
    if not asked.area:
        paper.heading(f"{next(headings)}. SỐ LIỆU THEO ĐỊA BÀN")
        _districts(paper, figures, asked)
    paper.heading(f"{next(headings)}. SỐ LIỆU KHÔNG TÍNH VÀO CHỈ TIÊU")
    _apart(paper, figures)
    paper.heading(f"{next(headings)}. ĐÁNH GIÁ, KIẾN NGHỊ")
    paper.lines_to_fill(4)
    paper.text(
        "Báo cáo có những số liệu nhỏ nên chỉ lưu hành giữa các cơ quan có nhiệm vụ trong kế hoạch, không công bố./.",
        keep=True,
    )
    paper.foot(recipients=recipients.of_figures(plan, period, agency), signer=head.signature())
    return paper.bytes()


def _sections(wanted: Sequence[PlanIndicator]) -> str:
    """Under which headings of the plan its indicators stand."""
    sections = ", ".join(dict.fromkeys(indicator.section for indicator in wanted))
    return f" (MỤC {sections} CỦA KẾ HOẠCH)" if sections else ""


def _bases(paper: Paper, plan: Plan) -> None:
    about = plan.title.removeprefix("Kế hoạch ")
    own = f"Căn cứ Kế hoạch số {plan.number} ngày {show(plan.issued_on)} của {issuers.in_full(plan.issuer)} {about}"
    lines = [*(f"Căn cứ {basis}" for basis in plan.bases), own]
    for line in lines:
        paper.text(line + ("." if line == own else ";"), italic=True)


def _figure(paper: Paper, found: IndicatorFigure, reasons: Sequence[tuple[str, str, int]]) -> None:
    tally, indicator = found.total, found.indicator
    paper.text(f"{indicator.letter}) {indicator.wording}", bold=True, keep=True)
    if tally.denominator:
        done = f"Kết quả: {tally.numerator}/{tally.denominator} người, đạt {tally.percent}."
        late = f" Trong đó {tally.late} người được giải quyết quá hạn." if tally.late else ""
        paper.text(done + late)
    else:
        paper.text(f"Kết quả: {NONE}.")
    if tally.in_time:
        paper.text(f"Còn trong thời hạn, chưa tính: {tally.in_time} người.")
    if tally.short:
        several = (
            " (có người chưa được hỗ trợ đủ vì nhiều lý do)"
            if sum(count for *_why, count in reasons) > tally.short
            else ""
        )
        paper.text(f"Còn {tally.short} người chưa được hỗ trợ đủ{several}, gồm:", keep=True)
        for n, (reason, whose, count) in enumerate(reasons, start=1):
            end = "." if n == len(reasons) else ";"
            paper.text(f"- {reason}: {count} người" + (f" (việc của {whose})" if whose else "") + end)


def _districts(paper: Paper, figures: Sequence[IndicatorFigure], asked: Question) -> None:
    heads = ["TT", "Địa bàn", *(each.indicator.letter for each in figures)]
    found = figure_lists.districts(figures, asked)
    rows = [
        [n, _capital(name), *map(_fraction, cells)] for n, (_code, name, cells) in enumerate(found["rows"], start=1)
    ]
    rows.append(["", "Cộng" if asked.agency else "Toàn tỉnh", *(_fraction(each.total) for each in figures)])
    paper.text("Mỗi ô là tử số trên mẫu số; dấu “-” là không phát sinh.")
    paper.table(heads, rows, [Cm(1.2), Cm(5.8), *[Cm(1.8)] * len(figures)])
    if found["idle"]:
        left = "địa bàn còn lại" if found["rows"] else "địa bàn"
        paper.text(f"{found['idle']} {left} không phát sinh ở cả {speech.count(len(figures))} chỉ tiêu.")


def _apart(paper: Paper, figures: Sequence[IndicatorFigure]) -> None:
    found = [(words, each.indicator.letter, n) for each in figures for words, n in each.figure.beside if n]
    rows = [[n, _capital(str(words)), letter, many] for n, (words, letter, many) in enumerate(found, start=1)]
    if rows:
        paper.table(["TT", "Nội dung", "Chỉ tiêu", "Số lượng"], rows, [Cm(1.2), Cm(10), Cm(2.2), Cm(2.4)])
    else:
        paper.text("Không có.")


def _fraction(tally: Tally) -> str:
    return f"{tally.numerator}/{tally.denominator}" if tally.denominator else "-"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
