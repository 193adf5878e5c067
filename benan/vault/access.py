"""The only way to identities: enrol, write, reveal, match, erase, index again.

Who may call is the caller's policy to decide (cases stand above this app); what is promised here is that
every call leaves its trace before it returns. All functions run inside the caller's transaction.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Max, Q, When
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.audit import trail
from benan.core import sealing
from benan.core.days import clock
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.vault.ages import BORN, Birth
from benan.vault.events import VaultEvent
from benan.vault.models import Field, Person, Sealed, Token
from benan.vault.tracing import LEAST_WEIGHT, ComparedIdentity, Points, compare, tokens, years_in

MOST_CANDIDATES = 50
NOTE = "note"  # context of sealed words that hang on a case's step rather than on a field
FIELDS = dict(Field.choices)
OWN_WORDS = Field.OWN_WORDS


@dataclass(frozen=True)
class Match:
    """A person who may be the one asked about, and where the facts agree."""

    person_id: UUID
    points: Points


@dataclass(frozen=True)
class Indexed:
    """One batch of people whose index was made again: the last of them, how many, and how many now differ."""

    last_id: UUID
    people: int
    changed: int
    unreadable: int  # sealed with another key-encryption key, left as they were


@dataclass(frozen=True)
class Value:
    """One opened value with who wrote it and when, and when it was replaced, if it was."""

    field: str
    text: str
    by: str
    at: object
    replaced_at: object = None

    @property
    def label(self) -> str:
        """What the field is called."""
        return str(FIELDS[self.field])


@transaction.atomic
def enrol() -> Person:
    """Make a pseudonym with a key of its own. Raises Refused where this installation has no key."""
    key = sealing.new_data_key()
    return Person.objects.create(wrapped_key=sealing.wrap(key))


@transaction.atomic
def write(*, by: User, person_id: UUID, values: Mapping[str, str]) -> list[str]:
    """Seal values of a person (field → words; empty words close the field) and index them anew.

    A value that changes is kept as the old one. The years of `birth` are those its words mean (`tracing.years_in`);
    BORN holds its earliest and latest day. Returns the fields that changed, BORN as `birth`.
    """
    person = _person(person_id, lock=True)
    key = _key(person)
    current = {row.field: row for row in Sealed.objects.filter(person=person, replaced_at=None)}
    changed, corrected = [], False
    for field, words in values.items():
        words = clean(words or "")
        old = current.get(field)
        if words == (sealing.unseal(key, old.value, field) if old else ""):
            continue
        changed.append(str(Field.BIRTH) if field == BORN else field)
        if old:
            corrected = True
            old.replaced_at = clock()
            old.save(update_fields=["replaced_at"])
        if words:
            value = sealing.seal(key, words, field)
            current[field] = Sealed.objects.create(person=person, field=field, value=value, by=by.get_username())
        else:
            current.pop(field, None)
    if any(field in _COMPARED for field in changed):
        facts = _compared_identity(key, current.values())
        Token.objects.filter(person=person).delete()
        Token.objects.bulk_create(Token(person=person, value=value) for value in sorted(tokens(facts)))
    changed = list(dict.fromkeys(changed))
    if changed:
        event = VaultEvent.IDENTITY_CORRECTED if corrected else VaultEvent.IDENTITY_WRITTEN
        trail.record(by=by, event=event, on=person, data={"fields": changed})
    return changed


@transaction.atomic
def reveal(
    *, by: User, person_id: UUID, on: Any, purpose: str, fields: Iterable[str], old: bool = False
) -> list[Value]:
    """Open fields of a person for a stated purpose; with `old`, the replaced values as well.

    `on` is the case through which somebody looks; `purpose` is a code from the caller's list.
    """
    person = _person(person_id)
    key = _key(person)
    rows = Sealed.objects.filter(person=person, field__in=fields)
    rows = rows if old else rows.filter(replaced_at=None)
    values = [Value(r.field, sealing.unseal(key, r.value, r.field), r.by, r.at, r.replaced_at) for r in rows]
    event = VaultEvent.OLD_VALUE_OPENED if old else VaultEvent.IDENTITY_OPENED
    trail.record(by=by, event=event, on=on, data={"purpose": purpose, "fields": sorted(fields)})
    order = list(FIELDS)
    return sorted(values, key=lambda value: (order.index(value.field), value.at))


def known_fields(person_id: UUID) -> set[str]:
    """Which fields hold a value; says nothing of what it is."""
    rows = Sealed.objects.filter(person=person_id, field__in=FIELDS, replaced_at=None)
    return set(rows.values_list("field", flat=True))


def erased_at(person_id: UUID) -> dt.datetime | None:
    """The moment at which a person's identity was erased; None where it was not."""
    return Person.objects.unscoped(reason="whether, not who").values_list("erased_at", flat=True).get(pk=person_id)


