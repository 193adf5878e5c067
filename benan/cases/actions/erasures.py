"""Erasing for good who somebody is: one officer asks, the head of the office that answers for the file decides.

Where several offices answer for files of the person, the department decides. The key, the index and every sealed value
of the person go; what is sealed elsewhere stays as noise. Counts, limits, lines of history and the trail stay as they are.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.roles import P
from benan.cases import erasing, invariants, steps
from benan.cases.erasures import Erasure
from benan.cases.models import File, Step
from benan.core import papers
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.vault import access

Reason = Erasure.Reason


@transaction.atomic
def ask(*, by, file, reason, received_on, paper_no="", paper_on=None, seen=None) -> Erasure:
    """Ask that the identity of the person of an ended file be erased, in every file of theirs.

    A line is written in each of these that `by` may correct. Raises Refused while a file of the person is open or a
    request waits, and for a reason without the paper on which it rests.
    """
    policy.require(by, P.FILE_CORRECT, file)
    file, files = _lock(by, file, seen)
    if file.joined_to_id:
        raise Refused(erasing.JOINED)
    if sentence := erasing.against(erasing.told(by, files)):
        raise Refused(sentence)
    own = list(File.objects.can(by, P.FILE_CORRECT).filter(pk__in=[each.pk for each in files]).order_by("pk"))
    if erasing.waiting(own).exists():
        raise Refused(erasing.WAITS)
    paper_no = _check_request(file, reason, received_on, paper_no, paper_on)
    row = Erasure.objects.create(
        file=file, reason=reason, received_on=received_on, paper_no=paper_no, paper_on=paper_on, asked_by=by,
        asked_on=legal_day(), across=erasing.is_split(files),
    )  # fmt: skip
    for each in own:
        steps.note(by=by, file=each, key="erasure_asked", permission=P.FILE_CORRECT, paper_no=paper_no, paper_on=paper_on,
                   details={"reason": reason, "label": str(row.get_reason_display())})  # fmt: skip
    return row


@transaction.atomic
def withdraw(*, by, file, seen=None) -> Erasure:
    """Take back one's own request while nobody has decided on it."""
    policy.require(by, P.FILE_CORRECT, file)
    file, files = _lock(by, file, seen)
    row = erasing.waiting(files).filter(asked_by=by).select_related("file").first()
    if row is None:
        raise Refused(erasing.NONE_OF_ONES_OWN)
    row.withdrawn_on = legal_day()
    row.save(update_fields=["withdrawn_on"])
    agency = steps.agency_on(by, file, P.FILE_CORRECT)
    for each in _told_of(row, files):
        steps.note(by=by, file=each, key="erasure_withdrawn", agency=agency)
    return row


@transaction.atomic
def decide(*, by, file, agreed, decision_no="", decision_on=None, declined="", seen=None) -> Erasure:
    """Decide on the request that waits; agreed, the identity is gone at once, for good. Never by who asked.

    To agree, the right is asked of every file of the person that stands for itself (`erasing.may_decide`), and a line is
    written in each file.
    """
    file, files = _lock(by, file, seen)
    rows = erasing.waiting(files).select_related("file")
    row = rows.filter(file=file).first() or rows.first()
    may_decide = erasing.may_decide(by, files)
    if not may_decide:
        policy.require(by, P.IDENTITY_ERASE, file)
    if row is None:
        raise Refused(erasing.NONE_WAITS)
    if not (may_decide if agreed else erasing.may_decline(by, row, files)):
        raise Refused(erasing.who_decides(by, files))
    if rows.filter(asked_by=by).exists():
        raise Refused(erasing.OWN)
    decision_no = _check_decision(agreed, decision_no, decision_on, declined)
    if agreed and (sentence := erasing.against(files)):
        raise Refused(sentence)
    # Agreed, whatever else was asked about this person is done with it.
    decided = {"agreed": agreed, "decided_by": by, "decided_on": legal_day(), "decision_no": decision_no,
               "decision_on": decision_on, "declined": "" if agreed else declined}  # fmt: skip
    (rows if agreed else rows.filter(pk=row.pk)).update(**decided)
    line = {
        "by": by,
        "agency": steps.agency_on(by, row.file, P.IDENTITY_ERASE),
        "paper_no": decision_no,
        "paper_on": decision_on,
    }
    if not agreed:
        label = str(Erasure.Declined(declined).label)
        for each in _told_of(row, files):
            steps.note(file=each, key="erasure_declined", details={"declined": declined, "label": label}, **line)
    else:
        for person in erasing.people(files):
            access.erase(by=by, person_id=person)
        for each in files:
            steps.note(file=each, key="identity_erased", on=legal_day(), **line)
    row.refresh_from_db()
    return row


def _lock(by, file, seen):
    """The file and every file of the person, locked in the order of their ids."""
    locked = {
        each.pk: steps.lock(each, seen=seen if each.pk == file.pk else None, by=by) for each in erasing.files_of(file)
    }
    return locked[file.pk], erasing.files_of(locked[file.pk])


def _told_of(row, files):
    """The files in whose history the request stands."""
    lines = Step.objects.filter(file__in=files, key="erasure_asked", by=row.asked_by_id)
    asked = set(lines.values_list("file", flat=True))
    return [each for each in files if each.pk in asked or each.pk == row.file_id]


def _check_request(file, reason, received_on, paper_no, paper_on) -> str:
    """The number of the paper as it is stored. Raises Refused for what a request lacks."""
    if reason not in Reason.values:
        raise Refused(_("Chọn ai yêu cầu xóa, hoặc vì sao."), field="reason")
    if reason == Reason.ASKED and file.is_known_minor and file.may_be_under(18, legal_day()):
        raise Refused(
            _("Người này chưa đủ, hoặc có thể chưa đủ, 18 tuổi. Cha, mẹ, người giám hộ hoặc người đại diện khác yêu cầu thay."),
            field="reason",
        )  # fmt: skip
    invariants.check_day(file, received_on, field="received_on")
    found = papers.number(paper_no)
    if reason != Reason.ERROR and not found:
        raise Refused(
            _("Ghi số của đơn, văn bản yêu cầu; đơn không có số thì ghi số đến của đơn vị."), field="paper_no"
        )
    _check_whole(found, paper_on, "paper_no", "paper_on")
    return found


def _check_decision(agreed, decision_no, decision_on, declined) -> str:
    """The number of the paper as it is stored. Raises Refused for what a decision lacks."""
    found = papers.number(decision_no, field="decision_no")
    if agreed and not found:
        raise Refused(_("Ghi số của quyết định xóa danh tính."), field="decision_no")
    _check_whole(found, decision_on, "decision_no", "decision_on")
    if not agreed and declined not in Erasure.Declined.values:
        raise Refused(_("Chọn vì sao không đồng ý."), field="declined")
    return found


def _check_whole(number, day, number_field, day_field):
    """Refuse a paper of which only the number or only the day is written, or whose day is still to come."""
    if bool(number) != bool(day):
        sentence = _("Ghi ngày của văn bản.") if number else _("Ghi số của văn bản.")
        raise Refused(sentence, field=day_field if number else number_field)
    invariants.check_paper(day, field=day_field)
