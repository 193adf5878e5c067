"""A plan file, read and checked; its schema is told in docs/plan-schema.md."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml
from django.utils.translation import gettext as _

from benan.core.refusals import Refused
from benan.plan import numbering, yaml_source
from benan.plan import report_entries as entries
from benan.plan.models import ClauseKind, Recurrence
from benan.plan.report_entries import FormEntry, ReportEntry
from benan.plan.yaml_source import Key, Problem, Reader, Text


class InvalidPlan(Refused):
    """A plan file that cannot be loaded; `problems` says at which lines and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class HeadingEntry:
    """A heading, and the words under it before the first clause."""

    number: Text
    heading: Text
    wording: Text = Text()


@dataclass
class IndicatorEntry:
    """The measure by which an indicator is counted, and its target in percent."""

    measure: Text
    target: int


@dataclass
class ConditionEntry:
    """What must happen before a clause binds, and the document and day by which it did."""

    text: Text
    met_on: dt.date | None = None
    document: Text = Text()


@dataclass
class DeadlineEntry:
    """What is due yearly, before a day (`before`) or on it at the latest (`by`), each (day, month), or within the year."""

    key: Text
    what: Text
    first_year: int
    last_year: int
    before: tuple[int, int] | None = None
    by: tuple[int, int] | None = None
    within_year: bool = False


@dataclass
class ClauseEntry:
    """One clause as the file states it; `read_from` gives for agencies that it does not name the clauses that do."""

    number: Text
    wording: Text
    kinds: list[Text]
    meaning: Text
    lead: list[Text] = field(default_factory=list)
    cooperating: list[Text] = field(default_factory=list)
    read_from: dict[Text, list[Text]] = field(default_factory=dict)
    serves: list[Text] = field(default_factory=list)
    indicator: IndicatorEntry | None = None
    product: Text = Text()
    recurs: Text = Text(Recurrence.CONTINUOUS.value)
    pages: list[Text] = field(default_factory=list)
    registers: list[Text] = field(default_factory=list)
    condition: ConditionEntry | None = None
    deadlines: list[DeadlineEntry] = field(default_factory=list)
    reports: list[ReportEntry] = field(default_factory=list)


@dataclass
class PeriodEntry:
    """First and last day of the plan."""

    first: dt.date
    last: dt.date


@dataclass
class PlanFile:
    """A whole plan as its file states it; every value has passed the checks."""

    number: Text
    title: Text
    issuer: Text
    province: Text
    issued_on: dt.date
    period: PeriodEntry
    follow_up: Text
    bases: list[Text]
    recipients: list[Text]
    signer: list[Text]
    headings: list[HeadingEntry]
    clauses: list[ClauseEntry]
    requested: list[Text] = field(default_factory=list)
    follows: Text = Text()
    silent_after: int = 183
    forms: list[FormEntry] = field(default_factory=list)

    def slug(self) -> str:
        """How addresses name the plan, from its number, year and province."""
        return numbering.slug(self.number, self.issued_on.year, self.province)

    def section_of(self, number: str) -> str:
        """The number of the nearest heading above a clause, or of the heading of the same number; "" where none is."""
        above = [entry.number for entry in self.headings if f"{number}.".startswith(f"{entry.number}.")]
        return max(above, key=len, default="")

    def passed_over(self) -> list[str]:
        """Numbers that the plan passes over, likely forgotten."""
        numbers = {heading.number for heading in self.headings} | {clause.number for clause in self.clauses}
        return numbering.missing(sorted(numbers, key=numbering.order))


def _number(reader: Reader, node: yaml.Node) -> Text | None:
    number = reader.text(node)
    if number and not numbering.is_number(number):
        reader.wrong(node, _("“%s” không phải số mục; viết như II, II.1 hoặc II.1.đ") % number)
    return number


def _plan_number(reader: Reader, node: yaml.Node) -> Text | None:
    number = reader.text(node)
    if number and len(number) > 40:
        reader.wrong(node, _("số, ký hiệu dài quá 40 ký tự"))
    return number


def _province(reader: Reader, node: yaml.Node) -> Text | None:
    code = reader.text(node)
    if code and not re.fullmatch(r"[0-9]{2}", code):
        reader.wrong(node, _('“%s” không phải mã tỉnh; viết hai chữ số trong ngoặc kép, ví dụ "75"') % code)
    return code


def _period(reader: Reader, node: yaml.Node) -> PeriodEntry | None:
    period = reader.entry(node, PERIOD, PeriodEntry)
    if period and period.last < period.first:
        reader.wrong(node, _("ngày cuối của kế hoạch phải từ ngày đầu trở đi"))
    return period


def _kinds(reader: Reader, node: yaml.Node) -> list[Text | None] | None:
    kinds = reader.items(node, lambda reader, item: reader.choice(item, ClauseKind.values, _("loại")))
    if kinds == []:
        reader.wrong(node, _("điểm phải có ít nhất một loại"))
    return kinds


