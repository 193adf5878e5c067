"""Whom erasing an identity concerns: every file of the person, who decides on it, and what stands against it."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts import policy
from benan.accounts import queries as agencies
from benan.accounts.roles import Kind, P
from benan.cases.models import Erasure, File
from benan.core.days import legal_day
from benan.vault import access


def files_of(file) -> list[File]:
    """Every file of a person, through all joinings, by id."""
    rows = File.objects.unscoped(reason="every file of one person").select_related("reception")
    files, found = set(), {file}
    while not found <= files:
        files |= found
        people, onward = {one.person_id for one in files}, {one.joined_to_id for one in files} - {None}
        found = set(rows.filter(Q(person__in=people) | Q(joined_to__in=files) | Q(pk__in=onward)))
    return sorted(files, key=lambda one: one.pk)


def told(user, files) -> list[File]:
    """Of the files of a person, those that are not kept from an office of the user: of the others nothing is said."""
    kept = policy.kept_from(user, [one.team_id for one in files])
    return [one for one in files if one.team_id not in kept]


def is_split(files) -> bool:
    """Whether several offices answer for the files of a person, so that those who work by area decide."""
    return len(_offices(files)) > 1


def may_decide(user, files) -> bool:
    """Whether the user decides for all files of a person: of those that were not joined to another, on each one."""
    standing = _standing(files)
    rows = File.objects.by_area if is_split(files) else File.objects.can
    return rows(user, P.IDENTITY_ERASE).filter(pk__in=[one.pk for one in standing]).count() == len(standing)


def may_decline(user, row, files) -> bool:
    """Whether the user may decline a request: as who decides, or as who would decide for its file alone.

    So a request does not hang where the person was received elsewhere after it was made.
    """
    alone = not row.across and policy.allows(user, P.IDENTITY_ERASE, row.file)
    return alone or may_decide(user, files)


def who_decides(user, files) -> str:
    """Who decides for these files of a person, in a sentence; of files kept from the user it says nothing."""
    offices, today = _offices(files), legal_day()
    if offices != {None} and len(offices) == 1:
        return _("Thủ trưởng %(office)s quyết định.") % {"office": agencies.names(offices, today)[offices.pop()]}
    department = agencies.agencies(today, kind=Kind.LABOUR_DEPARTMENT).first()
    if len(offices) == 1:
        words = _("%(office)s quyết định, vì đơn vị quản lý và đơn vị tiếp nhận hồ sơ này không có ai giữ quyền ấy.")
    elif is_split(told(user, files)):
        words = _("%(office)s quyết định, vì hồ sơ khác của người này do đơn vị khác quản lý.")
    else:
        words = _("%(office)s quyết định.")
    return words % {"office": department.name if department else _("Sở LĐ-TB&XH")}


def against(files) -> str:
    """What stands against erasing, in a sentence; "" for nothing.

    A measure of protection, a need and a referral end with the file: of an ended one nothing of them is pending.
    """
    if any(one.is_open for one in files):
        return _("Người này còn hồ sơ đang mở. Kết thúc hồ sơ trước; hồ sơ lập nhầm thì kết thúc với lý do “Lập nhầm”.")
    if not people(files):
        return _("Danh tính của người này đã được xóa vĩnh viễn.")
    return ""


def people(files) -> list:
    """The people (ids) to whom these files belong and whose identity was not erased yet."""
    return [person for person in sorted({one.person_id for one in files}) if access.erased_at(person) is None]


def waiting(files):
    """The requests about some files (rows or a query) that nobody has decided on."""
    return Erasure.objects.filter(file__in=files, agreed=None, withdrawn_on=None)


def waiting_for(user):
    """The requests that wait for a decision of the user."""
    own = Q(across=False, file__in=File.objects.can(user, P.IDENTITY_ERASE))
    split = Q(across=True, file__in=File.objects.by_area(user, P.IDENTITY_ERASE))
    return Erasure.objects.filter(own | split, agreed=None, withdrawn_on=None).exclude(asked_by=user)


def state(user, file, held) -> dict:
    """Of an ended file, for its page: the request that waits or was declined last, and what this user may do about it."""
    shown = {"erased_on": file.erased_on, "erasure": None, "erasure_may": "", "erasure_who": ""}
    if file.is_open or file.erased_on:
        return shown
    near = File.objects.visible_to(user).filter(Q(person=file.person_id) | Q(pk=file.joined_to_id) | Q(joined_to=file))
    rows = list(Erasure.objects.filter(file__in=near, withdrawn_on=None).select_related("asked_by", "file"))
    asked = next((row for row in rows if row.agreed is None), None)
    if asked is None:
        asks = held.any(P.FILE_CORRECT) and not file.joined_to_id
        declined = next((row for row in rows if row.file_id == file.pk), None)
        return shown | {"erasure": declined, "erasure_may": "ask" if asks else ""}
    files = files_of(file)
    if asked.asked_by_id == user.pk:
        may = "withdraw"
    else:
        may = "decide" if may_decline(user, asked, files) else ""
    return shown | {"erasure": asked, "erasure_may": may, "erasure_who": who_decides(user, files)}


def request_page(user, file) -> dict:
    """Of the page on which one asks: who will decide, and what stands against asking."""
    files = files_of(file)
    seen = told(user, files)
    if file.joined_to_id:
        stopped = JOINED
    elif waiting(File.objects.can(user, P.FILE_CORRECT).filter(pk__in=[one.pk for one in files])).exists():
        stopped = WAITS
    else:
        stopped = against(seen)
    return {"who": who_decides(user, files), "stopped": stopped}


def withdrawal_page(user, file) -> dict:
    """Of the page on which one takes back a request: one's own, or that there is none."""
    row = waiting(files_of(file)).filter(asked_by=user).first()
    return {"request_row": row, "stopped": "" if row else NONE_OF_ONES_OWN}


