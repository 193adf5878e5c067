"""Changes to plans; and what leaves a line in the trail: cases listed by their codes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.audit import trail
from benan.core.figures import Period, Question
from benan.core.refusals import Refused
from benan.indicators import reach
from benan.indicators.events import FigureEvent
from benan.indicators.shortfalls import ShortCase
from benan.plan import document, indicators, numbering
from benan.plan.document import ClauseEntry, PlanFile
from benan.plan.events import PlanEvent
from benan.plan.indicators import IndicatorFigure
from benan.plan.models import Clause, ClauseAgency, Plan, Section


class LoadedPlan(NamedTuple):
    """What loading did, in numbers of the plan's own count.

    `frame` holds headings added or changed, and the plan's number where its own facts were; `kept` the
    clauses that the file no longer has; `passed_over` numbers that the file lacks between others.
    """

    plan: Plan
    frame: list[str]
    added: list[str]
    changed: list[str]
    kept: list[str]
    passed_over: list[str]


@transaction.atomic
def load(*, by: User | None, source: bytes, path: str) -> LoadedPlan:
    """Make a plan say what its file says; a second run changes nothing.

    A clause that the file no longer has stays, since work hangs on it. `path` names the file in messages;
    `by` is None for the program itself. Raises document.InvalidPlan with the lines that are wrong, and Refused
    where another plan of the province covers the same time, or an indicator stands on a clause that is kept.
    """
    file = document.read(source, path)
    frame_before, clauses_before = _frame(file.number), _clauses(file.number)
    plan = _write(file)
    frame, clauses = _frame(file.number), _clauses(file.number)
    loaded = LoadedPlan(
        plan,
        frame=[number for number in frame if frame[number] != frame_before.get(number)],
        added=[number for number in clauses if number not in clauses_before],
        changed=[number for number in clauses_before if clauses[number] != clauses_before[number]],
        kept=[number for number in clauses if number not in {entry.number for entry in file.clauses}],
        passed_over=file.passed_over(),
    )
    if loaded.frame or loaded.added or loaded.changed:
        numbers = {name: getattr(loaded, name) for name in ("frame", "added", "changed", "kept")}
        trail.record(by=by, event=PlanEvent.LOADED, on=f"plan:{plan.number}", data=numbers)
    return loaded


@transaction.atomic
def list_short(
    *, by: User, figures: Sequence[IndicatorFigure], asked: Question, periods: Iterable[Period] = ()
) -> dict[str, list[ShortCase]]:
    """The cases that fall short of each indicator, by its number, with codes for those `by` may see.

    `periods` are those of the plan's reports. Raises Refused where the question goes beyond the reach of `by`.
    """
    reach.require(by, asked, periods)
    found = indicators.cases_falling_short(figures, asked, by)
    trail.record(by=by, event=FigureEvent.CASES_LISTED, on="indicators", data=listed(asked, found))
    return found


def named(asked: Question) -> dict[str, str]:
    """A question as the trail keeps it."""
    return {
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "as_of": asked.as_of.isoformat(),
        "area": asked.area,
        "agency": asked.agency.key if asked.agency else "",
    }


def listed(asked: Question, found: Mapping[str, Sequence[ShortCase]]) -> dict[str, Any]:
    """What the trail keeps of a list: the question, the codes that were shown, and under which indicator each."""
    codes = {number: [row.code for row in rows if row.code] for number, rows in found.items()}
    short = {number: shown for number, shown in codes.items() if shown}
    return named(asked) | {"cases": sorted({code for shown in short.values() for code in shown}), "short": short}


def _frame(number: str) -> dict[str, Any]:
    """What a plan says of itself and in its headings, as stored."""
    plan = Plan.objects.filter(number=number).values().first()
    sections = Section.objects.filter(plan__number=number).values()
    return ({number: plan} if plan else {}) | {section["number"]: section for section in sections}


def _clauses(number: str) -> dict[str, Any]:
    """What the clauses of a plan say, as stored, by number in the plan's order."""
    rows = Clause.objects.filter(plan__number=number).prefetch_related("agencies", "deadlines", "serves")
    return {
        row.number: (
            {field.name: field.value_from_object(row) for field in Clause._meta.concrete_fields},
            {(agency.agency, agency.part) for agency in row.agencies.all()},
            {tuple(getattr(rule, name) for name in _RULE) for rule in row.deadlines.all()},
            {target.number for target in row.serves.all()},
        )
        for row in rows
    }


