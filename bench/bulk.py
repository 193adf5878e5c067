"""Many cases fast: cases that verbs made are moulds, and each copy is moved to other days, another district and person.

A copy holds what the verbs would have written there and then: the same rows, days moved, clocks reckoned by
`rules.deadlines` on the new days, words sealed under keys of its own, names indexed. What differs: the trail holds one
row for each case instead of one for each verb, and what the law grants is not asked anew on the new day.
"""

import datetime as dt
import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection, models, transaction

from benan.accounts.models import Membership, Team, TeamMember, User
from benan.agencies.models import Agency
from benan.audit import heads
from benan.audit.models import START
from benan.audit.models import Event as Trail
from benan.cases import deadlines
from benan.cases.aliases import PLANTS, all_aliases
from benan.cases.events import CaseEvent
from benan.cases.models import Case, Deadline, Fact, Reception, Status, Step, Track
from benan.core import sealing
from benan.core.days import clock
from benan.needs.models import Assessment, Need, Provision
from benan.protection.models import Measure
from benan.rules.calendar import DayTable
from benan.rules.deadlines import RecordedEvent
from benan.rules.limits import LimitTable
from benan.support.models import Referral, Visit
from benan.vault.access import NOTE
from benan.vault.models import Person, Sealed, Token
from benan.vault.tracing import ComparedIdentity, tokens
from benan.verification.models import Finding
from bench import names

REASON = "a fictional population is copied"
AT_ONCE = 200  # receptions written by one round of statements
# Parents before children; of each table, the way to what it hangs on.
TABLES = {
    Reception: "", Person: "", Team: "", Case: "", TeamMember: "team", Track: "case", Status: "case", Fact: "case",
    Finding: "case",
    Assessment: "case", Need: "case", Provision: "case", Measure: "case", Referral: "case", Visit: "case",
    Sealed: "person", Step: "case",
}  # fmt: skip


@dataclass
class Mould:
    """The rows of one reception as verbs left them, by table, and what it takes to write them elsewhere."""

    rows: dict
    district: str
    commune: str
    words: dict = field(default_factory=dict)  # (table, id) → its sealed words, opened, by field
    clocks: dict = field(default_factory=dict)  # case id → events, what is known, whose move each limit is

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which something happened."""
        days = [step.on for step in self.rows[Step]]
        return min(days), max(days)

    @property
    def is_closed(self) -> bool:
        """Whether nothing goes on with anybody who came."""
        return not any(case.is_open for case in self.rows[Case])


@dataclass(frozen=True)
class Copy:
    """One copy to make: so many days later than its mould, in a commune of a district, for the fictional person of a
    number; without a number, for a person of the same name."""

    mould: Mould
    later: int
    district: str
    commune: str
    number: int | None = None

    def place(self, code):
        """The copy's place for a place of the mould."""
        return {self.mould.commune: self.commune, self.mould.district: self.district}.get(code, code)


class Offices:
    """Who has the same work in another district."""

    def __init__(self):
        self._keys = dict(Agency.objects.values_list("pk", "key"))
        self._ids = {key: pk for pk, key in self._keys.items()}
        self._names = dict(User.objects.values_list("pk", "username"))
        self._users, self._seats = {}, {}
        for user, role, key in Membership.objects.order_by("pk").values_list("user", "role", "agency__key"):
            self._users.setdefault((role, key), user)
            self._seats.setdefault(user, (role, key))

    def agency(self, pk, copy):
        """The agency of the copy's places for one of the mould's; agencies of the province stay."""
        return self._ids[self._moved(self._keys[pk], copy)]

    def user(self, pk, copy):
        """The officer of the same role there, or the same officer where nobody sits."""
        role, key = self._seats[pk]
        return self._users.get((role, self._moved(key, copy)), pk)

    def username(self, name, copy):
        """The same by username."""
        pk = next(pk for pk, known in self._names.items() if known == name)
        return self._names[self.user(pk, copy)]

    def _moved(self, key, copy):
        kind, _dash, code = key.rpartition("-")
        moved = f"{kind}-{copy.place(code)}"
        return moved if moved in self._ids else key


def moulds(**which) -> list[Mould]:
    """Receptions that stand (`which` narrows their cases), with their rows, opened.

    Those with corrected steps or joined cases are left out: such rows point at rows of their own table.
    """
    groups = defaultdict(list)
    for case in _all(Case).filter(**which).select_related("reception__agency__superior", "team").order_by("pk"):
        groups[case.reception_id].append(case)
    odd = set(Step.objects.exclude(corrects=None).values_list("case__reception", flat=True))
    for pair in _all(Case).exclude(joined_to=None).values_list("reception", "joined_to__reception"):
        odd |= set(pair)
    return [_mould(cases) for pk, cases in groups.items() if pk not in odd]


