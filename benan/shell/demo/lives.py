"""Lives as they are written: a file of people, each with dated lines, `06/11/2017: receive self; screen food`."""

import datetime as dt
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LIVES = Path(__file__).parent / "lives"


@dataclass(frozen=True)
class Line:
    """One deed on one day: a word of the player, what it is about, and named details."""

    on: dt.date
    deed: str
    words: tuple[str, ...]
    options: dict[str, str]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {' '.join((self.deed, *self.words))}"


@dataclass(frozen=True)
class Life:
    """One fictional person: where they came, who they say they are, and what happened, in order."""

    key: str
    at: str
    who: dict[str, Any]
    lines: tuple[Line, ...]

    @property
    def began_on(self) -> dt.date:
        """The day they came."""
        return self.lines[0].on


def read(folder: Path = LIVES) -> list[Life]:
    """All lives, the earliest first. Raises ValueError for days out of order and for two lives of one name."""
    lives = [_life(entry) for path in sorted(folder.glob("*.yaml")) for entry in yaml.safe_load(path.read_text())]
    if len({life.key for life in lives}) < len(lives):
        raise ValueError("two lives have the same key")
    return sorted(lives, key=lambda life: (life.began_on, life.key))


def _life(entry: dict[str, Any]) -> Life:
    told: list[Line] = []
    for text, deeds in entry["days"].items():
        day = lines(text, deeds)
        if told and day[0].on < told[-1].on:
            raise ValueError(f"{entry['life']}: {text} stands after {told[-1].on:%d/%m/%Y}")
        told += day
    return Life(entry["life"], entry["at"], entry["who"], tuple(told))


def day(text: str) -> dt.date:
    """A day as the files of the demo write it (dd/mm/yyyy). Raises ValueError."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007, a day has no zone


def lines(text: str, deeds: str) -> list[Line]:
    """The deeds of a day (dd/mm/yyyy), as they are written: words and named details, with a semicolon between two."""
    on = day(text)
    return [_line(on, deed) for deed in deeds.split(";")]


def _line(on: dt.date, deed: str) -> Line:
    word, *rest = shlex.split(deed)
    options = dict(part.split("=", 1) for part in rest if "=" in part)
    return Line(on, word, tuple(part for part in rest if "=" not in part), options)
