"""Changing a case: acts of its procedure and lines of its history, and then, once, everything derived from them.

    with steps.change(case, by=by, seen=seen) as change:
        change.take("take_notice", on=on)

A verb opens one change for each case that it changes and passes it to the functions that it calls. Nothing else writes
steps, stages or deadlines. A change happens whole or not at all.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.accounts.models import Membership, TeamMember, User
from benan.accounts.policy import ANSWERED_FOR, held_on, require_any
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.audit import trail
from benan.audit.events import EventType
from benan.cases import acts, deadlines, history, invariants
from benan.cases.events import CaseEvent
from benan.cases.extensions import lines_after_end, lines_of_words, parts
from benan.cases.models import Case, Step, Track
from benan.core import papers
from benan.core.days import legal_day, show
from benan.core.refusals import Changed, Refused
from benan.core.text import clean
from benan.rules import procedures
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable
from benan.rules.schema import Move, Procedure
from benan.vault import access

_OTHERS_WROTE = _(
    "Trong khi chị/anh nhập, người khác đã ghi vào hồ sơ này. Nội dung đã nhập vẫn được giữ; đọc phần mới rồi lưu lại."
)
_WROTE_ONESELF = _(
    "Trong khi nhập, chị/anh đã ghi vào hồ sơ này ở một trang khác. Nội dung đã nhập vẫn được "
    "giữ; đọc phần mới rồi lưu lại."
)
_SEEN_UNKNOWN = _(
    "Trang gửi lên không cho biết chị/anh đã đọc hồ sơ này đến đâu nên chưa ghi. Nội dung đã nhập vẫn được giữ; đọc "
    "các dòng mới nhất dưới đây rồi lưu lại."
)
_RECORDED_ONESELF = _(
    "Chị/anh vừa ghi đúng việc này ở một trang khác nên lần này chưa ghi. Nếu là một lần khác thì lưu lại."
)


_SHOWN_AGAIN = 5  # lines of the history that are shown to whoever saw nobody knows what


@dataclass(frozen=True)
class Paper:
    """A paper by number and date; `for_agency`: the office whose answer it is, where another records it on its behalf."""

    no: str = ""
    on: dt.date | None = None
    for_agency: Agency | None = None


@dataclass
class Change:
    """A locked case while one verb changes it."""

    case: Case
    by: User
    stale: bool = False  # something was written since everything derived was brought up to date
    for_trail: list[tuple[EventType, dict[str, Any]]] = field(default_factory=list)

    def fits(self, key: str) -> bool:
        """Whether an act may be done at the present stage of the case under its procedure."""
        tracks = acts.tracks_of(self.case)
        move = acts.move_of(self.case, key, tracks)
        return move is not None and acts.is_at_source(move, tracks)

    def take(
        self, key: str, *, on: dt.date, at: dt.time | None = None, said: Mapping[str, Any] | None = None,
        paper: Paper | None = None, words: str = "", event: str | None = None, trail_event: EventType = CaseEvent.STEP_RECORDED,
        **more: Any,
    ) -> Step:  # fmt: skip
        """Do an act of the case's procedure, if the law and the record allow it.

        `on` is the legal day of the event; `said` is what the act's conditions are asked of, besides the case; `event`, where
        it is not that of the procedure file; `more` are further fields of the step. Raises Refused, or PermissionDenied (403).
        """
        paper = paper or Paper()
        paper_no = papers.number(paper.no)
        require_open(self.case)
        kind, tracks = procedures.moves()[key].track, acts.tracks_of(self.case)
        track, procedure = tracks.get(kind), acts.procedure_of(self.case, kind, tracks)
        move = procedure.choose(kind, track.stage if track else None, key)
        agency = self._agency(move, track, procedure, paper)
        self._require_not_kept_from(more.get("to_agency"))
        self._check_conditions(move, procedure, said or {})
        invariants.check_day(self.case, on, at)
        event = move.event if event is None else event
        if event:
            invariants.check_order(self.case, procedure, event, on)
        _check_paper(paper)
        step = Step.objects.create(
            case=self.case, track=move.track, key=move.key, event=event, stage=move.target, on=on, at=at, by=self.by,
            agency=agency, for_agency=paper.for_agency, paper_no=paper_no, paper_on=paper.on, procedure=procedure.rule,
            note=access.seal_note(person_id=self.case.person_id, words=words), **more,
        )  # fmt: skip
        if move.target:
            _set_stage(self.case, move, on, procedure, begun=track is None)
        self.stale = True
        self.for_trail.append((trail_event, {"step": step.key, "id": step.pk}))
        return step

    def note(
        self, key: str, *, permission: P | None = None, agency: Agency | None = None, on: dt.date | None = None,
        words: str = "", trail_event: EventType = CaseEvent.STEP_RECORDED, **more: Any,
    ) -> Step:  # fmt: skip
        """Add a line to the history that is no act of the procedure; `more` are further fields of the step.

        Without `on` the line has no legal day of its own and gets the day of entry (`Step.of_entry`). Its agency is that of
        the seat that holds `permission` on the case; a verb that checked the right itself gives the `agency` instead.
        """
        if permission in ANSWERED_FOR:
            require_any(self.by, (permission,), self.case)
        agency = agency or agency_on(self.by, self.case, permission)
        if key not in lines_after_end():
            require_open(self.case)
        if on:
            invariants.check_day(self.case, on, more.get("at"))
        self._require_not_kept_from(more.get("to_agency"))
        if "paper_no" in more:
            more["paper_no"] = papers.number(more["paper_no"])
        step = Step.objects.create(
            case=self.case, key=key, on=on or legal_day(), of_entry=on is None, by=self.by, agency=agency,
            note=access.seal_note(person_id=self.case.person_id, words=words), **more,
        )  # fmt: skip
        self.stale = self.stale or key not in lines_of_words()
        self.for_trail.append((trail_event, {"step": key, "id": step.pk}))
        return step

    def join_team(self, agency: Agency, part: str, on: dt.date, *, user: User | None = None) -> TeamMember:
        """Put an agency on the case's team for a part, unless it has that part already; `user`, of that agency, is in charge
        there.

        Raises Refused for an agency that the case is kept from.
        """
        self._require_not_kept_from(agency)
        self.stale = True
        seat = next((seat for seat in user.seats if seat.agency_id == agency.pk), None) if user else None
        member, _made = TeamMember.objects.get_or_create(
            team=self.case.team, agency=agency, part=part, until=None, defaults={"since": on, "seat": seat}
        )
        return member

    def leave_team(self, part: str, on: dt.date, **whose: Any) -> None:
        """End a part on the case's team on a day, of every agency or of the team members that fulfil conditions (`whose`)."""
        self.stale = True
        self.case.team.members.filter(part=part, until=None, **whose).update(until=on)

    def entrust(self, office: Agency, on: dt.date) -> None:
        """Make an office the one that manages the case from a day on, in place of the present one."""
        manages = TeamMember.Part.MANAGES
        self.case.team.members.filter(part=manages, until=None).exclude(agency=office).update(until=on)
        self.join_team(office, manages, on)
        self.case.agency = office
        self.case.save(update_fields=["agency"])

    def update_derived(self) -> None:
        """Call `after_change` now, where something was written since the last call.

        The end of the change does so; a function that reads something derived (whether the person is in danger) does first.
        """
        if self.stale:
            self.stale = False
            after_change(self.case)

    def record(self) -> None:
        """Write what was done to the trail. It comes last, because it lets nobody else write to the trail until the end."""
        for event, data in self.for_trail:
            trail.record(by=self.by, event=event, on=self.case, data=data)

    def _require_not_kept_from(self, agency: Agency | None) -> None:
        """Refuse to tell an agency of the case, or to give it a part in it, where the case is kept from it."""
        if agency is None or not self.case.team.kept_from.filter(pk=agency.pk).exists():
            return
        raise Refused(
            _(
                "%(agency)s không được chia sẻ hồ sơ này vì người gây nguy hiểm làm việc ở đó. Chọn nơi "
                "khác: cơ quan cấp "
                "trên, hoặc chuyển tuyến đến nơi cư trú khác."
            )
            % {"agency": agencies.names([agency.pk], legal_day()).get(agency.pk, agency.key)}
        )

    def _agency(self, move: Move, track: Track | None, procedure: Procedure, paper: Paper) -> Agency:
        if not move.track:
            return agency_on(self.by, self.case, *map(P, move.permissions))
        return _seat_for(self.by, self.case, move, track, procedure, paper).agency

    def _check_conditions(self, move: Move, procedure: Procedure, said: Mapping[str, Any]) -> None:
        conditions = acts.act_of_key(move.key).conditions
        for name in move.needs:
            if not conditions[name](self.case, said):
                raise Refused(procedure.conditions[name])


