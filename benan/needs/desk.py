"""What needs put on the desk: cases with needs that nobody answered, and what one's agencies offered and have not given."""

import datetime as dt
from collections import Counter
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.cases.addresses import address
from benan.cases.desk import task_person
from benan.cases.models import Case
from benan.core.clock_state import ClockState
from benan.core.days import show
from benan.core.desk import DeskPart, OpenTask, Task, TaskList, first, total_of
from benan.core.statements import statement
from benan.needs import queries
from benan.needs.kinds import KINDS
from benan.needs.models import Provision


def desk_part(user: User, today: dt.date) -> DeskPart:
    """One task for each case with needs that nobody answered, and one for each offer to carry out; the longest waiting
    first."""
    cases = _first_unanswered(user.role_set, given=user.given)
    offers = _first_offers(user.role_set, given=user.given)
    tasks = [OpenTask(state=ClockState.NONE, case=case, task=partial(_unanswered, case)) for case in cases]
    tasks += [OpenTask(state=ClockState.NONE, case=row.case, task=partial(_offered, row)) for row in offers]
    return DeskPart(tasks=TaskList(tasks, Counter({(ClockState.NONE, None): total_of(cases) + total_of(offers)})))


@statement
def _first_unanswered(role_set: RoleSet) -> QuerySet[Case]:
    return first(queries.unanswered(role_set, role_set.offices(P.CASE_VIEW)))


@statement
def _first_offers(role_set: RoleSet) -> QuerySet[Provision]:
    return first(queries.offers_to_carry_out(role_set, role_set.offices(P.CASE_VIEW)).order_by("on", "pk"))


def _unanswered(case: Case, _held: Held) -> Task:
    since, kinds = queries.asked_for(case)
    wanted = "; ".join(str(KINDS[kind].label) for kind in kinds)
    return Task(
        **task_person(case), what=_("Nhu cầu chưa có trả lời: %(needs)s") % {"needs": wanted}, state=ClockState.NONE,
        clock=_("từ %(on)s") % {"on": f"{since:%d/%m}"},
        law=_("ghi ngày %(on)s · hiển thị ở đây đến khi có trả lời, không phải thời hạn luật định") % {"on": show(since)},
        action=_("Ghi hỗ trợ"), action_url=address("needs:overview", case.code),
    )  # fmt: skip


def _offered(row: Provision, _held: Held) -> Task:
    return Task(
        **task_person(row.case), state=ClockState.NONE, clock=_("từ %(on)s") % {"on": f"{row.on:%d/%m}"},
        what=_("Thực hiện hỗ trợ đã đề nghị: %(need)s") % {"need": KINDS[row.need.kind].label},
        law=_("đề nghị ngày %(on)s · hiển thị ở đây đến khi ghi kết quả, không phải thời hạn luật định") % {"on": show(row.on)},
        action=_("Ghi kết quả"), action_url=reverse("needs:provide", args=[row.case.code, row.need_id]),
    )  # fmt: skip
