"""Changes to plans: one verb."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from benan.audit import trail
from benan.audit.events import Event
from benan.core.refusals import Refused
from benan.plan import document, numbering
from benan.plan.document import ClauseEntry, PlanFile
from benan.plan.models import Clause, ClauseAgency, Plan, Section


class Loaded(NamedTuple):
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
def load(*, by, source: bytes, path: str) -> Loaded:
    """Make a plan say what its file says; a second run changes nothing.

    A clause that the file no longer has stays, since work hangs on it. `path` names the file in messages;
    `by` is None for the program itself. Raises document.Invalid with the lines that are wrong, and Refused
    where another plan of the province covers the same time, or an indicator stands on a clause that is kept.
    """
    file = document.read(source, path)
    frame_before, clauses_before = _frame(file.number), _clauses(file.number)
    plan = _write(file)
    frame, clauses = _frame(file.number), _clauses(file.number)
    loaded = Loaded(
        plan,
        frame=[number for number in frame if frame[number] != frame_before.get(number)],
        added=[number for number in clauses if number not in clauses_before],
        changed=[number for number in clauses_before if clauses[number] != clauses_before[number]],
        kept=[number for number in clauses if number not in {entry.number for entry in file.clauses}],
        passed_over=file.passed_over(),
    )
    if loaded.frame or loaded.added or loaded.changed:
        numbers = {name: getattr(loaded, name) for name in ("frame", "added", "changed", "kept")}
        trail.record(by=by, event=Event.PLAN_LOADED, on=f"plan:{plan.number}", data=numbers)
    return loaded


def _frame(number: str) -> dict:
    """What a plan says of itself and in its headings, as stored."""
    plan = Plan.objects.filter(number=number).values().first()
    sections = Section.objects.filter(plan__number=number).values()
    return ({number: plan} if plan else {}) | {section["number"]: section for section in sections}


def _clauses(number: str) -> dict:
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
    sections = {}
    for entry in file.headings:
        facts = {"order": numbering.order(entry.number), "heading": entry.heading, "wording": entry.wording}
        sections[entry.number], _made = plan.sections.update_or_create(number=entry.number, defaults=facts)
    clauses = {}
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
    with_indicator = plan.clauses.exclude(indicator="")
    here = [entry.number for entry in file.clauses]
    keys = [entry.indicator.key for entry in file.clauses if entry.indicator]
    kept = with_indicator.filter(indicator__in=keys).exclude(number__in=here).first()
    if kept:
        raise Refused(
            _("Chỉ tiêu “%(key)s” thuộc điểm %(number)s, điểm này không có trong tệp nhưng được giữ; đặt khóa khác.")
            % {"key": kept.indicator, "number": kept.number}
        )
    with_indicator.filter(number__in=here).update(indicator="", target=None)


def _facts(entry: ClauseEntry) -> dict:
    condition = entry.condition
    return {
        "order": numbering.order(entry.number),
        "wording": entry.wording,
        "meaning": entry.meaning,
        "kinds": entry.kinds,
        "indicator": entry.indicator.key if entry.indicator else "",
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
        day, month = rule.before or rule.by
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