@contextmanager
def change(
    case: Case, *, by: User, seen: int | None = None, replaces: Collection[str] = (), repeats: Mapping[str, Any] | None = None
) -> Iterator[Change]:  # fmt: skip
    """Lock a case for a verb, and bring everything derived from it up to date at the end. Arguments as `lock`."""
    with transaction.atomic():
        found = Change(lock(case, seen=seen, by=by, replaces=replaces, repeats=repeats), by)
        yield found
        found.update_derived()
        found.record()


def lock(
    case: Case, *, seen: int | None = None, by: User | None = None, replaces: Collection[str] = (),
    repeats: Mapping[str, Any] | None = None,
) -> Case:  # fmt: skip
    """The case, locked, and the receptions of the cases whose figures depend on it.

    Raises Changed where steps were added after the last one that `by` saw (`seen`: its id), and where `seen` is no step of
    the case, for nobody then knows what `by` saw.

    Steps that `by` added are left out, except those whose values the verb writes over (`replaces`: their keys) and those
    that record the same thing as the verb (`repeats`: conditions by which they are found).
    """
    case = Case.objects.lock(case)
    Case.objects.lock_receptions([case.pk])
    if seen is not None:
        own = Q(key__in=replaces) | (Q(**repeats) if repeats else Q(pk=None))
        found = Q(pk=seen) | (Q(pk__gt=seen) & (~Q(by=by) | own))
        rows = list(case.steps.filter(found).select_related("by").order_by("pk"))
        since = [row for row in rows if row.pk != seen]
        if len(since) == len(rows):
            latest = list(case.steps.select_related("by").order_by("-pk")[:_SHOWN_AGAIN])[::-1]
            raise Changed(_SEEN_UNKNOWN, since=history.lines(latest), latest=latest[-1].pk if latest else 0)
        if since:
            words = _RECORDED_ONESELF if repeats else _WROTE_ONESELF
            others = any(step.by != by for step in since)
            raise Changed(_OTHERS_WROTE if others else words, since=history.lines(since), latest=since[-1].pk)
    return case


