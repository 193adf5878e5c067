"""Erasing an identity: the cases of the person, who decides on it, what prevents it, and what its pages show."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.cases.models import Case, Erasure
from benan.core.days import legal_day
from benan.vault import access


def cases_of(case: Case) -> list[Case]:
    """Every case of the person of a case, those joined to another included, in the order of their ids."""
    rows = Case.objects.unscoped(reason="every case of one person").select_related("reception")
    cases: set[Case] = set()
    found = {case}
    while not found <= cases:
        cases |= found
        people, onward = {one.person_id for one in cases}, {one.joined_to_id for one in cases} - {None}
        found = set(rows.filter(Q(person__in=people) | Q(joined_to__in=cases) | Q(pk__in=onward)))
    return sorted(cases, key=lambda one: one.pk)


def cases_not_kept_from(user: User, cases: Collection[Case]) -> list[Case]:
    """Of the cases of a person, those that are not kept from an office of the user."""
    kept = policy.kept_from(user, [one.team_id for one in cases])
    return [one for one in cases if one.team_id not in kept]


def several_offices_answer(cases: Collection[Case]) -> bool:
    """Whether more than one office answers for the cases of a person, so that those who work by area decide."""
    return len(_offices(cases)) > 1


def may_decide(user: User, cases: Collection[Case]) -> bool:
    """Whether the user may decide on every case of a person that was not joined to another."""
    own = _not_joined(cases)
    rows = Case.objects.by_area if several_offices_answer(cases) else Case.objects.can
    return rows(user, P.IDENTITY_ERASE).filter(pk__in=[one.pk for one in own]).count() == len(own)


def may_decline(user: User, row: Erasure, cases: Collection[Case]) -> bool:
    """Whether the user may decline a request: they decide on all cases of the person, or on the case of the request alone.

    The latter so that a request can still be answered where the person was received elsewhere after it was made.
    """
    alone = not row.across and policy.allows(user, P.IDENTITY_ERASE, row.case)
    return alone or may_decide(user, cases)


def who_decides(user: User, cases: Collection[Case]) -> str:
    """The sentence that names who decides for these cases of a person; it does not mention cases kept from the user."""
    offices, today = _offices(cases), legal_day()
    named = [office for office in offices if office is not None]
    if named and len(offices) == 1:
        return _("Thủ trưởng %(office)s quyết định.") % {"office": agencies.names(named, today)[named[0]]}
    department = agencies.at_work_on(today, kind=AgencyKind.LABOUR_DEPARTMENT).first()
    if len(offices) == 1:
        words = _("%(office)s quyết định, vì ở đơn vị quản lý và đơn vị tiếp nhận hồ sơ này không có ai có quyền ấy.")
    elif several_offices_answer(cases_not_kept_from(user, cases)):
        words = _("%(office)s quyết định, vì hồ sơ khác của người này do đơn vị khác quản lý.")
    else:
        words = _("%(office)s quyết định.")
    return words % {"office": department.name if department else _("Sở LĐ-TB&XH")}


def obstacle_to_erasure(cases: Collection[Case]) -> str:
    """The sentence for why the person of these cases cannot be erased (an open case, erased already); "" where they can.

    Measures of protection, needs and referrals end with the case, so none is pending in a case that has ended.
    """
    if any(one.is_open for one in cases):
        return _("Người này còn hồ sơ đang mở. Kết thúc hồ sơ trước; hồ sơ lập nhầm thì kết thúc với lý do “Lập nhầm”.")
    if not people_not_erased(cases):
        return _("Danh tính của người này đã được xóa vĩnh viễn.")
    return ""


def people_not_erased(cases: Collection[Case]) -> list[UUID]:
    """The persons (ids) of these cases whose identity was not erased yet."""
    return [person for person in sorted({one.person_id for one in cases}) if access.erased_at(person) is None]


def undecided_requests(cases: Collection[Case] | QuerySet[Case]) -> QuerySet[Erasure]:
    """The requests about some cases that were neither decided nor withdrawn."""
    return Erasure.objects.filter(case__in=cases, agreed=None, withdrawn_on=None)


def requests_to_decide(user: User | RoleSet, asked_by: User | int) -> QuerySet[Erasure]:
    """The undecided requests on which the user may decide; not their own (`asked_by`)."""
    own = Q(across=False, case__in=Case.objects.can(user, P.IDENTITY_ERASE))
    split = Q(across=True, case__in=Case.objects.by_area(user, P.IDENTITY_ERASE))
    return Erasure.objects.filter(own | split, agreed=None, withdrawn_on=None).exclude(asked_by=asked_by)


def panel_context(user: User, case: Case, held: Held) -> dict[str, Any]:
    """What the case's page shows of erasing: the request that is undecided or was declined last, and what the user may do
    (`erasure_may`: ask, withdraw, decide or ""). Nothing while the case is open."""
    shown: dict[str, Any] = {"erased_on": case.erased_on, "erasure": None, "erasure_may": "", "erasure_who": ""}
    if case.is_open or case.erased_on:
        return shown
    near = Case.objects.visible_to(user).filter(Q(person=case.person_id) | Q(pk=case.joined_to_id) | Q(joined_to=case))
    rows = list(Erasure.objects.filter(case__in=near, withdrawn_on=None).select_related("asked_by", "case"))
    asked = next((row for row in rows if row.agreed is None), None)
    if asked is None:
        asks = held.any(P.CASE_CORRECT) and not case.joined_to_id
        declined = next((row for row in rows if row.case_id == case.pk), None)
        return shown | {"erasure": declined, "erasure_may": "ask" if asks else ""}
    cases = cases_of(case)
    if asked.asked_by_id == user.pk:
        may = "withdraw"
    else:
        may = "decide" if may_decline(user, asked, cases) else ""
    return shown | {"erasure": asked, "erasure_may": may, "erasure_who": who_decides(user, cases)}


def request_page(user: User, case: Case) -> dict[str, Any]:
    """What the page for a request shows: who will decide, and why one cannot ask (`stopped`, "" where one can)."""
    cases = cases_of(case)
    stopped: str | Promise
    seen = cases_not_kept_from(user, cases)
    if case.joined_to_id:
        stopped = JOINED
    elif undecided_requests(Case.objects.can(user, P.CASE_CORRECT).filter(pk__in=[one.pk for one in cases])).exists():
        stopped = WAITS
    else:
        stopped = obstacle_to_erasure(seen)
    return {"who": who_decides(user, cases), "stopped": stopped}


def withdrawal_page(user: User, case: Case) -> dict[str, Any]:
    """What the page for a withdrawal shows: the user's own undecided request, or the sentence that there is none."""
    row = undecided_requests(cases_of(case)).filter(asked_by=user).first()
    return {"request_row": row, "stopped": "" if row else NONE_OF_ONES_OWN}


