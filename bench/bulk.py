"""Many cases fast: cases that verbs made are moulds, and each copy is moved to other days, another district and person.

A copy holds what the verbs would have written there and then: the same rows and rows of the trail, days moved, deadlines
computed by `rules.deadlines` on the new days, words sealed under keys of its own, names indexed. What differs: what the
law grants is not asked anew on the new day. Rows are sent by COPY, which takes the owner of the tables: COPY knows no
row-level security.
"""

import copy as copying
import datetime as dt
import functools
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from benan.accounts.models import Membership, User
from benan.agencies.models import Agency
from benan.audit import heads
from benan.audit.models import START, hash_of
from benan.audit.models import Event as Trail
from benan.cases import deadlines
from benan.cases.models import Case, Deadline, Step, Track
from benan.core import sealing
from benan.core.days import clock
from benan.needs.models import Provision
from benan.rules.calendar import DayTable
from benan.rules.deadlines import RecordedEvent
from benan.rules.limits import LimitTable
from benan.vault.models import Field, Person, Sealed, Token
from benan.vault.tracing import ComparedIdentity, tokens, years_in
from bench import names
from bench.copies import NUMBERED, Copy, Named, Offices, name_all
from bench.loading import copy_rows
from bench.moulds import TABLES, Mould, Table, context_of, person_of
from bench.standings import write_standings

AREAS = ("area_code", "residence_code", "to_unit")


@transaction.atomic
def write(copies: Iterable[Copy]) -> list[list[int]]:
    """Write copies and their rows of the trail on Django's connection; returns, for each, the ids of its cases."""
    named = name_all(copies)
    Writer().write(connection, named)
    write_standings(connection, named)
    write_trail(named)
    return [each.cases for each in named]


class Writing:
    """One copy being written."""

    def __init__(self, named: Named, offices: Offices) -> None:
        self.named, self.copy, self.offices = named, named.copy, offices
        self.later = dt.timedelta(days=named.copy.later)
        self.keys = {person.pk: sealing.new_data_key() for person in self.copy.mould.rows[Person]}

    def day(self, day: dt.date) -> str:
        """A day of the mould, moved."""
        return (day + self.later).isoformat()

    def says(self, person: Any, name: str, words: str) -> str:
        """What a person of the copy says of themselves under a name (`Field`)."""
        if self.copy.number is None or name not in (Field.FULL_NAME, Field.PHONE):
            return words
        number = self.copy.number + 7_919 * self.copy.mould.order[Person, person]
        return names.name(number) if name == Field.FULL_NAME else names.phone(number)


Value = Callable[[Writing], Any]


class Template:
    """A row of a mould as COPY takes it, with the columns that differ from copy to copy."""

    def __init__(self, values: Sequence[Any]) -> None:
        self._fixed = [None if callable(value) else value for value in values]
        self._moved = [(place, value) for place, value in enumerate(values) if callable(value)]

    def row(self, writing: Writing) -> list[Any]:
        """The row of a copy."""
        row = self._fixed.copy()
        for place, value in self._moved:
            row[place] = value(writing)
        return row