def last_erased_at() -> dt.datetime | None:
    """The moment at which somebody's identity was last erased; None where nobody's was."""
    people = Person.objects.unscoped(reason="whether and when, not who")
    moment: dt.datetime | None = people.aggregate(last=Max("erased_at"))["last"]
    return moment


def is_legible(person_id: UUID) -> bool:
    """Whether anything sealed about a person can be opened: they were not erased, and this machine has a key."""
    return sealing.has_key() and erased_at(person_id) is None


def age_class(*, person_id: UUID, on: dt.date) -> str | None:
    """Of which class of age somebody is on a day (`ages`), and nothing finer: no disclosure, so no look.

    None where nobody can say: the birth is not known, the identity was erased, or no key is at hand.
    """
    born = _born(person_id)
    return born.age_class(on) if born else None


def first_year_of_birth_class(*, person_id: UUID) -> int | None:
    """The first year of the class of five years (1990, 1995 …) in which somebody was born.

    None where `age_class` is None, and where the earliest and latest year they may be born in lie in different classes.
    """
    born = _born(person_id)
    return born.years if born else None


def may_be_one_birth(*, persons: tuple[UUID, UUID], years: int) -> bool:
    """Whether two people may have been born at most so many years apart; true where a birth is not known."""
    born = [_born(each) for each in persons]
    known = sorted((each for each in born if each), key=lambda each: each.earliest)
    return len(known) < len(born) or known[1].earliest.year - known[0].latest.year <= years


@transaction.atomic
def carry_birth(*, by: User, giver: UUID | None, taker: UUID) -> None:
    """Seal the earliest and latest birth of one person for another found to be the same; ids of persons.

    Without a giver the taker's is closed again, if there is one.
    """
    born, rows = "", Sealed.objects.filter(field=BORN, replaced_at=None)
    if giver is not None and (row := rows.filter(person=giver).first()):
        born = sealing.unseal(_key(_person(giver)), row.value, BORN)
    if born or rows.filter(person=taker).exists():
        write(by=by, person_id=taker, values={BORN: born})


def seal_note(*, person_id: UUID, words: str) -> bytes | None:
    """Words about a person, sealed as notes are; None for no words."""
    words = clean(words or "")
    if not words:
        return None
    return sealing.seal(_key(_person(person_id)), words, NOTE)


@transaction.atomic
def reveal_notes(*, by: User | None, person_id: UUID, on: Any, purpose: str, notes: Mapping[Any, bytes]) -> dict:
    """Open sealed notes (id → sealed words) for a stated purpose; returns id → words."""
    key = _key(_person(person_id))
    words = {pk: sealing.unseal(key, sealed, NOTE) for pk, sealed in notes.items()}
    trail.record(by=by, event=VaultEvent.IDENTITY_OPENED, on=on, data={"purpose": purpose, "fields": ["notes"]})
    return words


def match(*, facts: ComparedIdentity, first: Iterable[UUID] = ()) -> list[Match]:
    """People whose facts agree with those asked, best first; ids and points only.

    At most fifty candidates are opened, and only in here: those with a number in common, then those who share most of
    the index, of these the people of `first` (a queryset of ids). Scoring is not a disclosure: the caller records one
    search.
    """
    wanted = sealing.under_every_key(lambda: tokens(facts, question=True))
    if not wanted:
        return []
    numbers = sealing.under_every_key(lambda: tokens(replace(facts, names=())))
    shared = Token.objects.filter(value__in=wanted).values("person_id").annotate(
        numbers=Count("pk", filter=Q(value__in=numbers)), n=Count("pk"),
        first=Max(Case(When(person__in=first, then=1), default=0)),
    ).order_by("-numbers", "-n", "-first", "person_id")  # fmt: skip
    ids = [row["person_id"] for row in shared[:MOST_CANDIDATES]]
    people = Person.objects.unscoped(reason="scoring candidates").in_bulk(ids)
    values: dict[UUID, list[Sealed]] = {}
    for row in Sealed.objects.filter(person__in=ids, replaced_at=None, field__in=_COMPARED):
        values.setdefault(row.person_id, []).append(row)
    found = []
    for pk in ids:
        key = _key(people[pk])
        points = compare(facts, _compared_identity(key, values.get(pk, ())))
        if points.weight >= LEAST_WEIGHT:
            found.append(Match(pk, points))
    return sorted(found, key=lambda each: -each.points.weight)


