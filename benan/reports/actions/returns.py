"""What is done with a return, one verb for each step: filled, put before the head, submitted, accepted or sent back, replaced."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.core.days import clock, legal_day, show
from benan.core.refusals import Refused
from benan.plan import policy as plans
from benan.reports import checking, counted, filling, policy, stepping
from benan.reports.events import ReportEvent
from benan.reports.models import GIVEN, OPEN, Cell, Narrative, Return, ReturnStep

Kind, State = ReturnStep.Kind, Return.State


class Overtaken(Refused):
    """Somebody else wrote in the same places meanwhile; `now` is what stands there, by field of the form."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        super().__init__(_("Người khác vừa ghi vào %s ô bạn đang sửa. Xem lại số hiện có rồi lưu lại.") % len(now))
        self.now = now


@dataclass(frozen=True)
class Filled:
    """What somebody says of one figure: its number and why it is not what was counted; `seen` is what they had in view."""

    value: int | None
    reason: str
    seen: int | None


@dataclass(frozen=True)
class Written:
    """What somebody writes in one section; `seen` is what they had in view."""

    words: str
    seen: str


@transaction.atomic
def fill(*, by: User, ret: Return, figures: Mapping[int, Filled], texts: Mapping[str, Written]) -> Return:
    """Record figures (by id of the cell) and text (by section) of a return that is being drafted; what is not named stays.

    A figure that differs from what was counted wants a reason. Raises Refused for what is frozen or belongs to another return,
    and Overtaken where somebody wrote in the same place since the page was opened.
    """
    ret = _to_draft(by, ret)
    cells = {cell.pk: cell for cell in ret.cells.all()}
    sections = {row.section: row for row in ret.narratives.all()}
    if not (figures.keys() <= cells.keys() and texts.keys() <= sections.keys()):
        raise Refused(_("Ô đã gửi không thuộc báo cáo này. Mở lại trang."))
    if figures and ret.consolidates:
        raise Refused(_("Số của báo cáo tổng hợp là tổng các báo cáo: sửa ở báo cáo của đơn vị rồi tổng hợp lại."))
    now: dict[str, Any] = {f"c-{pk}": cells[pk].value for pk, told in figures.items() if cells[pk].value != told.seen}
    now |= {f"n-{key}": sections[key].words for key, each in texts.items() if sections[key].words != each.seen}
    if now:
        raise Overtaken(now)
    for pk, told in figures.items():
        _correct(cells[pk], told)
    _refuse_impossible(ret, cells.values(), figures)
    for key, written in texts.items():
        sections[key].words = written.words
    Cell.objects.bulk_update([cells[pk] for pk in figures], ["value", "reason"])
    Narrative.objects.bulk_update([sections[key] for key in texts], ["words"])
    filling.propose_again(ret)
    data = {"figures": sorted(f"{cells[pk].line} {cells[pk].part}".strip() for pk in figures), "text": sorted(texts)}
    return stepping.recorded(by, ret, ReportEvent.FILLED, data)


def _correct(cell: Cell, told: Filled) -> None:
    cell.value = told.value
    cell.reason = told.reason if cell.corrected else ""
    if cell.corrected and not cell.reason:
        raise Refused(
            _("Chương trình đếm được %(counted)s; ghi số khác thì phải giải trình.") % {"counted": cell.counted},
            field=f"r-{cell.pk}",
        )


def _refuse_impossible(ret: Return, cells: Iterable[Cell], told: Collection[int]) -> None:
    """Refuse a figure that cannot be, where it or what it is compared with was just told: the sentence stands at its box."""
    for first, second, sentence in checking.contradictions(ret.period, cells):
        if {first.pk, second.pk}.intersection(told):
            raise Refused(sentence, field=f"c-{first.pk if first.pk in told else second.pk}")


@transaction.atomic
def refresh(*, by: User, ret: Return) -> Return:
    """Count the figures of a draft anew; what was corrected or typed stays, and what was counted stands beside it."""
    ret = _to_draft(by, ret)
    if ret.consolidates:
        raise Refused(_("Báo cáo tổng hợp lấy lại số bằng cách tổng hợp lại."))
    cells = list(ret.cells.all())
    filling.update(cells, filling.fresh_cells(ret))
    filling.propose_again(ret)
    _counted_today(ret)
    return stepping.recorded(by, ret, ReportEvent.REFRESHED, {})