class Writer:
    """Writes copies of moulds; holds what is the same for many."""

    def __init__(self) -> None:
        self._offices, self._days, self._limits = Offices(), DayTable.load(), LimitTable.load()
        self._templates: dict[Mould, dict[Table, list[Template]]] = {}
        self._deadlines: dict[tuple[Mould, int], list[tuple[int, Deadline]]] = {}
        self._now = clock()

    def write(self, database: Any, copies: Iterable[Named]) -> None:
        """Write copies on a connection, which commits them; the trail is written apart."""
        writings = [Writing(named, self._offices) for named in copies]
        with database.cursor() as cursor:
            for table in TABLES:
                rows = (each.row(one) for one in writings for each in self.templates(one.copy.mould)[table])
                copy_rows(cursor, table, [each.attname for each in _columns(table)], rows)
            copy_rows(cursor, Token, ["person_id", "value"], (row for one in writings for row in self._tokens(one)))
            columns = [each.attname for each in _columns(Deadline)]
            copy_rows(cursor, Deadline, columns, (row for one in writings for row in self._deadline_rows(one, columns)))

    def templates(self, mould: Mould) -> dict[Table, list[Template]]:
        """The rows of a mould, made once."""
        if mould not in self._templates:
            self._templates[mould] = {
                table: [
                    Template([self._value(mould, table, each, row) for each in _columns(table)])
                    for row in mould.rows[table]
                ]
                for table in TABLES
            }
        return self._templates[mould]

    def _value(self, mould: Mould, table: Table, each: Any, row: Any) -> Any:
        """What a column of a copy holds, or how to say it of a copy."""
        value, place = getattr(row, each.attname), mould.order[table, row.pk]
        drawn: dict[tuple[Table, str], Value] = {
            (table, table._meta.pk.name if table._meta.pk else ""): lambda one: one.named.new(table, row.pk),
            (Person, "wrapped_key"): lambda one: sealing.wrap(one.keys[row.pk]),
            (Case, "code"): lambda one: one.named.codes[place],
            (Case, "alias"): lambda one: one.named.aliases[place],
            (Sealed, "by"): lambda one: one.offices.username(value, one.copy),
        }
        if (table, each.name) in drawn:
            return drawn[table, each.name]
        if getattr(each, "auto_now_add", False):
            return self._now
        if (table, row.pk, each.name) in mould.words:
            return _sealed(table, row, mould.words[table, row.pk, each.name])
        return value if value is None or value == "" else _moved_value(each, row, value)

    def _tokens(self, one: Writing) -> Iterator[tuple[Any, bytes]]:
        """The index of who these people are."""
        mould, said = one.copy.mould, defaultdict[Any, dict[str, str]](dict)
        for row in mould.rows[Sealed]:
            said[row.person_id][row.field] = one.says(row.person_id, row.field, mould.words[Sealed, row.pk, "value"])
        for person, words in said.items():
            new = one.named.new(Person, person)
            yield from ((new, value) for value in sorted(tokens(_compared(words))))

    def _deadline_rows(self, one: Writing, columns: list[str]) -> Iterator[list[Any]]:
        """The deadlines as they stand after the last step."""
        for case, deadline in self._computed(one.copy):
            row = [getattr(deadline, name) for name in columns]
            row[columns.index("case_id")] = one.named.new(Case, case)
            place = columns.index("agency_id")
            row[place] = row[place] and one.offices.agency(row[place], one.copy)
            yield row

    def _computed(self, copy: Copy) -> list[tuple[int, Deadline]]:
        """The deadlines of a mould so many days later, each with its case; agencies are those of the mould."""
        key = copy.mould, copy.later
        if key not in self._deadlines:
            self._deadlines[key] = [
                (case.pk, deadline) for case in copy.mould.rows[Case] for deadline in self._compute(copy, case)
            ]
        return self._deadlines[key]

    def _compute(self, copy: Copy, old: Case) -> Iterator[Deadline]:
        later, mould = dt.timedelta(days=copy.later), copy.mould
        events, known, whose = mould.clocks[old.pk]
        case = _moved(old, later)
        case.reception = _moved(old.reception, later)
        tracks = [_moved(track, later) for track in mould.rows[Track] if track.case_id == old.pk]
        events = [RecordedEvent(one.event, one.on + later, one.at) for one in events]
        found = deadlines.compute(case, events, known, whose, tracks=tracks, days=self._days, limits=self._limits)
        for deadline in found:
            if case.closed_on and deadline.met_on is None and deadline.ended_on is None:
                deadline.ended_on = case.closed_on
            yield deadline


def write_trail(copies: Iterable[Named]) -> None:
    """Add to the trail, in the caller's transaction, what verbs would have added for each copy, chained as they chain it."""
    last, offices, now = Trail.objects.order_by("-seq").first(), Offices(), clock()
    ends: list[tuple[int, str, str]] = []  # number, hash before and hash, of the first row and the last

    def rows() -> Iterator[list[Any]]:
        seq, before = (last.seq, last.hash) if last else (0, START)
        for named in copies:
            for old in named.copy.mould.trail:
                by, subject = offices.username(old.by, named.copy), _subject(old.subject, named)
                data = _told(old.data, named, offices)
                digest = hash_of(seq + 1, now, by, old.event, subject, data, before)
                yield [seq + 1, now, by, old.event, subject, json.dumps(data), before, digest]
                ends[1 if ends else 0 :] = [(seq + 1, before, digest)]
                seq, before = seq + 1, digest

    with connection.cursor() as cursor:
        copy_rows(cursor, Trail, [each.attname for each in Trail._meta.concrete_fields], rows())
    for seq, before, digest in ends:
        transaction.on_commit(heads.Head(Trail(seq=seq, previous=before, hash=digest), looking=False))


