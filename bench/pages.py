"""What is measured: pages and forms, whose officers send them, and for which case or person each time."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit.models import Event
from benan.cases.events import CaseEvent
from benan.cases.models import Case, Step
from benan.core.days import legal_day, show
from benan.needs.models import Need
from bench import names
from bench.moulds import every

LOOKED_AT, LOOKS, LISTED = 2, 200, 30  # cases of each officer that were looked at so often, and listed among so many
SLUG, INDICATOR = "12089-KH-UBND-2016", "II.2.a"
WRITTEN_TO = 5  # cases to which one officer adds notes
_given: set[int] = set()  # needs that some officer of an office has already taken up
_writers: dict[str, int] = {}  # by case the one officer (id) who changes it: another would be asked to read it again


@dataclass(frozen=True)
class Request:
    """One thing an officer sends: a page asked for, or a form with its fields; with the status that is expected."""

    path: str
    fields: dict[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Page:
    """A kind of request. `role`: whose officers send it, in turns. `requests`: what one of them sends, time after time.

    `after_a_write`: its first answer after a write is measured too.
    """

    name: str
    role: str
    requests: Callable[[User], Iterator[Request]]
    after_a_write: bool = False


def _same(path: str) -> Callable[[User], Iterator[Request]]:
    return lambda _user: itertools.repeat(Request(path))


def _search(user: User) -> Iterator[Request]:
    """Somebody asks for people by name and year, none twice."""
    for number in itertools.count(user.pk * 1009):
        yield Request(reverse("cases:search"), {"full_name": names.name(number), "birth": "1996"})


def _case(user: User) -> Iterator[Request]:
    for code in itertools.cycle(_some(_open_cases(user).values_list("code", flat=True))):
        yield Request(reverse("cases:case", args=[code]))


def _access_log(user: User) -> Iterator[Request]:
    """Cases of the officer that were looked at often."""
    looked = Event.objects.filter(event=CaseEvent.VIEWED).values("subject").annotate(times=Count("seq"))
    codes = {each["subject"].partition(":")[2] for each in looked.filter(times__gte=LOOKS)}
    seen = Case.objects.visible_to(user).filter(code__in=codes).values_list("code", flat=True)
    for code in itertools.cycle(sorted(seen)):
        yield Request(reverse("cases:access_log", args=[code]))


def _receive(user: User) -> Iterator[Request]:
    area = user.memberships.get().agency.unit_code
    for number in itertools.count(500_000 + user.pk * 1009):
        yield Request(
            reverse("cases:receive"),
            {
                "channel": "self",
                "came_on": show(legal_day()),
                "area_code": area,
                "sex": "female",
                "full_name": names.name(number),
                "birth": "1995",
                "another": "on",
            },
            302,
        )


def _note(user: User) -> Iterator[Request]:
    codes = _some(_open_cases(user).values_list("code", flat=True))
    own = list(itertools.islice((code for code in codes if _is_writer(user, code)), WRITTEN_TO))
    for number, code in enumerate(itertools.cycle(own), 1):
        words = f"Đã gọi lại lần {number} theo hẹn, gia đình ổn định."
        fields = {"words": words, "on": show(legal_day()), "seen": _seen(code)}
        yield Request(reverse("cases:remark", args=[code]), fields, 302)


def _support(user: User) -> Iterator[Request]:
    """Needs that are not met yet of cases that the officer's own office answers for, one after the other, each once."""
    agency = user.memberships.get().agency_id
    cases = Case.objects.can(user, P.SUPPORT_RECORD).filter(closed_on=None, agency=agency)
    needs = every(Need).filter(case__in=cases, met_on=None, refused_on=None, gone_on=None).select_related("case")
    for need in needs.order_by("case", "pk"):
        if need.pk in _given or not _is_writer(user, need.case.code):
            continue
        _given.add(need.pk)
        fields = {"outcome": "given", "on": show(legal_day()), "agency": agency, "seen": _seen(need.case.code)}
        yield Request(reverse("needs:provide", args=[need.case.code, need.pk]), fields, 302)


def _is_writer(user: User, code: str) -> bool:
    return _writers.setdefault(code, user.pk) == user.pk


def _seen(code: str) -> int:
    """The latest step of a case, as its pages carry it along."""
    return every(Step).filter(case__code=code).latest("pk").pk


def _open_cases(user: User) -> QuerySet[Case]:
    return Case.objects.visible_to(user).filter(closed_on=None).order_by("pk")


def _some(rows: QuerySet[Any, Any]) -> list[Any]:
    """Some of the rows, the same each time."""
    found = list(rows)
    return random.Random(9).sample(found, min(len(found), 40))


PLAN, REPORT = reverse("plan:overview", args=[SLUG]), reverse("reports:report", args=[SLUG])
ONE = reverse("plan:indicator", args=[SLUG, INDICATOR])
LIST = reverse("cases:list")
DISTRICT, COMMUNE, DEPARTMENT, LEADER = "caseworker", "receiver", "department", "leader"
NOTE = Page("Ghi thêm vào diễn biến (ghi)", DISTRICT, _note)
PAGES = (
    Page("Bàn việc, Phòng LĐ-TB&XH", DISTRICT, _same("/")),
    Page("Bàn việc, Sở", DEPARTMENT, _same("/")),
    Page("Hồ sơ đang mở, Phòng LĐ-TB&XH", DISTRICT, _same(LIST)),
    Page("Mọi hồ sơ của tỉnh, trang 200", DEPARTMENT, _same(f"{LIST}?trang-thai=tat-ca&trang=200")),
    Page("Tìm trước khi tạo", COMMUNE, _search),
    Page("Một hồ sơ", DISTRICT, _case),
    Page("Ai đã xem", DISTRICT, _access_log),
    Page("Kế hoạch, lãnh đạo tỉnh", LEADER, _same(PLAN), after_a_write=True),
    Page("Báo cáo kỳ, Sở", DEPARTMENT, _same(REPORT), after_a_write=True),
    Page(f"Chỉ tiêu {INDICATOR}, Sở", DEPARTMENT, _same(ONE), after_a_write=True),
    Page("Tiếp nhận (ghi)", COMMUNE, _receive),
    NOTE,
    Page("Hỗ trợ cho một nhu cầu (ghi)", DISTRICT, _support),
)