@transaction.atomic
def write(copies) -> list[list[int]]:
    """Write copies; returns, for each, the ids of its cases."""
    offices, days, limits = Offices(), DayTable.load(), LimitTable.load()
    codes, aliases = _codes(), _aliases()
    made = []
    for some in _batches(copies):
        writings = [_Writing(copy, offices, codes, aliases) for copy in some]
        for table in TABLES:
            _insert(table, [row for writing in writings for row in writing.rows(table)])
        _insert(Token, [row for writing in writings for row in writing.tokens()])
        _insert(Deadline, [row for writing in writings for row in writing.deadlines(days, limits)])
        cases = [[writing.new[Case, old.pk] for old in writing.copy.mould.rows[Case]] for writing in writings]
        _record(case for row in cases for case in row)
        made += [[case.pk for case in row] for row in cases]
    return made


class _Writing:
    """One copy being written: `new` is the new row for each old one."""

    def __init__(self, copy, offices, codes, aliases):
        self.copy, self.offices, self.codes, self.aliases = copy, offices, codes, aliases
        self.later = dt.timedelta(days=copy.later)
        self.new, self.keys, self.said = {}, {}, defaultdict(dict)

    def rows(self, table):
        """The rows of one table, not saved; those of the tables before it are."""
        return [self._row(table, old) for old in self.copy.mould.rows[table]]

    def tokens(self):
        """The index of who these people are."""
        for person, said in self.said.items():
            values = tokens(_facts(said))
            yield from (Token(person_id=self.new[Person, person].pk, value=value) for value in sorted(values))

    def deadlines(self, days, limits):
        """The clocks as they stand after the last step."""
        for old in self.copy.mould.rows[Case]:
            case, (events, known, whose) = self.new[Case, old.pk], self.copy.mould.clocks[old.pk]
            case.reception = self.new[Reception, old.reception_id]
            events = [RecordedEvent(one.event, one.on + self.later) for one in events]
            whose = {word: pk and self.offices.agency(pk, self.copy) for word, pk in whose.items()}
            tracks = [self.new[Track, each.pk] for each in self.copy.mould.rows[Track] if each.case_id == old.pk]
            for deadline in deadlines.compute(case, events, known, whose, tracks=tracks, days=days, limits=limits):
                if case.closed_on and deadline.is_open:
                    deadline.ended_on = case.closed_on
                yield deadline

    def _row(self, table, old):
        row = self.new[table, old.pk] = table()
        for each in table._meta.concrete_fields:
            if not each.primary_key:
                setattr(row, each.attname, self._value(each, old, getattr(old, each.attname)))
        if table is Person:
            self.keys[old.pk] = sealing.new_data_key()
            row.wrapped_key = sealing.wrap(self.keys[old.pk])
        elif table is Case:
            row.code, row.alias = next(self.codes[row.opened_on.year]), next(self.aliases)
        elif table is Sealed:
            row.by = self.offices.username(old.by, self.copy)
        for name, words in self.copy.mould.words.get((table, old.pk), {}).items():
            person = old.person_id if table is Sealed else old.case.person_id
            if table is Sealed:
                words = self.said[person][old.field] = self._says(old.field, words)
            setattr(row, name, sealing.seal(self.keys[person], words, old.field if table is Sealed else NOTE))
        return row

    def _value(self, each, old, value):
        if value is None or value == "":
            return value
        if each.is_relation:
            return self._related(each.related_model, value)
        if type(each) is models.DateField:
            return value if each.name == "version" else value + self.later  # versions of the law stay on their days
        if isinstance(each, models.JSONField):
            return {name: self._detail(old, name, part) for name, part in value.items()}
        if each.name in ("area_code", "residence_code", "to_unit"):
            return self.copy.place(value)
        return self._number(old, value) if each.name.endswith("_no") else value

    def _related(self, table, value):
        if table is Agency:
            return self.offices.agency(value, self.copy)
        if table is User:
            return self.offices.user(value, self.copy)
        return self.new[table, value].pk

    def _detail(self, old, name, value):
        if name == "changed":
            return {key: [self._detail(old, key, one) for one in pair] for key, pair in value.items()}
        if name == "provision":
            return self.new[Provision, value].pk
        if name == "case":
            return next(self.new[Case, other.pk].code for other in self.copy.mould.rows[Case] if other.code == value)
        if not isinstance(value, str):
            return value
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return (dt.date.fromisoformat(value) + self.later).isoformat()
        return self._number(old, self.copy.place(value))

    def _number(self, old, value):
        """The demo numbers its papers by the day of the year."""
        for each in old._meta.concrete_fields:
            day = getattr(old, each.attname)
            if type(each) is models.DateField and day and value.startswith(f"{day:%j}/"):
                return f"{day + self.later:%j}{value[3:]}"
        return value

    def _says(self, name, words):
        if self.copy.number is None or name not in ("full_name", "phone"):
            return words
        number = self.copy.number + 7_919 * len(self.said)
        return names.name(number) if name == "full_name" else names.phone(number)


