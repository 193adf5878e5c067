"""The work of agencies as it is written: what each does every year, the periods of reports, and what goes another way."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from benan.shell.demo import lives
from benan.shell.demo.lives import Line, lines

WORK = Path(__file__).parent / "work"
YEARS = range(2017, 2021)
MILLION = 1_000_000


@dataclass(frozen=True)
class Told:
    """A result that is recorded every year on a day (dd/mm): words, the numbers in them, money spent in đồng.

    `counts` and `spent` hold one number for each of YEARS. `ends`: with it the activity is done.
    """

    day: str
    words: str
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    spent: tuple[int, ...] = ()
    deadline: str = ""
    years: range = YEARS
    ends: bool = False

    def numbers(self, year: int) -> dict[str, int]:
        """The numbers of a year, by name."""
        return {name: numbers[year - YEARS.start] for name, numbers in self.counts.items()}


@dataclass(frozen=True)
class Task:
    """What an agency does of a clause, and as an activity of its plan where it has `days` (dd/mm); money in đồng."""

    clause: str
    told: tuple[Told, ...]
    days: tuple[str, str] | None = None
    what: str = ""
    money: int | None = None
    source: str = ""
    partners: str = ""
    product: str = ""
    picture: bool = False


@dataclass(frozen=True)
class Office:
    """An agency: the letters of its papers, who does its activities, and on which working day of a period it reports."""

    key: str
    sign: str
    people: str
    tasks: tuple[Task, ...]
    turn: int = 0
    reports: bool = True


@dataclass(frozen=True)
class ReportPeriod:
    """A period: when it is opened; when its consolidated report is made, put before the head and submitted.

    One that a superior asked for has name, first and last day, the day on which it is due and the paper that asked.
    """

    key: str
    opened: dt.date
    consolidated: tuple[dt.date, dt.date, dt.date]
    besides: tuple[str, ...] = ()
    name: str = ""
    span: tuple[dt.date, ...] = ()
    due: dt.date | None = None
    ground: str = ""


@dataclass(frozen=True)
class Work:
    """All of it, under the plan of a number. `lines` is every deed in the order of its day."""

    plan: str
    offices: Mapping[str, Office]
    periods: Mapping[str, ReportPeriod]
    texts: Mapping[str, str]
    areas: Mapping[str, str]
    lines: tuple[Line, ...]


def read(folder: Path = WORK) -> Work:
    """The work of the demo. Raises ValueError and KeyError for what is written wrongly."""
    spec = yaml.safe_load((folder / "offices.yaml").read_text())
    course = yaml.safe_load((folder / "periods.yaml").read_text())
    offices = {key: _office(key, one) for key, one in spec["offices"].items()}
    offices |= {key: _office(key, one, reports=False) for key, one in spec["others"].items()}
    for unit, (size, turn) in spec["districts"].items():
        offices[f"district-{unit}"] = _office(f"district-{unit}", spec["district"] | {"turn": turn}, size=size)
    periods = {key: _period(key, one) for key, one in course["periods"].items()}
    deeds = [line for year in YEARS for line in _of_year(year, offices, course["plans_except"].get(year, ()))]
    deeds += [line for period in periods.values() for line in _of_period(period, offices)]
    deeds += [line for text, written in course["days"].items() for line in lines(text, written)]
    areas = {str(unit): why for unit, why in course["areas"].items()}
    return Work(
        course["plan"], offices, periods, course["texts"], areas, tuple(sorted(deeds, key=lambda line: line.on))
    )


def workday(day: dt.date, later: int = 0) -> dt.date:
    """The day, or the Monday after a weekend, and so many working days later."""
    while day.weekday() > 4 or later:
        later -= day.weekday() < 5
        day += dt.timedelta(days=1)
    return day


def day_of(text: str, year: int) -> dt.date:
    """A day written dd/mm, of a year."""
    return dt.date(year, int(text[3:]), int(text[:2]))


def _of_year(year: int, offices: Mapping[str, Office], without: tuple[str, ...]) -> Iterator[Line]:
    """The plan of each agency in January, and what it records through the year."""
    for office in offices.values():
        if office.reports and office.key not in without:
            for word, day in (("draft_plan", 8), ("put_plan", 15), ("approve_plan", 18), ("paper_plan", 22)):
                yield Line(workday(dt.date(year, 1, day), office.turn), word, (office.key, str(year)), {})
        for task_number, task in enumerate(office.tasks):
            for told_number, told in enumerate(task.told):
                if year in told.years:
                    on = workday(day_of(told.day, year))
                    yield Line(on, "tell", (office.key, str(year), str(task_number), str(told_number)), {})


def _of_period(period: ReportPeriod, offices: Mapping[str, Office]) -> Iterator[Line]:
    yield Line(period.opened, "open", (period.key,), {})
    for office in offices.values():
        if office.reports and office.key not in period.besides:
            put = workday(period.opened, 1 + office.turn)
            for word, later in (("fill", 0), ("put", 0), ("submit", 1), ("paper", 1), ("accept", 2)):
                yield Line(workday(put, later), word, (period.key, office.key), {})
    made, put, submitted = period.consolidated
    yield Line(made, "consolidate", (period.key,), {})
    yield Line(put, "put", (period.key, "tong-hop"), {})
    yield Line(submitted, "submit", (period.key, "tong-hop"), {})
    yield Line(submitted, "paper", (period.key, "tong-hop"), {})


def _office(key: str, one: Mapping[str, Any], *, size: float = 1, reports: bool = True) -> Office:
    tasks = tuple(_task(task, size) for task in one["tasks"])
    return Office(key, one["sign"], one["people"], tasks, one.get("turn", 0), reports)


def _task(one: Mapping[str, Any], size: float) -> Task:
    said = dict(one)
    told = [_told(each, size) for each in said.pop("told")]
    if days := said.pop("days", None):
        told[-1] = replace(told[-1], ends=True)
        said["days"] = tuple(days)
    if money := said.pop("money", None):
        said["money"] = round(money * size) * MILLION
        said.setdefault("source", "Ngân sách chi thường xuyên")
    return Task(told=tuple(told), **said)


def _told(one: Mapping[str, Any], size: float) -> Told:
    said = dict(one)
    counts = {name: _of_years(numbers, size) for name, numbers in said.pop("counts", {}).items()}
    spent = tuple(number * MILLION for number in _of_years(said.pop("spent", ()), size))
    first, last = said.pop("years", (YEARS.start, YEARS.stop - 1))
    return Told(counts=counts, spent=spent, years=range(first, last + 1), **said)


def _of_years(numbers: Any, size: float) -> tuple[int, ...]:
    listed = [numbers] * len(YEARS) if isinstance(numbers, int) else numbers
    return tuple(round(number * size) for number in listed)


def _period(key: str, one: Mapping[str, Any]) -> ReportPeriod:
    made, put, submitted = (lives.day(text) for text in one["consolidated"])
    return ReportPeriod(
        key, lives.day(one["opened"]), (made, put, submitted), tuple(one.get("except", ())), one.get("name", ""),
        tuple(lives.day(text) for text in one.get("span", ())), lives.day(one["due"]) if "due" in one else None, one.get("ground", ""),
    )  # fmt: skip
