"""Two plans, or a plan and the file that is to change it, clause by clause."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.core.days import show
from benan.plan import numbering, parties, written
from benan.plan.document import ClauseEntry, DeadlineEntry, HeadingEntry, PlanFile
from benan.plan.models import ClauseKind, Plan, Recurrence
from benan.plan.report_entries import ReportEntry

MOST_WORDS = 600  # of a clause whose words are compared one by one; a longer one is shown whole, old and new


class Difference(StrEnum):
    """How a clause differs between two plans."""

    CHANGED = "changed"
    ONLY_AFTER = "only_after"
    ONLY_BEFORE = "only_before"
    SAME = "same"


class Piece(NamedTuple):
    """Words that stand in both, in the first alone ("gone") or in the second alone ("new")."""

    sort: str
    words: str


class Fact(NamedTuple):
    """Something that a plan or a clause says besides its words, in both."""

    name: str | Promise
    before: str
    after: str


@dataclass
class ClauseComparison:
    """One clause in two plans; None where one has it not. `elsewhere`: a clause of the other plan with the same words."""

    number: str
    before: ClauseEntry | None
    after: ClauseEntry | None
    pieces: list[Piece] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    elsewhere: str = ""

    @property
    def difference(self) -> Difference:
        """How the clause differs."""
        if self.before is None:
            return Difference.ONLY_AFTER
        if self.after is None:
            return Difference.ONLY_BEFORE
        return Difference.CHANGED if self.facts or self.before.wording != self.after.wording else Difference.SAME

    @property
    def old(self) -> list[Piece]:
        """The words of the first plan, with those that the second has not."""
        return [piece for piece in self.pieces if piece.sort != "new"]

    @property
    def new(self) -> list[Piece]:
        """The words of the second plan, with those that the first has not."""
        return [piece for piece in self.pieces if piece.sort != "gone"]


@dataclass
class Comparison:
    """What two plans say of themselves where they differ, their headings, and their clauses in the order of numbers."""

    frame: list[Fact]
    headings: list[Fact]
    clauses: list[ClauseComparison]

    def of(self, difference: Difference) -> list[ClauseComparison]:
        """The clauses that differ so."""
        return [clause for clause in self.clauses if clause.difference == difference]

    @property
    def changes_nothing(self) -> bool:
        """Whether the second says nothing that the first does not say."""
        same = {Difference.SAME, Difference.ONLY_BEFORE}
        headings = [fact for fact in self.headings if fact.after]
        return not self.frame and not headings and all(each.difference in same for each in self.clauses)


def state_of(slug: str) -> str:
    """What a plan says, as a digest; "" where there is none of that address."""
    plan = Plan.objects.filter(slug=slug).first()
    return hashlib.sha256(repr(written.as_file(plan)).encode()).hexdigest() if plan else ""


def compare(before: PlanFile, after: PlanFile) -> Comparison:
    """The first plan beside the second."""
    old, new = ({entry.number: entry for entry in file.clauses} for file in (before, after))
    numbers = sorted({*old, *new}, key=numbering.order)
    by_words = [{entry.wording: number for number, entry in each.items()} for each in (old, new)]
    clauses = []
    for number in numbers:
        a, b = old.get(number), new.get(number)
        found = ClauseComparison(number, a, b)
        if a and b:
            found.pieces = pieces(a.wording, b.wording)
            found.facts = _facts(a, b)
        elif one := a or b:
            found.elsewhere = by_words[1 if a else 0].get(one.wording, "")
        clauses.append(found)
    return Comparison(_frame(before, after), _headings(before.headings, after.headings), clauses)


def of_file(file: PlanFile) -> Comparison:
    """What loading a file would change."""
    plan = Plan.objects.filter(slug=file.slug()).first()
    return compare(written.as_file(plan) if plan else _empty(file), file)


def pieces(before: str, after: str) -> list[Piece]:
    """Two wordings word by word."""
    a, b = before.split(), after.split()
    if a == b:
        return [Piece("same", before)]
    if max(len(a), len(b)) > MOST_WORDS:
        return [Piece("gone", before), Piece("new", after)]
    found = []
    for sort, a_from, a_to, b_from, b_to in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if sort == "equal":
            found.append(Piece("same", " ".join(a[a_from:a_to])))
        else:
            found += [Piece("gone", " ".join(a[a_from:a_to]))] if a_from < a_to else []
            found += [Piece("new", " ".join(b[b_from:b_to]))] if b_from < b_to else []
    return found


def _empty(file: PlanFile) -> PlanFile:
    """A plan that says of itself what the file does, without headings and clauses."""
    return PlanFile(**{**vars(file), "headings": [], "clauses": []})


def _frame(a: PlanFile, b: PlanFile) -> list[Fact]:
    pairs: list[tuple[str | Promise, object, object]] = [
        (gettext_lazy("số, ký hiệu"), a.number, b.number),
        (gettext_lazy("tên"), a.title, b.title),
        (gettext_lazy("cơ quan ban hành"), a.issuer, b.issuer),
        (gettext_lazy("mã tỉnh"), a.province, b.province),
        (gettext_lazy("ngày ban hành"), show(a.issued_on), show(b.issued_on)),
        (gettext_lazy("thời gian"), _period(a), _period(b)),
        (gettext_lazy("đơn vị theo dõi"), _agencies([a.follow_up]), _agencies([b.follow_up])),
        (gettext_lazy("đơn vị được đề nghị"), _agencies(a.requested), _agencies(b.requested)),
        (gettext_lazy("tiếp nối kế hoạch"), a.follows, b.follows),
        (gettext_lazy("số ngày không có tiến độ thì nhắc"), str(a.silent_after), str(b.silent_after)),
        (gettext_lazy("căn cứ"), "; ".join(a.bases), "; ".join(b.bases)),
        (gettext_lazy("nơi nhận"), "; ".join(a.recipients), "; ".join(b.recipients)),
        (gettext_lazy("thể thức ký"), "; ".join(a.signer), "; ".join(b.signer)),
        (gettext_lazy("mẫu báo cáo"), *_texts_of_forms(a, b)),
    ]
    return _different(pairs)


def _headings(a: Iterable[HeadingEntry], b: Iterable[HeadingEntry]) -> list[Fact]:
    old, new = ({entry.number: f"{entry.heading} {entry.wording}".strip() for entry in each} for each in (a, b))
    numbers = sorted({*old, *new}, key=numbering.order)
    return _different([(number, old.get(number, ""), new.get(number, "")) for number in numbers])


def _facts(a: ClauseEntry, b: ClauseEntry) -> list[Fact]:
    return _different(
        [
            (gettext_lazy("loại"), _labels(ClauseKind, a.kinds), _labels(ClauseKind, b.kinds)),
            (gettext_lazy("chủ trì"), _agencies(a.lead), _agencies(b.lead)),
            (gettext_lazy("phối hợp"), _agencies(a.cooperating), _agencies(b.cooperating)),
            (gettext_lazy("đơn vị đọc từ điểm khác"), _read_from(a), _read_from(b)),
            (gettext_lazy("phục vụ"), ", ".join(sorted(a.serves)), ", ".join(sorted(b.serves))),
            (gettext_lazy("chỉ tiêu"), _indicator(a), _indicator(b)),
            (gettext_lazy("thời hạn"), _deadlines(a.deadlines), _deadlines(b.deadlines)),
            (gettext_lazy("kỳ báo cáo"), _reports(a.reports), _reports(b.reports)),
            (gettext_lazy("sản phẩm"), a.product, b.product),
            (gettext_lazy("định kỳ"), Recurrence(a.recurs).label, Recurrence(b.recurs).label),
            (gettext_lazy("điều kiện"), _condition(a), _condition(b)),
            (gettext_lazy("ý nghĩa"), a.meaning, b.meaning),
            (gettext_lazy("trang làm việc"), ", ".join(sorted(a.pages)), ", ".join(sorted(b.pages))),
            (gettext_lazy("số đếm"), ", ".join(sorted(a.registers)), ", ".join(sorted(b.registers))),
        ]
    )


def _different(pairs: Iterable[tuple[str | Promise, object, object]]) -> list[Fact]:
    return [Fact(name, str(before), str(after)) for name, before, after in pairs if before != after]


def _period(file: PlanFile) -> str:
    return f"{show(file.period.first)} – {show(file.period.last)}"


def _agencies(keys: Sequence[str]) -> str:
    return ", ".join(sorted(parties.called(key) for key in keys))


def _read_from(entry: ClauseEntry) -> str:
    return "; ".join(sorted(f"{parties.called(key)}: {', '.join(each)}" for key, each in entry.read_from.items()))


def _labels(choices: type[ClauseKind], values: Iterable[str]) -> str:
    return ", ".join(str(choices(value).label) for value in sorted(values))


def _indicator(entry: ClauseEntry) -> str:
    return f"{entry.indicator.target}% ({entry.indicator.measure})" if entry.indicator else ""


def _deadlines(rules: Iterable[DeadlineEntry]) -> str:
    return "; ".join(sorted(f"{rule.what} ({rule.key}), {_day(rule)}, {_years(rule)}" for rule in rules))


def _reports(rules: Iterable[ReportEntry]) -> str:
    found = []
    for rule in rules:
        words = [f"{rule.name.replace('{year}', '…')} ({rule.key})", written.as_span(rule), _day(rule), _years(rule)]
        found.append(f"{', '.join(words)}: {_agencies(rule.givers)}{_consolidation(rule)}")
    return "; ".join(sorted(found))


def _consolidation(rule: ReportEntry) -> str:
    to = rule.consolidation
    if to is None:
        return ""
    words = _(". %(by)s tổng hợp, gửi %(to)s") % {"by": _agencies([to.by]), "to": ", ".join(to.to)}
    day = [_("trước %s") % f"{to.before[0]}/{to.before[1]}"] if to.before else []
    return ", ".join([words, *day, _("mục %s") % to.clause])


def _day(rule: DeadlineEntry | ReportEntry) -> str:
    if rule.within_year:
        return _("trong năm, kế hoạch không nêu ngày")
    day, month = rule.before or rule.by or (0, 0)
    return (_("trước %s") if rule.before else _("chậm nhất %s")) % f"{day}/{month}"


def _years(rule: DeadlineEntry | ReportEntry) -> str:
    first, last = rule.first_year, rule.last_year
    return str(first) if first == last else f"{first}–{last}"


def _condition(entry: ClauseEntry) -> str:
    if entry.condition is None:
        return ""
    return f"{entry.condition.text} {show(entry.condition.met_on)} {entry.condition.document}".strip()


def _texts_of_forms(a: PlanFile, b: PlanFile) -> tuple[str, str]:
    """The forms of two plans in words that differ where the forms do."""
    old, new = ({form.key: form for form in file.forms} for file in (a, b))
    keys = [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
    return tuple(  # type: ignore[return-value]  # two of them
        "; ".join(
            _("%(title)s: %(sections)d phần, %(lines)d dòng%(mark)s")
            % {
                "title": each[key].title, "sections": len(each[key].sections), "lines": len(each[key].lines),
                "mark": _(" (nội dung khác)") if each is new and key in old else "",
            }
            for key in keys
            if key in each
        )
        for each in (old, new)
    )  # fmt: skip
