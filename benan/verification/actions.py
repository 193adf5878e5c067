"""Verification: from the notice to a finding, with every branch of the 2011 procedure.

An office that answers on paper is recorded by the labour office on its behalf ("ghi thay"): pass `for_agency` with the
number and day of its paper.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import Membership, TeamMember, User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.cases import acts, deadlines, invariants, opening, steps
from benan.cases.models import Case, Step
from benan.cases.purposes import Purpose
from benan.cases.steps import Change, Paper
from benan.core import papers
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.places import choices
from benan.places.models import Level
from benan.rules import vocabularies
from benan.vault import access
from benan.verification.models import Finding
from benan.verification.vocabulary import COMPLEXITY, GROUNDS, ISSUERS, RETURNED, SOURCES

Part = TeamMember.Part
Basis, Outcome = Finding.Basis, Finding.Outcome


@dataclass(frozen=True)
class OpenedDraft:
    """Sealed words opened: what a draft argues, why it was returned, and what the person said themselves."""

    reasons: str
    returned: str
    own_words: str


def take_notice(*, by: User, case: Case, on: dt.date, at: dt.time | None = None, seen: int | None = None) -> Step:
    """Acknowledge the commune's notice. The three days run from the notice itself, not from here."""
    with steps.change(case, by=by, seen=seen) as change:
        return change.take("take_notice", on=on, at=at)


def record_proof(
    *, by: User, case: Case, on: dt.date, basis: str, issuer: str, certificate_no: str, certificate_on: dt.date,
    words: str = "", seen: int | None = None,
) -> Finding:  # fmt: skip
    """Record an existing paper of Luật 66/2011, Điều 28: the person is a victim without further verification.

    `issuer` is one of those that give such a paper on the day `on` (ISSUERS). `certificate_on` is the paper's own date, `on` the day it was found.
    """
    if basis not in Basis.values or basis == Basis.ANSWER:
        raise Refused(_("Chọn một trong bốn loại giấy tờ của Điều 28."), field="basis")
    certificate_no = papers.number(certificate_no, field="certificate_no")
    invariants.check_certificate(certificate_on, on)
    certificate: dict[str, Any] = {"certificate_no": certificate_no, "certificate_on": certificate_on}
    with steps.change(case, by=by, seen=seen) as change:
        _check_issuer(change.case, basis, issuer, on)
        step = change.take(
            "record_proof", on=on, words=words, said={"basis": basis, "issuer": clean(issuer), **certificate},
            paper=Paper(no=certificate_no, on=certificate_on), details={"basis": basis},
        )  # fmt: skip
        return _conclude(
            change,
            on,
            outcome=Outcome.VICTIM,
            basis=basis,
            agency=step.agency,
            drafted_by=by,
            issuer=issuer,
            **certificate,
        )


def request_verification(
    *, by: User, case: Case, on: dt.date, to_unit: str, paper_no: str, paper_on: dt.date, words: str = "",
    seen: int | None = None,
) -> Step:  # fmt: skip
    """Ask, in writing, the district police of the residence or of the place where it is said to have happened.

    `to_unit` is that district's code, in any province: police outside the province answer on paper.
    TTLT 01/2014, Điều 6 khoản 2 điểm b.
    """
    if not choices.told(to_unit, [Level.DISTRICT]):
        raise Refused(_("Chọn huyện nơi người ấy cư trú hoặc nơi người ấy khai xảy ra vụ việc."), field="to_unit")
    to_unit = invariants.unit_on(on, to_unit, Level.DISTRICT, field="to_unit").code
    police = agencies.of_unit(AgencyKind.POLICE_DISTRICT, to_unit, on) or Agency.objects.get(key="outside_police")
    with steps.change(case, by=by, seen=seen) as change:
        step = change.take(
            "request_verification", on=on, words=words, to_agency=police, to_unit=to_unit,
            paper=Paper(no=paper_no, on=paper_on), said={"paper_no": clean(paper_no), "paper_on": paper_on},
        )  # fmt: skip
        change.join_team(police, Part.VERIFIES, on)
        return step


@transaction.atomic
def receive_request(
    *, by: User, case: Case, on: dt.date, arrival_no: str, paper_no: str = "", paper_on: dt.date | None = None,
    for_agency: Agency | None = None, seen: int | None = None,
) -> Step:  # fmt: skip
    """The district police note the request's arrival by number and day; their twenty days run from here."""
    return _note_arrival("receive_request", by, case, on, arrival_no, Paper(paper_no, paper_on, for_agency), seen)


