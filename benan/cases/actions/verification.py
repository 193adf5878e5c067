"""Verification: from the notice to a finding, with every branch of the 2011 procedure.

An office that answers on paper is recorded by the labour office on its behalf ("ghi thay"): pass
`paper=Paper(no, on, for_agency)`.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.models import Agency, TeamMember
from benan.accounts.roles import Kind, P
from benan.cases import invariants, opening, steps
from benan.cases.models import File, Finding
from benan.cases.steps import Paper
from benan.core import papers
from benan.core.days import show
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.places import choices
from benan.places.models import Level
from benan.vault import access

Part = TeamMember.Part
Basis, Outcome = Finding.Basis, Finding.Outcome


@transaction.atomic
def take_notice(*, by, file, on, at=None, seen=None):
    """Acknowledge the commune's notice. The three days run from the notice itself, not from here."""
    return steps.take(by=by, file=file, move="take_notice", on=on, at=at, seen=seen)


@transaction.atomic
def record_proof(*, by, file, on, basis, issuer, certificate_no, certificate_on, words="", seen=None) -> Finding:
    """Record an existing paper of Luật 66/2011, Điều 28: the person is a victim without further verification.

    `issuer` is one of those that give such a paper (ISSUERS). `certificate_on` is the paper's own date, `on` the day it was found.
    """
    if basis not in Basis.values or basis == Basis.ANSWER:
        raise Refused(_("Chọn một trong bốn loại giấy tờ của Điều 28."), field="basis")
    if clean(issuer) and issuer not in ISSUERS[basis]:
        raise Refused(_("Chọn cơ quan cấp loại giấy tờ này."), field="issuer")
    certificate_no = papers.number(certificate_no, field="certificate_no")
    invariants.check_certificate(certificate_on, on)
    step = steps.take(
        by=by, file=file, move="record_proof", on=on, words=words, seen=seen,
        conditions={"proof_recorded": basis and clean(issuer) and certificate_no and certificate_on},
        paper=Paper(no=certificate_no, on=certificate_on), details={"basis": basis},
    )  # fmt: skip
    return _conclude(
        file=file, outcome=Outcome.VICTIM, basis=basis, agency=step.agency, drafted_by=by, on=on,
        issuer=issuer, certificate_no=certificate_no, certificate_on=certificate_on,
    )  # fmt: skip


@transaction.atomic
def request_verification(*, by, file, on, to_unit, paper_no, paper_on, words="", seen=None):
    """Ask, in writing, the district police of the residence or of the place where it is said to have happened.

    `to_unit` is that district's code, in any province: police outside the province answer on paper.
    TTLT 01/2014, Điều 6 khoản 2 điểm b.
    """
    if not choices.told(to_unit, [Level.DISTRICT]):
        raise Refused(_("Chọn huyện nơi người ấy cư trú hoặc nơi họ khai xảy ra vụ việc."), field="to_unit")
    to_unit = invariants.unit_on(on, to_unit, Level.DISTRICT, field="to_unit").code
    police = agencies.of_unit(Kind.POLICE_DISTRICT, to_unit, on) or Agency.objects.get(key="outside_police")
    found = file.findings.filter(on__isnull=False, replaced_on=None).exclude(basis=Basis.ANSWER)
    step = steps.take(
        by=by, file=file, move="request_verification", on=on, words=words, seen=seen, to_agency=police, to_unit=to_unit,
        paper=Paper(no=paper_no, on=paper_on),
        conditions={
            "not_declared_foreign": not _declared_foreign(file),
            "proof_absent": not found.exists(),
            "request_recorded": clean(paper_no) and paper_on,
        },
    )  # fmt: skip
    steps.join_team(file, police, Part.VERIFIES, on)
    steps.after_change(file)
    return step


@transaction.atomic
def receive_request(*, by, file, on, arrival_no, paper=None, seen=None):
    """The district police note the request's arrival by number and day; their twenty days run from here."""
    arrival_no = papers.number(arrival_no, field="arrival_no")
    return steps.take(
        by=by, file=file, move="receive_request", on=on, seen=seen, paper=paper,
        conditions={"receipt_recorded": arrival_no}, details={"arrival_no": arrival_no},
    )  # fmt: skip