@transaction.atomic
def erase(*, by: User | None, person_id: UUID) -> None:
    """Destroy a person's key, index and sealed values. Notes sealed elsewhere stay as noise; final once backups expire."""
    person = _person(person_id, lock=True)
    Token.objects.filter(person=person).delete()
    Sealed.objects.filter(person=person).delete()
    person.wrapped_key, person.erased_at = None, clock()
    person.save(update_fields=["wrapped_key", "erased_at"])
    trail.record(by=by, event=VaultEvent.IDENTITY_ERASED, on=person)


@transaction.atomic
def index_again(*, by: User | None, after: UUID | None = None, most: int = 200) -> Indexed | None:
    """Make the index of the next people again from what is sealed; None where nobody is left.

    For when the rules of the index changed. Nothing is shown; whoever is indexed by these rules stays as they are.
    What was sealed without padding is sealed anew.
    """
    rest = Person.objects.unscoped(reason="the index of everybody").exclude(wrapped_key=None).order_by("pk")
    people = list((rest.filter(pk__gt=after) if after else rest).select_for_update()[:most])
    if not people:
        return None
    held: dict[UUID, list[bytes]] = {}
    values: dict[UUID, list[Sealed]] = {}
    again: list[Person] = []
    made: list[Token] = []
    padded: list[Sealed] = []
    unreadable = 0
    for token in Token.objects.filter(person__in=people):
        held.setdefault(token.person_id, []).append(bytes(token.value))
    for row in Sealed.objects.filter(person__in=people):
        values.setdefault(row.person_id, []).append(row)
    for person in people:
        try:
            key = _key(person)
        except Refused:
            unreadable += 1
            continue
        rows = values.get(person.pk, [])
        for row in rows:
            if not sealing.is_padded(row.value):
                row.value = sealing.seal(key, sealing.unseal(key, row.value, row.field), row.field)
                padded.append(row)
        wanted = sorted(tokens(_compared_identity(key, [row for row in rows if row.replaced_at is None])))
        if wanted != sorted(held.get(person.pk, [])):
            again.append(person)
            made += [Token(person=person, value=value) for value in wanted]
    Token.objects.filter(person__in=again).delete()
    Token.objects.bulk_create(made)
    Sealed.objects.bulk_update(padded, ["value"])
    data = {"people": len(people), "changed": len(again), "unreadable": unreadable}
    trail.record(by=by, event=VaultEvent.IDENTITIES_INDEXED, data=data)
    return Indexed(people[-1].pk, **data)


_COMPARED = (Field.FULL_NAME, Field.OTHER_NAMES, Field.ID_NUMBER, Field.PHONE, Field.BIRTH)


def _person(person_id: UUID, *, lock: bool = False) -> Person:
    rows = Person.objects.unscoped(reason="what the caller asked for by id")
    person = (rows.select_for_update() if lock else rows).get(pk=person_id)
    if person.wrapped_key is None:
        raise Refused(_("Danh tính của người này đã được xóa vĩnh viễn."))
    return person


def _key(person: Person) -> bytes:
    return sealing.unwrap(bytes(person.wrapped_key or b""))


def _born(person_id: UUID) -> Birth | None:
    rows = Sealed.objects.filter(person=person_id, field=BORN, replaced_at=None, person__erased_at=None)
    row = rows.select_related("person").first() if sealing.has_key() else None
    if row is None:
        return None
    return Birth.read(sealing.unseal(_key(row.person), row.value, BORN))


def _compared_identity(key: bytes, rows: Iterable[Sealed]) -> ComparedIdentity:
    values = {row.field: sealing.unseal(key, row.value, row.field) for row in rows if row.field in _COMPARED}
    return ComparedIdentity(
        names=(values.get(Field.FULL_NAME, ""), values.get(Field.OTHER_NAMES, "")),
        years=years_in(values.get(Field.BIRTH, "")),
        id_number=values.get(Field.ID_NUMBER, ""),
        phone=values.get(Field.PHONE, ""),
    )