_RULE = ("key", "what", "day", "month", "before", "first_year", "last_year")


def _write(file: PlanFile) -> Plan:
    plan = _write_plan(file)
    _free_indicators(plan, file)
    sections: dict[str, Section] = {}
    for heading in file.headings:
        facts = {"order": numbering.order(heading.number), "heading": heading.heading, "wording": heading.wording}
        sections[heading.number], _made = plan.sections.update_or_create(number=heading.number, defaults=facts)
    clauses: dict[str, Clause] = {}
    for entry in file.clauses:
        section = sections[file.section_of(entry.number)]
        clauses[entry.number], _made = plan.clauses.update_or_create(
            number=entry.number, defaults={"section": section} | _facts(entry)
        )
    for entry in file.clauses:
        _write_related(clauses[entry.number], entry)
        clauses[entry.number].serves.set(clauses[number] for number in entry.serves)
    return plan


def _write_plan(file: PlanFile) -> Plan:
    plan = Plan.objects.select_for_update().filter(number=file.number).first() or Plan(number=file.number)
    for name in ("title", "issuer", "province", "issued_on", "follow_up", "bases", "recipients", "signer"):
        setattr(plan, name, getattr(file, name))
    # Built as PostgreSQL gives it back: the day after the last one is outside.
    plan.period = DateRange(file.period.first, file.period.last, "[]")
    try:
        plan.validate_constraints()
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from refusal
    plan.save()
    return plan


def _free_indicators(plan: Plan, file: PlanFile) -> None:
    """Let indicators change places among the clauses of the file, but not leave a clause that is kept."""
    with_indicator = plan.clauses.exclude(measure="")
    here = [entry.number for entry in file.clauses]
    measures = [entry.indicator.measure for entry in file.clauses if entry.indicator]
    kept = with_indicator.filter(measure__in=measures).exclude(number__in=here).first()
    if kept:
        raise Refused(
            _("Chỉ tiêu “%(key)s” thuộc điểm %(number)s, điểm này không có trong tệp nhưng được giữ; đặt khóa khác.")
            % {"key": kept.measure, "number": kept.number}
        )
    with_indicator.filter(number__in=here).update(measure="", target=None)


def _facts(entry: ClauseEntry) -> dict[str, Any]:
    condition = entry.condition
    return {
        "order": numbering.order(entry.number),
        "wording": entry.wording,
        "meaning": entry.meaning,
        "kinds": entry.kinds,
        "measure": entry.indicator.measure if entry.indicator else "",
        "target": entry.indicator.target if entry.indicator else None,
        "condition": condition.text if condition else "",
        "condition_met_on": condition.met_on if condition else None,
        "condition_document": condition.document if condition else "",
    }


def _write_related(clause: Clause, entry: ClauseEntry) -> None:
    parts = {ClauseAgency.Part.LEAD: entry.lead, ClauseAgency.Part.COOPERATING: entry.cooperating}
    clause.agencies.exclude(agency__in=[*entry.lead, *entry.cooperating]).delete()
    for part, agencies in parts.items():
        for agency in agencies:
            clause.agencies.update_or_create(agency=agency, defaults={"part": part})
    clause.deadlines.exclude(key__in=[rule.key for rule in entry.deadlines]).delete()
    for rule in entry.deadlines:
        day, month = cast(tuple[int, int], rule.before or rule.by)  # one of the two, as `document` checks
        clause.deadlines.update_or_create(
            key=rule.key,
            defaults={
                "what": rule.what,
                "day": day,
                "month": month,
                "before": rule.before is not None,
                "first_year": rule.first_year,
                "last_year": rule.last_year,
            },
        )