def _percent(reader: Reader, node: yaml.Node) -> int | None:
    return reader.whole(node, 1, 100)


def _read_from(reader: Reader, node: yaml.Node) -> dict[Text, list[Text | None]] | None:
    if not isinstance(node, yaml.MappingNode):
        reader.wrong(node, _("cần khóa đơn vị, mỗi khóa có danh sách số điểm"))
        return None
    read = [(entries.agency(reader, key), entries.texts(reader, value)) for key, value in node.value]
    _unique(reader, [key for key, _numbers in read if key], _("đơn vị"))
    return {key: numbers for key, numbers in read if key and numbers is not None}


PERIOD = {
    "first": Key(Reader.day, "ngày đầu"),
    "last": Key(Reader.day, "ngày cuối"),
}
HEADING = {
    "number": Key(_number, "số mục, ví dụ II.1"),
    "heading": Key(Reader.text, "tên mục"),
    "wording": Key(Reader.text, "lời dẫn dưới tên mục", required=False),
}
INDICATOR = {
    "measure": Key(Reader.slug, "khóa của chỉ tiêu"),
    "target": Key(_percent, "mức phải đạt, số nguyên từ 1 đến 100"),
}
CONDITION = {
    "text": Key(Reader.text, "việc phải có trước"),
    "met_on": Key(Reader.day, "ngày đủ điều kiện", required=False),
    "document": Key(Reader.text, "số văn bản", required=False),
}
DEADLINE = {
    "key": Key(Reader.slug, "khóa của thời hạn"),
    "what": Key(Reader.text, "việc phải hoàn thành"),
    "first_year": Key(entries.year, "năm đầu"),
    "last_year": Key(entries.year, "năm cuối"),
    "before": Key(Reader.day_and_month, "ngày/tháng mà chính ngày ấy đã là chậm", required=False),
    "by": Key(Reader.day_and_month, "ngày/tháng chậm nhất", required=False),
    "within_year": Key(Reader.yes, "trong năm, kế hoạch không nêu ngày", required=False),
}
CLAUSE = {
    "number": Key(_number, "số điểm, ví dụ II.1.đ"),
    "wording": Key(Reader.text, "nguyên văn của điểm"),
    "kinds": Key(_kinds, "danh sách loại"),
    "meaning": Key(Reader.text, "ý nghĩa của điểm đối với chương trình"),
    "lead": Key(entries.agency_list, "danh sách đơn vị chủ trì", required=False),
    "cooperating": Key(entries.agency_list, "danh sách đơn vị phối hợp", required=False),
    "read_from": Key(_read_from, "đơn vị và số của những điểm giao việc cho đơn vị ấy", required=False),
    "serves": Key(entries.texts, "danh sách số của mục tiêu, chỉ tiêu", required=False),
    "indicator": Key(lambda reader, node: reader.entry(node, INDICATOR, IndicatorEntry), "chỉ tiêu", required=False),
    "product": Key(Reader.text, "sản phẩm phải có", required=False),
    "recurs": Key(
        lambda reader, node: reader.choice(node, Recurrence.values, _("định kỳ")), "định kỳ thực hiện", required=False
    ),
    "pages": Key(entries.texts, "danh sách khóa trang thực hiện", required=False),
    "registers": Key(entries.texts, "danh sách khóa số đếm", required=False),
    "condition": Key(lambda reader, node: reader.entry(node, CONDITION, ConditionEntry), "điều kiện", required=False),
    "deadlines": Key(
        lambda reader, node: reader.entries(node, DEADLINE, DeadlineEntry), "danh sách thời hạn", required=False
    ),
    "reports": Key(
        lambda reader, node: reader.entries(node, entries.REPORT, ReportEntry), "danh sách kỳ báo cáo", required=False
    ),
}
PLAN = {
    "number": Key(_plan_number, "số, ký hiệu, ví dụ 12089/KH-UBND"),
    "title": Key(Reader.text, "tên kế hoạch"),
    "issuer": Key(Reader.text, "cơ quan ban hành"),
    "province": Key(_province, "mã tỉnh hai chữ số trong ngoặc kép"),
    "issued_on": Key(Reader.day, "ngày ban hành"),
    "period": Key(_period, "ngày đầu và ngày cuối"),
    "follow_up": Key(entries.agency, "đơn vị theo dõi điểm không nêu đơn vị chủ trì"),
    "bases": Key(entries.texts, "danh sách căn cứ pháp lý"),
    "recipients": Key(entries.texts, "danh sách nơi nhận"),
    "signer": Key(entries.texts, "các dòng của thể thức ký"),
    "headings": Key(lambda reader, node: reader.entries(node, HEADING, HeadingEntry), "danh sách mục"),
    "clauses": Key(lambda reader, node: reader.entries(node, CLAUSE, ClauseEntry, numbered=True), "danh sách điểm"),
    "requested": Key(entries.agency_list, "đơn vị được đề nghị, không bị trả lại báo cáo", required=False),
    "follows": Key(_plan_number, "số của kế hoạch giai đoạn trước", required=False),
    "silent_after": Key(
        lambda reader, node: reader.whole(node, 1, 1000), "số ngày không có tiến độ thì nhắc", required=False
    ),
    "forms": Key(lambda reader, node: reader.entries(node, entries.FORM, FormEntry), "mẫu báo cáo", required=False),
}