def _mould(cases):
    reception = cases[0].reception
    hanging = {"case": "pk", "team": "team_id", "person": "person_id"}
    rows = {
        Reception: [reception], Case: cases, Team: [case.team for case in cases],
        Person: list(_all(Person).filter(pk__in=[case.person_id for case in cases])),
    }  # fmt: skip
    for table, way in TABLES.items():
        if way:
            found = _all(table).filter(**{f"{way}__in": [getattr(case, hanging[way]) for case in cases]})
            rows[table] = list((found.select_related("case") if way == "case" else found).order_by("pk"))
    mould = Mould(rows, district=reception.agency.superior.unit_code, commune=reception.area_code)
    keys = {person.pk: sealing.unwrap(bytes(person.wrapped_key)) for person in rows[Person]}
    for table in (Sealed, Step, Finding, Provision, Referral, Visit):
        fields = [each.name for each in table._meta.concrete_fields if isinstance(each, models.BinaryField)]
        for row in rows[table]:
            key, context = (keys[row.person_id], row.field) if table is Sealed else (keys[row.case.person_id], NOTE)
            held = {name: getattr(row, name) for name in fields if getattr(row, name)}
            mould.words[table, row.pk] = {name: sealing.unseal(key, sealed, context) for name, sealed in held.items()}
    for case in cases:
        mould.clocks[case.pk] = (
            deadlines.recorded_events(case),
            deadlines.known_facts(case),
            deadlines.responsible_agencies(case),
        )
    return mould


def _facts(said):
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", said.get("birth", ""))]
    called = [said.get("full_name", ""), *said.get("other_names", "").split(",")]
    return ComparedIdentity(
        names=tuple(name for name in called if name.strip()), years=(min(years), max(years)) if years else None,
        id_number=said.get("id_number", ""), phone=said.get("phone", ""),
    )  # fmt: skip


def _record(cases):
    """One row of the trail for each case, chained as verbs chain theirs."""
    last = Trail.objects.order_by("-seq").first()
    first, previous, rows = last.seq + 1 if last else 1, last.hash if last else START, []
    for seq, case in enumerate(cases, start=first):
        row = Trail(
            seq=seq, at=clock(), event=CaseEvent.STEP_RECORDED, subject=case.trail_subject, data={"step": "copied"}
        )
        row.previous = previous
        row.hash = previous = row.sealed()
        rows.append(row)
    _insert(Trail, rows)
    for row in (rows[0], rows[-1]):
        transaction.on_commit(heads.Head(row, looking=False))


def _insert(table, rows):
    """Rows with their ids, by INSERT: COPY knows no row-level security."""
    with connection.cursor() as cursor:
        if rows and rows[0].pk is None:
            numbers = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(numbers, [table._meta.db_table, len(rows)])
            for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = pk
    table._base_manager.bulk_create(rows, batch_size=AT_ONCE)


def _codes():
    """Codes that nobody has yet, by year, in no order that says how many there are."""
    taken = set(_all(Case).values_list("code", flat=True))

    def free(year):
        spread = (f"{year % 100:02d}-{number * 61_507 % 100_000:05d}" for number in range(100_000))
        return (code for code in spread if code not in taken)

    return {year: free(year) for year in range(2010, 2030)}


def _aliases():
    """Aliases that nobody has yet."""
    taken = set(_all(Case).values_list("alias", flat=True))
    return (alias for alias in all_aliases(PLANTS) if alias not in taken)


def _batches(copies):
    copies = iter(copies)
    while some := list(itertools.islice(copies, AT_ONCE)):
        yield some


def _all(table):
    return table._base_manager.all()
