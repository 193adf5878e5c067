"""What protection puts on the desk: whoever is in danger, and dangers that ended these days."""

import datetime as dt
from collections import Counter
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.models import User
from benan.accounts.policy import Held
from benan.accounts.role_sets import RoleSet
from benan.agencies.kinds import AgencyKind
from benan.cases.addresses import address
from benan.cases.desk import task_person
from benan.cases.models import Case, Track
from benan.core.clock_state import ClockState
from benan.core.days import legal_day
from benan.core.desk import DeskPanel, DeskPart, OpenTask, Task, TaskList, first, total_of
from benan.core.statements import statement
from benan.protection import queries
from benan.protection.dangers import under_measures
from benan.protection.policy import deciding_seats, endangered
from benan.rules import procedures

# What an office may decide about danger, in short.
_DECIDES = (
    ({AgencyKind.COMMUNE, AgencyKind.POLICE_COMMUNE, AgencyKind.LABOUR_OFFICE, AgencyKind.SHELTER},
     gettext_lazy("Đơn vị mình quyết định được: giữ bí mật, hạn chế phạm vi đi lại, giao tiếp, bố trí nơi tạm "
                  "lánh; nơi tạm lánh được bố trí trước khi ra quyết định "
                  "(Nghị định 62/2012, Điều 8 khoản 2 điểm g; Điều 10 khoản 2, 5)")),
    ({AgencyKind.POLICE_DISTRICT, AgencyKind.POLICE_PROVINCE},
     gettext_lazy("Trong vụ việc do đơn vị mình thụ lý, đơn vị mình quyết định được cả bố trí lực lượng bảo vệ, bố trí nơi ở mới, "
                  "phòng ngừa, ngăn chặn hành vi xâm hại (Nghị định 62/2012, Điều 8 khoản 2 điểm a; Điều 10 khoản 2, 5)")),
)  # fmt: skip


def desk_part(user: User, today: dt.date) -> DeskPart:
    """Whoever is in danger, the longest waiting first, whatever the law's limits; then dangers that one was told of, and
    beside them those that ended these days."""
    cases = _first_endangered(user.role_set, today, given=user.given)
    told, ended = queries.notices(user)
    tasks = [OpenTask(state=ClockState.DANGER, case=case, task=partial(_task, case)) for case in cases]
    tasks += [OpenTask(state=ClockState.DANGER, case=one["case"], task=partial(_told, one)) for one in told]
    shown = {"listed": ended, "cases": [one["case"] for one in ended]}
    return DeskPart(
        dangers=TaskList(tasks, Counter({(ClockState.DANGER, None): total_of(cases) + len(told)})),
        panels=[DeskPanel("ended", 10, "protection/desk_ended.html", shown)] if ended else [],
    )


@statement
def _first_endangered(role_set: RoleSet, today: dt.date) -> QuerySet[Case]:
    decided = Track.objects.filter(case=OuterRef("pk"), stage__in=under_measures())
    rows = endangered(role_set, today).annotate(decided=Exists(decided))
    return first(rows.order_by("danger_since", "pk"))


def _task(case: Any, held: Held) -> Task:
    kinds = {seat.agency.kind for seat in deciding_seats(held)}
    overview = address("protection:overview", case.code)
    if case.decided:
        answer = address("protection:act", case.code, "con-nguy-hiem") if kinds else overview
        return Task(
            **task_person(case), what=_("Đã có biện pháp bảo vệ: trả lời còn nguy hiểm hay không"), state=ClockState.DANGER,
            clock=_("Nguy hiểm"), law=_("Cảnh báo nguy hiểm còn hiển thị đến khi có trả lời · Nghị định 62/2012, Điều 10 khoản 6, 7"),
            action=_("Trả lời"), action_url=answer,
        )  # fmt: skip
    law = [str(words) for of, words in _DECIDES if of & kinds] or [_("Nghị định 62/2012, Điều 10 khoản 2")]
    if not procedures.is_covered(legal_day()):
        law = [
            _("Đưa người ấy đến nơi an toàn trước; chương trình chưa có quy định hiện hành về thẩm quyền quyết định")
        ]
    return Task(
        **task_person(case), what=_("Quyết định bảo vệ ngay, hoặc trả lời lý do không áp dụng"), state=ClockState.DANGER,
        clock=_("Nguy hiểm"), law=" · ".join(law), action=_("Bảo vệ"), action_url=overview,
    )  # fmt: skip


def _told(notice: dict[str, Any], _held: Held) -> Task:
    return Task(
        case=notice["case"], url=notice["url"], what=_("Cảnh báo nguy hiểm: gọi lại %(agency)s") % {"agency": notice["agency"]},
        state=ClockState.DANGER, clock=_("Nguy hiểm"),
        law=_("%(place)s · chỉ xem được bí danh, nơi ở và số điện thoại gọi lại") % {"place": notice["where"]},
        action=_("Xem, gọi"), action_url=notice["url"],
    )  # fmt: skip
