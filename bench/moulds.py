"""Receptions as verbs left them, with what it takes to write them again elsewhere."""

import datetime as dt
import functools
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from benan.accounts.models import Team, TeamMember
from benan.agencies.models import Agency
from benan.audit.events import Mark, marked
from benan.audit.models import Event as Trail
from benan.cases import deadlines
from benan.cases.models import Case, Fact, Guardianship, Reception, Status, Step, Track
from benan.core import sealing
from benan.needs.models import Assessment, Need, Provision
from benan.protection.models import DangerNotice, Measure
from benan.shell.events import DemoEvent
from benan.support.models import Enrolment, Referral, Visit
from benan.vault.access import NOTE
from benan.vault.models import Person, Sealed
from benan.verification.models import Finding

Table = type[models.Model]
KeptFrom: Table = Team.kept_from.through
# Parents before children; of each table, the field of what it hangs on. Deadlines, tokens and standings are computed
# anew for each copy, and what an erasure leaves is no case to copy.
TABLES: dict[Table, str] = {
    Reception: "", Person: "", Team: "", Case: "", KeptFrom: "team", TeamMember: "team", Track: "case", Status: "case",
    Fact: "case", Guardianship: "case", Finding: "case", Assessment: "case", Need: "case", Provision: "case",
    Measure: "case", DangerNotice: "case", Referral: "case", Visit: "case", Enrolment: "case", Sealed: "person",
    Step: "case",
}  # fmt: skip
_HELD_BY = {"case": "pk", "team": "team_id", "person": "person_id"}  # by the field of a row, what a case has of it


@dataclass(eq=False)
class Mould:
    """The rows of one reception, by table.

    `words`: by table, id and field what was sealed there. `clocks`: by case the events, the facts and whose move each
    limit is. `trail`: the rows about these cases and people, without looks.
    """

    rows: dict[Table, list[Any]]
    district: str
    commune: str
    words: dict[tuple[Table, Any, str], str] = field(default_factory=dict)
    clocks: dict[int, tuple[Any, Any, Any]] = field(default_factory=dict)
    trail: list[Trail] = field(default_factory=list)

    @functools.cached_property
    def order(self) -> dict[tuple[Table, Any], int]:
        """Of each row, by table and id, which one it is among those of its table, from 0."""
        return {(table, row.pk): place for table in TABLES for place, row in enumerate(self.rows[table])}

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which something happened."""
        days = [step.on for step in self.rows[Step]]
        return min(days), max(days)

    @functools.cached_property
    def agencies(self) -> set[int]:
        """The agencies (ids) that its rows name."""
        return {pk for row, each in self._related(Agency) if (pk := getattr(row, each.attname))}

    @functools.cached_property
    def areas(self) -> set[str]:
        """The codes of the communes where its people were received."""
        return {case.area_code for case in self.rows[Case]}

    def _related(self, table: Table) -> list[tuple[Any, Any]]:
        rows = [row for some in self.rows.values() for row in some]
        return [(row, each) for row in rows for each in row._meta.concrete_fields if each.related_model is table]

    @property
    def is_closed(self) -> bool:
        """Whether nothing goes on with anybody who came."""
        return not any(case.is_open for case in self.rows[Case])


def moulds(**which: Any) -> list[Mould]:
    """Receptions that stand (`which` narrows their cases), with their rows, opened.

    Those with corrected steps, joined or erased cases are left out: such rows point at rows of their own table, or are gone.
    """
    groups = defaultdict(list)
    for case in every(Case).filter(**which).select_related("reception__agency__superior", "team").order_by("pk"):
        groups[case.reception_id].append(case)
    odd = set(every(Step).exclude(corrects=None).values_list("case__reception", flat=True))
    odd |= set(every(Case).filter(person__wrapped_key=None).values_list("reception", flat=True))
    for pair in every(Case).exclude(joined_to=None).values_list("reception", "joined_to__reception"):
        odd |= set(pair)
    return [_mould(cases) for pk, cases in groups.items() if pk not in odd]


def every(table: Table) -> models.QuerySet[Any, Any]:
    """All rows of a table, guarded or not."""
    return table._base_manager.all()


def _mould(cases: list[Case]) -> Mould:
    reception = cases[0].reception
    rows: dict[Table, list[Any]] = {
        Reception: [reception], Case: cases, Team: [case.team for case in cases],
        Person: list(every(Person).filter(pk__in=[case.person_id for case in cases])),
    }  # fmt: skip
    for table, way in TABLES.items():
        if way:
            found = every(table).filter(**{f"{way}__in": [getattr(case, _HELD_BY[way]) for case in cases]})
            rows[table] = list((found.select_related("case") if way == "case" else found).order_by("pk"))
    superior = reception.agency.superior
    mould = Mould(rows, district=superior.unit_code if superior else "", commune=reception.area_code)
    keys = {person.pk: sealing.unwrap(bytes(person.wrapped_key)) for person in rows[Person]}
    for table in TABLES:
        for name in sealed_fields(table):
            for row in rows[table]:
                if sealed := getattr(row, name):
                    person, context = person_of(table, row), context_of(table, row)
                    mould.words[table, row.pk, name] = sealing.unseal(keys[person], sealed, context)
    for case in cases:
        mould.clocks[case.pk] = (
            deadlines.recorded_events(case),
            deadlines.known_facts(case),
            deadlines.responsible_agencies(case),
        )
    about = [row.trail_subject for row in (*cases, *rows[Person])]
    others = [*marked(Mark.READS), *marked(Mark.LOOK), DemoEvent.LIFE_PLAYED]
    mould.trail = list(Trail.objects.filter(subject__in=about).exclude(event__in=others).order_by("seq"))
    return mould


def sealed_fields(table: Table) -> list[str]:
    """Names of the fields of a table that are sealed under a person's key."""
    fields = table._meta.concrete_fields if table is not Person else ()
    return [each.name for each in fields if isinstance(each, models.BinaryField)]


def person_of(table: Table, row: Any) -> Any:
    """The id of the person under whose key the words of a row are sealed."""
    return row.person_id if table is Sealed else row.case.person_id


def context_of(table: Table, row: Any) -> str:
    """The context for which the words of a row are sealed."""
    return row.field if table is Sealed else NOTE
