"""Economic and social programmes that somebody takes part in: joined, ended, and taken back where recorded by mistake.

A cross-reference: neither a need nor support that was given, so that no measure and no deadline depends on it.
"""

import datetime as dt
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.cases import steps
from benan.cases.events import CaseEvent
from benan.cases.models import Case
from benan.cases.steps import Change
from benan.core import papers
from benan.core.days import show
from benan.core.refusals import Refused, refuse_unknown
from benan.rules import vocabularies
from benan.support.models import Enrolment
from benan.support.vocabulary import PROGRAMMES


def join_programme(
    *, by: User, case: Case, programme: str, on: dt.date, consent: str, office: Agency | None = None, place: str = "",
    paper_no: str = "", words: str = "", seen: int | None = None,
) -> Enrolment:  # fmt: skip
    """Record that the person takes part in a programme since a day, as they or who represents them agreed (`consent`).

    `programme`: a code that the list `support_programmes` has on that day. `office`, or the name of another `place`, which
    is sealed with the `words`.
    """
    policy.require(by, P.SUPPORT_RECORD, case)
    same = {"key": "programme_joined", "details__programme": programme}
    with steps.change(case, by=by, seen=seen, repeats=same) as change:
        if programme not in vocabularies.codes(PROGRAMMES, on):
            raise Refused(_("Ngày %(on)s không có chương trình này.") % {"on": show(on)}, field="programme")
        refuse_unknown([consent], Enrolment.Consent.values, field="consent")
        if (office is None) == (not place.strip()):
            raise Refused(_("Chọn một nơi trong danh mục, hoặc ghi tên nơi khác."), field="office")
        _check_once(change, programme)
        words = "\n".join(part for part in (place.strip(), words) if part)
        details = {"programme": programme, "label": vocabularies.label(PROGRAMMES, programme, on), "consent": consent}
        step = change.note("programme_joined", on=on, permission=P.SUPPORT_RECORD, words=words, details=details)
        return Enrolment.objects.create(
            case=change.case, programme=programme, joined_on=on, office=office, paper_no=papers.number(paper_no), consent=consent,
            agency=cast(Agency, step.agency), by=by,
        )  # fmt: skip


@transaction.atomic
def end_programme(
    *, by: User, enrolment: Enrolment, on: dt.date, outcome: str, words: str = "", seen: int | None = None
) -> Enrolment:
    """Record how and on which day taking part in a programme ended. `outcome`: of `Enrolment.Outcome`."""
    policy.require(by, P.SUPPORT_RECORD, enrolment.case)
    with steps.change(enrolment.case, by=by, seen=seen) as change:
        row = _current(change, enrolment)
        refuse_unknown([outcome], Enrolment.Outcome.values, field="outcome")
        if row.ended_on:
            raise Refused(_("Lần tham gia này đã kết thúc ngày %(on)s.") % {"on": show(row.ended_on)})
        if on < row.joined_on:
            raise Refused(_("Ngày %(on)s trước ngày tham gia (%(then)s).") % {"on": show(on), "then": show(row.joined_on)}, field="on")  # fmt: skip
        row.ended_on, row.outcome = on, outcome
        row.save(update_fields=["ended_on", "outcome"])
        label = f"{_label(row)}: {Enrolment.Outcome(outcome).label}"
        details = {"programme": row.programme, "outcome": outcome, "label": label}
        change.note("programme_ended", on=on, permission=P.SUPPORT_RECORD, words=words, details=details)
    return row


@transaction.atomic
def take_programme_back(*, by: User, enrolment: Enrolment, words: str, seen: int | None = None) -> Enrolment:
    """Take back what was recorded last by mistake: the end, so that the person still takes part, else the whole record.

    `words`, the reason, are sealed. The old line stays in the history.
    """
    policy.require(by, P.CASE_CORRECT, enrolment.case)
    with steps.change(enrolment.case, by=by, seen=seen) as change:
        row = _current(change, enrolment)
        if not words.strip():
            raise Refused(_("Ghi lý do dòng này sai."), field="words")
        details = {"programme": row.programme, "label": _label(row)}
        if row.ended_on:
            _check_once(change, row.programme)
            key, details["on"] = "programme_end_taken_back", row.ended_on.isoformat()
            row.ended_on, row.outcome = None, ""
        else:
            key, details["on"] = "programme_taken_back", row.joined_on.isoformat()
            row.taken_back = True
        row.save(update_fields=["ended_on", "outcome", "taken_back"])
        change.note(key, permission=P.CASE_CORRECT, words=words, details=details, trail_event=CaseEvent.CORRECTED)
    return row


def _current(change: Change, enrolment: Enrolment) -> Enrolment:
    """The row as it is now. Raises Refused where it was taken back, or follows the person in another case."""
    row: Enrolment | None = Enrolment.objects.of(change.case).filter(pk=enrolment.pk).first()
    if row is None:
        raise Refused(_("Dòng này vừa được chuyển sang hồ sơ đã ghép."))
    if row.taken_back:
        raise Refused(_("Dòng này đã được rút."))
    row.case = change.case
    return row


def _check_once(change: Change, programme: str) -> None:
    standing = Enrolment.objects.of(change.case).filter(programme=programme, ended_on=None, taken_back=False).first()
    if standing:
        raise Refused(
            _("Người ấy đang tham gia chương trình này từ ngày %(on)s.") % {"on": show(standing.joined_on)},
            field="programme",
        )


def _label(row: Enrolment) -> str:
    return vocabularies.label(PROGRAMMES, row.programme, row.joined_on)
