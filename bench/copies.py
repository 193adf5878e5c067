"""Which copies to make of receptions, and what is drawn for each: numbers of rows, codes, aliases, people, officers."""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from benan.accounts.models import Membership, Team, User
from benan.agencies.models import Agency
from benan.cases.aliases import PLANTS, all_aliases
from benan.cases.models import Case, Reception, Step
from benan.needs.models import Need, Provision
from benan.vault.models import Person, ordered_uuid
from bench.moulds import Mould, Table, every

# Tables whose rows others name by number, so that it is drawn before they are written; the database numbers the others.
NUMBERED: tuple[Table, ...] = (Reception, Team, Case, Need, Provision, Step)


@dataclass(frozen=True)
class Copy:
    """One copy to make: so many days later than its mould, in a commune of a district, for the fictional person of a
    number; without a number, for a person of the same name."""

    mould: Mould
    later: int
    district: str
    commune: str
    number: int | None = None

    @property
    def begins(self) -> dt.date:
        """The day on which somebody comes."""
        return self.mould.rows[Reception][0].came_on + dt.timedelta(days=self.later)

    def place(self, code: str) -> str:
        """The copy's place for a place of the mould."""
        return self.district if code == self.mould.district else self.commune if code == self.mould.commune else code


@dataclass
class Named:
    """A copy with what is drawn for it: numbers of rows (the first of each table), codes, aliases and people."""

    copy: Copy
    first: dict[Table, int]
    codes: list[str]
    aliases: list[str]
    people: list[Any] = field(default_factory=list)

    def new(self, table: Table, pk: Any) -> Any:
        """The id of the copy's row for one of the mould's."""
        place = self.copy.mould.order[table, pk]
        return self.people[place] if table is Person else self.first[table] + place

    def code(self, old: str) -> str:
        """The code of the copy's case for the code of one of the mould's."""
        return next(new for new, case in zip(self.codes, self.copy.mould.rows[Case], strict=True) if case.code == old)

    @functools.cached_property
    def cases(self) -> list[int]:
        """The ids of the copy's cases."""
        return [self.new(Case, case.pk) for case in self.copy.mould.rows[Case]]


def name_all(copies: Iterable[Copy]) -> list[Named]:
    """Draw codes, aliases and people for copies, and reserve the numbers of their rows."""
    copies = list(copies)
    codes, aliases = _codes(), _aliases()
    numbers = {table: _reserve(table, sum(len(copy.mould.rows[table]) for copy in copies)) for table in NUMBERED}
    found = []
    for copy in copies:
        cases = copy.mould.rows[Case]
        later = dt.timedelta(days=copy.later)
        years = [(case.opened_on + later).year for case in cases]
        named = Named(copy, dict(numbers), [codes(year) for year in years], [next(aliases) for _case in cases])
        named.people = [ordered_uuid() for _person in copy.mould.rows[Person]]
        for table in NUMBERED:
            numbers[table] += len(copy.mould.rows[table])
        found.append(named)
    return found


class Offices:
    """Who has the same work in another district."""

    def __init__(self) -> None:
        self._keys = dict(Agency.objects.values_list("pk", "key"))
        self._ids = {key: pk for pk, key in self._keys.items()}
        self._names = dict(User.objects.values_list("pk", "username"))
        self._pks = {name: pk for pk, name in self._names.items()}
        self._users: dict[tuple[str, str], int] = {}
        self._seats: dict[int, tuple[str, str]] = {}
        self._memberships: dict[tuple[str, str], int] = {}
        self._places: dict[int, tuple[str, str]] = {}
        for pk, user, role, key in Membership.objects.order_by("pk").values_list("pk", "user", "role", "agency__key"):
            self._users.setdefault((role, key), user)
            self._seats.setdefault(user, (role, key))
            self._memberships.setdefault((role, key), pk)
            self._places[pk] = role, key

    def agency(self, pk: int, copy: Copy) -> int:
        """The agency of the copy's places for one of the mould's; agencies of the province stay."""
        return self._ids[self._moved(self._keys[pk], copy)]

    def user(self, pk: int, copy: Copy) -> int:
        """The officer of the same role there, or the same officer where nobody sits."""
        role, key = self._seats[pk]
        return self._users.get((role, self._moved(key, copy)), pk)

    def membership(self, pk: int, copy: Copy) -> int:
        """The seat of the same role there, or the same seat where nobody sits."""
        role, key = self._places[pk]
        return self._memberships.get((role, self._moved(key, copy)), pk)

    def username(self, name: str, copy: Copy) -> str:
        """The same by username; the program's own name stays."""
        return self._names[self.user(self._pks[name], copy)] if name in self._pks else name

    def _moved(self, key: str, copy: Copy) -> str:
        kind, _dash, code = key.rpartition("-")
        moved = f"{kind}-{copy.place(code)}"
        return moved if moved in self._ids else key


def _reserve(table: Table, count: int) -> int:
    """The first of so many numbers of rows that nobody else will have."""
    with connection.cursor() as cursor:
        sequence = "pg_get_serial_sequence(%s, 'id')"
        cursor.execute(f"SELECT nextval({sequence})", [table._meta.db_table])
        first: int = cursor.fetchone()[0]
        cursor.execute(f"SELECT setval({sequence}, %s)", [table._meta.db_table, first + count])
        return first


def _codes() -> Callable[[int], str]:
    """Draws a code that nobody has yet for a case of a year, in no order that says how many there are.

    Where a year has none left, it is one of a later year.
    """
    taken = set(every(Case).values_list("code", flat=True))

    @functools.cache
    def free(year: int) -> Iterator[str]:
        spread = (f"{year:02d}-{number * 61_507 % 100_000:05d}" for number in range(100_000))
        return (code for code in spread if code not in taken)

    def draw(year: int) -> str:
        return next(code for later in range(100) if (code := next(free((year + later) % 100), "")))

    return draw


def _aliases() -> Iterator[str]:
    """Aliases that nobody has yet."""
    taken = set(every(Case).values_list("alias", flat=True))
    return (alias for alias in all_aliases(PLANTS) if alias not in taken)