def decision_page(user, file) -> dict:
    """Of the page on which one decides: the request, who decides, in which files, and what stands against it.

    Raises PermissionDenied (403) for who decides nothing of this file.
    """
    files = files_of(file)
    may = may_decide(user, files)
    if not may:
        policy.require(user, P.IDENTITY_ERASE, file)
    rows = list(waiting(files).select_related("asked_by", "file"))
    row = next((each for each in rows if each.file_id == file.pk), next(iter(rows), None))
    if row is None:
        return {"stopped": NONE_WAITS}
    who = who_decides(user, files)
    if not may_decline(user, row, files):
        return {"stopped": who}
    shown = {"request_row": row, "concerned": _concerned(user, files)}
    if any(each.asked_by_id == user.pk for each in rows):
        return shown | {"stopped": OWN}
    return shown | ({"who": who, "against": against(files)} if may else {"against": who})


NONE_WAITS = gettext_lazy("Không có đề nghị xóa nào đang chờ quyết định.")
NONE_OF_ONES_OWN = gettext_lazy("Không có đề nghị xóa nào của mình đang chờ quyết định.")
OWN = gettext_lazy("Người đề nghị xóa không tự quyết định. Người khác có quyền sẽ quyết định.")
WAITS = gettext_lazy("Người này đang có một đề nghị xóa danh tính chờ quyết định.")
JOINED = gettext_lazy("Hồ sơ này đã ghép vào hồ sơ khác của cùng một người. Gửi đề nghị ở hồ sơ ấy.")


def _concerned(user, files):
    """The files of the person that the user reaches, each with the office that manages it."""
    rows = File.objects.visible_to(user).filter(pk__in=[one.pk for one in files]).order_by("opened_on", "pk")
    names = agencies.names({row.agency_id for row in rows}, legal_day())
    return [(row, names.get(row.agency_id, "")) for row in rows]


def _standing(files):
    return [one for one in files if one.joined_to_id is None]


def _offices(files):
    return policy.offices_answering(
        P.IDENTITY_ERASE, [(one.agency_id, one.reception.agency_id) for one in _standing(files)]
    )