def read(source: bytes, path: str) -> PlanFile:
    """Read and check a plan file; `path` is its name in messages. Raises InvalidPlan with every problem found."""
    reader = Reader(path)
    root = yaml_source.compose(reader, source)
    plan = reader.entry(root, PLAN, PlanFile) if root else None
    if plan and not reader.problems:
        _check(reader, plan)
    if plan is None or reader.problems:
        raise InvalidPlan(sorted(reader.problems, key=lambda problem: problem.line))
    return plan


def _check(reader: Reader, plan: PlanFile) -> None:
    """What can only be seen across the file."""
    if not numbering.is_slug(plan.slug()):
        reader.wrong(
            plan.number, _("số, ký hiệu “%s” phải có chữ cái không dấu hoặc chữ số, ví dụ 12089/KH-UBND") % plan.number
        )
    _unique(reader, [entry.number for entry in plan.headings], _("số mục"))
    _unique(reader, [entry.number for entry in plan.clauses], _("số điểm"))
    _unique(reader, [rule.key for entry in plan.clauses for rule in entry.deadlines], _("khóa thời hạn"))
    _unique(reader, [entry.indicator.measure for entry in plan.clauses if entry.indicator], _("khóa chỉ tiêu"))
    _unique(reader, [rule.key for entry in plan.clauses for rule in entry.reports], _("khóa kỳ báo cáo"))
    _unique(reader, [form.key for form in plan.forms], _("khóa mẫu báo cáo"))
    numbers = {entry.number for entry in plan.clauses}
    entries.check_forms(reader, plan.forms, numbers)
    targets = {e.number for e in plan.clauses if {ClauseKind.OBJECTIVE, ClauseKind.INDICATOR} & set(e.kinds)}
    for entry in plan.clauses:
        reader.clause = entry.number
        if not plan.section_of(entry.number):
            reader.wrong(entry.number, _("không mục nào trong “headings” chứa điểm này"))
        for number in entry.serves:
            if number not in targets:
                reader.wrong(number, _("“%s” không phải mục tiêu hay chỉ tiêu của kế hoạch này") % number)
        _unique(reader, entry.kinds, _("loại"))
        _unique(reader, [*entry.lead, *entry.cooperating], _("đơn vị"))
        _check_read_from(reader, entry, numbers)
        _unique(reader, entry.serves, _("mục tiêu, chỉ tiêu"))
        if (ClauseKind.INDICATOR.value in entry.kinds) != (entry.indicator is not None):
            reader.wrong(entry.number, _("điểm loại indicator phải có khóa “indicator”, và chỉ điểm ấy mới có"))
        if entry.condition and bool(entry.condition.met_on) != bool(entry.condition.document):
            reader.wrong(entry.condition.text, _("điều kiện đã đủ phải có cả “met_on” và “document”"))
        if ClauseKind.DUTY.value in entry.kinds and not entry.lead:
            reader.wrong(entry.number, _("trách nhiệm phải có đơn vị chủ trì ở “lead”"))
        for report in entry.reports:
            entries.check_report(reader, report, [form.key for form in plan.forms], numbers, plan.period.first)
        for rule in entry.deadlines:
            if [bool(rule.before), bool(rule.by), rule.within_year].count(True) != 1:
                reader.wrong(rule.key, _("thời hạn phải có đúng một trong các khóa “before”, “by” và “within_year”"))
            if rule.last_year < rule.first_year:
                reader.wrong(rule.key, _("“last_year” phải từ “first_year” trở đi"))
    reader.clause = ""


def _check_read_from(reader: Reader, entry: ClauseEntry, numbers: set[Text]) -> None:
    for key, named in entry.read_from.items():
        if key not in {*entry.lead, *entry.cooperating}:
            reader.wrong(key, _("“%s” không đứng ở “lead” hay “cooperating” của điểm này") % key)
        if not named:
            reader.wrong(key, _("phải nêu ít nhất một điểm giao việc cho đơn vị này"))
        for number in named:
            if number not in numbers - {entry.number}:
                reader.wrong(number, _("“%s” không phải một điểm khác của kế hoạch này") % number)


def _unique(reader: Reader, texts: Iterable[Text], what: str) -> None:
    seen: Counter[Text] = Counter()
    for text in texts:
        seen[text] += 1
        if seen[text] == 2:
            reader.wrong(text, _("%(what)s “%(text)s” ghi hai lần") % {"what": what, "text": text})
