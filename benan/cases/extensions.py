"""What apps above contribute to cases: pages, lines of the history, and what is done when a case changes.

Each app adds its own from its `contributions.py`; this app names none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.functional import Promise

from benan.core.registry import Registry

if TYPE_CHECKING:
    from django.http import HttpResponse

    from benan.accounts.models import User
    from benan.accounts.policy import Held
    from benan.accounts.requests import OfficerRequest
    from benan.cases.closing import Closing
    from benan.cases.joining import MovedRow, Moves
    from benan.cases.models import Case, Step
    from benan.cases.steps import Change
    from benan.rules.deadlines import RecordedEvent


@dataclass(frozen=True)
class HistoryLine:
    """The sentence of lines of the history that have a key; `after_end` lines may be written after the case has ended.

    `words_only`: the line is all that its verb writes, and nothing is derived from it.
    """

    key: str
    sentence: str | Promise
    after_end: bool = False
    words_only: bool = False


@dataclass(frozen=True)
class CaseTab:
    """A page of a case: its URL name, which takes the case's code, and its label. Ordered by `place`.

    `when_idle`: the sentence shown, with a button to this page, where no deadline runs and no act is offered.
    `on_danger`: whether the mark of danger of a case is a link to this page.
    """

    page: str
    label: str | Promise
    place: int
    when_idle: str | Promise = ""
    on_danger: bool = False


@dataclass(frozen=True)
class ReceptionStep:
    """A page of the guided reception, ordered by `place`.

    It is done once the history has a line with one of the keys `done_by` (an answer "no" writes such a line), or where
    `is_done`, asked of all lines, is true; the steps that create the case have neither. `once`: done for all who were
    received together; `minors_only`: only for whoever is or may be under 18. `answers`: what was answered there, for the review.
    """

    page: str
    label: str | Promise
    place: int
    done_by: frozenset[str] = frozenset()
    is_done: Callable[[list[Step]], bool] | None = None
    once: bool = False
    minors_only: bool = False
    answers: Callable[[Case], list[tuple[str, str]]] | None = None


@dataclass(frozen=True)
class ListPage:
    """A page that lists cases: its URL name, as rows of the trail have it, and its label."""

    page: str
    label: str | Promise


@dataclass(frozen=True)
class CasePanel:
    """A part of the case's own page: its template, and what the template needs for (user, case, what is held on it)."""

    template: str
    context: Callable[[User, Case, Held], dict[str, Any]]


@dataclass(frozen=True, eq=False)
class CaseExtension:
    """The functions of an app above that this app calls for each case. Every part is optional.

    - `after_change(case)`: bring up to date what the app derives from a case; called after the deadlines were computed.
    - `events(case)`: events of the procedure that no line of the history records.
    - `facts(case)`: the facts about the person on which time limits depend, by the names that procedures use.
    - `day_corrected(case, step, on)`: the day of a line was corrected; change the day of the rows that it made.
    - `follow(case, other, moves)`: two cases are joined: move the rows of `other` to `case`; gives the agencies (ids) that
      still have something to do. `stays(moved)`: when that is undone, those of the moved rows (model, id) not to move back.
    - `copied_lines`: lines of the other case that the app needs, copied where their track is not taken from that case.
      `rows_of_tracks`: model labels of rows that belong to a track, by track. `team_parts`: the part that an agency has on the
      team for a track, by track.
    - `check_closing(closing)`: raise Refused where the case cannot end so. `on_closing(closing)`: end what is open.
    - `on_reopening(change)`: resume what `on_closing` ended.
    - `on_losing_sight(request, case)`: the page for an officer who no longer sees the case after what they did, or None.
    """

    app: str
    after_change: Callable[[Case], None] | None = None
    events: Callable[[Case], list[RecordedEvent]] | None = None
    facts: Callable[[Case], set[str]] | None = None
    day_corrected: Callable[[Case, Step, dt.date], None] | None = None
    follow: Callable[[Case, Case, Moves], set[int]] | None = None
    stays: Callable[[list[MovedRow]], set[tuple[str, int]]] | None = None
    copied_lines: Q | None = None
    rows_of_tracks: Mapping[str, str] | None = None
    team_parts: Mapping[str, str] | None = None
    check_closing: Callable[[Closing], None] | None = None
    on_closing: Callable[[Closing], None] | None = None
    on_reopening: Callable[[Change], None] | None = None
    on_losing_sight: Callable[[OfficerRequest, Case], HttpResponse | None] | None = None


EXTENSIONS: Registry[CaseExtension] = Registry()
HISTORY: Registry[HistoryLine] = Registry()
TABS: Registry[CaseTab] = Registry()
RECEPTION_STEPS: Registry[ReceptionStep] = Registry()
PANELS: Registry[CasePanel] = Registry()
LISTS: Registry[ListPage] = Registry()
DEADLINES_SHOWN_ELSEWHERE: Registry[Q] = Registry()  # deadlines that a desk shows as another task


def parts(name: str) -> list[Any]:
    """The values of one field of `CaseExtension`, of all extensions that have it; the lowest app first."""
    return [part for extension in EXTENSIONS if (part := getattr(extension, name)) is not None]


def lines_after_end() -> set[str]:
    """The keys of lines that may still be written into a case that has ended."""
    return {line.key for line in HISTORY if line.after_end}


def lines_of_words() -> set[str]:
    """The keys of lines from which nothing is derived."""
    return {line.key for line in HISTORY if line.words_only}
