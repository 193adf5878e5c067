"""The reports and their forms in a plan file."""

import datetime as dt
from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from benan.agencies import loading as agencies
from benan.plan.models import AgencyGroup
from benan.plan.spans import Span, SpanDay
from benan.plan.yaml_source import Key, Reader, Text


@dataclass
class CutOffEntry:
    """The days that an agency's own return covers."""

    first: SpanDay
    last: SpanDay


@dataclass
class ConsolidationEntry:
    """Who makes one report of the returns, for whom, under which clause and by when; the plan may name no day."""

    by: Text
    to: list[Text]
    clause: Text
    recipients: list[Text] = field(default_factory=list)
    before: tuple[int, int] | None = None


@dataclass
class ReportEntry:
    """A periodic report: what it covers, who gives it by when, and what is made of it.

    `first` is the plan's first day where left out. Due before a day, on it at the latest (each day, month), or within the year.
    """

    key: Text
    name: Text
    last: SpanDay
    first_year: int
    last_year: int
    givers: list[Text]
    form: Text
    first: SpanDay | None = None
    before: tuple[int, int] | None = None
    by: tuple[int, int] | None = None
    within_year: bool = False
    cut_offs: dict[Text, CutOffEntry] = field(default_factory=dict)
    consolidation: ConsolidationEntry | None = None

    def span(self, year: int, plan_first: dt.date) -> Span:
        """The days it covers in a year."""
        return Span.of(self.first, self.last, year, plan_first)


@dataclass
class FormSectionEntry:
    """A section of the narrative, and the clauses whose work it tells."""

    key: Text
    heading: Text
    clauses: list[Text] = field(default_factory=list)


@dataclass
class FormLineEntry:
    """A line of figures: counted by `count`, divided by `split`, or typed where there is no count.

    `givers` are those who have the line; all who give the report where left out.
    """

    key: Text
    name: Text
    unit: Text
    section: Text
    count: Text = Text()
    split: list[Text] = field(default_factory=list)
    givers: list[Text] = field(default_factory=list)


@dataclass
class FormEntry:
    """Of what a return consists: the narrative and the lines of figures. The plan's indicators come with every form."""

    key: Text
    title: Text
    sections: list[FormSectionEntry]
    lines: list[FormLineEntry] = field(default_factory=list)

    def stored(self) -> dict[str, Any]:
        """As `Plan.forms` holds it."""
        return asdict(self)


def agency(reader: Reader, node: yaml.Node) -> Text | None:
    """The key of an agency or of a group of agencies."""
    return reader.choice(node, [*AgencyGroup.values, *agencies.keys()], _("khóa đơn vị"))


def agency_list(reader: Reader, node: yaml.Node) -> list[Text | None] | None:
    """Several of them."""
    return reader.items(node, agency)


def texts(reader: Reader, node: yaml.Node) -> list[Text | None] | None:
    """A list of texts."""
    return reader.items(node, Reader.text)


def year(reader: Reader, node: yaml.Node) -> int | None:
    """A year of this century."""
    return reader.whole(node, 2000, 2100)


def _cut_offs(reader: Reader, node: yaml.Node) -> dict[Text, CutOffEntry | None] | None:
    if not isinstance(node, yaml.MappingNode):
        reader.wrong(node, _("cần khóa đơn vị, mỗi khóa có first và last"))
        return None
    found: dict[Text, CutOffEntry | None] = {}
    for key_node, value_node in node.value:
        key = agency(reader, key_node)
        entry = reader.entry(value_node, CUT_OFF, CutOffEntry)
        if key:
            found[key] = entry
    return found