def _columns(table: Table) -> list[Any]:
    """The fields of a table that are sent."""
    fields = table._meta.concrete_fields
    return [each for each in fields if not each.primary_key or table in NUMBERED or table is Person]


def _sealed(table: Table, row: Any, words: str) -> Value:
    person, context = person_of(table, row), context_of(table, row)
    if table is Sealed:
        return lambda one: sealing.seal(one.keys[person], one.says(person, row.field, words), context)
    return lambda one: sealing.seal(one.keys[person], words, context)


def _moved_value(each: Any, row: Any, value: Any) -> Any:
    if each.is_relation:
        return _related(each.related_model, value)
    if type(each) is models.DateField and each.name != "version":  # versions of the law stay on their days
        return lambda one: one.day(value)
    if isinstance(each, models.JSONField):
        return _details(row, value)
    if each.name in AREAS:
        return lambda one: one.copy.place(value)
    return _paper_number(row, value) if each.name.endswith("_no") else value


def _related(table: Table, value: Any) -> Value:
    if table is Agency:
        return lambda one: one.offices.agency(value, one.copy)
    if table is User:
        return lambda one: one.offices.user(value, one.copy)
    if table is Membership:
        return lambda one: one.offices.membership(value, one.copy)
    return lambda one: one.named.new(table, value)


def _details(row: Any, value: dict[str, Any]) -> Any:
    parts = {name: _detail(row, name, part) for name, part in value.items()}
    if not any(map(callable, parts.values())):
        return json.dumps(value)
    return lambda one: json.dumps({name: part(one) if callable(part) else part for name, part in parts.items()})


def _detail(row: Any, name: str, value: Any) -> Any:
    if name == "changed":
        pairs = {key: [_detail(row, key, part) for part in pair] for key, pair in value.items()}
        return lambda one: {
            key: [part(one) if callable(part) else part for part in pair] for key, pair in pairs.items()
        }
    if name == "provision":
        return lambda one: one.named.new(Provision, value)
    if name == "case":
        return lambda one: one.named.code(value)
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return lambda one: one.day(dt.date.fromisoformat(value))
    number = _paper_number(row, value)
    return number if callable(number) else lambda one: one.copy.place(value)


def _paper_number(row: Any, value: str) -> Any:
    """The demo numbers its papers by the day of the year."""
    for each in row._meta.concrete_fields:
        day = getattr(row, each.attname)
        if type(each) is models.DateField and day and value.startswith(f"{day:%j}/"):
            return functools.partial(_renumbered, day, value)
    return value


def _renumbered(day: dt.date, value: str, one: Writing) -> str:
    return f"{day + one.later:%j}{value[3:]}"


def _subject(old: str, named: Named) -> str:
    """How the trail names the copy of what a row of it is about."""
    kind, _colon, key = old.partition(":")
    return f"{kind}:{named.code(key) if kind == 'case' else named.new(Person, UUID(key))}"


def _told(data: dict[str, Any], named: Named, offices: Offices) -> dict[str, Any]:
    """What a row of the trail says of the copy."""
    moved = dict(data)
    if (Step, data.get("id")) in named.copy.mould.order:
        moved["id"] = named.new(Step, data["id"])
    if "agency" in data:
        moved["agency"] = offices.agency(data["agency"], named.copy)
    return moved


def _compared(said: dict[str, str]) -> ComparedIdentity:
    return ComparedIdentity(
        names=(said.get(Field.FULL_NAME, ""), said.get(Field.OTHER_NAMES, "")), years=years_in(said.get(Field.BIRTH, "")),
        id_number=said.get(Field.ID_NUMBER, ""), phone=said.get(Field.PHONE, ""),
    )  # fmt: skip


def _moved(row: Any, later: dt.timedelta) -> Any:
    """A row of a mould with its days moved, not saved; versions of the law stay on their days."""
    moved = copying.copy(row)
    for each in row._meta.concrete_fields:
        if type(each) is models.DateField and each.name != "version" and (day := getattr(row, each.attname)):
            setattr(moved, each.attname, day + later)
    return moved