def after_change(case: Case, *, days: DayTable | None = None, limits: LimitTable | None = None) -> None:
    """Bring everything derived from a case up to date: its deadlines, and what other apps store about it."""
    deadlines.rewrite(case, days=days, limits=limits)
    for bring_up_to_date in parts("after_change"):
        bring_up_to_date(case)


def require_open(case: Case) -> None:
    """Raise Refused where the case has ended."""
    if not case.is_open:
        raise Refused(_("Hồ sơ này đã kết thúc ngày %(on)s.") % {"on": show(case.closed_on)})


def agency_on(by: User, case: Case, *permissions: P | None) -> Agency:
    """The agency for which the user acts on the case: of their seats with the first permission that any has, one on its team
    before one that works by area.

    Raises PermissionDenied (403) where none of their seats reaches the case with any.
    """
    held = held_on(by, case)
    for permission in permissions:
        if permission and (seats := sorted(held.having(permission), key=lambda seat: seat.rights.by_area)):
            return seats[0].agency
    raise PermissionDenied


def _set_stage(case: Case, move: Move, on: dt.date, procedure: Procedure, *, begun: bool) -> None:
    stage = {"stage": move.target, "since": on, "procedure": procedure.key, "version": procedure.in_force.lower}
    if begun:
        Track.objects.create(case=case, kind=move.track, **stage)
    else:
        case.tracks.filter(kind=move.track).update(**stage)


def _seat_for(by: User, case: Case, move: Move, track: Track | None, procedure: Procedure, paper: Paper) -> Membership:
    """The seat with which the user does an act of a track. Raises PermissionDenied, or Refused where another office must."""
    permissions = [P(value) for value in move.permissions]
    if paper.for_agency is not None:
        permissions = [P.ANSWER_RECORD] if P.ANSWER_RECORD in permissions else []
    require_any(by, permissions, case)
    team = set(case.team.members.filter(until=None).values_list("agency_id", flat=True))
    holder = procedure.tracks[move.track].stages[track.stage].holder if track else None
    for permission in permissions:
        for seat in by.seats:
            if permission not in seat.rights.permissions or seat.agency_id not in team:
                continue
            if permission in acts.HOLDERS_OWN and seat.agency.kind != holder:
                continue
            if permission == P.ANSWER_RECORD and paper.for_agency is None and holder != seat.agency.kind:
                raise Refused(
                    _(
                        "Việc này của %(holder)s. Nếu cơ quan ấy trả lời bằng văn bản giấy, chọn “ghi thay” và ghi "
                        "số, ngày văn bản."
                    )
                    % {"holder": procedure.agencies[holder or ""]}
                )
            return seat
    raise PermissionDenied


def _check_paper(paper: Paper) -> None:
    if paper.for_agency is not None and not (clean(paper.no) and paper.on):
        raise Refused(_("Khi ghi thay, phải ghi số và ngày văn bản của cơ quan trả lời."), field="paper_no")
    invariants.check_paper(paper.on)
