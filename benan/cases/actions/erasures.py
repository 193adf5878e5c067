"""Erasing for good who somebody is: one officer asks, the head of the office that manages the file decides.

The key, the index and every sealed value of the person go; what is sealed elsewhere stays as noise. Counts, limits, lines
of history and the trail stay as they are.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.roles import P
from benan.cases import steps
from benan.cases.erasures import Erasure
from benan.cases.models import File
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.vault import access


@transaction.atomic
def ask(*, by, file, reason, seen=None) -> Erasure:
    """Ask that the identity of the person of an ended file be erased, and of every file joined with it.

    Raises Refused while any file of the person is open, or a request waits.
    """
    policy.require(by, P.FILE_CORRECT, file)
    file = steps.lock(file, seen=seen, by=by)
    if reason not in Erasure.Reason.values:
        raise Refused(_("Chọn lý do xóa."), field="reason")
    _people(file)
    if file.erasures.filter(agreed=None).exists():
        raise Refused(_("Hồ sơ này đang có một đề nghị xóa chờ quyết định."))
    row = Erasure.objects.create(file=file, reason=reason, asked_by=by, asked_on=legal_day())
    steps.note(by=by, file=file, key="erasure_asked", permission=P.FILE_CORRECT, details={"reason": reason})
    return row


@transaction.atomic
def decide(*, by, file, agreed, seen=None) -> Erasure:
    """Decide on the request that waits; agreed, the identity is gone at once, for good. Never by who asked."""
    policy.require(by, P.IDENTITY_ERASE, file)
    file = steps.lock(file, seen=seen, by=by)
    row = file.erasures.filter(agreed=None).first()
    if row is None:
        raise Refused(_("Không có đề nghị xóa nào đang chờ quyết định."))
    if row.asked_by_id == by.pk:
        raise Refused(_("Người đề nghị xóa không tự quyết định. Người khác có quyền sẽ quyết định."))
    people = _people(file) if agreed else []
    row.agreed, row.decided_by, row.decided_on = agreed, by, legal_day()
    row.save(update_fields=["agreed", "decided_by", "decided_on"])
    if not agreed:
        steps.note(by=by, file=file, key="erasure_declined", permission=P.IDENTITY_ERASE)
        return row
    for person in people:
        access.erase(by=by, person_id=person)
    steps.note(by=by, file=file, key="identity_erased", on=legal_day(), permission=P.IDENTITY_ERASE)
    return row


def _people(file) -> list:
    """The people (ids) whose identity a file's is, through all joinings, that are not erased yet.

    Raises Refused where a file of theirs is open, or nothing is left to erase.
    """
    rows, files, found = File.objects.unscoped(reason="every file of one person"), set(), {file}
    while not found <= files:
        files |= found
        people = {one.person_id for one in files}
        onward = {one.joined_to_id for one in files} - {None}
        found = set(rows.filter(Q(person__in=people) | Q(joined_to__in=files) | Q(pk__in=onward)))
    if any(one.is_open for one in files):
        raise Refused(
            _("Người này còn hồ sơ đang mở. Kết thúc hồ sơ trước; hồ sơ lập nhầm thì kết thúc với lý do “Lập nhầm”.")
        )
    people = [person for person in sorted(people) if access.erased_at(person) is None]
    if not people:
        raise Refused(_("Danh tính của người này đã được xóa vĩnh viễn."))
    return people
