"""The shape of a procedure file, as frozen values.

A file says at which stages a case may be, which moves lead from one to the next, and which time limits run meanwhile.
It holds keys and words only: numbers are in `limits.yaml`, what conditions ask in the app that owns the act.
`parsing.py` reads it and names the line of every fault; in the file `sources`, `target` and `permissions` of a move are
`from`, `to` and `permission`, and duties stand under `limits`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from benan.core.refusals import Refused


@dataclass(frozen=True)
class Stage:
    """A place on a track.

    `holder` is the kind of agency whose turn it is; `aside` stages are drawn only when passed; the track stops
    at one that `ends` it. With a `goal` of its own, a stage leads straight to that station. `marks` are what the program
    asks of a stage beyond its key ("waits_for_answer", "at_home" …), so that no list of stages stands in code;
    `sentence` says on a page where the case stands, where `label` is too short for that. `usual` are the acts that mostly come
    next, the likelier first: a page offers the first of them that may be done as its one filled button.
    """

    key: str
    label: str
    holder: str
    aside: bool = False
    ends: bool = False
    goal: str = ""
    marks: tuple[str, ...] = ()
    sentence: str = ""
    usual: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProcedureTrack:
    """One of the lines of work that run side by side for a person; `goal` is drawn last while the outcome is open.

    `progress` orders the stages for joining two cases of one person: the case whose track is further in it goes on with
    that track; stages of one group ("a b" in one item) are equally far. `usual` are the acts that mostly open it (`Stage`).
    """

    key: str
    label: str
    goal: str
    stages: dict[str, Stage]
    progress: tuple[tuple[str, ...], ...] = ()
    for_claimants: bool = False
    usual: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move:
    """One act of the procedure: from any of the stages `sources` (none: it opens the track) to `target`, or, where
    `target` is empty, leaving the track at its stage. With an empty `track` it may be done at any stage of any track.

    Whoever holds any of `permissions` may do it, once every condition named in `needs` is fulfilled. It makes
    `event`, where it names one, happen on its legal day, under `article`. `label` is its sentence in the history; `title`
    stands over its form and `button` on what leads there; `hint` is said to whoever does it.
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
    button: str = ""
    title: str = ""
    hint: str = ""


@dataclass(frozen=True)
class ProcedureEvent:
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
    that alike lapse or do not, the earliest governs. `button` stands on what leads to the acts that fulfil it,
    or to the one named in `act`. It is a task of whoever may do one of these acts, or holds a permission of `done_by`. What is `owed_to_child` ("always", or "if_under_16": where that is known) is overdue after
    its day whatever is known of the limit.
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
    button: str = ""
    act: str = ""
    owed_to_child: str = ""
    done_by: tuple[str, ...] = ()


class Station(NamedTuple):
    """A stage as it is drawn: `state` is done, here or ahead; `on` the legal day it was reached."""

    key: str
    label: str
    holder: str
    state: str
    on: dt.date | None


@dataclass(frozen=True, eq=False)
class Procedure:
    """A dated version of a procedure; `ended` is the sentence for a day after its last, `notice` what every page of a
    case under it says.

    `channels` are the ways of coming to be received (`Reception.channel`) under which a case begins with it. `takes_over`
    maps, for each earlier version (its first day) whose cases may go on under this one, track and old stage to the new stage.
    """

    key: str
    label: str
    in_force: DateRange
    ended: str
    sources: tuple[tuple[str, str], ...]
    agencies: dict[str, str]
    events: dict[str, ProcedureEvent]
    conditions: dict[str, str]
    facts: dict[str, str]
    tracks: dict[str, ProcedureTrack]
    moves: tuple[Move, ...]
    duties: tuple[Duty, ...]
    notice: str = ""
    channels: tuple[str, ...] = ()
    takes_over: Mapping[dt.date, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @cached_property
    def _by_key(self) -> dict[str, Move]:
        return {move.key: move for move in self.moves}

    @cached_property
    def _duties(self) -> dict[str, Duty]:
        return {duty.limit: duty for duty in self.duties}

    @property
    def rule(self) -> str:
        """The version's name, as it is kept beside what was reckoned under it: "self_reported.2014-03-25"."""
        return f"{self.key}.{self.in_force.lower}"

    def move(self, key: str) -> Move | None:
        """The move of that key, or None where this version has none."""
        return self._by_key.get(key)

    def duty(self, limit: str) -> Duty:
        """The duty of a time limit. Raises KeyError where this version has none."""
        return self._duties[limit]

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
        if not track and (opening := self.move(key)):
            return opening
        wanted = next((move.label for move in self.moves if move.key == key), key)
        here = self.tracks[track].stages[stage].label if stage else _("chưa bắt đầu")
        sentence = _("Không làm được bước «%(move)s» khi «%(track)s» đang ở «%(stage)s».")
        raise Refused(sentence % {"move": wanted, "track": self.tracks[track].label, "stage": here})

    def stages_marked(self, track: str, mark: str) -> tuple[str, ...]:
        """The stages of a track that bear a mark."""
        stages = self.tracks[track].stages.values() if track in self.tracks else ()
        return tuple(stage.key for stage in stages if mark in stage.marks)

    def condition_names(self, track: str) -> frozenset[str]:
        """The conditions that the owner of a track has to answer."""
        return frozenset(name for move in self.moves if move.track == track for name in move.needs)

    def stations(self, track: str, history: Iterable[tuple[str, dt.date]]) -> list[Station]:
        """The track as a row of stations: those passed, the present one, then the ordinary way ahead to the goal.

        `history` lists (stage key, legal day) in order. A stage passed twice is drawn at its last passing.
        """
        stages = self.tracks[track].stages
        passed: dict[str, dt.date] = {}
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
