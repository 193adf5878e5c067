"""The procedures that come with the program, by the day on which they are in force."""

import datetime as dt
from functools import cache

from django.utils.translation import gettext as _

from benan.core.days import show
from benan.core.refusals import Refused
from benan.rules import parsing
from benan.rules.reading import DATA, published
from benan.rules.refusals import NotInForce
from benan.rules.schema import Procedure

UNCOVERED = "uncovered"  # the procedure of days on which no other is in force


@cache
def versions() -> tuple[Procedure, ...]:
    """Every version of every procedure, the earliest first."""
    files = sorted(file.relative_to(DATA).as_posix() for file in (DATA / "procedures").glob("*.yaml"))
    found = [parsing.procedure(published(name)) for name in files]
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


def to_begin(key: str, day: dt.date) -> Procedure:
    """The version under which something new begins on a day; where none is in force, the one for days not covered.

    A person is received on any day: that one asks about danger and needs, records care, and has no time limit.
    """
    try:
        return version_on(key, day)
    except NotInForce:
        return version_on(UNCOVERED, day)


def is_covered(key: str, day: dt.date) -> bool:
    """Whether a version of a procedure is in force on a day."""
    return to_begin(key, day).key == key


def for_track(track) -> Procedure:
    """The version under which a track of a case began, whatever the day. `track` has `procedure` and `version`."""
    return _by_version()[track.procedure, track.version]


@cache
def _by_version():
    return {(version.key, version.in_force.lower): version for version in versions()}


def condition_names(track: str) -> frozenset[str]:
    """The conditions that the owner of a track has to answer, over all versions."""
    tracks = [version for version in versions() if track in version.tracks]
    return frozenset().union(*(version.condition_names(track) for version in tracks))