@transaction.atomic
def report_to_province(*, by, file, on, reason, paper_no="", paper_on=None, for_agency=None, seen=None):
    """The district police report a complex or many-district matter up (TTLT 01/2014, Điều 6 khoản 3 điểm c).

    `reason` is a code: "complex" or "many_places".
    """
    province = Agency.objects.get(key="police_province")
    step = steps.take(
        by=by, file=file, move="report_to_province", on=on, seen=seen, to_agency=province,
        paper=Paper(no=paper_no, on=paper_on, for_agency=for_agency),
        conditions={"complexity_recorded": reason in COMPLEXITY}, details={"reason": reason},
    )  # fmt: skip
    steps.join_team(file, province, Part.VERIFIES, on)
    steps.after_change(file)
    return step


@transaction.atomic
def receive_report(*, by, file, on, arrival_no, paper=None, seen=None):
    """The provincial police note the report's arrival; their sixty days run from here."""
    arrival_no = papers.number(arrival_no, field="arrival_no")
    return steps.take(
        by=by, file=file, move="receive_report", on=on, seen=seen, paper=paper,
        conditions={"receipt_recorded": arrival_no}, details={"arrival_no": arrival_no},
    )  # fmt: skip


@transaction.atomic
def draft_finding(*, by, file, outcome, grounds=(), sources=(), reasons="", seen=None) -> Finding:
    """An officer of the verifying police drafts the finding; it says nothing until the head signs.

    Grounds: Luật 66/2011 Điều 27, Nghị định 62/2012 Điều 5; a victim needs at least one. A new draft takes the
    place of one's own earlier one.
    """
    policy.require(by, P.FINDING_DRAFT, file)
    file = steps.lock(file, seen=seen, by=by, replaces=("draft_finding", "withdraw_draft"))
    seat = _drafting_seat(by, file)
    _check_outcome(outcome)
    _check_grounds(outcome, grounds)
    withdraw(file)
    finding = Finding.objects.create(
        file=file, outcome=outcome, basis=Basis.ANSWER, grounds=list(grounds), sources=list(sources), agency=seat.agency,
        drafted_by=by, reasons=access.seal_note(person_id=file.person_id, words=reasons),
    )  # fmt: skip
    steps.note(by=by, file=file, key="draft_finding", permission=P.FINDING_DRAFT)
    return finding


@transaction.atomic
def sign_finding(
    *, by, file, on, answer_no, answer_on=None, certificate_no="", certificate_on=None, seen=None
) -> Finding:
    """The head signs the drafted finding: the written answer and, for a victim, the certificate by number and day."""
    policy.require(by, P.FINDING_SIGN, file)
    file = steps.lock(file, seen=seen, by=by)
    draft = file.findings.filter(on=None, withdrawn=False).first()
    if draft is None:
        raise Refused(_("Chưa có dự thảo kết luận để ký."))
    if draft.drafted_by_id == by.pk:
        raise Refused(_("Người dự thảo không ký kết luận của chính mình."))
    answer_no = papers.number(answer_no, field="answer_no")
    certificate_no = papers.number(certificate_no, field="certificate_no")
    step = _answer(by=by, file=file, outcome=draft.outcome, on=on, paper=Paper(no=answer_no, on=answer_on or on),
                   certificate_no=certificate_no, certificate_on=certificate_on)  # fmt: skip
    if step.agency != draft.agency:
        raise Refused(_("Dự thảo này của đơn vị khác; đơn vị đang giữ việc xác minh dự thảo lại."))
    return _conclude(
        draft, file=file, on=on, signed_by=by, answer_no=answer_no, certificate_no=certificate_no,
        certificate_on=certificate_on,
    )  # fmt: skip


@transaction.atomic
def record_answer(*, by, file, on, for_agency, outcome, paper_no, paper_on, certificate_no="", certificate_on=None,
                  grounds=(), sources=(), words="", seen=None) -> Finding:  # fmt: skip
    """Record, on behalf of a police that answers on paper, what it found ("ghi thay")."""
    policy.require(by, P.ANSWER_RECORD, file)
    _check_outcome(outcome)
    file = steps.lock(file, seen=seen, by=by)
    withdraw(file)
    certificate_no = papers.number(certificate_no, field="certificate_no")
    _answer(
        by=by, file=file, outcome=outcome, on=on, paper=Paper(no=paper_no, on=paper_on, for_agency=for_agency),
        certificate_no=certificate_no, certificate_on=certificate_on, words=words,
    )  # fmt: skip
    return _conclude(
        file=file, outcome=outcome, basis=Basis.ANSWER, grounds=list(grounds), sources=list(sources), agency=for_agency,
        drafted_by=by, on=on, answer_no=papers.number(paper_no), certificate_no=certificate_no,
        certificate_on=certificate_on,
    )  # fmt: skip


