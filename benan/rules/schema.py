"""The shape of a procedure file, as frozen values.

A file says which stages a file of a person may stand at, which moves lead from one to the next, and which time
limits run meanwhile. It holds keys and words only: numbers stand in `limits.yaml`, tests in the app that owns
the track. The keys of the file are the fields below; `parsing.py` reads them and names the line of every fault.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from benan.core.refusals import Refused


@dataclass(frozen=True)
class Stage:
    """A place on a track.

    `holder` is the kind of agency whose turn it is; `aside` stages are drawn only when passed; the track stops
    at one that `ends` it. With a `goal` of its own, a stage leads straight to that station.
    """

    key: str
    label: str
    holder: str
    aside: bool = False
    ends: bool = False
    goal: str = ""


@dataclass(frozen=True)
class Track:
    """One of the lines that run side by side for a person; `goal` is drawn last while the outcome is open."""

    key: str
    label: str
    goal: str
    stages: dict[str, Stage]


@dataclass(frozen=True)
class Move:
    """One step a person may take: from any of `sources` (none: it opens the track) to `target`.

    Whoever holds any of `permissions` may take it, once every condition named in `needs` is fulfilled. It makes
    `event` happen on its legal day, under `article`.
    """

    key: str
    track: str
    sources: tuple[str, ...]
    target: str
    permissions: tuple[str, ...]
    label: str
    article: str
    event: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that happens on a day; `label` follows the word "Ngày". It is never before the events `after`."""

    key: str
    label: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duty:
    """What somebody must do within a time limit: what starts it, what fulfils it, what makes it void.

    It starts with the earliest of `starts`; while none of them is recorded, with the earliest of `convention`;
    or at the last day of another limit (`due_of`). With `when`, it exists only once one of these events or facts
    is true, with `unless` only while none is; a `later` law brought it, before whose first day there was none. What
    `lapses` is a right or a payment that ends on the day: nobody is late with it. Among duties with the same `met_by`
    that alike lapse or do not, the earliest governs.
    """

    limit: str
    track: str
    whose: str
    label: str
    met_by: tuple[str, ...]
    starts: tuple[str, ...] = ()
    convention: tuple[str, ...] = ()
    due_of: str = ""
    replaced_by: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    lapses: bool = False
    unless: tuple[str, ...] = ()
    later: bool = False


class Station(NamedTuple):
    """A stage as it is drawn: `state` is done, here or ahead; `on` the legal day it was reached."""

    key: str
    label: str
    holder: str
    state: str
    on: dt.date | None


@dataclass(frozen=True)
class Procedure:
    """A dated version of a procedure; `ended` is the sentence for a day after its last, `notice` what every page of a
    case under it says."""

    key: str
    label: str
    in_force: object
    ended: str
    sources: tuple[tuple[str, str], ...]
    agencies: dict[str, str]
    events: dict[str, Event]
    conditions: dict[str, str]
    facts: dict[str, str]
    tracks: dict[str, Track]
    moves: tuple[Move, ...]
    duties: tuple[Duty, ...]
    notice: str = ""

    @property
    def rule(self) -> str:
        """The version's name, as it is kept beside what was reckoned under it: "self_reported.2014-03-25"."""
        return f"{self.key}.{self.in_force.lower}"

    def move(self, key: str) -> Move | None:
        """The move of that key, or None where this version has none."""
        return next((move for move in self.moves if move.key == key), None)

    def moves_from(self, track: str, stage: str | None) -> tuple[Move, ...]:
        """What may come next on a track; `None` asks for what opens it."""
        return tuple(
            move
            for move in self.moves
            if move.track == track and (stage in move.sources if stage else not move.sources)
        )

    def choose(self, track: str, stage: str | None, key: str) -> Move:
        """The move of that key, if the stage allows it. Raises `Refused`."""
        for move in self.moves_from(track, stage):
            if move.key == key:
                return move
        wanted = next((move.label for move in self.moves if move.key == key), key)
        here = self.tracks[track].stages[stage].label if stage else _("chưa bắt đầu")
        sentence = _("Không làm được bước «%(move)s» khi «%(track)s» đang ở «%(stage)s».")
        raise Refused(sentence % {"move": wanted, "track": self.tracks[track].label, "stage": here})

    def blockers(self, move: Move, conditions) -> list[str]:
        """The sentences of the conditions that are not fulfilled yet.

        `conditions` maps each name to a callable without arguments; the app that owns the track hands them over.
        """
        return [self.conditions[name] for name in move.needs if not conditions[name]()]

    def condition_names(self, track: str) -> frozenset[str]:
        """The conditions that the owner of a track has to answer."""
        return frozenset(name for move in self.moves if move.track == track for name in move.needs)

    def stations(self, track: str, history) -> list[Station]:
        """The track as a row of stations: those passed, the present one, then the ordinary way ahead to the goal.

        `history` lists (stage key, legal day) in order. A stage passed twice is drawn at its last passing.
        """
        stages = self.tracks[track].stages
        passed = {}
        for stage, on in history:
            passed.pop(stage, None)
            passed[stage] = on
        here = next(reversed(passed), None)
        row = [
            Station(key, stages[key].label, stages[key].holder, "here" if key == here else "done", on)
            for key, on in passed.items()
        ]
        if here and stages[here].ends:
            return row
        goal = stages[here].goal if here else ""
        if not goal:
            order = list(stages)
            later = order[order.index(here) + 1 :] if here else order
            ahead = [stages[key] for key in later if not (key in passed or stages[key].aside or stages[key].ends)]
            row += [Station(stage.key, stage.label, stage.holder, "ahead", None) for stage in ahead]
        return [*row, Station("", goal or self.tracks[track].goal, "", "ahead", None)]