@transaction.atomic
def put_before_head(*, by: User, ret: Return, words: str = "") -> Return:
    """Put a drafted return before the head of the agency, with what the drafter wants them to know.

    Raises Refused while its days are not over, and where something else is counted now than it says was counted: the drafter
    is to see that first.
    """
    ret = _to_draft(by, ret)
    if legal_day() < ret.earliest_on:
        raise Refused(_("Kỳ số liệu chưa hết: trình được từ ngày %s.") % show(ret.earliest_on))
    if ret.consolidates:
        _require_all_gathered(ret)
    else:
        _require_counted_now(ret)
        _counted_today(ret)
    ret.state = State.BEFORE_HEAD
    ret.save(update_fields=["state"])
    return stepping.step(by, ret, Kind.PUT_BEFORE_HEAD, ReportEvent.PUT_BEFORE_HEAD, words)


def _counted_today(ret: Return) -> None:
    ret.counted_on, ret.measures = legal_day(), counted.versions(ret.period)
    ret.save(update_fields=["counted_on", "measures"])


def _require_counted_now(ret: Return) -> None:
    now = filling.counted_now(ret)
    moved = [cell for cell in ret.cells.all() if now.get((cell.line, cell.part)) != cell.counted]
    if moved:
        names = {line["key"]: line["name"] for line in ret.period.lines}
        named = dict.fromkeys(names.get(cell.line, _("chỉ tiêu %s") % cell.line) for cell in moved)
        words = _(
            "Từ ngày %(on)s, khi chương trình đếm lần trước, hồ sơ đã thay đổi nên %(n)s số khác đi: %(names)s. Bấm “Lấy lại số liệu”, xem "
            "lại rồi trình."
        )
        raise Refused(words % {"on": show(ret.counted_on), "n": len(moved), "names": ", ".join(named)})


def _require_all_gathered(ret: Return) -> None:
    """Refuse a consolidated report that was not made of the returns that stand now; their rows are locked until the end."""
    rows = ret.period.returns.filter(consolidates=False)
    list(rows.select_for_update().values_list("pk", flat=True))
    if set(rows.standing().values_list("pk", flat=True)) != set(ret.gathered.get("returns", ())):
        raise Refused(
            _("Từ khi tổng hợp, có đơn vị đã nộp, nộp lại hoặc bị trả lại báo cáo. Tổng hợp lại, xem rồi trình.")
        )


@transaction.atomic
def give_back(*, by: User, ret: Return, words: str, seen: int | None = None) -> Return:
    """The head gives a return back to the drafter, with words. `seen`: the last step that was in view."""
    ret = _before_head(by, ret, seen)
    ret.state = State.DRAFT
    ret.save(update_fields=["state"])
    return stepping.step(by, ret, Kind.GIVEN_BACK, ReportEvent.GIVEN_BACK, words)


@transaction.atomic
def submit(*, by: User, ret: Return, seen: int | None = None) -> Return:
    """The head approves a return and submits it: its figures are frozen as they were counted last.

    This signs nothing: the paper is signed and numbered outside. With a consolidated report the returns of which it was made
    are locked; it is refused where others stand now. `seen`: the last step that was in view; Raises Refused where there was another since.
    """
    ret = _before_head(by, ret, seen)
    today = legal_day()
    ret.state, ret.submitted_on, ret.frozen_at = State.SUBMITTED, today, clock()
    if ret.consolidates:
        _require_all_gathered(ret)
        ret.state = State.LOCKED
        _lock_gathered(by, ret, today)
    ret.save(update_fields=["state", "submitted_on", "frozen_at"])
    if ret.replaces:
        ReturnStep.objects.create(ret=ret.replaces, kind=Kind.REPLACED, by=by, on=today)
    return stepping.step(by, ret, Kind.SUBMITTED, ReportEvent.SUBMITTED, "", filling.said(ret))


def _lock_gathered(by: User, ret: Return, today: dt.date) -> None:
    rows = list(Return.objects.select_for_update().filter(pk__in=ret.gathered.get("returns", ()), state__in=GIVEN))
    Return.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.LOCKED)
    ReturnStep.objects.bulk_create(ReturnStep(ret=row, kind=Kind.LOCKED, by=by, on=today) for row in rows)