@transaction.atomic
def tell_outcome(*, by, file, on, onward, words="", seen=None):
    """Tell the person that they were not found to be a victim, and refer them onward. `onward`: a code of ONWARD.

    Somebody under 18 is not fetched by a family that did the harm.
    """
    if onward == "family" and file.may_be_under(18, on) and steps.harmed_by_family(file):
        raise Refused(
            _("Gia đình là người gây hại: không giao người chưa đủ 18 tuổi cho gia đình đón."), field="onward"
        )
    return steps.take(by=by, file=file, move="tell_outcome", on=on, words=words, seen=seen,
                      conditions={"onward_recorded": onward in ONWARD}, details={"onward": onward})  # fmt: skip


@transaction.atomic
def hand_to_immigration(*, by, file, on, paper_no="", paper_on=None, words="", seen=None):
    """Pass somebody who says they are a foreigner on to the procedure of TTLT 01/2014, Điều 8."""
    return steps.take(
        by=by, file=file, move="hand_to_immigration", on=on, words=words, seen=seen, paper=Paper(no=paper_no, on=paper_on),
        conditions={"declared_foreign": _declared_foreign(file)},
    )  # fmt: skip


@transaction.atomic
def close_verification(*, by, file, on, reason, words="", seen=None):
    """End verification before an answer: death, departure, the person's own wish or a file opened by mistake."""
    policy.require(by, P.FILE_CLOSE, file)
    opening.step_in(by, file, on)
    return steps.take(by=by, file=file, move="close_verification", on=on, words=words, seen=seen,
                      conditions={"closing_reason_recorded": reason in CLOSED_EARLY}, details={"reason": reason})  # fmt: skip


def withdraw(file) -> None:
    """Set aside a draft that nobody signed."""
    file.findings.filter(on=None, withdrawn=False).update(withdrawn=True)


COMPLEXITY = {
    "complex": _("Vụ việc phức tạp"),
    "many_places": _("Liên quan đến nhiều địa phương"),
}
_ISSUER = Finding.Issuer
# Which of them give each of the four papers (Luật 66/2011, Điều 28).
ISSUERS = {
    Basis.DISTRICT_POLICE: (_ISSUER.DISTRICT_POLICE,),
    Basis.RESCUER: (_ISSUER.POLICE, _ISSUER.BORDER_GUARD, _ISSUER.COAST_GUARD, _ISSUER.MISSION),
    Basis.PROCEEDINGS: (_ISSUER.INVESTIGATION, _ISSUER.PROCURACY, _ISSUER.COURT),
    Basis.FOREIGN: (_ISSUER.FOREIGN,),
}
ONWARD = {
    "police": _("Cơ quan Công an, về việc khác"),
    "social": _("Trợ giúp xã hội tại nơi cư trú"),
    "legal": _("Trung tâm trợ giúp pháp lý"),
    "health": _("Cơ sở y tế"),
    "family": _("Gia đình đón"),
    "none": _("Người ấy không cần"),
}
CLOSED_EARLY = {
    File.Closing.DIED: _("Người ấy đã mất"),
    File.Closing.LEFT: _("Người ấy rời đi, không liên lạc được"),
    File.Closing.DECLINED: _("Người ấy không muốn tiếp tục"),
    File.Closing.ERROR: _("Lập nhầm"),
}
# Luật 66/2011 Điều 27, Nghị định 62/2012 Điều 5 khoản 1; the last five: khoản 3, where the first cannot be proved.
GROUNDS = {
    "sold": _("Bị mua bán, coi như hàng hóa để trao đổi lấy tiền hoặc lợi ích khác"),
    "prostitution": _("Bị chuyển giao, tiếp nhận để ép bán dâm"),
    "pornography": _("Bị chuyển giao, tiếp nhận để làm sản phẩm hoặc biểu diễn khiêu dâm"),
    "sexual_slavery": _("Bị chuyển giao, tiếp nhận làm nô lệ tình dục"),
    "forced_labour": _("Bị chuyển giao, tiếp nhận để cưỡng bức lao động"),
    "organs": _("Bị chuyển giao, tiếp nhận để lấy bộ phận cơ thể"),
    "begging": _("Bị ép đi ăn xin"),
    "marriage": _("Bị ép làm vợ hoặc chồng"),
    "childbearing": _("Bị ép đẻ con trái ý muốn"),
    "crime": _("Bị ép thực hiện hành vi vi phạm pháp luật"),
    "other_inhuman": _("Bị chuyển giao, tiếp nhận vì mục đích vô nhân đạo khác"),
    "recruited": _("Bị tuyển mộ, vận chuyển, chứa chấp để mua bán hoặc vì các mục đích trên"),
    "found_with_victim": _("Được tìm thấy hoặc giải cứu cùng với nạn nhân khác"),
    "lived_with_victims": _("Từng sống cùng nạn nhân nơi bị giữ và bị đối xử như họ"),
    "signs": _("Có dấu hiệu bị bóc lột, ngược đãi trên thân thể hoặc tinh thần"),
    "reported_missing": _("Người thân đã báo mất tích hoặc bị mua bán"),
    "other_lawful": _("Thông tin hợp pháp khác"),
}
# Nghị định 62/2012 Điều 5 khoản 2.
SOURCES = {
    "proceedings": _("Cơ quan tiến hành tố tụng cung cấp"),
    "rescuer": _("Cơ quan giải cứu cung cấp"),
    "mission": _("Cơ quan đại diện Việt Nam ở nước ngoài cung cấp"),
    "foreign": _("Cơ quan, tổ chức nước ngoài có thẩm quyền cung cấp"),
    "own_statement": _("Lời khai, tài liệu của người ấy"),
    "offender": _("Lời khai của người thực hiện hành vi"),
    "witness": _("Lời khai của người biết việc"),
    "other": _("Nguồn hợp pháp khác"),
}


