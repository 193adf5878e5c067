"""The list of cases: what an officer may ask of it, its rows, and the same as a workbook."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import DateField, Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import OrderBy
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from benan.accounts.models import User
from benan.accounts.policy import teams_in_charge
from benan.agencies import queries as agencies
from benan.cases.clocks import legal_moment
from benan.cases.models import Case, CaseQuerySet, Deadline, Track
from benan.cases.queries import list_lines
from benan.core.clock_state import ClockState
from benan.core.days import legal_day, show
from benan.places import queries as places
from benan.rules import procedures

STATES: dict[str, tuple[str | Promise, Q]] = {
    "mo": (gettext_lazy("Đang mở"), Q(closed_on=None)),
    "nguy-hiem": (gettext_lazy("Đang có nguy hiểm"), Q(closed_on=None, danger_since__isnull=False)),
    "dong": (gettext_lazy("Đã kết thúc"), Q(closed_on__isnull=False)),
    "tat-ca": (gettext_lazy("Tất cả"), Q()),
}
# Which deadlines a case must have to be listed, by the state of their clocks.
DUE: dict[str, tuple[str | Promise, tuple[ClockState, ...]]] = {
    "qua-han": (gettext_lazy("Quá hạn"), (ClockState.OVERDUE,)),
    "hom-nay": (gettext_lazy("Đến hạn hôm nay"), (ClockState.TODAY,)),
    "sap-toi": (gettext_lazy("Sắp đến hạn"), (ClockState.SOON,)),
}
ORDERS: dict[str, tuple[str | Promise, tuple[str | OrderBy, ...]]] = {
    "": (gettext_lazy("Mới nhất trước"), ("-opened_on", "-pk")),
    "cu-nhat": (gettext_lazy("Cũ nhất trước"), ("opened_on", "pk")),
    "han": (gettext_lazy("Hạn gần nhất"), (F("next_due").asc(nulls_last=True), "-opened_on", "-pk")),
    "bi-danh": (gettext_lazy("Theo bí danh"), ("alias", "-opened_on", "-pk")),
    "ma": (gettext_lazy("Theo mã"), ("code",)),
}


@dataclass(frozen=True)
class ListQuestion:
    """What is asked of the list: keys of STATES, DUE and ORDERS, a district or commune (code), a track and its stage.

    `mine`: whether only cases of which the user is the officer in charge are.
    """

    state: str = "mo"
    due: str = ""
    area: str = ""
    track: str = ""
    stage: str = ""
    order: str = ""
    mine: bool = False


def cases_listed(user: User, asked: ListQuestion) -> CaseQuerySet:
    """The cases that a user may see and that fit, in the order asked for."""
    rows = Case.objects.visible_to(user).filter(STATES[asked.state][1])
    if asked.mine:
        rows = rows.filter(team__in=teams_in_charge(user))
    if asked.area:
        rows = rows.filter(area_code__in=places.within(asked.area, places.EVER))
    if asked.stage:
        rows = rows.filter(Exists(Track.objects.filter(case=OuterRef("pk"), kind=asked.track, stage=asked.stage)))
    governing = Deadline.objects.open().filter(case=OuterRef("pk"), governs=True, lapses=False)
    if asked.due:
        rows = rows.filter(Exists(governing.with_state(legal_moment()).filter(Q(now_state__in=DUE[asked.due][1]))))
    if asked.order == "han":
        due = governing.exclude(due_on=None).order_by("due_on").values("due_on")
        rows = rows.annotate(next_due=Subquery(due[:1], output_field=DateField()))
    return rows.order_by(*ORDERS[asked.order][1])


def areas(day: dt.date) -> list[tuple[str, str]]:
    """The places by which the list is asked, as choices: the districts of the province, since 01/07/2025 its communes."""
    return places.district_choices(day) or [(unit.code, unit.full_name) for unit in places.communes(day)]


def stage_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The stages of all procedures as choices ("track:stage"), under the names of their tracks."""
    groups: dict[str, dict[str, str]] = {}
    labels: dict[str, str] = {}
    for procedure in procedures.versions():
        for kind, track in procedure.tracks.items():
            labels[kind] = track.label
            groups.setdefault(kind, {}).update({f"{kind}:{key}": stage.label for key, stage in track.stages.items()})
    return [(labels[kind], list(stages.items())) for kind, stages in groups.items()]


# Head and width (characters) of each column of the workbook, in order.
COLUMNS: tuple[tuple[str | Promise, int], ...] = (
    (gettext_lazy("Mã hồ sơ"), 16), (gettext_lazy("Bí danh"), 14), (gettext_lazy("Tư cách"), 20),
    (gettext_lazy("Ngày tiếp nhận"), 14), (gettext_lazy("Đơn vị chịu trách nhiệm"), 34),
    (gettext_lazy("Giai đoạn"), 48), (gettext_lazy("Việc có hạn gần nhất"), 44), (gettext_lazy("Ngày đến hạn"), 14),
    (gettext_lazy("Tình trạng hạn"), 22), (gettext_lazy("Đang có nguy hiểm"), 18), (gettext_lazy("Kết thúc ngày"), 14),
)  # fmt: skip


def as_workbook(cases: list[Case]) -> bytes:
    """Cases (with `reception`) as a workbook: codes, aliases, stages and time limits; nothing of who somebody is.

    Every cell is text, so that none is taken for a formula.
    """
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet, bold, plain = book.add_worksheet(_("Danh sách hồ sơ")), book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True, "valign": "top"})  # fmt: skip
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, (_head, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
        for row, cells in enumerate([[str(head) for head, _width in COLUMNS], *_rows(cases)]):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, plain if row else bold)
    return made.getvalue()


def _rows(cases: list[Case]) -> Iterator[list[str]]:
    names = agencies.names({case.agency_id for case in cases}, legal_day())
    stages = _stages(cases)
    for line in list_lines(cases):
        case, clock = line["case"], line["clock"]
        yield [
            case.shown_code, case.alias, line["status"][1], show(line["came_on"]), names.get(case.agency_id, ""),
            "\n".join(stages.get(case.pk, ())), clock["what"] if clock else "",
            show(clock["deadline"].due_on) if clock else "", clock["clock"] if clock else "",
            _("Có") if case.in_danger_since else "", show(case.closed_on) if case.closed_on else "",
        ]  # fmt: skip


def _stages(cases: list[Case]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for track in Track.objects.filter(case__in=cases).order_by("pk"):
        drawn = procedures.for_track(track).tracks[track.kind]
        words = f"{drawn.label}: {drawn.stages[track.stage].label} ({show(track.since)})"
        found.setdefault(track.case_id, []).append(words)
    return found