def report_to_province(
    *, by: User, case: Case, on: dt.date, reason: str, paper_no: str = "", paper_on: dt.date | None = None,
    for_agency: Agency | None = None, words: str = "", seen: int | None = None,
) -> Step:  # fmt: skip
    """The district police report a complex or many-district matter up (TTLT 01/2014, Điều 6 khoản 3 điểm c).

    `reason` is a code that COMPLEXITY has on the day `on`.
    """
    province = Agency.objects.get(key="police_province")
    with steps.change(case, by=by, seen=seen) as change:
        invariants.check_day(change.case, on)
        step = change.take(
            "report_to_province", on=on, words=words, to_agency=province, paper=Paper(paper_no, paper_on, for_agency),
            said={"complexity": reason in vocabularies.codes(COMPLEXITY, on)}, details={"reason": reason},
        )  # fmt: skip
        change.join_team(province, Part.VERIFIES, on)
        withdraw(change.case)
        return step


@transaction.atomic
def receive_report(
    *, by: User, case: Case, on: dt.date, arrival_no: str, paper_no: str = "", paper_on: dt.date | None = None,
    for_agency: Agency | None = None, seen: int | None = None,
) -> Step:  # fmt: skip
    """The provincial police note the report's arrival; their sixty days run from here."""
    return _note_arrival("receive_report", by, case, on, arrival_no, Paper(paper_no, paper_on, for_agency), seen)


def draft_finding(
    *, by: User, case: Case, outcome: str, grounds: Collection[str] = (), sources: Collection[str] = (), reasons: str | None = "",
    seen: int | None = None,
) -> Finding:  # fmt: skip
    """An officer of the verifying police drafts the finding; it says nothing until the head signs.

    Grounds and sources: codes that GROUNDS and SOURCES have today; a victim needs at least one of each (Nghị định 62/2012,
    Điều 5). A new draft takes the place of the one that waits or was returned; `reasons` None keeps what that one argues.
    """
    policy.require(by, P.FINDING_DRAFT, case)
    with steps.change(case, by=by, seen=seen, replaces=("draft_finding",)) as change:
        seat = _drafting_seat(by, change.case)
        _check_outcome(outcome)
        _check_grounds(grounds, sources, legal_day())
        if outcome == Outcome.VICTIM and not grounds:
            raise Refused(_("Kết luận là nạn nhân cần ít nhất một căn cứ."), field="grounds")
        if outcome == Outcome.VICTIM and not sources:
            raise Refused(_("Kết luận là nạn nhân phải dựa vào ít nhất một nguồn tài liệu, chứng cứ."), field="sources")
        before = change.case.findings.filter(on=None, withdrawn=False, agency=seat.agency).first()
        if reasons is None:
            sealed = before.reasons if before else None
        else:
            sealed = access.seal_note(person_id=case.person_id, words=reasons)
        withdraw(change.case)
        finding = Finding.objects.create(
            case=change.case, outcome=outcome, basis=Basis.ANSWER, grounds=list(grounds), sources=list(sources),
            agency=seat.agency, drafted_by=by, reasons=sealed,
        )  # fmt: skip
        change.note("draft_finding", permission=P.FINDING_DRAFT)
        return finding


def sign_finding(
    *, by: User, case: Case, on: dt.date, answer_no: str, answer_on: dt.date | None = None, certificate_no: str = "",
    certificate_on: dt.date | None = None, draft: int | None = None, seen: int | None = None,
) -> Finding:  # fmt: skip
    """The head signs the drafted finding: the written answer and, for a victim, the certificate by number and day.

    `draft`: the draft (id) that the head says to have read. Raises Refused where another waits now.
    """
    policy.require(by, P.FINDING_SIGN, case)
    with steps.change(case, by=by, seen=seen) as change:
        waiting = _waiting_draft(change.case)
        if draft not in (None, waiting.pk):
            raise Refused(_("Dự thảo đã được viết lại từ lúc mở trang. Đọc bản mới rồi ký."), field="draft")
        if waiting.drafted_by_id == by.pk:
            raise Refused(_("Người dự thảo không được ký kết luận do chính mình dự thảo."))
        answer_no = papers.number(answer_no, field="answer_no")
        certificate_no = papers.number(certificate_no, field="certificate_no")
        certificate: dict[str, Any] = {"certificate_no": certificate_no, "certificate_on": certificate_on}
        step = _take_answer(change, waiting.outcome, on, Paper(no=answer_no, on=answer_on or on), **certificate)
        if step.agency != waiting.agency:
            raise Refused(_("Dự thảo này của đơn vị khác; đơn vị đang xác minh dự thảo lại."))
        return _conclude(change, on, waiting, signed_by=by, answer_no=answer_no, **certificate)