@transaction.atomic
def accept(*, by: User, ret: Return, seen: int | None = None) -> Return:
    """The agency that follows up the plan accepts a return. `seen`: the last step that was in view."""
    ret = _submitted(by, ret, seen)
    ret.state = State.ACCEPTED
    ret.save(update_fields=["state"])
    return stepping.step(by, ret, Kind.ACCEPTED, ReportEvent.ACCEPTED, "")


@transaction.atomic
def send_back(*, by: User, ret: Return, words: str, seen: int | None = None) -> Return:
    """The agency that follows up the plan sends a return back with remarks; what was submitted stays in its history.

    An agency that the plan asks rather than charges is invited to add instead: its return stays submitted.
    `seen`: the last step that was in view.
    """
    ret = _submitted(by, ret, seen)
    if ret.invited:
        return stepping.step(by, ret, Kind.INVITED, ReportEvent.INVITED, words)
    ret.state, ret.frozen_at = State.SENT_BACK, None
    ret.save(update_fields=["state", "frozen_at"])
    return stepping.step(by, ret, Kind.SENT_BACK, ReportEvent.SENT_BACK, words)


@transaction.atomic
def replace(*, by: User, ret: Return, words: str, seen: int | None = None) -> Return:
    """Begin a return that mends an error of one that was submitted; both stay, and the later one counts once it is submitted.

    `seen`: the last step that was in view.
    """
    stepping.require_drafter(by, ret)
    ret = stepping.locked_row(ret)
    stepping.require_seen(ret, seen)
    if ret.state not in GIVEN:
        raise Refused(_("Báo cáo chưa nộp thì sửa thẳng, không lập báo cáo thay thế."))
    if Return.objects.filter(replaces=ret).exists():
        raise Refused(_("Báo cáo này đã có báo cáo thay thế."))
    cells, texts = list(ret.cells.all()), list(ret.narratives.all())
    later = Return.objects.create(
        period=ret.period, agency=ret.agency, number=ret.number + 1, consolidates=ret.consolidates, first=ret.first,
        last=ret.last, invited=ret.invited, replaces=ret, gathered=ret.gathered, counted_on=ret.counted_on, measures=ret.measures,
    )  # fmt: skip
    for cell in cells:
        cell.pk, cell.ret = None, later
    for text in texts:
        text.pk, text.ret = None, later
    Cell.objects.bulk_create(cells)
    Narrative.objects.bulk_create(texts)
    return stepping.step(by, later, Kind.REPLACING, ReportEvent.REPLACING, words)


def _to_draft(by: User, ret: Return) -> Return:
    """The locked row of a return that may be changed. Raises PermissionDenied, and Refused where it is frozen."""
    stepping.require_drafter(by, ret)
    ret = stepping.locked_row(ret)
    if ret.state == State.BEFORE_HEAD:
        raise Refused(_("Báo cáo đang chờ thủ trưởng duyệt. Muốn sửa thì đề nghị thủ trưởng chuyển lại."))
    if ret.state not in OPEN:
        raise Refused(
            _("Số liệu đã chốt ngày %s, không sửa được nữa. Muốn sửa thì lập báo cáo thay thế.") % show(ret.frozen_on)
        )
    return ret


def _before_head(by: User, ret: Return, seen: int | None) -> Return:
    if not policy.approves(by, ret.agency, legal_day()):
        raise PermissionDenied
    ret = stepping.locked_row(ret)
    if ret.state != State.BEFORE_HEAD:
        raise Refused(_("Báo cáo này không chờ thủ trưởng duyệt nữa. Mở lại trang để xem."))
    stepping.require_seen(ret, seen)
    return ret


def _submitted(by: User, ret: Return, seen: int | None) -> Return:
    plans.require_follow_up(by, P.RETURNS_MANAGE, ret.period.plan, legal_day())
    ret = stepping.locked_row(ret)
    if ret.state != State.SUBMITTED or ret.consolidates:
        raise Refused(_("Báo cáo này không còn chờ nhận. Mở lại trang để xem."))
    stepping.require_seen(ret, seen)
    return ret
