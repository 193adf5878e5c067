"""Loading a plan from its file."""

import datetime as dt
from dataclasses import asdict
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core.refusals import Refused
from benan.places.queries import HOME
from benan.plan import comparing, document, numbering, spans
from benan.plan import policy as plan_policy
from benan.plan.document import ClauseEntry, PlanFile
from benan.plan.events import PlanEvent
from benan.plan.models import Clause, ClauseAgency, Plan, Section
from benan.plan.report_entries import ReportEntry


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
def load(*, by: User | None, source: bytes, path: str, seen: str | None = None, elsewhere: bool = False) -> LoadedPlan:
    """Make a plan say what its file says; a second run changes nothing.

    A clause that the file no longer has stays, since work hangs on it. `path` names the file in messages;
    `by` is None for the program itself. `seen`: what the plan said (`comparing.state_of`) when somebody read what would
    change. `elsewhere`: that a plan of another province is meant. Raises PermissionDenied, document.InvalidPlan with the
    lines that are wrong, and Refused where an indicator stands on a clause that is kept, the plan says something else than
    was seen, somebody loads a plan of another province without saying so, or the plan of that address is not theirs to
    change (`policy.require_owner`) or has another number.
    """
    if by is not None:
        policy.require_right(by, P.PLAN_LOAD)
    file = document.read(source, path)
    slug = file.slug()
    if by is not None and file.province != HOME and not elsewhere:
        raise Refused(_("Kế hoạch này của tỉnh khác. Nếu muốn nạp để đọc thì đánh dấu ô này."), field="elsewhere")
    _wait_for(slug)
    plan_policy.require_owner(by, file.slug(), file.number)
    if seen is not None and comparing.state_of(slug) != seen:
        raise Refused(
            _("Kế hoạch đã được nạp hoặc sửa từ lúc mở trang. Đọc lại những gì sẽ thay đổi rồi xác nhận lần nữa.")
        )
    frame_before, clauses_before = _frame(slug), _clauses(slug)
    plan = _write(file)
    frame, clauses = _frame(slug), _clauses(slug)
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
        trail.record(by=by, event=PlanEvent.LOADED, on=f"plan:{plan.slug}", data=numbers)
    return loaded


def _wait_for(slug: str) -> None:
    """Wait while somebody else loads the same plan, which need not exist yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"plan:{slug}"])


def _frame(slug: str) -> dict[str, Any]:
    """What a plan says of itself and in its headings, as stored."""
    plan = Plan.objects.filter(slug=slug).values().first()
    sections = Section.objects.filter(plan__slug=slug).values()
    return ({plan["number"]: plan} if plan else {}) | {section["number"]: section for section in sections}


def _clauses(slug: str) -> dict[str, Any]:
    """What the clauses of a plan say, as stored, by number in the plan's order."""
    rows = Clause.objects.filter(plan__slug=slug).prefetch_related("agencies", "deadlines", "reports", "serves")
    return {
        row.number: (
            {field.name: field.value_from_object(row) for field in Clause._meta.concrete_fields},
            {(agency.agency, agency.part, *agency.read_from) for agency in row.agencies.all()},
            {tuple(getattr(rule, name) for name in _RULE) for rule in row.deadlines.all()},
            {rule.key: model_to_dict(rule, exclude=["id", "clause"]) for rule in row.reports.all()},
            {target.number for target in row.serves.all()},
        )
        for row in rows
    }


_RULE = ("key", "what", "day", "month", "before", "within_year", "first_year", "last_year")
END_OF_YEAR = (31, 12)  # when the program reminds of what the plan wants within a year


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
    plan = Plan.objects.select_for_update().filter(slug=file.slug()).first() or Plan(slug=file.slug())
    plain = (
        "number", "title", "issuer", "province", "issued_on", "follow_up", "bases", "recipients", "signer", "requested",
        "follows", "silent_after",
    )  # fmt: skip
    for name in plain:
        setattr(plan, name, getattr(file, name))
    plan.forms = {form.key: form.stored() for form in file.forms}
    # Built as PostgreSQL gives it back: the day after the last one is outside.
    plan.period = DateRange(file.period.first, file.period.last + dt.timedelta(days=1))
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
        "product": entry.product,
        "recurs": entry.recurs,
        "pages": entry.pages,
        "registers": entry.registers,
        "condition": condition.text if condition else "",
        "condition_met_on": condition.met_on if condition else None,
        "condition_document": condition.document if condition else "",
    }


def _write_related(clause: Clause, entry: ClauseEntry) -> None:
    parts = {ClauseAgency.Part.LEAD: entry.lead, ClauseAgency.Part.COOPERATING: entry.cooperating}
    clause.agencies.exclude(agency__in=[*entry.lead, *entry.cooperating]).delete()
    for part, agencies in parts.items():
        for agency in agencies:
            facts = {"part": part, "read_from": entry.read_from.get(agency, [])}
            clause.agencies.update_or_create(agency=agency, defaults=facts)
    clause.deadlines.exclude(key__in=[rule.key for rule in entry.deadlines]).delete()
    for rule in entry.deadlines:
        day, month = rule.before or rule.by or END_OF_YEAR
        clause.deadlines.update_or_create(
            key=rule.key,
            defaults={
                "what": rule.what,
                "day": day,
                "month": month,
                "before": rule.before is not None,
                "within_year": rule.within_year,
                "first_year": rule.first_year,
                "last_year": rule.last_year,
            },
        )
    clause.reports.exclude(key__in=[report.key for report in entry.reports]).delete()
    for report in entry.reports:
        clause.reports.update_or_create(key=report.key, defaults=_report(report))


def _report(entry: ReportEntry) -> dict[str, Any]:
    day, month = entry.before or entry.by or END_OF_YEAR
    cut_offs = {key: [spans.stored(each.first), spans.stored(each.last)] for key, each in entry.cut_offs.items()}
    return {
        "name": entry.name,
        "first": spans.stored(entry.first),
        "last": spans.stored(entry.last),
        "cut_offs": cut_offs,
        "givers": entry.givers,
        "form": entry.form,
        "consolidation": asdict(entry.consolidation) if entry.consolidation else {},
        "day": day,
        "month": month,
        "before": entry.before is not None,
        "within_year": entry.within_year,
        "first_year": entry.first_year,
        "last_year": entry.last_year,
    }