def return_draft(*, by: User, case: Case, reason: str, words: str, seen: int | None = None) -> Step:
    """The head returns the drafted finding to its author. `reason`: a code of RETURNED; `words`, what to mend, are sealed."""
    policy.require(by, P.FINDING_SIGN, case)
    if reason not in RETURNED:
        raise Refused(_("Chọn lý do trả lại."), field="reason")
    if not clean(words):
        raise Refused(_("Ghi rõ cần sửa gì để người dự thảo biết."), field="words")
    with steps.change(case, by=by, seen=seen) as change:
        draft = _waiting_draft(change.case)
        if draft.agency_id not in policy.held_on(by, change.case).agencies(P.FINDING_SIGN):
            raise Refused(_("Dự thảo này của đơn vị khác."))
        step = change.note(
            "return_draft", permission=P.FINDING_SIGN, agency=draft.agency, words=words, details={"reason": reason}
        )
        draft.returned = step
        draft.save(update_fields=["returned"])
        return step


@transaction.atomic
def open_draft(*, by: User, case: Case, finding: Finding, own_words: bool = False) -> OpenedDraft:
    """Open the sealed words of a draft of one's own office, with `own_words` those of the person too, in order to verify."""
    policy.require(by, P.IDENTITY_OPEN, case)
    if finding.agency_id not in policy.held_on(by, case).agencies(P.IDENTITY_OPEN):
        raise PermissionDenied
    notes = {"reasons": finding.reasons, "returned": finding.returned.note if finding.returned else None}
    sealed = {key: bytes(note) for key, note in notes.items() if note}
    opened = {}
    if sealed:
        opened = access.reveal_notes(by=by, person_id=case.person_id, on=case, purpose=Purpose.VERIFY, notes=sealed)
    said = ""
    if own_words and access.OWN_WORDS in access.known_fields(case.person_id):
        found = access.reveal(
            by=by, person_id=case.person_id, on=case, purpose=Purpose.VERIFY, fields=[access.OWN_WORDS]
        )
        said = "".join(value.text for value in found)
    return OpenedDraft(opened.get("reasons", ""), opened.get("returned", ""), said)


def record_answer(
    *, by: User, case: Case, on: dt.date, for_agency: Agency | None, outcome: str, paper_no: str, paper_on: dt.date,
    certificate_no: str = "", certificate_on: dt.date | None = None, grounds: Collection[str] = (),
    sources: Collection[str] = (), words: str = "", seen: int | None = None,
) -> Finding:  # fmt: skip
    """Record, on behalf of a police that answers on paper, what it found ("ghi thay"). Refused where no agency verifies.

    Grounds and sources: codes that GROUNDS and SOURCES have on the day `on`.
    """
    policy.require(by, P.ANSWER_RECORD, case)
    _check_outcome(outcome)
    with steps.change(case, by=by, seen=seen) as change:
        invariants.check_day(change.case, on)
        _check_grounds(grounds, sources, on)
        certificate_no = papers.number(certificate_no, field="certificate_no")
        certificate: dict[str, Any] = {"certificate_no": certificate_no, "certificate_on": certificate_on}
        _take_answer(change, outcome, on, Paper(paper_no, paper_on, for_agency), words=words, **certificate)
        return _conclude(
            change, on, outcome=outcome, basis=Basis.ANSWER, grounds=list(grounds), sources=list(sources), agency=for_agency,
            drafted_by=by, answer_no=papers.number(paper_no), **certificate,
        )  # fmt: skip


def tell_outcome(*, by: User, case: Case, on: dt.date, onward: str, words: str = "", seen: int | None = None) -> Step:
    """Tell the person that they were not found to be a victim, and refer them onward. `onward`: a code of ONWARD.

    Somebody under 18 is not fetched by a family that did the harm.
    """
    if onward == "family" and case.may_be_under(18, on) and deadlines.harmed_by_family(case):
        raise Refused(_("Gia đình là người gây hại: không giao người chưa đủ 18 tuổi cho gia đình."), field="onward")
    with steps.change(case, by=by, seen=seen) as change:
        return change.take("tell_outcome", on=on, words=words, said={"onward": onward}, details={"onward": onward})


def hand_to_immigration(
    *, by: User, case: Case, on: dt.date, paper_no: str = "", paper_on: dt.date | None = None, words: str = "",
    seen: int | None = None,
) -> Step:  # fmt: skip
    """Pass somebody who says they are a foreigner on to the procedure of TTLT 01/2014, Điều 8."""
    with steps.change(case, by=by, seen=seen) as change:
        return change.take("hand_to_immigration", on=on, words=words, paper=Paper(no=paper_no, on=paper_on))


