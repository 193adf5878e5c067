"""A stored plan as its file would state it, and such a file written as YAML."""

import datetime as dt
from dataclasses import fields, is_dataclass
from typing import Any

import yaml

from benan.plan import report_entries as entries
from benan.plan import spans
from benan.plan.document import (
    ClauseEntry,
    ConditionEntry,
    DeadlineEntry,
    HeadingEntry,
    IndicatorEntry,
    PeriodEntry,
    PlanFile,
)
from benan.plan.models import Clause, Plan, ReportRule
from benan.plan.models.plans import YearlyDay
from benan.plan.yaml_source import Text

LONG = 100  # characters up to which a text, or a list of texts, stands on one line
YEARS = {-1: " năm trước", 0: "", 1: " năm sau"}


def as_file(plan: Plan) -> PlanFile:
    """What the file of a plan would say that is stored as this one, clauses that were kept included."""
    rows = plan.clauses.prefetch_related("agencies", "deadlines", "reports", "serves")
    return PlanFile(
        number=Text(plan.number),
        title=Text(plan.title),
        issuer=Text(plan.issuer),
        province=Text(plan.province),
        issued_on=plan.issued_on,
        period=PeriodEntry(plan.period.lower, plan.last_day),
        follow_up=Text(plan.follow_up),
        requested=_texts(plan.requested),
        follows=Text(plan.follows),
        silent_after=plan.silent_after,
        bases=_texts(plan.bases),
        recipients=_texts(plan.recipients),
        signer=_texts(plan.signer),
        forms=[_form(stored) for stored in plan.forms.values()],
        headings=[HeadingEntry(Text(row.number), Text(row.heading), Text(row.wording)) for row in plan.sections.all()],
        clauses=[_clause(row, plan) for row in rows],
    )


def _clause(row: Clause, plan: Plan) -> ClauseEntry:
    condition = ConditionEntry(Text(row.condition), row.condition_met_on, Text(row.condition_document))
    return ClauseEntry(
        number=Text(row.number),
        wording=Text(row.wording),
        kinds=_texts(row.kinds),
        meaning=Text(row.meaning),
        lead=_texts(row.leads),
        cooperating=_texts(row.cooperating),
        read_from={Text(agency): _texts(numbers) for agency, numbers in row.read_from.items()},
        serves=_texts(target.number for target in row.serves.all()),
        indicator=IndicatorEntry(Text(row.measure), row.target) if row.measure and row.target else None,
        product=Text(row.product),
        recurs=Text(row.recurs),
        pages=_texts(row.pages),
        registers=_texts(row.registers),
        condition=condition if row.condition else None,
        deadlines=[
            DeadlineEntry(Text(rule.key), Text(rule.what), rule.first_year, rule.last_year, **_due(rule))
            for rule in row.deadlines.all()
        ],
        reports=[_report(rule) for rule in row.reports.all()],
    )


def _report(rule: ReportRule) -> entries.ReportEntry:
    cut_offs = {
        Text(key): entries.CutOffEntry(spans.restored(first) or dt.date.min, spans.restored(last) or dt.date.min)
        for key, (first, last) in rule.cut_offs.items()
    }
    consolidation = None
    if held := rule.consolidation:
        before = held.get("before")
        consolidation = entries.ConsolidationEntry(
            by=Text(held["by"]),
            to=_texts(held["to"]),
            clause=Text(held["clause"]),
            recipients=_texts(held.get("recipients", ())),
            before=(before[0], before[1]) if before else None,
        )
    return entries.ReportEntry(
        key=Text(rule.key),
        name=Text(rule.name),
        last=spans.restored(rule.last) or (rule.day, rule.month, 0),
        first_year=rule.first_year,
        last_year=rule.last_year,
        givers=_texts(rule.givers),
        form=Text(rule.form),
        first=spans.restored(rule.first),
        cut_offs=cut_offs,
        consolidation=consolidation,
        **_due(rule),
    )


def _form(stored: dict[str, Any]) -> entries.FormEntry:
    sections = [
        entries.FormSectionEntry(Text(one["key"]), Text(one["heading"]), _texts(one["clauses"]))
        for one in stored["sections"]
    ]
    lines = [
        entries.FormLineEntry(
            key=Text(one["key"]),
            name=Text(one["name"]),
            unit=Text(one["unit"]),
            section=Text(one["section"]),
            count=Text(one["count"]),
            split=_texts(one["split"]),
            givers=_texts(one["givers"]),
        )
        for one in stored["lines"]
    ]
    return entries.FormEntry(Text(stored["key"]), Text(stored["title"]), sections, lines)


def _due(rule: YearlyDay) -> dict[str, Any]:
    if rule.within_year:
        return {"within_year": True}
    return {"before" if rule.before else "by": (rule.day, rule.month)}


def _texts(values: Any) -> list[Text]:
    return [Text(value) for value in values]


def as_span(rule: entries.ReportEntry) -> str:
    """The days that a report covers, in words of the file."""
    cut_offs = "".join(
        f", {key}: {_day(each.first)} – {_day(each.last)}" for key, each in sorted(rule.cut_offs.items())
    )
    return f"{_day(rule.first) if rule.first else ''} – {_day(rule.last)}{cut_offs}"


def _day(day: spans.SpanDay) -> str:
    return str(_plain(day))


def as_yaml(file: PlanFile, *, note: str = "") -> str:
    """A plan file as text, which `document.read` gives back as it is; above it a `note` in comments."""
    comments = "".join(f"# {line}\n" for line in note.splitlines())
    return comments + yaml.dump(
        _plain(file), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    )


def _plain(value: Any) -> Any:
    """Values as YAML holds them: days of each year as 15/05, days of a report as 01/11 năm trước; what is left out is not
    written."""
    if is_dataclass(value) and not isinstance(value, type):
        named = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {
            key: _plain(held)
            for key, held in named
            if held not in (None, "", False) and (held != [] or key in REQUIRED_LISTS) and held != {}
        }
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, tuple):
        after = YEARS[value[2]] if len(value) == 3 else ""
        return f"{value[0]:02}/{value[1]:02}{after}"
    return str(value) if isinstance(value, str) else value


REQUIRED_LISTS = {"bases", "recipients", "signer", "to", "givers", "sections"}


class _Dumper(yaml.SafeDumper):
    """Long texts folded, short lists on one line, no references."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand further in than their key."""
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = ">" if len(value) > LONG and value == value.strip() and "\n " not in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    texts = [each for each in value if isinstance(each, str) and "\n" not in each]
    short = len(texts) == len(value) and sum(map(len, texts)) <= LONG
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