def decision_page(user: User, case: Case) -> dict[str, Any]:
    """What the page for a decision shows: the request, who decides, which cases it concerns, and why one cannot decide
    (`stopped`) or cannot agree (`against`).

    Raises PermissionDenied (403) for a user who decides on neither this case nor all cases of the person.
    """
    cases = cases_of(case)
    may = may_decide(user, cases)
    if not may:
        policy.require(user, P.IDENTITY_ERASE, case)
    rows = list(undecided_requests(cases).select_related("asked_by", "case"))
    row = next((each for each in rows if each.case_id == case.pk), next(iter(rows), None))
    if row is None:
        return {"stopped": NONE_WAITS}
    who = who_decides(user, cases)
    if not may_decline(user, row, cases):
        return {"stopped": who}
    shown: dict[str, Any] = {"request_row": row, "concerned": _concerned(user, cases)}
    if any(each.asked_by_id == user.pk for each in rows):
        return shown | {"stopped": OWN}
    return shown | ({"who": who, "against": obstacle_to_erasure(cases)} if may else {"against": who})


NONE_WAITS = gettext_lazy("Không có đề nghị xóa nào đang chờ quyết định.")
NONE_OF_ONES_OWN = gettext_lazy("Không có đề nghị xóa nào của chị/anh đang chờ quyết định.")
OWN = gettext_lazy("Người đề nghị xóa không tự quyết định. Người khác có quyền sẽ quyết định.")
WAITS = gettext_lazy("Người này đang có một đề nghị xóa danh tính chờ quyết định.")
JOINED = gettext_lazy("Hồ sơ này đã ghép vào hồ sơ khác của cùng một người. Gửi đề nghị ở hồ sơ ấy.")


def _concerned(user: User, cases: Collection[Case]) -> list[tuple[Case, str]]:
    """The cases of the person that the user reaches, each with the name of the office that manages it."""
    rows = Case.objects.visible_to(user).filter(pk__in=[one.pk for one in cases]).order_by("opened_on", "pk")
    names = agencies.names({row.agency_id for row in rows}, legal_day())
    return [(row, names.get(row.agency_id, "")) for row in rows]


def _not_joined(cases: Collection[Case]) -> list[Case]:
    return [one for one in cases if one.joined_to_id is None]


def _offices(cases: Collection[Case]) -> set[int | None]:
    """The offices (ids) that answer for the cases; None stands for those who work by area."""
    return policy.offices_answering(
        P.IDENTITY_ERASE, [(one.agency_id, one.reception.agency_id) for one in _not_joined(cases)]
    )
