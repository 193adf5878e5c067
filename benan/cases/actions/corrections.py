"""Corrections of days, remarks, and agencies on the team of a case."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import Membership, TeamMember, User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.audit import trail
from benan.cases import acts, invariants, joining, steps
from benan.cases.codes import shown
from benan.cases.events import CaseEvent
from benan.cases.extensions import parts
from benan.cases.in_charge import team_offices, workers_at
from benan.cases.models import Case, Step
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.rules import procedures
from benan.rules.schema import Procedure
from benan.vault import access


@transaction.atomic
def correct_day(*, by: User, step: Step, on: dt.date, words: str, seen: int | None = None) -> Step:
    """Add a line that corrects the day of a step, and compute the deadlines again; `words`, the reason, are sealed.

    The day of reception is changed for the cases of all who were received together. Raises Refused where the new day breaks
    the order of events.
    """
    policy.require(by, P.CASE_CORRECT, step.case)
    received = step.event == RECEIVED
    if received:
        Case.objects.lock_each(Case.objects.of_reception(step.case.reception_id).values("pk"))
    with steps.change(step.case, by=by, seen=seen) as change:
        case = change.case
        _check(case, step, on, words)
        row = Step.objects.create(
            **{name: getattr(step, name) for name in _CARRIED}, on=on, by=by, agency=step.agency, corrects=step,
            note=access.seal_note(person_id=case.person_id, words=words),
        )  # fmt: skip
        change.stale = True
        if received:
            _move_reception(case, on)
        case.tracks.filter(kind=step.track, stage=step.stage, since=step.on).update(since=on)
        for move_rows in parts("day_corrected"):
            move_rows(case, step, on)
    data = {"step": step.pk, "from": step.on.isoformat(), "to": on.isoformat()}
    trail.record(by=by, event=CaseEvent.CORRECTED, on=case, data=data)
    return row


def assign(
    *, by: User, case: Case, part: str, agency: Agency, on: dt.date | None = None, seen: int | None = None
) -> TeamMember:
    """Put an agency on the team of a case for a part that it does not have yet."""
    policy.require(by, P.NEED_ASSESS, case)
    with steps.change(case, by=by, seen=seen) as change:
        steps.require_open(change.case)
        if standing := change.case.team.members.filter(agency=agency, part=part, until=None).first():
            raise Refused(
                _("Đơn vị này đã cùng phụ trách hồ sơ với vai trò ấy từ ngày %(on)s.") % {"on": show(standing.since)},
                field="agency",
            )
        member = change.join_team(agency, part, on or legal_day())
        change.note("assign", permission=P.NEED_ASSESS, to_agency=agency, details={"part": part})
        return member


def put_in_charge(*, by: User, case: Case, agency: Agency, seat: Membership | None, seen: int | None = None) -> Step:
    """Name the officer in charge of a case at an agency of its team, by a seat there that holds today; None: nobody.

    Whoever sits at that agency may: its head and the officer's colleagues.
    """
    policy.require(by, P.CASE_VIEW, case)
    if agency.pk not in {own.pk for own in team_offices(by, case)}:
        raise PermissionDenied
    if seat is not None and seat.pk not in {each.pk for each in workers_at([agency.pk])}:
        raise Refused(_("Người này hiện không làm việc với hồ sơ ở đơn vị ấy."), field="seat")
    with steps.change(case, by=by, seen=seen, replaces=("put_in_charge",)) as change:
        members = change.case.team.members.filter(agency=agency, until=None)
        if not members.exclude(seat=seat).exists():
            raise Refused(_("Hồ sơ này đang được giao như vậy rồi."), field="seat")
        members.update(seat=seat)
        label = str(seat.user) if seat else str(_("không giao riêng ai"))
        return change.note("put_in_charge", agency=agency, details={"label": label})


def remark(*, by: User, case: Case, on: dt.date, words: str, seen: int | None = None) -> Step:
    """Add sealed words to a case's history."""
    if not words.strip():
        raise Refused(_("Chưa nhập nội dung cần ghi."), field="words")
    with steps.change(case, by=by, seen=seen) as change:
        step = change.note("remark", on=on, permission=P.CASE_VIEW, words=words)
        joining.require_not_joined(by, change.case)
        return step


RECEIVED = "received"
_CARRIED = (
    "case", "track", "key", "event", "stage", "at", "for_agency", "to_agency", "to_unit", "paper_no", "paper_on",
    "details", "procedure",
)  # fmt: skip


def _move_reception(case: Case, on: dt.date) -> None:
    """Change the day of the reception, in the cases of all who were received together."""
    reception = case.reception
    invariants.check_arrival(reception, on)
    _begin_under(case, procedures.begun_by(reception.channel, on))
    reception.came_on = on
    invariants.check_reception(reception, field="on")
    reception.save(update_fields=["came_on"])
    beside = Case.objects.of_reception(reception)
    for each in [case, *beside.exclude(pk=case.pk).select_related("team").order_by("pk")]:
        each.reception, each.opened_on = reception, on
        if each.age_class:
            each.age_class = access.age_class(person_id=each.person_id, on=on) or each.age_class
        invariants.check_person(each)
        each.save(update_fields=["opened_on", "age_class"])
        if each != case:
            steps.after_change(each)


def _begin_under(case: Case, procedure: Procedure) -> None:
    """Set the procedure of the track of reception to that of its new first day. Raises Refused where that procedure does not
    have the present stage."""
    received = case.steps.filter(event=RECEIVED).first()
    if received is None:
        return
    track = case.tracks.get(kind=received.track)
    if procedures.for_track(track) is procedure:
        return
    if track.stage not in procedure.tracks[track.kind].stages:
        raise Refused(
            _("Ngày này thuộc thủ tục “%(label)s”, không có giai đoạn mà hồ sơ đã đến.") % {"label": procedure.label},
            field="on",
        )
    track.procedure, track.version = procedure.key, procedure.in_force.lower
    track.save(update_fields=["procedure", "version"])


def _check(case: Case, step: Step, on: dt.date, words: str) -> None:
    """Raise Refused where the day of a step cannot be corrected to this day."""
    if hasattr(step, "corrected_by"):
        raise Refused(_("Dòng này đã được sửa. Sửa dòng mới nhất."))
    if not step.event:
        raise Refused(
            _("Ngày của dòng này không làm bắt đầu thời hạn nào nên không sửa. Ghi thêm một dòng để giải thích.")
        )
    if step.event == RECEIVED and step.details.get("joined_from"):
        raise Refused(
            _("Ngày đến này thuộc hồ sơ %(code)s đã ghép vào đây. Tách hai hồ sơ rồi sửa ở hồ sơ ấy.")
            % {"code": shown(step.details["joined_from"])}
        )
    if on == step.on:
        raise Refused(_("Ngày mới trùng ngày đã ghi."), field="on")
    if not words.strip():
        raise Refused(_("Ghi lý do ngày cũ sai."), field="words")
    if step.event == RECEIVED:
        invariants.check_not_ahead(on, step.at, at_field="on")
    else:
        invariants.check_day(case, on, step.at, at_field="on")
    procedure = acts.procedure_of(case, step.track, acts.tracks_of(case))
    invariants.check_order(case, procedure, step.event, on, step=step)
