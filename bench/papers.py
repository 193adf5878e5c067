"""What the papers of a consolidated report of 200 units cost."""

import datetime as dt
import time
from collections.abc import Callable

from benan.agencies.models import Agency
from benan.plan import queries as plans
from benan.plan.models import Plan
from benan.reports.content import CellContent, Content, IndicatorContent, LineContent, SectionContent, UnitContent
from benan.reports.models import DENOMINATOR, NUMERATOR, Period, Return
from benan.reports.return_document import return_as_docx
from benan.reports.workbook import return_as_xlsx
from ops.prepare import say

UNITS, TIMES = 200, 3


def measure() -> dict[str, float]:
    """Seconds of the processor for the .docx and the .xlsx file."""
    said = _content(next(plan for plan in plans.plans() if plan.forms))
    found = {"docx": _used(lambda: return_as_docx(said)), "xlsx": _used(lambda: return_as_xlsx(said))}
    say(f"  báo cáo của {UNITS} đơn vị: .docx {1000 * found['docx']:.0f} ms, .xlsx {1000 * found['xlsx']:.0f} ms")
    return found


def _used(make: Callable[[], bytes]) -> float:
    make()
    before = time.process_time()
    for _time in range(TIMES):
        make()
    return (time.process_time() - before) / TIMES


def _content(plan: Plan) -> Content:
    """A report in the first form of a plan, every figure of which is filled."""
    form = next(iter(plan.forms.values() if isinstance(plan.forms, dict) else plan.forms))
    period = Period(plan=plan, key="nam-2017", kind="nam", year=2017, name="năm 2017", form=form)
    lines = [
        LineContent(
            each["key"], each["name"], each["unit"], each["section"], (_cell(18_960), _cell(9_480, "sex:female", "Nữ"))
        )
        for each in form["lines"]
    ]
    numbers = plan.clauses.exclude(measure="").values_list("number", "wording")
    indicators = tuple(
        IndicatorContent(number, words, 100, 22, 28, 3, 6, reached=False, counted=True) for number, words in numbers
    )
    values = {(line.key, cell.part): cell.value for line in lines for cell in line.cells}
    values |= {(each.number, part): n for each in indicators for part, n in ((NUMERATOR, 22), (DENOMINATOR, 28))}
    day = dt.date(2017, 11, 9)
    return Content(
        ret=Return(period=period, agency=Agency.objects.get(key=plan.follow_up), consolidates=True), plan=plan, period=period,
        period_name=period.name, first=day, last=day, as_of=day, due_on=day, agency_name="", superior_name="",
        title=str(form["title"]),
        sections=tuple(
            SectionContent(each["key"], each["heading"], (), "Đã thực hiện.", tuple(line for line in lines if line.section == each["key"]))
            for each in form["sections"]
        ),
        indicators=indicators,
        units=tuple(UnitContent(f"UBND huyện số {n}", "đã nhận", day, values) for n in range(UNITS)),
        missing=(), not_added=(), differences=(), recipients=("Lưu: VT",), signer="", post="head", paper_no="", paper_on=None, frozen_on=None,
    )  # fmt: skip


def _cell(value: int, part: str = "", words: str = "") -> CellContent:
    return CellContent(part, words, value, value, "", value, value)
