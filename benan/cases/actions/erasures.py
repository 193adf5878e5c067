"""Erasing an identity for good: one officer asks, the head of the office that answers for the case decides.

Where several offices answer for cases of the person, the department decides. The key, the index and every sealed value of
the person are deleted; words sealed elsewhere with that key can no longer be opened. Figures, deadlines, the history and the
trail stay as they are.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.cases import erasing, invariants, steps
from benan.cases.erasures import Erasure
from benan.cases.models import Case, Step
from benan.core import papers
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.vault import access

Reason = Erasure.Reason


@transaction.atomic
def ask(
    *, by: User, case: Case, reason: str, received_on: dt.date, paper_no: str = "", paper_on: dt.date | None = None,
    seen: int | None = None,
) -> Erasure:  # fmt: skip
    """Request that the identity of the person of an ended case be erased, in all their cases.

    A line is written in the history of each of these that `by` may correct. Raises Refused while a case of the person is open
    or a request is undecided, and for a reason without the paper that it needs.
    """
    policy.require(by, P.CASE_CORRECT, case)
    case, cases = _lock(by, case, seen)
    if case.joined_to_id:
        raise Refused(erasing.JOINED)
    if sentence := erasing.obstacle_to_erasure(erasing.cases_not_kept_from(by, cases)):
        raise Refused(sentence)
    own = list(Case.objects.can(by, P.CASE_CORRECT).filter(pk__in=[each.pk for each in cases]).order_by("pk"))
    if erasing.undecided_requests(own).exists():
        raise Refused(erasing.WAITS)
    paper_no = _check_request(case, reason, received_on, paper_no, paper_on)
    row = Erasure.objects.create(
        case=case, reason=reason, received_on=received_on, paper_no=paper_no, paper_on=paper_on, asked_by=by,
        asked_on=legal_day(), across=erasing.several_offices_answer(cases),
    )  # fmt: skip
    _write_in_each(by, own, "erasure_asked", permission=P.CASE_CORRECT, paper_no=paper_no, paper_on=paper_on,
                   details={"reason": reason, "label": str(row.get_reason_display())})  # fmt: skip
    return row


@transaction.atomic
def withdraw(*, by: User, case: Case, seen: int | None = None) -> Erasure:
    """Withdraw one's own request. Raises Refused where `by` has no undecided one about the person."""
    policy.require(by, P.CASE_CORRECT, case)
    case, cases = _lock(by, case, seen)
    row = erasing.undecided_requests(cases).filter(asked_by=by).select_related("case").first()
    if row is None:
        raise Refused(erasing.NONE_OF_ONES_OWN)
    row.withdrawn_on = legal_day()
    row.save(update_fields=["withdrawn_on"])
    agency = steps.agency_on(by, case, P.CASE_CORRECT)
    _write_in_each(by, _with_request_line(row, cases), "erasure_withdrawn", agency=agency)
    return row


@transaction.atomic
def decide(
    *, by: User, case: Case, agreed: bool, decision_no: str = "", decision_on: dt.date | None = None, declined: str = "",
    seen: int | None = None,
) -> Erasure:  # fmt: skip
    """Decide on the undecided request; `agreed` erases the identity at once, for good. Raises Refused for who asked.

    To agree, `by` must have the right on every case of the person that was not joined to another (`erasing.may_decide`); a
    line is written in the history of each case.
    """
    case, cases = _lock(by, case, seen)
    rows = erasing.undecided_requests(cases).select_related("case")
    row = rows.filter(case=case).first() or rows.first()
    may_decide = erasing.may_decide(by, cases)
    if not may_decide:
        policy.require(by, P.IDENTITY_ERASE, case)
    if row is None:
        raise Refused(erasing.NONE_WAITS)
    if not (may_decide if agreed else erasing.may_decline(by, row, cases)):
        raise Refused(erasing.who_decides(by, cases))
    if rows.filter(asked_by=by).exists():
        raise Refused(erasing.OWN)
    decision_no = _check_decision(agreed, decision_no, decision_on, declined)
    if agreed and (sentence := erasing.obstacle_to_erasure(cases)):
        raise Refused(sentence)
    # An agreement decides on all undecided requests about the person.
    decided: dict[str, Any] = {"agreed": agreed, "decided_by": by, "decided_on": legal_day(), "decision_no": decision_no,
               "decision_on": decision_on, "declined": "" if agreed else declined}  # fmt: skip
    (rows if agreed else rows.filter(pk=row.pk)).update(**decided)
    line: dict[str, Any] = {
        "agency": steps.agency_on(by, row.case, P.IDENTITY_ERASE), "paper_no": decision_no, "paper_on": decision_on,
    }  # fmt: skip
    if agreed:
        for person in erasing.people_not_erased(cases):
            access.erase(by=by, person_id=person)
        _write_in_each(by, cases, "identity_erased", on=legal_day(), **line)
    else:
        details = {"declined": declined, "label": str(Erasure.Declined(declined).label)}
        _write_in_each(by, _with_request_line(row, cases), "erasure_declined", details=details, **line)
    row.refresh_from_db()
    return row


