"""The end of a case, and opening again one that ended by mistake."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.cases import acts, history, opening, steps
from benan.cases.closing import Closing, End
from benan.cases.events import CaseEvent
from benan.cases.extensions import lines_after_end, parts
from benan.cases.models import Case
from benan.core.days import legal_day, show
from benan.core.refusals import Refused


@transaction.atomic
def close(
    *,
    by: User,
    case: Case,
    on: dt.date,
    closing: str,
    needs_gone: bool = False,
    words: str = "",
    seen: int | None = None,
) -> Case:
    """End a case, with its reason and outcome.

    Raises Refused while needs are open, a measure is in force or an answer is awaited, except for death, departure, the
    person's own wish or a mistake, which end those too. `needs_gone` records that the person no longer has any of the
    needs that are open. Nothing that only another office could do prevents the end.
    """
    policy.require(by, P.CASE_CLOSE, case)
    with steps.change(case, by=by, seen=seen) as change:
        case = change.case
        steps.require_open(case)
        if closing not in End.values or closing == End.JOINED:
            raise Refused(_("Chọn lý do kết thúc."), field="closing")
        _check_day(case, on)
        stages = {kind: track.stage for kind, track in acts.tracks_of(case).items()}
        ending = Closing(change, on, closing, needs_gone, words, stages)
        if closing == End.ACCOMPANIED and case.kind == Case.Kind.CLAIMANT:
            raise Refused(_("Lý do này chỉ dùng cho hồ sơ của người đi cùng."), field="closing")
        for check in parts("check_closing"):
            check(ending)
        opening.join_team_to_end(change, on)
        for end in parts("on_closing"):
            end(ending)
        case.closed_on, case.closing = on, closing
        case.save(update_fields=["closed_on", "closing"])
        change.note("closed", on=on, permission=P.CASE_CLOSE, details={"closing": closing})
    trail.record(by=by, event=CaseEvent.STEP_RECORDED, on=case, data={"step": "closed", "closing": closing})
    return case


@transaction.atomic
def reopen(*, by: User, case: Case, words: str, seen: int | None = None) -> Case:
    """Open again a case that ended by mistake, with the reason, and resume what its end stopped.

    Raises Refused while the person has another open case.
    """
    policy.require(by, P.CASE_CLOSE, case)
    with steps.change(case, by=by, seen=seen) as change:
        case = change.case
        if case.is_open or case.joined_to_id:
            raise Refused(_("Hồ sơ này chưa kết thúc, hoặc đã ghép vào hồ sơ khác."))
        if not words.strip():
            raise Refused(_("Ghi lý do hồ sơ này bị kết thúc nhầm."), field="words")
        opening.require_none_open(case.person_id, by=by, but=case)
        opening.join_team_to_end(change, legal_day())
        for go_on in parts("on_reopening"):
            go_on(change)
        opening.undo_closing_lines(by, case)
        opening.open_again(case)
        change.note("reopened", permission=P.CASE_CLOSE, words=words, trail_event=CaseEvent.CORRECTED)
    return case


def _check_day(case: Case, on: dt.date) -> None:
    """Raise Refused for a day before the last step of the case."""
    acts_of_it = history.current(case).filter(of_entry=False).exclude(key__in=lines_after_end())
    last = acts_of_it.order_by("-on").first()
    if last and on < last.on:
        raise Refused(
            _("Ngày %(on)s trước ngày của bước “%(step)s” (%(then)s).")
            % {"on": show(on), "step": history.sentence(last), "then": show(last.on)},
            field="on",
        )
