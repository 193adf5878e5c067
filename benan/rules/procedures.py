"""The procedures that come with the program, by the day on which they are in force."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.core.refusals import Refused
from benan.rules import parsing
from benan.rules.reading import parse
from benan.rules.refusals import NotInForce
from benan.rules.schema import Duty, Move, Procedure

UNCOVERED = "uncovered"  # the procedure of days on which no other is in force


def versions() -> tuple[Procedure, ...]:
    """Every version of every procedure in the folders of `settings.PROCEDURES`, the earliest first."""
    return _read(tuple(settings.PROCEDURES))


@cache
def _read(folders: tuple[Path, ...]) -> tuple[Procedure, ...]:
    files = [file for folder in folders for file in sorted(folder.glob("*.yaml"))]
    found = [parsing.procedure(parse(file.read_bytes(), file.name)) for file in files]
    return tuple(sorted(found, key=lambda version: (version.key, version.in_force.lower)))


def version_on(key: str, day: dt.date) -> Procedure:
    """The version of a procedure that governs a step taken on a day.

    Raises `NotInForce` with the sentence of the version that ended, or that has not begun.
    """
    own = [version for version in versions() if version.key == key]
    if not own:
        raise Refused(_("Không có thủ tục nào là «%(key)s».") % {"key": key})
    for version in own:
        if day in version.in_force:
            return version
    earlier = [version for version in own if version.in_force.lower <= day]
    if earlier:
        raise NotInForce(earlier[-1].ended)
    sentence = _("Thủ tục «%(label)s» chưa có hiệu lực vào ngày %(day)s; thủ tục này có từ ngày %(first)s.")
    first = own[0]
    raise NotInForce(sentence % {"label": first.label, "day": show(day), "first": show(first.in_force.lower)})


def begun_by(channel: str, day: dt.date) -> Procedure:
    """The version under which the case of somebody who comes by a channel of reception on a day begins."""
    for version in versions():
        if channel in version.channels and day in version.in_force and version.key != UNCOVERED:
            return version
    return version_on(UNCOVERED, day)


def is_covered(day: dt.date) -> bool:
    """Whether any procedure of the law that the program holds is in force on a day."""
    return any(day in version.in_force for version in versions() if version.key != UNCOVERED)


def stages_marked(track: str, mark: str) -> tuple[str, ...]:
    """The stages of a track that bear a mark, over all versions of all procedures."""
    return _stages_marked(versions(), track, mark)


@cache
def _stages_marked(found: tuple[Procedure, ...], track: str, mark: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for version in found for key in version.stages_marked(track, mark)))


def stages_with(mark: str) -> tuple[str, ...]:
    """The stages of any track that bear a mark, over all versions of all procedures."""
    kinds = dict.fromkeys(kind for version in versions() for kind in version.tracks)
    return tuple(key for kind in kinds for key in stages_marked(kind, mark))


def moves() -> dict[str, Move]:
    """Every move of every version by its key, with the words of the latest version of the law that has it."""
    return _moves(versions())


@cache
def _moves(found: tuple[Procedure, ...]) -> dict[str, Move]:
    ordered = sorted(found, key=lambda version: (version.key != UNCOVERED, version.in_force.lower))
    return {move.key: move for version in ordered for move in version.moves}


def duties() -> dict[str, Duty]:
    """Every duty of every version by its limit, with the words of the latest version that has it."""
    return _duties(versions())


@cache
def _duties(found: tuple[Procedure, ...]) -> dict[str, Duty]:
    ordered = sorted(found, key=lambda version: version.in_force.lower)
    return {duty.limit: duty for version in ordered for duty in version.duties}


def for_track(track: Any) -> Procedure:
    """The version under which a track of a case began, whatever the day. `track` has `procedure` and `version`."""
    return by_version(versions())[track.procedure, track.version]


def taking_over(version: Procedure, kind: str, stage: str, day: dt.date) -> tuple[Procedure, str]:
    """The version under which a track goes on from a day, and its stage there, by the stage maps of later versions.

    Where no later version in force on the day takes over cases of the earlier one, that one and the stage stay.
    """
    for later in versions():
        mapped = later.takes_over.get(version.in_force.lower, {}).get(kind, {}) if later.key == version.key else {}
        if stage in mapped and later.in_force.lower <= day:
            return taking_over(later, kind, mapped[stage], day)
    return version, stage


@cache
def by_version(found: tuple[Procedure, ...]) -> dict[tuple[str, dt.date], Procedure]:
    """The versions by key and first day."""
    return {(version.key, version.in_force.lower): version for version in found}


def condition_names(track: str) -> frozenset[str]:
    """The conditions that the owner of a track has to answer, over all versions."""
    tracks = [version for version in versions() if track in version.tracks]
    return frozenset().union(*(version.condition_names(track) for version in tracks))