def close_verification(
    *, by: User, case: Case, on: dt.date, reason: str, words: str = "", seen: int | None = None
) -> Step:
    """End verification before an answer: death, departure, the person's own wish or a case opened by mistake."""
    policy.require(by, P.CASE_CLOSE, case)
    with steps.change(case, by=by, seen=seen) as change:
        opening.join_team_to_end(change, on)
        return end_before_answer(change, on=on, reason=reason, words=words)


def end_before_answer(change: Change, *, on: dt.date, reason: str, words: str = "") -> Step:
    """The part of `close_verification` and of closing a case that ends the track. `reason`: a code of CLOSED_EARLY."""
    step = change.take("close_verification", on=on, words=words, said={"reason": reason}, details={"reason": reason})
    withdraw(change.case)
    return step


def withdraw(case: Case) -> None:
    """Set aside a draft that nobody signed."""
    case.findings.filter(on=None, withdrawn=False).update(withdrawn=True)


def _waiting_draft(case: Case) -> Finding:
    """The draft that waits for a signature. Raises Refused where none does."""
    draft: Finding | None = case.findings.filter(on=None, withdrawn=False).first()
    if draft is None:
        raise Refused(_("Chưa có dự thảo kết luận để ký."))
    if draft.returned_id:
        raise Refused(_("Dự thảo đã được trả lại để sửa; chờ bản dự thảo mới."))
    return draft


def _note_arrival(key: str, by: User, case: Case, on: dt.date, arrival_no: str, paper: Paper, seen: int | None) -> Step:
    arrival_no = papers.number(arrival_no, field="arrival_no")
    with steps.change(case, by=by, seen=seen) as change:
        said = details = {"arrival_no": arrival_no}
        return change.take(key, on=on, paper=paper, said=said, details=details)


def _take_answer(
    change: Change,
    outcome: str,
    on: dt.date,
    paper: Paper,
    *,
    certificate_no: str,
    certificate_on: dt.date | None,
    words: str = "",
) -> Step:
    invariants.check_certificate(certificate_on, on)
    said = {"answer": clean(paper.no) and paper.on, "certificate": certificate_no and certificate_on}
    key = "answer_victim" if outcome == Outcome.VICTIM else "answer_not_victim"
    return change.take(key, on=on, paper=paper, words=words, said=said)


def _conclude(change: Change, on: dt.date, finding: Finding | None = None, **values: Any) -> Finding:
    """Put a finding in force; the one before it is replaced and stays, a draft that waits is set aside."""
    case = change.case
    before = case.findings.filter(on__isnull=False, replaced_on=None).first()
    if before and on < before.decided_on:
        raise Refused(
            _("Ngày %(on)s trước ngày của kết luận đang có hiệu lực (%(then)s).")
            % {"on": show(on), "then": show(before.decided_on)},
            field="on",
        )
    case.findings.filter(on__isnull=False, replaced_on=None).update(replaced_on=on)
    finding = finding or Finding(case=case)
    for name, value in {**values, "on": on}.items():
        setattr(finding, name, value)
    finding.save()
    withdraw(case)
    return finding


def _drafting_seat(by: User, case: Case) -> Membership:
    """The seat from which one drafts: at the police that hold the verification, while an answer is awaited."""
    tracks = acts.tracks_of(case)
    procedure = acts.procedure_of(case, "verification", tracks)
    stage = tracks["verification"].stage
    procedure.choose("verification", stage, "answer_victim")
    holder = procedure.tracks["verification"].stages[stage].holder
    for seat in policy.held_on(by, case).having(P.FINDING_DRAFT):
        if seat.agency.kind == holder:
            return seat
    raise Refused(_("Việc này của %(holder)s.") % {"holder": procedure.agencies[holder]})


def _check_outcome(outcome: str) -> None:
    if outcome not in Outcome.values:
        raise Refused(_("Chọn kết luận."), field="outcome")


def _check_issuer(case: Case, basis: str, issuer: str, on: dt.date) -> None:
    invariants.check_day(case, on)
    known = {entry.key for entry in vocabularies.entries(ISSUERS, on) if basis in entry.papers}
    if clean(issuer) and issuer not in known:
        raise Refused(_("Chọn cơ quan cấp loại giấy tờ này."), field="issuer")


def _check_grounds(grounds: Collection[str], sources: Collection[str], on: dt.date) -> None:
    for field, name, chosen in (("grounds", GROUNDS, grounds), ("sources", SOURCES, sources)):
        known = vocabularies.codes(name, on)
        if unknown := [code for code in chosen if code not in known]:
            word = (
                _("Căn cứ “%(code)s” không có trong danh mục.")
                if field == "grounds"
                else _("Nguồn “%(code)s” không có trong danh mục.")
            )
            raise Refused(word % {"code": unknown[0]}, field=field)