CUT_OFF = {
    "first": Key(Reader.span_day, "ngày đầu của số liệu"),
    "last": Key(Reader.span_day, "ngày chốt số liệu"),
}
CONSOLIDATION = {
    "by": Key(agency, "đơn vị tổng hợp"),
    "to": Key(texts, "danh sách nơi nhận báo cáo tổng hợp"),
    "clause": Key(Reader.text, "số điểm yêu cầu báo cáo tổng hợp"),
    "recipients": Key(texts, "các dòng nơi nhận của báo cáo tổng hợp", required=False),
    "before": Key(Reader.day_and_month, "ngày/tháng mà chính ngày ấy đã là chậm", required=False),
}
REPORT = {
    "key": Key(Reader.report_key, "khóa của kỳ báo cáo"),
    "name": Key(Reader.text, "tên kỳ, {year} là năm"),
    "first": Key(Reader.span_day, "ngày đầu của số liệu", required=False),
    "last": Key(Reader.span_day, "ngày chốt số liệu"),
    "first_year": Key(year, "năm đầu"),
    "last_year": Key(year, "năm cuối"),
    "before": Key(Reader.day_and_month, "ngày/tháng mà chính ngày ấy đã là chậm", required=False),
    "by": Key(Reader.day_and_month, "ngày/tháng chậm nhất", required=False),
    "within_year": Key(Reader.yes, "trong năm, kế hoạch không nêu ngày", required=False),
    "givers": Key(agency_list, "danh sách đơn vị phải báo cáo"),
    "form": Key(Reader.slug, "khóa của mẫu báo cáo"),
    "cut_offs": Key(_cut_offs, "ngày chốt riêng của từng đơn vị", required=False),
    "consolidation": Key(
        lambda reader, node: reader.entry(node, CONSOLIDATION, ConsolidationEntry), "báo cáo tổng hợp", required=False
    ),
}
FORM_SECTION = {
    "key": Key(Reader.slug, "khóa của phần"),
    "heading": Key(Reader.text, "tên phần"),
    "clauses": Key(texts, "danh sách số điểm", required=False),
}
FORM_LINE = {
    "key": Key(Reader.slug, "khóa của dòng"),
    "name": Key(Reader.text, "tên dòng"),
    "unit": Key(Reader.text, "đơn vị tính"),
    "section": Key(Reader.slug, "khóa của phần chứa dòng"),
    "count": Key(Reader.slug, "khóa của số đếm", required=False),
    "split": Key(texts, "danh sách cách chia", required=False),
    "givers": Key(agency_list, "danh sách đơn vị có dòng này", required=False),
}
FORM = {
    "key": Key(Reader.slug, "khóa của mẫu"),
    "title": Key(Reader.text, "trích yếu, {plan} là số kế hoạch, {period} là tên kỳ"),
    "sections": Key(lambda reader, node: reader.entries(node, FORM_SECTION, FormSectionEntry), "danh sách phần"),
    "lines": Key(
        lambda reader, node: reader.entries(node, FORM_LINE, FormLineEntry), "danh sách dòng số liệu", required=False
    ),
}


def check_forms(reader: Reader, forms: Iterable[FormEntry], clauses: Iterable[str]) -> None:
    """What can only be seen across a form: sections that lines name, clauses that sections name."""
    known = set(clauses)
    for form in forms:
        sections = {section.key for section in form.sections}
        for section in form.sections:
            for number in section.clauses:
                if number not in known:
                    reader.wrong(number, _("kế hoạch này không có điểm “%s”") % number)
        for line in form.lines:
            if line.section not in sections:
                reader.wrong(line.section, _("mẫu này không có phần “%s”") % line.section)


def check_report(reader: Reader, entry: ReportEntry, forms: Iterable[str], clauses: Set[str], first: dt.date) -> None:
    """What can only be seen across a report: its form, its days, and that its periods do not overlap."""
    if [bool(entry.before), bool(entry.by), entry.within_year].count(True) != 1:
        reader.wrong(entry.key, _("kỳ báo cáo phải có đúng một trong các khóa “before”, “by” và “within_year”"))
    if entry.last_year < entry.first_year:
        reader.wrong(entry.key, _("“last_year” phải từ “first_year” trở đi"))
    if entry.form not in set(forms):
        reader.wrong(entry.form, _("không mẫu nào trong “forms” có khóa “%s”") % entry.form)
    if entry.consolidation and entry.consolidation.clause not in clauses:
        reader.wrong(entry.consolidation.clause, _("kế hoạch này không có điểm “%s”") % entry.consolidation.clause)
    spans = [entry.span(each, first) for each in range(entry.first_year, entry.last_year + 1)]
    if any(span.last < span.first for span in spans):
        reader.wrong(entry.key, _("ngày chốt của kỳ phải từ ngày đầu trở đi"))
    elif entry.first and any(later.first <= span.last for span, later in zip(spans, spans[1:], strict=False)):
        reader.wrong(entry.key, _("kỳ của hai năm liền nhau chồng lên nhau; xem lại “first” và “last”"))
