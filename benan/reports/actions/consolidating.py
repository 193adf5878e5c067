"""Making one report of the returns of a period."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core.days import legal_day, show
from benan.core.figures import Period as Days
from benan.core.refusals import Refused
from benan.plan import policy
from benan.plan.models import Plan
from benan.reports import counted, filling, proposing
from benan.reports.counted import Key
from benan.reports.events import ReportEvent
from benan.reports.models import OPEN, Cell, Narrative, Period, Return, ReturnStep

FEW = 2  # units that are named instead of all the others


@transaction.atomic
def consolidate(*, by: User, period: Period, with_missing: bool = False) -> Return:
    """Make the consolidated report of a period, or bring its draft up to date: sums, who reported, differences, proposed text.

    It takes the newest submitted return of each agency. Raises Refused while one is missing, unless `with_missing` says that the
    report names them on its face, and where the consolidated report was put before the head or submitted.
    """
    agency = policy.require_follow_up(by, P.RETURNS_MANAGE, period.plan, legal_day())
    Plan.objects.select_for_update().get(pk=period.plan_id)
    rows = period.returns.filter(consolidates=False).select_related("agency")
    returns = list(rows.standing())
    givers = {row.agency_id: row.agency for row in rows}
    reported = {row.agency_id for row in returns}
    missing = [pk for pk in givers if pk not in reported]
    if not returns:
        raise Refused(_("Chưa đơn vị nào nộp báo cáo nên chưa tổng hợp được."))
    if missing and not with_missing:
        names = agencies.names(missing, legal_day())
        told = {"n": len(missing), "names": ", ".join(names.get(pk, "") for pk in missing)}
        raise Refused(
            _("Còn %(n)d đơn vị chưa nộp: %(names)s. Muốn tổng hợp ngay thì đánh dấu ô nêu tên các đơn vị này.") % told,
            field="with_missing",
        )
    ret = _draft(period, agency)
    found = filling.compared(period, Days(period.first, period.last), consolidated=True)
    differences = _differences(period, returns, missing, givers, found.now)
    _write_cells(ret, period, returns, found, differences)
    invited = sorted({row.agency_id for row in rows if row.invited and row.agency_id in missing})
    ret.gathered = {
        "returns": [row.pk for row in returns], "missing": missing, "invited": invited, "differences": differences
    }  # fmt: skip
    ret.counted_on, ret.measures = legal_day(), counted.versions(period)
    ret.save(update_fields=["gathered", "counted_on", "measures"])
    _write_text(ret, period, returns)
    ReturnStep.objects.create(ret=ret, kind=ReturnStep.Kind.CONSOLIDATED, by=by, on=legal_day())
    data = {"period": period.key, "returns": len(returns), "missing": len(missing)}
    trail.record(by=by, event=ReportEvent.CONSOLIDATED, on=f"plan:{period.plan.slug}", data=data)
    return ret


def _draft(period: Period, agency: Agency) -> Return:
    """The consolidated report that is being drafted, new where there is none."""
    ret = period.returns.filter(consolidates=True).order_by("-number").first()
    if ret is None:
        return Return.objects.create(
            period=period, agency=agency, consolidates=True, first=period.first, last=period.last
        )  # fmt: skip
    if ret.state == Return.State.BEFORE_HEAD:
        raise Refused(
            _("Báo cáo tổng hợp đang chờ thủ trưởng duyệt. Muốn tổng hợp lại thì đề nghị thủ trưởng chuyển lại.")
        )
    if ret.state not in OPEN:
        raise Refused(
            _("Báo cáo tổng hợp đã nộp ngày %s. Muốn tổng hợp lại thì lập báo cáo thay thế.") % show(ret.submitted_on)
        )
    return ret


def _write_cells(
    ret: Return,
    period: Period,
    returns: Sequence[Return],
    found: filling.Compared,
    differences: Sequence[dict[str, Any]],
) -> None:
    """Store the sums, beside what is counted of the whole province now; a figure that nobody gave stays empty."""
    given = Cell.objects.filter(ret__in=returns).order_by().values("line", "part", "words")
    sums = {(row["line"], row["part"]): row for row in given.annotate(total=Sum("value"), many=Count("value"))}
    cells = found.cells(period, ret, counted.PROVINCE)
    explained = {(row["line"], row["part"]) for row in differences}
    for cell in cells:
        row = sums.get((cell.line, cell.part))
        cell.value = row["total"] if row and row["many"] else None
        if cell.corrected:
            named = (cell.line, cell.part) in explained
            cell.reason = _("Chênh lệch của từng đơn vị nêu ở bảng giải trình.") if named else _("Đơn vị chưa báo cáo.")
    ret.cells.all().delete()
    Cell.objects.bulk_create(cells)


def _differences(
    period: Period,
    returns: Sequence[Return],
    missing: Sequence[int],
    givers: Mapping[int, Agency],
    live: counted.Counted,
) -> list[dict[str, Any]]:
    """Where the returns and what is counted now differ: of which unit, by how much and why; at the end what lies in no unit."""
    places = counted.places_of(givers.values())
    cells: dict[int, list[Cell]] = defaultdict(list)
    for cell in Cell.objects.filter(ret__in=returns).exclude(counted=None):
        cells[cell.ret_id].append(cell)
    rows = []
    for ret in returns:
        now = _live(period, ret, places, live)
        for cell in cells[ret.pk]:
            key = (cell.line, cell.part)
            if key in now and cell.value != now[key]:
                rows.append(_row(key, ret.agency_id, cell.value, now[key], _why(ret, cell)))
    for agency in missing:
        for key, number in live.of(places.get(agency)).items():
            if number and ":" not in key[1]:
                rows.append(_row(key, agency, None, number, _("Đơn vị chưa nộp báo cáo.")))
    for key, number in live.of(counted.PROVINCE).items():
        if elsewhere := number - sum(live.of(place).get(key, 0) for place in set(places.values())):
            rows.append(_row(key, None, None, elsewhere, _("Phát sinh ở nơi không thuộc đơn vị báo cáo nào.")))
    return rows


def _live(period: Period, ret: Return, places: Mapping[int, str], live: counted.Counted) -> Mapping[Key, int]:
    """What is counted now for the days that a return covers."""
    own_days = (ret.first, ret.last) == (period.first, period.last)
    found = live if own_days else counted.count(period, ret.first, ret.last)
    return found.of(places.get(ret.agency_id))


def _why(ret: Return, cell: Cell) -> str:
    if cell.corrected:
        return _("Đơn vị sửa: %s") % cell.reason
    return _("Hồ sơ thay đổi sau khi đơn vị đếm số liệu ngày %s.") % show(ret.counted_on)


def _row(key: Key, unit: int | None, returned: int | None, live: int, why: str) -> dict[str, Any]:
    return {"line": key[0], "part": key[1], "unit": unit, "returned": returned, "live": live, "why": why}


def _write_text(ret: Return, period: Period, returns: Sequence[Return]) -> None:
    """Propose the text from the sums and from what the units wrote, each with its name; words that were edited stay."""
    proposed = proposing.sentences(period, ret.cells.all(), [])
    of_units = _words_of_units(period, returns)
    whole = {
        section: "\n\n".join(filter(None, [words, *of_units.get(section, ())])) for section, words in proposed.items()
    }
    stored = set(ret.narratives.values_list("section", flat=True))
    Narrative.objects.bulk_create(Narrative(ret=ret, section=key) for key in whole if key not in stored)
    filling.propose(ret, whole)


def _words_of_units(period: Period, returns: Sequence[Return]) -> dict[str, list[str]]:
    """What the units wrote in each section, under their names; those that say the same are named together, the most first.

    A line that the program proposed from what a unit recorded stands for itself; a unit's own words stay in one piece.
    """
    names = agencies.names([row.agency_id for row in returns], legal_day())
    cells: dict[int, list[Cell]] = defaultdict(list)
    for cell in Cell.objects.filter(ret__in=returns, part=""):
        cells[cell.ret_id].append(cell)
    # What a unit's figures say stands in the sums.
    counted_words = {row.agency_id: set(proposing.figures(period, cells[row.pk]).values()) for row in returns}
    order = {row.agency_id: place for place, row in enumerate(returns)}
    who: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for text in sorted(
        Narrative.objects.filter(ret__in=returns).select_related("ret"), key=lambda row: order[row.ret.agency_id]
    ):
        agency = text.ret.agency_id
        lines = [line.strip() for line in text.words.splitlines() if line.strip()]
        wanted = [line for line in lines if line not in counted_words[agency]]
        recorded = set(text.proposed.splitlines())
        own = [line for line in wanted if line not in recorded]
        for words in [*(line for line in wanted if line in recorded), *(["\n".join(own)] if own else [])]:
            who[text.section][words].append(agency)
    return {section: _by_units(said, order, names) for section, said in who.items()}


def _by_units(said: Mapping[str, Sequence[int]], order: Mapping[int, int], names: Mapping[int, str]) -> list[str]:
    """A paragraph for each set of units that said the same, with what they said."""
    blocks: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for words, units in said.items():
        blocks[tuple(dict.fromkeys(units))].append(words)
    found = sorted(blocks.items(), key=lambda block: (-len(block[0]), order[block[0][0]]))
    return [_paragraph(_named(units, order, names), words) for units, words in found]


def _paragraph(whose: str, words: Sequence[str]) -> str:
    """What somebody said, after whose it is: on one line where it is one sentence."""
    if len(words) == 1 and "\n" not in words[0]:
        return f"{whose} {words[0].removeprefix('- ')}"
    return "\n".join([whose, *words])


def _named(units: Sequence[int], order: Mapping[int, int], names: Mapping[int, str]) -> str:
    if len(units) == len(order) > 1:
        return _("Tất cả %d đơn vị đã báo cáo:") % len(units)
    if len(order) - len(units) <= FEW < len(units):
        others = "; ".join(names.get(pk, "") for pk in order if pk not in units)
        return _("Các đơn vị đã báo cáo, trừ %s:") % others
    return f"{'; '.join(names.get(pk, '') for pk in units)}:"