def _write_in_each(by: User, cases: Collection[Case], key: str, **line: Any) -> None:
    for case in cases:
        with steps.change(case, by=by) as change:
            change.note(key, **line)


def _lock(by: User, case: Case, seen: int | None) -> tuple[Case, list[Case]]:
    """The case and every case of the person, locked in the order of their ids."""
    cases = erasing.cases_of(case)
    Case.objects.lock_each([each.pk for each in cases])
    locked = {each.pk: steps.lock(each, seen=seen if each.pk == case.pk else None, by=by) for each in cases}
    return locked[case.pk], erasing.cases_of(locked[case.pk])


def _with_request_line(row: Erasure, cases: Collection[Case]) -> list[Case]:
    """Of some cases, that of the request and those whose history has a line "erasure_asked" by the same officer."""
    lines = Step.objects.filter(case__in=cases, key="erasure_asked", by=row.asked_by_id)
    asked = set(lines.values_list("case", flat=True))
    return [each for each in cases if each.pk in asked or each.pk == row.case_id]


def _check_request(case: Case, reason: str, received_on: dt.date, paper_no: str, paper_on: dt.date | None) -> str:
    """The number of the paper as it is stored. Raises Refused where the request is not complete or not allowed."""
    if reason not in Reason.values:
        raise Refused(_("Chọn người yêu cầu xóa, hoặc lý do xóa."), field="reason")
    if reason == Reason.ASKED and case.is_known_minor and case.may_be_under(18, legal_day()):
        raise Refused(
            _("Người này chưa đủ, hoặc có thể chưa đủ, 18 tuổi. Việc xóa phải do cha, mẹ, người giám hộ "
              "hoặc người đại diện khác yêu cầu."),
            field="reason",
        )  # fmt: skip
    invariants.check_day(case, received_on, field="received_on")
    found = papers.number(paper_no)
    if reason != Reason.ERROR and not found:
        raise Refused(
            _("Ghi số của đơn, văn bản yêu cầu; đơn không có số thì ghi số đến của đơn vị."), field="paper_no"
        )
    _check_paper(found, paper_on, "paper_no", "paper_on")
    return found


def _check_decision(agreed: bool, decision_no: str, decision_on: dt.date | None, declined: str) -> str:
    """The number of the paper as it is stored. Raises Refused where the decision is not complete."""
    found = papers.number(decision_no, field="decision_no")
    if agreed and not found:
        raise Refused(_("Ghi số của quyết định xóa danh tính."), field="decision_no")
    _check_paper(found, decision_on, "decision_no", "decision_on")
    if not agreed and declined not in Erasure.Declined.values:
        raise Refused(_("Chọn lý do không đồng ý."), field="declined")
    return found


def _check_paper(number: str, day: dt.date | None, number_field: str, day_field: str) -> None:
    """Refuse a paper with a number but no day, a day but no number, or a day in the future."""
    if bool(number) != bool(day):
        sentence = _("Ghi ngày của văn bản.") if number else _("Ghi số của văn bản.")
        raise Refused(sentence, field=day_field if number else number_field)
    invariants.check_paper(day, field=day_field)