def _answer(*, by, file, outcome, on, paper, certificate_no, certificate_on, words=""):
    move = "answer_victim" if outcome == Outcome.VICTIM else "answer_not_victim"
    invariants.check_certificate(certificate_on, on)
    return steps.take(
        by=by, file=file, move=move, on=on, paper=paper, words=words,
        conditions={
            "answer_recorded": clean(paper.no) and paper.on,
            "certificate_recorded": certificate_no and certificate_on,
        },
    )  # fmt: skip


def _conclude(finding=None, *, file, **values) -> Finding:
    """Put a finding in force; the one before it is replaced and stays."""
    on = values["on"]
    before = file.findings.filter(on__isnull=False, replaced_on=None).first()
    if before and on < before.on:
        raise Refused(
            _("Ngày %(on)s trước ngày của kết luận đang có hiệu lực (%(then)s).")
            % {"on": show(on), "then": show(before.on)},
            field="on",
        )
    file.findings.filter(on__isnull=False, replaced_on=None).update(replaced_on=on)
    finding = finding or Finding(file=file)
    for name, value in values.items():
        setattr(finding, name, value)
    finding.save()
    steps.after_change(file)
    return finding


def _declared_foreign(file):
    return file.nationality == File.Nationality.FOREIGNER


def _drafting_seat(by, file):
    """The seat from which one drafts: at the police that hold the verification, while an answer is awaited."""
    procedure = steps.procedure_of(file, "verification")
    stage = file.tracks.get(kind="verification").stage
    procedure.choose("verification", stage, "answer_victim")
    holder = procedure.tracks["verification"].stages[stage].holder
    for seat in policy.held_on(by, file).having(P.FINDING_DRAFT):
        if seat.agency.kind == holder:
            return seat
    raise Refused(_("Việc này của %(holder)s.") % {"holder": procedure.agencies[holder]})


def _check_outcome(outcome):
    if outcome not in Outcome.values:
        raise Refused(_("Chọn kết luận."), field="outcome")


def _check_grounds(outcome, grounds):
    unknown = [ground for ground in grounds if ground not in GROUNDS]
    if unknown:
        raise Refused(_("Căn cứ “%(code)s” không có trong danh mục.") % {"code": unknown[0]}, field="grounds")
    if outcome == Outcome.VICTIM and not grounds:
        raise Refused(_("Kết luận là nạn nhân cần ít nhất một căn cứ."), field="grounds")
