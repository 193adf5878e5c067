"""What apps put on the desk of an officer: tasks with a day, and panels beside them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Window

from benan.core.clock_state import ClockState
from benan.core.registry import Registry

AHEAD = dt.timedelta(days=14)  # shown as coming
MOST, FEW = 40, 8  # tasks listed, the most urgent, and rows of each panel; the rest is said in words


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do, in words. `what` begins with a verb; `clock` are the words of its state; `law` its day, article or
    ground.

    `officer` is who is in charge of the case at the user's agency, `mine` whether that is the user.
    `gone` of `total` days draw its gauge. `case` is whom it concerns, as pages draw a person, `url` where that leads,
    `kind` and `kind_label` what they are in the matter. `action` and `action_url` are its one button.
    """

    what: str
    state: ClockState
    clock: str
    law: str
    action: str
    action_url: str
    gone: int = 0
    total: int = 0
    unverified: bool = False
    case: Any = None
    url: str = ""
    kind: str = ""
    kind_label: str = ""
    officer: Any = None
    mine: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """Something to do: what orders it on the desk, the case it is about, and `task`, which puts it in words when it is shown.

    `task` is given what the user holds on the case (`accounts.policy.Held`; of no case: nothing), asked once for all tasks.
    """

    state: ClockState
    task: Callable[[Any], Task]
    day: dt.date | None = None
    at: dt.time | None = None
    case: Any = None


@dataclass(frozen=True)
class TaskList:
    """The most urgent tasks of one source, and how many there are by state and day, those not listed included."""

    tasks: list[OpenTask] = field(default_factory=list)
    counts: Counter[tuple[ClockState, dt.date | None]] = field(default_factory=Counter)

    @classmethod
    def whole(cls, tasks: list[OpenTask]) -> "TaskList":
        """A list that leaves none out."""
        return cls(tasks, Counter((task.state, task.day) for task in tasks))

    @property
    def by_state(self) -> Counter[ClockState]:
        """How many there are of each state."""
        return self._sum(0)

    @property
    def by_day(self) -> Counter[dt.date | None]:
        """How many there are of each day."""
        return self._sum(1)

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counts.total()

    def _sum(self, part: int) -> Counter[Any]:
        sums: Counter[Any] = Counter()
        for key, number in self.counts.items():
            sums[key[part]] += number
        return sums


@dataclass(frozen=True)
class DeskPanel:
    """A panel beside the tasks, or with `first` above them, ordered by `place`: its template and what that shows; under
    "cases" those it names, for the trail."""

    key: str
    place: int
    template: str
    context: dict[str, Any]
    first: bool = False


@dataclass(frozen=True)
class Decision:
    """Something that waits for a decision of the user: what, the page, and whom it concerns."""

    what: str
    url: str
    case: Any = None


@dataclass(frozen=True, kw_only=True)
class DeskPart:
    """What one app has on the desk of a user on a day. Dangers come before all other tasks."""

    dangers: TaskList = field(default_factory=TaskList)
    tasks: TaskList = field(default_factory=TaskList)
    decisions: list[Decision] = field(default_factory=list)
    more_decisions: int = 0  # that are not listed
    panels: list[DeskPanel] = field(default_factory=list)


PARTS: Registry[Callable[[Any, dt.date], DeskPart]] = Registry()  # each of a user and a day


def first(rows: QuerySet, most: int = MOST) -> QuerySet:
    """The first rows, each with the number of all of them."""
    return rows.annotate(of_all=Window(Count("pk")))[:most]


def few(rows: QuerySet) -> QuerySet:
    """The first rows, as many as a panel has, each with the number of all of them."""
    return first(rows, FEW)


def and_more(rows: list) -> tuple[list, int]:
    """The rows of a panel (`few`), and how many more there are."""
    return rows, total_of(rows) - len(rows)


def total_of(rows: list) -> int:
    """How many there are of all, of which these are the `first`."""
    return rows[0].of_all if rows else 0


def counted(rows: QuerySet, *names: str) -> QuerySet:
    """How many rows there are of each value of some fields: the values, then the number."""
    return rows.order_by().values_list(*names).annotate(Count("pk"))


def count_by(listed: list, counts: Callable[[], list], *names: str) -> Counter[tuple[Any, ...]]:
    """How many rows there are of each value of some fields, where some are listed; asks for the `counted` only where
    these are not all."""
    if total_of(listed) == len(listed):
        return Counter(tuple(getattr(row, name) for name in names) for row in listed)
    return Counter({tuple(values): number for *values, number in counts()})
